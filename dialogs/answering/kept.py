"""What the dialogs about answers keep between turns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dialogs.forms.answers import Address
from dialogs.turn.kept import AskedBack, HeldMessage, Kept
from dialogs.values.attached import HeldFile


@dataclass(frozen=True, slots=True)
class CellsAsked(AskedBack):
    """Pieces of a message of which the one at ``index`` is asked back; ``picks`` says how others are meant."""

    kind = "cells"
    texts: tuple[str, ...]
    index: int
    options: tuple[str, ...]
    picks: Mapping[int, int] = field(default_factory=dict)

    @property
    def typed(self) -> tuple[str, ...]:
        return self.texts

    @property
    def labels(self) -> tuple[str, ...]:
        return self.options


@dataclass(frozen=True, slots=True)
class CellsObjected(Kept):
    """Pieces of a message that a check objects to, until they are corrected or explained."""

    kind = "held"
    texts: tuple[str, ...]
    ask: str
    picks: Mapping[int, int] = field(default_factory=dict)

    @property
    def typed(self) -> tuple[str, ...]:
        return self.texts


@dataclass(frozen=True, slots=True)
class TableAsked(AskedBack):
    """Whether a whole appendix is zero."""

    kind = "table"
    options: tuple[str, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        return self.options


@dataclass(frozen=True, slots=True)
class RowNamed(Kept):
    """A row is being added to ``table``; ``options`` are (label, name), where a name was asked back."""

    kind = "new_row"
    table: str
    ask: str = ""
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RowDropped(AskedBack):
    """Whether ``row`` is to be taken out."""

    kind = "row"
    row: str
    options: tuple[str, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        return self.options


@dataclass(frozen=True, slots=True)
class WordAsked(AskedBack):
    """A message, or the new wording of the entry ``item``, that may be a word for nothing.

    ``options`` are (what is meant, label): "typed", "converted" or a state.
    """

    kind = "word"
    parts: tuple[HeldMessage, ...]
    options: tuple[tuple[str, str], ...]
    item: int = 0

    @property
    def typed(self) -> tuple[str, ...]:
        return tuple(part.text for part in self.parts if part.text)

    @property
    def messages(self) -> tuple[HeldMessage, ...]:
        return self.parts

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(label for _, label in self.options)

    @property
    def entry(self) -> int:
        return self.item


@dataclass(frozen=True, slots=True)
class OldFontAsked(WordAsked):
    """Messages in an old font: the ``parts`` of one long paste share their fate."""

    kind = "text"

    @property
    def as_shown(self) -> bool:
        return not self.item


@dataclass(frozen=True, slots=True)
class EntryPicked(Kept):
    """The number of the entry whose new wording is asked."""

    kind = "item"
    item: int

    @property
    def entry(self) -> int:
        return self.item


@dataclass(frozen=True, slots=True)
class FindingExplained(Kept):
    """The finding whose reason is asked: its figures and what was said of them."""

    kind = "finding"
    addresses: tuple[Address, ...]
    message: str
    ask: str


@dataclass(frozen=True, slots=True)
class SumsShown(Kept):
    """The table ('': none chosen) and row whose sums are looked at.

    ``only`` is the one column whose figure is asked in place of its sum ('': all of them), ``message`` the last message
    of such figures.
    """

    kind = "lower"
    field: str = ""
    row: str = ""
    level: str = ""
    only: str = ""
    message: str = ""

    @property
    def place(self) -> tuple[str, str, str, str]:
        """Where the person is, without what was typed."""
        return self.field, self.row, self.level, self.only


@dataclass(frozen=True, slots=True)
class FiguresTyped(SumsShown):
    """Figures in place of the sums that are looked at; ``picks`` says how those are meant that were asked back."""

    texts: tuple[str, ...] = ()
    picks: Mapping[int, int] = field(default_factory=dict)
    ask: str = ""

    @property
    def typed(self) -> tuple[str, ...]:
        return self.texts


@dataclass(frozen=True, slots=True)
class FiguresAsked(FiguresTyped):
    """The figure at ``index`` is asked back."""

    kind = "lower_asked"
    index: int = 0
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FiguresHeld(FiguresTyped):
    """Figures that wait for their reason; ``basis`` is the hash of the parts each of them replaces."""

    kind = "lower_held"
    basis: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ShelfShown(Kept):
    """The item whose files are shown; ``attachment`` is the one that is about to be taken off."""

    kind = "shelf"
    field: str
    row: str = ""
    attachment: int = 0


@dataclass(frozen=True, slots=True)
class DossierShown(Kept):
    """The report whose files are shown."""

    kind = "dossier"
    report: int


@dataclass(frozen=True, slots=True)
class FilesHeld(Kept):
    """Files that belong nowhere yet."""

    kind = "files"
    held: tuple[HeldFile, ...]

    @property
    def files(self) -> tuple[HeldFile, ...]:
        return self.held
