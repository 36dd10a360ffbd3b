"""Who owes what at this moment: the facts a reminder is composed of, for many people and reports at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, or_, select

from dialogs.forms.answers import Address, Answer, State
from dialogs.forms.prefixes import covers
from dialogs.forms.questions import Question, settled
from dialogs.reminders.messages import missing_places, part_of
from dialogs.texts import places
from dialogs.values.outstanding import Handed, Owed
from dialogs.values.rights import Right, allows
from storage.campaigns.turn_cache import TurnCache
from storage.people.people import FILLS_IN
from storage.reports import sharing
from storage.reports.report_view import REPORT_ROWS, respondent
from storage.schema.conditions import OF_ROLE, UNSENT, in_force
from storage.schema.statements import chunks
from storage.schema.tables import (
    answer,
    assignment,
    campaign,
    campaign_unit,
    person,
    return_,
    role,
    submission,
    unit_version,
)

IN_FORCE = in_force("now")
OWING = or_(
    and_(submission.c.status.in_(UNSENT), campaign_unit.c.required),
    and_(
        submission.c.status == "returned",
        or_(submission.c.reopened_until.is_(None), submission.c.reopened_until > bindparam("now")),
    ),
)
_REPORTS = (
    select(
        submission.c.id,
        submission.c.status,
        submission.c.reopened_until,
        submission.c.confirm_asked_at,
        campaign_unit.c.unit,
        campaign_unit.c.due,
        campaign_unit.c.form_version,
        campaign.c.title,
        campaign.c.switches,
        unit_version.c.name,
        unit_version.c.kind,
        unit_version.c.body,
    )
    .select_from(REPORT_ROWS)
    .where(submission.c.id.in_(bindparam("reports", expanding=True)), campaign.c.closed_at.is_(None), OWING)
)
_ROLES = (
    select(role.c.person, role.c.unit, role.c.role)
    .join(person, OF_ROLE)
    .where(role.c.person.in_(bindparam("people", expanding=True)), role.c.role.in_(FILLS_IN), IN_FORCE)
)
_RETURNS = (
    select(return_.c.submission, return_.c.prefix, return_.c.comment)
    .where(return_.c.submission.in_(bindparam("reports", expanding=True)), return_.c.resolved_at.is_(None))
    .order_by(return_.c.id)
)
_SHARED = (
    select(assignment.c.submission)
    .distinct()
    .where(assignment.c.submission.in_(bindparam("reports", expanding=True)), assignment.c.resolved_at.is_(None))
)
_STATES = select(
    answer.c.submission, answer.c.field, answer.c.row, answer.c.column, answer.c.state, answer.c.closed
).where(answer.c.submission.in_(bindparam("reports", expanding=True)), answer.c.state != State.EMPTY.value)


@dataclass(frozen=True, slots=True)
class _Report:
    """An owed report with what is common to everybody who works on it."""

    row: Any
    asked: tuple[Question, ...]
    given: Mapping[Address, Answer]
    handed: tuple[tuple[str, str], ...]
    shared: bool


def owed(
    connection: Connection, cache: TurnCache, wanted: Mapping[int, Collection[int]], now: datetime
) -> dict[int, tuple[Owed, ...]]:
    """Return which of the ``wanted`` reports (by person) each person still owes, and how far each is.

    Nobody owes a report whose unit is no longer theirs, which is sent, closed, or not required; nor somebody limited
    to a part of it who has finished that part. A report that waits for its leader's word is owed by leaders only.
    """
    reports = _reports(connection, cache, {each for some in wanted.values() for each in some}, now)
    held = _held(connection, wanted, now)
    found: dict[int, tuple[Owed, ...]] = {}
    for who, some in wanted.items():
        mine = (_owed(connection, cache, reports[each], who, held) for each in dict.fromkeys(some) if each in reports)
        found[who] = tuple(each for each in mine if each is not None)
    return found


def _reports(connection: Connection, cache: TurnCache, wanted: Collection[int], now: datetime) -> dict[int, _Report]:
    found: dict[int, _Report] = {}
    for some in chunks(sorted(wanted)):
        where = {"reports": some, "now": now}
        given = _given(connection, some)
        handed = _grouped((row[0], (row[1], row[2])) for row in connection.execute(_RETURNS, where))
        shared = set(connection.execute(_SHARED, where).scalars())
        for row in connection.execute(_REPORTS, where):
            states = given.get(row.id, {})
            asker = respondent(row.kind, row.body, row.switches)
            asked = cache.questions(connection, row.form_version, asker, states)
            returned = tuple(handed.get(row.id, ())) if row.status == "returned" else ()
            found[row.id] = _Report(row, asked, states, returned, row.id in shared)
    return found


def _given(connection: Connection, reports: Collection[int]) -> dict[int, dict[Address, Answer]]:
    """Return the answers as far as counting them needs."""
    found: dict[int, dict[Address, Answer]] = {}
    for report, *place, state, closed in connection.execute(_STATES, {"reports": reports}):
        address = Address(*place)
        found.setdefault(report, {})[address] = Answer(address, State(state), closed=closed)
    return found


def _held(connection: Connection, people: Iterable[int], now: datetime) -> dict[tuple[int, int], set[str]]:
    """Return the roles that fill in reports, by person and unit."""
    found: dict[tuple[int, int], set[str]] = {}
    for some in chunks(sorted(people)):
        for who, unit, word in connection.execute(_ROLES, {"people": some, "now": now}):
            found.setdefault((who, unit), set()).add(word)
    return found


def _grouped(pairs: Iterable[tuple[int, tuple[str, str]]]) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def _owed(
    connection: Connection, cache: TurnCache, report: _Report, who: int, held: Mapping[tuple[int, int], set[str]]
) -> Owed | None:
    row = report.row
    words = held.get((who, row.unit), set())
    leads = allows(Right.REPORT_CONFIRM, [(word, 0) for word in words])
    confirming = row.confirm_asked_at is not None and row.status != "returned"
    if not words or (confirming and not leads):
        return None
    prefixes = sharing.prefixes_of(connection, row.id, who) if report.shared else None
    mine = part_of(report.asked, prefixes)
    handed = tuple(each for each in report.handed if _concerns(each[0], prefixes))
    done = sum(settled(question, report.given) for question in mine)
    finished = done == len(mine) if row.status != "returned" else bool(report.handed) and not handed
    if not mine or (prefixes is not None and finished):
        return None
    form = cache.form(connection, row.form_version)
    missing, first = missing_places(form, mine, report.given)
    return Owed(
        row.id,
        row.title,
        row.name,
        row.due,
        done,
        len(mine),
        missing,
        first,
        prefixes is not None,
        row.status == "returned",
        tuple(Handed(places.part_name(form, prefix) if prefix else "", prefix, comment) for prefix, comment in handed),
        row.reopened_until if row.status == "returned" else None,
        confirming,
    )


def _concerns(prefix: str, prefixes: Collection[str] | None) -> bool:
    """Whether what was handed back under ``prefix`` and a person's own parts have something in common."""
    if prefixes is None or not prefix:
        return True
    return any(covers(each, prefix) or covers(prefix, each) for each in prefixes)
