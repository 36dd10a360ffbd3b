"""Handing reports back and accepting them, as decided in a dialog: the right asked again, the author told."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, select

from dialogs.forms.prefixes import covers
from dialogs.texts import desk as desk_texts
from dialogs.texts import objections, places
from dialogs.values.decisions import AcceptReport, ReturnReport
from dialogs.values.effects import Reply
from dialogs.values.rights import Right
from storage.campaigns.turn_cache import TurnCache
from storage.messages import notices
from storage.messages.context import Context
from storage.messages.outbox import OutboxRow
from storage.people import rights
from storage.reports import report_header, sendings, workflow
from storage.reports.report_header import ReportHeader
from storage.schema.errors import Refused
from storage.schema.tables import answer, submission

_WRITERS = (
    select(answer.c.field, answer.c.row, answer.c.person)
    .where(answer.c.submission == bindparam("report"), answer.c.person.is_not(None))
    .distinct()
)
_SENT_BY = select(submission.c.sent_by).where(submission.c.id == bindparam("report"))
_HELD = select(submission.c.status).where(submission.c.id == bindparam("report")).with_for_update(key_share=True)


def hand_back(
    connection: Connection, decision: ReturnReport, context: Context, cache: TurnCache
) -> Sequence[OutboxRow]:
    """Return a report or a part of it and tell its authors where, with the comment (C17).

    Raises ``Refused`` without the right, or if the report was never sent.
    """
    rights.require(connection, context.person.id, Right.REPORT_RETURN, decision.report, context.at)
    by, at, channel = context.person.id, context.at, context.channel
    workflow.return_report(connection, decision.report, decision.prefix, decision.comment, by, at, channel)
    here = report_header.of(connection, decision.report)
    part = places.part_name(report_header.whole_form(connection, cache, here), decision.prefix)
    said = desk_texts.returned_notice(here.title, here.unit, part, decision.comment, context.person.name)
    button = notices.open_at(decision.report, decision.prefix, desk_texts.OPEN_RETURNED)
    return notices.tell(connection, _authors(connection, decision, here, context), Reply(said, (button,)), at)


def _authors(connection: Connection, decision: ReturnReport, here: ReportHeader, context: Context) -> tuple[int, ...]:
    """Return whom a return concerns: who wrote in the part or sent it and may still write; else all who may."""
    may = report_header.authors(connection, here, context.at, context.person.id)
    written = connection.execute(_WRITERS, {"report": decision.report}).all()
    wrote = {person for field, line, person in written if covers(decision.prefix, field, line)}
    wrote.add(connection.execute(_SENT_BY, {"report": decision.report}).scalar())
    return tuple(each for each in may if each in wrote) or may


def accept(connection: Connection, decision: AcceptReport, context: Context, _cache: TurnCache) -> Sequence[OutboxRow]:
    """Accept a report as it was sent that time and tell those who may write it.

    Raises ``Refused`` without the right, or if it has been sent anew or decided about since: nobody is told twice.
    """
    rights.require(connection, context.person.id, Right.REPORT_ACCEPT, decision.report, context.at)
    status = connection.execute(_HELD, {"report": decision.report}).scalar()
    sent = sendings.last(connection, decision.report)
    if status != "sent" or sent is None or sent.number != decision.sending:
        raise Refused(objections.DECIDED_MEANWHILE)
    workflow.accept(connection, decision.report, context.person.id, context.at, context.channel)
    here = report_header.of(connection, decision.report)
    said = desk_texts.accepted_notice(here.title, here.unit, context.person.name)
    told = report_header.authors(connection, here, context.at, context.person.id)
    return notices.tell(connection, told, Reply(said), context.at)
