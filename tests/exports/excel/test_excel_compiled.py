"""Compiled reports meet all 42 assertions for spreadsheets: three levels, many units, nobody, hostile names."""

from __future__ import annotations

from dataclasses import replace

import pytest
from excel_compiled import Hostile, compiled, province, standings
from xlsx_checker import CHECKS, Expected, File

from dialogs.answers import State
from dialogs.collected import Told
from dialogs.status import Status
from exports.excel import render
from exports.report import Report


def nobody() -> tuple[Report, Expected]:
    """Return the report of a province to which nobody has sent anything, and what its workbook must hold."""
    units = standings(("Xã An Bình", "Xã Bình Sơn"))
    return compiled(tuple(replace(each, status=Status.NOT_OPENED, counted=False, late=False) for each in units))


REPORTS = {
    "province": province(),
    "many": province([f"Xã số {number}" for number in range(1, 301)]),
    "nobody": nobody(),
    "hostile": province(Hostile().names),
    "none": compiled(standings(("Xã A",)), lambda unit, cell, whole: Told(State.NONE)),
}
FILES = {name: File(render(report)) for name, (report, _) in REPORTS.items()}


@pytest.mark.parametrize("assertion", CHECKS)
@pytest.mark.parametrize("name", REPORTS)
def test_a_compiled_report_meets_the_assertion(name: str, assertion: str) -> None:
    """Nothing is wrong with it, whoever gave figures and however they are called."""
    assert CHECKS[assertion](FILES[name], REPORTS[name][1]) == []
