"""What carries out each decision of a dialog (``dialogs.values.decisions``), in the turn's transaction.

A handler asks for the right again, changes rows, records the deed, and returns the messages it stored for others.
To add a decision: its value in ``dialogs.values.decisions``, its handler in the module of its subject, one line here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Connection

from dialogs.values.decisions import (
    AcceptReport,
    AddAccount,
    AskConfirmation,
    AskCorrection,
    AssignPart,
    AttachEvidence,
    CloseCampaign,
    CreateInvites,
    DeclineConfirmation,
    DrawProgress,
    EndAssignment,
    EndRole,
    ExportRecord,
    ExtendDeadline,
    HandEvidence,
    HandPlan,
    OpenCampaign,
    PostponeReminders,
    RefuseCorrection,
    RemindNow,
    RemoveEvidence,
    ReopenReport,
    ReturnReport,
    RevokeInvite,
    TellPartDone,
    UndoReopening,
)
from storage import record
from storage.campaigns.turn_cache import TurnCache
from storage.compiled import following
from storage.manage import opening
from storage.messages.context import Context
from storage.messages.outbox import OutboxRow
from storage.people import membership
from storage.reminders import by_hand
from storage.reports import confirming, corrections, evidence, extending, reopening, returning, sharing

Handler: TypeAlias = Callable[[Connection, Any, Context, TurnCache], Sequence[OutboxRow]]

HANDLERS: dict[type, Handler] = {
    ReturnReport: returning.hand_back,
    AcceptReport: returning.accept,
    ReopenReport: reopening.reopen,
    UndoReopening: reopening.undo,
    AskCorrection: corrections.ask,
    RefuseCorrection: corrections.refuse,
    AskConfirmation: confirming.ask,
    DeclineConfirmation: confirming.decline,
    ExtendDeadline: extending.extend,
    RemindNow: by_hand.remind,
    PostponeReminders: by_hand.postpone,
    AttachEvidence: evidence.attach,
    RemoveEvidence: evidence.remove,
    HandEvidence: evidence.hand,
    DrawProgress: following.draw,
    ExportRecord: record.export,
    CreateInvites: membership.create_invites,
    RevokeInvite: membership.revoke,
    AddAccount: membership.add_account,
    EndRole: membership.end_role,
    OpenCampaign: opening.open_it,
    CloseCampaign: opening.close,
    HandPlan: opening.hand_plan,
    AssignPart: sharing.assign,
    EndAssignment: sharing.end,
    TellPartDone: sharing.tell_done,
}
