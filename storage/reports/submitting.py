"""Sending a report as its unit decided in a dialog: the right and the leader's word asked, a resubmission told.

Nobody is told of a first sending, which progress and digests show: a hundred units send on the last day.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from dialogs.texts import desk as desk_texts
from dialogs.texts import objections
from dialogs.texts import workflow as workflow_texts
from dialogs.values.effects import Choice, Reply, SendReport
from dialogs.values.rights import Right
from storage.campaigns.turn_cache import TurnCache
from storage.messages import notices
from storage.messages.context import Context
from storage.messages.outbox import OutboxRow
from storage.people import concerned, rights
from storage.reports import changes, report_header, sendings, workflow
from storage.reports.report_header import ReportHeader
from storage.schema.errors import Refused


def submit(connection: Connection, sending: SendReport, context: Context, cache: TurnCache) -> Sequence[OutboxRow]:
    """Send a report; a resubmission is told to those right above with what it changed. A second time changes nothing.

    Raises ``Refused`` without the right, without the leader's confirmation where the campaign wants it, or if the
    time for correcting it is over.
    """
    by, at = context.person.id, context.at
    rights.require(connection, by, Right.REPORT_SEND, sending.report, at)
    here = report_header.of(connection, sending.report)
    if here.reopened_until is not None and at >= here.reopened_until:
        raise Refused(objections.OVER)
    if here.confirms and not _confirmed(connection, here, context):
        raise Refused(objections.UNCONFIRMED)
    before = sendings.last(connection, sending.report)
    channel, account = context.channel, context.account
    workflow.send(connection, cache, sending.report, by, at, channel, account, sending.receipt)
    after = sendings.last(connection, sending.report)
    if before is None or after is None or before.number == after.number:
        return ()
    told = report_header.in_charge(connection, Right.REPORT_ACCEPT, here, at, by)
    return notices.tell(connection, told, _news(connection, cache, here, after.number, context.person.name), at)


def _confirmed(connection: Connection, here: ReportHeader, context: Context) -> bool:
    """Whether the sender is one of those who confirm, or there are none."""
    leads = concerned.leads(connection, here.unit_id, context.at)
    return not leads or any(each.person == context.person.id for each in leads)


def _news(connection: Connection, cache: TurnCache, here: ReportHeader, number: int, by: str) -> Reply:
    found = changes.last(connection, cache, here.report)
    form = report_header.whole_form(connection, cache, here)
    told = workflow_texts.sent_again(here.unit, here.title, by, number, len(found))
    more = (Choice(f"{here.report}.0.0:show_changes:{here.report}", workflow_texts.ALL_CHANGES, ""),)
    lines = desk_texts.few_changes(form, found, f"/thaydoi {here.unit}")
    return Reply("\n".join([told, *lines]), more if len(found) > desk_texts.FEW_CHANGES else ())
