"""The last day of each group: typed as people write it, read back; whether "trước ngày" counts is asked once (C4)."""

from __future__ import annotations

from datetime import date

from dialogs import texts
from dialogs.campaigns.drafting import change, draft_of, every_group, plan_of, today, undated
from dialogs.desk.last_days import ReadDay, read_last_day, why_not
from dialogs.texts import opening as t
from dialogs.texts.plans import out_of_order as warning
from dialogs.turn.turn_state import Step
from dialogs.values.deadlines import last_moment, last_moment_words
from dialogs.values.plans import Group, out_of_order

AMENDED = "due."
"""Before the kind in a button that changes one group's deadline."""


def asked_group(step: Step) -> Group | None:
    """Return the group whose last day is asked: the one chosen to be changed, else the first without one."""
    groups, named = every_group(step), step.session.pending.get("group", "")
    chosen = next((each for each in groups if each.kind == named), None)
    return chosen or next(iter(undated(draft_of(step), groups)), None) or next(iter(groups), None)


def names_group(step: Step) -> bool:
    return step.argument.removeprefix(AMENDED) in {each.kind for each in every_group(step)}


def amend(step: Step) -> None:
    """From the summary to one group's deadline."""
    step.set(pending={"kind": "due", "group": step.argument.removeprefix(AMENDED)}, mark=step.session.mark + 1)


def latest(step: Step) -> date | None:
    """Return the last day that was chosen last for another group, to be offered again."""
    group, due = asked_group(step), draft_of(step).due
    return next((day for kind, day in reversed(list(due.items())) if group and kind != group.kind), None)


def form_day(step: Step) -> date | None:
    """Return the day that the form itself names for the group, if it has not passed."""
    group = asked_group(step)
    usual = group.usual if group else None
    return usual if usual and usual >= today(step) else None


def take(step: Step) -> None:
    """A button: the day of the group before, or the form's."""
    day = latest(step) if step.argument == "same" else form_day(step) if step.argument == "form" else None
    if day is None:
        step.refuse(texts.no_such_choice())
    else:
        _store(step, day)


def say(step: Step) -> None:
    """A typed day; what is not clear is asked back, what cannot be is refused with what is accepted."""
    found = read_last_day(step.text, today(step))
    if found.refused:
        step.refuse(found.refused)
    elif found.ask or (found.before and draft_of(step).counts is None):
        _hold(step, found, step.text)
        step.fire("unclear_day")
    else:
        _settle(step, found)


def _hold(step: Step, found: ReadDay, typed: str) -> None:
    group = asked_group(step)
    day = found.day.isoformat() if found.day else ""
    kept = {"group": group.kind if group else "", "day": day, "before": found.before}
    step.set(pending={"kind": "due", **kept, "ask": found.ask, "typed": typed})


def lacks_year(step: Step) -> bool:
    return bool(step.session.pending.get("ask"))


def held(step: Step) -> ReadDay:
    """Return the day that is asked back."""
    pending = step.session.pending
    day = pending.get("day")
    return ReadDay(date.fromisoformat(day) if day else None, bool(pending.get("before")))


def sure(step: Step) -> None:
    """The proposed day is meant."""
    found = held(step)
    if found.before and draft_of(step).counts is None:
        step.set(pending={**step.session.pending, "ask": ""})
        step.fire("unclear_day")
    else:
        _settle(step, found)


def say_anew(step: Step) -> None:
    """Another day is typed instead of an answer."""
    step.set(pending={"kind": "due", "group": step.session.pending.get("group", "")})
    say(step)


def say_whether_it_counts(step: Step) -> None:
    """Asked once for the whole campaign."""
    found, group = held(step), step.session.pending.get("group", "")
    change(step, counts=step.argument == "yes")
    step.set(pending={"kind": "due", "group": group})
    _settle(step, found)


def _settle(step: Step, found: ReadDay) -> None:
    counts = bool(draft_of(step).counts)
    day = found.last(counts)
    if day is None:
        step.refuse(texts.no_such_choice())
        return
    if found.before:
        step.notes.append(t.before_counts_as_said(counts))
    _store(step, day)


def _store(step: Step, day: date) -> None:
    """Keep a last day and read it back, in the words that the plan and the reminders use."""
    group = asked_group(step)
    if why := why_not(day, today(step)):
        step.refuse(why)
        _again(step, group)
    elif group is not None:
        due = {kind: each for kind, each in draft_of(step).due.items() if kind != group.kind}
        change(step, due={**due, group.kind: day})
        words = last_moment_words(last_moment(day, step.world.zone), step.world.zone)
        step.notes.append(t.due_taken(group.kind, words))
        _warn(step, group.kind)
        step.fire("draft_on")


def _again(step: Step, group: Group | None) -> None:
    """The day cannot be: ask for the same group again, wherever the refusal came from."""
    step.set(pending={"kind": "due", "group": group.kind if group else ""})
    step.fire("same_group")


def _warn(step: Step, kind: str) -> None:
    plan = plan_of(step)
    pairs = out_of_order(plan.groups, plan.units) if plan else ()
    step.notes += [warning(*pair) for pair in pairs if kind in pair]
