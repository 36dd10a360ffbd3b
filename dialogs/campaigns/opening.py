"""``/dot``: opening a campaign from a published form, step by step; the summary can be jumped into anywhere.

After each answer the first thing that is still undecided is asked (``draft_on``), so that whoever was interrupted, or
has gone back to change one thing, goes on where something is missing and is asked nothing twice.
"""

from __future__ import annotations

from dialogs.campaigns import opening_days, opening_screens, opening_steps, opening_terms
from dialogs.campaigns.drafting import change, draft_of, every_group, has_draft, opening_of, plan_of, today, undated
from dialogs.campaigns.kept import DueAsked
from dialogs.texts import opening as opening_texts
from dialogs.texts import plans as plans_texts
from dialogs.turn import navigation
from dialogs.turn.dialog import Dialog, DialogState
from dialogs.turn.message_parts import loose_ends
from dialogs.turn.transitions import ANY, Transition
from dialogs.turn.turn_state import TurnState
from dialogs.values.decisions import HandPlan, OpenCampaign


def may_not(turn: TurnState) -> bool:
    """Whether the right has ended: asked before and after every event."""
    return not turn.world.plans.may_open()


def shut_out(turn: TurnState) -> None:
    """The right has ended meanwhile; what was prepared is not opened by anybody."""
    turn.notes.append(opening_texts.may_not_open())
    turn.set(kept=None, draft=None, mark=turn.session.mark + 1)


# --- beginning and leaving -----------------------------------------------------------------------------------------


def begin(turn: TurnState) -> None:
    """ "Mở đợt mới": a draft that was begun before goes."""
    let_go(turn)
    turn.set(draft=None)
    turn.fire("draft_on")


def go_on(turn: TurnState) -> None:
    """ "Làm tiếp bản đang soạn": where something is missing, else at the summary."""
    let_go(turn)
    turn.fire("draft_on")


def let_go(turn: TurnState) -> None:
    """The report that was open is left; what was typed there is not lost in silence."""
    if turn.view is not None:
        loose_ends(turn)
    turn.set(report=0, question=0, part=0, columns=(), kept=None, resume=0, page=0, misses=0)
    turn.set(mark=turn.session.mark + 1)


def leave(turn: TurnState) -> None:
    """ "/huy": what was prepared stays, to go on with."""
    if has_draft(turn):
        turn.notes.append(opening_texts.draft_kept())
    turn.set(kept=None, misses=0, mark=turn.session.mark + 1)


def drop(turn: TurnState) -> None:
    """ "Bỏ bản soạn"."""
    turn.notes.append(opening_texts.draft_dropped())
    turn.set(draft=None, kept=None, misses=0, mark=turn.session.mark + 1)


# --- what is still undecided ---------------------------------------------------------------------------------------


def lacks_form(turn: TurnState) -> bool:
    wanted = draft_of(turn).form
    return not any(each.key == wanted and not each.unmeasured for each in turn.world.plans.forms())


def lacks_day(turn: TurnState) -> bool:
    return draft_of(turn).day is None


def lacks_unit(turn: TurnState) -> bool:
    """Whether the unit is not chosen, or not there on the day, or nobody below it is asked by the form."""
    draft = draft_of(turn)
    if not draft.unit or turn.world.plans.top(draft.unit, draft.day or today(turn)) is None:
        return True
    return not every_group(turn)


def lacks_title(turn: TurnState) -> bool:
    return not draft_of(turn).title


def lacks_period(turn: TurnState) -> bool:
    return draft_of(turn).period is None


def lacks_groups(turn: TurnState) -> bool:
    draft = draft_of(turn)
    return not draft.grouped or all(each.kind in draft.left_out for each in every_group(turn))


def lacks_due(turn: TurnState) -> bool:
    return bool(undated(draft_of(turn), every_group(turn)))


def complete(turn: TurnState) -> None:
    """Everything is decided: a key is proposed where none is chosen."""
    draft = draft_of(turn)
    if not draft.key:
        change(turn, key=turn.world.plans.free_key(draft.form))


# --- the summary ---------------------------------------------------------------------------------------------------


def decision(turn: TurnState) -> OpenCampaign:
    return opening_of(draft_of(turn), today(turn), turn.world.zone)


def is_possible(turn: TurnState) -> bool:
    """Whether nothing speaks against opening: then it stays so until the turn ends, so one of two wins."""
    return not turn.world.plans.refusal(decision(turn))


def open_it(turn: TurnState) -> None:
    """ "Mở đợt": once, because the draft goes with it."""
    opening, plan = decision(turn), plan_of(turn)
    turn.effects.append(opening)
    turn.body = plans_texts.campaign_opened(opening.title, len(plan.owing) if plan else 0, opening.notify)
    turn.set(draft=None, kept=None, misses=0, mark=turn.session.mark + 1)


def refuse(turn: TurnState) -> None:
    """Why it cannot be opened now; the draft stays to be put right."""
    turn.refuse(plans_texts.cannot_open(turn.world.plans.refusal(decision(turn))))


def hand_plan(turn: TurnState) -> None:
    """The plan as a Word document, before the campaign is opened."""
    turn.effects.append(HandPlan(opening=decision(turn)))
    turn.notes.append(plans_texts.plan_coming())


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

OPENING = ("opening_form", *BACK)

DIALOG = Dialog(
    "opening",
    states=(
        DialogState("opening_form", "which published form a new campaign asks", opening_screens.ask_form),
        DialogState(
            "opening_day", "the day whose hierarchy a new campaign follows", opening_screens.ask_day, lettered=True
        ),
        DialogState("opening_unit", "from which unit downwards a new campaign asks", opening_screens.ask_unit),
        DialogState("opening_title", "the title of a new campaign", opening_screens.ask_title, lettered=True),
        DialogState("opening_period", "the period of a new campaign", opening_screens.ask_period, lettered=True),
        DialogState("opening_groups", "which kinds of units must report", opening_screens.ask_groups),
        DialogState("opening_free", "single units that need not report", opening_screens.ask_free),
        DialogState("opening_due", "the last day of one kind of units", opening_screens.ask_due, lettered=True),
        DialogState("opening_sure", "a last day without its year is asked back", opening_screens.ask_sure),
        DialogState(
            "opening_counts", "whether the day before which something is due counts itself", opening_screens.ask_counts
        ),
        DialogState("opening_plan", "the plan of a new campaign, to be confirmed", opening_screens.show_plan),
        DialogState("opening_amend", "which part of the plan is to be changed", opening_screens.show_parts),
        DialogState("opening_counted", "which figures the sums take", opening_screens.ask_counted),
        DialogState("opening_reminders", "when a new campaign reminds", opening_screens.ask_reminders, lettered=True),
        DialogState("opening_key", "the key of a new campaign", opening_screens.ask_key, lettered=True),
    ),
    table=(
        Transition("check", OPENING, "home", may_not, shut_out),
        # What is still undecided is asked next.
        Transition("draft_on", ANY, "opening_form", lacks_form),
        Transition("draft_on", ANY, "opening_day", lacks_day),
        Transition("draft_on", ANY, "opening_unit", lacks_unit),
        Transition("draft_on", ANY, "opening_title", lacks_title),
        Transition("draft_on", ANY, "opening_period", lacks_period),
        Transition("draft_on", ANY, "opening_groups", lacks_groups),
        Transition("draft_on", ANY, "opening_due", lacks_due),
        Transition("draft_on", ANY, "opening_plan", None, complete),
        # What is chosen or typed.
        Transition("take", "opening_form", None, None, opening_steps.take_form),
        Transition("say", "opening_form", None, None, opening_steps.take_form),
        Transition("take", "opening_day", None, None, opening_steps.take_day),
        Transition("say", "opening_day", None, None, opening_steps.say_day),
        Transition("take", "opening_unit", None, None, opening_steps.take_unit),
        Transition("say", "opening_unit", None, None, opening_steps.say_unit),
        Transition("take", "opening_title", None, None, opening_steps.take_title),
        Transition("say", "opening_title", None, None, opening_steps.say_title),
        Transition("take", "opening_period", None, None, opening_steps.take_period),
        Transition("say", "opening_period", None, None, opening_steps.say_period),
        Transition("flip", "opening_groups", None, None, opening_steps.flip_group),
        Transition("free", "opening_groups", "opening_free", None, opening_steps.mark),
        Transition("next", "opening_groups", None, None, opening_steps.groups_seen),
        Transition("flip", "opening_free", None, None, opening_steps.flip_unit),
        Transition("say", "opening_free", None, None, opening_steps.say_free),
        Transition("next", "opening_free", "opening_groups", None, opening_steps.mark),
        Transition("take", "opening_due", None, None, opening_days.take),
        Transition("say", "opening_due", None, None, opening_days.say),
        Transition("unclear_day", "opening_due", "opening_sure", opening_days.lacks_year, navigation.mark),
        Transition("unclear_day", ("opening_due", "opening_sure"), "opening_counts", None, navigation.mark),
        Transition("same_group", ("opening_due", "opening_sure", "opening_counts"), "opening_due"),
        Transition("take", "opening_sure", None, None, opening_days.sure),
        Transition("say", ("opening_sure", "opening_counts"), "opening_due", None, opening_days.say_anew),
        Transition("take", "opening_counts", None, None, opening_days.say_whether_it_counts),
        Transition("take", "opening_counted", None, None, opening_terms.take_counted),
        Transition("take", "opening_reminders", None, None, opening_terms.take_reminders),
        Transition("say", "opening_reminders", None, None, opening_terms.say_reminders),
        Transition("say", "opening_key", None, None, opening_terms.say_key),
        Transition("next", ("opening_plan", "opening_amend"), "opening_plan", None, opening_steps.mark),
        Transition("next", OPENING, None, None, opening_steps.keep),
        Transition(
            "say", ("opening_groups", "opening_plan", "opening_amend", "opening_counted"), None, None, opening_steps.odd
        ),
        # The summary, and from there to any part of it.
        Transition("flip", "opening_plan", None, None, opening_terms.flip),
        Transition("amend", "opening_plan", "opening_amend", opening_terms.names_nothing, opening_steps.mark),
        *(
            Transition("amend", "opening_amend", f"opening_{each}", opening_terms.means(each), opening_steps.mark)
            for each in ("form", "day", "unit", "title", "period", "groups", "counted", "reminders", "key")
        ),
        Transition("amend", "opening_amend", "opening_due", opening_days.names_group, opening_days.amend),
        Transition("hand_plan", "opening_plan", None, None, hand_plan),
        Transition("confirm", "opening_plan", "home", is_possible, open_it),
        Transition("confirm", "opening_plan", None, None, refuse),
        *(Transition("back", here, before, None, opening_steps.mark) for here, before in BACK.items()),
        Transition("back", "opening_form", "home", None, leave),
        Transition("cancel", OPENING, "home", None, leave),
        Transition("drop", ("opening_plan", "opening_amend"), "home", None, drop),
    ),
    inner=("draft_on", "same_group", "unclear_day"),
    keeps=(DueAsked,),
)
