"""What a dialog keeps between turns: a frozen value of the dialog's own.

Each stands in ``kept`` of the dialog's room, is named in its ``Dialog.keeps`` and reached by ``TurnState.kept``;
``stored`` writes it down. All else of the bot knows of it only what every such value tells: what would be lost if the
dialog were left now.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from dialogs.values.attached import HeldFile


class HeldMessage(NamedTuple):
    """A message whose meaning is asked back: its id, its text as it came, and converted ('': in no old font)."""

    message: str
    text: str
    converted: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """``kind`` is its name in a stored session, which stays for ever."""

    kind: ClassVar[str]

    @property
    def typed(self) -> tuple[str, ...]:
        """What was typed and is stored nowhere yet."""
        return ()

    @property
    def messages(self) -> tuple[HeldMessage, ...]:
        """The messages among it, where the words are a narrative or a list."""
        return ()

    @property
    def as_shown(self) -> bool:
        """Whether those are stored as they were shown converted, even if nothing is decided."""
        return False

    @property
    def files(self) -> tuple[HeldFile, ...]:
        """The files that came and are attached to nothing yet."""
        return ()

    @property
    def entry(self) -> int:
        """The number of the entry of a list that is being mended; 0: none."""
        return 0


@dataclass(frozen=True, slots=True)
class AskedBack(Kept):
    """Something may mean two things: ``ask`` is the question, ``labels`` are the answers offered."""

    ask: str

    @property
    def labels(self) -> tuple[str, ...]:
        return ()
