"""The schedules by which campaigns remind."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection

from dialogs.reminders.reminding import USUAL_SCHEDULE, BadSchedule, Schedule, schedule_of
from storage.campaigns import campaigns
from storage.campaigns.campaigns import Campaign


def schedule(asked: Campaign) -> Schedule:
    """Return a campaign's schedule; one that an older program wrote in a way not read any more is the usual one."""
    try:
        return schedule_of(asked.settings)
    except BadSchedule:
        return USUAL_SCHEDULE


def running(connection: Connection) -> tuple[tuple[Campaign, Schedule], ...]:
    """Return the open campaigns with their schedules."""
    return tuple((each, schedule(each)) for each in campaigns.every(connection) if each.closed_at is None)


def schedules(connection: Connection, wanted: Collection[int]) -> Mapping[int, Schedule]:
    """Return the schedules of these campaigns by id."""
    return {each.id: schedule(each) for each in campaigns.every(connection) if each.id in wanted}
