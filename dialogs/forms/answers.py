"""What an answer is: where it lives, which of four states it is in, and how its value is written down.

The four states stay apart everywhere: a *value*, an explicit *zero*, *none* ("chưa có số liệu",
optionally with a reason) and *not answered*, which is the absence of an answer.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, Protocol, TypeAlias

Value: TypeAlias = str | int | Decimal | date | tuple[str, ...] | None
"""A narrative or text is ``str``, a count ``int``, a measure or money ``Decimal``, a list ``tuple[str, ...]``."""

NOT_APPLICABLE = "not_applicable"
"""Reason of a *none* that leaves a cell out of n/N: the body does not exist in this unit."""

DOCUMENT_DATA = "VAN_BAN"
"""Field under which a unit's own letterhead, number, date and signature are kept (outside the questions)."""


class State(StrEnum):
    VALUE = "value"
    ZERO = "zero"
    NONE = "none"
    EMPTY = "empty"


class Address(NamedTuple):
    """Where an answer lives; ``row`` and ``column`` are '' where the field has none.

    A tuple and not a dataclass: it is the key of every look-up of an answer, some thousand in a turn.
    """

    field: str
    row: str = ""
    column: str = ""


class Said(Protocol):
    """What stands at an address, or would: an ``Answer``, or what a message has just given."""

    @property
    def state(self) -> State: ...
    @property
    def value(self) -> Value: ...
    @property
    def reason(self) -> str: ...


class Answer(NamedTuple):
    """One stored answer.

    ``closed`` is False only for a narrative that is still being written (its owner has not said "Tiếp").
    ``version`` counts the writings of this address from 1. ``basis`` is set where the answer overrides a
    proposal: the hash of the parts it replaced. ``who`` is the id of the person named in ``by`` (0: it came from no
    person, or is only being tried). A tuple and not a dataclass, since a turn makes many: it is made for a fifth of
    the price.
    """

    address: Address
    state: State
    value: Value = None
    version: int = 1
    closed: bool = True
    reason: str = ""
    basis: str = ""
    by: str = ""
    at: datetime | None = None
    channel: str = ""
    who: int = 0


def json_value(value: Value) -> str | int | list[str] | None:
    """Return ``value`` as JSON knows it: decimals are strings, dates ISO, lists arrays."""
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date):
        return value.isoformat()
    return value
