"""Sums of the units below, looked at row by row with the figures behind them.

Only what people typed is stored: an untouched sum stays live. ``override`` puts a figure in its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dialogs.answering.kept import SumsShown
from dialogs.forms.answers import Address, Answer
from dialogs.forms.form import Column, Form, Row, Table
from dialogs.forms.question_lookup import whole
from dialogs.forms.questions import Prompt as Message
from dialogs.forms.questions import Question, Respondent, cell_column, cell_level, is_fed
from dialogs.kinds import Kind
from dialogs.reading import fold
from dialogs.texts import rollup as rollup_texts
from dialogs.turn import navigation
from dialogs.turn.message_parts import loose_ends
from dialogs.turn.turn_state import TurnState
from dialogs.values.report_data import SumPart
from dialogs.values.report_view import Proposal

LOWER = ("lower", "lower_row", "replacing", "replacing_asked", "replacing_reason")
"""The states in which sums of the units below are looked at or replaced."""

EVERYTHING = "*"
"""The argument of a button that leads to all tables with sums, wherever the person stands."""

SHOWN_ROWS = 3
"""Rows with replaced sums that the summary before sending tells in full."""


@dataclass(frozen=True, slots=True)
class Lower:
    """The cells of one table row and one level that only units below fill in."""

    table: Table
    row: Row
    level: str
    columns: tuple[Column, ...]

    @property
    def place(self) -> str:
        return rollup_texts.lower_place(self.table, self.row, self.level)

    def address(self, column: Column) -> Address:
        return Address(self.table.key, self.row.key, column.key)

    def question(self, columns: tuple[Column, ...] = ()) -> Question:
        """The row as if it were asked: numbered 0, because it is none of the report's questions."""
        part = Message(Kind.ROW, columns or self.columns)
        return Question(0, self.table.key, self.row.key, (part,), (self.table.number_line,))


# --- which sums there are ----------------------------------------------------------------------------------------


def fed_from_below(form: Form, respondent: Respondent) -> bool:
    """Whether ``form`` has cells that other kinds of units fill in and this one does not.

    Whether any unit below is asked them is not known here; where this is not so nobody needs to look.
    """
    return any(is_fed(table, row, respondent) for table in form.tables for row in table.rows)


def proposals(turn: TurnState, field: str, row: str) -> Mapping[str, Proposal]:
    """What the units below add up to for a table row; without looking where the row has no such cell."""
    table = turn.form.table(field)
    found = next((each for each in table.rows if each.key == row), None)
    if found is None or not is_fed(table, found, turn.report.respondent):
        return {}
    return turn.report.proposals(field, row)


def lowers(turn: TurnState, field: str) -> tuple[Lower, ...]:
    """The rows of a table that units below fill in, level by level, in printed order."""
    if not fed_from_below(turn.form, turn.report.respondent) or not turn.form.has_table(field):
        return ()
    table, sums = turn.form.table(field), turn.report.sums()
    return tuple(
        lower
        for row in table.rows
        for lower in _levels(table, row, {each.column for each in sums if each[:2] == (field, row.key)})
    )


def _levels(table: Table, row: Row, keys: set[str]) -> Iterator[Lower]:
    columns = [cell_column(row, column) for column in table.columns if column.key in keys]
    for level in dict.fromkeys(cell_level(row, column) for column in columns):
        yield Lower(table, row, level, tuple(c for c in columns if cell_level(row, c) == level))


def tables(turn: TurnState) -> list[Table]:
    """The tables that have sums of the units below."""
    return [table for table in turn.form.tables if lowers(turn, table.key)]


def any_sums(turn: TurnState) -> bool:
    """Whether there are sums of units below: looked up for one row of each sort in a table, as many as it takes."""
    respondent = turn.report.respondent
    sorts = {(table.key, _kinds(table, row)): row for table in turn.form.tables for row in reversed(table.rows)}
    return any(
        turn.report.proposals(key, row.key)
        for (key, _), row in sorts.items()
        if is_fed(turn.form.table(key), row, respondent)
    )


def _kinds(table: Table, row: Row) -> frozenset[frozenset[str]]:
    """Who fills in the cells of a row, whichever they are."""
    return frozenset(column.filled_by & (row.filled_by or column.filled_by) for column in table.columns)


def of_row(turn: TurnState, table: Table, row: Row) -> tuple[Lower, ...]:
    """The levels of one row that units below fill in; only that row is looked up."""
    return tuple(_levels(table, row, set(proposals(turn, table.key, row.key))))


def current(turn: TurnState) -> Lower | None:
    """The row that is looked at, None if its sums are gone."""
    shown = turn.keeps(SumsShown)
    if shown is None or not shown.row:
        return None
    table = next((each for each in turn.form.tables if each.key == shown.field), None)
    row = next((each for each in table.rows if each.key == shown.row), None) if table else None
    if table is None or row is None:
        return None
    return next((each for each in of_row(turn, table, row) if each.level == shown.level), None)


def instead(turn: TurnState, lower: Lower) -> dict[str, Answer]:
    """The unit's own figures in place of the sums of a row, by column."""
    found = {column.key: turn.answer(lower.address(column)) for column in lower.columns}
    return {key: answer for key, answer in found.items() if answer is not None and answer.basis}


def may_replace(turn: TurnState, lower: Lower) -> bool:
    """Whether figures of this table may be written now."""
    return turn.may_write(lower.question())


# --- getting there -------------------------------------------------------------------------------------------------


def means_row(turn: TurnState) -> bool:
    """Whether "/capduoi PL3.2", or "/capduoi" at such a row, names one row."""
    return navigation.in_report(turn) and _meant_row(turn) is not None


def means_table(turn: TurnState) -> bool:
    """Whether there are sums at all: of the table that is named, or a choice among them."""
    return navigation.in_report(turn) and bool(tables(turn))


def _meant_row(turn: TurnState) -> Lower | None:
    typed = fold(turn.argument).strip()
    if not typed:
        return _row_here(turn)
    head, _, place = typed.partition(".")
    key, number = _table_key(turn, head), whole(place)
    if not key or not place:
        return None
    if number is None:
        return _row_named(turn, turn.form.table(key), place)
    found = lowers(turn, key)
    return found[number - 1] if 1 <= number <= len(found) else None


def _row_named(turn: TurnState, table: Table, place: str) -> Lower | None:
    """The row with this key, or the first one of this body that has sums."""
    exact = [row for row in table.rows if fold(row.key) == place]
    bodies = [row for row in table.rows if fold(row.key).split(".")[0] == place]
    return next((lower for row in (*exact, *bodies) for lower in of_row(turn, table, row)), None)


def _row_here(turn: TurnState) -> Lower | None:
    """The sums of the row that is asked now."""
    question = turn.stood
    if turn.keeps(SumsShown) is not None or question is None or not question.row:
        return None
    row = next((each for each in turn.form.table(question.field).rows if each.key == question.row), None)
    return next(iter(of_row(turn, turn.form.table(question.field), row)), None) if row else None


def _table_key(turn: TurnState, folded: str) -> str:
    return next((table.key for table in turn.form.tables if fold(table.key) == folded), "")


def show_row(turn: TurnState) -> None:
    """Look at one row's sums and the figures behind them."""
    lower = _meant_row(turn)
    let_go(turn)
    if lower is not None:
        turn.set(kept=place_of_row(lower), mark=turn.session.mark + 1)


def show_table(turn: TurnState) -> None:
    """List the rows of a table with their sums; without a table, or of an unknown one, the tables."""
    typed = fold(turn.argument).strip()
    key = _table_key(turn, typed.partition(".")[0])
    here = turn.stood
    if not typed and here is not None and lowers(turn, here.field):
        key = here.field
    known = [table.key for table in tables(turn)]
    if typed not in ("", EVERYTHING) and (key not in known or "." in typed):
        turn.refuse(rollup_texts.no_such_sum(turn.argument))
    let_go(turn)
    key = key if key in known else known[0] if len(known) == 1 else ""
    turn.set(kept=SumsShown(key), mark=turn.session.mark + 1)


def nothing_below(turn: TurnState) -> None:
    """This report has no sums of units below."""
    turn.refuse(rollup_texts.nothing_below())


def place_of_row(lower: Lower) -> SumsShown:
    """What a session keeps of the row that is looked at."""
    return SumsShown(lower.table.key, lower.row.key, lower.level)


def field_shown(turn: TurnState) -> str:
    """The table whose sums are looked at, '' if none is."""
    shown = turn.keeps(SumsShown)
    return shown.field if shown else ""


def let_go(turn: TurnState) -> None:
    """What waits to be confirmed is not lost in silence."""
    loose_ends(turn)
    turn.body = ""
    turn.set(misses=0, missed="", kept=None)


def leave(turn: TurnState) -> None:
    """Back to the question that was asked before."""
    let_go(turn)
    navigation.return_to_question(turn)


def back_to_rows(turn: TurnState) -> None:
    """From one row to the rows of its table."""
    field = field_shown(turn)
    let_go(turn)
    turn.set(kept=SumsShown(field), mark=turn.session.mark + 1)


def lost_row(turn: TurnState) -> bool:
    """Whether the row that is looked at has no sums any more."""
    return current(turn) is None


# --- what is said of them ------------------------------------------------------------------------------------------


def told(turn: TurnState, lower: Lower) -> list[str]:
    """What stands in place of a row's sums, why, and whether the parts have changed since."""
    found, own = proposals(turn, lower.table.key, lower.row.key), instead(turn, lower)
    lines = rollup_texts.replaced_line(lower.columns, own)
    for column in lower.columns:
        answer, now = own.get(column.key), found.get(column.key)
        if answer is not None and (now is None or now.basis != answer.basis):
            lines.append(rollup_texts.parts_changed(column, answer, answer.basis.partition(":")[2], now))
    return lines


def all_told(turn: TurnState, field: str = "", limit: int = 0) -> list[str]:
    """What stands in place of sums, in every row or those of one table where any were replaced; ``limit`` 0 is all."""
    found = [lower for lower in _replaced(turn) if field in ("", lower.table.key)]
    lines = [rollup_texts.replaced_heading()] if found else []
    for lower in found[: limit or len(found)]:
        lines += [lower.place, *(f"  {line}" for line in told(turn, lower))]
    return lines + ([rollup_texts.more_replaced(len(found) - limit)] if limit and len(found) > limit else [])


def told_of_row(turn: TurnState, field: str, row: str) -> list[str]:
    """What stands in place of sums in the row that is asked; its levels are named where there are several."""
    found = [lower for lower in _replaced(turn) if (lower.table.key, lower.row.key) == (field, row)]
    return [line for lower in found for line in ([lower.place] if found[1:] else []) + told(turn, lower)]


def sums_of_row(turn: TurnState, field: str, row: str) -> list[str]:
    """What the units below add up to for the row that is asked, each figure with how many of them gave one."""
    found = proposals(turn, field, row)
    table = turn.form.table(field)
    those = [lower for each in table.rows if each.key == row for lower in of_row(turn, table, each)]
    lines = []
    for lower in those:
        given = [(column, found[column.key]) for column in lower.columns if found[column.key].value is not None]
        lines += [rollup_texts.reported_below(given, lower.level if those[1:] else "")] if given else []
    return lines


def _replaced(turn: TurnState) -> Iterator[Lower]:
    keys: dict[tuple[str, str], set[str]] = {}
    for address, answer in turn.answers.items():
        if answer.basis:
            keys.setdefault((address.field, address.row), set()).add(address.column)
    for table in turn.form.tables if keys else ():
        for row in table.rows:
            yield from _levels(table, row, keys.get((table.key, row.key), set()))


def by_unit(lower: Lower, found: Mapping[str, Proposal]) -> list[dict[str, SumPart]]:
    """The figures behind a row's sums, unit by unit, each by column."""
    units: dict[str, dict[str, SumPart]] = {}
    for column in lower.columns:
        for part in found[column.key].parts:
            units.setdefault(part.unit_code, {})[column.key] = part
    return list(units.values())
