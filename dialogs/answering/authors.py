"""Who wrote what of a report that several people fill in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dialogs.forms.answers import Answer
from dialogs.forms.question_lookup import column_at
from dialogs.forms.questions import Question
from dialogs.texts import places
from dialogs.texts import sharing as sharing_texts
from dialogs.turn.turn_state import TurnState


def author_lines(turn: TurnState) -> list[str]:
    """Which colleague wrote what is stored for the part that is asked, and when."""
    found: dict[int, list[Answer]] = {}
    addresses = turn.question.part_addresses(turn.part)
    for address in addresses:
        answer = turn.answers.get(address)
        if answer is not None and turn.is_colleagues(answer):
            found.setdefault(answer.who, []).append(answer)
    return [_author_line(turn, each, len(each) < len(addresses)) for each in found.values()]


def _author_line(turn: TurnState, written: Sequence[Answer], named: bool) -> str:
    latest = max((each for each in written if each.at is not None), key=lambda each: str(each.at), default=written[0])
    cells = [_column_name(turn, each) for each in written] if named else []
    return sharing_texts.written_by(latest.by, latest.at, turn.world.zone, [cell for cell in cells if cell])


def _column_name(turn: TurnState, written: Answer) -> str:
    column = column_at(turn.form, written.address)
    return places.column_name(column) if column is not None else ""


def written_here(turn: TurnState, question: Question) -> str:
    """Who wrote the answers of a question, as the contents show it; '' while one person alone works on the report."""
    names = _writers(turn, question) if _is_shared(turn) else ()
    return f" – {', '.join(names)}" if names else ""


def told_writers(turn: TurnState, question: Question) -> list[str]:
    """Who wrote the answers of a question and when, under an answer that is shown in full."""
    latest: dict[str, Answer] = {}
    for answer in _written(turn, question) if _is_shared(turn) else ():
        known = latest.get(answer.by)
        latest[answer.by] = answer if known is None or str(known.at) < str(answer.at) else known
    return [sharing_texts.written_by(each.by, each.at, turn.world.zone) for each in latest.values()]


def told_of_rows(turn: TurnState, rows: Sequence[Question]) -> list[str]:
    """Who wrote which rows of a table; nothing while one person alone works on the report."""
    found: dict[str, list[str]] = {}
    for question in rows if _is_shared(turn) else ():
        row = turn.form.table(question.field).row(question.row)
        for name in _writers(turn, question):
            found.setdefault(name, []).append(row.short or row.label)
    return [sharing_texts.writers(list(found.items()))] if found else []


def _is_shared(turn: TurnState) -> bool:
    """Whether more than one person has written into the report."""
    return len({answer.who for answer in turn.answers.values() if answer.who}) > 1


def _writers(turn: TurnState, question: Question) -> tuple[str, ...]:
    return tuple(dict.fromkeys(answer.by for answer in _written(turn, question)))


def _written(turn: TurnState, question: Question) -> Iterator[Answer]:
    for address in question.addresses:
        answer = turn.answers.get(address)
        if answer is not None and answer.who and answer.by:
            yield answer
