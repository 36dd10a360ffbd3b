"""Print a SQLite database of this schema as SQL, to be kept in ``dumps/`` when a schema is released:

uv run --group test python tests/storage/make_dump.py > tests/storage/dumps/0001.sql
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from pathlib import Path

from province import TEXT, TOTAL, build

from dialogs.effects import Piece
from storage.database import open_database


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
        database.close()
        dumped = sqlite3.connect(path)
        sys.stdout.writelines(f"{line}\n" for line in dumped.iterdump())
        dumped.close()


if __name__ == "__main__":
    main()
