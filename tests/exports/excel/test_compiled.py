"""Compiled reports meet all 42 assertions for spreadsheets: three levels, many units, nobody, hostile names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.forms.answers import State
from dialogs.values.report_data import Told
from dialogs.values.status import Status
from exports.excel.workbook import render
from exports.report import Report
from tests.exports.excel.compiled_samples import Hostile, compiled, province, standings
from tests.exports.excel.samples import commune, district
from tests.exports.xlsx.checker import CHECKS, Expected, File, findings

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
ROMAN = {"PHỤ LỤC 1": "I", "PHỤ LỤC 2": "II", "PHỤ LỤC 3": "III", "PHỤ LỤC 4": "IV", "Phụ lục 6": "VI"}


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


def in_profile(profile: str, report: Report, expected: Expected) -> tuple[Report, Expected]:
    """Return ``report`` in another layout profile: state bodies have the state's head and Roman numbers."""
    if profile.startswith("party"):
        return replace(report, profile=profile), expected
    sheets = tuple(
        replace(sheet, right=STATE, star=False, number_line=f"{sheet.number_line[:-1]}{ROMAN[sheet.number_line]}")
        for sheet in expected.sheets
    )
    return replace(report, profile=profile), replace(expected, sheets=sheets)


@pytest.mark.parametrize("profile", ["party_hd05", "nd30", "front"])
@pytest.mark.parametrize("sample", [commune, district, province])
def test_every_profile_meets_all_assertions(sample: object, profile: str) -> None:
    """The unit's and the compiled report alike; ``party_hd36`` is the profile of all other tests."""
    report, expected = in_profile(profile, *sample())  # type: ignore[operator]

    assert findings(render(report), expected) == {}
