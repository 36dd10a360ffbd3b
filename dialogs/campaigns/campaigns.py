"""``/dot``: the campaigns that run, each with who reports until when; a new one; ending one."""

from __future__ import annotations

from dialogs.campaigns import opening, opening_steps
from dialogs.campaigns.drafting import draft_of, has_draft
from dialogs.campaigns.kept import CampaignShown
from dialogs.forms.question_lookup import whole
from dialogs.reading import fold
from dialogs.texts import opening as opening_texts
from dialogs.texts import plans as plans_texts
from dialogs.turn.commands import Takes, TypedCommand
from dialogs.turn.dialog import Dialog, DialogState
from dialogs.turn.transitions import ANY, Screen, Transition
from dialogs.turn.turn_state import TurnState
from dialogs.values.decisions import CloseCampaign, HandPlan
from dialogs.values.plans import CampaignPlan
from dialogs.values.rights import Right

MOST_SHOWN = 8


def may(turn: TurnState) -> bool:
    return turn.world.plans.may_open()


def refuse(turn: TurnState) -> None:
    """Somebody without the right; no campaign and no unit is named."""
    turn.refuse(opening_texts.may_not_open())


def begin(turn: TurnState) -> None:
    """ "/dot", "/dot KEY"."""
    typed = fold(turn.argument).strip()
    opening.let_go(turn)
    if not typed:
        return
    found = next((each for each in turn.world.plans.running() if fold(each.key) == typed), None)
    if found is None:
        turn.refuse(opening_texts.no_such_running(turn.argument))
        return
    _show(turn, found)


def show(turn: TurnState) -> None:
    """A button or a number of the list: one campaign, if it is still open and hers."""
    number = whole(turn.argument)
    found = turn.world.plans.running_one(number) if number else None
    if found is None:
        turn.refuse(opening_texts.campaign_gone())
    else:
        _show(turn, found)


def _show(turn: TurnState, plan: CampaignPlan) -> None:
    turn.set(kept=CampaignShown(plan.campaign), misses=0, mark=turn.session.mark + 1)
    turn.fire("campaign_known")


def current(turn: TurnState) -> CampaignPlan | None:
    """Return the campaign that is looked at, None if it is not open, or not hers, any more."""
    shown = turn.keeps(CampaignShown)
    return turn.world.plans.running_one(shown.campaign) if shown else None


def lost(turn: TurnState) -> bool:
    return current(turn) is None


def to_list(turn: TurnState) -> None:
    turn.set(kept=None, misses=0, mark=turn.session.mark + 1)


def gone(turn: TurnState) -> None:
    """Somebody else has ended it meanwhile, or the right has ended."""
    turn.notes.append(opening_texts.campaign_gone())
    to_list(turn)


def change_over(turn: TurnState) -> None:
    """On to asking, or back to looking: the campaign stays the same."""
    turn.set(misses=0, mark=turn.session.mark + 1)


def close(turn: TurnState) -> None:
    """ "Đóng đợt", confirmed."""
    plan = current(turn)
    if plan is None:
        gone(turn)
        return
    turn.effects.append(CloseCampaign(plan.campaign))
    turn.body = opening_texts.campaign_closed(plan.title)
    to_list(turn)


def hand_plan(turn: TurnState) -> None:
    """The plan of the campaign as a Word document."""
    turn.effects.append(HandPlan(campaign=turn.kept(CampaignShown).campaign))
    turn.notes.append(plans_texts.plan_coming())


# --- screens -------------------------------------------------------------------------------------------------------


def listing(turn: TurnState) -> Screen:
    ended = {effect.campaign for effect in turn.effects if isinstance(effect, CloseCampaign)}
    running = [each for each in turn.world.plans.running() if each.campaign not in ended]
    draft = draft_of(turn)
    choices = [(f"show:{each.campaign}", opening_texts.campaign_label(each)) for each in running[:MOST_SHOWN]]
    named = (draft.title or opening_texts.unnamed_draft()) if has_draft(turn) else ""
    choices += [("go_on", opening_texts.GO_ON_DRAFT), ("drop", opening_texts.DROP_DRAFT)] if named else []
    choices += [("fresh", opening_texts.NEW_CAMPAIGN), ("cancel", opening_texts.HOME)]
    return Screen(plans_texts.campaigns(running, turn.world.zone, named), tuple(choices))


def one(turn: TurnState) -> Screen:
    plan = current(turn)
    if plan is None or plan.opened_at is None:
        return Screen(opening_texts.campaign_gone(), (("back", opening_texts.BACK),))
    lines = plans_texts.plan_lines(plan, turn.world.zone, plan.offsets)
    choices = (
        ("hand_plan", opening_texts.HAND_PLAN),
        ("end", opening_texts.CLOSE_IT),
        ("back", opening_texts.BACK),
        ("cancel", opening_texts.HOME),
    )
    return Screen(plans_texts.running_shown(lines, plan.opened_at, turn.world.zone), choices)


def closing(turn: TurnState) -> Screen:
    plan = current(turn)
    if plan is None:
        return Screen(opening_texts.campaign_gone(), (("back", opening_texts.BACK),))
    return Screen(
        opening_texts.close_really(plan), (("confirm", opening_texts.CLOSE_IT), ("back", opening_texts.NEVER_MIND))
    )


MANAGING = ("campaigns", "campaign", "campaign_closing")

DIALOG = Dialog(
    "campaigns",
    states=(
        DialogState("campaigns", "the campaigns that a coordinator runs", listing),
        DialogState("campaign", "one of them: who reports until when, on what terms", one),
        DialogState("campaign_closing", "whether a campaign is really to be ended", closing),
    ),
    table=(
        Transition("check", ("campaigns",), "home", opening.may_not, opening.shut_out),
        Transition("check", ("campaign", "campaign_closing"), "campaigns", lost, gone),
        Transition("campaigns", ANY, "campaigns", may, begin),
        Transition("campaigns", ANY, None, None, refuse),
        Transition("campaign_known", "campaigns", "campaign"),
        Transition("show", "campaigns", None, None, show),
        Transition("fresh", "campaigns", None, None, opening.begin),
        Transition("go_on", "campaigns", None, None, opening.go_on),
        Transition("drop", "campaigns", None, None, opening.drop),
        Transition("hand_plan", "campaign", None, None, hand_plan),
        Transition("end", "campaign", "campaign_closing", None, change_over),
        Transition("confirm", "campaign_closing", "campaigns", None, close),
        Transition("back", "campaign_closing", "campaign", None, change_over),
        Transition("back", "campaign", "campaigns", None, to_list),
        Transition("back", "campaigns", "home", None, opening.leave),
        Transition("cancel", MANAGING, "home", None, opening.leave),
        Transition("say", MANAGING, None, None, opening_steps.odd),
    ),
    inner=("campaign_known",),
    anywhere=("campaigns",),
    keeps=(CampaignShown,),
    commands=(
        TypedCommand(
            "campaigns",
            ("dot", "dot bao cao"),
            opening_texts.MENU_CAMPAIGN,
            230,
            Right.CAMPAIGN_OPEN,
            takes=Takes.ANYTHING,
            only_slashed=("dot",),
        ),
    ),
)
