"""What a person wrote while a colleague's newer answer stood there: held until they have decided whose is to stand."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.forms.answers import Address, State, Value
from dialogs.values.effects import Piece


@dataclass(frozen=True, slots=True)
class HeldAnswer:
    """What a person wrote at one address while a colleague's version ``theirs`` stood there.

    ``base`` is the version that the person had seen (0: none). ``tail``: the pieces are only those that were added, and
    there is no ``value``.
    """

    address: Address
    theirs: int
    base: int
    state: State
    value: Value
    closed: bool
    reason: str
    basis: str
    pieces: tuple[Piece, ...] | None
    tail: bool


@dataclass(frozen=True, slots=True)
class HeldWriting:
    """All of one ``message`` that is held; ``cut``: a chat program cut it, so that its rest is to come."""

    report: int
    message: str
    cut: bool
    saves: tuple[HeldAnswer, ...]

    @property
    def messages(self) -> frozenset[str]:
        """The messages it came from."""
        return frozenset((self.message, *(piece.message for each in self.saves for piece in each.pieces or ())))
