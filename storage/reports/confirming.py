"""A report laid before the unit's leader, and handed back by one; the leader's own sending confirms it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, and_

from dialogs.texts import workflow as workflow_texts
from dialogs.values.decisions import AskConfirmation, DeclineConfirmation
from dialogs.values.effects import Choice, Reply
from dialogs.values.rights import Right
from storage.campaigns.turn_cache import TurnCache
from storage.messages import notices
from storage.messages.context import Context
from storage.messages.outbox import OutboxRow
from storage.people import concerned, rights
from storage.reports import report_header, sharing, workflow
from storage.schema.conditions import WRITABLE
from storage.schema.tables import submission

_OPEN = workflow.is_one_of(*WRITABLE)
_ASKED = submission.c.confirm_asked_at.is_not(None)


def ask(connection: Connection, decision: AskConfirmation, context: Context, _cache: TurnCache) -> Sequence[OutboxRow]:
    """Lay a report before those who confirm; it stays open. Raises ``Refused`` without the right, or if it is sent."""
    report, by, at = decision.report, context.person.id, context.at
    rights.require(connection, by, Right.REPORT_SEND, report, at)
    sharing.require_whole(connection, report, context)
    here = report_header.of(connection, report)
    place = workflow.step(connection, report, _OPEN, {"confirm_asked_at": at, "confirm_asked_by": by})
    workflow.note(connection, "confirmation.ask", report, place, by, at, context.channel, {}, context.account)
    told = [each.person for each in concerned.leads(connection, here.unit_id, at)]
    button = Choice(f"{report}.0.0:lead_review:{report}", workflow_texts.LOOK_AND_SEND, "")
    said = workflow_texts.confirmation_wanted(here.unit, here.title, context.person.name)
    return notices.tell(connection, told, Reply(said, (button,)), at)


def decline(
    connection: Connection, decision: DeclineConfirmation, context: Context, _cache: TurnCache
) -> Sequence[OutboxRow]:
    """Hand a report back to who laid it before the leader, with a comment; to all who write it if they have left.

    Raises ``Refused`` without the right, or if it waits for nobody's confirmation any more.
    """
    report, by, at = decision.report, context.person.id, context.at
    rights.require(connection, by, Right.REPORT_CONFIRM, report, at)
    here = report_header.of(connection, report)
    cleared = {"confirm_asked_at": None, "confirm_asked_by": None}
    place = workflow.step(connection, report, and_(_OPEN, _ASKED), cleared)
    detail = {"comment": decision.comment}
    workflow.note(connection, "confirmation.decline", report, place, by, at, context.channel, detail, context.account)
    colleagues = report_header.authors(connection, here, at, by)
    told = [each for each in colleagues if each == here.confirm_asked_by] or colleagues
    said = workflow_texts.declined_notice(here.unit, here.title, context.person.name, decision.comment)
    return notices.tell(
        connection, told, Reply(said, (notices.open_at(report, "", workflow_texts.MEND_IN_REOPENED),)), at
    )
