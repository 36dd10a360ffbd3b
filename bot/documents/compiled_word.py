"""The compiled Word of a unit and everything below it, written as files.

Up to ``MOST_WORD_UNITS`` counted units there is one. With more, nobody could open it: then each direct child that has
units below it gets the Word of its own compiled report, and the unit itself one more with its own text, the totals,
the lists, and the texts of the children that have nobody below them.
"""

from __future__ import annotations

from pathlib import Path

from bot.documents.made_files import file_stem, put
from dialogs.values.report_data import CompiledReportData
from exports.compiled.compiled_report import compiled_report
from exports.report import Report
from exports.word import document
from storage.campaigns.scope import ScopedReport
from storage.compiled import compiled_data
from storage.compiled.compiled_scope import CompiledScope, scope_of

MOST_WORD_UNITS = 400
"""Counted units above which the Word is divided; the largest province has 168 communes and their upper units."""


def write(
    scope: CompiledScope, data: CompiledReportData, folder: Path, most: int = MOST_WORD_UNITS
) -> tuple[Path, ...]:
    """Write the Word of what was read of a scope, divided above ``most`` counted units; return the paths in order.

    Raises ``OSError`` if the folder cannot be written to.
    """
    children = _divided(scope, data, most)
    if not children:
        return (_word(folder / f"{stem(data)}.docx", compiled_report(data)),)
    common = compiled_report(data, apart=_elsewhere(scope, children))
    first = _word(folder / f"{stem(data)}_phan-chung.docx", common)
    return (first, *(_child(scope, child, data, folder) for child in children))


def stem(data: CompiledReportData) -> str:
    """Return the name of the compiled files without their ending."""
    return file_stem(data.campaign, data.unit_code, data.unit_name, data.sent, "_tong-hop")


def _divided(scope: CompiledScope, data: CompiledReportData, most: int) -> tuple[int, ...]:
    """Return the direct children that get a Word of their own: none unless there are too many units for one."""
    if sum(each.counted for each in data.standings) <= most:
        return ()
    return tuple(dict.fromkeys(child for each in scope.members if (child := _child_above(each))))


def _child_above(member: ScopedReport) -> int | None:
    """Return the direct child of the compiling unit under which a unit stands; None for that child itself."""
    return member.above[1] if len(member.above) > 1 else None


def _elsewhere(scope: CompiledScope, children: tuple[int, ...]) -> frozenset[int]:
    """Return the places in the standings of the units whose texts stand in the Word of a child."""
    return frozenset(
        place for place, each in enumerate(scope.members) if _child_above(each) in children or each.unit.id in children
    )


def _child(scope: CompiledScope, child: int, data: CompiledReportData, folder: Path) -> Path:
    below = compiled_data.read(scope_of(scope.connection, scope.cache, scope.campaign, child), data.created)
    return _word(folder / f"{stem(below)}.docx", compiled_report(below))


def _word(path: Path, report: Report) -> Path:
    return put(path, lambda stream: document.write(report, stream))
