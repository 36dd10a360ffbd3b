"""Campaigns: which units are asked with which form, until when."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, tzinfo
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, and_, case, func, insert, literal, select, text, update

from dialogs.forms.form import Deadline, Form
from dialogs.reading import clean
from dialogs.reading.cleaning import shorten
from dialogs.reminders.reminding import BadSchedule, schedule_of
from dialogs.texts import objections
from dialogs.values.deadlines import last_moment as last_moment
from dialogs.values.plans import COUNTED as COUNTED
from dialogs.values.plans import unmeasured_money
from storage.campaigns import forms
from storage.schema.errors import Refused
from storage.schema.statements import dumps, new_id
from storage.schema.tables import campaign, campaign_unit, form_version, submission, unit_version
from storage.units import predecessors, units
from storage.units.units import UnitAt, valid

MAY_COUNT = ("in_progress", "returned", *COUNTED)
"""The statuses that a campaign may be told to count."""

MAX_TITLE = 200
"""Characters of a campaign's title and of its period: both are printed on one line."""

_ONE_OPENS = text("SELECT pg_advisory_xact_lock(hashtext('baocao.campaign'), 0)")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")


@dataclass(frozen=True, slots=True)
class Opening:
    """What a campaign is opened with. ``due`` holds the last day by unit kind and wins over the form's own.

    ``key`` '' is the form's key; ``not_required`` are codes of units that are listed but owe nothing, ``left_out``
    kinds that are not asked though the form names them; ``settings`` may name ``counted``, the statuses that count,
    and ``not_added``, the unit kinds whose own figures no sum takes.
    """

    form: str
    unit: str
    reference_date: date
    key: str = ""
    title: str = ""
    due: Mapping[str, date] = field(default_factory=dict)
    switches: frozenset[str] = frozenset()
    settings: Mapping[str, Any] = field(default_factory=dict)
    period: str = ""
    previous: int | None = None
    not_required: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Audience:
    """Who an opening would ask: ``asked`` are units of ``tree`` with the version of ``versions`` that asks them.

    ``kinds`` are those that the forms name here, left out or not.
    """

    top: UnitAt
    versions: Mapping[int, Form]
    tree: tuple[UnitAt, ...]
    asked: tuple[tuple[UnitAt, int], ...]
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Campaign:
    """An opened campaign."""

    id: int
    key: str
    title: str
    form_version: int
    root: int
    reference_date: date
    switches: frozenset[str]
    settings: Mapping[str, Any]
    opened_at: datetime
    closed_at: datetime | None
    period: str = ""

    @property
    def counted(self) -> tuple[str, ...]:
        return counted(self.settings)

    @property
    def not_added(self) -> frozenset[str]:
        """The kinds of units whose own figures are in no sum above them, because others count the same things."""
        return frozenset(self.settings.get("not_added", ()))


_COLUMNS = tuple(campaign.c[name] for name in Campaign.__dataclass_fields__)


def counted(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the statuses whose figures count in sums."""
    return tuple(settings.get("counted", COUNTED))


def open_campaign(connection: Connection, opening: Opening, at: datetime, zone: tzinfo, by: int | None = None) -> int:
    """Ask every unit at or below ``opening.unit`` that the form or a companion names; return the campaign's id.

    Raises ``Refused`` as ``prepare``.
    """
    opening, found = prepare(connection, opening)
    campaign_id = _insert(connection, opening, found.top.id, found.versions, at, by)
    rows = (_asked(opening, campaign_id, each, version, found.versions[version], zone) for each, version in found.asked)
    connection.execute(insert(campaign_unit), list(rows))
    begun = select(campaign_unit.c.id, literal("not_opened")).where(campaign_unit.c.campaign == campaign_id)
    connection.execute(insert(submission).from_select(["id", "status"], begun))
    return campaign_id


def prepare(connection: Connection, opening: Opening) -> tuple[Opening, Audience]:
    """Return an opening as it is stored and who it asks; until the transaction ends nobody else opens a campaign.

    Raises ``Refused`` if the form or a companion is not published or has money without a unit, the unit is unknown on
    the reference date, the key is taken, nobody would be asked, title or period are not one line, or the opening
    names kinds, codes, switches or statuses that are not there.
    """
    _hold(connection)
    opening = replace(
        opening, title=_line(objections.TITLE, opening.title), period=_line(objections.PERIOD, opening.period)
    )
    found = look(connection, opening)
    if not found.asked:
        raise Refused(objections.nobody_asked(found.top.name, opening.form))
    _check(opening, found)
    key = opening.key or opening.form
    if by_key(connection, key) is not None:
        raise Refused(objections.key_taken(key))
    return opening, found


def _hold(connection: Connection) -> None:
    """One transaction at a time opens campaigns, so that a key that is free stays so; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(_ONE_OPENS)


def look(connection: Connection, opening: Opening) -> Audience:
    """Return who an opening would ask, perhaps nobody.

    Raises ``Refused`` if the form or a companion is not published or the unit is unknown on the reference date.
    """
    top = units.by_code(connection, opening.unit, opening.reference_date)
    if top is None:
        raise Refused(objections.no_such_unit(opening.unit, opening.reference_date))
    versions = _versions(connection, opening.form)
    tree = units.descendants(connection, top.id, opening.reference_date)
    named = tuple((each, version) for each in tree if (version := _form_of(each, versions)) is not None)
    asked = tuple((each, version) for each, version in named if each.kind not in opening.left_out)
    return Audience(top, versions, tree, asked, frozenset(each.kind for each, _ in named))


def _line(what: str, text: str) -> str:
    """Return a text as it is stored. Raises ``Refused`` if it is not one line."""
    cleaned = clean(text).strip()
    if "\n" in cleaned or len(cleaned) > MAX_TITLE:
        raise Refused(objections.not_one_line(what, shorten(text), MAX_TITLE))
    return cleaned


def _check(opening: Opening, found: Audience) -> None:
    """Raise ``Refused`` if the opening names something that is not there: a slip would go unnoticed."""
    if opening.key and not _KEY.fullmatch(opening.key):
        raise Refused(objections.key_unusable(opening.key))
    versions, asked = found.versions.values(), [each for each, _ in found.asked]
    for form in versions:
        if cells := unmeasured_money(form):
            raise Refused(objections.money_unmeasured(form.key, cells[:5]))
    switches = {table.switch for form in versions for table in form.tables if table.switch}
    _named(objections.KINDS_LEFT_OUT, opening.left_out, found.kinds)
    _named(objections.SWITCHES, opening.switches, switches)
    _named(objections.KINDS_DUE, opening.due, {each.kind for each in asked})
    codes = {each.code for each in asked}
    _named(objections.UNITS_NOT_REQUIRED, opening.not_required, codes, objections.ASKED_UNITS)
    _named(objections.COUNTED_STATUSES, opening.settings.get("counted", ()), MAY_COUNT)
    try:
        schedule_of(opening.settings)
    except BadSchedule as bad:
        raise Refused(str(bad)) from bad
    _named(objections.KINDS_NOT_ADDED, opening.settings.get("not_added", ()), {each.kind for each in found.tree})


def _named(what: str, given: Iterable[str], known: Iterable[str], instead: str = "") -> None:
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise Refused(objections.not_there(what, unknown, instead or ", ".join(sorted(known))))


def _versions(connection: Connection, key: str) -> dict[int, Form]:
    """Return the newest versions of the form and of its companions by id, the form itself first."""
    found: dict[int, Form] = {}
    wanted = [key]
    for each in wanted:
        version = forms.newest(connection, each)
        if version is None:
            raise Refused(objections.form_unpublished(each))
        found[version] = forms.load(connection, version)
        wanted.extend(companion for companion in found[version].companions if companion not in wanted)
    return found


def _form_of(unit: UnitAt, versions: Mapping[int, Form]) -> int | None:
    """Return the version that asks a unit, None if neither the form nor a companion names its kind."""
    return next((version for version, form in versions.items() if unit.kind in form.filled_by), None)


def _asked(opening: Opening, campaign_id: int, unit: UnitAt, version: int, form: Form, zone: tzinfo) -> dict[str, Any]:
    day = opening.due.get(unit.kind) or _usual_day(form, unit.kind)
    return {
        "campaign": campaign_id,
        "unit": unit.id,
        "form_version": version,
        "due": last_moment(day, zone) if day else None,
        "required": unit.code not in opening.not_required,
    }


def _usual_day(form: Form, kind: str) -> date | None:
    usual = usual_deadline(form, kind)
    return date.fromisoformat(usual.day) if usual and usual.day else None


def usual_deadline(form: Form, kind: str) -> Deadline | None:
    """Return the deadline that a form names for a kind of units; its ``day`` may be ''."""
    return next((deadline for deadline in form.deadlines if kind in deadline.kinds), None)


def _insert(
    connection: Connection,
    opening: Opening,
    root: int,
    versions: Mapping[int, Form],
    at: datetime,
    by: int | None,
) -> int:
    version, form = next(iter(versions.items()))
    values = {
        "key": opening.key or form.key,
        "title": opening.title or form.short_title,
        "form_version": version,
        "root": root,
        "reference_date": opening.reference_date,
        "period": opening.period,
        "previous": opening.previous,
        "switches": dumps(sorted(opening.switches)),
        "settings": dumps(dict(opening.settings)),
        "opened_at": at,
        "opened_by": by,
    }
    return new_id(connection.execute(insert(campaign), values))


def by_key(connection: Connection, key: str) -> Campaign | None:
    """Return the campaign with this key."""
    row = connection.execute(select(*_COLUMNS).where(campaign.c.key == key)).first()
    return _campaign(row) if row else None


def by_id(connection: Connection, campaign_id: int) -> Campaign | None:
    """Return the campaign with this id."""
    row = connection.execute(select(*_COLUMNS).where(campaign.c.id == campaign_id)).first()
    return _campaign(row) if row else None


def previous_of(connection: Connection, campaign_id: int) -> Campaign | None:
    """Return the campaign that one is compared with."""
    found = select(campaign.c.previous).where(campaign.c.id == campaign_id)
    before = connection.execute(found).scalar()
    return by_id(connection, before) if before is not None else None


def every(connection: Connection) -> tuple[Campaign, ...]:
    """Return all campaigns in the order they were opened."""
    return tuple(_campaign(row) for row in connection.execute(select(*_COLUMNS).order_by(campaign.c.id)))


def _campaign(row: Row[Any]) -> Campaign:
    found = dict(row._mapping)
    found["switches"] = frozenset(json.loads(found["switches"]))
    found["settings"] = json.loads(found["settings"])
    return Campaign(**found)


def before(connection: Connection, form: str, unit_id: int, day: date) -> Campaign | None:
    """Return the newest campaign of the same form, of ``day`` or earlier, that asked at or above a unit.

    A unit that was made of others stands where they stood.
    """
    mine = predecessors.lineage(connection, unit_id)
    found = select(*_COLUMNS).join(form_version, form_version.c.id == campaign.c.form_version)
    found = found.where(form_version.c.key == form, campaign.c.reference_date <= day)
    for row in connection.execute(found.order_by(campaign.c.reference_date.desc(), campaign.c.id.desc())).all():
        here = _campaign(row)
        if any(_stands_under(connection, each, here) for each in mine):
            return here
    return None


def _stands_under(connection: Connection, unit_id: int, here: Campaign) -> bool:
    if unit_id == here.root:
        return True
    return any(each.id == here.root for each in units.ancestors(connection, unit_id, here.reference_date))


class CampaignGroup(NamedTuple):
    """The units of one kind that a campaign asks until the same moment, and how many of them owe nothing."""

    kind: str
    due: datetime | None
    number: int
    not_required: int


_GROUPS = (
    select(
        unit_version.c.kind,
        campaign_unit.c.due,
        func.count(),
        func.count(case((campaign_unit.c.required.is_(False), 1))),
    )
    .select_from(
        campaign_unit.join(campaign, campaign.c.id == campaign_unit.c.campaign).join(
            unit_version,
            and_(unit_version.c.unit == campaign_unit.c.unit, valid(unit_version, campaign.c.reference_date)),
        )
    )
    .group_by(unit_version.c.kind, campaign_unit.c.due)
    .order_by(unit_version.c.kind, campaign_unit.c.due)
)


def groups(connection: Connection, campaign_id: int) -> tuple[CampaignGroup, ...]:
    """Return how many units of which kind a campaign asks until when."""
    rows = connection.execute(_GROUPS.where(campaign_unit.c.campaign == campaign_id))
    return tuple(CampaignGroup(*row) for row in rows)


def not_asked(connection: Connection, here: Campaign) -> tuple[UnitAt, ...]:
    """Return the units at and below a campaign's root that neither its form nor a companion names."""
    rows = connection.execute(select(campaign_unit.c.unit).where(campaign_unit.c.campaign == here.id))
    asked = set(rows.scalars())
    tree = units.descendants(connection, here.root, here.reference_date)
    return tuple(each for each in tree if each.id not in asked)


def close(connection: Connection, campaign_id: int, at: datetime) -> None:
    """End a campaign: it leaves the first screens; what was stored stays readable."""
    connection.execute(update(campaign).where(campaign.c.id == campaign_id).values(closed_at=at))


def submission_of(connection: Connection, campaign_id: int, unit_id: int) -> int | None:
    """Return the id of a unit's report in a campaign, None if it is not asked."""
    found = select(campaign_unit.c.id).where(campaign_unit.c.campaign == campaign_id, campaign_unit.c.unit == unit_id)
    return connection.execute(found).scalar()


def set_due(connection: Connection, submission_id: int, due: datetime | None) -> None:
    """Give a unit another last moment."""
    connection.execute(update(campaign_unit).where(campaign_unit.c.id == submission_id).values(due=due))
