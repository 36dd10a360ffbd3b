"""How far units are, for those who follow them: the board of a campaign at and below one unit, on one snapshot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, and_, bindparam, select

from dialogs.values.decisions import DrawProgress
from dialogs.values.progress_board import Board, Following, Reached, UnitProgress
from dialogs.values.rights import Reach, Right
from dialogs.values.status import Status
from dialogs.values.world import Person
from storage.campaigns import campaigns
from storage.campaigns.campaigns import Campaign
from storage.campaigns.scope import ScopedReport, members
from storage.campaigns.turn_cache import TurnCache
from storage.compiled.progress import late, of_members
from storage.messages import jobs
from storage.messages.context import Context
from storage.messages.outbox import OutboxRow
from storage.people import rights
from storage.people.people import FILLS_IN
from storage.reports.report_view import status
from storage.schema.conditions import OF_ROLE, in_force
from storage.schema.known_doors import known_doors
from storage.schema.tables import account, person, role
from storage.units import units
from storage.units.units import UnitAt

_TREE = units.below("tree")
_DOORS = (
    select(role.c.unit, account.c.id, account.c.blocked_at)
    .join(_TREE, _TREE.c.unit == role.c.unit)
    .join(person, OF_ROLE)
    .outerjoin(
        account, and_(account.c.person == person.c.id, account.c.channel.not_in(bindparam("seated", expanding=True)))
    )
    .where(role.c.role.in_(FILLS_IN), in_force())
)


class StoredFollowing(Following):
    """What ``person`` may follow; a board is read once a turn."""

    def __init__(self, connection: Connection, person: Person, now: datetime, cache: TurnCache) -> None:
        self._connection = connection
        self._person = person
        self._now = now
        self._cache = cache
        self._boards: dict[tuple[int, int], Board | None] = {}

    def board(self, campaign: int, unit: int) -> Board | None:
        """Return the units at and below one, None where the person may not follow them."""
        key = (campaign, unit)
        if key not in self._boards:
            self._boards[key] = self._board(campaign, unit)
        return self._boards[key]

    def _board(self, campaign: int, unit: int) -> Board | None:
        asked = campaigns.by_id(self._connection, campaign)
        return None if asked is None else board_for(self._connection, self._person.id, asked, unit, self._now)

    def answered(self, board: Board, reports: Sequence[int]) -> Mapping[int, tuple[int, int]]:
        """Return how many questions of how many are answered, by report; nothing of what is not on the board."""
        asked = campaigns.by_id(self._connection, board.campaign)
        wanted = {place.report for place in board.asked} & set(reports)
        if asked is None or not wanted:
            return {}
        found = [each for each in members(self._connection, asked, board.top.unit) if each.submission in wanted]
        done = of_members(self._connection, self._cache, asked, found, self._now)
        return {each.report: (each.answered, each.total) for each in done}


def board_for(connection: Connection, person_id: int, asked: Campaign, unit_id: int, now: datetime) -> Board | None:
    """Return the board of a unit as far as a person may follow it, None if not at all."""
    day = asked.reference_date
    if not rights.may(connection, person_id, Right.PROGRESS_READ, unit_id, day, now):
        return None
    found = of_unit(connection, asked, unit_id, now)
    if found is None:
        return None
    reached = reached_units(connection, person_id, Right.PROGRESS_READ, found, day, now)
    kept = tuple(place for place in found.places if place.unit in reached)
    above = _above(connection, person_id, asked, unit_id, now)
    return Board(found.campaign, found.key, found.title, found.at, kept, above)


def _above(connection: Connection, person_id: int, asked: Campaign, unit_id: int, now: datetime) -> int:
    """The unit right over one in the campaign's tree if the person may follow it, else 0."""
    day = asked.reference_date
    over = next(iter(units.ancestors(connection, unit_id, day)), None) if unit_id != asked.root else None
    followed = over is not None and rights.may(connection, person_id, Right.PROGRESS_READ, over.id, day, now)
    return over.id if over is not None and followed else 0


def of_unit(connection: Connection, asked: Campaign, unit_id: int, now: datetime) -> Board | None:
    """Return the whole board of a unit; None if the unit did not exist on the campaign's reference date."""
    tree = units.descendants(connection, unit_id, asked.reference_date)
    if not tree:
        return None
    reports = {each.unit.id: each for each in members(connection, asked, unit_id)}
    doors = _doors(connection, unit_id, asked.reference_date, now)
    places = tuple(_place(each, reports.get(each.id), doors.get(each.id, Reached.NOBODY), now) for each in tree)
    return Board(asked.id, asked.key, asked.title, now, places)


def _place(unit: UnitAt, report: ScopedReport | None, reached: Reached, now: datetime) -> UnitProgress:
    above = unit.parent or 0 if unit.depth else 0
    if report is None:
        return UnitProgress(unit.id, unit.code, unit.name, unit.kind, above, unit.depth)
    here = status(report.status, report.required)
    is_late = here is not Status.NOT_REQUIRED and late(report.due, report.first_sent_at, now)
    return UnitProgress(
        unit.id,
        unit.code,
        unit.name,
        unit.kind,
        above,
        unit.depth,
        report.submission,
        here,
        is_late,
        report.due,
        report.first_sent_at,
        report.sent_at,
        reached,
    )


def _doors(connection: Connection, unit_id: int, day: date, now: datetime) -> dict[int, Reached]:
    """Return for each unit that has somebody to fill its report in whether one of them can be written to."""
    found: dict[int, set[Reached]] = {}
    where = {"root": unit_id, "day": day, "at": now, "seated": known_doors(connection).seated}
    for unit, account_id, blocked_at in connection.execute(_DOORS, where):
        here = Reached.NO_DOOR if account_id is None else Reached.YES if blocked_at is None else Reached.BLOCKED
        found.setdefault(unit, set()).add(here)
    best = (Reached.YES, Reached.BLOCKED, Reached.NO_DOOR)
    return {unit: next(each for each in best if each in seen) for unit, seen in found.items()}


def reached_units(
    connection: Connection, person_id: int, right: Right, found: Board, day: date, at: datetime
) -> frozenset[int]:
    """Return the units of a board over which a person has a right."""
    held = rights.held(connection, person_id, right, at)
    above = {each.id for each in units.ancestors(connection, found.top.unit, day)}
    from_above = any(unit in above and reach is not Reach.OWN for unit, reach in held)
    below = {found.top.unit} if from_above else set[int]()
    reached = set(below)
    for place in found.places:
        here = [reach for unit, reach in held if unit == place.unit]
        if place.above in below or place.unit in below:
            below.add(place.unit)
            reached.add(place.unit)
        if any(reach is not Reach.BELOW for reach in here):
            reached.add(place.unit)
        if any(reach is not Reach.OWN for reach in here):
            below.add(place.unit)
    return frozenset(reached)


def draw(connection: Connection, decision: DrawProgress, context: Context, cache: TurnCache) -> Sequence[OutboxRow]:  # noqa: ARG001
    """Queue the picture of a board for the account that spoke. Raises ``Refused`` without the right to follow it."""
    by, at = context.person.id, context.at
    asked, unit = rights.require_in(connection, by, Right.PROGRESS_READ, decision.campaign, decision.unit, at)
    jobs.add_once(connection, jobs.PICTURE, {"campaign": asked.key, "unit": unit.code, **context.asker()}, at)
    return ()
