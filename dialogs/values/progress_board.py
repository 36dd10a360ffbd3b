"""How far the units of a campaign are, as values: what ``/tiendo`` shows and the picture draws.

``storage`` fills a board on one snapshot; the list and the picture count it with the same functions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from dialogs.values.status import Status

DONE = (Status.ACCEPTED, Status.SENT)
"""What counts as sent in "n of N"."""

OPEN = (Status.RETURNED, Status.IN_PROGRESS, Status.NOT_OPENED)
"""What is still to be sent."""

SHOWN_ORDER = (*DONE, *OPEN, Status.NOT_REQUIRED)
"""The order of the statuses in lists, bars and legends: from done to not asked."""


class Reached(StrEnum):
    """Whether those who fill in a unit's report can be written to."""

    YES = "yes"
    NOBODY = "nobody"
    NO_DOOR = "no_door"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """One unit of a board and its report. ``report`` 0: it is not asked and only stands over others.

    ``above`` is the unit right over it, 0 at the top of the board; ``depth`` counts from there.
    """

    unit: int
    code: str
    name: str
    kind: str
    above: int
    depth: int
    report: int = 0
    status: Status = Status.NOT_REQUIRED
    late: bool = False
    due: datetime | None = None
    first_sent_at: datetime | None = None
    sent_at: datetime | None = None
    reached: Reached = Reached.YES

    @property
    def asked(self) -> bool:
        return self.report != 0

    @property
    def is_open(self) -> bool:
        """Whether the unit still owes its report."""
        return self.asked and self.status in OPEN


@dataclass(frozen=True, slots=True)
class Board:
    """The units at and below one, in administrative order, each before those under it; the first is the one.

    ``above`` is the unit over it if the person follows that too, else 0.
    """

    campaign: int
    key: str
    title: str
    at: datetime
    places: tuple[UnitProgress, ...]
    above: int = 0

    @property
    def top(self) -> UnitProgress:
        return self.places[0]

    @property
    def asked(self) -> tuple[UnitProgress, ...]:
        return tuple(place for place in self.places if place.asked)

    def at_unit(self, unit: int) -> UnitProgress | None:
        return next((place for place in self.places if place.unit == unit), None)

    def under(self, unit: int) -> Board:
        """Return the part of the board at and below a unit. Raises ``LookupError`` if it is not on it."""
        first = next((at for at, place in enumerate(self.places) if place.unit == unit), None)
        if first is None:
            raise LookupError(f"unit {unit} is not on this board")
        top = self.places[first]
        found = [replace(top, above=0, depth=0)]
        for place in self.places[first + 1 :]:
            if place.depth <= top.depth:
                break
            found.append(replace(place, depth=place.depth - top.depth))
        return replace(self, places=tuple(found))

    def branches(self) -> tuple[Branch, ...]:
        """Return the units right under the top, in order, each with what stands under it."""
        found: list[tuple[UnitProgress, list[UnitProgress]]] = []
        for place in self.places[1:]:
            if place.depth == 1:
                found.append((place, []))
            else:
                found[-1][1].append(place)
        return tuple(Branch(head, tuple(rest)) for head, rest in found)


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit right under the top of a board, and all units below it."""

    head: UnitProgress
    below: tuple[UnitProgress, ...]

    @property
    def every(self) -> tuple[UnitProgress, ...]:
        return (self.head, *self.below)


@dataclass(frozen=True, slots=True)
class StatusTally:
    """How many reports have which status, and how many of those are late. Every report is in one of the counts."""

    counts: Mapping[Status, int]
    late: Mapping[Status, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def owing(self) -> int:
        """The N of "n of N": all that are asked but those that owe nothing."""
        return self.total - self.counts[Status.NOT_REQUIRED]

    @property
    def done(self) -> int:
        return sum(self.counts[status] for status in DONE)

    @property
    def all_late(self) -> int:
        return sum(self.late.values())

    @property
    def percent(self) -> int:
        """Whole per cent, 100 only where nothing is owed any more."""
        return 100 * self.done // self.owing if self.owing else 0


def tally(places: Iterable[UnitProgress]) -> StatusTally:
    """Count reports; units that are not asked are in no count."""
    asked = [place for place in places if place.asked]
    counts = Counter(place.status for place in asked)
    late = Counter(place.status for place in asked if place.late)
    return StatusTally(
        {status: counts[status] for status in SHOWN_ORDER}, {status: late[status] for status in SHOWN_ORDER}
    )


def short_names(places: Sequence[UnitProgress]) -> dict[int, str]:
    """Return names by unit without the words that all units of their kind begin with ("Đảng ủy xã An Bình": "An Bình").

    At least one word of each name stays, and names that differ stay different.
    """
    kinds: dict[str, list[UnitProgress]] = {}
    for place in places:
        kinds.setdefault(place.kind, []).append(place)
    return {unit: name for alike in kinds.values() for unit, name in _shortened(alike)}


def _shortened(alike: Sequence[UnitProgress]) -> Iterator[tuple[int, str]]:
    words = [place.name.split() for place in alike]
    same = 0
    while len(alike) > 1 and all(len(each) > same + 1 for each in words) and len({each[same] for each in words}) == 1:
        same += 1
    for place, each in zip(alike, words, strict=True):
        rest = " ".join(each[same:])
        yield place.unit, rest[:1].upper() + rest[1:]


class Following(Protocol):
    """What somebody who follows a campaign may look at; asked again at every turn."""

    def board(self, campaign: int, unit: int) -> Board | None:
        """Return the units at and below one, None where the person may not follow them."""
        ...

    def answered(self, board: Board, reports: Sequence[int]) -> Mapping[int, tuple[int, int]]:
        """Return how many questions of how many are answered, by report; nothing of what is not on the board."""
        ...
