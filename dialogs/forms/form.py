"""A form: one frozen version of the questions of a report, with the outline and tables it is printed in.

Everything here is data read from a form file (``dialogs/forms/*.yaml``, see ``form_file``). Labels and headings
are printed exactly as they stand in the file. Keys are stable: answers are addressed by them for ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from dialogs.kinds import KINDS, PRINTED, Kind, Together


class RollUp(StrEnum):
    """How a column adds up from the units below (forms.md section 0)."""

    SUM = "sum"
    UNION = "union"
    NONE = "none"


@dataclass(frozen=True)
class Column:
    """A column of a table, or a blank of a sentence.

    ``label`` is the official label of the lowest header cell (or of the indicator inside a composite cell);
    ``title`` names the column in full ("Tham gia cấp ủy đảng / Tỉnh / NK1"); ``short`` is what a phone shows
    ("Nữ"); ``lead`` is a line printed above the label inside a cell ("Tên các cuộc vận động:"). ``grid`` is the
    1-based column of the official header grid; several columns may share one grid column
    (the four figures inside one cell of PL3). ``filled_by`` holds the unit kinds that are asked; empty means
    printed and never asked. ``level`` is the administrative level the figure is of ("xa", or "dia_ban": the whole
    territory), so that a unit's own figure replaces the sum below it; '' where it is a share and both are added.
    """

    key: str
    label: str
    kind: Kind
    grid: int = 0
    title: str = ""
    short: str = ""
    measure: str = ""
    filled_by: frozenset[str] = frozenset()
    level: str = ""
    required: bool = True
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    decimals: int | None = None
    choices: tuple[tuple[str, str], ...] = ()
    rollup: RollUp = RollUp.NONE
    example: str = ""
    hint: str = ""
    lead: str = ""

    @property
    def asked(self) -> bool:
        return self.kind not in PRINTED

    @cached_property
    def unit(self) -> str:
        """What it is measured in: its own measure, else the one that goes without saying for its kind."""
        return self.measure or KINDS[self.kind].measure

    @property
    def adds_up(self) -> bool:
        """Whether its figures are added up from unit to unit."""
        return self.rollup is RollUp.SUM and KINDS[self.kind].together is Together.SUM


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table. ``body`` is the organisation it is about; ``filled_by`` narrows the columns' own (None: not).

    ``merged`` is the number of rows that share the ordinal and label (3 for the first row of a body in PL6, 0 for
    the rows under it, 1 elsewhere). ``kinds``, ``measures`` and ``labels`` say what a column is in this row alone:
    the sheet of kl102-2019 counts "Tổng số km:" in one row and "Tổng số căn:" in another.
    """

    key: str
    label: str
    ordinal: str = ""
    short: str = ""
    level_label: str = ""
    level: str = ""
    body: str = ""
    filled_by: frozenset[str] | None = None
    merged: int = 1
    measures: tuple[tuple[str, str], ...] = ()
    kinds: tuple[tuple[str, Kind], ...] = ()
    labels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """A cell of the official header grid, 1-based, with its spans."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A check between cells of one row, blanks of one field, or single cells: ``left op right``.

    ``left`` and ``right`` are column keys, or sums of them joined by '+'. ``op`` is '<=' or '='. ``blocking`` rules
    must be met or explained before sending; the others only warn.
    """

    left: tuple[str, ...]
    op: str
    right: tuple[str, ...]
    message: str
    blocking: bool = False


@dataclass(frozen=True, slots=True)
class UnitSlip:
    """When a figure looks as if it were in another unit (C22: a thousand times too much).

    It is at least ``times`` what is plausible: last period's figure, or the median of the unit's other figures of the
    column if ``rows`` of them or more are not zero. A figure in đồng in a column of triệu đồng is a million times
    too much, so there is no upper end. A sum that the reading would ask back is one too.
    """

    times: Decimal = Decimal(300)
    rows: int = 3
    blocking: bool = False


@dataclass(frozen=True, slots=True)
class Jump:
    """When a figure is ``times`` last period's or more, or as much less; nothing if both are below ``floor``."""

    times: Decimal = Decimal(10)
    floor: Decimal = Decimal(10)
    blocking: bool = False


@dataclass(frozen=True, slots=True)
class Checks:
    """The checks of every figure of a form beside its rules; None where the form does not want one."""

    unit_slip: UnitSlip | None = UnitSlip()
    jump: Jump | None = Jump()


@dataclass(frozen=True)
class Table:
    """An appendix. ``missing`` marks one that the source names but does not contain: printed as such, never invented.
    Without slots, as ``Form``: what is looked up by its key is found without a search.

    ``widths_mm`` has one width per column; a grid column that several columns share is as wide as they are together.
    ``numbered_header`` asks for a printed row (1) (2) (3) ... under the header grid. The first LABEL column prints a
    row's ``label``, a second one its ``level_label``.
    """

    key: str
    number_line: str
    title: tuple[str, ...]
    period: str = ""
    landscape: bool = True
    letterhead_left: str = ""
    letterhead_right: str = ""
    date_line: str = ""
    number_line_first: bool = False
    header_rows: int = 0
    grid_columns: int = 0
    header: tuple[HeaderCell, ...] = ()
    numbered_header: bool = False
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    open_rows: bool = False
    own_rows_only: frozenset[str] = frozenset()
    rules: tuple[Rule, ...] = ()
    notes_heading: str = ""
    notes: tuple[str, ...] = ()
    footnote: str = ""
    help: str = ""
    missing: str = ""
    switch: str = ""
    widths_mm: tuple[int, ...] = ()

    @cached_property
    def columns_by_key(self) -> Mapping[str, Column]:
        return {column.key: column for column in self.columns}

    @cached_property
    def rows_by_key(self) -> Mapping[str, Row]:
        return {row.key: row for row in self.rows}

    def column(self, key: str) -> Column:
        return self.columns_by_key[key]

    def row(self, key: str) -> Row:
        return self.rows_by_key[key]


@dataclass(frozen=True, slots=True)
class Field:
    """A leaf of the outline: one answer, or (``blanks``) a sentence with blanks that is printed filled in.

    ``heading`` is the exact wording with its official mark ("1. Ưu điểm, nguyên nhân của những ưu điểm.");
    '' where the source prints nothing above the text. ``question`` is ours, in plain words. ``groups`` splits the
    blanks into the messages they are asked in. ``feeds`` names the leaves of the upper form this one contributes to.
    ``bodies`` narrows ``filled_by`` to single bodies, empty: not (see ``questions.asks_field``).
    """

    key: str
    heading: str
    question: str
    kind: Kind
    hint: str = ""
    example: str = ""
    required: bool = True
    filled_by: frozenset[str] = frozenset()
    template: str = ""
    blanks: tuple[Column, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    rules: tuple[Rule, ...] = ()
    feeds: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    label: str = ""
    bodies: frozenset[str] = frozenset()

    def blank(self, key: str) -> Column:
        return next(blank for blank in self.blanks if blank.key == key)


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the outline. ``style`` is 'part', 'heading' or 'subheading': how it is printed.

    ``label`` is the line of its own of a part ("Phần thứ nhất"); ``heading`` the exact wording with its mark;
    ``lead`` a line printed under it.
    """

    key: str
    heading: str
    children: tuple[Section | Field, ...] = ()
    style: str = "heading"
    label: str = ""
    lead: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class DocumentSettings:
    """How the report is issued: type of document, symbol, subject lines, profile and usual signing data.

    The pairs begin with a unit kind, or with a body, which wins; ``recipients`` has one pair per line of "Nơi nhận",
    in order.
    """

    type_name: str
    type_symbol: str
    subject: str
    profile: str
    body_symbol: tuple[tuple[str, str], ...] = ()
    recipients: tuple[tuple[str, str], ...] = ()
    authority: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a group of unit kinds, as the source words it; ``day`` is ISO, '' where the source names none."""

    kinds: frozenset[str]
    wording: str
    day: str = ""


@dataclass(frozen=True)
class Form:
    """One frozen version of the questions. Without slots, so that what is looked up in it is worked out once."""

    key: str
    version: int
    title: tuple[str, ...]
    short_title: str
    legal_basis: str
    document: DocumentSettings
    outline: tuple[Section | Field, ...]
    tables: tuple[Table, ...] = ()
    filled_by: frozenset[str] = frozenset()
    companions: tuple[str, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    year: int | None = None
    closing: str = ""
    content_hash: str = ""
    source: str = ""
    checks: Checks = Checks()

    @cached_property
    def open_rows(self) -> bool:
        """Whether a unit may add rows of its own to some table."""
        return any(table.open_rows for table in self.tables)

    @cached_property
    def _fields(self) -> tuple[Field, ...]:
        return tuple(_leaves(self.outline))

    @cached_property
    def leaves(self) -> Mapping[str, Field]:
        return {leaf.key: leaf for leaf in self._fields}

    @cached_property
    def tables_by_key(self) -> Mapping[str, Table]:
        return {table.key: table for table in self.tables}

    def fields(self) -> tuple[Field, ...]:
        """Return the leaves of the outline in printed order."""
        return self._fields

    def field(self, key: str) -> Field:
        return self.leaves[key]

    def table(self, key: str) -> Table:
        return self.tables_by_key[key]

    def has_table(self, key: str) -> bool:
        return key in self.tables_by_key


def _leaves(nodes: tuple[Section | Field, ...]) -> Iterator[Field]:
    for node in nodes:
        if isinstance(node, Field):
            yield node
        else:
            yield from _leaves(node.children)
