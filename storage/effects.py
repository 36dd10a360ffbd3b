"""Turn the effects of a dialog into rows, in the transaction of the turn that made them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, case, delete, func, insert, or_, select, update

from dialogs.forms.answers import Answer, State
from dialogs.forms.prefixes import owns
from dialogs.texts import objections
from dialogs.values.effects import (
    CompileReport,
    Effect,
    Guessed,
    Join,
    OpenReport,
    Piece,
    RenderReport,
    Reply,
    SaveAnswer,
    SendReport,
)
from dialogs.values.rights import Right
from storage.campaigns import answers
from storage.campaigns.answers import decode, encode
from storage.campaigns.turn_cache import CachedReport, TurnCache
from storage.decision_handlers import HANDLERS
from storage.messages import jobs, outbox
from storage.messages.context import Context
from storage.messages.outbox import OutboxRow
from storage.people import membership, rights
from storage.reports import sharing, submitting
from storage.schema.conditions import WRITABLE
from storage.schema.errors import Locked, Refused
from storage.schema.prepared import Prepared
from storage.schema.statements import upsert
from storage.schema.tables import answer, answer_history, answer_part, submission


@dataclass(frozen=True, slots=True)
class Applied:
    """The messages that were stored, in order."""

    outbox: tuple[OutboxRow, ...] = ()


def apply(connection: Connection, effects: Iterable[Effect], context: Context, cache: TurnCache) -> Applied:
    """Do what a dialog asked for.

    Raises ``Locked`` if an answer is to be written into a report that is sent or accepted, ``Refused`` if there is
    no such report or the person has no right to what is decided; the caller then rolls back.
    """
    rows: list[OutboxRow] = []
    for batch in _batches(effects):
        match batch[0]:
            case SaveAnswer(report):
                save_answers(
                    connection, report, [each for each in batch if isinstance(each, SaveAnswer)], context, cache
                )
            case OpenReport(report):
                connection.execute(_OPENED, {"report": report, "now": context.at})
            case SendReport() as sending:
                rows += _send(connection, sending, context, cache)
            case Join(invite):
                rows += membership.join(connection, invite, context)
            case Guessed():
                membership.guessed(connection, context)
            case RenderReport(report):
                _render(connection, report, context)
            case CompileReport() as wanted:
                _compile(connection, wanted, context)
            case Reply() as reply:
                rows.append(outbox.add(connection, outbox.to_speaker(context, outbox.to_payload(reply))))
            case decision:
                rows += HANDLERS[type(decision)](connection, decision, context, cache)
    return Applied(tuple(rows))


def _batches(effects: Iterable[Effect]) -> Iterator[list[Effect]]:
    """Yield neighbouring answers of one report together, everything else by itself."""
    batch: list[Effect] = []
    for effect in effects:
        first = batch[0] if batch else None
        joins = isinstance(effect, SaveAnswer) and isinstance(first, SaveAnswer) and effect.report == first.report
        if batch and not joins:
            yield batch
            batch = []
        batch.append(effect)
    if batch:
        yield batch


_NOW_OPEN = {
    "status": case((submission.c.status == "not_opened", "in_progress"), else_=submission.c.status),
    "opened_at": func.coalesce(submission.c.opened_at, bindparam("now", type_=submission.c.opened_at.type)),
}
_OPENED = (
    update(submission)
    .where(submission.c.id == bindparam("report"), submission.c.status == "not_opened")
    .values(_NOW_OPEN)
)
_CHANGED = Prepared(
    update(submission)
    .where(submission.c.id == bindparam("report"), submission.c.stamp == bindparam("known"))
    .where(or_(*(submission.c.status == each for each in WRITABLE)))
    .values(stamp=bindparam("drawn"), revision=submission.c.revision + 1, **_NOW_OPEN)
)
_STAMP = (
    select(submission.c.stamp, submission.c.status)
    .where(submission.c.id == bindparam("report"))
    .with_for_update(key_share=True)
)
_SAVE = Prepared(upsert(answer), answer.c.keys())
_REMEMBER = Prepared(insert(answer_history), [column.name for column in answer_history.c if column.name != "id"])


def save_answers(
    connection: Connection, report: int, saves: Sequence[SaveAnswer], context: Context, cache: TurnCache
) -> None:
    """Write answers of one report, each with its next version and a row of history. Raises as ``apply``."""
    parts = context.limits[report] if report in context.limits else sharing.limits_of(connection, report, context)
    if parts is not None and not all(owns(parts, save.address.field, save.address.row) for save in saves):
        raise Refused(objections.NOT_THEIRS)
    cached = _change(connection, report, context.at, cache)
    rows: list[dict[str, Any]] = []
    history: list[dict[str, Any]] = []
    common = {
        "submission": report,
        "person": context.person.id,
        "channel": context.channel,
        "at": context.at.astimezone(UTC),
        "account": context.account,
        "inbox": context.inbox,
        "message": context.message,
    }
    with cached.recounted([save.address for save in saves]):
        for save in saves:
            before = cached.rows.get(save.address)
            # Only a text or a list is ever written in pieces; figures need not be asked for theirs.
            if save.pieces or (before is not None and isinstance(before.value, str | tuple)):
                _save_pieces(connection, save, cached, before)
            else:
                cached.pieces[save.address] = ()
            row = {**common, **_row(save, before.version + 1 if before else 1)}
            history.append(row)
            author = _author(save, before, context) if before is not None else None
            rows.append({**row, "person": author.who, "channel": author.channel, "at": author.at} if author else row)
            cached.write(_answer(save, rows[-1], author.by if author else context.person.name))
    _SAVE.many(connection, rows)
    _REMEMBER.many(connection, history)


def _author(save: SaveAnswer, before: Answer, context: Context) -> Answer | None:
    """Return the answer of a colleague that is only closed or explained: who wrote it stays who wrote it."""
    if before.who in (0, context.person.id) or save.state is State.EMPTY:
        return None
    return before if (before.state, before.value) == (save.state, save.value) else None


def _change(connection: Connection, report: int, at: datetime, cache: TurnCache) -> CachedReport:
    """Mark the report as changed, whatever its answers are by now, and return them."""
    cached = cache.peek(report)
    drawn = secrets.randbits(62)
    if cached is None or not _stamped(connection, report, cached.stamp, drawn, at):
        row = connection.execute(_STAMP, {"report": report}).first()
        if row is None:
            raise Refused(objections.no_such_report(report))
        if row.status not in WRITABLE:
            raise Locked(report)
        cached = cache.report(connection, report, row.stamp)
        _stamped(connection, report, row.stamp, drawn, at)
    cached.stamp = drawn
    return cached


def _stamped(connection: Connection, report: int, known: int, drawn: int, at: datetime) -> bool:
    where = {"report": report, "known": known, "drawn": drawn, "now": at}
    return _CHANGED.run(connection, where) == 1


def _row(save: SaveAnswer, version: int) -> dict[str, Any]:
    encoded = encode(save.state, save.value)
    return {
        "field": save.address.field,
        "row": save.address.row,
        "column": save.address.column,
        "version": version,
        "state": save.state.value,
        "kind": encoded.kind,
        "value": encoded.value,
        "number": encoded.number,
        "closed": save.closed,
        "reason": save.reason,
        "basis": save.basis,
    }


def _answer(save: SaveAnswer, row: dict[str, Any], by: str) -> Answer:
    return Answer(
        save.address,
        save.state,
        decode(row["kind"], row["value"]),
        row["version"],
        save.closed,
        save.reason,
        save.basis,
        by,
        row["at"],
        row["channel"],
        row["person"],
    )


_ADDRESS = ("submission", "field", "row", "column")
_CUT = Prepared(
    delete(answer_part).where(
        *(answer_part.c[name] == bindparam(f"of_{name}") for name in _ADDRESS),
        answer_part.c.position >= bindparam("first"),
    )
)
_APPEND = Prepared(insert(answer_part), answer_part.c.keys())


def _save_pieces(connection: Connection, save: SaveAnswer, cached: CachedReport, answer_before: Answer | None) -> None:
    """Write only the pieces from the first one that differs on: a long paste arrives as many messages."""
    before = _pieces_before(connection, save, cached, answer_before)
    after = save.pieces or ()
    first = _common(before, after)
    where = dict(zip(_ADDRESS, (save.report, save.address.field, save.address.row, save.address.column), strict=True))
    if first < len(before):
        _CUT.run(connection, {**{f"of_{name}": value for name, value in where.items()}, "first": first})
    if first < len(after):
        new = enumerate(after[first:], first)
        _APPEND.many(
            connection,
            [{**where, "position": at, "message": piece.message, "text": piece.text} for at, piece in new],
        )
    cached.pieces[save.address] = after


def _pieces_before(
    connection: Connection, save: SaveAnswer, cached: CachedReport, answer_before: Answer | None
) -> tuple[Piece, ...]:
    if answer_before is None or not isinstance(answer_before.value, str | tuple):
        return ()
    known = cached.pieces.get(save.address)
    return answers.pieces(connection, save.report, save.address) if known is None else known


def _common(before: Sequence[Piece], after: Sequence[Piece]) -> int:
    """Return how many pieces at the beginning are the same."""
    same = 0
    for old, new in zip(before, after, strict=False):
        if old != new:
            break
        same += 1
    return same


def _send(connection: Connection, sending: SendReport, context: Context, cache: TurnCache) -> Sequence[OutboxRow]:
    sharing.require_whole(connection, sending.report, context)
    return submitting.submit(connection, sending, context, cache)


def _compile(connection: Connection, wanted: CompileReport, context: Context) -> None:
    rights.require_in(connection, context.person.id, Right.REPORT_COMPILE, wanted.campaign, wanted.unit, context.at)
    asked = {"campaign": wanted.campaign, "unit": wanted.unit, **context.asker()}
    jobs.add_once(connection, jobs.COMPILE, asked, context.at)


def _render(connection: Connection, report: int, context: Context) -> None:
    rights.require(connection, context.person.id, Right.REPORT_READ, report, context.at)
    sharing.require_whole(connection, report, context)
    revision = connection.execute(select(submission.c.revision).where(submission.c.id == report)).scalar_one()
    payload = {
        "submission": report,
        "revision": revision,
        **context.asker(),
    }
    jobs.add(connection, jobs.RENDER, payload, context.at)
