"""The last day of each group: typed as people write it, read back; whether "trước ngày" counts is asked once (C4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dialogs.campaigns.drafting import change, draft_of, every_group, plan_of, today, undated
from dialogs.campaigns.kept import DueAsked
from dialogs.desk.last_days import ReadDay, read_last_day
from dialogs.texts import deadlines as deadlines_texts
from dialogs.texts import opening as opening_texts
from dialogs.texts import plans as plans_texts
from dialogs.texts import refusals
from dialogs.turn.turn_state import TurnState
from dialogs.values.deadlines import last_moment
from dialogs.values.plans import UnitGroup, out_of_order

AMENDED = "due."
"""Before the kind in a button that changes one group's deadline."""


def asked(turn: TurnState) -> DueAsked:
    """Return what is known of the last day that is asked."""
    return turn.keeps(DueAsked) or DueAsked()


def asked_group(turn: TurnState) -> UnitGroup | None:
    """Return the group whose last day is asked: the one chosen to be changed, else the first without one."""
    groups, named = every_group(turn), asked(turn).group
    chosen = next((each for each in groups if each.kind == named), None)
    return chosen or next(iter(undated(draft_of(turn), groups)), None) or next(iter(groups), None)


def names_group(turn: TurnState) -> bool:
    return turn.argument.removeprefix(AMENDED) in {each.kind for each in every_group(turn)}


def amend(turn: TurnState) -> None:
    """From the summary to one group's deadline."""
    turn.set(kept=DueAsked(turn.argument.removeprefix(AMENDED)), mark=turn.session.mark + 1)


def latest(turn: TurnState) -> date | None:
    """Return the last day that was chosen last for another group, to be offered again."""
    group, due = asked_group(turn), draft_of(turn).due
    return next((day for kind, day in reversed(list(due.items())) if group and kind != group.kind), None)


def form_day(turn: TurnState) -> date | None:
    """Return the day that the form itself names for the group, if it has not passed."""
    group = asked_group(turn)
    usual = group.usual if group else None
    return usual if usual and usual >= today(turn) else None


def take(turn: TurnState) -> None:
    """A button: the day of the group before, or the form's."""
    day = latest(turn) if turn.argument == "same" else form_day(turn) if turn.argument == "form" else None
    if day is None:
        turn.refuse(refusals.no_such_choice())
    else:
        _store(turn, day)


def say(turn: TurnState) -> None:
    """A typed day; what is not clear is asked back, what cannot be is refused with what is accepted."""
    found = read_last_day(turn.text, today(turn))
    if found.refused:
        turn.refuse(found.refused)
    elif found.ask or (found.before and draft_of(turn).counts is None):
        _hold(turn, found, turn.text)
        turn.fire("unclear_day")
    else:
        _settle(turn, found)


def _hold(turn: TurnState, found: ReadDay, typed: str) -> None:
    group = asked_group(turn)
    turn.set(kept=DueAsked(group.kind if group else "", found.day, found.before, found.ask, typed))


def lacks_year(turn: TurnState) -> bool:
    return bool(asked(turn).ask)


def held(turn: TurnState) -> ReadDay:
    """Return the day that is asked back."""
    return ReadDay(asked(turn).day, asked(turn).before)


def sure(turn: TurnState) -> None:
    """The proposed day is meant."""
    found = held(turn)
    if found.before and draft_of(turn).counts is None:
        turn.set(kept=replace(asked(turn), ask=""))
        turn.fire("unclear_day")
    else:
        _settle(turn, found)


def say_anew(turn: TurnState) -> None:
    """Another day is typed instead of an answer."""
    turn.set(kept=DueAsked(asked(turn).group))
    say(turn)


def say_whether_it_counts(turn: TurnState) -> None:
    """Asked once for the whole campaign."""
    found, group = held(turn), asked(turn).group
    change(turn, counts=turn.argument == "yes")
    turn.set(kept=DueAsked(group))
    _settle(turn, found)


def _settle(turn: TurnState, found: ReadDay) -> None:
    counts = bool(draft_of(turn).counts)
    day = found.last(counts)
    if day is None:
        turn.refuse(refusals.no_such_choice())
        return
    if found.before:
        turn.notes.append(opening_texts.before_counts_as_said(counts))
    _store(turn, day)


def _store(turn: TurnState, day: date) -> None:
    """Keep a last day and read it back, in the words that the plan and the reminders use."""
    group = asked_group(turn)
    if why := deadlines_texts.why_no_last_day(day, today(turn)):
        turn.refuse(why)
        _again(turn, group)
    elif group is not None:
        due = {kind: each for kind, each in draft_of(turn).due.items() if kind != group.kind}
        change(turn, due={**due, group.kind: day})
        words = deadlines_texts.last_moment_words(last_moment(day, turn.world.zone), turn.world.zone)
        turn.notes.append(opening_texts.due_taken(group.kind, words))
        _warn(turn, group.kind)
        turn.fire("draft_on")


def _again(turn: TurnState, group: UnitGroup | None) -> None:
    """The day cannot be: ask for the same group again, wherever the refusal came from."""
    turn.set(kept=DueAsked(group.kind if group else ""))
    turn.fire("same_group")


def _warn(turn: TurnState, kind: str) -> None:
    plan = plan_of(turn)
    pairs = out_of_order(plan.groups, plan.units) if plan else ()
    turn.notes += [plans_texts.out_of_order(*pair) for pair in pairs if kind in pair]
