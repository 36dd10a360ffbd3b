"""What a turn may look at: a read-only view of one person's surroundings, loaded only when asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from dialogs.forms.answers import Address, Answer, State, Value
from dialogs.forms.form import Form
from dialogs.forms.questions import Question, Respondent
from dialogs.values.attached import Evidence
from dialogs.values.effects import Piece
from dialogs.values.report_data import SumPart
from dialogs.values.report_lifecycle import CellChange, ReportLifecycle
from dialogs.values.status import Status
from dialogs.values.team import Team

if TYPE_CHECKING:
    from dialogs.reminders.outstanding import Outlook
    from dialogs.values.audit_entries import Recording
    from dialogs.values.desk_world import Desk
    from dialogs.values.plans import Plans
    from dialogs.values.progress_board import Following
    from dialogs.values.staff_world import Staff


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it was at the campaign's reference date. ``parent_name`` is '' at the top."""

    code: str
    name: str
    kind: str
    parent_name: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class Invitation:
    """An open invitation to a role in a unit; with an ``owner`` it adds the account that speaks to that person."""

    id: int
    role: str
    unit: Unit
    unit_id: int = 0
    owner: Person | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """The sum of the counted units below for one cell: ``counted`` of ``expected`` gave a figure.

    ``parts`` are the figures behind it in administrative order, ``basis`` their hash: what an override keeps.
    """

    value: int | Decimal | None
    counted: int
    expected: int
    parts: tuple[SumPart, ...] = ()
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Last:
    """What the campaign before, titled ``source``, has at one address of this unit.

    Where the unit has taken over others since, ``value`` is the sum of its ``parts``: the units as they were.
    ``partly`` are units of which only a share went into this one: their figures are in no sum and never divided.
    State EMPTY: there are only such figures.
    """

    state: State
    value: Value = None
    reason: str = ""
    source: str = ""
    parts: tuple[SumPart, ...] = ()
    partly: tuple[SumPart, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """One report on the first screen. ``due`` is the last moment (aware); None where the campaign names none."""

    report: int
    campaign: str
    title: str
    unit: Unit
    status: Status
    due: datetime | None
    answered: int
    total: int
    first_sent_at: datetime | None
    sent_at: datetime | None
    opened: bool


@dataclass(frozen=True, slots=True)
class Return:
    """A decision to hand the report, or the addresses under ``prefix`` (a field key, '' all), back with a comment."""

    prefix: str
    comment: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Compilable:
    """A campaign that the person may have compiled at one unit. ``id`` names both in a button.

    Of the ``total`` reports owed at and below the unit ``sent`` have been sent and count; ``late`` are past their
    moment.
    """

    id: str
    campaign: str
    title: str
    unit_code: str
    unit_name: str
    sent: int
    total: int
    late: int


class ReportView(Protocol):
    """One unit's report in one campaign, as of this turn."""

    @property
    def id(self) -> int: ...
    @property
    def campaign(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def form(self) -> Form: ...
    @property
    def unit(self) -> Unit: ...
    @property
    def respondent(self) -> Respondent: ...
    @property
    def status(self) -> Status: ...
    @property
    def due(self) -> datetime | None: ...
    @property
    def first_sent_at(self) -> datetime | None: ...
    @property
    def sent_at(self) -> datetime | None: ...
    @property
    def receipt(self) -> str:
        """The number of the receipt of the last sending, '' before the first."""
        ...

    def next_receipt(self) -> str:
        """The number the next sending will carry ("KL62-0017"); unique, because it is read under the turn's lock."""
        ...

    @property
    def reference_date(self) -> date: ...
    @property
    def parts(self) -> tuple[str, ...] | None:
        """The parts that this person was handed and is limited to; None: the whole report is theirs."""
        ...

    @property
    def questions(self) -> tuple[Question, ...]:
        """What is asked of the unit, of a person who is limited to parts only those, numbered from 1."""
        ...

    @property
    def answers(self) -> Mapping[Address, Answer]:
        """Every stored answer of this report that is not EMPTY."""
        ...

    def pieces(self, address: Address) -> tuple[Piece, ...]:
        """The pieces of a narrative in order; empty where it was not written in chat."""
        ...

    def said(self, address: Address, version: int) -> Value:
        """What an answer said in one of its versions, or (0) when this person last wrote it; None if nothing."""
        ...

    def answered_by(self, message: str) -> tuple[Address, ...]:
        """The addresses that the person's message with this id (on the channel that speaks) answered, in order."""
        ...

    def proposals(self, field: str, row: str) -> Mapping[str, Proposal]:
        """What the units below add up to, by column, for a table row whose columns they fill in."""
        ...

    def sums(self) -> Mapping[Address, Proposal]:
        """The same for every cell that only the units below fill in, without the parts behind the sums."""
        ...

    def last(self, field: str, row: str) -> Mapping[str, Last]:
        """What the campaign before gave, by column ('' for a field that is one answer).

        Empty where the campaign has none before it, or nothing of this unit counted there.
        """
        ...

    def defaults(self) -> Mapping[str, str]:
        """The usual document data of the unit by column key, from its letterhead or the last report."""
        ...

    def returns(self) -> tuple[Return, ...]:
        """The open returns, newest last; empty unless the status is RETURNED."""
        ...

    def evidence(self) -> tuple[Evidence, ...]:
        """The files attached to what this person may see of the report, in the order they came."""
        ...


class World(Protocol):
    @property
    def now(self) -> datetime: ...
    @property
    def zone(self) -> tzinfo: ...
    @property
    def person(self) -> Person: ...
    @property
    def following(self) -> Following:
        """How far the units are that the person follows."""
        ...

    @property
    def recording(self) -> Recording:
        """The record as far as the person may read it."""
        ...

    @property
    def desk(self) -> Desk:
        """What the person may look at above their own reports."""
        ...

    @property
    def plans(self) -> Plans:
        """What the person may look up to open campaigns and to manage those that run."""
        ...

    @property
    def staff(self) -> Staff:
        """Who works where, as far as the person may know and decide about it."""
        ...

    def cards(self) -> tuple[Card, ...]:
        """The reports this person may fill in, soonest due first; empty for somebody without any role."""
        ...

    def invitation(self, code: str) -> Invitation | None:
        """The open invitation with this code; None if it is wrong, used or expired."""
        ...

    def still_open(self, invite: int) -> bool:
        """Whether an invitation that was shown may still be used: nobody was faster, nobody took it back."""
        ...

    def guesses(self) -> int:
        """How many wrong codes this account has tried within the last hour."""
        ...

    def belongs(self) -> bool:
        """Whether this person has any role at all; somebody without one is told nothing."""
        ...

    def report(self, report: int) -> ReportView | None:
        """The report with this id, None if it does not exist or is not this person's to fill in."""
        ...

    def team(self, report: int) -> Team:
        """Who works on a report of this person's; nobody for any other report."""
        ...

    def course(self, report: int) -> ReportLifecycle:
        """What is under way about a report that the person fills in or may read; nothing is of any other one."""
        ...

    def changes(self, report: int) -> tuple[CellChange, ...]:
        """What was changed in such a report since it was last sent, in printed order; nothing before that."""
        ...

    def resent(self, report: int) -> tuple[CellChange, ...]:
        """What its last sending changed against the one before; nothing unless there were two."""
        ...

    def outlook(self, reports: Sequence[int]) -> Outlook:
        """Who would be reminded of these reports by hand now; nobody of one that the person may not remind of."""
        ...

    def compilable(self) -> tuple[Compilable, ...]:
        """The campaigns this person may have compiled, newest first; nothing of a unit that is not theirs."""
        ...
