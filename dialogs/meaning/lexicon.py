"""The phrases people type to the bot, read from ``lexicon.yaml``: words in, the act they stand for out.

Phrases stand in a tree by their words; a class such as ``{fill}`` is one branch, so that nothing is spelled out.
Words are compared with their diacritics, or without where a message has none: "thoi" is "thôi", "thổi" is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from dialogs.reading.cleaning import bare, one_tone, plain


class Act(StrEnum):
    """What a person does with a message that is no answer; POLITE adds nothing to what stands beside it."""

    NEXT = "next"
    SKIP = "skip"
    BACK = "back"
    STOP = "stop"
    SEND = "send"
    HELP = "help"
    QUESTION = "question"
    WAIT = "wait"
    THANKS = "thanks"
    HEARD = "heard"
    SWEAR = "swear"
    MISTAKE = "mistake"
    ABOVE = "above"
    LAST = "last"
    CONTACT = "contact"
    POLITE = "polite"


Words = tuple[str, ...]
ANY_WORD = "*"
_ELEMENT = re.compile(r"\{(\w+)\}|([^{}]+)")
_WORD = re.compile(r"[^\W_]+(?:[/'-][^\W_]+)*|[?]+|[^\w\s.,;:!\"'()…~*/{}-]+")


@dataclass(slots=True)
class PhraseTree:
    """One word further in the tree. ``acts`` are those of the phrases that end here."""

    words: dict[str, PhraseTree] = field(default_factory=dict)
    classes: dict[str, PhraseTree] = field(default_factory=dict)
    acts: set[Act] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The tree of the phrases and, by name, the tree of each class's words (None: any one word)."""

    phrases: PhraseTree
    classes: Mapping[str, PhraseTree | None]

    def from_here(self, words: Words, start: int) -> Iterator[tuple[int, Act]]:
        """Yield where a phrase that begins at ``start`` ends, and its act."""
        for end, branch in self._ways(self.phrases, words, start):
            for act in branch.acts:
                yield end, act

    def _ways(self, branch: PhraseTree, words: Words, at: int) -> Iterator[tuple[int, PhraseTree]]:
        if branch.acts:
            yield at, branch
        if at == len(words):
            return
        further = branch.words.get(words[at])
        if further is not None:
            yield from self._ways(further, words, at + 1)
        for name, after in branch.classes.items():
            for end in self._members(name, words, at):
                yield from self._ways(after, words, end)

    def _members(self, name: str, words: Words, at: int) -> Iterator[int]:
        """Yield where a member of a class that begins ``at`` ends."""
        branch = self.classes[name]
        if branch is None:
            yield at + 1
        while branch is not None and at < len(words):
            branch = branch.words.get(words[at])
            at += 1
            if branch is not None and branch.acts:
                yield at


def words_of(text: str) -> Words:
    """Return the words of ``text`` in lower case; question marks or emoji in a row are a word, other marks none."""
    return tuple(_WORD.findall(one_tone(plain(text))))


def bare_words_of(text: str) -> Words:
    """The words of ``text`` without diacritics."""
    return tuple(bare(word) for word in words_of(text))


@cache
def lexicon() -> Lexicon:
    """Return the phrases with their diacritics; read once in a process."""
    return _tree(words_of)


@cache
def bare_lexicon() -> Lexicon:
    """Return the phrases without diacritics, for messages that have none."""
    return _tree(bare_words_of)


@cache
def _data() -> dict[str, Any]:
    text = (files("dialogs") / "meaning" / "lexicon.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader) if yaml.__with_libyaml__ else yaml.safe_load(text)
    return found


def _tree(spell: Callable[[str], Words]) -> Lexicon:
    data = _data()
    top = PhraseTree()
    for act, phrases in {**data["acts"], Act.POLITE: data["polite"]}.items():
        _plant(top, phrases, Act(act), spell)
    classes: dict[str, PhraseTree | None] = {}
    for name, members in data["classes"].items():
        own = PhraseTree()
        _plant(own, members, Act.POLITE, spell)
        classes[name] = None if members == [ANY_WORD] else own
    return Lexicon(top, classes)


def _plant(top: PhraseTree, phrases: Iterable[str], act: Act, spell: Callable[[str], Words]) -> None:
    for phrase in phrases:
        branch = top
        for name, plain_words in _ELEMENT.findall(phrase):
            if name:
                branch = branch.classes.setdefault(name, PhraseTree())
            for word in spell(plain_words):
                branch = branch.words.setdefault(word, PhraseTree())
        branch.acts.add(act)


@cache
def phrases(name: str) -> frozenset[Words]:
    """Return the phrases of one of the lists of words about figures ("fillers", "nothing"), without diacritics."""
    return frozenset(bare_words_of(each) for each in _data()[name])


@cache
def label_lines() -> tuple[tuple[Words, ...], ...]:
    """Return the lines of names that columns go by, without diacritics; the first of a line is the official one."""
    return tuple(tuple(bare_words_of(each) for each in line) for line in _data()["labels"])
