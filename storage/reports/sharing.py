"""Who of a unit works on which part of its report: handing out, taking back, and what somebody is limited to.

An assignment lives as long as the role it was given under: one that was handed out before the person's present role in
the unit began is of no account, so ending a role ends what was handed to its holder.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, exists, insert, or_, select, update

from dialogs.forms.local_rows import local_rows, with_rows
from dialogs.forms.prefixes import within
from dialogs.forms.questions import Question, progress
from dialogs.texts import objections, places
from dialogs.texts import sharing as sharing_texts
from dialogs.values.decisions import AssignPart, EndAssignment, TellPartDone
from dialogs.values.effects import Reply
from dialogs.values.rights import Right
from dialogs.values.team import Assigned, Colleague, Team, limits
from storage.campaigns import answers
from storage.campaigns.turn_cache import TurnCache
from storage.messages import notices
from storage.messages.context import Context
from storage.messages.outbox import OutboxRow
from storage.people import people, rights
from storage.people.people import FILLS_IN, LEAD
from storage.reports.report_view import ASKED, AskedRow, respondent
from storage.schema.audit import Deed, record
from storage.schema.errors import Refused
from storage.schema.prepared import Prepared
from storage.schema.statements import new_id
from storage.schema.tables import assignment, campaign_unit, person, role, submission

_HELD = and_(
    role.c.person == assignment.c.person,
    role.c.unit == campaign_unit.c.unit,
    role.c.granted_at <= assignment.c.at,
    or_(*(role.c.role == each for each in FILLS_IN)),
    role.c.ended_at.is_(None),
)
_ASSIGNED = (
    select(
        assignment.c.id,
        assignment.c.prefix,
        assignment.c.person,
        person.c.name,
        assignment.c.sees_all,
        assignment.c.comment,
        assignment.c.at,
        assignment.c.done_at,
    )
    .join(person, person.c.id == assignment.c.person)
    .join(campaign_unit, campaign_unit.c.id == assignment.c.submission)
    .where(assignment.c.submission == bindparam("report"), assignment.c.resolved_at.is_(None))
    .where(person.c.removed_at.is_(None), exists().where(_HELD))
    .order_by(assignment.c.id)
)
_ALL = Prepared(_ASSIGNED)
_OF_PERSON = Prepared(_ASSIGNED.where(assignment.c.person == bindparam("person")))
_LEADS = Prepared(
    select(role.c.id)
    .join(campaign_unit, campaign_unit.c.unit == role.c.unit)
    .where(campaign_unit.c.id == bindparam("report"), role.c.person == bindparam("person"))
    .where(role.c.role == LEAD, role.c.ended_at.is_(None))
    .limit(1)
)
_RESOLVE = (
    update(assignment)
    .where(assignment.c.id == bindparam("assigned"), assignment.c.resolved_at.is_(None))
    .values(resolved_at=bindparam("now"))
)
_DONE = (
    update(assignment)
    .where(assignment.c.submission == bindparam("report"), assignment.c.person == bindparam("who"))
    .where(assignment.c.resolved_at.is_(None))
    .values(done_at=bindparam("now"))
)


_ROW = ASKED.where(submission.c.id == bindparam("report"))
_HELD_ROW = _ROW.with_for_update(key_share=True, of=submission)


# --- what somebody is limited to -----------------------------------------------------------------------------------


def assigned(connection: Connection, report: int) -> tuple[Assigned, ...]:
    """Return the parts of a report that are in somebody's hands, in the order they were handed out."""
    return tuple(Assigned(*row) for row in _ALL.all(connection, {"report": report}))


def prefixes_of(connection: Connection, report: int, person_id: int) -> tuple[str, ...] | None:
    """Return the parts that a person is limited to in a report; None: to none, everything of it is theirs."""
    where = {"report": report, "person": person_id}
    found = limits(Assigned(*row) for row in _OF_PERSON.all(connection, where))
    return found if found is None or _LEADS.first(connection, where) is None else None


def require_whole(connection: Connection, report: int, context: Context) -> None:
    """Raise ``Refused`` if the person who acts is limited to parts of a report: not theirs to send or to print."""
    if limits_of(connection, report, context) is not None:
        raise Refused(objections.NOT_THEIRS)


def limits_of(connection: Connection, report: int, context: Context) -> tuple[str, ...] | None:
    """Return what ``prefixes_of`` does for the person who acts: as this turn has seen it, else asked now."""
    known: Mapping[int, tuple[str, ...] | None] = context.limits
    return known[report] if report in known else prefixes_of(connection, report, context.person.id)


def team(connection: Connection, report: int, viewer: int, at: datetime) -> Team:
    """Return who fills in a report and which parts are in whose hands, as ``viewer`` may know it."""
    place = AskedRow._make(connection.execute(_ROW, {"report": report}).one())
    members = [each for each in people.members(connection, place.unit_id, at) if each.role in FILLS_IN]
    leads = {each.person for each in members if each.role == LEAD}
    reachable = notices.contacts(connection, (each.person for each in members))
    known = {each.person: each.name for each in members}
    colleagues = (Colleague(key, name, key in leads, key in reachable) for key, name in known.items())
    may_assign = rights.may_report(connection, viewer, Right.PART_ASSIGN, report, at)
    return Team(tuple(colleagues), assigned(connection, report), may_assign)


# --- decisions -----------------------------------------------------------------------------------------------------


def assign(connection: Connection, decision: AssignPart, context: Context, cache: TurnCache) -> Sequence[OutboxRow]:
    """Hand a part to a colleague and tell them; the same part handed again replaces what was said before.

    Raises ``Refused`` without the right, for a part that is not asked, for oneself, and for somebody who left.
    """
    report, whom = decision.report, decision.person
    place = _held(connection, report)
    rights.require(connection, context.person.id, Right.PART_ASSIGN, report, context.at)
    if whom == context.person.id:
        raise Refused(objections.TO_ONESELF)
    if not rights.may_report(connection, whom, Right.REPORT_FILL, report, context.at):
        raise Refused(objections.GONE)
    if not within((decision.prefix,), _questions(connection, cache, report, place)):
        raise Refused(objections.NO_SUCH_PART)
    for each in assigned(connection, report):
        if (each.person, each.prefix) == (whom, decision.prefix):
            connection.execute(_RESOLVE, {"assigned": each.id, "now": context.at})
    new = new_id(connection.execute(insert(assignment), _row(decision, context)))
    detail = {"assignment": new, "prefix": decision.prefix, "person": whom, "sees_all": decision.sees_all}
    _record(connection, "part.assign", report, place, context, {**detail, "comment": decision.comment})
    name = _name(connection, cache, report, place, decision.prefix)
    told = sharing_texts.part_handed(
        place.name, place.title, name, context.person.name, decision.sees_all, decision.comment
    )
    button = notices.open_at(report, decision.prefix, sharing_texts.OPEN_PART)
    return notices.tell(connection, (whom,), Reply(told, (button,)), context.at)


def end(connection: Connection, decision: EndAssignment, context: Context, cache: TurnCache) -> Sequence[OutboxRow]:
    """Take back what was handed to a colleague and tell them. Raises ``Refused`` without the right or if it ended."""
    place = _held(connection, decision.report)
    rights.require(connection, context.person.id, Right.PART_ASSIGN, decision.report, context.at)
    found = next((each for each in assigned(connection, decision.report) if each.id == decision.assignment), None)
    if found is None:
        raise Refused(objections.NO_SUCH_ASSIGNMENT)
    connection.execute(_RESOLVE, {"assigned": found.id, "now": context.at})
    detail = {"assignment": found.id, "prefix": found.prefix, "person": found.person}
    _record(connection, "part.withdraw", decision.report, place, context, detail)
    left = prefixes_of(connection, decision.report, found.person)
    name = _name(connection, cache, decision.report, place, found.prefix)
    told = sharing_texts.part_withdrawn(place.name, place.title, name, context.person.name, left is None)
    return notices.tell(connection, (found.person,), Reply(told), context.at)


def tell_done(
    connection: Connection, decision: TellPartDone, context: Context, cache: TurnCache
) -> Sequence[OutboxRow]:
    """Tell those who hand out parts that a colleague's are finished. Raises ``Refused`` for somebody without parts."""
    report, who = decision.report, context.person
    place = _held(connection, report)
    rights.require(connection, who.id, Right.REPORT_FILL, report, context.at)
    mine = [each for each in assigned(connection, report) if each.person == who.id]
    if not mine:
        raise Refused(objections.NOTHING_ASSIGNED)
    connection.execute(_DONE, {"report": report, "who": who.id, "now": context.at})
    prefixes = tuple(dict.fromkeys(each.prefix for each in mine))
    asked = within(prefixes, _questions(connection, cache, report, place))
    count = progress(asked, answers.given(answers.load(connection, report)))
    _record(connection, "part.finish", report, place, context, {"prefixes": prefixes, "answered": count[0]})
    names = [_name(connection, cache, report, place, each) for each in prefixes]
    told = sharing_texts.part_told_done(place.name, place.title, who.name, names, count)
    members = people.members(connection, place.unit_id, context.at)
    leads = dict.fromkeys(each.person for each in members if each.role == LEAD and each.person != who.id)
    button = notices.open_at(report, prefixes[0], sharing_texts.LOOK_AT_PART)
    return notices.tell(connection, leads, Reply(told, (button,)), context.at)


def _row(decision: AssignPart, context: Context) -> dict[str, object]:
    return {
        "submission": decision.report,
        "prefix": decision.prefix,
        "person": decision.person,
        "comment": decision.comment,
        "given_by": context.person.id,
        "at": context.at,
        "sees_all": decision.sees_all,
    }


def _held(connection: Connection, report: int) -> AskedRow:
    """Return a report and hold it until the transaction ends. Raises ``Refused`` if there is no such report."""
    row = connection.execute(_HELD_ROW, {"report": report}).first()
    if row is None:
        raise Refused(objections.no_such_report(report))
    return AskedRow._make(row)


def _questions(connection: Connection, cache: TurnCache, report: int, place: AskedRow) -> tuple[Question, ...]:
    given = answers.given(answers.load(connection, report))
    asker = respondent(place.kind, place.body, place.switches)
    return cache.questions(connection, place.form_version, asker, given)


def _name(connection: Connection, cache: TurnCache, report: int, place: AskedRow, prefix: str) -> str:
    form = cache.form(connection, place.form_version)
    given = answers.given(answers.load(connection, report)) if form.open_rows else {}
    return places.part_name(with_rows(form, local_rows(form, given)), prefix)


def _record(
    connection: Connection, verb: str, report: int, place: AskedRow, context: Context, detail: Mapping[str, object]
) -> None:
    who, account, channel = context.person.id, context.account, context.channel
    record(connection, Deed(verb, context.at, who, account, place.unit_id, place.campaign_id, report, channel, detail))
