"""What every command stands on: the open database, and one way to stop."""

from __future__ import annotations

import sys

from bot.config.doors import facts_of
from bot.config.settings import Settings
from bot.runtime import texts
from bot.runtime.processes import is_alive
from bot.runtime.timing import now
from storage.manage.import_commit import finish_abandoned
from storage.schema.database import Database, open_database


class Stop(Exception):
    """A command cannot go on; the message is one clear line."""


def open_store(settings: Settings) -> Database:
    """Open and migrate the database, and finish an import of answers that a killed process had begun to write."""
    database = open_database(settings.database_url, facts_of(settings.doors))
    database.migrate()
    for each in finish_abandoned(database, now, is_alive):
        print(texts.import_resumed(each.name, each.written), file=sys.stderr, flush=True)
    return database
