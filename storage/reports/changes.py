"""Cell by cell what differs between two sendings of a report, or between the last one and now.

Read from the history of its answers alone, in the order in which it was written: clocks may stand still or be set back.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, func, select

from dialogs.forms import order
from dialogs.forms.answers import Address, Answer, State
from dialogs.values.report_lifecycle import CellChange
from storage.campaigns import answers
from storage.campaigns.turn_cache import TurnCache
from storage.reports import sendings
from storage.schema.tables import answer_history, campaign_unit, person

_H = answer_history.c
NOW = 2**62
"""Later than any row of history."""

_NAMES = ("field", "row", "column", "version", "state", "kind", "value", "closed", "reason", "basis")
_ROWS = select(*(_H[name] for name in _NAMES), person.c.name, _H.at, _H.channel).select_from(
    answer_history.outerjoin(person, person.c.id == _H.person)
)


def newest(*within: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition that a row of history is the newest at its address among those of ``:report`` ``within``."""
    found = select(func.max(_H.id)).where(_H.submission == bindparam("report"), *within)
    return _H.id.in_(found.group_by(_H.field, _H.row, _H.column))


UP_TO_LOW = _H.id <= bindparam("low")
BETWEEN = (_H.id > bindparam("low"), _H.id <= bindparam("high"))
_BEFORE = _ROWS.where(newest(UP_TO_LOW))
_AFTER = _ROWS.where(newest(*BETWEEN))
_FORM = select(campaign_unit.c.form_version).where(campaign_unit.c.id == bindparam("report"))


def last(connection: Connection, cache: TurnCache, report: int) -> tuple[CellChange, ...]:
    """Return what the last sending changed against the one before it; nothing unless there were two."""
    found = sendings.last_two(connection, report)
    if len(found) < 2:
        return ()
    return _between(connection, cache, report, found[1].history, found[0].history)


def since(connection: Connection, cache: TurnCache, report: int) -> tuple[CellChange, ...]:
    """Return what has been changed since the last sending; nothing if there was none."""
    sent = sendings.last(connection, report)
    return () if sent is None else _between(connection, cache, report, sent.history, NOW)


def _between(connection: Connection, cache: TurnCache, report: int, low: int, high: int) -> tuple[CellChange, ...]:
    """Return the changes in the order in which the form is printed."""
    where = {"report": report, "low": low, "high": high}
    written = answers.by_address(connection.execute(_AFTER, where))
    if not written:
        return ()
    kept = answers.by_address(connection.execute(_BEFORE, where))
    known = order.places(cache.form(connection, connection.execute(_FORM, {"report": report}).scalar_one()))
    found = (_change(address, kept, written) for address in written)
    return tuple(sorted((each for each in found if each), key=lambda each: order.place(known, each.address)))


def _change(address: Address, kept: Mapping[Address, Answer], written: Mapping[Address, Answer]) -> CellChange | None:
    before, after = _given(kept.get(address)), _given(written[address])
    if _said(before) == _said(after):
        return None
    writing = written[address]
    return CellChange(address, before, after, writing.by, writing.at)


def _given(answer: Answer | None) -> Answer | None:
    return None if answer is None or answer.state is State.EMPTY else answer


def _said(answer: Answer | None) -> Any:
    return None if answer is None else (answer.state, answer.value, answer.reason)
