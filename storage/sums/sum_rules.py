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

from dialogs.forms.answers import Address
from storage.campaigns.campaigns import Campaign
from storage.campaigns.scope import ScopedReport
from storage.campaigns.turn_cache import TurnCache


class StoredFigure(NamedTuple):
    """One stored figure in millionths, or a "no figures" (``number`` None) in its place."""

    submission: int
    address: Address
    state: str
    number: int | None
    basis: str
    reason: str


class Adding:
    """The rule for the figures of ``counting``: the reports that are added, each before those under it."""

    def __init__(
        self, connection: Connection, cache: TurnCache, campaign: Campaign, counting: Sequence[ScopedReport]
    ) -> None:
        self.members: Mapping[int, ScopedReport] = {each.submission: each for each in counting}
        self._levels = {version: cache.levels(connection, version) for version in {m.form_version for m in counting}}
        self._replacing: defaultdict[int, set[Address]] = defaultdict(set)
        over = {unit for each in counting for unit in each.above}
        self.uppers = tuple(each.submission for each in counting if each.unit.id in over)
        """The reports that others stand under, whose figures may replace some."""
        self.left_out = frozenset(
            each.submission for each in counting if each.depth > 0 and each.unit.kind in campaign.not_added
        )
        """The reports whose own figures the campaign leaves out of the sums above them."""

    def level(self, report: int, address: Address) -> str:
        """Return the level of a figure that a report holds, '' the unit's own."""
        return self._levels[self.members[report].form_version].get(address, "")

    def knows(self, address: Address) -> bool:
        """Return whether figures at ``address`` add up from unit to unit in any of the forms."""
        return any(address in levels for levels in self._levels.values())

    def looks_at(self, report: int, address: Address) -> bool:
        """Return whether the sum is concerned with a figure at all, be it replaced or not."""
        return report not in self.left_out or self.level(report, address) != ""

    def learn(self, figures: Iterable[StoredFigure]) -> None:
        """Take note of what replaces others. All figures of ``uppers`` in question must have been learnt."""
        uppers = frozenset(self.uppers)
        for each in figures:
            if each.number is None or each.submission not in uppers:
                continue
            leveled = self.level(each.submission, each.address) != ""
            if leveled or (each.basis and each.submission not in self.left_out):
                self._replacing[self.members[each.submission].unit.id].add(each.address)

    @property
    def replacing(self) -> frozenset[Address]:
        """The cells at which anything learnt replaces what stands under it, if something does."""
        return frozenset().union(*self._replacing.values())

    def adds(self, report: int, address: Address) -> bool:
        """Return whether a figure of a report is part of the sum."""
        if not self.looks_at(report, address):
            return False
        for unit in self.members[report].above if self._replacing else ():
            if unit in self._replacing and address in self._replacing[unit]:
                return False
        return True
