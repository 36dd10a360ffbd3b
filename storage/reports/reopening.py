"""A sent report opened for correction until a moment, closed again as it was sent, and the end of that time.

What ended unchanged goes back to what it was; what ended changed stays as it is, closed, and both sides are told once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, select

from dialogs.texts import objections
from dialogs.texts import workflow as workflow_texts
from dialogs.values.decisions import ReopenReport, UndoReopening
from dialogs.values.effects import Choice, Reply
from dialogs.values.rights import Right
from dialogs.values.world import Person
from storage.campaigns.turn_cache import TurnCache
from storage.messages import notices
from storage.messages.context import Context
from storage.messages.outbox import OutboxRow
from storage.people import rights
from storage.reports import changes, report_header, restoring, workflow
from storage.reports.report_header import ReportHeader
from storage.schema.errors import Refused
from storage.schema.tables import submission

_OVER = (
    select(submission.c.id)
    .where(workflow.IS_REOPENED, submission.c.reopened_until <= bindparam("now"), submission.c.reopen_told_at.is_(None))
    .order_by(submission.c.id)
    .with_for_update(skip_locked=True, of=submission)
)


def reopen(connection: Connection, decision: ReopenReport, context: Context, _cache: TurnCache) -> Sequence[OutboxRow]:
    """Open a report for correction and tell its unit; one that is open so already until another moment.

    Raises ``Refused`` without the right, a reason or a moment to come, or if the report is neither sent nor reopened.
    """
    report, at, by = decision.report, context.at, context.person
    rights.require(connection, by.id, Right.REPORT_REOPEN, report, at)
    if decision.until <= at or not decision.reason.strip():
        raise Refused(objections.END_IS_PAST if decision.until <= at else objections.NO_REASON)
    workflow.reopen(connection, report, decision.reason, decision.until, by.id, at, context.channel)
    here = report_header.of(connection, report)
    said = workflow_texts.reopened_notice(here.unit, here.title, by.name, decision.reason, decision.until_words)
    return _tell_unit(connection, here, said, at, by.id)


def _tell_unit(
    connection: Connection, here: ReportHeader, said: str, at: datetime, but: int | None
) -> tuple[OutboxRow, ...]:
    button = notices.open_at(here.report, "", workflow_texts.MEND_IN_REOPENED)
    return notices.tell(connection, report_header.authors(connection, here, at, but), Reply(said, (button,)), at)


def undo(connection: Connection, decision: UndoReopening, context: Context, cache: TurnCache) -> Sequence[OutboxRow]:
    """Close a reopened report again exactly as it was sent, and tell its unit what became of what it wrote since.

    Raises ``Refused`` without the right, or if it is not reopened (any more).
    """
    report, at, by = decision.report, context.at, context.person
    rights.require(connection, by.id, Right.REPORT_REOPEN, report, at)
    here = report_header.of(connection, report)
    restored = _close(connection, cache, here, context)
    place = workflow.place_of(connection, report)
    detail = {"restored": restored}
    workflow.note(connection, "submission.undo", report, place, by.id, at, context.channel, detail, context.account)
    said = workflow_texts.undone_notice(here.unit, here.title, by.name, restored)
    return notices.tell(connection, report_header.authors(connection, here, at, by.id), Reply(said), at)


def _close(connection: Connection, cache: TurnCache, here: ReportHeader, context: Context) -> int:
    """Give a report its former status and its sent answers back; return how many answers had to be put back."""
    back = {"status": here.reopened_from, **workflow.NOT_REOPENED, "confirm_asked_at": None, "confirm_asked_by": None}
    workflow.step(connection, here.report, workflow.IS_REOPENED, back)
    return restoring.restore(connection, cache, here.report, context)


def expire(connection: Connection, cache: TurnCache, now: datetime) -> tuple[OutboxRow, ...]:
    """End the reopenings whose time is over and return the messages stored; a second time there is nothing to do.

    Several processes may do so at once: each takes the reports that no other one holds.
    """
    rows: list[OutboxRow] = []
    for report in connection.execute(_OVER, {"now": now}).scalars().all():
        here = report_header.of(connection, report)
        written = len(changes.since(connection, cache, report))
        rows += _keep(connection, here, written, now) if written else _put_away(connection, cache, here, now)
    return tuple(rows)


def _put_away(connection: Connection, cache: TurnCache, here: ReportHeader, now: datetime) -> tuple[OutboxRow, ...]:
    """Nothing was changed: the report is what it was."""
    nobody = Context(Person(0, ""), 0, "", "", None, "", now)
    _close(connection, cache, here, nobody)
    place = workflow.place_of(connection, here.report)
    workflow.note(connection, "submission.close", here.report, place, None, now, "", {"changed": 0})
    said = Reply(workflow_texts.ended_unchanged(here.unit, here.title))
    return notices.tell(connection, report_header.authors(connection, here, now), said, now)


def _keep(connection: Connection, here: ReportHeader, written: int, now: datetime) -> tuple[OutboxRow, ...]:
    """Something was changed and not sent: it stays, closed, and both sides are told once."""
    still = and_(workflow.IS_REOPENED, submission.c.reopen_told_at.is_(None))
    place = workflow.step(connection, here.report, still, {"reopen_told_at": now})
    workflow.note(connection, "submission.close", here.report, place, None, now, "", {"changed": written})
    unit = Reply(workflow_texts.ended_changed(here.unit, here.title, written))
    buttons = (
        Choice(f"{here.report}.0.0:reopen:#{here.report}", workflow_texts.MORE_TIME, ""),
        Choice(f"{here.report}.0.0:undo_reopening:{here.report}", workflow_texts.UNDO_REOPENING, ""),
    )
    above = Reply(workflow_texts.ended_changed_above(here.unit, here.title, written), buttons)
    told = notices.tell(connection, report_header.authors(connection, here, now), unit, now)
    deciding = report_header.in_charge(connection, Right.REPORT_REOPEN, here, now, 0)
    return told + notices.tell(connection, deciding, above, now)
