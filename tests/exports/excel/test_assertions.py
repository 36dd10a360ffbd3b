"""The workbooks of a commune and of a district meet all 42 assertions for spreadsheets."""

from __future__ import annotations

import pytest

from exports.excel.workbook import render
from tests.exports.excel.samples import commune, district
from tests.exports.xlsx.checker import CHECKS, File

REPORTS = {"commune": commune(), "district": district()}
FILES = {name: File(render(report)) for name, (report, _) in REPORTS.items()}


@pytest.mark.parametrize("assertion", CHECKS)
@pytest.mark.parametrize("name", REPORTS)
def test_a_filled_report_meets_the_assertion(name: str, assertion: str) -> None:
    """Nothing is wrong with a report in which every state occurs in every appendix."""
    wrong = CHECKS[assertion](FILES[name], REPORTS[name][1])

    assert wrong == []


def test_there_are_42_assertions() -> None:
    """None is forgotten."""
    assert list(CHECKS) == [f"D{number:02}" for number in range(1, 43)]
