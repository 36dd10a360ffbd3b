"""Evidence: files attached to the items of reports. Who may add, take off and read is asked at every single one.

A file taken off stays, with its bytes, for the record; it is listed, printed and handed out no more.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from dialogs.forms.prefixes import covers, owns
from dialogs.texts import evidence as evidence_texts
from dialogs.texts import objections, places
from dialogs.values.attached import KEPT, MAX_FILE_BYTES, MAX_ITEM_FILES, MAX_REPORT_BYTES, Evidence
from dialogs.values.decisions import AttachEvidence, HandEvidence, RemoveEvidence
from dialogs.values.rights import Right
from storage.campaigns.attachments import of_report
from storage.campaigns.turn_cache import TurnCache
from storage.messages import files, jobs, outbox
from storage.messages.context import Context
from storage.messages.outbox import OutboxRow
from storage.people import rights
from storage.reports import sharing, workflow
from storage.schema.audit import Deed, record
from storage.schema.conditions import WRITABLE
from storage.schema.errors import Refused
from storage.schema.statements import new_id
from storage.schema.tables import attachment, campaign, campaign_unit, file, submission

_PLACE = (
    select(
        campaign_unit.c.campaign,
        campaign_unit.c.unit,
        campaign_unit.c.form_version,
        submission.c.status,
        campaign.c.title,
        campaign.c.closed_at,
    )
    .select_from(
        campaign_unit.join(submission, submission.c.id == campaign_unit.c.id).join(
            campaign, campaign.c.id == campaign_unit.c.campaign
        )
    )
    .where(campaign_unit.c.id == bindparam("report"))
)
# Nobody else attaches to, or sends, this report until the transaction ends.
_HOLD = select(submission.c.id).where(submission.c.id == bindparam("report")).with_for_update(key_share=True)
_DRAW = update(submission).where(submission.c.id == bindparam("report")).values(stamp=bindparam("drawn"))
_ATTACHED_TO = select(attachment.c.submission, attachment.c.field, attachment.c.row, attachment.c.removed_at).where(
    attachment.c.file == bindparam("file")
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that is to be attached: what a turn left for later, and for whom."""

    report: int
    field: str
    row: str
    note: str
    person: int
    account: int
    channel: str


def may_have(connection: Connection, person_id: int, file_id: int, at: datetime) -> bool | None:
    """Return whether a person may be given the bytes of a file that is evidence; None if it is none."""
    attached = connection.execute(_ATTACHED_TO, {"file": file_id}).all()
    if not attached:
        return None
    return any(
        row.removed_at is None
        and rights.may_report(connection, person_id, Right.EVIDENCE_READ, row.submission, at)
        and _is_own_part(connection, person_id, row.submission, row.field, row.row)
        for row in attached
    )


# --- decisions ----------------------------------------------------------------------------------------------------


def attach(connection: Connection, decision: AttachEvidence, context: Context, cache: TurnCache) -> Sequence[OutboxRow]:
    """Attach a file that is here, or leave a job to fetch it. Raises ``Refused`` without the right or where locked."""
    _require_open(connection, decision.report, decision.field, decision.row, context)
    if not decision.source.startswith(KEPT):
        door = decision.source.partition(":")[0]
        named = ("report", "field", "row", "name", "size", "source", "note")
        payload = {name: getattr(decision, name) for name in named}
        jobs.add(connection, jobs.fetch_kind(door), {**payload, **context.asker()}, context.at)
        return ()
    found = files.read(connection, int(decision.source.removeprefix(KEPT)))
    if found is None or found.owner != context.person.id:
        raise Refused(evidence_texts.file_gone(decision.name))
    who = (context.person.id, context.account, context.channel)
    wanted = Wanted(decision.report, decision.field, decision.row, decision.note, *who)
    here = at_item(connection, wanted)
    if all(each.file != found.id for each in here):
        _check_room(connection, wanted, here, found.name, found.size)
        _add(connection, wanted, found.id, found.name, found.size, found.sha256, context.at)
        cache.forget(decision.report)
    return ()


def remove(connection: Connection, decision: RemoveEvidence, context: Context, cache: TurnCache) -> Sequence[OutboxRow]:
    """Take a file off: one's own, or any as the unit's lead. Raises ``Refused``; taken off already is as well."""
    found = next((each for each in of_report(connection, decision.report) if each.id == decision.attachment), None)
    if found is None:
        return ()
    _require_open(connection, decision.report, found.field, found.row, context)
    if not may_remove(connection, found, decision.report, context.person.id, context.at):
        raise Refused(evidence_texts.only_own_or_lead())
    gone = update(attachment).where(attachment.c.id == found.id, attachment.c.removed_at.is_(None))
    connection.execute(gone.values(removed_at=context.at))
    _changed(connection, decision.report)
    cache.forget(decision.report)
    detail = {"attachment": found.id, "field": found.field, "row": found.row, "name": found.name}
    who = (context.person.id, context.account, context.channel)
    _record(connection, "evidence.remove", decision.report, who, context.at, detail)
    return ()


def may_remove(connection: Connection, found: Evidence, report: int, person_id: int, at: datetime) -> bool:
    """Return whether somebody may take this file off: who attached it, or the lead of the unit."""
    own = found.person == person_id
    return own or rights.may_report(connection, person_id, Right.PART_ASSIGN, report, at)


def hand(connection: Connection, decision: HandEvidence, context: Context, cache: TurnCache) -> Sequence[OutboxRow]:
    """Hand files of a report to the account that spoke, each as a download. Raises ``Refused`` without the right."""
    report = decision.report
    rights.require(connection, context.person.id, Right.EVIDENCE_READ, report, context.at)
    place = _place(connection, report)
    form = cache.form(connection, place.form_version)
    rows: list[OutboxRow] = []
    for each in of_report(connection, report):
        if each.id in decision.attachments and _is_own_part(
            connection, context.person.id, report, each.field, each.row
        ):
            told = places.capital(evidence_texts.item_place(form, each.field, each.row))
            payload = {"text": told, "file": {"id": each.file, "name": each.name, "size": each.size}}
            rows.append(outbox.add(connection, outbox.to_speaker(context, payload, outbox.FILE)))
    detail = {"attachments": list(decision.attachments)}
    who = (context.person.id, context.account, context.channel)
    _record(connection, "evidence.read", report, who, context.at, detail)
    return rows


# --- a file that was fetched ----------------------------------------------------------------------------------------


def keep(
    connection: Connection, wanted: Wanted, name: str, media_type: str, content: bytes, at: datetime
) -> tuple[Evidence, ...]:
    """Attach bytes that were fetched and looked at, and return all that is at the item then.

    The same bytes at the same item count once. A report that was sent since the person gave the file takes it all the
    same: it was given in time. Raises ``Refused`` if the right has ended or there is no room.
    """
    if not rights.may_report(connection, wanted.person, Right.EVIDENCE_ADD, wanted.report, at):
        raise Refused(evidence_texts.no_right_any_more())
    connection.execute(_HOLD, {"report": wanted.report})
    digest = files.digest(content)
    here = at_item(connection, wanted)
    same = select(file.c.id).where(file.c.id.in_([each.file for each in here]), file.c.sha256 == digest)
    if connection.execute(same).first() is None:
        _check_room(connection, wanted, here, name, len(content))
        shown = _free_name(name, {each.name.casefold() for each in here})
        stored = files.put(connection, shown, media_type, content, at, wanted.person)
        _add(connection, wanted, stored, shown, len(content), digest, at)
    return at_item(connection, wanted)


def item_words(connection: Connection, cache: TurnCache, report: int, field: str, row: str) -> tuple[str, str]:
    """Return what an item of a report and its campaign are called."""
    place = _place(connection, report)
    return evidence_texts.item_place(cache.form(connection, place.form_version), field, row), place.title


def _free_name(name: str, taken: set[str]) -> str:
    """Return ``name``, numbered if the item has one already: photos of one moment are named alike."""
    stem, dot, ending = name.rpartition(".")
    number, free = 2, name
    while free.casefold() in taken:
        free = f"{stem} ({number}){dot}{ending}"
        number += 1
    return free


# --- common ---------------------------------------------------------------------------------------------------------


def _require_open(connection: Connection, report: int, field: str, row: str, context: Context) -> None:
    rights.require(connection, context.person.id, Right.EVIDENCE_ADD, report, context.at)
    connection.execute(_HOLD, {"report": report})
    place = _place(connection, report)
    writable = place.status in WRITABLE and place.closed_at is None
    if writable and place.status == "returned":
        returns = workflow.open_returns(connection, report)
        writable = not returns or any(covers(each.prefix, field, row) for each in returns)
    if not writable or not _is_own_part(connection, context.person.id, report, field, row):
        raise Refused(evidence_texts.cannot_attach())


def _is_own_part(connection: Connection, person_id: int, report: int, field: str, row: str) -> bool:
    """Whether a person who is limited to parts of a report has this item among them."""
    return owns(sharing.prefixes_of(connection, report, person_id), field, row)


def _place(connection: Connection, report: int) -> Any:
    found = connection.execute(_PLACE, {"report": report}).first()
    if found is None:
        raise Refused(objections.no_such_report(report))
    return found


def at_item(connection: Connection, wanted: Wanted) -> tuple[Evidence, ...]:
    """Return what is attached to the item that a file is wanted for."""
    found = of_report(connection, wanted.report)
    return tuple(each for each in found if (each.field, each.row) == (wanted.field, wanted.row))


def _check_room(connection: Connection, wanted: Wanted, here: Sequence[Evidence], name: str, size: int) -> None:
    if size > MAX_FILE_BYTES:
        raise Refused(evidence_texts.file_too_large(name, size))
    if len(here) >= MAX_ITEM_FILES:
        raise Refused(evidence_texts.item_full(objections.THIS_ITEM))
    if size + sum(each.size for each in of_report(connection, wanted.report)) > MAX_REPORT_BYTES:
        raise Refused(evidence_texts.report_full(name))


def _add(connection: Connection, wanted: Wanted, stored: int, name: str, size: int, digest: str, at: datetime) -> None:
    values = {
        "submission": wanted.report,
        "field": wanted.field,
        "row": wanted.row,
        "file": stored,
        "person": wanted.person,
        "at": at,
        "note": wanted.note,
    }
    key = new_id(connection.execute(insert(attachment), values))
    files.attached(connection, stored)
    _changed(connection, wanted.report)
    detail = {"attachment": key, "field": wanted.field, "row": wanted.row, "name": name, "size": size, "sha256": digest}
    who = (wanted.person, wanted.account, wanted.channel)
    _record(connection, "evidence.add", wanted.report, who, at, detail)


def _changed(connection: Connection, report: int) -> None:
    """What any process keeps of the report is read again."""
    connection.execute(_DRAW, {"report": report, "drawn": secrets.randbits(62)})


def _record(
    connection: Connection, verb: str, report: int, who: tuple[int, int, str], at: datetime, detail: Mapping[str, Any]
) -> None:
    place = _place(connection, report)
    who_person, account, channel = who
    deed = Deed(verb, at, who_person, account, place.unit, place.campaign, report, channel, detail)
    record(connection, deed)
