"""What a reminder says at this moment, and which of the rows it was queued for still hold."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TypeVar

from sqlalchemy import Connection

from dialogs.reminders.messages import reminder
from dialogs.reminders.reminding import day_of_kind
from dialogs.values.deadlines import last_day
from dialogs.values.effects import Reply
from dialogs.values.outstanding import Owed
from storage.campaigns.turn_cache import TurnCache
from storage.reminders import desk as desk_reminders
from storage.reminders.owed import owed
from storage.reminders.rows import ReminderRow
from storage.schema.database import is_away, savepoint

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Fresh:
    """One message as it is to be sent now, None if nothing is; ``live`` are the rows it answers for.

    ``fault``: our own code failed on it; the kind of error. Nobody else's message suffers from that.
    """

    reply: Reply | None = None
    live: tuple[int, ...] = ()
    fault: str = ""


def compose(
    connection: Connection, cache: TurnCache, groups: Mapping[Key, Sequence[ReminderRow]], now: datetime, zone: tzinfo
) -> dict[Key, Fresh]:
    """Return the message of each group of reminders; the rows of a group are of one person and one family.

    A row holds no longer when its report is not owed by its person any more, or its last day was moved since.
    """
    try:
        with savepoint(connection):
            return _compose(connection, cache, groups, now, zone)
    except Exception as error:
        if is_away(error):
            raise
        if len(groups) == 1:
            return {
                key: Fresh(None, tuple(row.id for row in rows), type(error).__name__) for key, rows in groups.items()
            }
    found: dict[Key, Fresh] = {}
    for key, rows in groups.items():
        found |= compose(connection, cache, {key: rows}, now, zone)
    return found


def _compose(
    connection: Connection, cache: TurnCache, groups: Mapping[Key, Sequence[ReminderRow]], now: datetime, zone: tzinfo
) -> dict[Key, Fresh]:
    wanted: dict[int, set[int]] = {}
    for rows in groups.values():
        for row in rows:
            if row.report is not None and not row.desk:
                wanted.setdefault(row.person, set()).add(row.report)
    facts = owed(connection, cache, wanted, now) if wanted else {}
    found: dict[Key, Fresh] = {}
    for key, rows in groups.items():
        desk = bool(rows) and rows[0].desk
        found[key] = _desk(connection, cache, rows, now, zone) if desk else _owing(rows, facts, now, zone)
    return found


def _owing(rows: Sequence[ReminderRow], facts: Mapping[int, Sequence[Owed]], now: datetime, zone: tzinfo) -> Fresh:
    known = {(who, each.report): each for who, some in facts.items() for each in some}
    held = [(row, known.get((row.person, row.report or 0))) for row in rows]
    live = [(row, each) for row, each in held if each is not None and _holds(row, each, zone)]
    if not live:
        return Fresh()
    lines = tuple(dict.fromkeys(row.note for row, _ in live if row.kind.startswith("hand:") and row.note))
    reports = {each.report: each for _, each in live}
    return Fresh(reminder(tuple(reports.values()), lines, now, zone), tuple(row.id for row, _ in live))


def _holds(row: ReminderRow, each: Owed, zone: tzinfo) -> bool:
    day = day_of_kind(row.kind)
    if day is not None:
        return not each.returned and each.due is not None and last_day(each.due, zone) == day
    return each.returned or not row.kind.startswith("returned:")


def _desk(connection: Connection, cache: TurnCache, rows: Sequence[ReminderRow], now: datetime, zone: tzinfo) -> Fresh:
    note = desk_reminders.note(connection, cache, rows, now, zone)
    return Fresh(note.reply, note.live)
