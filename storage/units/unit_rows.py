"""One row of a list of units as it was typed, read into values; every fault names line, column, what was read.

A list has the columns of ``COLUMNS``. Empty dates are "from the beginning" and "until further notice"; the last day is
included. An empty ``body``, ``position`` or ``predecessors`` leaves what is stored; a single "-" clears the first and
the last of them. In ``predecessors`` codes stand apart by spaces, ";" or "|"; a "*" after a code says that only a share
of that unit went into the new one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dialogs.reading import clean
from dialogs.texts import units as units_texts
from storage.schema.errors import Fault
from storage.units.units import BEGINNING

REQUIRED = ("code", "name", "kind", "parent", "valid_from", "valid_to")
OPTIONAL = ("body", "predecessors", "position")
COLUMNS = REQUIRED + OPTIONAL

KNOWN_KINDS = ("trung_uong", "tinh", "huyen", "xa", "dutt", "to_chuc", "cum")
"""The usual kinds, for hints; any word of the same shape is a kind."""

MAX_CODE = 40
MAX_KIND = 40
MAX_BODY = 40
MAX_NAME = 200
MAX_PREDECESSORS = 60
MAX_POSITION = 2_000_000_000
LAST_YEAR = 2999
"""Whoever means "until further notice" leaves the cell empty instead of writing the year 9999."""

CLEAR = "-"
PARTLY = "*"
SHOWN = 60
"""Characters of a cell repeated in a message."""

_KIND = re.compile(r"[a-z][a-z0-9_]*")
_SEPARATORS = re.compile(r"[\s;|]+")
_IN_NO_CODE = re.compile(r"[\s;|*]")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_USUAL = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")

Predecessors = tuple[tuple[str, bool], ...]
"""(code, only partly) of the units that a new one was made of."""


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One row. ``parent`` is a code, '' for none; None in the last three: leave what is stored."""

    line: int
    code: str
    name: str
    kind: str
    parent: str
    valid_from: date
    valid_to: date | None
    body: str | None = None
    position: int | None = None
    predecessors: Predecessors | None = None

    @property
    def key(self) -> tuple[str, date]:
        return self.code, self.valid_from


def read_row(line: int, cells: Mapping[str, str]) -> UnitRow | tuple[Fault, ...]:
    """Return what a row says, or everything that is wrong with its cells."""
    faults: list[Fault] = []
    texts = {name: clean(cells.get(name, "")).strip() for name in COLUMNS}
    _check_texts(line, texts, faults)
    first = _date(line, "valid_from", texts, faults)
    last = _date(line, "valid_to", texts, faults)
    position = _position(line, texts["position"], faults)
    predecessors = _predecessors(line, texts["predecessors"], faults)
    if first and last and last < first:
        faults.append(wrong(line, "valid_to", texts["valid_to"], units_texts.not_before(first)))
    if predecessors and not texts["valid_from"]:
        faults.append(wrong(line, "valid_from", "", units_texts.FIRST_DAY_OF_MERGED))
    if faults:
        return tuple(faults)
    body = None if not texts["body"] else texts["body"] if texts["body"] != CLEAR else ""
    return UnitRow(
        line,
        texts["code"],
        texts["name"],
        texts["kind"],
        texts["parent"],
        first or BEGINNING,
        last,
        body,
        position,
        predecessors,
    )


def wrong(line: int, column: str, found: str, wanted: str) -> Fault:
    """Return a fault that repeats what was read and says what is accepted."""
    return Fault(line, column, units_texts.cell(shown(found), wanted))


def shown(text: str) -> str:
    """Return a cell as a message of one line repeats it."""
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}…"


def _check_texts(line: int, texts: Mapping[str, str], faults: list[Fault]) -> None:
    code, kind = texts["code"], texts["kind"]
    if not code or len(code) > MAX_CODE or _IN_NO_CODE.search(code):
        faults.append(wrong(line, "code", code, units_texts.code(MAX_CODE)))
    if not texts["name"] or len(texts["name"]) > MAX_NAME or "\n" in texts["name"]:
        faults.append(wrong(line, "name", texts["name"], units_texts.name(MAX_NAME)))
    if not _KIND.fullmatch(kind) or len(kind) > MAX_KIND:
        faults.append(wrong(line, "kind", kind, units_texts.kind(KNOWN_KINDS)))
    if code and texts["parent"] == code:
        faults.append(wrong(line, "parent", code, units_texts.NOT_UNDER_ITSELF))
    if len(texts["body"]) > MAX_BODY:
        faults.append(wrong(line, "body", texts["body"], units_texts.body(MAX_BODY)))


def _date(line: int, column: str, texts: Mapping[str, str], faults: list[Fault]) -> date | None:
    text = texts[column]
    if not text:
        return None
    found = read_date(text)
    if found is None:
        faults.append(wrong(line, column, text, units_texts.CALENDAR_DAY))
    elif found < BEGINNING or found.year > LAST_YEAR:
        faults.append(wrong(line, column, text, units_texts.days(BEGINNING, LAST_YEAR)))
    else:
        return found
    return None


def read_date(text: str) -> date | None:
    """Return the day of ``2025-07-01`` or ``01/07/2025``; None if it is neither or no day of the calendar."""
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
    elif match := _USUAL.fullmatch(text):
        day, month, year = match.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _position(line: int, text: str, faults: list[Fault]) -> int | None:
    if not text:
        return None
    if text.isascii() and text.isdecimal() and len(text) <= len(str(MAX_POSITION)) and int(text) <= MAX_POSITION:
        return int(text)
    faults.append(wrong(line, "position", text, units_texts.position(MAX_POSITION)))
    return None


def _predecessors(line: int, text: str, faults: list[Fault]) -> Predecessors | None:
    if not text:
        return None
    if text == CLEAR:
        return ()
    found = tuple((each.removesuffix(PARTLY), each.endswith(PARTLY)) for each in _SEPARATORS.split(text) if each)
    codes = [code for code, _ in found]
    wanted = ""
    if not found or not all(codes) or any(PARTLY in code for code in codes):
        wanted = units_texts.CODES
    elif len(set(codes)) < len(codes):
        wanted = units_texts.ONCE_EACH
    elif len(found) > MAX_PREDECESSORS:
        wanted = units_texts.predecessors(MAX_PREDECESSORS)
    if wanted:
        faults.append(wrong(line, "predecessors", text, wanted))
        return None
    return found
