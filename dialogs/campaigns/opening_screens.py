"""What each step of a new campaign shows: what is asked, what stands now, the usual answer as a button."""

from __future__ import annotations

from datetime import timedelta

from dialogs.campaigns.drafting import draft_of, every_group, plan_of, today
from dialogs.campaigns.opening_days import asked, asked_group, form_day, held, latest
from dialogs.campaigns.opening_steps import free_units, proposed_periods, proposed_title
from dialogs.reminders.reminding import USUAL_SCHEDULE
from dialogs.texts import deadlines as deadlines_texts
from dialogs.texts import opening as opening_texts
from dialogs.texts import plans as plans_texts
from dialogs.turn.transitions import Screen
from dialogs.turn.turn_state import TurnState
from dialogs.values.plans import COUNTS, out_of_order

Choices = tuple[tuple[str, str], ...]

_WAYS: Choices = (("back", opening_texts.BACK), ("cancel", opening_texts.LATER))
_SHOWN_FREE = 8
_A_MONTH = timedelta(days=30)


def _ways(kept: bool) -> Choices:
    """Every step ends with the ways back and out; one that is answered already may be left as it is."""
    return ((("next", opening_texts.KEEP_IT),) if kept else ()) + _WAYS


def ask_form(turn: TurnState) -> Screen:
    forms = turn.world.plans.forms()
    choices = tuple(
        (f"take:{each.key}", opening_texts.form_label(each, forms)) for each in forms if not each.unmeasured
    )
    return Screen(opening_texts.ask_form(forms), (*choices, *_ways(bool(draft_of(turn).form))))


def ask_day(turn: TurnState) -> Screen:
    chosen = draft_of(turn).day
    return Screen(
        opening_texts.ask_day(today(turn), chosen),
        (("take", opening_texts.take_day(today(turn))), *_ways(chosen is not None)),
    )


def ask_unit(turn: TurnState) -> Screen:
    draft = draft_of(turn)
    own = turn.world.plans.own(draft.day or today(turn))
    choices = tuple((f"take:{each.id}", each.name) for each in own) if not turn.offers else ()
    return Screen(opening_texts.ask_unit(own, draft.day or today(turn)), (*choices, *_ways(bool(draft.unit))))


def ask_title(turn: TurnState) -> Screen:
    proposed = proposed_title(turn)
    return Screen(opening_texts.ask_title(proposed), (("take", opening_texts.use_title(proposed)), *_WAYS))


def ask_period(turn: TurnState) -> Screen:
    proposed = proposed_periods(turn)
    choices = tuple((f"take:{number}", each) for number, each in enumerate(proposed, 1))
    kept = _ways(draft_of(turn).period is not None)
    return Screen(opening_texts.ask_period(proposed), (*choices, ("take:0", opening_texts.NO_PERIOD), *kept))


def ask_groups(turn: TurnState) -> Screen:
    draft, groups = draft_of(turn), every_group(turn)
    choices = tuple(
        (f"flip:{each.kind}", opening_texts.flip_group(each, each.kind in draft.left_out)) for each in groups
    )
    text = opening_texts.ask_groups(groups, draft.left_out, len(free_units(turn)))
    return Screen(text, (("next", opening_texts.NEXT), *choices, ("free", opening_texts.FREE_UNITS), *_WAYS))


def ask_free(turn: TurnState) -> Screen:
    free = free_units(turn)
    choices = tuple((f"flip:{each.code}", opening_texts.owes_again(each.name)) for each in free[:_SHOWN_FREE])
    return Screen(
        opening_texts.ask_free([each.name for each in free]),
        (("next", opening_texts.ALL_SEEN), *choices, ("cancel", opening_texts.LATER)),
    )


def ask_due(turn: TurnState) -> Screen:
    group, draft = asked_group(turn), draft_of(turn)
    if group is None:
        return Screen(opening_texts.no_group_left(), _WAYS)
    chosen = group.due if group.kind in draft.due else None
    now = deadlines_texts.last_moment_words(chosen, turn.world.zone) if chosen else ""
    choices: Choices = ()
    if (same := latest(turn)) is not None and chosen is None:
        choices += (("take:same", opening_texts.same_day(same)),)
    if (usual := form_day(turn)) is not None and usual != same:
        choices += (("take:form", opening_texts.forms_day(usual)),)
    example = plans_texts.day_text(today(turn) + _A_MONTH)
    return Screen(opening_texts.ask_due(group, now, example), (*choices, *_ways(bool(chosen))))


def ask_sure(turn: TurnState) -> Screen:
    day = held(turn).day
    label = plans_texts.day_text(day) if day else ""
    return Screen(asked(turn).ask, (("take", label), ("back", opening_texts.RETYPE)))


def ask_counts(turn: TurnState) -> Screen:
    day, typed = held(turn).day, asked(turn).said
    choices = (
        ("take:yes", deadlines_texts.DAY_COUNTS),
        ("take:no", deadlines_texts.DAY_COUNTS_NOT),
        ("back", opening_texts.RETYPE),
    )
    return Screen(deadlines_texts.does_the_day_count(typed, day) if day else "", choices)


def show_plan(turn: TurnState) -> Screen:
    draft, plan = draft_of(turn), plan_of(turn)
    if plan is None:
        return Screen(opening_texts.campaign_gone(), _WAYS)
    lines = plans_texts.plan_lines(plan, turn.world.zone, draft.offsets if draft.offsets is not None else _USUAL)
    text = plans_texts.plan_shown(lines, plan, out_of_order(plan.groups, plan.units), draft.notify)
    switches = ((f"flip:switch:{each.key}", opening_texts.switch_label(each)) for each in plan.switches)
    flips: Choices = (
        ("flip:confirm", opening_texts.confirm_label(draft.confirm)),
        ("flip:notify", opening_texts.notify_label(draft.notify)),
        ("flip:escalate", opening_texts.escalate_label(draft.escalate)),
        *switches,
    )
    ways = (("cancel", opening_texts.LATER), ("drop", opening_texts.DROP_DRAFT))
    return Screen(
        text,
        (
            ("confirm", opening_texts.OPEN_IT),
            ("amend", opening_texts.AMEND),
            ("hand_plan", opening_texts.HAND_PLAN),
            *flips,
            *ways,
        ),
    )


def show_parts(turn: TurnState) -> Screen:
    draft, plan = draft_of(turn), plan_of(turn)
    if plan is None:
        return Screen(opening_texts.campaign_gone(), _WAYS)
    offsets = _USUAL if draft.offsets is None else draft.offsets
    labels = opening_texts.amend_labels(plan, draft.counted, offsets, turn.world.zone)
    return Screen(opening_texts.amend_heading(), (*((f"amend:{what}", label) for what, label in labels), *_WAYS))


def ask_counted(turn: TurnState) -> Screen:
    choices = tuple((f"take:{key}", plans_texts.COUNT_LABELS[key]) for key in COUNTS)
    return Screen(opening_texts.ask_counted(draft_of(turn).counted), (*choices, *_WAYS))


def ask_reminders(turn: TurnState) -> Screen:
    offsets = draft_of(turn).offsets
    now = plans_texts.reminders_now(_USUAL if offsets is None else offsets)
    return Screen(
        opening_texts.ask_reminders(now),
        (("take:usual", opening_texts.REMIND_USUALLY), ("take:never", opening_texts.REMIND_NEVER), *_WAYS),
    )


def ask_key(turn: TurnState) -> Screen:
    return Screen(opening_texts.ask_key(draft_of(turn).key), (("next", opening_texts.KEEP_IT), *_WAYS))


_USUAL = USUAL_SCHEDULE.offsets
