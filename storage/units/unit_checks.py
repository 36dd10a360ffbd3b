"""What must hold of all units together, on every day; each fault stands at the row of the list that brings it about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from dialogs.reading import fold
from dialogs.texts import units as units_texts
from storage.schema.errors import Fault
from storage.units.predecessors import Made
from storage.units.unit_rows import KNOWN_KINDS, UnitRow, wrong
from storage.units.unit_versions import DAY, Timeline, Version, by_code, by_unit, chains
from storage.units.units import MAX_DEPTH


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """The units as they would be, ``before`` as they are; ``made``: what each merged unit was made of."""

    versions: list[Version]
    before: list[Version]
    made: dict[int, Made]
    codes: Mapping[str, Timeline] = field(init=False)
    units: Mapping[int, Timeline] = field(init=False)
    units_before: Mapping[int, Timeline] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "codes", by_code(self.versions))
        object.__setattr__(self, "units", by_unit(self.versions))
        object.__setattr__(self, "units_before", by_unit(self.before))

    def listed(self) -> Iterator[tuple[Version, UnitRow]]:
        """Yield the versions that the list names, with their rows."""
        return ((each, each.row) for each in self.versions if each.row is not None)


# --- one code, one unit at a time -------------------------------------------------------------------------------


def overlaps(plan: UnitPlan) -> Iterator[Fault]:
    """No two versions of one code, or of one unit, hold on the same day."""
    seen = set()
    for timeline in (*plan.codes.values(), *plan.units.values()):
        for earlier, later in pairwise(timeline.versions):
            pair = id(earlier), id(later)
            if earlier.last >= later.valid_from and pair not in seen and (earlier.row or later.row):
                seen.add(pair)
                yield _overlap(earlier, later)


def _overlap(earlier: Version, later: Version) -> Fault:
    line, eve = earlier.row.line if earlier.row else None, later.valid_from - DAY
    if later.row is not None:
        wanted = units_texts.overlapped(earlier.code, line, earlier.valid_from, earlier.valid_to, eve)
        return wrong(later.row.line, "valid_from", units_texts.day(later.valid_from), wanted)
    found = units_texts.day(earlier.valid_to) if earlier.valid_to else ""
    return wrong(line or 0, "valid_to", found, units_texts.overlapping(later.valid_from, eve))


# --- parents ----------------------------------------------------------------------------------------------------


def place(plan: UnitPlan) -> Iterator[Fault]:
    """Set the parents of the versions that the list names; each must exist, as one unit, for the whole time."""
    for version, row in plan.listed():
        version.parent = None
        if row.parent:
            found = _parent(plan, version, row)
            if isinstance(found, Fault):
                yield found
            else:
                version.parent = found


def _parent(plan: UnitPlan, version: Version, row: UnitRow) -> int | Fault:
    timeline = plan.codes.get(row.parent)
    if timeline is None:
        return wrong(row.line, "parent", row.parent, units_texts.UNKNOWN_PARENT)
    missing = timeline.missing(version.valid_from, version.last)
    if missing is not None:
        wanted = units_texts.parent_missing(missing, version.valid_from, version.valid_to)
        return wrong(row.line, "parent", row.parent, wanted)
    above = timeline.during(version.valid_from, version.last)
    change = next((each for each in above if each.unit != above[0].unit), None)
    if change is not None:
        wanted = units_texts.parent_merged(change.valid_from, change.valid_from - DAY)
        return wrong(row.line, "parent", row.parent, wanted)
    return above[0].unit


def orphans(plan: UnitPlan) -> Iterator[Fault]:
    """A unit that the list ends or shortens must not leave units behind that stand under it later."""
    touched = {version.unit: row.line for version, row in reversed(list(plan.listed())) if version.unit > 0}
    for child in plan.versions:
        if child.row is not None or child.parent not in touched:
            continue
        missing = plan.units[child.parent].missing(child.valid_from, child.last)
        if missing is None or plan.units_before[child.parent].missing(child.valid_from, child.last) is not None:
            continue
        above = plan.units_before[child.parent].at(missing)
        code = above.code if above else ""
        wanted = units_texts.orphaned(child.code, child.valid_to, code, missing)
        yield wrong(touched[child.parent], "valid_to", _listed_end(plan, child.parent), wanted)


def _listed_end(plan: UnitPlan, unit: int) -> str:
    ends = [each.valid_to for each in plan.units[unit].versions if each.row is not None]
    return units_texts.day(ends[-1]) if ends and ends[-1] else ""


def circles(plan: UnitPlan) -> Iterator[Fault]:
    """No unit stands below itself on any day, and no tree is deeper than what is followed."""
    told: set[int] = set()
    for version in plan.versions:
        for day, chain in chains(version, plan.units):
            listed = next((each.row for each in chain if each.row is not None), None)
            if listed is None or id(version) in told:
                continue
            codes = " → ".join(each.code for each in chain)
            if len(chain) > 1 and chain[-1].unit == version.unit:
                told.update(id(each) for each in chain)
                yield wrong(listed.line, "parent", listed.parent, units_texts.circle(day, codes))
            elif len({each.unit for each in chain}) == len(chain) > MAX_DEPTH:
                told.add(id(version))
                yield wrong(listed.line, "parent", listed.parent, units_texts.too_deep(day, MAX_DEPTH, codes))


# --- predecessors -----------------------------------------------------------------------------------------------


def descend(plan: UnitPlan) -> Iterator[Fault]:
    """Set what merged units were made of; each of those existed the day before, and ended then if it went in whole."""
    for version, row in plan.listed():
        if row.predecessors is None or plan.units[version.unit].versions[0] is not version:
            continue
        made: dict[int, bool] = {}
        for code, partly in row.predecessors:
            found = _before(plan, version, row, code, partly)
            if isinstance(found, Fault):
                yield found
            else:
                made[found] = partly
        plan.made[version.unit] = made
    yield from _twice(plan)


def _before(plan: UnitPlan, version: Version, row: UnitRow, code: str, partly: bool) -> int | Fault:
    eve = version.valid_from - DAY
    timeline = plan.codes.get(code)
    found = timeline.at(eve) if timeline else None
    if found is None:
        return wrong(row.line, "predecessors", code, units_texts.no_predecessor(eve))
    if found.unit == version.unit:
        return wrong(row.line, "predecessors", code, units_texts.NOT_OF_ITSELF)
    if not partly and plan.units[found.unit].during(version.valid_from, date.max):
        return wrong(row.line, "predecessors", code, units_texts.predecessor_stays(code, eve))
    return found.unit


def _twice(plan: UnitPlan) -> Iterator[Fault]:
    """What went into one unit whole cannot have gone into another one as well."""
    into: dict[int, list[tuple[int, bool]]] = {}
    for unit, made in plan.made.items():
        for before, partly in made.items():
            into.setdefault(before, []).append((unit, partly))
    for before, units in into.items():
        if len(units) < 2 or all(partly for _, partly in units):
            continue
        rows = [(each.row, each.code) for unit, _ in units for each in plan.units[unit].versions if each.row]
        if rows:
            code = plan.units[before].versions[-1].code
            yield wrong(max(row.line for row, _ in rows), "predecessors", code, units_texts.merged_twice(code))


# --- remarks ----------------------------------------------------------------------------------------------------


def remarks(plan: UnitPlan) -> Iterator[str]:
    """What looks odd and is taken over all the same."""
    yield from _unusual_kinds(plan)
    yield from _lost_zeros(plan)
    yield from _namesakes(plan)


def _unusual_kinds(plan: UnitPlan) -> Iterator[str]:
    kinds = {row.kind: row.line for _, row in reversed(list(plan.listed())) if row.kind not in KNOWN_KINDS}
    for kind, line in kinds.items():
        yield units_texts.unusual_kind(line, kind, KNOWN_KINDS)


def _lost_zeros(plan: UnitPlan) -> Iterator[str]:
    """A spreadsheet that takes codes for numbers drops the zeros they begin with."""
    lengths: dict[str, dict[int, str]] = {}
    for _, row in plan.listed():
        if row.code.isdecimal():
            lengths.setdefault(row.kind, {}).setdefault(len(row.code), row.code)
    for kind, codes in lengths.items():
        if len(codes) > 1:
            yield units_texts.lost_zeros(kind, codes.values())


def _namesakes(plan: UnitPlan) -> Iterator[str]:
    alike: dict[tuple[int | None, str], list[Version]] = {}
    for each in plan.versions:
        alike.setdefault((each.parent, fold(each.name)), []).append(each)
    for versions in alike.values():
        pair = _pair(versions)
        if pair is not None:
            yield units_texts.namesakes(pair[0].code, pair[1].code, pair[0].name)


def _pair(versions: Iterable[Version]) -> tuple[Version, Version] | None:
    """Return two versions of different units that hold at the same time, one of them listed."""
    here = sorted(versions, key=lambda each: each.valid_from)
    for earlier, later in pairwise(here):
        if earlier.unit != later.unit and later.valid_from <= earlier.last and (earlier.row or later.row):
            return earlier, later
    return None
