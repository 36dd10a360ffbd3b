"""Handing reports back and accepting them, as decided in a dialog: the right asked again, the author told."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, func, select

from dialogs import texts
from dialogs.decisions import AcceptReport, ReturnReport
from dialogs.effects import Reply
from dialogs.parts import part_name
from dialogs.rights import Right
from dialogs.step import covers
from storage import notices, rights, workflow
from storage.context import Context
from storage.errors import Refused
from storage.memory import Memory
from storage.outbox import OutboxRow
from storage.prepared import Prepared
from storage.report_view import ASKED, AskedRow
from storage.tables import answer, sending, submission

_ROW = Prepared(ASKED.where(submission.c.id == bindparam("report")))
_WRITERS = (
    select(answer.c.field, answer.c.row, answer.c.person)
    .where(answer.c.submission == bindparam("report"), answer.c.person.is_not(None))
    .distinct()
)
_SENT_BY = select(submission.c.sent_by).where(submission.c.id == bindparam("report"))
_NUMBER = select(func.max(sending.c.number)).where(sending.c.submission == bindparam("report"))
_HELD = select(submission.c.id).where(submission.c.id == bindparam("report")).with_for_update(key_share=True)
_MEANWHILE = "Báo cáo vừa được nộp lại; đồng chí xem lại rồi quyết định."


def hand_back(connection: Connection, decision: ReturnReport, context: Context, memory: Memory) -> Sequence[OutboxRow]:
    """Return a report or a part of it and tell its authors where, with the comment (C17).

    Raises ``Refused`` without the right, or if the report was never sent.
    """
    rights.require(connection, context.person.id, Right.REPORT_RETURN, decision.report, context.at)
    by, at, channel = context.person.id, context.at, context.channel
    workflow.return_report(connection, decision.report, decision.prefix, decision.comment, by, at, channel)
    row = _asked(connection, decision.report)
    part = part_name(memory.form(connection, row.form_version), decision.prefix)
    said = texts.returned_notice(row.title, row.name, part, decision.comment, context.person.name)
    button = notices.open_at(decision.report, decision.prefix, texts.OPEN_RETURNED)
    return notices.tell(connection, authors(connection, decision, row, context), Reply(said, (button,)), at)


def _asked(connection: Connection, report: int) -> AskedRow:
    row = _ROW.first(connection, {"report": report})
    if row is None:
        raise Refused(f"Không có báo cáo số {report}.")
    return AskedRow(*row)


def authors(connection: Connection, decision: ReturnReport, row: AskedRow, context: Context) -> tuple[int, ...]:
    """Return whom a return concerns: who wrote in the part or sent it and may still write; else all who may."""
    day, at = row.reference_date, context.at
    may = rights.holders(connection, Right.REPORT_FILL, row.unit_id, day, at)
    written = connection.execute(_WRITERS, {"report": decision.report}).all()
    wrote = {person for field, line, person in written if covers(decision.prefix, field, line)}
    wrote.add(connection.execute(_SENT_BY, {"report": decision.report}).scalar())
    return tuple(each for each in may if each in wrote) or may


def accept(connection: Connection, decision: AcceptReport, context: Context, _memory: Memory) -> Sequence[OutboxRow]:
    """Accept a report as it was sent that time and tell those who may write it.

    Raises ``Refused`` without the right, or if it has been sent anew or decided about since.
    """
    rights.require(connection, context.person.id, Right.REPORT_ACCEPT, decision.report, context.at)
    connection.execute(_HELD, {"report": decision.report})
    number = connection.execute(_NUMBER, {"report": decision.report}).scalar() or 0
    if number != decision.sending:
        raise Refused(_MEANWHILE)
    workflow.accept(connection, decision.report, context.person.id, context.at, context.channel)
    row = _asked(connection, decision.report)
    may = rights.holders(connection, Right.REPORT_FILL, row.unit_id, row.reference_date, context.at)
    told = [each for each in may if each != context.person.id]
    said = texts.accepted_notice(row.title, row.name, context.person.name)
    return notices.tell(connection, told, Reply(said), context.at)
