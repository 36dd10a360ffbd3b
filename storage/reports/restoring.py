"""Putting a report's answers back to what they were when it was sent; what was typed since stays in the history.

The newest answer is again the sent one, with its author and its hour; the history says who put it back and when.
"""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from storage.campaigns.turn_cache import TurnCache
from storage.messages.context import Context
from storage.reports import sendings
from storage.reports.changes import BETWEEN, NOW, UP_TO_LOW, newest
from storage.schema.prepared import Prepared
from storage.schema.statements import upsert
from storage.schema.tables import answer, answer_history, answer_part, submission

_PLACE = ("field", "row", "column")
_CONTENT = ("state", "kind", "value", "number", "closed", "reason", "basis")
_AUTHOR = ("person", "channel", "at")
_ROWS = select(*(answer_history.c[name] for name in (*_PLACE, "version", *_CONTENT, *_AUTHOR)))
_SENT = _ROWS.where(newest(UP_TO_LOW))
_SINCE = _ROWS.where(newest(*BETWEEN))
_EMPTY = {"state": "empty", "kind": "", "value": None, "number": None, "closed": True, "reason": "", "basis": ""}
_SAVE = Prepared(upsert(answer), answer.c.keys())
_REMEMBER = Prepared(insert(answer_history), [column.name for column in answer_history.c if column.name != "id"])
_UNPIECE = Prepared(
    delete(answer_part).where(
        answer_part.c.submission == bindparam("submission"),
        *(answer_part.c[name] == bindparam(f"of_{name}") for name in _PLACE),
    )
)
_CHANGED = (
    update(submission)
    .where(submission.c.id == bindparam("report"))
    .values(stamp=bindparam("drawn"), revision=submission.c.revision + 1)
)


def restore(connection: Connection, cache: TurnCache, report: int, context: Context) -> int:
    """Write every answer that differs from the last sending back as it was sent; return how many there were."""
    sent = sendings.last(connection, report)
    where = {"report": report, "low": sent.history if sent else 0, "high": NOW}
    kept = {_place(row): row for row in connection.execute(_SENT, where).mappings()}
    since = connection.execute(_SINCE, where).mappings().all()
    differing = [row for row in since if _content(row) != _content(kept.get(_place(row), _EMPTY))]
    for row in differing:
        _put_back(connection, report, row, kept.get(_place(row)), context)
    if differing:
        connection.execute(_CHANGED, {"report": report, "drawn": secrets.randbits(62)})
        cache.forget(report)
    return len(differing)


def _place(row: Any) -> tuple[Any, ...]:
    return tuple(row[name] for name in _PLACE)


def _content(row: Any) -> tuple[Any, ...]:
    return tuple(row[name] for name in _CONTENT)


def _put_back(connection: Connection, report: int, row: Any, before: Any, context: Context) -> None:
    """Write one address as it was ``before`` (None: it was not answered), with its next version."""
    place = {name: row[name] for name in _PLACE}
    content = {name: (before or _EMPTY)[name] for name in _CONTENT}
    here = {"submission": report, **place, **content, "version": row["version"] + 1}
    undone = {"person": context.person.id or None, "channel": context.channel, "at": context.at}
    author = {name: before[name] for name in _AUTHOR} if before is not None else undone
    _SAVE.run(connection, {**here, **author})
    _REMEMBER.run(
        connection, {**here, **undone, "account": context.account or None, "inbox": context.inbox, "message": ""}
    )
    # The messages it was written in since are not this text.
    _UNPIECE.run(connection, {"submission": report, **{f"of_{name}": value for name, value in place.items()}})
