"""A report as values: what is printed, in which order, knowing no file format.

``unit`` and ``compiled`` make it of the data that was read; ``word`` and ``excel`` turn it into bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from dialogs.forms.answers import State, Value
from dialogs.forms.form import Table
from dialogs.values.report_data import DataLine, Enclosed, Standing, SumPart, UnitCells, Warned


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of the first page, and of each appendix. '' or None prints as a blank to be filled in by hand.

    ``number`` is the bare number as typed ("5", "05"), ``symbol`` what follows it ("BC/ĐU"). ``draft`` prints
    "Dự thảo": the report has not been sent.
    """

    parent_body: str
    issuing_body: str
    number: str
    symbol: str
    place: str
    issued: date | None
    year: int | None
    draft: bool


@dataclass(frozen=True, slots=True)
class Signature:
    """``authority`` ("T/M BAN THƯỜNG VỤ"), ``title`` ("PHÓ BÍ THƯ"), ``name``, and the Nơi nhận list without ends."""

    authority: str
    title: str
    name: str
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the outline. ``level`` is its depth from 1; ``label`` a part's own line ("Phần thứ nhất").

    ``style`` is 'part', 'heading' or 'subheading': how it looks, whatever its depth. ``tail`` is wording of the first
    leaf that the outline prints on the same line.
    """

    text: str
    level: int
    label: str = ""
    key: str = ""
    style: str = "heading"
    tail: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of text; ``text`` never holds a line end. ``state`` says where it comes from.

    ``key`` is the address of the answer it prints ('' for fixed text). ``lead`` marks the line under a heading
    that introduces its items. ``item`` marks one entry of a list. ``unit`` names who wrote it in a compiled report:
    printed in bold before the text.
    """

    text: str
    key: str = ""
    state: State | None = None
    lead: bool = False
    item: bool = False
    unit: str = ""


Block: TypeAlias = Heading | Paragraph


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of an appendix. ``rolled`` marks a sum of the units below, ``counted`` of ``expected`` gave a figure."""

    state: State
    value: Value = None
    rolled: bool = False
    counted: int = 0
    expected: int = 0


@dataclass(frozen=True, slots=True)
class Appendix:
    """An official table with the cells that are known, keyed (row key, column key); an absent cell is not answered.

    ``letterhead`` names the unit in the place of the form's "HUYỆN, THÀNH ỦY....." placeholder. ``extra_rows`` are
    rows added locally: (key, label). ``units`` are the cells of every counted unit behind the totals of a compiled
    report, in administrative order; it may be iterated more than once.
    """

    table: Table
    letterhead: Letterhead
    cells: Mapping[tuple[str, str], Cell]
    extra_rows: tuple[tuple[str, str], ...] = ()
    units: Iterable[UnitCells] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One unit's report, or the compiled report of a unit and those below it.

    ``addressee`` follows "Kính gửi:" in state documents. ``blocks`` and ``entries`` may be streams that are read
    once, in order. ``standings`` are the units of a compiled report, empty in a unit's own; the ``unit`` of its
    ``UnitCells`` is a place in them. ``counted`` are the statuses that count. ``period`` stands under the subject.
    ``parts``: the outline has parts. ``lists_line`` numbers the appendix that lists the units ("PHỤ LỤC 7"), '' where
    the form's tables have no numbers. ``outline`` are the figures in the text as a table: only the workbook shows it.
    ``enclosed`` are the files attached to the reports: named on paper, handed out by themselves. ``details`` are the
    figures behind the sums of a unit's own report, ``warnings`` what is doubtful: both for the workbook alone.
    """

    profile: str
    letterhead: Letterhead
    type_name: str
    subject: str
    blocks: Iterable[Block]
    appendices: tuple[Appendix, ...]
    signature: Signature
    created: datetime
    addressee: str = ""
    details: tuple[SumPart, ...] = ()
    entries: Iterable[DataLine] = ()
    warnings: tuple[Warned, ...] = ()
    standings: tuple[Standing, ...] = ()
    counted: tuple[str, ...] = ()
    period: str = ""
    parts: bool = False
    lists_line: str = ""
    outline: Appendix | None = None
    enclosed: tuple[Enclosed, ...] = ()

    @property
    def sheets(self) -> tuple[Appendix, ...]:
        """The tables of the workbook: the appendices, then the figures in the sentences of the outline."""
        return (*self.appendices, *([self.outline] if self.outline else []))
