"""A campaign in the making: what a person has decided so far, kept in the session until it is opened or thrown away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, tzinfo
from typing import Any

from dialogs.turn.turn_state import TurnState
from dialogs.values.decisions import OpenCampaign
from dialogs.values.plans import CampaignDraft, CampaignPlan, UnitGroup


def has_draft(turn: TurnState) -> bool:
    """Whether a campaign is being prepared."""
    return turn.session.draft is not None


def draft_of(turn: TurnState) -> CampaignDraft:
    """Return the campaign that is being prepared, an empty one if none is."""
    return turn.session.draft or CampaignDraft()


def change(turn: TurnState, **changes: Any) -> CampaignDraft:
    """Decide something: what is asked now is another question, and the buttons before are stale."""
    draft = replace(draft_of(turn), **changes)
    turn.set(draft=draft, kept=None, misses=0, mark=turn.session.mark + 1)
    return draft


def today(turn: TurnState) -> date:
    """Return the day it is where the officials are."""
    return turn.world.now.astimezone(turn.world.zone).date()


def opening_of(draft: CampaignDraft, day: date, zone: tzinfo) -> OpenCampaign:
    """Return the decision that a draft has come to so far; ``day`` stands in for a reference date not yet chosen."""
    return OpenCampaign(
        form=draft.form,
        unit=draft.unit,
        key=draft.key,
        title=draft.title,
        reference_date=draft.day or day,
        zone=zone,
        period=draft.period or "",
        due=draft.due,
        not_required=draft.not_required,
        left_out=draft.left_out,
        switches=draft.switches,
        settings=draft.settings,
        notify=draft.notify,
    )


def plan_of(turn: TurnState, draft: CampaignDraft | None = None) -> CampaignPlan | None:
    """Return what the draft comes to, None while its form or unit is not known or not there."""
    draft = draft or draft_of(turn)
    if not draft.form or not draft.unit:
        return None
    opening = opening_of(draft, today(turn), turn.world.zone)
    return turn.world.plans.plan(opening)


def fitted(turn: TurnState) -> CampaignDraft:
    """Drop from the draft what is not there any more with another form, unit or day; return it.

    A kind that is asked only now gets its deadline asked; deadlines and choices that still fit stay as they were.
    """
    draft = draft_of(turn)
    plan = plan_of(turn, replace(draft, left_out=frozenset(), not_required=frozenset()))
    if plan is None:
        return draft
    kinds, codes = {each.kind for each in plan.groups}, {each.code for each in plan.units}
    return change(
        turn,
        left_out=draft.left_out & kinds,
        not_required=draft.not_required & codes,
        due={kind: day for kind, day in draft.due.items() if kind in kinds},
        switches=draft.switches & {each.key for each in plan.switches},
    )


def every_group(turn: TurnState) -> tuple[UnitGroup, ...]:
    """Return the groups that the form names at and below the unit, those that are left out too."""
    plan = plan_of(turn, replace(draft_of(turn), left_out=frozenset()))
    return plan.groups if plan else ()


def undated(draft: CampaignDraft, groups: Sequence[UnitGroup]) -> tuple[UnitGroup, ...]:
    """Return the groups that must report and have no last day yet, in the order in which they are asked."""
    return tuple(each for each in groups if each.kind not in draft.left_out and each.kind not in draft.due)
