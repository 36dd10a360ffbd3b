"""Decisions as values: what people decide about reports, deadlines, colleagues and campaigns (see ``effects``).

``storage.decisions`` carries them out, each after asking again for the right that its comment names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class ReturnReport:
    """Hand a report, or the addresses under ``prefix``, back with a comment (``report.return``)."""

    report: int
    prefix: str
    comment: str


@dataclass(frozen=True, slots=True)
class AcceptReport:
    """Take a sent report over as it is, in its sending of that number (``report.accept``)."""

    report: int
    sending: int


@dataclass(frozen=True, slots=True)
class ReopenReport:
    """Open a sent or accepted report for correction until a moment, for a reason (``report.reopen``)."""

    report: int
    reason: str
    until: datetime


@dataclass(frozen=True, slots=True)
class UndoReopening:
    """Close a reopened report again, as it was sent (``report.reopen``)."""

    report: int


@dataclass(frozen=True, slots=True)
class AskCorrection:
    """Ask those above to reopen what was sent (``correction.ask``)."""

    report: int
    reason: str


@dataclass(frozen=True, slots=True)
class RefuseCorrection:
    """Leave a report as it was sent, though its unit asked to correct it (``report.reopen``)."""

    report: int
    comment: str


@dataclass(frozen=True, slots=True)
class AskConfirmation:
    """Lay a finished report before the unit's leader (``report.send``)."""

    report: int


@dataclass(frozen=True, slots=True)
class DeclineConfirmation:
    """The leader hands a report back to the colleagues who wrote it (``report.confirm``)."""

    report: int
    comment: str


@dataclass(frozen=True, slots=True)
class ExtendDeadline:
    """Give reports another last day (``deadline.extend``)."""

    reports: tuple[int, ...]
    last_day: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RemindNow:
    """Remind whoever still owes one of these reports (``reminder.send``)."""

    reports: tuple[int, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class PostponeReminders:
    """The person wants no reminder before a moment."""

    until: datetime


@dataclass(frozen=True, slots=True)
class CreateInvites:
    """Make single-use codes for a role in a unit and hand them to the account that spoke (``ROLE.invite``)."""

    unit: int
    role: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class AddAccount:
    """Make a single-use code by which the person's other chat account becomes theirs."""


@dataclass(frozen=True, slots=True)
class EndRole:
    """End somebody's role, or one's own (``ROLE.remove``)."""

    role: int


@dataclass(frozen=True, slots=True)
class AssignPart:
    """Hand the addresses under ``prefix`` to a colleague; ``sees_all``: who may look at the rest (``part.assign``)."""

    report: int
    prefix: str
    person: int
    sees_all: bool
    comment: str = ""


@dataclass(frozen=True, slots=True)
class EndAssignment:
    """Take back what was handed to a colleague (``part.assign``)."""

    report: int
    assignment: int


@dataclass(frozen=True, slots=True)
class OpenCampaign:
    """Open a campaign of a published form (``campaign.open``). ``due`` holds the last day by unit kind."""

    form: str
    unit: int
    key: str
    title: str
    reference_date: date
    due: Mapping[str, date] = field(default_factory=dict)
    not_required: frozenset[str] = frozenset()
    switches: frozenset[str] = frozenset()
    settings: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AttachEvidence:
    """Keep a file that came in as evidence for an item; ``source`` says where its bytes are (``evidence.add``)."""

    report: int
    field: str
    row: str
    name: str
    size: int
    source: str


@dataclass(frozen=True, slots=True)
class RemoveEvidence:
    """Take a file off an item; its bytes stay for the record (``evidence.add``)."""

    report: int
    attachment: int


@dataclass(frozen=True, slots=True)
class HandEvidence:
    """Hand files of an item to the account that spoke (``evidence.read``)."""

    report: int
    attachments: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DrawProgress:
    """Draw how far the units at and below one are and hand the picture to the account (``progress.read``)."""

    campaign: str
    unit: str


@dataclass(frozen=True, slots=True)
class ExportRecord:
    """Write the record of a campaign at and below a unit and hand it to the account (``record.read``)."""

    campaign: str
    unit: str


Decision: TypeAlias = (
    ReturnReport
    | AcceptReport
    | ReopenReport
    | UndoReopening
    | AskCorrection
    | RefuseCorrection
    | AskConfirmation
    | DeclineConfirmation
    | ExtendDeadline
    | RemindNow
    | PostponeReminders
    | CreateInvites
    | AddAccount
    | EndRole
    | AssignPart
    | EndAssignment
    | OpenCampaign
    | AttachEvidence
    | RemoveEvidence
    | HandEvidence
    | DrawProgress
    | ExportRecord
)
