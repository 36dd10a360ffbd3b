"""Checks a workbook of appendices against the 42 assertions for spreadsheets, reading nothing but the file.

What a file cannot know (titles, official grids, what a person typed) comes in as plain data in ``Expected``. Each
assertion is one function that returns what is wrong, in words.
"""

from __future__ import annotations

from tests.exports.xlsx import rules_cells, rules_page, rules_table, rules_totals
from tests.exports.xlsx.expected import Behind, Expected, Progress, Sheet, Span
from tests.exports.xlsx.xlsx_file import Check, File

CHECKS: dict[str, Check] = dict(
    sorted(
        {
            **rules_page.RULES,
            **rules_table.RULES,
            **rules_cells.RULES,
            **rules_totals.RULES,
        }.items()
    )
)
MUST = frozenset(CHECKS) - {"D07", "D08", "D11", "D12", "D20", "D21", "D24", "D25", "D35", "D38", "D39", "D41"}
"""The assertions that every file must meet; the others are warnings."""


def findings(data: bytes, expected: Expected) -> dict[str, list[str]]:
    """Return what is wrong with the workbook ``data``, by assertion."""
    file = File(data)
    found = {name: check(file, expected) for name, check in CHECKS.items()}
    return {name: wrong for name, wrong in found.items() if wrong}


__all__ = ["CHECKS", "MUST", "Behind", "Check", "Expected", "File", "Progress", "Sheet", "Span", "findings"]
