"""``/dot``: opening a campaign from a published form, step by step; the summary can be jumped into anywhere.

After each answer the first thing that is still undecided is asked (``draft_on``), so that whoever was interrupted, or
has gone back to change one thing, goes on where something is missing and is asked nothing twice.
"""

from __future__ import annotations

from dialogs.campaigns import opening_days, opening_steps, opening_terms
from dialogs.campaigns.drafting import change, draft_of, every_group, has_draft, opening_of, plan_of, today, undated
from dialogs.texts import opening as t
from dialogs.texts import plans as words
from dialogs.turn import navigation
from dialogs.turn.message_parts import loose_ends
from dialogs.turn.transitions import ANY, Row
from dialogs.turn.turn_state import Step
from dialogs.values.decisions import HandPlan, OpenCampaign

STATES = {
    "opening_form": "which published form a new campaign asks",
    "opening_day": "the day whose hierarchy a new campaign follows",
    "opening_unit": "from which unit downwards a new campaign asks",
    "opening_title": "the title of a new campaign",
    "opening_period": "the period of a new campaign",
    "opening_groups": "which kinds of units must report",
    "opening_free": "single units that need not report",
    "opening_due": "the last day of one kind of units",
    "opening_sure": "a last day without its year is asked back",
    "opening_counts": "whether the day of 'trước ngày' counts itself",
    "opening_plan": "the plan of a new campaign, to be confirmed",
    "opening_amend": "which part of the plan is to be changed",
    "opening_counted": "which figures the sums take",
    "opening_reminders": "when a new campaign reminds",
    "opening_key": "the key of a new campaign",
}
OPENING = tuple(STATES)


def may_not(step: Step) -> bool:
    """Whether the right has ended: asked before and after every event."""
    return not step.world.plans.may_open()


def shut_out(step: Step) -> None:
    """The right has ended meanwhile; what was prepared is not opened by anybody."""
    step.notes.append(t.may_not_open())
    step.set(pending={}, draft={}, mark=step.session.mark + 1)


# --- beginning and leaving -----------------------------------------------------------------------------------------


def begin(step: Step) -> None:
    """ "Mở đợt mới": a draft that was begun before goes."""
    let_go(step)
    step.set(draft={})
    step.fire("draft_on")


def go_on(step: Step) -> None:
    """ "Làm tiếp bản đang soạn": where something is missing, else at the summary."""
    let_go(step)
    step.fire("draft_on")


def let_go(step: Step) -> None:
    """The report that was open is left; what was typed there is not lost in silence."""
    if step.view is not None:
        loose_ends(step)
    step.set(report=0, question=0, part=0, columns=(), pending={}, resume=0, page=0, misses=0)
    step.set(mark=step.session.mark + 1)


def leave(step: Step) -> None:
    """ "/huy": what was prepared stays, to go on with."""
    if has_draft(step):
        step.notes.append(t.draft_kept())
    step.set(pending={}, misses=0, mark=step.session.mark + 1)


def drop(step: Step) -> None:
    """ "Bỏ bản soạn"."""
    step.notes.append(t.draft_dropped())
    step.set(draft={}, pending={}, misses=0, mark=step.session.mark + 1)


# --- what is still undecided ---------------------------------------------------------------------------------------


def lacks_form(step: Step) -> bool:
    wanted = draft_of(step).form
    return not any(each.key == wanted and not each.unmeasured for each in step.world.plans.forms())


def lacks_day(step: Step) -> bool:
    return draft_of(step).day is None


def lacks_unit(step: Step) -> bool:
    """Whether the unit is not chosen, or not there on the day, or nobody below it is asked by the form."""
    draft = draft_of(step)
    if not draft.unit or step.world.plans.top(draft.unit, draft.day or today(step)) is None:
        return True
    return not every_group(step)


def lacks_title(step: Step) -> bool:
    return not draft_of(step).title


def lacks_period(step: Step) -> bool:
    return draft_of(step).period is None


def lacks_groups(step: Step) -> bool:
    draft = draft_of(step)
    return not draft.grouped or all(each.kind in draft.left_out for each in every_group(step))


def lacks_due(step: Step) -> bool:
    return bool(undated(draft_of(step), every_group(step)))


def complete(step: Step) -> None:
    """Everything is decided: a key is proposed where none is chosen."""
    draft = draft_of(step)
    if not draft.key:
        change(step, key=step.world.plans.free_key(draft.form))


# --- the summary ---------------------------------------------------------------------------------------------------


def decision(step: Step) -> OpenCampaign:
    return opening_of(draft_of(step), today(step), step.world.zone)


def is_possible(step: Step) -> bool:
    """Whether nothing speaks against opening: then it stays so until the turn ends, so one of two wins."""
    return not step.world.plans.refusal(decision(step))


def open_it(step: Step) -> None:
    """ "Mở đợt": once, because the draft goes with it."""
    opening, plan = decision(step), plan_of(step)
    step.effects.append(opening)
    step.body = words.campaign_opened(opening.title, len(plan.owing) if plan else 0, opening.notify)
    step.set(draft={}, pending={}, misses=0, mark=step.session.mark + 1)


def refuse(step: Step) -> None:
    """Why it cannot be opened now; the draft stays to be put right."""
    step.refuse(words.cannot_open(step.world.plans.refusal(decision(step))))


def hand_plan(step: Step) -> None:
    """The plan as a Word document, before the campaign is opened."""
    step.effects.append(HandPlan(opening=decision(step)))
    step.notes.append(words.plan_coming())


BACK = {
    "opening_day": "opening_form",
    "opening_unit": "opening_day",
    "opening_title": "opening_unit",
    "opening_period": "opening_title",
    "opening_groups": "opening_period",
    "opening_free": "opening_groups",
    "opening_due": "opening_groups",
    "opening_sure": "opening_due",
    "opening_counts": "opening_due",
    "opening_plan": "opening_amend",
    "opening_amend": "opening_plan",
    "opening_counted": "opening_amend",
    "opening_reminders": "opening_amend",
    "opening_key": "opening_amend",
}
"""The screen before, for "Trước"."""

TABLE: tuple[Row, ...] = (
    Row("check", OPENING, "home", may_not, shut_out),
    # What is still undecided is asked next.
    Row("draft_on", ANY, "opening_form", lacks_form),
    Row("draft_on", ANY, "opening_day", lacks_day),
    Row("draft_on", ANY, "opening_unit", lacks_unit),
    Row("draft_on", ANY, "opening_title", lacks_title),
    Row("draft_on", ANY, "opening_period", lacks_period),
    Row("draft_on", ANY, "opening_groups", lacks_groups),
    Row("draft_on", ANY, "opening_due", lacks_due),
    Row("draft_on", ANY, "opening_plan", None, complete),
    # What is chosen or typed.
    Row("take", "opening_form", None, None, opening_steps.take_form),
    Row("say", "opening_form", None, None, opening_steps.take_form),
    Row("take", "opening_day", None, None, opening_steps.take_day),
    Row("say", "opening_day", None, None, opening_steps.say_day),
    Row("take", "opening_unit", None, None, opening_steps.take_unit),
    Row("say", "opening_unit", None, None, opening_steps.say_unit),
    Row("take", "opening_title", None, None, opening_steps.take_title),
    Row("say", "opening_title", None, None, opening_steps.say_title),
    Row("take", "opening_period", None, None, opening_steps.take_period),
    Row("say", "opening_period", None, None, opening_steps.say_period),
    Row("flip", "opening_groups", None, None, opening_steps.flip_group),
    Row("free", "opening_groups", "opening_free", None, opening_steps.mark),
    Row("next", "opening_groups", None, None, opening_steps.groups_seen),
    Row("flip", "opening_free", None, None, opening_steps.flip_unit),
    Row("say", "opening_free", None, None, opening_steps.say_free),
    Row("next", "opening_free", "opening_groups", None, opening_steps.mark),
    Row("take", "opening_due", None, None, opening_days.take),
    Row("say", "opening_due", None, None, opening_days.say),
    Row("unclear_day", "opening_due", "opening_sure", opening_days.lacks_year, navigation.mark),
    Row("unclear_day", ("opening_due", "opening_sure"), "opening_counts", None, navigation.mark),
    Row("same_group", ("opening_due", "opening_sure", "opening_counts"), "opening_due"),
    Row("take", "opening_sure", None, None, opening_days.sure),
    Row("say", ("opening_sure", "opening_counts"), "opening_due", None, opening_days.say_anew),
    Row("take", "opening_counts", None, None, opening_days.say_whether_it_counts),
    Row("take", "opening_counted", None, None, opening_terms.take_counted),
    Row("take", "opening_reminders", None, None, opening_terms.take_reminders),
    Row("say", "opening_reminders", None, None, opening_terms.say_reminders),
    Row("say", "opening_key", None, None, opening_terms.say_key),
    Row("next", ("opening_plan", "opening_amend"), "opening_plan", None, opening_steps.mark),
    Row("next", OPENING, None, None, opening_steps.keep),
    Row("say", ("opening_groups", "opening_plan", "opening_amend", "opening_counted"), None, None, opening_steps.odd),
    # The summary, and from there to any part of it.
    Row("flip", "opening_plan", None, None, opening_terms.flip),
    Row("amend", "opening_plan", "opening_amend", opening_terms.names_nothing, opening_steps.mark),
    *(Row("amend", "opening_amend", f"opening_{each}", opening_terms.means(each), opening_steps.mark)
      for each in ("form", "day", "unit", "title", "period", "groups", "counted", "reminders", "key")),
    Row("amend", "opening_amend", "opening_due", opening_days.names_group, opening_days.amend),
    Row("hand_plan", "opening_plan", None, None, hand_plan),
    Row("confirm", "opening_plan", "home", is_possible, open_it),
    Row("confirm", "opening_plan", None, None, refuse),
    *(Row("back", here, before, None, opening_steps.mark) for here, before in BACK.items()),
    Row("back", "opening_form", "home", None, leave),
    Row("cancel", OPENING, "home", None, leave),
    Row("drop", ("opening_plan", "opening_amend"), "home", None, drop),
)  # fmt: skip
