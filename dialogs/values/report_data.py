"""What a report is made of, one unit's own or a compiled one: the values that storage reads and the paper prints.

Only types. ``storage`` fills ``UnitReportData`` and ``CompiledReportData`` on one snapshot, ``bot`` hands them over as
they are, ``exports`` turns them into a report; the dialog shows some of the smaller ones as proposals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from dialogs.forms.answers import Address, Answer, State, Value
from dialogs.forms.form import Field, Form
from dialogs.forms.questions import Respondent
from dialogs.values.status import Status


class Told(NamedTuple):
    """What one unit gave at one address. A tuple: a province has hundreds of thousands."""

    state: State
    value: Value = None


@dataclass(frozen=True, slots=True)
class Rolled:
    """A sum of the units below: ``counted`` of ``expected`` gave a figure. ``value`` is None if nobody did."""

    value: int | Decimal | None
    counted: int
    expected: int


@dataclass(frozen=True, slots=True)
class SumPart:
    """One unit's figure behind a sum."""

    unit_code: str
    unit_name: str
    address: Address
    state: State
    value: int | Decimal | None


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the units below propose for one cell: their sum, the figures behind it and the hash of those figures.

    ``parts`` stand in administrative order and hold a "no figures" too; a figure that the own figure of a unit
    between replaces is not among them. ``basis`` is what an override keeps of them.
    """

    rolled: Rolled
    parts: tuple[SumPart, ...]
    basis: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one unit stands in a campaign: one line of ``progress --json``, of the Word's lists and of Excel's sheet.

    ``depth`` counts from the unit that was asked about. ``late``: first sent after the due moment, or unsent and past
    it. ``counted``: its figures and texts are part of the roll-up (its status is one of those that count in this
    campaign). ``report`` is the report's id where it is stored, 0 elsewhere.
    """

    code: str
    name: str
    kind: str
    depth: int
    status: Status
    late: bool
    answered: int
    total: int
    counted: bool
    due: datetime | None = None
    first_sent_at: datetime | None = None
    sent_at: datetime | None = None
    report: int = 0


class Contribution(NamedTuple):
    """What one counted unit gave for one leaf of the outline of the compiled report.

    ``unit`` is its place in the standings. ``field`` is the leaf it answered: the same leaf, or one of a companion
    form that feeds it. ``blanks`` holds the blanks of a sentence by key; None where the leaf is one answer.
    State EMPTY: the unit was asked and has not answered.
    """

    unit: int
    field: Field
    state: State
    value: Value = None
    blanks: Mapping[str, Told] | None = None


class UnitCells(NamedTuple):
    """One unit's own cells of one table, by (row key, column key). ``unit`` is its place in the standings.

    Only what is added: figures that an upper unit's own figure replaces stand in ``replaced`` and in no sum.
    """

    unit: int
    cells: Mapping[tuple[str, str], Told]
    replaced: Mapping[tuple[str, str], Told]


@dataclass(frozen=True, slots=True)
class Warned:
    """A finding at one figure: the unit that gave it, what is wrong, the explanation that was given ('' none).

    ``place`` says in words where that is, if the form that is printed does not know the address; else ''.
    """

    unit_name: str
    field: str
    row: str
    column: str
    message: str
    explanation: str = ""
    place: str = ""


class DataLine(NamedTuple):
    """One line of the long data sheet (``Dữ liệu``). ``at`` is local time."""

    unit: str
    unit_name: str
    field: str
    row: str
    column: str
    value: Value
    state: State
    by: str
    at: datetime | None
    channel: str


class Enclosed(NamedTuple):
    """A file attached to an item of a unit's report; ``place`` says in words at which."""

    unit: str
    unit_name: str
    place: str
    field: str
    row: str
    name: str
    media_type: str
    size: int
    by: str
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Override:
    """A unit's own figure in place of the sum of the units below it, with its reason.

    ``below`` is what they add up to now; ``changed``: not what was replaced then.
    """

    unit_code: str
    unit_name: str
    address: Address
    told: Told
    below: Rolled
    reason: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Changed:
    """A sum that a unit sent untouched and that is another one by now: the units below have sent again since."""

    unit_code: str
    unit_name: str
    address: Address
    sent: Rolled
    below: Rolled


@dataclass(frozen=True, slots=True)
class ReportData:
    """What a unit's own report and a compiled one have alike: the form, whose report it is, and what its head says.

    ``campaign`` is the campaign's key, ``period`` its own wording ("Quý II năm 2020"), '' for none. ``document`` are
    the answers of "Thông tin văn bản" by column key: so, ngay (date), dia_danh, co_quan_cap_tren, co_quan, ky_hieu,
    quyen_han, chuc_vu, ho_ten, noi_nhan (tuple of items); ``letterhead`` holds defaults under the same keys.
    ``profile`` names the layout. ``sent``: sent or accepted, so no draft. ``created`` is the snapshot's local time.
    """

    form: Form
    respondent: Respondent
    campaign: str
    period: str
    unit_code: str
    unit_name: str
    parent_name: str
    document: Mapping[str, Answer]
    letterhead: Mapping[str, str]
    profile: str
    sent: bool
    created: datetime


@dataclass(frozen=True, slots=True)
class UnitReportData(ReportData):
    """All that one unit's own report is made of. ``answers`` are those of the form.

    ``rolled`` and ``details`` are the sums and figures of the units below for the cells that this unit is not asked
    itself and gave no figure for: as they were when it sent, before that as they are.
    """

    answers: Mapping[Address, Answer]
    rolled: Mapping[Address, Rolled]
    details: tuple[SumPart, ...] = ()
    enclosed: tuple[Enclosed, ...] = ()


@dataclass(frozen=True, slots=True)
class CompiledReportData(ReportData):
    """One campaign at and below one unit; what ``ReportData`` says is the compiling unit's.

    ``form`` is the layout: the newest version of the campaign's own form that anybody was asked with. ``own`` are the
    compiling unit's answers, empty where it has no report in the campaign. ``standings`` are the reports at and below
    the unit, the compiling unit's own first if it has one; ``counted`` the statuses that count. ``totals`` holds the
    figure of every cell and blank that adds up, with n/N: own and below, nothing twice.

    Texts and figures come as callables that may be called more than once and give their items in administrative
    order, so that a country's answers need never stand in memory together. ``contributions(leaf key)`` yields what
    every counted unit below (not the compiling unit itself) gave for a leaf. ``cells(table key)`` yields every counted
    unit's cells, the compiling unit's own first. ``entries()`` are the lines of the long data sheet: the compiling
    unit and every counted unit.
    """

    own: Mapping[Address, Answer]
    standings: tuple[Standing, ...]
    counted: tuple[str, ...]
    totals: Mapping[Address, Rolled]
    contributions: Callable[[str], Iterable[Contribution]]
    cells: Callable[[str], Iterable[UnitCells]]
    entries: Callable[[], Iterable[DataLine]]
    enclosed: tuple[Enclosed, ...] = ()
