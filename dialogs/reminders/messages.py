"""What a person is reminded of, and the one message that says it; the words are those of ``texts.reminders``.

Pure functions: ``storage.reminders.owed`` fills the values at the moment of sending.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import MAXYEAR, UTC, datetime, timedelta, tzinfo

from dialogs.forms.answers import Address, Answer
from dialogs.forms.form import Form
from dialogs.forms.parts import sections
from dialogs.forms.prefixes import covers
from dialogs.forms.questions import Question, settled
from dialogs.texts import places
from dialogs.texts import reminders as reminders_texts
from dialogs.values.effects import Choice, Reply
from dialogs.values.outstanding import Digest, Overdue, Owed, Receiver, Waiting

MOST_REPORTS = 8
"""Reports told one by one in a message; the others are counted."""

MOST_BUTTON = 64
"""Bytes that a button may carry on Telegram."""

MOST_BOARDS = 3
"""Campaigns that a digest has a button for."""

_NEVER = datetime(MAXYEAR, 1, 1, tzinfo=UTC)


RECENT = timedelta(hours=4)
"""Whoever was reminded so short a while ago is left out, unless the coordinator says otherwise."""


def is_recent(receiver: Receiver, now: datetime) -> bool:
    """Whether somebody was reminded a short while ago."""
    return receiver.reminded_at is not None and timedelta(0) <= now - receiver.reminded_at < RECENT


def missing_places(
    form: Form, asked: Sequence[Question], given: Mapping[Address, Answer]
) -> tuple[tuple[str, ...], str]:
    """Return the names of the places that are still open, in order, and the prefix of the first one.

    Few are named one by one, an appendix once; many by the section they are in.
    """
    open_ones = [question for question in asked if not settled(question, given)]
    if not open_ones:
        return (), ""
    names = tuple(dict.fromkeys(reminders_texts.place_name(form, question) for question in open_ones))
    if len(names) > reminders_texts.MOST_PLACES:
        names = tuple(places.part_name(form, each) for each in sections(form, open_ones)) or names
    return names, prefix_of(open_ones[0])


def prefix_of(question: Question) -> str:
    return f"{question.field}.{question.row}" if question.row else question.field


def part_of(asked: Iterable[Question], prefixes: Sequence[str] | None) -> tuple[Question, ...]:
    """Return the questions under one of ``prefixes``; None: all of them."""
    if prefixes is None:
        return tuple(asked)
    return tuple(each for each in asked if any(covers(prefix, each.field, each.row) for prefix in prefixes))


def most_urgent(owed: Iterable[Owed]) -> list[Owed]:
    """Return the reports in the order in which they should be done."""
    return sorted(owed, key=lambda each: (each.last_moment or _NEVER, not each.returned, each.report))


def reminder(owed: Sequence[Owed], lines: Sequence[str], now: datetime, zone: tzinfo) -> Reply:
    """Return the one message to somebody who owes these reports; ``lines`` are what a coordinator added by hand.

    One button goes to the most urgent of them, one postpones.
    """
    ordered = most_urgent(owed)
    shown, more = ordered[:MOST_REPORTS], len(ordered) - MOST_REPORTS
    alone = len(ordered) == 1
    parts = [reminders_texts.heading(len(ordered))]
    parts += ["\n".join(lines)] if lines else []
    parts += [
        reminders_texts.owed_report(each, 0 if alone else number, now, zone) for number, each in enumerate(shown, 1)
    ]
    parts += [reminders_texts.more_reports(more)] if more > 0 else []
    first = ordered[0]
    go = Choice(f"{first.report}.0.0:open:{first.report}{_to(first)}", reminders_texts.go_label(first, alone), "")
    later = Choice(f"{first.report}.0.0:later", reminders_texts.LATER, "")
    return Reply("\n\n".join(parts), (go, later))


def _to(first: Owed) -> str:
    """Where the button goes in the report; a place whose name is too long for a button is left to the report itself."""
    prefix = first.handed[0].prefix if first.handed else first.first
    room = MOST_BUTTON - len(f"{first.report}.0.0:open:{first.report}:")
    return f":{prefix}" if prefix and len(prefix.encode()) <= room else ""


def desk_note(
    digests: Sequence[Digest], waiting: Sequence[Waiting], overdue: Sequence[Overdue], now: datetime, zone: tzinfo
) -> Reply:
    """Return the one message to somebody who follows others' reports."""
    parts = [reminders_texts.digest_heading(now, zone)] if digests else []
    parts += [reminders_texts.digest(each) for each in digests]
    parts += [reminders_texts.waiting(each) for each in waiting]
    parts += [reminders_texts.overdue(each) for each in overdue]
    alone = len(digests) == 1
    go = [
        Choice(f"0.0.0:board:{each.target}", reminders_texts.follow_label(each, alone), "")
        for each in digests[:MOST_BOARDS]
    ]
    go += [Choice("0.0.0:accept", reminders_texts.TAKE_OVER, "")] if waiting else []
    go += [Choice("0.0.0:remind", reminders_texts.REMIND, "")] if overdue else []
    return Reply("\n\n".join(parts), tuple(go))
