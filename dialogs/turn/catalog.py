"""What all dialogs say of themselves, gathered once: the engine, a turn and the doors look it up here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.turn.commands import Commands
from dialogs.turn.errand import Errand
from dialogs.turn.menu import Menu


@dataclass(frozen=True, slots=True)
class Catalog:
    """States and triggers by what holds of them, commands and errands by their names; see ``dialog`` for each."""

    lettered: frozenset[str]
    at_question: frozenset[str]
    closed_by_next: frozenset[str]
    open_to_all: frozenset[str]
    inner: frozenset[str]
    anywhere: frozenset[str]
    steady: frozenset[str]
    named_only: frozenset[str]
    commands: Commands
    menu: Menu
    errands: Mapping[str, Errand]
