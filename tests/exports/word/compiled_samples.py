"""Compiled reports of an invented province, for the tests of Word: built by hand, without a database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from dialogs.forms.answers import Address, Answer, State, Value
from dialogs.forms.form import Field, Form, RollUp
from dialogs.forms.questions import Respondent, asked_columns, asks_field, cell_column
from dialogs.kinds import NUMERIC
from dialogs.values.report_data import CompiledReportData, Contribution, Rolled, Standing, Told, UnitCells
from dialogs.values.status import Status
from tests.exports.word.samples import answers_of, form, person_document

CREATED = datetime(2026, 11, 21, 10, 5, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
DUE = datetime(2026, 11, 20, 17, tzinfo=UTC)
COUNTED = (Status.SENT, Status.ACCEPTED)


@dataclass(frozen=True)
class Member:
    """A unit of the sample: where it stands and what it answered."""

    code: str
    name: str
    kind: str
    depth: int
    status: Status = Status.SENT
    late: bool = False
    body: str = ""
    answers: Mapping[Address, Answer] = field(default_factory=dict)

    @property
    def counted(self) -> bool:
        return self.status in COUNTED

    @property
    def respondent(self) -> Respondent:
        return Respondent(self.kind, self.body)

    def standing(self) -> Standing:
        sent = None if self.status in (Status.NOT_OPENED, Status.IN_PROGRESS) else datetime(2026, 11, 19, 8, tzinfo=UTC)
        told = sum(1 for answer in self.answers.values() if answer.closed and answer.state is not State.EMPTY)
        return Standing(
            self.code, self.name, self.kind, self.depth, self.status, self.late, min(told, 32), 32, self.counted,
            DUE, sent, sent,
        )  # fmt: skip


def own_form(top: Form, kind: str) -> Form:
    """Return the form that units of a kind are asked with: communes have a companion of their own."""
    return form("kl62-2019-xa") if kind == "xa" and top.key == "kl62-2019" else top


def answered(top: Form, member: Member, answers: Mapping[Address, Answer] | None = None) -> Member:
    """Return ``member`` with an answer to every question of its form, some of them replaced."""
    model = own_form(top, member.kind)
    return replace(member, answers=answers_of(model, member.respondent) | dict(answers or {}))


def told(key: str, value: Value, state: State = State.VALUE) -> dict[Address, Answer]:
    address = Address(*key.split("/"))
    return {address: Answer(address, state, value)}


def province(top: Form) -> tuple[Member, ...]:
    """Three levels, every status, the compiling unit first."""
    members = (
        Member("T", "Tỉnh Hòa An", "tinh", 0, Status.IN_PROGRESS),
        Member("TC1", "Hội Nông dân tỉnh", "to_chuc", 1, body="hnd"),
        Member("H1", "Huyện Thanh Sơn", "huyen", 1),
        Member("X1", "Xã An Bình", "xa", 2),
        Member("X2", "Xã Bình Minh", "xa", 2, Status.ACCEPTED, late=True),
        Member("X3", "Xã Cẩm Lý", "xa", 2, Status.NOT_OPENED, late=True),
        Member("H2", "Huyện Yên Lạc", "huyen", 1, Status.RETURNED, late=True),
        Member("X4", "Xã Đại Đồng", "xa", 2),
        Member("X5", "Xã Đông Phú", "xa", 2, Status.IN_PROGRESS),
        Member("X6", "Xã Hòa Lạc", "xa", 2, Status.NOT_REQUIRED),
    )
    asked = tuple(each for each in members if each.kind in top.filled_by | own_form(top, "xa").filled_by)
    return tuple(answered(top, each) for each in asked)


def compiled(
    key: str, profile: str, members: Iterable[Member] | None = None, *, sent: bool = True, period: str = ""
) -> CompiledReportData:
    """Return the compiled report of ``members``; the first of depth 0 is the compiling unit."""
    top = form(key)
    units = tuple(province(top) if members is None else members)
    first = next((each for each in units if each.depth == 0), Member("T", "Tỉnh Hòa An", "tinh", 0))
    reading = _Reading(top, units)
    return CompiledReportData(
        form=top,
        respondent=first.respondent,
        campaign=key,
        period=period,
        unit_code=first.code,
        unit_name=first.name,
        parent_name="",
        own=first.answers,
        document=person_document(profile),
        letterhead={},
        profile=profile,
        sent=sent,
        created=CREATED,
        standings=tuple(each.standing() for each in units),
        counted=tuple(each.value for each in COUNTED),
        contributions=reading.contributions,
        cells=reading.cells,
        totals=reading.totals(),
        entries=lambda: (),
    )


@dataclass(frozen=True)
class _Reading:
    """What storage would read of the members."""

    top: Form
    members: tuple[Member, ...]

    def contributions(self, key: str) -> Iterator[Contribution]:
        for place, member in enumerate(self.members):
            if member.depth and member.counted:
                for leaf in own_form(self.top, member.kind).fields():
                    if self._feeds(leaf, key, member):
                        yield _contribution(place, leaf, member.answers)

    def _feeds(self, leaf: Field, key: str, member: Member) -> bool:
        same = own_form(self.top, member.kind) is self.top
        return asks_field(leaf, member.respondent) and (leaf.key == key if same else key in leaf.feeds)

    def cells(self, key: str) -> Iterator[UnitCells]:
        for place, member in enumerate(self.members):
            found = {
                (address.row, address.column): Told(answer.state, answer.value)
                for address, answer in member.answers.items()
                if address.field == key and answer.state is not State.EMPTY
            }
            if found and (member.counted or not member.depth):
                yield UnitCells(place, found, {})

    def totals(self) -> dict[Address, Rolled]:
        return {address: total for table in self.top.tables for address, total in self._table(table.key)}

    def _table(self, key: str) -> Iterator[tuple[Address, Rolled]]:
        table = self.top.table(key)
        given = {unit.unit: unit.cells for unit in self.cells(key)}
        for row in table.rows:
            for column in table.columns:
                if cell_column(row, column).kind in NUMERIC and column.rollup is RollUp.SUM:
                    asked = [
                        place for place, each in enumerate(self.members) if self._asked(each, key, row.key, column.key)
                    ]
                    found = [given.get(place, {}).get((row.key, column.key)) for place in asked]
                    yield Address(key, row.key, column.key), _sum(found)

    def _asked(self, member: Member, key: str, row: str, column: str) -> bool:
        model = own_form(self.top, member.kind)
        if (member.depth and not member.counted) or not model.has_table(key):
            return False
        table = model.table(key)
        line = next((each for each in table.rows if each.key == row), None)
        return line is not None and any(c.key == column for c in asked_columns(table, line, member.respondent))


def _contribution(place: int, leaf: Field, answers: Mapping[Address, Answer]) -> Contribution:
    if leaf.blanks:
        found = {blank.key: answers.get(Address(leaf.key, "", blank.key)) for blank in leaf.blanks}
        blanks = {key: Told(each.state, each.value) for key, each in found.items() if each}
        return Contribution(place, leaf, State.VALUE if blanks else State.EMPTY, None, blanks)
    answer = answers.get(Address(leaf.key))
    return Contribution(place, leaf, answer.state if answer else State.EMPTY, answer.value if answer else None)


def _sum(found: list[Told | None]) -> Rolled:
    figures = [each for each in found if each and each.state in (State.VALUE, State.ZERO)]
    absent = 0
    whole = [Decimal(str(each.value)) if each.value is not None else Decimal(0) for each in figures]
    total = sum(whole, Decimal(0)) if figures else None
    value = total if total is None or total != total.to_integral_value() else int(total)
    return Rolled(value, len(figures), len(found) - absent)
