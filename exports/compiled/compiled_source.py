"""All that a compiled report is made of; ``compiled_report`` makes the ``Report`` of it.

Texts and figures come as callables that may be called more than once and give their items in administrative order,
so that a country's answers need never stand in memory together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from dialogs.forms.answers import Address, Answer
from dialogs.forms.form import Form
from dialogs.forms.questions import Respondent
from dialogs.values.report_data import Contribution, DataLine, Enclosed, Rolled, Standing, UnitCells, Warned


@dataclass(frozen=True, slots=True)
class CompiledSource:
    """One campaign at and below one unit, on one snapshot.

    ``form`` is the layout: the newest version of the campaign's own form that anybody was asked with. ``respondent``,
    ``own``, ``document`` and ``letterhead`` are the compiling unit's, as in ``unit_report.UnitSource``; ``own`` is
    empty where it has no report in the campaign. ``standings`` are the reports at and below the unit, the compiling
    unit's own first if it has one; ``counted`` the statuses that count. ``contributions(leaf key)`` yields what every
    counted unit below (not the compiling unit itself) gave for a leaf. ``cells(table key)`` yields every counted unit's
    cells, the compiling unit's own first. ``totals`` holds the figure of each cell of the compiled appendices with n/N:
    own and below, nothing twice. ``entries()`` are the lines of the long data sheet: the compiling unit and every
    counted unit. ``period`` is the campaign's own wording ("Quý II năm 2020"), '' for none. ``apart`` are the places in
    the standings of the units whose texts stand in a Word of their own (above a province): they are counted and listed
    here, their texts are not printed.
    """

    form: Form
    respondent: Respondent
    period: str
    unit_code: str
    unit_name: str
    parent_name: str
    own: Mapping[Address, Answer]
    document: Mapping[str, Answer]
    letterhead: Mapping[str, str]
    profile: str
    sent: bool
    created: datetime
    standings: tuple[Standing, ...]
    counted: tuple[str, ...]
    contributions: Callable[[str], Iterable[Contribution]]
    cells: Callable[[str], Iterable[UnitCells]]
    totals: Mapping[Address, Rolled]
    entries: Callable[[], Iterable[DataLine]]
    warnings: tuple[Warned, ...] = ()
    apart: frozenset[int] = frozenset()
    enclosed: tuple[Enclosed, ...] = ()
