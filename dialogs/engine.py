"""One event in, a new session and effects out: the only way into the dialogs.

``advance`` finds out what the event means here (a command, a choice, a text), fires that trigger on the machine, and
shows the screen of the state that is reached. It is pure: the same session, event and world give the same result.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from transitions import Machine

from dialogs.answering.extra_rows import follow, known_rows
from dialogs.colleagues import conflict_detection, conflict_store
from dialogs.forms.question_lookup import whole
from dialogs.kinds import Kind, kind_of
from dialogs.machine import CATALOG, STATES, build
from dialogs.overview import talking
from dialogs.people.joining import code_in
from dialogs.reading import fold
from dialogs.reading.cleaning import plain
from dialogs.texts import evidence as evidence_texts
from dialogs.texts import places, receipts, refusals
from dialogs.turn.commands import Command
from dialogs.turn.session import Session
from dialogs.turn.transitions import Screen
from dialogs.turn.turn_state import TurnState
from dialogs.values.effects import Asks, Choice, Effect, Reply
from dialogs.values.events import (
    ChoicePressed,
    Event,
    FileReceived,
    MessageEdited,
    Started,
    TextReceived,
    UnsupportedReceived,
)
from dialogs.values.report_view import ReportView
from dialogs.values.world import World

MACHINE = build()
LETTERS = "abcdefghijklmnopqrstuvwxyz"
MAX_LABEL = 60
_FIGURES = re.compile(r"[\d\s.,;|%+-]+")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an event means here: the trigger to fire, its argument, and the text it came with."""

    trigger: str
    argument: str = ""
    text: str = ""
    then: str = ""


def advance(
    session: Session, event: Event, world: World, machine: Machine = MACHINE
) -> tuple[Session, tuple[Effect, ...]]:
    """Handle one event. Returns the session to store and the effects to apply; exactly one of them is a ``Reply``.

    A person's mistake is part of the reply. An exception is a fault of ours: nothing of the turn may be kept.
    """
    turn = TurnState(
        session=session, world=world, machine=machine, catalog=CATALOG, state=session.state, message=event.message
    )
    _leave_lost_report(turn)
    if turn.view is not None and _is_numbered_anew(turn, turn.view):
        follow(turn)
    command = command_in(event)
    # A text from somebody at work in a report is no code: whoever has a report has a role.
    code = code_in(event, command) if turn.view is None or command or isinstance(event, Started) else ""
    if turn.state not in CATALOG.open_to_all and not code and _is_stranger(turn):
        return _turn_away(turn)
    turn.fire("check")
    if code and (command is not None or isinstance(event, Started) or not world.belongs()):
        _do(turn, Meaning("invited", code))
    else:
        _handle(turn, event, command)
    turn.fire("check")
    conflict_detection.settle(turn)
    return _finish(turn, event)


def command_in(event: Event) -> Command | None:
    """Return the command that a message is, None for any other event."""
    return CATALOG.commands.parse(event.text) if isinstance(event, TextReceived) else None


def _leave_lost_report(turn: TurnState) -> None:
    """The report was taken away (a right ended, the campaign closed): the first screen is all there is."""
    if (turn.session.report and turn.view is None) or turn.state not in STATES:
        turn.begin_anew(Session(mark=turn.session.mark + 1, draft=turn.session.draft, held=turn.session.held))
        turn.state = "home"
    if turn.session.held:
        conflict_store.let_go(turn)


def _is_numbered_anew(turn: TurnState, view: ReportView) -> bool:
    """Whether rows that the unit added, or parts that are the person's, may be others than at the last turn."""
    session = turn.session
    return view.form.open_rows or bool(session.rows) or session.parts != (view.parts or ())


def _is_stranger(turn: TurnState) -> bool:
    """Whether the person has no role at all; one who has may have work before any report is asked of them."""
    return turn.view is None and not turn.world.cards() and not turn.world.belongs()


def _turn_away(turn: TurnState) -> tuple[Session, tuple[Effect, ...]]:
    """Somebody without any role learns nothing, not even the name of a unit."""
    return Session(mark=turn.session.mark), (Reply(refusals.stranger()),)


def _handle(turn: TurnState, event: Event, command: Command | None) -> None:
    if isinstance(event, UnsupportedReceived):
        turn.refuse(refusals.unsupported(event.what))
    elif isinstance(event, FileReceived):
        _file(turn, event)
    elif isinstance(event, MessageEdited):
        _edited(turn, event)
    elif isinstance(event, Started):
        _do(turn, Meaning("start"))
    elif isinstance(event, ChoicePressed):
        _do(turn, _pressed(turn, event.choice))
    else:
        _do(turn, _typed(turn, event.text, command))


def _file(turn: TurnState, event: FileReceived) -> None:
    """A file belongs to the question that is asked, or it is asked where it belongs."""
    turn.file = event
    if not turn.fire("received"):
        why = event.refused or evidence_texts.file_not_now(event.name or evidence_texts.A_PHOTO)
        turn.refuse(f"{why}\n{evidence_texts.note_not_kept(event.caption)}" if event.caption.strip() else why)


def _edited(turn: TurnState, event: MessageEdited) -> None:
    """A message that was refused or asked back is put right by editing it; any other one is answered anew."""
    turn.text = event.text
    if not event.message or event.message != turn.session.missed:
        turn.fire("edited")
        return
    if not any(part[0] != event.message for part in (turn.session.kept.messages if turn.session.kept else ())):
        turn.set(kept=None, mark=turn.session.mark + 1)
        turn.fire("arrive")
    # Else another message is held: it stays so, and the one that was refused joins it or is refused again.
    _do(turn, _typed(turn, event.text, CATALOG.commands.parse(event.text)))


def _typed(turn: TurnState, text: str, command: Command | None) -> Meaning | None:
    """What a message means; an unknown command is refused."""
    if command is not None and command.trigger == "unknown":
        turn.refuse(refusals.unknown_command(command.place))
        return None
    meaning = _meaning(text, command, turn.state, turn.session.choices)
    spoken = meaning.trigger == "say" and _FIGURES.fullmatch(text) is None
    talk = talking.meant(turn, text) if spoken else None
    return Meaning(*talk, text) if talk else meaning


def _meaning(text: str, command: Command | None, state: str, choices: Sequence[tuple[str, str, str]]) -> Meaning:
    """What a message means, before any question reads it: a command, else a choice by its key or label, else a text.

    This is the one place where that is decided, by nothing but what stands here.
    """
    if command is not None:
        return Meaning(command.trigger, command.said or command.place, text)
    action = _choice_typed(text, choices)
    if action:
        trigger, _, argument = action.partition(":")
        return Meaning(trigger, argument, text)
    body, closing = CATALOG.commands.without_closing(text) if state in CATALOG.closed_by_next else (text, False)
    return Meaning("say", "", body, "next" if closing else "")


def _choice_typed(text: str, choices: Sequence[tuple[str, str, str]]) -> str:
    """The action of the choice that is typed, '' if none is."""
    if len(text) > MAX_LABEL:
        return ""
    typed, as_key = fold(text).strip().rstrip(".)"), plain(text).rstrip(".)")
    for key, action, label in choices:
        # "à" is no letter of a choice.
        if typed == _folded(label) or (as_key == key and action.partition(":")[0] not in CATALOG.named_only):
            return action
    return ""


@lru_cache(1024)
def _folded(label: str) -> str:
    """A label as it may be typed; the same few labels stand on every screen."""
    return fold(label)


def _pressed(turn: TurnState, choice: str) -> Meaning | None:
    """A button: if it belongs to an earlier screen it answers nothing, and the person is told where they are."""
    head, _, action = choice.partition(":")
    trigger, _, argument = action.partition(":")
    numbers = [number for word in head.split(".") if (number := whole(word)) is not None]
    if len(numbers) != 3 or not trigger or trigger in CATALOG.inner:
        turn.refuse(refusals.no_such_choice())
        return None
    report, question, mark = numbers
    here = report == turn.session.report
    fresh = here and (mark == turn.session.mark or trigger in CATALOG.steady)
    if not fresh and trigger not in CATALOG.anywhere:
        _stale(turn, report, question)
        return None
    return Meaning(trigger, argument)


def _stale(turn: TurnState, report: int, number: int) -> None:
    current = ""
    if turn.stood is not None:
        current = turn.place
    question = turn.at(number) if turn.view is not None and report == turn.session.report else None
    if question is None or number == turn.session.question or not turn.may_write(question):
        turn.refuse(refusals.stale_screen(current))
        return
    turn.refuse(refusals.stale(places.question_place(turn.form, question), current))
    turn.extras.append((f"goto:{number}", receipts.mend(places.question_place(turn.form, question))))


def _do(turn: TurnState, meaning: Meaning | None) -> None:
    if meaning is None:
        return
    turn.text, turn.argument = meaning.text, meaning.argument
    if not turn.fire(meaning.trigger):
        turn.refuse(refusals.not_here())
    elif meaning.then and turn.state in CATALOG.closed_by_next and not turn.refused:
        turn.body = ""
        turn.fire(meaning.then)


def _finish(turn: TurnState, event: Event) -> tuple[Session, tuple[Effect, ...]]:
    screen = STATES[turn.state].screen(turn)
    choices = _choices(turn, screen)
    stored = tuple([(choice.key, choice.id.partition(":")[2], choice.label) for choice in choices])
    session = turn.session._replace(
        state=turn.state,
        choices=stored,
        missed=_missed(turn, event),
        rows=_rows(turn),
        parts=_parts(turn),
        seen=conflict_detection.seen(turn),
    )
    reply = Reply(_text(turn, screen), choices, turn.refused, screen.asks or _asks(turn), _progress(turn))
    return session, (*turn.effects, reply)


def _missed(turn: TurnState, event: Event) -> str:
    """The message that was just refused or asked back; a sticker or a button that leads nowhere forgets none."""
    known = turn.session.missed
    if not isinstance(event, TextReceived) and not (isinstance(event, MessageEdited) and event.message == known):
        return known
    kept = turn.session.kept
    alone = kept is None or len(kept.messages) <= 1
    unanswered = turn.refused or kept
    return event.message if turn.state in CATALOG.at_question and unanswered and alone else ""


def _text(turn: TurnState, screen: Screen) -> str:
    """Why the last message was not taken, or its receipt; then the screen, unless the receipt is the whole reply."""
    shown = turn.body or screen.text
    head = [turn.refused] if turn.refused and turn.refused not in shown else []
    return "\n\n".join(["\n".join([*head, *turn.notes]), shown] if head or turn.notes else [shown])


def _choices(turn: TurnState, screen: Screen) -> tuple[Choice, ...]:
    session = turn.session
    question = session.question if turn.state in CATALOG.at_question else 0
    head = f"{session.report}.{question}.{session.mark}"
    keys = LETTERS if turn.numbers_wanted else [str(number) for number in range(1, 40)]
    wanted: dict[str, str] = {}
    for action, label in (*turn.offers, *screen.choices, *turn.extras):
        wanted.setdefault(action, label)
    found = zip(keys, wanted.items(), strict=False)
    return tuple([Choice(f"{head}:{action}", label, _key(action, label, key)) for key, (action, label) in found])


def _key(action: str, label: str, key: str) -> str:
    """By what a choice is typed; what cannot be taken back has no short key: it is typed in full."""
    return label.lower() if action.partition(":")[0] in CATALOG.named_only else key


def _asks(turn: TurnState) -> Asks | None:
    """What is asked for, as a program may want to know it; None where no question is open."""
    if turn.state not in CATALOG.at_question or turn.view is None:
        return None
    part, question, view = turn.part, turn.question, turn.report
    columns = tuple(column.key for column in turn.wanted)
    kind = kind_of(column.kind for column in turn.wanted) if part.kind is Kind.ROW else part.kind
    return Asks(view.campaign, view.form.key, question.field, question.row, columns, kind)


def _rows(turn: TurnState) -> tuple[str, ...]:
    """The rows added by the unit, by which the questions of the session are numbered."""
    return known_rows(turn) if turn.view is not None and turn.report.form.open_rows else ()


def _parts(turn: TurnState) -> tuple[str, ...]:
    """The parts of the report that are the person's, by which the questions of the session are numbered."""
    return (turn.report.parts or ()) if turn.view is not None else ()


def _progress(turn: TurnState) -> tuple[int, int] | None:
    return turn.progress() if turn.view is not None else None
