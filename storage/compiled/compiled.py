"""All that a compiled report is made of: one campaign at and below one unit, on the caller's snapshot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import cached_property

from sqlalchemy import Connection

from dialogs.forms.answers import DOCUMENT_DATA, Address, Answer
from dialogs.forms.form import Form
from dialogs.forms.questions import Respondent, levels
from dialogs.values.report_data import Changed, Contribution, DataLine, Enclosed, Override, Rolled, Standing, UnitCells
from dialogs.values.status import Status
from storage.campaigns import answers
from storage.campaigns.campaigns import Campaign
from storage.campaigns.scope import ScopedReport, members
from storage.campaigns.turn_cache import TurnCache
from storage.compiled import compiled_answers, enclosures, progress, retired
from storage.compiled.compiled_answers import CompiledScope
from storage.compiled.enclosures import AskedReport
from storage.reports import letterheads
from storage.schema.errors import Refused
from storage.sums import frozen, overrides, rollup
from storage.units import units


@dataclass(frozen=True)
class Collected:
    """What ``exports.compiled.compiled_source`` wants to know, under the same names.

    The larger parts are read when they are asked for, on the connection that ``read`` was given: texts, cells and
    lines each time anew, the rest once. ``overrides`` are those of all units at or below; ``changed_after_sending``
    the sums that a unit sent untouched and that are other ones by now.
    """

    form: Form
    respondent: Respondent
    campaign_title: str
    period: str
    unit_code: str
    unit_name: str
    parent_name: str
    own: Mapping[Address, Answer]
    document: Mapping[str, Answer]
    letterhead: Mapping[str, str]
    profile: str
    sent: bool
    standings: tuple[Standing, ...]
    counted: tuple[str, ...]
    scope: CompiledScope = field(repr=False)
    zone: tzinfo = field(repr=False)

    def contributions(self, leaf: str) -> Iterator[Contribution]:
        """Yield what every counted unit below gave for a leaf of ``form``, in administrative order."""
        return compiled_answers.contributions(self.scope, leaf)

    def cells(self, table: str) -> Iterator[UnitCells]:
        """Yield every counted unit's cells of a table of ``form``, the compiling unit's own first."""
        return compiled_answers.cells(self.scope, table)

    def entries(self) -> Iterator[DataLine]:
        """Yield the lines of the long data sheet."""
        return compiled_answers.entries(self.scope, self.zone)

    @cached_property
    def totals(self) -> Mapping[Address, Rolled]:
        """Every cell and blank of ``form`` that adds up, own and below, nothing twice; None over no figures."""
        scope = self.scope
        found = rollup.added(scope.connection, scope.cache, scope.campaign, scope.members)
        return {address: found.get(address, _NOTHING) for address in levels(self.form)}

    @cached_property
    def enclosed(self) -> tuple[Enclosed, ...]:
        """The files attached to the reports that are part of it, unit by unit."""
        scope = self.scope
        asked = [
            AskedReport(each.submission, each.unit.code, each.unit.name, each.form_version) for each in scope.counting
        ]
        return tuple(enclosures.of(scope.connection, scope.cache, asked))

    @cached_property
    def overrides(self) -> tuple[Override, ...]:
        scope = self.scope
        return overrides.of(scope.connection, scope.cache, scope.campaign, scope.members)

    @cached_property
    def changed_after_sending(self) -> tuple[Changed, ...]:
        scope = self.scope
        return frozen.changed(scope.connection, scope.cache, scope.campaign, scope.members)


_NOTHING = Rolled(None, 0, 0)


def read(
    connection: Connection, cache: TurnCache, campaign: Campaign, unit_id: int, now: datetime, zone: tzinfo
) -> Collected:
    """Return what a unit and those below it have given in a campaign.

    Raises ``Refused`` if the unit does not exist on the campaign's reference date or is outside its tree.
    """
    day = campaign.reference_date
    unit = units.by_id(connection, unit_id, day)
    above = units.ancestors(connection, unit_id, day)
    if unit is None or campaign.root not in (unit_id, *(each.id for each in above)):
        raise Refused(f"Đơn vị {unit.code if unit else unit_id} không thuộc đợt báo cáo {campaign.key}.")
    found = members(connection, campaign, unit_id)
    own_report = found[0] if found and not found[0].depth else None
    newest = _layout(connection, cache, campaign, found)
    form = retired.with_answered_leaves(connection, cache, newest, rollup.counting(campaign, found))
    given = answers.given(answers.load(connection, own_report.submission)) if own_report else {}
    report = own_report.submission if own_report else _NO_REPORT
    return Collected(
        form=form,
        respondent=Respondent(unit.kind, unit.body, campaign.switches),
        campaign_title=campaign.title,
        period=campaign.period,
        unit_code=unit.code,
        unit_name=unit.name,
        parent_name=above[0].name if above else "",
        own={address: each for address, each in given.items() if address.field != DOCUMENT_DATA},
        document={address.column: each for address, each in given.items() if address.field == DOCUMENT_DATA},
        letterhead=letterheads.defaults(connection, unit_id, day, report),
        profile=letterheads.at(connection, unit_id, day).profile or form.document.profile,
        sent=own_report is not None and own_report.status in (Status.SENT, Status.ACCEPTED),
        standings=progress.standings(progress.of_members(connection, cache, campaign, found, now)),
        counted=campaign.counted,
        scope=CompiledScope(connection, cache, campaign, found, form),
        zone=zone,
    )


_NO_REPORT = 0


def _layout(connection: Connection, cache: TurnCache, campaign: Campaign, found: tuple[ScopedReport, ...]) -> Form:
    """Return the form whose questions are printed: the newest of the campaign's own that anybody here was asked with.

    A unit by itself that answers a companion form is printed in that form.
    """
    own = cache.form(connection, campaign.form_version)
    asked = [cache.form(connection, version) for version in sorted({each.form_version for each in found})]
    if len(found) == 1 and not found[0].depth:
        return asked[0]
    return max((each for each in asked if each.key == own.key), key=lambda each: each.version, default=own)
