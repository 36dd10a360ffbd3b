"""Lists of many units as one: no item twice, each with the names of the units that gave it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from dialogs.kinds import KINDS, Kind
from dialogs.reading import document_key, spelled_alike

_Key = tuple[str, ...]


@dataclass(slots=True)
class _Item:
    """``text`` as the first who gave it wrote it; ``own``: the compiling unit is among those who gave it."""

    text: str
    own: bool
    names: list[str] = field(default_factory=list)


class Items:
    """The items of one list in the order of first mention.

    Two items are the same if their texts differ in nothing but how they are spelled; two documents also if kind,
    number, date and issuer are the same.
    """

    def __init__(self, kind: Kind) -> None:
        self._documents = KINDS[kind].documents
        self._items: dict[_Key, _Item] = {}
        self._same: dict[_Key, _Key] = {}
        self.units = 0

    def __len__(self) -> int:
        return len(self._items)

    def add_own(self, items: Iterable[str]) -> None:
        """Take the compiling unit's own items."""
        self.units += 1
        for text in items:
            self._item(text, own=True).own = True

    def add(self, items: Iterable[str], name: str) -> None:
        """Take all the items of the unit ``name``, in one call: the next call is another unit, be its name the same."""
        self.units += 1
        for item in {id(item): item for item in [self._item(text, own=False) for text in items]}.values():
            item.names.append(name)

    def given(self, own_name: str) -> Iterator[tuple[str, list[str]]]:
        """Yield each text with the names of all who gave it, the compiling unit first."""
        for item in self._items.values():
            yield item.text, [own_name, *item.names] if item.own else item.names

    def named(self, own_name: str) -> Iterator[tuple[str, str]]:
        """Yield (text, " (names)") per item; '' for one that is only the compiling unit's own."""
        for item, (text, names) in zip(self._items.values(), self.given(own_name), strict=True):
            yield text, f" ({', '.join(names)})" if item.names else ""

    def _item(self, text: str, *, own: bool) -> _Item:
        folded = (" ".join(spelled_alike(text).split()),)
        key = self._same.get(folded)
        if key is None:
            key = self._same[folded] = self._key(text, folded)
        item = self._items.get(key)
        if item is None:
            item = self._items[key] = _Item(text, own)
        return item

    def _key(self, text: str, folded: _Key) -> _Key:
        return (document_key(text) if self._documents else None) or folded
