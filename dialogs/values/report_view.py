"""One unit's report in one campaign, as a turn may look at it: loaded only when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from dialogs.forms.answers import Address, Answer, State, Value
from dialogs.forms.form import Form
from dialogs.forms.questions import Question, Questionnaire, Respondent
from dialogs.values.attached import Evidence
from dialogs.values.effects import Piece
from dialogs.values.report_data import SumPart
from dialogs.values.status import Status


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it was at the campaign's reference date. ``parent_name`` is '' at the top."""

    code: str
    name: str
    kind: str
    parent_name: str = ""
    body: str = ""


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
class Return:
    """A decision to hand the report, or the addresses under ``prefix`` (a field key, '' all), back with a comment."""

    prefix: str
    comment: str
    at: datetime
    by: str


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
    def asked(self) -> Questionnaire:
        """What is asked of the unit, of a person who is limited to parts only those, numbered from 1."""
        ...

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions of ``asked``."""
        ...

    @property
    def answered(self) -> int:
        """How many of these questions are answered."""
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
        """What the units below add up to for every cell that only they fill in, without the parts behind the sums."""
        ...

    @property
    def has_last(self) -> bool:
        """Whether the campaign has one before it, in which ``last`` looks."""
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
