"""What following costs: ``uv run --group test python -m tests.bench.progress``.

For several sizes of province: the reply to "/tiendo" (a whole turn in its transaction), the picture (board and
drawing), and the record as CSV. Budgets: the reply within a second and the picture within a second for 168 units,
3 s all told; the record's memory does not grow with its lines.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert

from bot.channels.incoming import Account, Incoming
from bot.config.doors import DOORS, facts_of
from bot.documents import pictures, record_file
from bot.turns.turn import Turn
from dialogs.forms.form_file import shipped_text
from dialogs.values.events import TextReceived
from storage import record
from storage.campaigns import campaigns, forms
from storage.campaigns.campaigns import Opening
from storage.compiled import following
from storage.people import people
from storage.schema.database import Database, open_database
from storage.schema.tables import answer_history, submission
from storage.units import units
from storage.units.units import NewUnit

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
REFERENCE = date(2019, 4, 10)
STATUSES = ("sent", "accepted", "in_progress", "not_opened", "returned")
ANSWERS = 60
"""Writings of one unit: as many as a commune's report has cells."""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--lines", type=int, default=0, help="also export a record of so many lines")
    lines = parser.parse_args().lines
    print("units    /tiendo s   picture s   pictures   bytes")
    for districts, communes in ((2, 5), (12, 13), (34, 97)):
        with tempfile.TemporaryDirectory() as folder:
            database = build(Path(folder), districts, communes)
            print(*measured(database), sep="   ")
            database.close()
    if lines:
        with tempfile.TemporaryDirectory() as folder:
            export(build(Path(folder), 12, 13), lines, Path(folder))


def build(folder: Path, districts: int, communes: int) -> Database:
    """Make a province of so many districts with so many communes each, its campaign and its coordinator."""
    database = open_database(f"sqlite:///{folder / 'bench.db'}", facts_of(DOORS))
    database.migrate()
    with database.write() as connection:
        for key in ("kl62-2019-xa", "kl62-2019"):
            forms.publish(connection, shipped_text(key), NOW)
        top = units.add(connection, NewUnit("T", "Tỉnh ủy Hồng Lam", "tinh"), NOW)
        for number in range(districts):
            new = NewUnit(f"H{number}", f"Huyện ủy Thanh Sơn {number}", "huyen", top, position=number)
            district = units.add(connection, new, NOW)
            for each in range(communes):
                name = f"Đảng ủy xã An Bình {number}-{each}"
                units.add(connection, NewUnit(f"X{number}-{each}", name, "xa", district, position=each), NOW)
        opening = Opening("kl62-2019", "T", REFERENCE, due={"xa": date(2026, 11, 30)})
        campaign = campaigns.open_campaign(connection, opening, NOW, ZONE)
        boss = people.create_person(connection, "Minh", NOW, "minh")
        people.add_account(connection, boss, "web", "minh", NOW)
        people.grant(connection, boss, top, people.COORDINATOR, NOW)
        fill(connection, campaign, ANSWERS)
    return database


def fill(connection: Connection, campaign: int, many: int) -> None:
    """Give every report a status and ``many`` writings."""
    asked = campaigns.by_id(connection, campaign)
    assert asked is not None
    board = following.of_unit(connection, asked, asked.root, NOW)
    assert board is not None
    for place in board.asked:
        status = STATUSES[place.report % len(STATUSES)]
        changed = submission.update().where(submission.c.id == place.report)
        connection.execute(changed.values(status=status, sent_at=NOW, first_sent_at=NOW))
        connection.execute(insert(answer_history), list(writings(place.report, many)))


def writings(report: int, many: int) -> Iterator[dict[str, object]]:
    fixed = {"submission": report, "column": "xa.tong_so", "state": "value", "kind": "s", "closed": True}
    for number in range(many):
        yield {
            **fixed,
            "field": "PL3",
            "row": f"r{number}",
            "version": 1,
            "value": f"Nội dung câu trả lời số {number} của đơn vị, dài như một câu thường gặp.",
            "reason": "",
            "basis": "",
            "channel": "web",
            "at": NOW,
        }


def measured(database: Database) -> tuple[str, ...]:
    turn = Turn(lambda: NOW, ZONE)
    count = iter(range(10_000))

    def listed() -> None:
        with database.write() as connection:
            event = TextReceived("/tiendo", "m")
            taken = turn.handle(connection, Incoming(str(next(count)), Account("web", "minh", ""), event))
            assert "Cộng" in taken.outgoing[0].payload["text"]

    made: list[int] = []

    def picture() -> None:
        with database.read() as connection:
            asked = campaigns.by_id(connection, 1)
            assert asked is not None
            board = following.of_unit(connection, asked, asked.root, NOW)
            assert board is not None
            made[:] = [len(board.asked), *(len(each.content) for each in pictures.of_board(board, ZONE))]

    seconds = [best(listed), best(picture)]
    return (f"{made[0]:5}", *(f"{each:9.3f}" for each in seconds), f"{len(made) - 1:8}", f"{sum(made[1:]):10}")


def best(work: Callable[[], None], times: int = 3) -> float:
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


def export(database: Database, lines: int, folder: Path) -> None:
    """Write a record of so many lines and tell its time and the memory that Python held at most."""
    with database.write() as connection:
        asked = campaigns.by_id(connection, 1)
        assert asked is not None
        found = record.extent(connection, asked, asked.root, NOW)
        assert found is not None
        fill(connection, 1, max(1, lines // len(found.units) - ANSWERS))
    start = time.perf_counter()
    with database.read() as connection, (folder / "record.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        written = record_file.write(record.entries(connection, found), stream, ZONE)
    took, size = time.perf_counter() - start, (folder / "record.csv").stat().st_size
    print(f"record: {written} lines in {took:.1f} s, {size / 1e6:.0f} MB")
    for share in (10_000, 100_000):
        print(f"        {share} lines hold at most {held(database, found, share) / 1e6:.1f} MB")
    database.close()


def held(database: Database, found: record.Extent, lines: int) -> int:
    """Return how much memory Python holds at most while the first ``lines`` of a record are written."""
    tracemalloc.start()
    with database.read() as connection, Path(os.devnull).open("w", encoding="utf-8") as stream:
        record_file.write(islice(record.entries(connection, found), lines), stream, ZONE)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


if __name__ == "__main__":
    main()
