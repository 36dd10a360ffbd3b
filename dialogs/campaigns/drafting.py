"""A campaign in the making: what a person has decided so far, kept in the session until it is opened or thrown away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, tzinfo
from typing import Any

from dialogs.turn.turn_state import TurnState
from dialogs.values.decisions import OpenCampaign
from dialogs.values.plans import CampaignPlan, UnitGroup
from dialogs.values.status import Status

COUNTS: Mapping[str, tuple[str, ...]] = {
    "usual": (Status.SENT.value, Status.ACCEPTED.value),
    "accepted": (Status.ACCEPTED.value,),
    "all": (Status.IN_PROGRESS.value, Status.RETURNED.value, Status.SENT.value, Status.ACCEPTED.value),
}
"""Which figures the sums may take, by what a button names."""

ESCALATES_AFTER = 3
"""Days after the last day at which the level above is told who still owes, where a campaign has that switched on."""

_SETS = frozenset({"left_out", "not_required", "switches"})


@dataclass(frozen=True, slots=True)
class CampaignDraft:
    """What is decided: '' , 0 or None is "not yet". ``period`` may be decided to be ''.

    ``grouped``: who must report has been looked through. ``counts``: whether the day of "trước ngày" counts, asked
    once. ``offsets`` are the days of reminders from the last day (None: as usual, empty: none by themselves).
    """

    form: str = ""
    unit: int = 0
    day: date | None = None
    title: str = ""
    period: str | None = None
    key: str = ""
    grouped: bool = False
    left_out: frozenset[str] = frozenset()
    not_required: frozenset[str] = frozenset()
    due: Mapping[str, date] = field(default_factory=dict)
    counts: bool | None = None
    switches: frozenset[str] = frozenset()
    counted: str = "usual"
    confirm: bool = False
    offsets: tuple[int, ...] | None = None
    escalate: bool = False
    notify: bool = True

    def to_json(self) -> dict[str, Any]:
        """Return what a session keeps."""
        found: dict[str, Any] = {name: getattr(self, name) for name in CampaignDraft.__dataclass_fields__}
        found |= {name: sorted(found[name]) for name in _SETS}
        found["day"] = self.day.isoformat() if self.day else None
        found["due"] = {kind: day.isoformat() for kind, day in self.due.items()}
        found["offsets"] = None if self.offsets is None else list(self.offsets)
        return found

    @staticmethod
    def from_json(stored: Mapping[str, Any]) -> CampaignDraft:
        """Read what ``to_json`` wrote; what this version does not know is dropped."""
        found = {name: stored[name] for name in CampaignDraft.__dataclass_fields__ if name in stored}
        found |= {name: frozenset(found[name]) for name in _SETS if name in found}
        found["day"] = date.fromisoformat(found["day"]) if found.get("day") else None
        found["due"] = {kind: date.fromisoformat(day) for kind, day in found.get("due", {}).items()}
        found["offsets"] = None if found.get("offsets") is None else tuple(found["offsets"])
        return CampaignDraft(**found)

    @property
    def settings(self) -> dict[str, Any]:
        """What the campaign's settings will hold: only what is not as usual."""
        found: dict[str, Any] = {} if self.counted == "usual" else {"counted": list(COUNTS[self.counted])}
        found |= {"confirm": True} if self.confirm else {}
        return found | self._reminders()

    def _reminders(self) -> dict[str, Any]:
        if self.offsets == ():
            return {"reminders": False}
        found: dict[str, Any] = {} if self.offsets is None else {"offsets": list(self.offsets)}
        found |= {"escalate": ESCALATES_AFTER} if self.escalate else {}
        return {"reminders": found} if found else {}


def has_draft(turn: TurnState) -> bool:
    """Whether a campaign is being prepared."""
    return bool(turn.session.draft)


def draft_of(turn: TurnState) -> CampaignDraft:
    """Return the campaign that is being prepared, an empty one if none is."""
    return CampaignDraft.from_json(turn.session.draft)


def change(turn: TurnState, **changes: Any) -> CampaignDraft:
    """Decide something: what is asked now is another question, and the buttons before are stale."""
    draft = replace(draft_of(turn), **changes)
    turn.set(draft=draft.to_json(), kept=None, misses=0, mark=turn.session.mark + 1)
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
