"""What a coordinator may look at: campaigns and reports of the units that a right of hers reaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from dialogs.values.report_view import ReportView
from dialogs.values.rights import Right
from dialogs.values.status import Status


@dataclass(frozen=True, slots=True)
class DeskScope:
    """A campaign from one unit downwards: as far as a right of the person's reaches in it.

    ``own``: it reaches the unit itself, ``below``: those under it. ``id`` names both in a button.
    """

    campaign_id: int
    campaign: str
    title: str
    unit_id: int
    unit_code: str
    unit_name: str
    reference_date: date
    closed: bool
    own: bool
    below: bool

    @property
    def id(self) -> str:
        return f"{self.campaign_id}.{self.unit_id}"


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One unit's report as those above see it. ``depth`` counts from the scope's unit; ``sending`` the sendings."""

    report: int
    campaign: str
    title: str
    unit_id: int
    code: str
    name: str
    kind: str
    parent_name: str
    depth: int
    status: Status
    late: bool
    due: datetime | None
    first_sent_at: datetime | None
    sent_at: datetime | None
    sending: int = 0


@dataclass(frozen=True, slots=True)
class Decided:
    """The last decision about a report: the verb of the record, who and when."""

    verb: str
    by: str
    at: datetime


class Desk(Protocol):
    """Nothing here is ever of a unit that the asked right does not reach."""

    def holds(self, right: Right) -> bool:
        """Whether the person has ``right`` anywhere, in a campaign or not."""
        ...

    def scopes(self, right: Right) -> tuple[DeskScope, ...]:
        """The campaigns, newest first, in which the person has ``right`` over some report; open ones only."""
        ...

    def reports(self, scope: DeskScope, right: Right) -> tuple[ReportRow, ...]:
        """The reports of a scope that ``right`` reaches, in administrative order, each unit before those under it."""
        ...

    def report(self, report: int, right: Right) -> ReportRow | None:
        """One report, None if it does not exist, ``right`` does not reach it or its campaign is closed."""
        ...

    def paper(self, report: int, right: Right) -> ReportView | None:
        """One report with its questions and answers, to be looked at; None where ``report`` gives none."""
        ...

    def decided(self, report: int) -> Decided | None:
        """The last decision about a report that the person may read; None if there was none."""
        ...

    def changes(self, report: int, right: Right) -> tuple[str, ...]:
        """What the last sending of a report changed, as lines to be read; none before it was sent again."""
        ...
