"""``/dot``: the campaigns that run, each with who reports until when; a new one; ending one."""

from __future__ import annotations

from dialogs.campaigns import opening, opening_steps
from dialogs.campaigns.drafting import draft_of
from dialogs.forms.question_lookup import whole
from dialogs.reading import fold
from dialogs.reminders.reminding import schedule_of
from dialogs.texts import opening as t
from dialogs.texts import plans as words
from dialogs.turn.transitions import ANY, Row, Screen
from dialogs.turn.turn_state import Step
from dialogs.values.decisions import CloseCampaign, HandPlan
from dialogs.values.plans import Plan

STATES = {
    "campaigns": "the campaigns that a coordinator runs",
    "campaign": "one of them: who reports until when, on what terms",
    "campaign_closing": "whether a campaign is really to be ended",
}
MANAGING = tuple(STATES)
MOST_SHOWN = 8


def may(step: Step) -> bool:
    return step.world.plans.may_open()


def refuse(step: Step) -> None:
    """Somebody without the right; no campaign and no unit is named."""
    step.refuse(t.may_not_open())


def begin(step: Step) -> None:
    """ "/dot", "/dot KEY"."""
    typed = fold(step.argument).strip()
    opening.let_go(step)
    if not typed:
        return
    found = next((each for each in step.world.plans.running() if fold(each.key) == typed), None)
    if found is None:
        step.refuse(t.no_such_running(step.argument))
        return
    _show(step, found)


def show(step: Step) -> None:
    """A button or a number of the list: one campaign, if it is still open and hers."""
    number = whole(step.argument)
    found = step.world.plans.running_one(number) if number else None
    if found is None:
        step.refuse(t.campaign_gone())
    else:
        _show(step, found)


def _show(step: Step, plan: Plan) -> None:
    step.set(pending={"kind": "campaign", "campaign": plan.campaign}, misses=0, mark=step.session.mark + 1)
    step.fire("campaign_known")


def current(step: Step) -> Plan | None:
    """Return the campaign that is looked at, None if it is not open, or not hers, any more."""
    return step.world.plans.running_one(int(step.session.pending.get("campaign", 0)))


def lost(step: Step) -> bool:
    return current(step) is None


def to_list(step: Step) -> None:
    step.set(pending={}, misses=0, mark=step.session.mark + 1)


def gone(step: Step) -> None:
    """Somebody else has ended it meanwhile, or the right has ended."""
    step.notes.append(t.campaign_gone())
    to_list(step)


def turn(step: Step) -> None:
    """On to asking, or back to looking: the campaign stays the same."""
    step.set(misses=0, mark=step.session.mark + 1)


def close(step: Step) -> None:
    """ "Đóng đợt", confirmed."""
    plan = current(step)
    if plan is None:
        gone(step)
        return
    step.effects.append(CloseCampaign(plan.campaign))
    step.body = t.campaign_closed(plan.title)
    to_list(step)


def hand_plan(step: Step) -> None:
    """The plan of the campaign as a Word document."""
    step.effects.append(HandPlan(campaign=int(step.session.pending["campaign"])))
    step.notes.append(words.plan_coming())


# --- screens -------------------------------------------------------------------------------------------------------


def listing(step: Step) -> Screen:
    ended = {effect.campaign for effect in step.effects if isinstance(effect, CloseCampaign)}
    running = [each for each in step.world.plans.running() if each.campaign not in ended]
    draft = draft_of(step)
    choices = [(f"show:{each.campaign}", t.campaign_label(each)) for each in running[:MOST_SHOWN]]
    named = (draft.title or t.unnamed_draft()) if step.session.draft else ""
    choices += [("go_on", t.GO_ON_DRAFT), ("drop", t.DROP_DRAFT)] if named else []
    choices += [("fresh", t.NEW_CAMPAIGN), ("cancel", t.HOME)]
    return Screen(words.campaigns(running, step.world.zone, named), tuple(choices))


def one(step: Step) -> Screen:
    plan = current(step)
    if plan is None or plan.opened_at is None:
        return Screen(t.campaign_gone(), (("back", t.BACK),))
    schedule = schedule_of(plan.settings)
    offsets = schedule.offsets if schedule.automatic else ()
    lines = words.plan_lines(plan, step.world.zone, offsets)
    choices = (("hand_plan", t.HAND_PLAN), ("end", t.CLOSE_IT), ("back", t.BACK), ("cancel", t.HOME))
    return Screen(words.running_shown(lines, plan.opened_at, step.world.zone), choices)


def closing(step: Step) -> Screen:
    plan = current(step)
    if plan is None:
        return Screen(t.campaign_gone(), (("back", t.BACK),))
    return Screen(t.close_really(plan), (("confirm", t.CLOSE_IT), ("back", t.NEVER_MIND)))


SCREENS = {"campaigns": listing, "campaign": one, "campaign_closing": closing}

TABLE: tuple[Row, ...] = (
    Row("check", ("campaigns",), "home", opening.may_not, opening.shut_out),
    Row("check", ("campaign", "campaign_closing"), "campaigns", lost, gone),
    Row("campaigns", ANY, "campaigns", may, begin),
    Row("campaigns", ANY, None, None, refuse),
    Row("campaign_known", "campaigns", "campaign"),
    Row("show", "campaigns", None, None, show),
    Row("fresh", "campaigns", None, None, opening.begin),
    Row("go_on", "campaigns", None, None, opening.go_on),
    Row("drop", "campaigns", None, None, opening.drop),
    Row("hand_plan", "campaign", None, None, hand_plan),
    Row("end", "campaign", "campaign_closing", None, turn),
    Row("confirm", "campaign_closing", "campaigns", None, close),
    Row("back", "campaign_closing", "campaign", None, turn),
    Row("back", "campaign", "campaigns", None, to_list),
    Row("back", "campaigns", "home", None, opening.leave),
    Row("cancel", MANAGING, "home", None, opening.leave),
    Row("say", MANAGING, None, None, opening_steps.odd),
)
