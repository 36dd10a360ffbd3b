"""The plan of a campaign, as values: who is asked with which form, until when, on what terms.

The same ``CampaignPlan`` is shown before a campaign is opened, printed, and shown again while it runs. A
``CampaignDraft`` says what a person has decided so far, ``Plans`` is what the dialog may look up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from dialogs.forms.form import Form, Table
from dialogs.forms.questions import cell_column
from dialogs.kinds import KINDS, NUMERIC, Kind
from dialogs.values.decisions import OpenCampaign
from dialogs.values.status import Status

COUNTED = ("sent", "accepted")
"""The statuses whose figures count in sums unless a campaign says otherwise."""


@dataclass(frozen=True, slots=True)
class OfferedForm:
    """A published form, its newest version. ``unmeasured`` names its money cells without a unit: it cannot be used."""

    key: str
    version: int
    title: str
    questions: int
    tables: int
    unmeasured: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TopUnit:
    """A unit from which downwards a campaign may be opened by this person; ``own``: a role is held in it."""

    id: int
    code: str
    name: str
    kind: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class PlannedUnit:
    """A unit that is, or would be, asked. ``above`` are the kinds of the asked units over it; ``people`` fill in."""

    code: str
    name: str
    kind: str
    due: datetime | None
    required: bool = True
    above: tuple[str, ...] = ()
    people: int = 0


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """The asked units of one kind. ``form`` is the title of the form they get, ``wording`` its usual deadline.

    ``usual`` is the day that belongs to the wording, None where the form names none. ``due`` is the last moment most
    of them have; ``others`` have another one.
    """

    kind: str
    number: int
    not_required: int
    due: datetime | None
    form: str
    examples: tuple[str, ...] = ()
    wording: str = ""
    usual: date | None = None
    others: int = 0
    questions: int = 0


@dataclass(frozen=True, slots=True)
class Switch:
    """A part that a campaign may leave out of ``form``; ``tables`` are the numbers of its appendices."""

    key: str
    form: str
    tables: tuple[str, ...]
    on: bool


@dataclass(frozen=True, slots=True)
class CampaignPlan:
    """A campaign as it is, or as it would be. ``left_out`` are kinds the form names that are not asked, with numbers.

    ``offsets`` are the days before and after the last one on which people are reminded, ``unmeasured`` names columns
    of figures without a unit, ``previous`` the campaign to compare with.
    """

    key: str
    title: str
    form: str
    form_short: str
    form_title: str
    legal_basis: str
    unit_code: str
    unit_name: str
    parent_name: str
    reference_date: date
    period: str
    units: tuple[PlannedUnit, ...]
    groups: tuple[UnitGroup, ...]
    left_out: tuple[tuple[str, int], ...] = ()
    not_asked: tuple[str, ...] = ()
    switches: tuple[Switch, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    offsets: tuple[int, ...] = ()
    previous: str = ""
    outline: tuple[tuple[int, str], ...] = ()
    tables: tuple[str, ...] = ()
    unmeasured: tuple[str, ...] = ()
    profile: str = ""
    letterhead: Mapping[str, str] = field(default_factory=dict)
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    campaign: int = 0

    @property
    def owing(self) -> tuple[PlannedUnit, ...]:
        """The units that have to report."""
        return tuple(each for each in self.units if each.required)

    @property
    def without_people(self) -> tuple[PlannedUnit, ...]:
        """Units that have to report and in which nobody could."""
        return tuple(each for each in self.owing if not each.people)

    @property
    def counted(self) -> tuple[str, ...]:
        return tuple(self.settings.get("counted", COUNTED))


class Plans(Protocol):
    """What the dialog about campaigns may look at: nothing beyond what ``campaign.open`` of the person reaches."""

    def may_open(self) -> bool:
        """Whether the person may open a campaign anywhere."""
        ...

    def forms(self) -> tuple[OfferedForm, ...]:
        """The published forms, by title."""
        ...

    def own(self, day: date) -> tuple[TopUnit, ...]:
        """The units in which the person holds the right, as they were on ``day``."""
        ...

    def tops(self, day: date) -> tuple[TopUnit, ...]:
        """Those and every unit below them that the right reaches, in administrative order."""
        ...

    def top(self, unit: int, day: date) -> TopUnit | None:
        """One of them."""
        ...

    def free_key(self, wanted: str) -> str:
        """``wanted``, or the next like it that no campaign has."""
        ...

    def plan(self, opening: OpenCampaign) -> CampaignPlan | None:
        """What ``opening`` comes to, None if form or unit are not there (any more)."""
        ...

    def refusal(self, opening: OpenCampaign) -> str:
        """Why ``opening`` is not possible, '' if it is: then it stays so until the turn ends."""
        ...

    def running(self) -> tuple[CampaignPlan, ...]:
        """The open campaigns that the person may manage, newest first."""
        ...

    def running_one(self, campaign: int) -> CampaignPlan | None:
        """One of them."""
        ...


def out_of_order(groups: Sequence[UnitGroup], units: Sequence[PlannedUnit]) -> tuple[tuple[str, str], ...]:
    """Return (lower kind, upper kind) where a lower level's last moment is not before that of the one above it."""
    due = {each.kind: each.due for each in groups}
    pairs = dict.fromkeys((unit.kind, above) for unit in units for above in unit.above if above != unit.kind)
    return tuple(pair for pair in pairs if _is_late(due.get(pair[0]), due.get(pair[1])))


def _is_late(lower: datetime | None, upper: datetime | None) -> bool:
    return lower is not None and upper is not None and lower >= upper


# --- units of measurement (reporting.md C3) -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell as it is measured: ``place`` its address, ``table`` and ``column`` what they are called."""

    place: str
    table: str
    column: str
    kind: Kind
    measure: str
    asked: bool


def unmeasured_money(form: Form) -> tuple[str, ...]:
    """Return the cells of money that have no unit: with one of them no campaign is opened."""
    cells = (*_blanks(form), *(cell for table in form.tables for cell in _table_cells(table)))
    return tuple(cell.place for cell in cells if KINDS[cell.kind].needs_measure and not cell.measure)


def unmeasured_columns(form: Form, switches: frozenset[str]) -> tuple[str, ...]:
    """Return the asked columns of other figures that have no unit, as they are called; sentences name theirs."""
    tables = [table for table in form.tables if not table.switch or table.switch in switches]
    cells = (cell for table in tables for cell in _table_cells(table) if cell.asked)
    found = (cell for cell in cells if _may_lack_measure(cell.kind) and not cell.measure)
    return tuple(dict.fromkeys(f"{cell.table} ({cell.column})" for cell in found))


def _may_lack_measure(kind: Kind) -> bool:
    return kind in NUMERIC and not KINDS[kind].needs_measure


def _blanks(form: Form) -> Iterator[_Cell]:
    for leaf in form.fields():
        for blank in leaf.blanks:
            yield _Cell(f"{leaf.key}.{blank.key}", leaf.key, blank.label, blank.kind, blank.unit, bool(blank.filled_by))


def _table_cells(table: Table) -> Iterator[_Cell]:
    for column in table.columns:
        name, asked = (table.number_line, column.short or column.label), bool(column.filled_by)
        if not table.rows:
            yield _Cell(f"{table.key}.{column.key}", *name, column.kind, column.unit, asked)
        for row in table.rows:
            own = cell_column(row, column)
            yield _Cell(
                f"{table.key}.{row.key}.{column.key}", *name, own.kind, own.unit, asked and row.filled_by != frozenset()
            )


COUNTS: Mapping[str, tuple[str, ...]] = {
    "usual": (Status.SENT.value, Status.ACCEPTED.value),
    "accepted": (Status.ACCEPTED.value,),
    "all": (Status.IN_PROGRESS.value, Status.RETURNED.value, Status.SENT.value, Status.ACCEPTED.value),
}
"""Which figures the sums may take, by what a button names."""

ESCALATES_AFTER = 3
"""Days after the last day at which the level above is told who still owes, where a campaign has that switched on."""


@dataclass(frozen=True, slots=True)
class CampaignDraft:
    """What is decided: '' , 0 or None is "not yet". ``period`` may be decided to be ''.

    ``grouped``: who must report has been looked through. ``counts``: whether the day of "trước ngày" counts, asked
    once. ``offsets`` are the days of reminders from the last day (None: as usual, empty: none by themselves).
    """

    form: str = ""
    unit: int = 0
    day: date | None = None
    title: str = ""
    period: str | None = None
    key: str = ""
    grouped: bool = False
    left_out: frozenset[str] = frozenset()
    not_required: frozenset[str] = frozenset()
    due: Mapping[str, date] = field(default_factory=dict)
    counts: bool | None = None
    switches: frozenset[str] = frozenset()
    counted: str = "usual"
    confirm: bool = False
    offsets: tuple[int, ...] | None = None
    escalate: bool = False
    notify: bool = True

    @property
    def settings(self) -> dict[str, Any]:
        """What the campaign's settings will hold: only what is not as usual."""
        found: dict[str, Any] = {} if self.counted == "usual" else {"counted": list(COUNTS[self.counted])}
        found |= {"confirm": True} if self.confirm else {}
        return found | self._reminders()

    def _reminders(self) -> dict[str, Any]:
        if self.offsets == ():
            return {"reminders": False}
        found: dict[str, Any] = {} if self.offsets is None else {"offsets": list(self.offsets)}
        found |= {"escalate": ESCALATES_AFTER} if self.escalate else {}
        return {"reminders": found} if found else {}
