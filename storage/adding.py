"""Which figures a sum takes: nothing twice.

The rule (acceptance list C16). A cell whose figure is of an administrative level ("cấp tỉnh", "cấp xã") has one
figure for everything at and below a unit: a unit's own figure there stands in place of what the units under it gave.
A cell of no level counts what each unit did itself: own and below add up. There only an override, an answer with a
``basis``, stands in place of those below. "No figures" never replaces anything.

A campaign may name kinds of units whose own figures are left out of cells of no level (``Campaign.not_added``),
because they count what the units beside them count too; a unit's own report always shows its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from dialogs.answers import Address
from storage.campaigns import Campaign
from storage.memory import Memory
from storage.scope import Member


class Figure(NamedTuple):
    """One stored figure in millionths, or a "no figures" (``number`` None) in its place."""

    submission: int
    field: str
    row: str
    column: str
    state: str
    number: int | None
    basis: str
    reason: str

    @property
    def address(self) -> Address:
        return Address(self.field, self.row, self.column)


class Adding:
    """The rule for the figures of ``counting``: the reports that are added, each before those under it."""

    def __init__(self, connection: Connection, memory: Memory, campaign: Campaign, counting: Sequence[Member]) -> None:
        self.members: Mapping[int, Member] = {each.submission: each for each in counting}
        self._levels = {version: memory.levels(connection, version) for version in {m.form_version for m in counting}}
        self._left_out = campaign.not_added
        self._replacing: defaultdict[int, set[Address]] = defaultdict(set)

    def level(self, member: Member, address: Address) -> str:
        """Return the level of a figure that ``member`` gave, '' the unit's own."""
        return self._levels[member.form_version].get(address, "")

    def knows(self, address: Address) -> bool:
        """Return whether figures at ``address`` add up from unit to unit in any of the forms."""
        return any(address in levels for levels in self._levels.values())

    def left_out(self, member: Member) -> bool:
        """Return whether the campaign leaves this unit's own figures out of the sums above it."""
        return member.depth > 0 and member.unit.kind in self._left_out

    def uppers(self) -> tuple[int, ...]:
        """Return the reports that others stand under, whose figures may replace some."""
        over = {unit for each in self.members.values() for unit in each.above}
        return tuple(report for report, each in self.members.items() if each.unit.id in over)

    def learn(self, figures: Iterable[Figure]) -> None:
        """Take note of what replaces others. All figures of ``uppers()`` in question must have been learnt."""
        for each in figures:
            if each.number is None:
                continue
            member, address = self.members[each.submission], each.address
            leveled = self.level(member, address) != ""
            if leveled or (each.basis and not self.left_out(member)):
                self._replacing[member.unit.id].add(address)

    @property
    def replacing(self) -> frozenset[Address]:
        """The cells at which anything learnt replaces what stands under it, if something does."""
        return frozenset().union(*self._replacing.values())

    def adds(self, report: int, address: Address) -> bool:
        """Return whether a figure of a report is part of the sum."""
        member = self.members[report]
        if self.left_out(member) and not self.level(member, address):
            return False
        return not any(address in self._replacing[unit] for unit in member.above if unit in self._replacing)
