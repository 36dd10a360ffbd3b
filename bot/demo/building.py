"""A made-up province to try everything on, made by replaying events, so that its history is real.

The database is marked as demo; the command refuses one that is not. Deadlines are relative to the day it is made:
communes before their district. The five campaigns stand at different stages (see ``campaigns``); ``xa1`` and
``huyen1`` have theirs of Kết luận 62 still to begin, and it is the first that is due.
"""

from __future__ import annotations

from datetime import datetime, tzinfo

from sqlalchemy import Connection

from bot.demo.campaigns import CAMPAIGN, HISTORY, play, running
from bot.demo.player import DemoClock, Player
from bot.demo.units import add_people, found_units
from bot.turns.turn import Turn
from dialogs.forms.form_file import shipped_keys, shipped_text
from storage.campaigns import campaigns, forms
from storage.people import people
from storage.schema import meta
from storage.schema.database import Database

MARK = "demo"


def is_demo(connection: Connection) -> bool:
    """Whether this database holds the made-up province."""
    return meta.get(connection, MARK) is not None


def is_empty(connection: Connection) -> bool:
    """Whether nothing has been put into this database yet."""
    return not people.with_handles(connection) and not campaigns.every(connection)


def build(database: Database, now: datetime, zone: tzinfo) -> None:
    """Make the province in an empty database as it stands at ``now``, in one transaction."""
    clock = DemoClock(now - HISTORY)
    with database.write() as connection:
        meta.put(connection, MARK, now.isoformat())
        found_units(connection, clock.now())
        add_people(connection, clock.now())
        publish_forms(connection, clock.now())
        play(connection, Player(connection, Turn(clock.now, zone), clock), now, zone)


def publish_forms(connection: Connection, at: datetime) -> None:
    """Publish the forms that are shipped with the program."""
    for key in shipped_keys():
        forms.publish(connection, shipped_text(key), at)


__all__ = ["CAMPAIGN", "MARK", "add_people", "build", "found_units", "is_demo", "is_empty", "publish_forms", "running"]
