"""What the screens of all questions have in common, whichever dialog asks them.

The question stands last, because the thumb is at the bottom.
"""

from __future__ import annotations

from dialogs.answering import evidence_dialog, last_time, rollup_view, views
from dialogs.answering.letterhead import usual
from dialogs.forms.answers import DOCUMENT_DATA
from dialogs.texts import labels
from dialogs.texts import rollup as rollup_texts
from dialogs.turn.turn_state import TurnState


def question_text(turn: TurnState, accepted: str) -> str:
    """Where the person is, the question, what is stored for it, and last what is ``accepted``."""
    lines = [*views.position(turn), *views.returned(turn), *views.wording(turn), *views.current(turn)]
    lines += last_time.lines(turn) if turn.report.has_last else []
    lines += evidence_dialog.lines(turn) if turn.report.evidence() else []
    return "\n".join([*lines, accepted])


def row_choices(turn: TurnState) -> list[tuple[str, str]]:
    """What a person may say of a whole row, or table, at its first part."""
    row = turn.row
    if row is None or turn.session.part or turn.session.columns or turn.question.added:
        return []
    choices = [("absent", labels.ABSENT)] if row.body else []
    if turn.state == "listing":
        choices.append(("nil_row", labels.NIL_ROW))
    field = turn.question.field
    if turn.question.fed and rollup_view.proposals(turn, field, row.key):
        choices.append((f"below:{field}.{row.key}", rollup_texts.BELOW))
    if _several_open(turn, field):
        choices.append(("ask_nil_table", labels.NIL_TABLE))
    return choices


def _several_open(turn: TurnState, field: str) -> bool:
    found = 0
    for question in turn.asked.by_field[field]:
        found += not turn.is_settled(question)
        if found > 1:
            return True
    return False


def files_choice(turn: TurnState) -> list[tuple[str, str]]:
    """The way from a question to its files, where it has any."""
    return evidence_dialog.see(turn) if turn.report.evidence() else []


def last_text(turn: TurnState) -> list[tuple[str, str]]:
    """Last time's narrative or list: to look at, and to begin with where nothing is written yet."""
    if not turn.report.has_last:
        return []
    found = [("last", rollup_texts.SAME_TEXT)] if last_time.offers_text(turn) else []
    return [*found, ("see_last", rollup_texts.SEE_LAST)] if last_time.has_text(turn) else []


def usual_choices(turn: TurnState) -> list[tuple[str, str]]:
    """The usual values of the letterhead, in one tap."""
    return [("usual", labels.USUAL)] if turn.question.field == DOCUMENT_DATA and usual(turn) else []
