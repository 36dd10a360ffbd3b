"""Sending, returning, accepting and reopening a report. Each step is recorded; a step taken twice counts once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, func, insert, or_, select, update

from dialogs.texts import objections
from dialogs.values.report_view import Return
from storage.campaigns.turn_cache import TurnCache
from storage.reports import sendings
from storage.schema.audit import Deed, record
from storage.schema.conditions import SENT, WRITABLE
from storage.schema.errors import Refused
from storage.schema.tables import campaign, campaign_unit, correction, person, return_, submission
from storage.sums import frozen

_SEND = (
    update(submission)
    .where(
        submission.c.id == bindparam("report"),
        submission.c.status.in_(WRITABLE),
    )
    .values(
        status="sent",
        sent_at=bindparam("now"),
        first_sent_at=func.coalesce(submission.c.first_sent_at, bindparam("now", type_=submission.c.sent_at.type)),
        opened_at=func.coalesce(submission.c.opened_at, bindparam("now", type_=submission.c.sent_at.type)),
        sent_by=bindparam("by"),
        sent_revision=submission.c.revision,
        reopened_until=None,
        reopened_from=None,
        reopen_told_at=None,
        confirm_asked_at=None,
        confirm_asked_by=None,
    )
)
_PLACE = (
    select(campaign_unit.c.campaign, campaign_unit.c.unit, submission.c.status, submission.c.receipt)
    .join(submission, submission.c.id == campaign_unit.c.id)
    .where(campaign_unit.c.id == bindparam("report"))
)
_COUNT = update(campaign).where(campaign.c.id == bindparam("of")).values(receipts=campaign.c.receipts + 1)
_COUNTED = select(campaign.c.key, campaign.c.receipts).where(campaign.c.id == bindparam("of"))
_NEXT = _COUNTED.with_for_update(key_share=True)
_RECEIPT = update(submission).where(submission.c.id == bindparam("report")).values(receipt=bindparam("number"))
_RESOLVE = (
    update(return_)
    .where(return_.c.submission == bindparam("report"), return_.c.resolved_at.is_(None))
    .values(resolved_at=bindparam("now"))
)
_OPEN_RETURNS = (
    select(return_.c.prefix, return_.c.comment, return_.c.at, person.c.name)
    .select_from(return_.outerjoin(person, person.c.id == return_.c.given_by))
    .where(return_.c.submission == bindparam("report"), return_.c.resolved_at.is_(None))
    .order_by(return_.c.id)
)
_WISH = select(correction.c.id, correction.c.asked_by).where(
    correction.c.submission == bindparam("report"), correction.c.granted.is_(None)
)
IS_REOPENED = and_(submission.c.status == "returned", submission.c.reopened_from.is_not(None))
NOT_REOPENED = {"reopened_until": None, "reopened_from": None, "reopen_told_at": None}
"""What a report is that nobody has opened for correction, or not any more."""


def send(
    connection: Connection,
    cache: TurnCache,
    report: int,
    by: int | None,
    at: datetime,
    channel: str = "",
    account: int | None = None,
    promised: str = "",
) -> str:
    """Send a report and return the number of its receipt, such as ``KL62-0017``; the sums below are frozen with it.

    A report that is sent already stays as it is and keeps its number. Lateness counts from the first sending.
    Raises ``Refused`` if there is no such report, or its number is not the one ``promised`` to the person.
    """
    changed = connection.execute(_SEND, {"report": report, "now": at, "by": by}).rowcount
    place = place_of(connection, report)
    if not changed:
        return str(place.receipt)
    connection.execute(_COUNT, {"of": place.campaign})
    key, number = connection.execute(_COUNTED, {"of": place.campaign}).one()
    receipt = _receipt(key, number)
    if promised not in ("", receipt):
        raise Refused(objections.receipt_taken(promised))
    connection.execute(_RECEIPT, {"report": report, "number": receipt})
    connection.execute(_RESOLVE, {"report": report, "now": at})
    sendings.add(connection, report, by, at, channel, receipt)
    frozen.freeze(connection, cache, report)
    note(connection, "submission.send", report, place, by, at, channel, {"receipt": receipt}, account)
    return receipt


def next_receipt(connection: Connection, campaign_id: int) -> str:
    """Return the number of the next receipt of a campaign and hold it until the caller's transaction ends."""
    key, number = connection.execute(_NEXT, {"of": campaign_id}).one()
    return _receipt(key, number + 1)


def _receipt(key: str, number: int) -> str:
    return f"{key.split('-')[0].upper()}-{number:04d}"


def return_report(
    connection: Connection,
    report: int,
    prefix: str,
    comment: str,
    by: int | None,
    at: datetime,
    channel: str = "",
    until: datetime | None = None,
) -> None:
    """Hand a sent report, or the addresses under ``prefix``, back with a comment.

    A report handed back already takes further comments. Raises ``Refused`` if it was never sent.
    """
    changes = {"status": "returned", "returned_at": at, **NOT_REOPENED}
    place = step(connection, report, is_one_of(*SENT, "returned"), changes)
    settle_correction(connection, report, True, by, at)
    values = {"submission": report, "prefix": prefix, "comment": comment, "given_by": by, "at": at, "until": until}
    connection.execute(insert(return_), values)
    detail = {"prefix": prefix, "comment": comment}
    note(connection, "submission.return", report, place, by, at, channel, detail)


def accept(connection: Connection, report: int, by: int | None, at: datetime, channel: str = "") -> None:
    """Accept a sent report. Raises ``Refused`` unless it is sent; accepting twice changes nothing."""
    if place_of(connection, report).status == "accepted":
        return
    accepted = {"status": "accepted", "accepted_at": at, "accepted_by": by}
    place = step(connection, report, is_one_of("sent"), accepted)
    note(connection, "submission.accept", report, place, by, at, channel, {})


def reopen(
    connection: Connection,
    report: int,
    reason: str,
    until: datetime | None,
    by: int | None,
    at: datetime,
    channel: str = "",
) -> None:
    """Open a sent or accepted report for correction, with a reason; one that is open so already until another moment.

    Raises ``Refused`` if it is neither.
    """
    changes = {
        "status": "returned",
        "returned_at": at,
        "reopened_until": until,
        "reopen_reason": reason,
        "reopened_from": func.coalesce(submission.c.reopened_from, submission.c.status),
        "reopen_told_at": None,
    }
    place = step(connection, report, or_(is_one_of(*SENT), IS_REOPENED), changes)
    settle_correction(connection, report, True, by, at)
    detail = {"reason": reason, "until": until.isoformat() if until else ""}
    note(connection, "submission.reopen", report, place, by, at, channel, detail)


def settle_correction(
    connection: Connection, report: int, granted: bool, by: int | None, at: datetime, comment: str = ""
) -> int | None:
    """Answer a unit's wish to correct its report; return who had asked, None if no wish was waiting."""
    asked = connection.execute(_WISH, {"report": report}).first()
    if asked is None:
        return None
    settled = {"granted": granted, "comment": comment, "settled_by": by, "settled_at": at}
    still = update(correction).where(correction.c.id == asked.id, correction.c.granted.is_(None))
    return int(asked.asked_by or 0) if connection.execute(still.values(settled)).rowcount else None


def open_returns(connection: Connection, report: int) -> tuple[Return, ...]:
    """Return what a report was handed back for and is not yet sent again, newest last."""
    rows = connection.execute(_OPEN_RETURNS, {"report": report})
    return tuple(Return(prefix, comment, at, by or "") for prefix, comment, at, by in rows)


def is_one_of(*statuses: str) -> ColumnElement[bool]:
    """Return the condition that a report is in one of these statuses."""
    return submission.c.status.in_(statuses)


def step(connection: Connection, report: int, fits: ColumnElement[bool], changes: dict[str, Any]) -> Any:
    """Change a report if its row still ``fits`` and return where it belongs. Raises ``Refused`` if it does not."""
    changed = connection.execute(update(submission).where(submission.c.id == report, fits).values(changes)).rowcount
    place = place_of(connection, report)
    if not changed:
        raise Refused(objections.wrong_state(report, place.status))
    return place


def place_of(connection: Connection, report: int) -> Any:
    """Return where a report belongs and how it stands. Raises ``Refused`` if there is none."""
    place = connection.execute(_PLACE, {"report": report}).first()
    if place is None:
        raise Refused(objections.no_such_report(report))
    return place


def note(
    connection: Connection,
    verb: str,
    report: int,
    place: Any,
    by: int | None,
    at: datetime,
    channel: str,
    detail: dict[str, Any],
    account: int | None = None,
) -> None:
    """Add a deed about a report, which belongs at ``place`` (of ``step``), to the record."""
    record(connection, Deed(verb, at, by, account, place.unit, place.campaign, report, channel, detail))
