"""Print a SQLite database of this schema as SQL, to be kept in ``dumps/`` when a schema is released:

uv run --group test python -m tests.storage.schema.make_dump > tests/storage/schema/dumps/0002.sql

A dump is named after the newest migration and is never made again once that schema is out in the world; the ones before
it stay. Beside a sent report it holds a file of answers that a dead process had begun to write.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from pathlib import Path

from sqlalchemy import Connection

from dialogs.forms.answers import State
from dialogs.values.effects import Piece
from storage.manage import import_commit, staging
from storage.schema.database import open_database
from tests.office.province import NOW, TEXT, TOTAL, Province, build


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dump.db"
        database = open_database(f"sqlite:///{path}")
        database.migrate()
        province = build(database)
        with database.write() as connection:
            province.save(connection, "X1", TOTAL, 12)
            province.save(connection, "X1", TEXT, "Đã họp ba lần.", pieces=(Piece("1", "Đã họp ba lần."),))
            province.send(connection, "X1")
            _half_imported(connection, province)
        database.close()
        dumped = sqlite3.connect(path)
        sys.stdout.writelines(f"{line}\n" for line in dumped.iterdump())
        dumped.close()


def _half_imported(connection: Connection, province: Province) -> None:
    """A batch that is applying, with one answer of the commune X2 to be written."""
    batch = staging.begin(connection, province.campaign, "so-lieu.csv", False, "dead:1:dead", NOW)
    rows = [staging.staged(province.reports["X2"], TOTAL, 2, State.VALUE, 7, "", False)]
    staging.stage(connection, batch, rows, NOW)
    import_commit.start(connection, batch, [province.reports["X2"]], NOW)


if __name__ == "__main__":
    main()
