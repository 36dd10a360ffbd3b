"""``baocao campaign``: open a form for a unit and everything below it, list, update and close campaigns."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import Connection

from bot.commands import acting, command_texts
from bot.config.running import Stop, open_store
from bot.config.settings import Settings
from bot.documents import document_texts
from bot.runtime import texts
from bot.runtime.timing import now
from dialogs.forms.form_file import read_form, shipped_keys, shipped_text
from dialogs.texts import receipts
from dialogs.values.plans import CampaignPlan, out_of_order
from dialogs.values.rights import Right
from storage.campaigns import campaigns, forms
from storage.campaigns.campaigns import Campaign, Opening
from storage.campaigns.turn_cache import TurnCache
from storage.manage import opening, plans, reform
from storage.messages import outbox
from storage.messages.outbox import Message
from storage.people import rights
from storage.units import units
from storage.units.unit_rows import read_date

WITHOUT = "-"
"""``--previous -``: compare with no campaign before."""

TERMINAL = "terminal"
"""The door that the record names for a command."""

MOST_UNITS = 10
INSTANT = timedelta(microseconds=1)


def campaign_open(arguments: argparse.Namespace, settings: Settings) -> int:
    """Ask every unit at or below one that a form and its companions name; say who is asked until when."""
    at, zone = now(), settings.zone
    day = _day("--reference-date", arguments.reference_date) or at.astimezone(zone).date()
    database = open_store(settings)
    with database.write() as connection:
        who = _acting(connection, arguments, day, at)
        lines = list(_publish(connection, arguments.form, at))
        wanted = _opening(connection, arguments, day)
        here = _known_id(connection, campaigns.open_campaign(connection, wanted, at, zone, who))
        if not arguments.past:
            _refuse_past(wanted.due, at.astimezone(zone).date())
        opening.note_opened(connection, here, at, who, None, TERMINAL)
        lines += _described(connection, here, wanted.previous, at, zone)
        told = opening.tell_asked(connection, here, at, zone, who) if arguments.tell else ()
        notes = tuple(_notes(plans.of_campaign(connection, TurnCache(), here, at)))
    lines += [command_texts.people_told(len({row.person for row in told}))] if arguments.tell else []
    print("\n".join(lines))
    for note in notes:
        print(note, file=sys.stderr)
    return 0


def _opening(connection: Connection, arguments: argparse.Namespace, day: date) -> Opening:
    key = arguments.key or arguments.form
    due = _due(arguments.due)
    if campaigns.by_key(connection, key) is not None:
        raise Stop(command_texts.key_taken(key))
    return Opening(
        form=arguments.form,
        unit=arguments.unit,
        reference_date=day,
        key=arguments.key,
        title=arguments.title,
        due=due,
        switches=frozenset(arguments.switch),
        settings=_settings(arguments),
        period=arguments.period,
        previous=_previous(connection, arguments, day),
        not_required=frozenset(arguments.not_required),
        left_out=frozenset(arguments.leave_out),
    )


def _refuse_past(due: Mapping[str, date], today: date) -> None:
    """A campaign that is opened asks for something that can still be done."""
    for kind, last in due.items():
        if last < today:
            raise Stop(command_texts.past_due(kind, last))


def _acting(connection: Connection, arguments: argparse.Namespace, day: date, at: datetime) -> int | None:
    """Return for whom a campaign is opened, None for the office itself; raises ``Stop`` without the right."""
    if not arguments.handle:
        return None
    who, top = acting.person_of(connection, arguments.handle), units.by_code(connection, arguments.unit, day)
    if top is None or not rights.may(connection, who, Right.CAMPAIGN_OPEN, top.id, day, at):
        raise Stop(document_texts.NOT_ALLOWED)
    return who


def campaign_plan(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the plan of a campaign as a Word document: who reports until when; print its path."""
    # The document libraries are a third of the start of a program.
    from bot.documents import made_files, plan_documents

    at, database = now(), open_store(settings)
    with database.read() as connection:
        if arguments.handle:
            acting.require(connection, arguments.handle, Right.CAMPAIGN_OPEN, arguments.campaign, None, at)
        here = _known(connection, arguments.campaign)
        made = plan_documents.document(plans.of_campaign(connection, TurnCache(), here, at), at, settings.zone)
    try:
        arguments.out.parent.mkdir(parents=True, exist_ok=True)
        made_files.put_bytes(arguments.out, made.content)
    except OSError as error:
        raise Stop(texts.cannot_write(str(arguments.out), error.strerror or "")) from error
    print(arguments.out)
    return 0


def campaign_list(_: argparse.Namespace, settings: Settings) -> int:
    """Print every campaign: its form, its unit, its reference date, how many units it asks."""
    database = open_store(settings)
    with database.read() as connection:
        versions = {each.id: texts.form_version(each.key, each.version) for each in forms.published(connection)}
        for each in campaigns.every(connection):
            root = units.by_id(connection, each.root, each.reference_date)
            where = f"{root.code} {root.name}" if root else ""
            number = sum(group.number for group in campaigns.groups(connection, each.id))
            form, closed = versions[each.form_version], each.closed_at is not None
            print(command_texts.campaign_line(each.key, form, where, each.reference_date, number, closed))
        if not campaigns.every(connection):
            print(command_texts.NO_CAMPAIGNS)
    return 0


def campaign_close(arguments: argparse.Namespace, settings: Settings) -> int:
    """End a campaign: it leaves the first screens, and stays to be looked at and compiled."""
    database = open_store(settings)
    at = now()
    with database.write() as connection:
        who = None
        if arguments.handle:
            who = acting.require(connection, arguments.handle, Right.CAMPAIGN_OPEN, arguments.campaign, None, at)
        found = _known(connection, arguments.campaign)
        if found.closed_at is None:
            campaigns.close(connection, found.id, at)
            opening.note_closed(connection, found, at, who, None, TERMINAL)
    told = command_texts.campaign_closed if found.closed_at is None else command_texts.campaign_was_closed
    print(told(found.key))
    return 0


def campaign_update(arguments: argparse.Namespace, settings: Settings) -> int:
    """Move the units that have not sent to the newest published version of their form, and tell their people."""
    database = open_store(settings)
    at = now()
    with database.write() as connection:
        found = _known(connection, arguments.campaign)
        done = reform.move(connection, TurnCache(), found, at)
        told = sum(_notify(connection, found, each, at) for each in done.people)
    for form in done.forms:
        if form.moved:
            print(command_texts.form_moved(form.key, form.version, form.moved, form.new, form.gone))
        if form.stayed:
            print(command_texts.form_stayed(form.key, form.version_before, form.stayed))
    if told:
        print(command_texts.form_notices(told))
    if not done.forms:
        print(command_texts.form_current(found.key))
    return 0


def _notify(connection: Connection, campaign: Campaign, affected: reform.Affected, at: datetime) -> bool:
    """Leave the news on each of a person's accounts; return whether there is any."""
    text = receipts.form_changed(campaign.title, affected.reports, affected.held)
    accounts = reform.reachable(connection, affected.person)
    for account in accounts:
        payload = {"text": text}
        message = Message(account.channel, account.id, account.external, outbox.NOTICE, payload, at, affected.person)
        outbox.add(connection, message)
    return bool(accounts)


# --- what was asked for -----------------------------------------------------------------------------------------


def _day(where: str, text: str) -> date | None:
    if not text:
        return None
    found = read_date(text)
    if found is None:
        raise Stop(command_texts.wrong_date(where, text))
    return found


def _due(given: Sequence[str]) -> dict[str, date]:
    found: dict[str, date] = {}
    for each in given:
        kind, _, text = each.partition("=")
        kind = kind.strip()
        day = _day(f"--due {kind}", text.strip())
        if not kind or day is None or kind in found:
            raise Stop(command_texts.wrong_due(each))
        found[kind] = day
    return found


def _settings(arguments: argparse.Namespace) -> Mapping[str, Any]:
    """Return what is not as usual; that it can be used is checked as the campaign is opened."""
    given = {"counted": arguments.counted, "not_added": arguments.not_added}
    found: dict[str, Any] = {name: list(dict.fromkeys(values)) for name, values in given.items() if values}
    found |= {"confirm": True} if arguments.confirm else {}
    if arguments.no_reminders:
        return found | {"reminders": False}
    return found | ({"reminders": {"offsets": sorted(set(arguments.remind_days))}} if arguments.remind_days else {})


def _publish(connection: Connection, key: str, at: datetime) -> Iterator[str]:
    """Publish a shipped form, and its companions, that are not published in any version; yield what was done."""
    shipped = set(shipped_keys())
    waiting = [key]
    for each in waiting:
        version = forms.newest(connection, each)
        if version is None and each in shipped:
            version = forms.publish(connection, shipped_text(each), at)
            yield command_texts.published_first(each, read_form(shipped_text(each)).version)
        if version is None:
            known = shipped | {published.key for published in forms.published(connection)}
            raise Stop(command_texts.no_such_form(each, ", ".join(sorted(known))))
        waiting.extend(other for other in forms.load(connection, version).companions if other not in waiting)


def _previous(connection: Connection, arguments: argparse.Namespace, day: date) -> int | None:
    """Return the campaign to compare with: the one that is named, else the newest before that covered the unit."""
    if arguments.previous == WITHOUT:
        return None
    if not arguments.previous:
        unit = units.by_code(connection, arguments.unit, day)
        found = campaigns.before(connection, arguments.form, unit.id, day) if unit else None
        return found.id if found else None
    named = _known(connection, arguments.previous)
    if forms.load(connection, named.form_version).key != arguments.form:
        raise Stop(command_texts.wrong_previous(named.key, arguments.form))
    return named.id


def _known(connection: Connection, key: str) -> Campaign:
    found = campaigns.by_key(connection, key)
    if found is None:
        known = ", ".join(each.key for each in campaigns.every(connection))
        raise Stop(texts.no_such_campaign(key, known))
    return found


def _known_id(connection: Connection, key: int) -> Campaign:
    found = campaigns.by_id(connection, key)
    if found is None:
        raise LookupError(key)
    return found


# --- what became of it ------------------------------------------------------------------------------------------


def _notes(plan: CampaignPlan) -> Iterator[str]:
    """Yield what should be looked at and hinders nothing."""
    for pair in out_of_order(plan.groups, plan.units):
        yield command_texts.due_too_early(*pair)
    if plan.unmeasured:
        yield command_texts.columns_without_unit(plan.unmeasured)


def _described(
    connection: Connection, opened: Campaign, previous: int | None, at: datetime, zone: tzinfo
) -> Iterable[str]:
    asked = campaigns.groups(connection, opened.id)
    number = sum(group.number for group in asked)
    yield command_texts.campaign_opened(opened.key, opened.title, number, opened.reference_date)
    for kind, due, count, free in asked:
        last = (due.astimezone(zone) - INSTANT).date() if due else None
        yield command_texts.campaign_group(kind, count, last, due is not None and due <= at, free)
    if previous is not None:
        yield command_texts.campaign_before(_known_id(connection, previous).key)
    without = campaigns.not_asked(connection, opened)
    if without:
        some = [f"{each.code} ({each.kind})" for each in without[:MOST_UNITS]]
        yield command_texts.campaign_without(some, len(without))
