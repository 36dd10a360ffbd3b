"""The doors that the program has, as every connection carries them: set once, when the database is opened."""

from __future__ import annotations

from sqlalchemy import Connection

from dialogs.values.doors import Doors

OPTION = "baocao_doors"
NONE = Doors()


def known_doors(connection: Connection) -> Doors:
    """Return the doors of the program that opened this connection's database."""
    found = connection.get_execution_options().get(OPTION, NONE)
    return found if isinstance(found, Doors) else NONE
