"""Talk to the bot at a question: told from an answer before any kind of question takes it, and answered helpfully.

Words that steer ("xong", "lùi lại", "gửi đi") go the way of the command they stand for. All else that is no answer is
answered with what is asked here and how to go on; where words could be the answer they are stored only on a press.
"""

from __future__ import annotations

from dialogs.answering import narrative, question_screen
from dialogs.answering.kept import CellsAsked, OldFontAsked, WordAsked
from dialogs.kinds import Kind
from dialogs.meaning.lexicon import Act
from dialogs.meaning.message import meaning_of
from dialogs.reading import Outcome, read
from dialogs.texts import asking
from dialogs.turn.dialog import Dialog
from dialogs.turn.navigation import ASKING
from dialogs.turn.transitions import Transition
from dialogs.turn.turn_state import TurnState

STEERING = {Act.NEXT: "next", Act.SKIP: "skip", Act.BACK: "back", Act.STOP: "cancel", Act.SEND: "review"}
"""Acts that are a command in other words. To want it sent opens the review: nothing is sent by a word here."""


def meant(turn: TurnState, text: str) -> tuple[str, str] | None:
    """Return the trigger and its argument if a message at a question is no answer; None where it may be one."""
    if turn.state not in ASKING and not _asked_about_words(turn):
        return None
    act = meaning_of(text).act
    if act is None or (turn.state == "filling" and _is_answer(turn, text, act)):
        return None
    return (STEERING[act], "") if act in STEERING else ("talk", act.value)


def _asked_about_words(turn: TurnState) -> bool:
    """Whether words of a narrative or a list are asked back: what is typed now is no part of them if it is talk."""
    if turn.state != "asked_back":
        return False
    return turn.keeps(WordAsked) is not None or turn.keeps(OldFontAsked) is not None


def _is_answer(turn: TurnState, text: str, act: Act) -> bool:
    """Whether the first cell that is wanted reads the words itself: as a state, a choice, a figure, or none of them."""
    column = turn.wanted[0]
    if column.kind is Kind.TEXT:
        return False
    return act in SAID_BY_THE_CELL or read(text, turn.spec(column)).outcome is not Outcome.REFUSED


SAID_BY_THE_CELL = frozenset({Act.HEARD, Act.ABOVE, Act.LAST, Act.CONTACT})
"""At a figure its own refusal says more: what was read, what is accepted, an example."""


def talk(turn: TurnState) -> None:
    """Answer what was said to the bot. Nothing is stored; the words wait where they could be the answer after all."""
    said = asking.TALK[turn.argument]
    if turn.keeps(OldFontAsked) is not None:
        turn.refuse(said)
    elif turn.state == "filling":
        _at_cells(turn, said)
    else:
        narrative.ask_if_content(turn, f"{said}\n\n{_question(turn)}")


def _question(turn: TurnState) -> str:
    return question_screen.question_text(turn, asking.IF_CONTENT)


def _at_cells(turn: TurnState, said: str) -> None:
    if turn.wanted[0].kind is not Kind.TEXT:
        turn.refuse(said)
        return
    options = (asking.as_content(turn.text.strip()),)
    turn.set(kept=CellsAsked(f"{said}\n\n{_question(turn)}", (turn.text,), 0, options))
    turn.fire("doubt")


DIALOG = Dialog(
    "talking",
    table=(Transition("talk", (*ASKING, "asked_back"), None, None, talk),),
    inner=("talk",),
)
