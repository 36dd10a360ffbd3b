"""What a dialog is: its states with their screens, its ways, its commands, as one value beside its functions.

``machine`` names every dialog once; all that the engine must know of them together is gathered from these values.
To add a dialog: write its functions, end the file with its ``DIALOG``, name it in ``machine``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from dialogs.turn.catalog import Catalog
from dialogs.turn.commands import TypedCommand, commands_of
from dialogs.turn.errand import Errand
from dialogs.turn.kept import Kept
from dialogs.turn.menu import menu_of
from dialogs.turn.transitions import Screen, Transition
from dialogs.turn.turn_state import TurnState

Shown: TypeAlias = Callable[[TurnState], Screen]


@dataclass(frozen=True, slots=True)
class DialogState:
    """Where a person may stand: its ``name`` is stored, ``meaning`` is written into the diagram.

    ``lettered``: a digit may be (part of) an answer here, so choices are typed by letter.
    ``at_question``: a question of the report is open. ``closed_by_next``: a message may end with a line "Tiếp".
    ``open_to_all``: somebody without any role may stand here.
    """

    name: str
    meaning: str
    screen: Shown
    lettered: bool = False
    at_question: bool = False
    closed_by_next: bool = False
    open_to_all: bool = False


@dataclass(frozen=True, slots=True)
class Dialog:
    """One dialog. ``table`` are its ways; where two dialogs know one trigger, the order in ``machine`` decides.

    ``inner`` are triggers that only an action fires: an invented press cannot. ``anywhere`` are those of buttons that
    work whichever report the person has gone to meanwhile, ``steady`` those that name their own target or only lead
    somewhere, so that an old button with one cannot answer another question. ``named_only`` are those of what cannot be
    taken back: a button, or its label typed in full, never the number or letter before it. ``commands`` are what may
    be typed to begin it, ``errands`` what of these ``target_picker`` finds the target of, ``keeps`` the types of what
    it keeps from one turn to the next.
    """

    name: str
    table: tuple[Transition, ...]
    states: tuple[DialogState, ...] = ()
    inner: tuple[str, ...] = ()
    anywhere: tuple[str, ...] = ()
    steady: tuple[str, ...] = ()
    named_only: tuple[str, ...] = ()
    commands: tuple[TypedCommand, ...] = ()
    errands: tuple[Errand, ...] = ()
    keeps: tuple[type[Kept], ...] = ()


def catalog_of(dialogs: Sequence[Dialog]) -> Catalog:
    """Gather what ``dialogs`` say of their states and triggers."""
    states = [state for dialog in dialogs for state in dialog.states]
    commands = [command for dialog in dialogs for command in dialog.commands]
    return Catalog(
        lettered=frozenset(state.name for state in states if state.lettered),
        at_question=frozenset(state.name for state in states if state.at_question),
        closed_by_next=frozenset(state.name for state in states if state.closed_by_next),
        open_to_all=frozenset(state.name for state in states if state.open_to_all),
        inner=frozenset(trigger for dialog in dialogs for trigger in dialog.inner),
        anywhere=frozenset(trigger for dialog in dialogs for trigger in dialog.anywhere),
        steady=frozenset(trigger for dialog in dialogs for trigger in dialog.steady),
        named_only=frozenset(trigger for dialog in dialogs for trigger in dialog.named_only),
        commands=commands_of(commands),
        menu=menu_of(commands),
        errands={errand.name: errand for dialog in dialogs for errand in dialog.errands},
    )
