"""A form that is changed in the middle of a campaign (C23): who has not sent moves to its newest version.

What was sent or accepted stays with the version it was asked with. No answer is touched: one at an address that the
new version lacks stays where it is and is told in the data sheet. A question that both versions ask must take the same
kind of answer in the same measure, else the change is refused: a stored figure would mean something else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, insert, select, update

from dialogs import stored
from dialogs.forms.addresses import addresses
from dialogs.forms.form import Form
from dialogs.forms.prefixes import covers
from dialogs.forms.questions import Question
from dialogs.kinds import KINDS, Kind
from dialogs.texts import objections, receipts
from dialogs.turn.session import Session
from storage.campaigns import forms
from storage.campaigns.campaigns import Campaign
from storage.campaigns.scope import ScopedReport, members
from storage.campaigns.turn_cache import TurnCache
from storage.messages import sessions
from storage.people.people import FILLS_IN
from storage.reports import workflow
from storage.schema.audit import Deed, record
from storage.schema.conditions import OF_ROLE, WRITABLE, in_force
from storage.schema.errors import Refused
from storage.schema.statements import chunks
from storage.schema.tables import account, campaign, campaign_unit, person, return_, role, session, submission

VERB = "campaign.update"
BEGUN = ("in_progress", "returned")
"""The statuses in which people have seen the questions, so that a change of them is news."""


class Difference(NamedTuple):
    """What another version asks of a unit: its new questions, and how many are no longer asked."""

    new: tuple[Question, ...]
    gone: int


@dataclass(frozen=True, slots=True)
class FormChange:
    """What became of the units that were asked with one version of a form. ``version`` is the newest one."""

    key: str
    version_before: int
    version: int
    moved: int
    stayed: int
    new: int
    gone: int


@dataclass(slots=True)
class Affected:
    """A person to be told: (unit, new questions, questions gone) for each report, and what was typed and not stored."""

    person: int
    reports: list[tuple[str, int, int]] = field(default_factory=list)
    held: tuple[str, ...] = ()


class Reachable(NamedTuple):
    """An account that can be written to."""

    id: int
    channel: str
    external: str


@dataclass(frozen=True, slots=True)
class Reformed:
    """``forms`` is empty if no form has a newer version."""

    forms: tuple[FormChange, ...] = ()
    people: tuple[Affected, ...] = ()


def move(connection: Connection, cache: TurnCache, here: Campaign, at: datetime) -> Reformed:
    """Move the units that have not sent, or were returned, to the newest published version of their form.

    Whoever stands in one of those reports is put back to the first screen, so that an old button answers nothing.
    Raises ``Refused`` if the campaign is closed or a question changed what kind of answer it takes.
    """
    if here.closed_at is not None:
        raise Refused(objections.closed_campaign_keeps_form(here.key))
    asked = members(connection, here, here.root)
    newer = _newer(connection, {each.form_version for each in asked})
    if not newer:
        return Reformed()
    for old, new in newer.items():
        _same_answers(cache.form(connection, old), cache.form(connection, new))
    fitting = [each for each in asked if _asks(connection, cache, here, each, newer)]
    standing = _sessions(connection, [each.unit.id for each in fitting], at)
    still_open = _locked_open(connection, [each.submission for each in fitting])
    moved = [each for each in fitting if each.submission in still_open]
    _rewrite(connection, here, moved, newer)
    differences = {each.submission: _difference(connection, cache, here, each, newer) for each in moved}
    for each in moved:
        if each.status == "returned":
            version = cache.form(connection, newer[each.form_version]).version
            _open_new(connection, each.submission, differences[each.submission].new, version, at)
    held = dict(_send_home(connection, standing, still_open, at))
    changes = tuple(_changes(connection, cache, asked, moved, newer, differences))
    detail = {each.key: {"version": each.version, "moved": each.moved, "stayed": each.stayed} for each in changes}
    record(connection, Deed(VERB, at, campaign=here.id, detail=detail))
    return Reformed(changes, tuple(_affected(connection, moved, differences, held, at)))


def reachable(connection: Connection, person_id: int) -> tuple[Reachable, ...]:
    """Return a person's accounts that are not out of reach: the newest one on each channel."""
    found = select(account.c.id, account.c.channel, account.c.external).order_by(account.c.id)
    rows = connection.execute(found.where(account.c.person == person_id, account.c.blocked_at.is_(None)))
    return tuple({row.channel: Reachable(*row) for row in rows}.values())


# --- which units ------------------------------------------------------------------------------------------------


def _newer(connection: Connection, used: Collection[int]) -> dict[int, int]:
    """Return the newest version of its form for each version in use that is not the newest itself."""
    published = {each.id: each for each in forms.published(connection)}
    newest = {each.key: each.id for each in published.values()}
    return {old: newest[published[old].key] for old in used if newest[published[old].key] != old}


def _asks(
    connection: Connection, cache: TurnCache, here: Campaign, each: ScopedReport, newer: Mapping[int, int]
) -> bool:
    """Whether a unit is to be moved: there is a newer version, and it asks such a unit anything."""
    new = newer.get(each.form_version)
    if new is None or each.status not in WRITABLE:
        return False
    return bool(cache.questions(connection, new, each.respondent(here)))


def _same_answers(old: Form, new: Form) -> None:
    """Raise ``Refused`` if the same address takes another kind of answer, or is in another measure."""
    before = {(each.field, each.row, each.column): each for each in addresses(old)}
    for each in addresses(new):
        was = before.get((each.field, each.row, each.column))
        if was is None:
            continue
        place = " ".join(filter(None, (each.field, each.row, each.column)))
        if not _compatible(was.kind, each.kind):
            raise Refused(objections.kind_changed(new.key, new.version, place, was.kind, each.kind))
        if was.measure and each.measure and was.measure != each.measure:
            raise Refused(objections.measure_changed(new.key, new.version, place, was.measure, each.measure))


def _compatible(old: Kind, new: Kind) -> bool:
    return old is new or old in KINDS[new].fits


def _locked_open(connection: Connection, reports: list[int]) -> set[int]:
    """Return which of the reports are open now, and keep them so until the transaction ends."""
    found: set[int] = set()
    for some in chunks(reports):
        wanted = select(submission.c.id).where(submission.c.id.in_(some), submission.c.status.in_(WRITABLE))
        found.update(connection.execute(wanted.with_for_update()).scalars())
    return found


def _rewrite(connection: Connection, here: Campaign, moved: Iterable[ScopedReport], newer: Mapping[int, int]) -> None:
    by_version: dict[int, list[int]] = {}
    for each in moved:
        by_version.setdefault(newer[each.form_version], []).append(each.submission)
    for version, reports in by_version.items():
        for some in chunks(reports):
            connection.execute(update(campaign_unit).where(campaign_unit.c.id.in_(some)).values(form_version=version))
    if newer.get(here.form_version) in by_version:
        leading = update(campaign).where(campaign.c.id == here.id)
        connection.execute(leading.values(form_version=newer[here.form_version]))


# --- what is different ------------------------------------------------------------------------------------------


def _difference(
    connection: Connection, cache: TurnCache, here: Campaign, each: ScopedReport, newer: Mapping[int, int]
) -> Difference:
    asker = each.respondent(here)
    before = cache.questions(connection, each.form_version, asker)
    after = cache.questions(connection, newer[each.form_version], asker)
    return difference(before, after)


def difference(before: Iterable[Question], after: Iterable[Question]) -> Difference:
    """Return the questions that ask for something new, and how many of those before ask for nothing any more."""
    known = {address for question in before for address in question.addresses}
    asked = {address for question in after for address in question.addresses}
    new = tuple(question for question in after if not known.issuperset(question.addresses))
    return Difference(new, sum(asked.isdisjoint(question.addresses) for question in before))


def _open_new(connection: Connection, report: int, new: Iterable[Question], version: int, at: datetime) -> None:
    """Open the new questions of a report of which only parts were handed back."""
    prefixes = [each.prefix for each in workflow.open_returns(connection, report)]
    if not prefixes:
        return
    comment = receipts.opened_for_new_questions(version)
    for key in dict.fromkeys(question.field for question in new):
        if not any(covers(prefix, key) for prefix in prefixes):
            connection.execute(insert(return_), {"submission": report, "prefix": key, "comment": comment, "at": at})


def _changes(
    connection: Connection,
    cache: TurnCache,
    asked: Iterable[ScopedReport],
    moved: Iterable[ScopedReport],
    newer: Mapping[int, int],
    differences: Mapping[int, Difference],
) -> Iterator[FormChange]:
    gone = {each.submission: each for each in moved}
    used = Counter(each.form_version for each in asked)
    for old, new in sorted(newer.items()):
        here = [differences[each.submission] for each in gone.values() if each.form_version == old]
        before, after = cache.form(connection, old), cache.form(connection, new)
        most_new = max((len(each.new) for each in here), default=0)
        most_gone = max((each.gone for each in here), default=0)
        yield FormChange(
            after.key, before.version, after.version, len(here), used[old] - len(here), most_new, most_gone
        )


# --- people -----------------------------------------------------------------------------------------------------

_FILLING_IN = (
    role.c.role.in_(FILLS_IN),
    in_force(),
)
_PEOPLE = (
    select(role.c.unit, role.c.person)
    .join(person, OF_ROLE)
    .where(*_FILLING_IN)
    .where(role.c.unit.in_(bindparam("units", expanding=True)))
    .order_by(role.c.id)
)
_SESSIONS = (
    select(session.c.person, session.c.json)
    .where(
        session.c.person.in_(
            select(role.c.person).where(role.c.unit.in_(bindparam("units", expanding=True)), *_FILLING_IN)
        )
    )
    .order_by(session.c.person)
    .with_for_update()
)


def _sessions(connection: Connection, units: list[int], at: datetime) -> dict[int, Session]:
    """Return where the people of these units stand; they wait until the transaction ends."""
    found: dict[int, Session] = {}
    for some in chunks(units):
        for person_id, text in connection.execute(_SESSIONS, {"units": some, "at": at}):
            found[person_id] = stored.from_json(text) if text else Session()
    return found


def _send_home(
    connection: Connection, standing: Mapping[int, Session], moved: Collection[int], at: datetime
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Put whoever stands in a report that has moved to the first screen; yield what they typed that is not stored."""
    for person_id, where in standing.items():
        if where.report in moved:
            sessions.save(connection, person_id, Session(mark=where.mark + 1), at)
            yield person_id, _held(where)


def _held(where: Session) -> tuple[str, ...]:
    return tuple(text for text in where.kept.typed if text) if where.kept else ()


def _affected(
    connection: Connection,
    moved: Iterable[ScopedReport],
    differences: Mapping[int, Difference],
    held: Mapping[int, tuple[str, ...]],
    at: datetime,
) -> Iterable[Affected]:
    """Return the people of the units that had begun, each once, with their reports in order."""
    begun = {each.unit.id: each for each in moved if each.status in BEGUN}
    found: dict[int, Affected] = {}
    for some in chunks(list(begun)):
        rows = connection.execute(_PEOPLE, {"units": some, "at": at})
        for unit_id, person_id in dict.fromkeys((row.unit, row.person) for row in rows):
            each = begun[unit_id]
            new, gone = differences[each.submission]
            told = found.setdefault(person_id, Affected(person_id, held=held.get(person_id, ())))
            told.reports.append((each.unit.name, len(new), gone))
    return found.values()
