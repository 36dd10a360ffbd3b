"""Sending, returning, accepting and reopening a report. Each step is recorded; a step taken twice counts once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from dialogs.world import Return
from storage import frozen
from storage.audit import Deed, record
from storage.errors import Refused
from storage.memory import Memory
from storage.tables import campaign, campaign_unit, person, return_, submission

_SEND = (
    update(submission)
    .where(
        submission.c.id == bindparam("report"),
        submission.c.status.in_(("not_opened", "in_progress", "returned")),
    )
    .values(
        status="sent",
        sent_at=bindparam("now"),
        first_sent_at=func.coalesce(submission.c.first_sent_at, bindparam("now", type_=submission.c.sent_at.type)),
        opened_at=func.coalesce(submission.c.opened_at, bindparam("now", type_=submission.c.sent_at.type)),
        sent_by=bindparam("by"),
        sent_revision=submission.c.revision,
        reopened_until=None,
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


def send(
    connection: Connection,
    memory: Memory,
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
    place = _place(connection, report)
    if not changed:
        return str(place.receipt)
    connection.execute(_COUNT, {"of": place.campaign})
    key, number = connection.execute(_COUNTED, {"of": place.campaign}).one()
    receipt = _receipt(key, number)
    if promised not in ("", receipt):
        raise Refused(f"Số biên nhận {promised} đã được cấp cho báo cáo khác.")
    connection.execute(_RECEIPT, {"report": report, "number": receipt})
    connection.execute(_RESOLVE, {"report": report, "now": at})
    frozen.freeze(connection, memory, report)
    _record(connection, "submission.send", report, place, by, at, channel, {"receipt": receipt}, account)
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
    place = _step(connection, report, ("sent", "accepted", "returned"), {"status": "returned", "returned_at": at})
    values = {"submission": report, "prefix": prefix, "comment": comment, "given_by": by, "at": at, "until": until}
    connection.execute(insert(return_), values)
    detail = {"prefix": prefix, "comment": comment}
    _record(connection, "submission.return", report, place, by, at, channel, detail)


def accept(connection: Connection, report: int, by: int | None, at: datetime, channel: str = "") -> None:
    """Accept a sent report. Raises ``Refused`` unless it is sent; accepting twice changes nothing."""
    if _place(connection, report).status == "accepted":
        return
    place = _step(connection, report, ("sent",), {"status": "accepted", "accepted_at": at, "accepted_by": by})
    _record(connection, "submission.accept", report, place, by, at, channel, {})


def reopen(
    connection: Connection,
    report: int,
    reason: str,
    until: datetime | None,
    by: int | None,
    at: datetime,
    channel: str = "",
) -> None:
    """Open a sent or accepted report for correction, with a reason. Raises ``Refused`` if it is neither."""
    changes = {"status": "returned", "returned_at": at, "reopened_until": until, "reopen_reason": reason}
    place = _step(connection, report, ("sent", "accepted"), changes)
    _record(connection, "submission.reopen", report, place, by, at, channel, {"reason": reason})


def open_returns(connection: Connection, report: int) -> tuple[Return, ...]:
    """Return what a report was handed back for and is not yet sent again, newest last."""
    rows = connection.execute(_OPEN_RETURNS, {"report": report})
    return tuple(Return(prefix, comment, at, by or "") for prefix, comment, at, by in rows)


def _step(connection: Connection, report: int, wanted: tuple[str, ...], changes: dict[str, Any]) -> Any:
    step = update(submission).where(submission.c.id == report, submission.c.status.in_(wanted)).values(changes)
    changed = connection.execute(step).rowcount
    place = _place(connection, report)
    if not changed:
        raise Refused(f"Báo cáo {report} đang ở trạng thái {place.status}, không làm được bước này.")
    return place


def _place(connection: Connection, report: int) -> Any:
    place = connection.execute(_PLACE, {"report": report}).first()
    if place is None:
        raise Refused(f"Không có báo cáo số {report}.")
    return place


def _record(
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
    record(connection, Deed(verb, at, by, account, place.unit, place.campaign, report, channel, detail))
