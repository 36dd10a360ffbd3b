"""What every command stands on: the clock, the open database, and one way to stop."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from bot.config.settings import Settings
from bot.runtime import texts
from bot.runtime.processes import is_alive
from storage.manage.import_commit import finish_abandoned
from storage.schema.database import Database, open_database


class Stop(Exception):
    """A command cannot go on; the message is one clear line."""


def now() -> datetime:
    """The clock of the program; everything else is given this function or a moment."""
    return datetime.now(UTC)


def open_store(settings: Settings) -> Database:
    """Open and migrate the database, and finish an import of answers that a killed process had begun to write."""
    database = open_database(settings.database_url)
    database.migrate()
    for each in finish_abandoned(database, now, is_alive):
        print(texts.import_resumed(each.name, each.written), file=sys.stderr, flush=True)
    return database
