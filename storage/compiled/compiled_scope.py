"""What a compiled report is made of: the reports of a campaign at and below one unit, and the form printed for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from dialogs.forms.form import Form
from dialogs.texts import objections
from storage.campaigns.campaigns import Campaign
from storage.campaigns.scope import ScopedReport, members
from storage.campaigns.turn_cache import TurnCache
from storage.compiled import retired
from storage.schema.errors import Refused
from storage.sums import rollup
from storage.units import units
from storage.units.units import UnitAt


@dataclass(frozen=True, slots=True)
class CompiledScope:
    """The reports that are compiled, each before those under it; ``layout`` is the form that is printed.

    ``unit`` is the compiling unit and ``parent_name`` the name of the one over it, '' at the top.
    """

    connection: Connection
    cache: TurnCache
    campaign: Campaign
    unit: UnitAt
    parent_name: str
    members: tuple[ScopedReport, ...]
    layout: Form

    @property
    def counting(self) -> tuple[ScopedReport, ...]:
        """The reports that are part of it: those that count, and the compiling unit's own."""
        return rollup.counting(self.campaign, self.members)

    @property
    def own(self) -> ScopedReport | None:
        """The compiling unit's own report, None where it is not asked in the campaign."""
        return self.members[0] if self.members and not self.members[0].depth else None

    def form(self, member: ScopedReport) -> Form:
        return self.cache.form(self.connection, member.form_version)

    def places(self) -> Mapping[int, int]:
        """Return where each report stands among the members."""
        return {each.submission: index for index, each in enumerate(self.members)}


def scope_of(connection: Connection, cache: TurnCache, campaign: Campaign, unit_id: int) -> CompiledScope:
    """Return the reports of a campaign that are compiled at a unit.

    Raises ``Refused`` if the unit does not exist on the campaign's reference date or is outside its tree.
    """
    day = campaign.reference_date
    unit = units.by_id(connection, unit_id, day)
    above = units.ancestors(connection, unit_id, day)
    if unit is None or campaign.root not in (unit_id, *(each.id for each in above)):
        raise Refused(objections.unit_outside(unit.code if unit else unit_id, campaign.key))
    found = members(connection, campaign, unit_id)
    newest = _layout(connection, cache, campaign, found)
    layout = retired.with_answered_leaves(connection, cache, newest, rollup.counting(campaign, found))
    return CompiledScope(connection, cache, campaign, unit, above[0].name if above else "", found, layout)


def _layout(connection: Connection, cache: TurnCache, campaign: Campaign, found: tuple[ScopedReport, ...]) -> Form:
    """Return the form whose questions are printed: the newest of the campaign's own that anybody here was asked with.

    A unit by itself that answers a companion form is printed in that form.
    """
    own = cache.form(connection, campaign.form_version)
    asked = [cache.form(connection, version) for version in sorted({each.form_version for each in found})]
    if len(found) == 1 and not found[0].depth:
        return asked[0]
    return max((each for each in asked if each.key == own.key), key=lambda each: each.version, default=own)
