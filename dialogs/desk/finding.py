"""Finding a unit by what a person types: its code or name, whole or in part, with or without diacritics."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar
from unicodedata import normalize

from dialogs.reading import fold


class Named(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...


T = TypeVar("T", bound=Named)


def find(units: Sequence[T], typed: str) -> tuple[T, ...]:
    """Return the units that ``typed`` may mean, in their order; one if it is clear, several if it has to be asked back.

    A code or a whole name wins over a part of a name, what matches with its diacritics over what matches without, a
    name that ends in it ("An Bình") over one that goes on ("An Bình Đông").
    """
    wanted = fold(typed).strip()
    if not wanted:
        return ()
    by_code = tuple(each for each in units if fold(each.code) == wanted)
    if by_code:
        return by_code
    found = tuple(each for each in units if f" {wanted} " in f" {fold(each.name)} ")
    for better in (_spelled(found, typed), _whole(found, wanted), _ending(found, wanted)):
        found = better or found
    return found


def _spelled(found: Sequence[T], typed: str) -> tuple[T, ...]:
    words = _words(typed)
    return tuple(each for each in found if f" {words} " in f" {_words(each.name)} ")


def _words(text: str) -> str:
    return " ".join(normalize("NFC", text).casefold().split())


def _whole(found: Sequence[T], wanted: str) -> tuple[T, ...]:
    return tuple(each for each in found if fold(each.name) == wanted)


def _ending(found: Sequence[T], wanted: str) -> tuple[T, ...]:
    return tuple(each for each in found if fold(each.name).endswith(f" {wanted}"))
