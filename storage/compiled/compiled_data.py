"""All that a compiled report is made of: one campaign at and below one unit, on the caller's snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from dialogs.forms.answers import Address
from dialogs.forms.questions import Respondent, levels
from dialogs.values.report_data import CompiledReportData, Enclosed, Rolled
from storage.campaigns import answers
from storage.compiled import compiled_answers, enclosures, progress
from storage.compiled.compiled_scope import CompiledScope
from storage.compiled.enclosures import AskedReport
from storage.reports import letterheads
from storage.schema.conditions import SENT
from storage.sums import rollup

_NO_REPORT = 0
_NO_FIGURES = Rolled(None, 0, 0)


def read(scope: CompiledScope, created: datetime) -> CompiledReportData:
    """Return what a unit and those below it have given in a campaign; ``created`` is the local time.

    Texts, cells and lines are read on the scope's connection when they are asked for, each time anew.
    """
    connection, campaign, unit = scope.connection, scope.campaign, scope.unit
    report, day = scope.own, campaign.reference_date
    given = answers.given(answers.load(connection, report.submission)) if report else {}
    own, document = answers.parted(given)
    return CompiledReportData(
        form=scope.layout,
        respondent=Respondent(unit.kind, unit.body, campaign.switches),
        campaign=campaign.key,
        period=campaign.period,
        unit_code=unit.code,
        unit_name=unit.name,
        parent_name=scope.parent_name,
        document=document,
        letterhead=letterheads.defaults(connection, unit.id, day, report.submission if report else _NO_REPORT),
        profile=letterheads.at(connection, unit.id, day).profile or scope.layout.document.profile,
        sent=report is not None and report.status in SENT,
        created=created,
        own=own,
        standings=progress.of_members(connection, scope.cache, campaign, scope.members, created),
        counted=campaign.counted,
        totals=_totals(scope),
        contributions=partial(compiled_answers.contributions, scope),
        cells=partial(compiled_answers.cells, scope),
        entries=partial(compiled_answers.entries, scope, created.tzinfo),
        enclosed=_enclosed(scope),
    )


def _totals(scope: CompiledScope) -> Mapping[Address, Rolled]:
    """Return every cell and blank of the layout that adds up; its value is None over no figures."""
    found = rollup.added(scope.connection, scope.cache, scope.campaign, scope.members)
    return {address: found.get(address, _NO_FIGURES) for address in levels(scope.layout)}


def _enclosed(scope: CompiledScope) -> tuple[Enclosed, ...]:
    """Return the files attached to the reports that are part of it, unit by unit."""
    asked = [AskedReport(each.submission, each.unit.code, each.unit.name, each.form_version) for each in scope.counting]
    return tuple(enclosures.of(scope.connection, scope.cache, asked))
