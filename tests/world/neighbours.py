"""What units below, last time and the units before gave: made up for the little world, one cell at a time."""

from __future__ import annotations

import hashlib
from decimal import Decimal

from dialogs.forms.answers import Address, State, Value
from dialogs.values.report_data import SumPart
from dialogs.values.report_view import Last, Proposal
from tests.world.little_world import LittleReport

UNITS = ("Xã An Bình", "Xã Tân Lập", "Xã Phú Lâm", "Xã Hòa Bình", "Thị trấn Thanh Sơn")
LAST_CAMPAIGN = "Sơ kết 5 năm Kết luận 62"


def parts(address: Address, typed: list[str], names: tuple[str, ...] = UNITS) -> tuple[SumPart, ...]:
    """ "12" is a figure, "-" no figures, "." not answered."""
    found = []
    for number, each in enumerate(typed):
        name = names[number] if number < len(names) else f"Xã số {number + 1}"
        state = {"-": State.NONE, ".": State.EMPTY, "0": State.ZERO}.get(each, State.VALUE)
        figure = Decimal(each) if each[0].isdecimal() else None
        value = int(figure) if figure is not None and figure == figure.to_integral_value() else figure
        found.append(SumPart(f"X{number + 1}", name, address, state, value))
    return tuple(found)


def below(report: LittleReport, place: str, column: str, *typed: str) -> None:
    """The units below give these figures for a cell ("PL3.mttq"); without any the row is asked of nobody below."""
    field, _, row = place.partition(".")
    if not typed:
        report.below = {key: each for key, each in report.below.items() if key != (field, row)}
        return
    told = tuple(each for each in parts(Address(field, row, column), list(typed)) if each.state is not State.EMPTY)
    figures = [each.value for each in told if each.value is not None]
    total = sum(figures) if figures else None
    spelled = "|".join(f"{each.unit_code}{each.state}{each.value}" for each in told)
    basis = f"{hashlib.sha256(spelled.encode()).hexdigest()[:16]}:{'' if total is None else total}"
    proposal = Proposal(total, len(figures), len(typed), told, basis)
    known = dict(report.below)
    known[field, row] = {**known.get((field, row), {}), column: proposal}
    report.below = known


def last(report: LittleReport, place: str, column: str, value: Value, state: State = State.VALUE) -> None:
    """The unit itself gave this last time; ``column`` '' for a field that is one answer."""
    _before(report, place, column, Last(state, value, source=LAST_CAMPAIGN))


def merged(report: LittleReport, place: str, column: str, *typed: str, share: str = "") -> None:
    """The units that this one was made of gave these figures; ``share`` is that of one of which only a part came."""
    field, _, row = place.partition(".")
    address = Address(field, row, column)
    told = parts(address, list(typed))
    figures = [each.value for each in told if each.value is not None]
    state = (State.VALUE if sum(figures) else State.ZERO) if figures else State.EMPTY
    shares = parts(address, [share], ("Xã Bình Minh",)) if share else ()
    _before(report, place, column, Last(state, sum(figures) or None, source=LAST_CAMPAIGN, parts=told, partly=shares))


def _before(report: LittleReport, place: str, column: str, given: Last) -> None:
    field, row = (place, "") if place[0] not in "PT" or place.startswith("P1.") else place.split(".", 1)
    known = dict(report.before)
    known[field, row] = {**known.get((field, row), {}), column: given}
    report.before = known
