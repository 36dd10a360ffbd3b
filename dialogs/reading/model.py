"""The words of this package: what a column accepts and what a typed text came to mean.

A reader calls ``read(text, spec)`` and looks at ``Reading.outcome``; everything else in a Reading is there
to be shown to the person who typed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from dialogs.kinds import Kind

Value = int | Decimal | date | str | None


class Outcome(StrEnum):
    """What became of a typed text: an answer (value, zero, none), a question back, or a refusal."""

    VALUE = "value"
    ZERO = "zero"
    NONE = "none"
    ASK = "ask"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing an ambiguous text may mean: a button's label, and the answer that the button stands for.

    >>> Option("0 (không phát sinh)", Outcome.ZERO, 0).outcome
    <Outcome.ZERO: 'zero'>
    """

    label: str
    outcome: Outcome
    value: Value


@dataclass(frozen=True, slots=True)
class Reading:
    """How one typed answer is understood.

    ``value`` is an int for whole numbers, a Decimal without exponent for decimal, money and percent, a date,
    or a str for texts and choices (the key). ``why`` is the refusal or the question in Vietnamese, ``code``
    the same for machines. ``remark`` says that the reading must be shown to the person ("1.000" became 1000).
    """

    outcome: Outcome
    value: Value = None
    options: tuple[Option, ...] = ()
    why: str = ""
    code: str = ""
    echo: str = ""
    remark: bool = False


@dataclass(frozen=True, slots=True)
class Spec:
    """What a column accepts.

    ``kind`` is one of ``kinds.READ``. ``decimals`` is the most decimals kept: more is refused, never rounded.
    ``year`` is the campaign's year, offered when a date lacks its own.
    """

    kind: Kind
    measure: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    decimals: int | None = None
    choices: tuple[tuple[str, str], ...] = ()
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One document as typed, and what was recognised in it; a part that was not recognised stays empty."""

    text: str
    number: str = ""
    issued: date | None = None
    issuer: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Legacy:
    """A text in an old encoding: its name (TCVN3, VNI or mojibake) and the same text in Unicode, NFC."""

    name: str
    text: str
