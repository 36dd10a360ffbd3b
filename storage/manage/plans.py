"""Plans of campaigns, opened or yet to be: ``dialogs.values.plans`` over the database, for who may open one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count

from sqlalchemy import Connection, func, select

from dialogs.forms.form import Form, Section
from dialogs.forms.questions import Respondent
from dialogs.reminders.reminding import offsets_of
from dialogs.texts import deadlines as deadlines_texts
from dialogs.texts import objections
from dialogs.values.decisions import OpenCampaign
from dialogs.values.plans import (
    CampaignPlan,
    OfferedForm,
    PlannedUnit,
    Plans,
    Switch,
    TopUnit,
    UnitGroup,
    unmeasured_columns,
    unmeasured_money,
)
from dialogs.values.rights import Right
from dialogs.values.world import Person
from storage.campaigns import campaigns, forms
from storage.campaigns.campaigns import Audience, Campaign, Opening
from storage.campaigns.turn_cache import TurnCache
from storage.people import rights
from storage.people.people import FILLS_IN
from storage.reports import letterheads
from storage.reports.letterheads import UnitLetterhead
from storage.schema.conditions import OF_ROLE, in_force
from storage.schema.errors import Refused
from storage.schema.tables import campaign_unit, person, role
from storage.units import units
from storage.units.units import UnitAt

EXAMPLES = 3
"""Units of a group that are named with it."""

_PEOPLE = (
    select(role.c.unit, func.count(role.c.person.distinct()))
    .join(person, OF_ROLE)
    .where(role.c.role.in_(FILLS_IN), in_force())
    .group_by(role.c.unit)
)
_DUES = select(campaign_unit.c.unit, campaign_unit.c.form_version, campaign_unit.c.due, campaign_unit.c.required)


@dataclass(frozen=True, slots=True)
class _Owed:
    """One asked unit: which version asks it, until when, and whether it has to report."""

    unit: UnitAt
    version: int
    due: datetime | None
    required: bool


def as_opening(connection: Connection, wanted: OpenCampaign) -> Opening:
    """Return what a campaign is opened with; the campaign before it is the newest that covered its unit.

    Raises ``Refused`` if the unit is not there on the reference date.
    """
    top = units.by_id(connection, wanted.unit, wanted.reference_date)
    if top is None:
        raise Refused(objections.chosen_unit_gone(wanted.reference_date))
    before = campaigns.before(connection, wanted.form, top.id, wanted.reference_date)
    return Opening(
        form=wanted.form,
        unit=top.code,
        reference_date=wanted.reference_date,
        key=wanted.key,
        title=wanted.title,
        due=wanted.due,
        switches=wanted.switches,
        settings=wanted.settings,
        period=wanted.period,
        previous=before.id if before else None,
        not_required=wanted.not_required,
        left_out=wanted.left_out,
    )


def planned(connection: Connection, cache: TurnCache, wanted: OpenCampaign, at: datetime) -> CampaignPlan:
    """Return what ``wanted`` comes to. Raises ``Refused`` if its form or its unit is not there."""
    opening = as_opening(connection, wanted)
    found = campaigns.look(connection, opening)
    owed = [
        _Owed(unit, version, _due(wanted, unit.kind), unit.code not in wanted.not_required)
        for unit, version in found.asked
    ]
    form = next(iter(found.versions.values()))
    here = Campaign(
        id=0,
        key=wanted.key or form.key,
        title=wanted.title or form.short_title,
        form_version=next(iter(found.versions)),
        root=found.top.id,
        reference_date=wanted.reference_date,
        switches=wanted.switches,
        settings=wanted.settings,
        opened_at=at,
        closed_at=None,
        period=wanted.period,
    )
    before = campaigns.by_id(connection, opening.previous) if opening.previous else None
    return _plan(connection, cache, here, found, owed, before.title if before else "", at)


def _due(wanted: OpenCampaign, kind: str) -> datetime | None:
    day = wanted.due.get(kind)
    return campaigns.last_moment(day, wanted.zone) if day else None


def of_campaign(connection: Connection, cache: TurnCache, here: Campaign, at: datetime) -> CampaignPlan:
    """Return the plan of a campaign as it stands, deadlines that were moved since included."""
    top = units.by_id(connection, here.root, here.reference_date)
    rows = {row[0]: row for row in connection.execute(_DUES.where(campaign_unit.c.campaign == here.id))}
    tree = units.descendants(connection, here.root, here.reference_date)
    if top is None:
        raise Refused(objections.campaign_unit_gone(here.key, here.reference_date))
    owed = [_Owed(each, *rows[each.id][1:]) for each in tree if each.id in rows]
    own = dict.fromkeys((here.form_version, *(each.version for each in owed)))
    versions = {version: cache.form(connection, version) for version in own}
    kinds = {kind for form in versions.values() for kind in form.filled_by} & {each.kind for each in tree}
    asked = tuple((each.unit, each.version) for each in owed)
    found = Audience(top, versions, tree, asked, frozenset(kinds))
    before = campaigns.previous_of(connection, here.id)
    return _plan(connection, cache, here, found, owed, before.title if before else "", at)


def _plan(
    connection: Connection,
    cache: TurnCache,
    here: Campaign,
    found: Audience,
    owed: Sequence[_Owed],
    before: str,
    at: datetime,
) -> CampaignPlan:
    form = found.versions[here.form_version]
    kinds = {each.unit.kind for each in owed}
    missing = Counter(each.kind for each in found.tree if each.kind in found.kinds - kinds)
    above = units.by_id(connection, found.top.parent, here.reference_date) if found.top.parent else None
    head = letterheads.at(connection, found.top.id, here.reference_date)
    staff = {unit: int(number) for unit, number in connection.execute(_PEOPLE, {"at": at})}
    return CampaignPlan(
        key=here.key,
        title=here.title,
        form=form.key,
        form_short=form.short_title,
        form_title=" ".join(form.title),
        legal_basis=form.legal_basis,
        unit_code=found.top.code,
        unit_name=found.top.name,
        parent_name=above.name if above else "",
        reference_date=here.reference_date,
        period=here.period,
        units=tuple(_units(found.tree, owed, staff)),
        groups=tuple(_groups(connection, cache, here, found.versions, owed)),
        left_out=tuple(sorted(missing.items())),
        not_asked=tuple(each.name for each in found.tree if each.kind not in found.kinds),
        switches=tuple(_switches(found.versions.values(), here.switches)),
        settings=here.settings,
        offsets=offsets_of(here.settings),
        previous=before,
        outline=tuple(_outline(form)),
        tables=tuple(f"{table.number_line} {' '.join(table.title)}".strip() for table in form.tables),
        unmeasured=tuple(
            dict.fromkeys(each for form in found.versions.values() for each in unmeasured_columns(form, here.switches))
        ),
        profile=head.profile or form.document.profile,
        letterhead=_letterhead(form, found.top, head),
        opened_at=here.opened_at if here.id else None,
        closed_at=here.closed_at,
        campaign=here.id,
    )


def _letterhead(form: Form, top: UnitAt, head: UnitLetterhead) -> dict[str, str]:
    """Return how the unit heads and signs its documents; the form's usual authority and symbol stand in."""
    usual = {"quyen_han": dict(form.document.authority), "ky_hieu": dict(form.document.body_symbol)}
    found = {key: known.get(top.body) or known.get(top.kind, "") for key, known in usual.items()}
    return found | {key: text for key, name in letterheads.KEYS.items() if (text := str(getattr(head, name)))}


def _units(tree: Iterable[UnitAt], owed: Sequence[_Owed], staff: Mapping[int, int]) -> Iterator[PlannedUnit]:
    by_id = {each.unit.id: each for each in owed}
    above: dict[int, tuple[str, ...]] = {}
    for unit in tree:
        over = above.get(unit.parent or 0, ())
        asked = by_id.get(unit.id)
        above[unit.id] = (*over, unit.kind) if asked else over
        if asked:
            people = staff.get(unit.id, 0)
            yield PlannedUnit(unit.code, unit.name, unit.kind, asked.due, asked.required, over, people)


def _groups(
    connection: Connection, cache: TurnCache, here: Campaign, versions: Mapping[int, Form], owed: Sequence[_Owed]
) -> Iterator[UnitGroup]:
    """Yield the kinds of units that are asked, the lowest level first: in the order in which they report."""
    kinds: dict[str, list[_Owed]] = {}
    for each in sorted(owed, key=lambda one: -one.unit.depth):
        kinds.setdefault(each.unit.kind, []).append(each)
    for kind, members in kinds.items():
        version = members[0].version
        form, usual = versions[version], campaigns.usual_deadline(versions[version], kind)
        (due, alike), *_ = Counter(each.due for each in members).most_common(1)
        yield UnitGroup(
            kind=kind,
            number=len(members),
            not_required=sum(not each.required for each in members),
            due=due,
            form=form.short_title,
            examples=tuple(each.unit.name for each in members[:EXAMPLES]),
            wording=usual.wording if usual else "",
            usual=date.fromisoformat(usual.day) if usual and usual.day else None,
            others=len(members) - alike,
            questions=len(cache.questions(connection, version, Respondent(kind, "", here.switches))),
        )


def _switches(asked: Iterable[Form], on: frozenset[str]) -> Iterator[Switch]:
    for form in asked:
        for key in dict.fromkeys(table.switch for table in form.tables if table.switch):
            tables = tuple(table.number_line for table in form.tables if table.switch == key)
            yield Switch(key, form.key, tables, key in on)


def _outline(form: Form) -> Iterator[tuple[int, str]]:
    """Yield the headings of the outline with their level."""
    waiting = [(1, node) for node in reversed(form.outline)]
    while waiting:
        level, node = waiting.pop()
        label = f"{node.label}: " if isinstance(node, Section) and node.label else ""
        if node.heading:
            yield level, label + node.heading
        if isinstance(node, Section):
            waiting.extend((level + 1, child) for child in reversed(node.children))


# --- what the dialog looks up -------------------------------------------------------------------------------------


class StoredPlans(Plans):
    """What ``person`` may look up to open campaigns and to manage those that run."""

    def __init__(self, connection: Connection, person: Person, now: datetime, cache: TurnCache) -> None:
        self._connection = connection
        self._person = person
        self._now = now
        self._cache = cache
        self._latest: tuple[OpenCampaign, CampaignPlan] | None = None

    def may_open(self) -> bool:
        """Return whether the person may open a campaign anywhere."""
        return bool(self._held())

    def _held(self) -> tuple[int, ...]:
        held = rights.held(self._connection, self._person.id, Right.CAMPAIGN_OPEN, self._now)
        return tuple(dict.fromkeys(unit for unit, _ in held))

    def forms(self) -> tuple[OfferedForm, ...]:
        """Return the newest version of every published form, by title."""
        newest = {each.key: each.id for each in forms.published(self._connection)}
        found = ((each, self._cache.form(self._connection, each)) for each in newest.values())
        offered = (_offered(form, len(tuple(form.fields()))) for _, form in found)
        return tuple(sorted(offered, key=lambda each: each.title)) if self.may_open() else ()

    def own(self, day: date) -> tuple[TopUnit, ...]:
        """Return the units in which the person holds the right, as they were on ``day``."""
        found = (units.by_id(self._connection, unit, day) for unit in self._held())
        return tuple(_top(each, own=True) for each in found if each is not None)

    def tops(self, day: date) -> tuple[TopUnit, ...]:
        """Return those and every unit below them, in administrative order."""
        own = self.own(day)
        below = (each for top in own for each in units.descendants(self._connection, top.id, day)[1:])
        found = {each.id: each for each in (_top(unit, own=False) for unit in below)}
        return tuple((found | {each.id: each for each in own}).values())

    def top(self, unit: int, day: date) -> TopUnit | None:
        """Return one of them."""
        if not self._may(unit, day):
            return None
        found = units.by_id(self._connection, unit, day)
        return _top(found, own=unit in self._held()) if found else None

    def _may(self, unit: int, day: date) -> bool:
        return rights.may(self._connection, self._person.id, Right.CAMPAIGN_OPEN, unit, day, self._now)

    def free_key(self, wanted: str) -> str:
        """Return ``wanted``, or the next like it that no campaign has."""
        keys = (wanted, *(f"{wanted}-{number}" for number in range(2, 10)))
        free = (key for key in keys if campaigns.by_key(self._connection, key) is None)
        further = (f"{wanted}-{number}" for number in count(10))
        return next(free, None) or next(k for k in further if campaigns.by_key(self._connection, k) is None)

    def plan(self, opening: OpenCampaign) -> CampaignPlan | None:
        """Return what ``opening`` comes to, None if form or unit are not there; the same is not worked out twice."""
        if self._latest is None or self._latest[0] != opening:
            try:
                self._latest = (opening, planned(self._connection, self._cache, opening, self._now))
            except Refused:
                return None
        return self._latest[1]

    def refusal(self, opening: OpenCampaign) -> str:
        """Return why ``opening`` is not possible, '' if it is: then it stays so until the transaction ends."""
        return refusal(self._connection, opening, self._person.id, self._now)

    def running(self) -> tuple[CampaignPlan, ...]:
        """Return the open campaigns that the person may manage, newest first."""
        found = (each for each in reversed(campaigns.every(self._connection)) if each.closed_at is None)
        mine = (each for each in found if self._may(each.root, each.reference_date)) if self._held() else ()
        return tuple(of_campaign(self._connection, self._cache, each, self._now) for each in mine)

    def running_one(self, campaign: int) -> CampaignPlan | None:
        """Return one of them."""
        found = campaigns.by_id(self._connection, campaign)
        if found is None or found.closed_at is not None or not self._may(found.root, found.reference_date):
            return None
        return of_campaign(self._connection, self._cache, found, self._now)


def _offered(form: Form, questions: int) -> OfferedForm:
    tables = [table for table in form.tables if not table.missing]
    return OfferedForm(form.key, form.version, form.short_title, questions, len(tables), unmeasured_money(form))


def _top(unit: UnitAt, own: bool) -> TopUnit:
    return TopUnit(unit.id, unit.code, unit.name, unit.kind, own)


def refusal(connection: Connection, wanted: OpenCampaign, person_id: int, at: datetime) -> str:
    """Return why a person cannot open this campaign, '' if they can; nobody else opens one until the caller is done."""
    if not rights.may(connection, person_id, Right.CAMPAIGN_OPEN, wanted.unit, wanted.reference_date, at):
        return objections.NOT_YOURS
    today = at.astimezone(wanted.zone).date()
    for day in wanted.due.values():
        if why := deadlines_texts.why_no_last_day(day, today):
            return why
    try:
        _, found = campaigns.prepare(connection, as_opening(connection, wanted))
    except Refused as error:
        return str(error)
    without = sorted({unit.kind for unit, _ in found.asked} - set(wanted.due))
    owing = any(unit.code not in wanted.not_required for unit, _ in found.asked)
    if not owing:
        return objections.NOBODY_OWES
    return objections.kinds_without_due(without) if without else ""
