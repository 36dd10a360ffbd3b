"""Another last day for reports that are still owed; a deadline is never moved forward in time."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, or_, update

from dialogs.texts import objections
from dialogs.texts import workflow as workflow_texts
from dialogs.values.decisions import ExtendDeadline
from dialogs.values.effects import Reply
from dialogs.values.rights import Right
from storage.campaigns.turn_cache import TurnCache
from storage.messages import notices
from storage.messages.context import Context
from storage.messages.outbox import OutboxRow
from storage.people import rights
from storage.reports import report_header, workflow
from storage.reports.report_header import ReportHeader
from storage.schema.errors import Refused
from storage.schema.tables import campaign_unit

_LATER = (
    update(campaign_unit)
    .where(campaign_unit.c.id == bindparam("report"))
    .where(
        or_(campaign_unit.c.due.is_(None), campaign_unit.c.due < bindparam("moment", type_=campaign_unit.c.due.type))
    )
    .values(due=bindparam("moment", type_=campaign_unit.c.due.type))
)


def extend(
    connection: Connection, decision: ExtendDeadline, context: Context, _cache: TurnCache
) -> Sequence[OutboxRow]:
    """Give reports a later last moment and tell their units, each person once; one that is later already stays.

    Raises ``Refused`` without the right over any of them, or if the moment is past.
    """
    if decision.due <= context.at:
        raise Refused(objections.DUE_IS_PAST)
    moved = [here for report in decision.reports if (here := _move(connection, decision, report, context)) is not None]
    units: dict[int, list[ReportHeader]] = {}
    for here in moved:
        for person in report_header.authors(connection, here, context.at, context.person.id):
            units.setdefault(person, []).append(here)
    rows: list[OutboxRow] = []
    for person, theirs in units.items():
        names = [here.unit for here in theirs]
        said = workflow_texts.extended_notice(names, theirs[0].title, context.person.name, decision.due_words)
        button = notices.open_at(theirs[0].report, "", workflow_texts.OPEN_EXTENDED)
        rows += notices.tell(connection, [person], Reply(said, (button,)), context.at)
    return rows


def _move(connection: Connection, decision: ExtendDeadline, report: int, context: Context) -> ReportHeader | None:
    """Move one deadline; None if it is as late already."""
    rights.require(connection, context.person.id, Right.DEADLINE_EXTEND, report, context.at)
    here = report_header.of(connection, report)
    if not connection.execute(_LATER, {"report": report, "moment": decision.due}).rowcount:
        return None
    place = workflow.place_of(connection, report)
    before = here.due.isoformat() if here.due else ""
    detail = {"before": before, "due": decision.due.isoformat(), "reason": decision.reason}
    by, at, channel = context.person.id, context.at, context.channel
    workflow.note(connection, "submission.extend", report, place, by, at, channel, detail, context.account)
    return here
