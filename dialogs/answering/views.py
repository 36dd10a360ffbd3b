"""Parts of screens: the position, the wording, what is stored, the filled table, the contents, a report's card."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogs.answering import authors, evidence, rollup_view
from dialogs.answering.letterhead import usual
from dialogs.forms.answers import DOCUMENT_DATA, Address, State
from dialogs.forms.form import Column, Row, Table
from dialogs.forms.local_rows import is_name
from dialogs.forms.prefixes import covers
from dialogs.forms.questions import Question, touched
from dialogs.kinds import KINDS, LISTS, LONG, NUMERIC
from dialogs.reading import recognise_document
from dialogs.texts import asking, labels, places, showing
from dialogs.texts import evidence as evidence_texts
from dialogs.texts import rollup as rollup_texts
from dialogs.texts import workflow as workflow_texts
from dialogs.turn.turn_state import TurnState
from dialogs.values.status import Status
from dialogs.values.world import Card

PHONE_LINE = 40
LONGEST_SHOWN = 1900
ROOM = 10
"""Lines of a phone that the wording of a question may take; hint and example are left to /trogiup beyond that."""

_MARK = re.compile(r"^([-+]|[0-9]+[.-]|[IVX]+[.-])\s*")


def position(turn: TurnState) -> list[str]:
    """ "Phần thứ nhất › I › 8/32 ▓▓▓░": where we are and how far."""
    question = turn.question
    if question.field == DOCUMENT_DATA:
        return [showing.document_position(turn.session.part + 1, len(question.parts))]
    done, total = turn.progress()
    return [showing.position(_where(turn), turn.session.part + 1, len(question.parts), question.number, done, total)]


def _where(turn: TurnState) -> str:
    """The headings above a question, or its key where the outline prints no heading; the appendix and row."""
    question = turn.question
    if question.row:
        rows = turn.asked.by_field[question.field]
        return showing.row_position(question.path[-1], question.number - rows[0].number + 1, len(rows))
    leaf = turn.leaf
    if leaf is not None and not leaf.heading:
        return places.capital(places.question_place(turn.form, question))
    return " › ".join(places.short(name, 34) for name in question.path) or places.capital(
        places.question_place(turn.form, question)
    )


def wording(turn: TurnState) -> list[str]:
    """The outline's exact wording, then the question in plain words."""
    leaf, row, table = turn.leaf, turn.row, turn.table
    if row is not None and table is not None:
        return _row_wording(turn, table, row)
    if leaf is None:
        return [showing.asked_columns(turn.wanted)]
    lines = [line for line in (leaf.heading, leaf.question) if line]
    if leaf.hint and _height([*lines, leaf.hint]) <= ROOM:
        lines.append(leaf.hint)
    if leaf.blanks:
        return [*lines, showing.asked_columns(turn.wanted)]
    example = showing.for_example(leaf.example)
    return [*lines, example] if leaf.example and _height([*lines, example]) <= ROOM else lines


def _height(lines: Sequence[str]) -> int:
    """How many lines of a five-inch phone these take."""
    return sum(-(-len(line) // PHONE_LINE) for line in lines)


def _row_wording(turn: TurnState, table: Table, row: Row) -> list[str]:
    named = places.row_name(row.label, row.level_label) if row.label else row.short
    lines = [places.short(" ".join(table.title), 76), *_about_table(turn, table), named]
    if len(turn.wanted) > 1:
        lines[-1] += _common_title(turn.wanted)
        return [*lines, showing.asked_columns(turn.wanted), *_below(turn)]
    column = turn.wanted[0]
    measure = places.beside_name(column)
    told = f" ({measure})" if measure else ""
    lines.append((column.title or column.label).replace(" / ", " › ") + told)
    return lines + (
        [showing.for_example(places.short(column.example, 110))] if column.kind in LONG and column.example else []
    )


def _about_table(turn: TurnState, table: Table) -> list[str]:
    """What is to be known of a table, short and once: where it is first asked."""
    if not table.help or turn.question is not turn.asked.by_field[table.key][0]:
        return []
    return [] if touched(turn.question, turn.answers) else [asking.about_table(table.help)]


def _common_title(columns: Sequence[Column]) -> str:
    """What the columns of a row have in common: " – Số lượng cán bộ, Cấp xã"."""
    titles = [column.title.split(" / ")[:-1] for column in columns if column.required]
    common = titles[0] if titles and all(title == titles[0] for title in titles) else []
    return f" – {', '.join(common)}" if common else ""


def _below(turn: TurnState) -> list[str]:
    """What the units below add up to for this row, and what stands in its place."""
    if not turn.question.fed:
        return []
    field, row = turn.question.field, turn.question.row
    return [*rollup_view.sums_of_row(turn, field, row), *rollup_view.told_of_row(turn, field, row)]


def current(turn: TurnState) -> list[str]:
    """What is stored for this part, or what the unit usually writes there."""
    if not turn.part.columns or turn.part.kind in LISTS:
        answer = turn.answer(turn.address)
        if answer is None:
            return _usual_lines(turn)
        if answer.state is State.VALUE and isinstance(answer.value, str):
            return [showing.stored_text(answer.value), *authors.author_lines(turn)]
        return [showing.stored(places.value_text(None, answer)), *authors.author_lines(turn)]
    stored = [(column, turn.answers.get(turn.question.cells[column.key])) for column in turn.part.columns]
    known = [showing.stored_cell(column, answer) for column, answer in stored if answer]
    told = [showing.stored(" · ".join(known)), *authors.author_lines(turn)] if known else []
    return [*told, *_usual_lines(turn)]


def _usual_lines(turn: TurnState) -> list[str]:
    if turn.question.field != DOCUMENT_DATA:
        return []
    found = usual(turn)
    return [showing.usual_values(found.values())] if found else []


def returned(turn: TurnState) -> list[str]:
    """Why the present question was returned, in the words of whoever returned it."""
    found = [each for each in turn.returns if covers(each.prefix, turn.question.field, turn.question.row)]
    until = turn.course.reopened_until if turn.report.status is Status.RETURNED else None
    open_until = [workflow_texts.reopened_line(until, turn.course.reopen_reason, turn.world.zone)] if until else []
    return [*open_until, *(showing.sent_back(each.by, each.comment) for each in found[-1:])]


def contents_lines(turn: TurnState, page: int, pages: int) -> list[str]:
    """One page of the numbered questions with what is done: ✓ answered, ◐ begun, ○ empty."""
    done, total = turn.progress()
    lines = [showing.contents_heading(done, total, page + 1, pages)]
    for question in turn.questions[page * labels.CONTENTS_PAGE : (page + 1) * labels.CONTENTS_PAGE]:
        name = places.short(question_name(turn, question), 52)
        lines.append(f"{question.number}. {_sign(turn, question)} {name}{authors.written_here(turn, question)}")
    return [*lines, showing.CHOOSE_NUMBER]


def _sign(turn: TurnState, question: Question) -> str:
    if turn.is_settled(question):
        return "✓"
    return "◐" if touched(question, turn.answers) else "○"


def question_name(turn: TurnState, question: Question) -> str:
    """The key and the official wording of a question."""
    if question.row:
        return places.question_place(turn.form, question)
    leaf = turn.form.field(question.field)
    heading = _MARK.sub("", leaf.heading) or leaf.label or leaf.question
    return f"{places.spoken_key(question.field)} {heading}".strip()


def card_lines(turn: TurnState, card: Card, number: int, key: str, unit: str) -> list[str]:
    """A report on the first screen: title, deadline, how far.

    ``key`` of its campaign stands beside a title that is not the only one, ``unit`` where a person has several.
    """
    title = f"{card.title} ({key})" if key else card.title
    lines = [f"{number} · {title} — {showing.card_state(card, turn.world.now, turn.world.zone)}"]
    lines += [f"    {unit}"] if unit else []
    if card.status in (Status.NOT_OPENED, Status.IN_PROGRESS, Status.RETURNED):
        lines.append(f"    {places.bar(card.answered, card.total)} {card.answered}/{card.total}")
    return lines


def closed_lines(turn: TurnState) -> list[str]:
    """A report that may not be written now, and why."""
    view = turn.report
    lines = [f"{view.title} — {view.unit.name}"]
    course = workflow_texts.course_lines(turn.course, turn.world.now, turn.world.zone)
    if turn.over:
        return [*lines, *course]
    lines.append(showing.closed(view, turn.world.zone))
    if view.status is Status.RETURNED:
        return lines
    how = [] if turn.course.waits else [workflow_texts.how_to_correct()]
    return [*lines, *course, *how]


def answer_in_full(turn: TurnState, question: Question) -> str:
    """Everything stored for a question, its files too; a table row is shown with its whole table."""
    shown = _answers_in_full(turn, question)
    files = evidence.at_item(turn, question)
    return f"{shown}\n{evidence_texts.files_here(files)}" if files else shown


def _answers_in_full(turn: TurnState, question: Question) -> str:
    if question.row:
        return table_text(turn, question.field)
    name = places.capital(places.question_place(turn.form, question))
    lines = [name]
    for part in question.parts:
        lines += _part_lines(turn, question, part.columns)
    lines += authors.told_writers(turn, question)
    return places.both_ends("\n".join(lines), LONGEST_SHOWN)


def _part_lines(turn: TurnState, question: Question, columns: Sequence[Column]) -> list[str]:
    lines = []
    for column in columns or (None,):
        answer = turn.answer(Address(question.field, question.row, column.key if column else ""))
        name = f"{places.column_name(column)}: " if column else ""
        if answer is None:
            lines.append(showing.unanswered(column))
        elif isinstance(answer.value, tuple):
            lines += [f"{name}{number}. {entry}" for number, entry in enumerate(answer.value, 1)]
        else:
            lines.append(name + places.value_text(column, answer))
    return lines


def table_text(turn: TurnState, key: str) -> str:
    """The filled table, readable on a phone: figures first, padded so that they line up in any font, then the row."""
    table = turn.form.table(key)
    rows = turn.asked.by_field[key]
    columns = [column for part in rows[0].parts for column in part.columns if column.kind in NUMERIC]
    lines = [places.capital(table.number_line.lower())]
    if columns:
        # Not the name in the first row: a row may call its columns otherwise ("Tổng số km").
        lines.append(" · ".join(places.column_name(table.column(column.key)) for column in columns))
        lines += _aligned(turn, rows, columns)
    for question in rows:
        lines += _other_cells(turn, question)
    lines += rollup_view.all_told(turn, key)
    lines += authors.told_of_rows(turn, rows)
    return places.both_ends("\n".join(lines), LONGEST_SHOWN)


def _aligned(turn: TurnState, rows: Sequence[Question], columns: Sequence[Column]) -> list[str]:
    printed = [[_short_value(turn, Address(q.field, q.row, column.key), column) for column in columns] for q in rows]
    width = max(len(value) for line in printed for value in line)
    lines = []
    for question, line in zip(rows, printed, strict=True):
        row = turn.form.table(question.field).row(question.row)
        figures = " ".join(value.rjust(width, labels.FIGURE_SPACE) for value in line)
        lines.append(f"{figures} │ {row.short or row.label}")
    return lines


def _short_value(turn: TurnState, address: Address, column: Column) -> str:
    answer = turn.answer(address)
    if answer is None:
        return "…"
    if answer.state is State.NONE:
        return "–"
    return places.value_text(column, answer)


def _other_cells(turn: TurnState, question: Question) -> list[str]:
    lines = []
    for part in question.parts:
        for column in part.columns:
            answer = turn.answer(Address(question.field, question.row, column.key))
            names = is_name(turn.form.table(question.field), question.row, column)
            if column.kind in NUMERIC or answer is None or names:
                continue
            value = answer.value
            shown = (
                "; ".join(_entry(column, e) for e in value)
                if isinstance(value, tuple)
                else places.value_text(column, answer)
            )
            lines.append(f"{places.question_place(turn.form, question)}, {places.column_name(column)}: {shown}")
    return lines


def _entry(column: Column, text: str) -> str:
    number = recognise_document(text).number if KINDS[column.kind].documents else ""
    return number or places.short(text, 60)


def overview(turn: TurnState) -> str:
    """The whole report in a few lines: what each part has."""
    done, total = turn.progress()
    missing = [places.question_place(turn.form, q) for q in turn.questions if not turn.is_settled(q)]
    files = turn.report.evidence()
    return showing.overview(turn.report, done, total, missing, evidence_texts.files_line(len(files)) if files else "")


def help_text(turn: TurnState) -> str:
    """What may be typed anywhere, and what the present question wants."""
    lines = [
        *showing.COMMANDS,
        *(
            [rollup_texts.below_help()]
            if turn.view and rollup_view.fed_from_below(turn.form, turn.report.respondent)
            else ()
        ),
        *turn.catalog.menu.help_lines(turn.world.staff.roles()),
        *([evidence_texts.files_help()] if turn.view else ()),
        *showing.HOW_TO_ANSWER,
    ]
    if turn.stood is not None:
        hint = turn.table.help if turn.table else turn.leaf.hint if turn.leaf else ""
        lines += [showing.about_question(hint)] if hint else []
        lines += [f"{places.column_name(column)}: {column.hint}" for column in turn.part.columns if column.hint]
    return "\n".join(lines)
