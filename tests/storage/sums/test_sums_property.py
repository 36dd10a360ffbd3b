"""Any tree, any answers: what storage adds up is what a plain walk down the tree adds up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, insert, update

from dialogs.forms.answers import NOT_APPLICABLE, Address, State
from dialogs.values.report_data import CompiledReportData, Rolled
from storage.campaigns import campaigns
from storage.campaigns.answers import encode
from storage.campaigns.campaigns import Campaign, Opening
from storage.compiled import compiled_data
from storage.compiled.compiled_scope import scope_of
from storage.schema.tables import answer, submission
from storage.sums import rollup
from storage.units import units
from storage.units.units import NewUnit
from tests.office.province import NOW, REFERENCE, ZONE, Province

OWN = Address("PL1", "mttq", "so_cuoc_kt_gs")
CELLS = {
    OWN: ("", {"huyen", "dutt", "to_chuc", "tinh"}),
    Address("PL3", "mttq", "xa.tong_so"): ("xa", {"xa"}),
    Address("PL3", "mttq", "huyen.tong_so"): ("huyen", {"huyen"}),
    Address("PL3", "mttq", "tinh.tong_so"): ("tinh", {"tinh", "to_chuc"}),
    Address("PL6", "mttq.xa", "nsnn"): ("xa", {"xa"}),
}
"""Cells of the appendices: the level of their figure and who is asked, as forms.md section 3 has it."""

KINDS = ("tinh", "huyen", "xa", "to_chuc", "dutt", "cum")
ASKED = frozenset(KINDS) - {"cum"}
STATUSES = ("not_opened", "in_progress", "sent", "returned", "accepted")


@dataclass
class Node:
    """One unit, what it answered (a figure, None: "no figures"; with a basis: an override), and those under it."""

    code: str
    kind: str
    status: str
    required: bool
    answers: dict[Address, tuple[Decimal | int | None, str, str]]
    children: list[Node] = field(default_factory=list)

    def asked(self, address: Address) -> bool:
        return self.kind in CELLS[address][1]


FIGURES = st.one_of(
    st.none(), st.integers(-3, 500), st.decimals(-10, 10, places=3, allow_nan=False, allow_infinity=False)
)


@st.composite
def nodes(draw: st.DrawFn) -> list[tuple[Node, int | None]]:
    """A few units with the number of the one above each."""
    found: list[tuple[Node, int | None]] = []
    for number in range(draw(st.integers(1, 9))):
        kind = draw(st.sampled_from(KINDS if number else ("tinh", "trung_uong")))
        node = Node(f"U{number}", kind, draw(st.sampled_from(STATUSES)), draw(st.booleans()), {})
        for address in CELLS:
            if kind in ASKED and draw(st.integers(0, 2)):
                value = draw(FIGURES)
                absent = value is None and node.asked(address) and draw(st.booleans())
                basis = "" if node.asked(address) and draw(st.integers(0, 3)) else "basis"
                node.answers[address] = (value, basis, NOT_APPLICABLE if absent else "")
        found.append((node, draw(st.integers(0, number - 1)) if number else None))
    for node, parent in found:
        if parent is not None:
            found[parent][0].children.append(node)
    return found


# --- the plain walk ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rules:
    top: Node
    not_added: frozenset[str]

    def counts(self, node: Node) -> bool:
        return node.kind in ASKED and (node is self.top or node.status in ("sent", "accepted"))

    def left_out(self, node: Node, address: Address) -> bool:
        return node is not self.top and node.kind in self.not_added and not CELLS[address][0]

    def figures(self, node: Node, address: Address) -> list[Decimal | int]:
        """The figures that stand for a unit and all under it."""
        below = [each for child in node.children for each in self.figures(child, address)]
        value, basis, _ = node.answers.get(address, (None, "", ""))
        if value is None or not self.counts(node) or self.left_out(node, address):
            return below
        return [value] if basis or CELLS[address][0] else [value, *below]

    def total(self, address: Address) -> Rolled:
        figures = self.figures(self.top, address)
        everybody = [each for each in _walk(self.top) if each.kind in ASKED and not self.left_out(each, address)]
        gave = [each for each in everybody if self.counts(each) and self._gave(each, address)]
        owing = [
            each
            for each in everybody
            if each.asked(address)
            and (each.required or self.counts(each))
            and not (self.counts(each) and each.answers.get(address, (None, "", ""))[2])
        ]
        return Rolled(sum(figures) if figures else None, len(gave), len(owing))

    def _gave(self, node: Node, address: Address) -> bool:
        value, basis, _ = node.answers.get(address, (None, "", ""))
        return value is not None and not basis


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _walk(child)


# --- the database ----------------------------------------------------------------------------------------------


def _store(connection: Connection, found: list[tuple[Node, int | None]], left_out: list[str]) -> Campaign:
    ids: list[int] = []
    for position, (node, parent) in enumerate(found):
        body = "mttq" if node.kind == "to_chuc" else ""
        above = None if parent is None else ids[parent]
        new = NewUnit(node.code, node.code, node.kind, above, body=body, position=position)
        ids.append(units.add(connection, new, NOW))
    idle = frozenset(node.code for node, _ in found if node.kind in ASKED and not node.required)
    opening = Opening("kl62-2019", "U0", REFERENCE, key="cay", settings={"not_added": left_out}, not_required=idle)
    campaign_id = campaigns.open_campaign(connection, opening, NOW, ZONE)
    for (node, _), unit in zip(found, ids, strict=True):
        report = campaigns.submission_of(connection, campaign_id, unit)
        if report is not None:
            sent = {"status": node.status, "sent_revision": 0}
            connection.execute(update(submission).where(submission.c.id == report).values(sent))
            for address, given_ in node.answers.items():
                connection.execute(insert(answer), _row(report, address, *given_))
    stored = campaigns.by_id(connection, campaign_id)
    assert stored is not None
    return stored


def _row(report: int, address: Address, value: Decimal | int | None, basis: str, reason: str) -> dict[str, object]:
    state = State.NONE if value is None else State.VALUE
    encoded = encode(state, value)
    return {
        "submission": report,
        **address._asdict(),
        "version": 1,
        "state": state.value,
        "kind": encoded.kind,
        "value": encoded.value,
        "number": encoded.number,
        "closed": True,
        "reason": reason,
        "basis": basis,
        "channel": "telegram",
        "at": NOW,
    }


def _parts_of_cells(found: CompiledReportData, address: Address) -> Rolled:
    figures = [
        told.value
        for each in found.cells(address.field)
        for (row, column), told in each.cells.items()
        if (row, column) == (address.row, address.column) and told.value is not None
    ]
    numbers = [each for each in figures if isinstance(each, int | Decimal)]
    assert len(numbers) == len(figures)
    return Rolled(sum(numbers) if numbers else None, 0, 0)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(nodes(), st.lists(st.sampled_from(("to_chuc", "dutt", "huyen")), max_size=1), st.integers(0, 8))
def test_totals_are_those_of_a_plain_walk(
    province: Province, found: list[tuple[Node, int | None]], left_out: list[str], chosen: int
) -> None:
    assume(any(node.kind in ASKED for node, _ in found))
    left_out = [kind for kind in left_out if any(node.kind == kind for node, _ in found)]
    cache = province.cache
    node = found[chosen % len(found)][0]
    rules = Rules(node, frozenset(left_out))
    with province.database.write() as connection:
        mark = connection.begin_nested()
        campaign = _store(connection, found, left_out)
        unit = units.by_code(connection, node.code, REFERENCE)
        assert unit is not None
        read = compiled_data.read(scope_of(connection, cache, campaign, unit.id), NOW.astimezone(ZONE))
        for address in CELLS:
            if address not in read.totals:
                continue
            assert read.totals[address] == rules.total(address)
            assert _parts_of_cells(read, address).value == read.totals[address].value
        live = rollup.sums(connection, cache, campaign.id, unit.id)
        assert {at: each.rolled for at, each in rollup.below(connection, cache, campaign.id, unit.id).items()} == live
        for address in CELLS:
            row = rollup.proposals(connection, cache, campaign.id, unit.id, address.field, address.row)
            assert (address.column in row) == (address in live)
            if address in live:
                assert row[address.column].rolled == live[address]
                parts = [part.value for part in row[address.column].parts if part.value is not None]
                assert (sum(parts) if parts else None) == live[address].value
        mark.rollback()
