"""Turns while the country compiles: ``uv run --group test python -m tests.bench.beside``.

The real service on Telegram (loopback Bot API), one SQLite file. Officials send 20 messages a second whether or not
answers have come (an open loop); after a while a coordinator types ``/tonghop`` for a campaign of 3,321 reports.
Measured is the time from a message to the bot's answer, before and during the compiling.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from pathlib import Path
from typing import Any

from storage.people import people
from storage.schema.database import open_database
from storage.units import units
from tests.bench.stored import KEY, found_country
from tests.bench.synthetic import NOW, Country
from tests.loopback import BotApi, Faults, Person, Seen
from tests.loopback.botprocess import PROGRAM, BotProcess
from tests.loopback.office import FIRST_CHAT, REFERENCE_DATE, found_office
from tests.loopback.officials import Official, Turn, commune_questions

RATE = 20
BOSS = FIRST_CHAT - 1


class Paced(Official):
    """An official who does the next thing when she is told to, if she has seen an answer to the last one."""

    ready: tuple[Turn, Seen | None] | None = None

    def _act(self, turn: Turn, seen: Seen | None = None) -> None:
        self.ready = (turn, seen)

    def go(self) -> bool:
        """Do what is planned; False if she is still waiting for an answer, or done."""
        if self.ready is None:
            return False
        (turn, seen), self.ready = self.ready, None
        super()._act(turn, seen)
        return True


class Clocked:
    """How long each answer took, noted by the phase it began in."""

    def __init__(self) -> None:
        self.phase = "warm"
        self.waits: dict[str, list[float]] = {"warm": [], "idle": [], "compiling": [], "after": []}

    def watch(self, person: Person) -> None:
        update, receive = person._update, person.receive
        begun: list[tuple[float, str]] = []

        def sent(content: dict[str, Any]) -> None:
            begun.append((time.perf_counter(), self.phase))
            update(content)

        def came(seen: Seen) -> None:
            if begun:
                at, phase = begun.pop(0)
                self.waits[phase].append(time.perf_counter() - at)
            receive(seen)

        person._update, person.receive = sent, came  # type: ignore[method-assign]

    def p95(self, phase: str) -> float:
        waits = sorted(self.waits[phase])
        return waits[int(len(waits) * 0.95)] * 1000 if waits else 0.0


def prepare(path: Path, country: int, officials: int) -> None:
    """Write the country's answered campaign, a coordinator, and an office of communes that begin their reports."""
    database = open_database(f"sqlite:///{path}")
    database.migrate()
    with database.write() as connection:
        found_country(connection, Country(country))
        top = units.by_code(connection, "TW", REFERENCE_DATE)
        boss = people.create_person(connection, "Bình", NOW)
        people.add_account(connection, boss, "telegram", str(BOSS), NOW)
        if top is not None:
            people.grant(connection, boss, top.id, people.COORDINATOR, NOW)
    with database.write() as connection:
        found_office(connection, officials)
    database.close()


async def measure(folder: Path, country: int, officials: int, idle: float) -> None:
    """Run the service, the load and the compiling, and print what was seen."""
    path = folder / "beside.db"
    prepare(path, country, officials)
    async with BotApi(Faults(), record=False) as api:
        bot = BotProcess(api.base_url, api.token, path, folder / "bot.log", PROGRAM)
        bot.start()
        asked, clock = commune_questions(), Clocked()
        crowd = []
        for number in range(officials):
            person = api.person(FIRST_CHAT + number, f"Cán bộ {number}")
            crowd.append(Paced(person, number, asked, lambda _: None, sends=False))
            clock.watch(person)
            crowd[-1].begin()
        boss = api.person(BOSS, "Bình")
        files: list[str] = []
        boss.on_message = lambda seen: files.append(seen.document[0] if seen.document else seen.text[:80])
        load = asyncio.create_task(_load(crowd))
        await asyncio.sleep(10)
        clock.phase = "idle"
        await asyncio.sleep(idle)
        clock.phase = "compiling"
        boss.type(f"/tonghop {KEY}")
        begun = time.perf_counter()
        while not any(".xlsx" in each or "20 MB" in each for each in files) and time.perf_counter() - begun < 900:
            await asyncio.sleep(0.2)
        wall = time.perf_counter() - begun
        clock.phase = "after"
        load.cancel()
        await bot.stop()
    for phase in ("idle", "compiling"):
        count = len(clock.waits[phase])
        median = sorted(clock.waits[phase])[count // 2] * 1000 if count else 0.0
        print(f"{phase:10} {count:6} turns, median {median:.0f} ms, p95 {clock.p95(phase):.0f} ms")
    print(f"compiling took {wall:.0f} s; the coordinator saw: {files}")


async def _load(crowd: list[Paced]) -> None:
    """Twenty messages a second, whoever is ready taking her turn."""
    loop, number, at = asyncio.get_running_loop(), 0, 0
    start = loop.time()
    while True:
        number += 1
        await asyncio.sleep(max(0.0, start + number / RATE - loop.time()))
        for _ in range(len(crowd)):
            at = (at + 1) % len(crowd)
            if crowd[at].go():
                break


def main() -> None:
    about = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(prog="python -m tests.bench.beside", description=about)
    parser.add_argument("--units", type=int, default=3321)
    parser.add_argument("--officials", type=int, default=160)
    parser.add_argument("--idle", type=float, default=30.0, help="seconds of load before the compiling")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="baocao-bench-") as folder:
        asyncio.run(measure(Path(folder), chosen.units, chosen.officials, chosen.idle))


if __name__ == "__main__":
    main()
