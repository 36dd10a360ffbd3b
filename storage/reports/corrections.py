"""A unit's wish to correct what it has sent: asked once at a time, granted by opening the report again, or refused."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, insert, select, update

from dialogs.texts import objections
from dialogs.texts import workflow as workflow_texts
from dialogs.values.decisions import AskCorrection, RefuseCorrection
from dialogs.values.effects import Choice, Reply
from dialogs.values.rights import Right
from storage.campaigns.turn_cache import TurnCache
from storage.messages import notices
from storage.messages.context import Context
from storage.messages.outbox import OutboxRow
from storage.people import rights
from storage.reports import report_header, sendings, sharing, workflow
from storage.reports.report_header import ReportHeader
from storage.schema.conditions import SENT
from storage.schema.errors import Refused
from storage.schema.tables import correction

_WAITING = select(correction.c.id).where(correction.c.submission == bindparam("report"), correction.c.granted.is_(None))


def ask(connection: Connection, decision: AskCorrection, context: Context, _cache: TurnCache) -> Sequence[OutboxRow]:
    """Ask those right above to open a report again; a wish that still waits gets the new reason.

    Raises ``Refused`` without the right to the whole of the report, or if it is not sent.
    """
    report, at = decision.report, context.at
    rights.require(connection, context.person.id, Right.CORRECTION_ASK, report, at)
    sharing.require_whole(connection, report, context)
    here = report_header.of(connection, report)
    if here.status not in SENT:
        raise Refused(objections.NOT_SENT)
    _store(connection, decision, context)
    _note(connection, "correction.ask", here, context, decision.reason)
    told = report_header.in_charge(connection, Right.REPORT_REOPEN, here, at, context.person.id)
    said = workflow_texts.correction_wanted(here.unit, here.title, context.person.name, decision.reason)
    buttons = (
        Choice(f"{report}.0.0:grant:{report}", workflow_texts.GRANT, ""),
        Choice(f"{report}.0.0:deny:{report}", workflow_texts.DENY, ""),
    )
    return notices.tell(connection, told, Reply(said, buttons), at)


def _store(connection: Connection, decision: AskCorrection, context: Context) -> None:
    values = {"reason": decision.reason, "asked_by": context.person.id, "asked_at": context.at}
    waiting = connection.execute(_WAITING, {"report": decision.report}).scalar()
    if waiting is not None:
        connection.execute(update(correction).where(correction.c.id == waiting).values(values))
        return
    sent = sendings.last(connection, decision.report)
    number = sent.number if sent else 0
    connection.execute(insert(correction), {"submission": decision.report, "sending": number, **values})


def _note(connection: Connection, verb: str, here: ReportHeader, context: Context, reason: str) -> None:
    place = workflow.place_of(connection, here.report)
    by, at, channel = context.person.id, context.at, context.channel
    workflow.note(connection, verb, here.report, place, by, at, channel, {"reason": reason}, context.account)


def refuse(
    connection: Connection, decision: RefuseCorrection, context: Context, _cache: TurnCache
) -> Sequence[OutboxRow]:
    """Leave a report as it was sent and tell its unit why.

    Raises ``Refused`` without the right, or if no wish is waiting: somebody else has decided.
    """
    by, at = context.person.id, context.at
    rights.require(connection, by, Right.REPORT_REOPEN, decision.report, at)
    if workflow.settle_correction(connection, decision.report, False, by, at, decision.comment) is None:
        raise Refused(objections.NO_WISH)
    here = report_header.of(connection, decision.report)
    _note(connection, "submission.refuse_correction", here, context, decision.comment)
    said = workflow_texts.refused_notice(here.unit, here.title, context.person.name, decision.comment)
    return notices.tell(connection, report_header.authors(connection, here, at, by), Reply(said), at)
