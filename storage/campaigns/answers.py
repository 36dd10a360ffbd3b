"""How an answer lies in a row, and the reading and writing of rows.

``kind`` says how ``value`` is spelled: i a whole number, d a decimal, t an ISO date, s the text itself, l a JSON
list, '' no value. ``number`` holds a figure in whole millionths (0 for a zero), so that SQL sums are exact.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select

from dialogs.forms.answers import DOCUMENT_DATA, Address, Answer, State, Value, json_value
from dialogs.texts import objections
from dialogs.values.effects import Piece
from storage.schema.errors import Refused
from storage.schema.statements import dumps
from storage.schema.tables import answer, answer_part, person

MILLION = 1_000_000
MAX_NUMBER = 9_000_000_000_000
"""Greatest figure that can be stored; its millionths fit 63 bits."""


class Encoded(NamedTuple):
    """A value as a row holds it."""

    kind: str
    value: str | None
    number: int | None


def encode(state: State, value: Value) -> Encoded:
    """Return how ``value`` is stored. Raises ``Refused`` for a figure that cannot be kept exactly."""
    number = 0 if state is State.ZERO else None
    match value:
        case None:
            return Encoded("", None, number)
        case str():
            return Encoded("s", value, number)
        case int():
            return Encoded("i", str(value), millionths(value))
        case Decimal():
            return Encoded("d", str(json_value(value)), millionths(value))
        case tuple():
            return Encoded("l", dumps(list(value)), number)
        case datetime():
            raise TypeError("an answer is a date without a time")
        case date():
            return Encoded("t", value.isoformat(), number)


def decode(kind: str, value: str | None) -> Value:
    """Return what ``encode`` stored."""
    if value is None or kind == "":
        return None
    match kind:
        case "s":
            return value
        case "i":
            return int(value)
        case "d":
            return Decimal(value)
        case "l":
            return tuple(json.loads(value))
        case "t":
            return date.fromisoformat(value)
    raise ValueError(f"unknown kind of value: {kind!r}")


def millionths(value: int | Decimal) -> int:
    """Return ``value`` in whole millionths. Raises ``Refused`` if that is not exact or does not fit."""
    if not -MAX_NUMBER <= value <= MAX_NUMBER:
        raise Refused(objections.number_too_large(value, MAX_NUMBER))
    if isinstance(value, int):
        return value * MILLION
    scaled = value.scaleb(6)
    if scaled != scaled.to_integral_value():
        raise Refused(objections.too_many_decimals(value))
    return int(scaled)


def from_millionths(number: int) -> int | Decimal:
    """Return the figure: an ``int`` where it is whole, else a ``Decimal``."""
    whole, rest = divmod(number, MILLION)
    return Decimal(number).scaleb(-6).normalize() if rest else whole


_COLUMNS = tuple(
    answer.c[name]
    for name in ("field", "row", "column", "version", "state", "kind", "value", "closed", "reason", "basis")
)
_LOAD = (
    select(*_COLUMNS, person.c.name, answer.c.at, answer.c.channel, answer.c.person)
    .select_from(answer.outerjoin(person, person.c.id == answer.c.person))
    .where(answer.c.submission == bindparam("submission"))
)
_PARTS = (
    select(answer_part.c.message, answer_part.c.text)
    .where(*(answer_part.c[name] == bindparam(name) for name in ("submission", "field", "row", "column")))
    .order_by(answer_part.c.position)
)


def load(connection: Connection, submission_id: int) -> dict[Address, Answer]:
    """Return every answer of a report by address, those that were emptied again (state EMPTY) included."""
    return by_address(connection.execute(_LOAD, {"submission": submission_id}))


def by_address(rows: Iterable[Any]) -> dict[Address, Answer]:
    """Return rows of (address, content, name, at, channel, person) as answers; the last may be left out."""
    found: dict[Address, Answer] = {}
    for field, row, column, version, state, kind, value, closed, reason, basis, by, at, channel, *who in rows:
        address = Address(field, row, column)
        stated, content, author = State(state), decode(kind, value), who[0] or 0 if who else 0
        found[address] = Answer(address, stated, content, version, closed, reason, basis, by or "", at, channel, author)
    return found


def given(answers: Mapping[Address, Answer]) -> dict[Address, Answer]:
    """Return the answers that say anything."""
    return {address: each for address, each in answers.items() if each.state is not State.EMPTY}


def parted(answers: Mapping[Address, Answer]) -> tuple[dict[Address, Answer], dict[str, Answer]]:
    """Return the answers of the form, and those of "Thông tin văn bản" by column key."""
    document = {address.column: each for address, each in answers.items() if address.field == DOCUMENT_DATA}
    return {address: each for address, each in answers.items() if address.field != DOCUMENT_DATA}, document


def pieces(connection: Connection, submission_id: int, address: Address) -> tuple[Piece, ...]:
    """Return the chat messages a narrative was written in, in order."""
    where = {"submission": submission_id, "field": address.field, "row": address.row, "column": address.column}
    return tuple(Piece(*row) for row in connection.execute(_PARTS, where))
