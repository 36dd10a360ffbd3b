"""The kinds of answers by name, and what is said of each: facts that name no channel and no format of paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """What an answer to a field, blank or column is.

    INDEX and LABEL are printed and never asked. ROW and BLANKS are what one message asks together: cells of several
    kinds, the blanks of a sentence; no form file names them.
    """

    NARRATIVE = "narrative"
    LIST = "list"
    DOCUMENTS = "documents"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    PERCENT = "percent"
    DATE = "date"
    CHOICE = "choice"
    TEXT = "text"
    INDEX = "index"
    LABEL = "label"
    ROW = "row"
    BLANKS = "blanks"


class Reads(StrEnum):
    """Which reader a typed text goes to (``reading.reader``)."""

    WORDS = "words"
    ENTRIES = "entries"
    NUMBER = "number"
    DAY = "day"
    CHOICE = "choice"


class AskedAs(StrEnum):
    """In which dialog it is asked: a text of several messages, a list of entries, cells that one message fills."""

    NARRATIVE = "narrative"
    ENTRIES = "entries"
    CELLS = "cells"


class Together(StrEnum):
    """How the answers of many units become one in a compiled report.

    SUM: added up where the form says ``rollup: sum``, else as NAMED. UNION: the entries of all, none twice. NAMED:
    what each wrote with the names of the units. OWN: what the compiling unit itself gave; a share of one unit says
    nothing of many.
    """

    SUM = "sum"
    UNION = "union"
    NAMED = "named"
    OWN = "own"


class CellStyle(StrEnum):
    """How a cell of a sheet holds it: the names of the sheet's own styles."""

    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    TEXT = "text"


Held = type[int] | type[Decimal] | type[date] | type[str] | type[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class QuestionKind:
    """All that is to be known of one kind, from the form file to the paper.

    **Form file.** ``leaf``: may stand alone in the outline; ``blank``: may stand in a sentence. ``needs_measure``: no
    form leaves its unit of measure out.

    **Reading.** ``reads`` is None where nothing is ever read. ``whole``: no decimals. ``family``: the family of units
    it is measured in, '' for the column's own; ``measure``: the unit that goes without saying. A figure above
    ``doubted_above`` is asked back where the form sets no maximum. ``example`` stands in a refusal.

    **Asking.** ``asks`` is None where nobody is asked. ``samples`` are figures for the example of a whole message;
    ``spaced``: such figures may stand apart by spaces alone. ``nil_in_words``: zero is said as "không có".

    **Keeping.** ``holds`` are the types of a stored value. ``fits`` are the kinds whose stored answers are answers of
    this kind too, when a new version of a form changes the kind.

    **Paper.** ``together`` see there. ``look`` of a cell of a sheet, ``width_mm`` of a column of the units' sheet and
    ``share`` of a page's width where the form names none. ``measure_in_head``: the unit of measure is stated over the
    column. ``documents``: its entries are documents, which are recognised and counted.
    """

    kind: Kind
    reads: Reads | None = None
    asks: AskedAs | None = None
    leaf: bool = False
    blank: bool = False
    needs_measure: bool = False
    whole: bool = False
    family: str = ""
    measure: str = ""
    doubted_above: Decimal | None = None
    example: str = ""
    samples: tuple[str, ...] = ("…",)
    spaced: bool = False
    nil_in_words: bool = False
    holds: tuple[Held, ...] = ()
    fits: frozenset[Kind] = frozenset()
    together: Together = Together.NAMED
    look: CellStyle = CellStyle.TEXT
    width_mm: float = 80.0
    share: float = 1.5
    measure_in_head: bool = False
    documents: bool = False
