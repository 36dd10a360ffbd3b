"""What a row of a table of transitions is; each dialog has such a table, ``machine`` runs them all as one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from dialogs.turn.turn_state import TurnState
from dialogs.values.effects import Asks

Action: TypeAlias = Callable[[TurnState], None]
Condition: TypeAlias = Callable[[TurnState], bool]

ANY = "*"
"""As a source: every state."""

AT_QUESTION = "?"
"""As a source: every state in which a question of the report is open."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One way of a dialog; ``machine`` tells how ways are taken."""

    trigger: str
    source: str | tuple[str, ...]
    target: str | None
    condition: Condition | None = None
    action: Action | None = None


@dataclass(frozen=True, slots=True)
class Screen:
    """``choices`` are (action, label); they are numbered, or lettered where digits are a legal answer.

    ``asks`` says what is asked for where that is not the question the session stands at.
    """

    text: str
    choices: tuple[tuple[str, str], ...] = ()
    asks: Asks | None = None
