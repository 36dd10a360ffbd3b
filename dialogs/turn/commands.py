"""Commands that work in every state, typed with or without a slash, diacritics and capitals.

Without the slash a command counts only if it is the whole message, so that "bỏ qua các thủ tục" stays an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from dialogs.reading import fold
from dialogs.values.rights import Right

MAX_SAID = 4096
"""The longest command with its comment: one message."""

_PLACE = re.compile(
    r"[0-9]{1,3}(\.[a-z0-9]+)*|pl[0-9]+(\.[a-z0-9]+)*|(p[0-9]\.)?[ivx]+(\.[a-z0-9]+)*|[a-z_]+(\.[a-z0-9_]+)+|vb"
)
_LONGEST = 72
"""Of a message without a slash; longer ones are answers."""


class Takes(Enum):
    """What may stand behind a command: a place of the form ("12", "PL3.2"), or anything (a name, a code, a comment)."""

    NOTHING = auto()
    PLACE = auto()
    ANYTHING = auto()


@dataclass(frozen=True, slots=True)
class TypedCommand:
    """A command that a dialog answers: ``names`` are what may be typed (folded), ``trigger`` what it fires.

    The first name stands in the menu with its ``description``, at its place by ``order``, for those who have ``right``
    (None: any role); ``basic``: it is part of every report. ``only_slashed`` are words of every day ("mời", "rồi"):
    alone, without the slash, they are an answer.
    """

    trigger: str
    names: tuple[str, ...]
    description: str
    order: int
    right: Right | None = None
    basic: bool = False
    takes: Takes = Takes.NOTHING
    only_slashed: tuple[str, ...] = ()

    @property
    def command(self) -> str:
        """Its name in the menu."""
        return self.names[0]


@dataclass(frozen=True, slots=True)
class Command:
    """``trigger`` as in the table of transitions, ``place`` as typed ("12", "PL3.2"), '' for none.

    ``said`` is the same as the person spelled it, where a command takes anything: a name keeps its diacritics.
    """

    trigger: str
    place: str = ""
    said: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Commands:
    """Every command by each of its names, of which the longest has ``most_words``."""

    by_name: Mapping[str, TypedCommand]
    most_words: int

    def parse(self, text: str) -> Command | None:
        """Return the command that the whole message is, None if it is not one.

        An unknown word after a slash is the command "unknown", so that it is never taken for an answer.
        """
        if len(text) > (MAX_SAID if text.lstrip().startswith("/") else _LONGEST):
            return None
        folded = fold(text).strip()
        slash = folded.startswith("/")
        words = folded.removeprefix("/").split("@")[0].strip()
        whole = self.by_name.get(words)
        if whole is not None and (slash or words not in whole.only_slashed):
            return Command(whole.trigger)
        name = self._begins_with(words)
        found = self.by_name.get(name)
        if found is not None:
            command = _with_rest(found, text, name, words.removeprefix(name).strip(), slash)
            if command is not None:
                return command
        if len(text) > _LONGEST:
            return None
        return Command("unknown", words) if slash and words and " " not in words and "/" not in words else None

    def _begins_with(self, words: str) -> str:
        """The longest name that a message begins with and that something follows, '' if none."""
        first = words.split(" ", self.most_words)[: self.most_words]
        for count in range(len(first), 0, -1):
            name = " ".join(first[:count])
            if name in self.by_name and len(name) < len(words):
                return name
        return ""

    def without_closing(self, text: str) -> tuple[str, bool]:
        """Return a message without a last line "Tiếp", and whether it had one: answer and closing in one message."""
        body, _, last = text.rstrip().rpartition("\n")
        closing = bool(body.strip()) and self.parse(last) == Command("next")
        return (body, True) if closing else (text, False)


def commands_of(known: Iterable[TypedCommand]) -> Commands:
    """Return ``known`` by what may be typed."""
    by_name = {name: each for each in known for name in each.names}
    return Commands(by_name, max(name.count(" ") + 1 for name in by_name))


def _with_rest(found: TypedCommand, text: str, name: str, rest: str, slash: bool) -> Command | None:
    """A command with what stands behind its name; None if it may not stand there, so that the message is an answer."""
    if slash and found.takes is Takes.ANYTHING:
        return Command(found.trigger, rest, _said(text, name))
    if len(text) > _LONGEST:
        return None
    place = _spoken(rest)
    if found.takes is Takes.PLACE and (slash or _PLACE.fullmatch(place)):
        return Command(found.trigger, place)
    return Command(found.trigger) if slash else None


def _said(text: str, name: str) -> str:
    """What stands behind the command, as it was typed."""
    words = text.split(maxsplit=name.count(" ") + 1)
    return words[-1].strip() if len(words) > name.count(" ") + 1 else ""


def _spoken(place: str) -> str:
    """A place as it is said, "phu luc 3 hang 2", as it is written: "pl3.2"."""
    bare = re.sub(r"\b(muc|cau|so|phan) ", "", place)
    return re.sub(r" hang ", ".", re.sub(r"\b(phu luc|pl) ?(?=[0-9])", "pl", bare))
