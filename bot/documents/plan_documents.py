"""The printed plan of a campaign, as the finished Word document."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import Connection

from bot.documents.made_files import WORD_TYPE, Made, file_stem
from dialogs.values.plans import CampaignPlan
from exports.word import plan as paper
from storage.campaigns.turn_cache import TurnCache
from storage.manage import opening


def of_job(connection: Connection, cache: TurnCache, payload: Mapping[str, Any], now: datetime, zone: tzinfo) -> Made:
    """Return the plan that a job asks for. Raises ``Refused`` if its campaign, form or unit is gone."""
    return document(opening.plan_of_job(connection, cache, payload, now, zone), now, zone)


def document(plan: CampaignPlan, now: datetime, zone: tzinfo) -> Made:
    """Return a plan as a Word file; one that is not opened yet is a draft."""
    stem = file_stem(plan.key, plan.unit_code, plan.unit_name, plan.opened_at is not None, "_ke-hoach")
    return Made(f"{stem}.docx", WORD_TYPE, paper.render(plan, now.astimezone(zone)))
