"""What the dialogs about colleagues keep between turns."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.turn.kept import Kept


@dataclass(frozen=True, slots=True)
class Sharing(Kept):
    """What is known of a part that is being handed over: which, to whom (0: not known), what else they see."""

    kind = "sharing"
    prefix: str = ""
    person: int = 0
    sees_all: bool = False
