"""Decisions as values: what people decide about reports, deadlines, colleagues and campaigns (see ``effects``).

``storage.decision_handlers`` carries them out, each after asking again for the right that its comment names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import Any, TypeAlias


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
    """Open a sent or accepted report for correction until a moment, in words, for a reason (``report.reopen``)."""

    report: int
    reason: str
    until: datetime
    until_words: str


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
    """Give reports a later last moment; ``due_words`` is how it is told (``deadline.extend``)."""

    reports: tuple[int, ...]
    due: datetime
    due_words: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RemindNow:
    """Remind whoever still owes one of these reports (``reminder.send``).

    ``again``: also those who were reminded a short while ago.
    """

    reports: tuple[int, ...]
    text: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True)
class PostponeReminders:
    """The person wants no reminder before a moment; one that is not to come lifts what was put off."""

    until: datetime


@dataclass(frozen=True, slots=True)
class CreateInvites:
    """Make single-use codes for a role in a unit and hand them to the account that spoke (``ROLE.invite``).

    Each code comes as a message of its own that begins with ``letter``.
    """

    unit: int
    role: str
    count: int
    letter: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class RevokeInvite:
    """Take an invitation back that nobody has used (``ROLE.invite``)."""

    invite: int


@dataclass(frozen=True, slots=True)
class AddAccount:
    """Make a single-use code by which the person's other chat account becomes theirs."""

    letter: str
    expires_at: datetime


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
class TellPartDone:
    """Tell those who hand out parts that the person's own parts of a report are finished (``report.fill``)."""

    report: int


@dataclass(frozen=True, slots=True)
class OpenCampaign:
    """Open a campaign of a published form (``campaign.open``).

    ``due`` holds the last day by unit kind, in ``zone``; ``left_out`` are kinds that are not asked, ``not_required``
    codes of units that are listed and owe nothing. ``notify``: the people who are asked are told at once.
    """

    form: str
    unit: int
    key: str
    title: str
    reference_date: date
    zone: tzinfo
    period: str = ""
    due: Mapping[str, date] = field(default_factory=dict)
    not_required: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()
    switches: frozenset[str] = frozenset()
    settings: Mapping[str, Any] = field(default_factory=dict)
    notify: bool = True


@dataclass(frozen=True, slots=True)
class CloseCampaign:
    """End a campaign: it leaves the first screens and can still be compiled (``campaign.open``)."""

    campaign: int


@dataclass(frozen=True, slots=True)
class HandPlan:
    """Hand the printed plan of a campaign, or of one that is yet to be ``opening``, to the account that spoke.

    Asks for ``campaign.open``, like opening itself.
    """

    campaign: int = 0
    opening: OpenCampaign | None = None


@dataclass(frozen=True, slots=True)
class AttachEvidence:
    """Keep a file that came in as evidence for an item; ``source`` says where its bytes are (``evidence.add``)."""

    report: int
    field: str
    row: str
    name: str
    size: int
    source: str
    note: str = ""


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
    | RevokeInvite
    | AddAccount
    | EndRole
    | AssignPart
    | EndAssignment
    | TellPartDone
    | OpenCampaign
    | CloseCampaign
    | HandPlan
    | AttachEvidence
    | RemoveEvidence
    | HandEvidence
    | DrawProgress
    | ExportRecord
)
