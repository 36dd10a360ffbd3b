"""One event in, a new session and effects out: the only way into the dialogs.

``advance`` finds out what the event means here (a command, a choice, a text), fires that trigger on the machine, and
shows the screen of the state that is reached. It is pure: the same session, event and world give the same result.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from transitions import Machine

from dialogs import texts
from dialogs.answering.extra_rows import follow, known_rows
from dialogs.colleagues import conflict_detection, conflict_store
from dialogs.forms.question_lookup import whole
from dialogs.machine import IN_QUESTION, build
from dialogs.people.joining import code_in
from dialogs.reading import fold
from dialogs.screens import SCREENS
from dialogs.turn import commands
from dialogs.turn.commands import Command
from dialogs.turn.session import Session
from dialogs.turn.transitions import Screen
from dialogs.turn.turn_state import Step
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
from dialogs.values.world import World

MACHINE = build()
LETTERS = "abcdefghijklmnopqrstuvwxyz"
MAX_LABEL = 60
AT_QUESTION = frozenset(IN_QUESTION)

STEADY = frozenset({"share_tell", "goto", "contents", "page", "document", "papers", "review", "compile", "below"})
"""Actions of a button that name their own target or only lead somewhere: they cannot answer another question."""

CLOSED_BY_NEXT = frozenset({"writing", "listing"})
"""States in which a message may end with a line "Tiếp": the answer and its closing in one."""

OPEN_TO_ALL = frozenset({"joining"})
"""States that somebody without any role may stand in."""

INNER = frozenset(
    {
        "say",
        "arrive",
        "doubt",
        "object",
        "item",
        "listed",
        "unsure",
        "explained",
        "figured",
        "replaced",
        "edited",
        "invited",
        "clash",
        "settled",
        "share_done",
        "received",
        "held",
        "shelved",
        "gathered",
        "return_here",
        "accept_here",
        "report_here",
        "progress_here",
        "board_here",
        "place_here",
        "record_here",
        "record_shown",
        "part_known",
        "comment_known",
        "reopen_here",
        "deny_here",
        "changes_here",
        "reason_known",
        "extend_here",
        "remind_here",
        "group_known",
        "day_unclear",
        "day_known",
        "day_wrong",
        "decided",
        "invite_known",
        "invite_counted",
        "invite_made",
        "campaign_known",
        "draft_on",
        "same_group",
        "unclear_day",
    }
)
"""Triggers that no button carries: an invented press cannot fire them."""

ANYWHERE = frozenset(
    {
        "open",
        "conflict",
        "files",
        "dossier",
        "start",
        "help",
        "compile",
        "return",
        "accept",
        "report",
        "reopen",
        "grant",
        "deny",
        "undo_reopening",
        "extend",
        "remind",
        "later",
        "show_changes",
        "changes",
        "ask_correction",
        "lead_review",
        "progress",
        "board",
        "picture",
        "campaigns",
        "record",
        "record_of",
        "record_file",
        "end_role",
        "invite",
        "invites",
        "leave",
        "link",
        "members",
        "revoke",
    }
)
"""The same, whichever report the person has gone to meanwhile."""


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
    step = Step(session=session, world=world, machine=machine, state=session.state, message=event.message)
    _leave_lost_report(step)
    follow(step)
    command = commands.parse(event.text) if isinstance(event, TextReceived) else None
    code = code_in(event)
    if step.state not in OPEN_TO_ALL and not code and _is_stranger(step):
        return _turn_away(step)
    step.fire("check")
    if code and (command is not None or isinstance(event, Started) or not world.belongs()):
        _do(step, Meaning("invited", code))
    else:
        _handle(step, event, command)
    step.fire("check")
    conflict_detection.settle(step)
    return _finish(step, event)


def _leave_lost_report(step: Step) -> None:
    """The report was taken away (a right ended, the campaign closed): the first screen is all there is."""
    if (step.session.report and step.view is None) or step.state not in SCREENS:
        step.session = Session(mark=step.session.mark + 1, draft=step.session.draft, held=step.session.held)
        step.state = "home"
    conflict_store.let_go(step)


def _is_stranger(step: Step) -> bool:
    """Whether the person has no role at all; one who has may have work before any report is asked of them."""
    return step.view is None and not step.world.cards() and not step.world.belongs()


def _turn_away(step: Step) -> tuple[Session, tuple[Effect, ...]]:
    """Somebody without any role learns nothing, not even the name of a unit."""
    return Session(mark=step.session.mark), (Reply(texts.stranger()),)


def _handle(step: Step, event: Event, command: Command | None) -> None:
    if isinstance(event, UnsupportedReceived):
        step.refuse(texts.unsupported(event.what))
    elif isinstance(event, FileReceived):
        _file(step, event)
    elif isinstance(event, MessageEdited):
        _edited(step, event)
    elif isinstance(event, Started):
        _do(step, Meaning("start"))
    elif isinstance(event, ChoicePressed):
        _do(step, _pressed(step, event.choice))
    else:
        _do(step, _typed(step, event.text, command))


def _file(step: Step, event: FileReceived) -> None:
    """A file belongs to the question that is asked, or it is asked where it belongs."""
    step.file = event
    if not step.fire("received"):
        why = event.refused or texts.file_not_now(event.name or texts.A_PHOTO)
        step.refuse(f"{why}\n{texts.note_not_kept(event.caption)}" if event.caption.strip() else why)


def _edited(step: Step, event: MessageEdited) -> None:
    """A message that was refused or asked back is put right by editing it; any other one is answered anew."""
    step.text = event.text
    if not event.message or event.message != step.session.missed:
        step.fire("edited")
        return
    if not any(part[0] != event.message for part in step.session.pending.get("parts", ())):
        step.set(pending={}, mark=step.session.mark + 1)
        step.fire("arrive")
    # Else another message is held: it stays so, and the one that was refused joins it or is refused again.
    _do(step, _typed(step, event.text, commands.parse(event.text)))


def _typed(step: Step, text: str, command: Command | None) -> Meaning | None:
    """A command, else a choice by its key or label, else a text."""
    if command is not None and command.trigger == "unknown":
        step.refuse(texts.unknown_command(command.place))
        return None
    if command is not None:
        return Meaning(command.trigger, command.said or command.place, text)
    action = _choice_typed(step, text)
    if action is not None:
        trigger, _, argument = action.partition(":")
        return Meaning(trigger, argument, text)
    body, closing = commands.without_closing(text) if step.state in CLOSED_BY_NEXT else (text, False)
    return Meaning("say", "", body, "next" if closing else "")


def _choice_typed(step: Step, text: str) -> str | None:
    if len(text) > MAX_LABEL:
        return None
    typed = fold(text).strip().rstrip(".)")
    for key, action, label in step.session.choices:
        if typed in (key, _folded(label)):
            return action
    return None


@lru_cache(1024)
def _folded(label: str) -> str:
    """A label as it may be typed; the same few labels stand on every screen."""
    return fold(label)


def _pressed(step: Step, choice: str) -> Meaning | None:
    """A button: if it belongs to an earlier screen it answers nothing, and the person is told where they are."""
    head, _, action = choice.partition(":")
    trigger, _, argument = action.partition(":")
    numbers = [number for word in head.split(".") if (number := whole(word)) is not None]
    if len(numbers) != 3 or not trigger or trigger in INNER:
        step.refuse(texts.no_such_choice())
        return None
    report, question, mark = numbers
    here = report == step.session.report
    fresh = here and (mark == step.session.mark or trigger in STEADY)
    if not fresh and trigger not in ANYWHERE:
        _stale(step, report, question)
        return None
    return Meaning(trigger, argument)


def _stale(step: Step, report: int, number: int) -> None:
    current = ""
    if step.view is not None and step.at(step.session.question) is not None:
        current = texts.place_of(step)
    question = step.at(number) if step.view is not None and report == step.session.report else None
    if question is None or number == step.session.question or not step.may_write(question):
        step.refuse(texts.stale_screen(current))
        return
    step.refuse(texts.stale(texts.question_place(step, question), current))
    step.extras.append((f"goto:{number}", texts.mend(texts.question_place(step, question))))


def _do(step: Step, meaning: Meaning | None) -> None:
    if meaning is None:
        return
    step.text, step.argument = meaning.text, meaning.argument
    if not step.fire(meaning.trigger):
        step.refuse(texts.not_here())
    elif meaning.then and step.state in CLOSED_BY_NEXT and not step.refused:
        step.body = ""
        step.fire(meaning.then)


def _finish(step: Step, event: Event) -> tuple[Session, tuple[Effect, ...]]:
    screen = SCREENS[step.state](step)
    choices = _choices(step, screen)
    stored = tuple((choice.key, choice.id.partition(":")[2], choice.label) for choice in choices)
    session = replace(step.session, state=step.state, choices=stored, missed=_missed(step, event), rows=_rows(step))
    session = replace(session, parts=_parts(step), seen=conflict_detection.seen(step))
    reply = Reply(_text(step, screen), choices, step.refused, screen.asks or _asks(step), _progress(step))
    return session, (*step.effects, reply)


def _missed(step: Step, event: Event) -> str:
    """The message that was just refused or asked back; a sticker or a button that leads nowhere forgets none."""
    known = step.session.missed
    if not isinstance(event, TextReceived) and not (isinstance(event, MessageEdited) and event.message == known):
        return known
    alone = len(step.session.pending.get("parts", ())) <= 1
    unanswered = step.refused or step.session.pending
    return event.message if step.state in AT_QUESTION and unanswered and alone else ""


def _text(step: Step, screen: Screen) -> str:
    """Why the last message was not taken, or its receipt; then the screen, unless the receipt is the whole reply."""
    shown = step.body or screen.text
    head = [step.refused] if step.refused and step.refused not in shown else []
    return "\n\n".join(["\n".join([*head, *step.notes]), shown] if head or step.notes else [shown])


def _choices(step: Step, screen: Screen) -> tuple[Choice, ...]:
    session = step.session
    question = session.question if step.state in AT_QUESTION else 0
    head = f"{session.report}.{question}.{session.mark}"
    keys = LETTERS if step.numbers_wanted else [str(number) for number in range(1, 40)]
    wanted: dict[str, str] = {}
    for action, label in (*step.offers, *screen.choices, *step.extras):
        wanted.setdefault(action, label)
    found = zip(keys, wanted.items(), strict=False)
    return tuple(Choice(f"{head}:{action}", label, key) for key, (action, label) in found)


def _asks(step: Step) -> Asks | None:
    """What is asked for, as a program may want to know it; None where no question is open."""
    if step.state not in AT_QUESTION or step.view is None:
        return None
    part, question, view = step.part, step.question, step.report
    columns = tuple(column.key for column in step.wanted)
    kind = part.kind
    if part.columns and kind not in ("list", "documents", "blanks"):
        kinds = {column.kind.value for column in step.wanted}
        kind = kinds.pop() if len(kinds) == 1 else "row"
    return Asks(view.campaign, view.form.key, question.field, question.row, columns, kind)


def _rows(step: Step) -> tuple[str, ...]:
    """The rows added by the unit, by which the questions of the session are numbered."""
    return known_rows(step) if step.view is not None and step.report.form.open_rows else ()


def _parts(step: Step) -> tuple[str, ...]:
    """The parts of the report that are the person's, by which the questions of the session are numbered."""
    return (step.report.parts or ()) if step.view is not None else ()


def _progress(step: Step) -> tuple[int, int] | None:
    return step.progress() if step.view is not None else None
