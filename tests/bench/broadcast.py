"""Reminding 5,000 people: ``uv run --group test python -m tests.bench.broadcast``, with ``--kill`` while being killed.

The real service on Telegram (a loopback Bot API that enforces 30 messages a second, one a second to a chat, and
refuses some at random with a ``retry_after``), one SQLite file, every official owing one report. Reminders are planned
as they are in life; the service's clock is set so that their moment comes shortly after its start. Meanwhile some of
the officials ask for help, now and then, as they do before it.

*Rate reached*: calls by the server's count, from the first reminder to the last first attempt, a second. Refused calls
are among them, for they use up the server's allowance; what is left after the last first attempt are chats that the
server itself has asked to be left alone, and that time is not counted. *Uncertain* are reminders that were being sent
when the service was killed: prepared in the database and not yet settled, whether or not they arrived.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from bot.config.doors import DOORS, facts_of
from bot.config.running import open_store
from bot.config.settings import read_settings
from bot.runtime.timing import now
from bot.service import app
from storage.campaigns.turn_cache import TurnCache
from storage.reminders import plan
from storage.schema.database import Database, open_database
from tests.loopback import BotApi, Faults, Limits, Person, Seen
from tests.loopback.botprocess import BotProcess, Command
from tests.loopback.office import FIRST_CHAT, found_office
from tests.office.founding import ZONE

MOMENT = datetime(2026, 12, 14, 8, 0, tzinfo=ZONE)
"""Seven days before the last day of the office's campaign, at eight in the morning."""

WORDS = "Nhắc việc"
ASK = "/trogiup"
PATIENCE = 60.0
"""So many seconds without a call mean that nothing more is to come."""


def spawned(shift: timedelta) -> Command:
    """The service, ``shift`` away from the clock, as it is started in life."""
    return (sys.executable, "-m", "tests.bench.broadcast", "--serve", str(shift.total_seconds()))


def forked(shift: timedelta) -> Command:
    """The same, started in no time."""
    return partial(serve, shift.total_seconds())


@dataclass(frozen=True)
class Setting:
    """One run: who is reminded, what the server allows, how many officials ask something meanwhile, and the kills.

    ``kills`` fall anywhere. ``killed_at``: instead, as the server has taken the reminder to the n-th person and has
    not yet said so.
    """

    people: int
    limits: Limits
    asking: int = 0
    asks_per_second: float = 0.0
    before: float = 25.0
    kills: int = 0
    killed_at: tuple[int, ...] = ()
    seed: int = 1
    service: Callable[[timedelta], Command] = spawned

    @property
    def service_limits(self) -> str:
        """What the service is told of the server's limits."""
        limits = self.limits
        return f"{limits.per_second}/{limits.per_chat_seconds:g}/{limits.burst}"


@dataclass
class Verdict:
    """What one run showed. ``broken`` must be empty."""

    reached: float = 0.0
    seconds: float = 0.0
    whole_seconds: float = 0.0
    cpu: float = 0.0
    arrived: Counter[int] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    kills: int = 0
    unknown: int = 0
    unknown_arrived: int = 0
    waits: dict[str, list[float]] = field(default_factory=lambda: {"before": [], "beside": []})
    broken: dict[str, object] = field(default_factory=dict)

    def wait(self, when: str, share: float) -> float:
        """Return the wait for a reply, in milliseconds, that this share of them stayed below."""
        waits = sorted(self.waits[when])
        return waits[int(len(waits) * share)] * 1000 if waits else 0.0


class Asker:
    """An official who asks for help now and then, never before she has her answer, and notes how long it took."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.asked_at: float | None = None
        self.quiet_since = 0.0

    def free(self) -> bool:
        return self.asked_at is None and time.perf_counter() - self.quiet_since > 2.0

    def ask(self) -> None:
        self.asked_at = time.perf_counter()
        self.person.type(ASK)

    def answered(self) -> float | None:
        """Return how long the answer took, None if nothing was asked."""
        begun, self.asked_at, self.quiet_since = self.asked_at, None, time.perf_counter()
        return None if begun is None else self.quiet_since - begun


class Experiment:
    """One broadcast, from the plan to the last reminder."""

    def __init__(self, folder: Path, setting: Setting) -> None:
        self.folder = folder
        self.setting = setting
        self.path = folder / "broadcast.db"
        self.api = BotApi(Faults(), record=False, limits=setting.limits)
        self.verdict = Verdict()
        self._dice = random.Random(setting.seed)
        self._first: float | None = None
        self._tried: set[str] = set()
        self._askers: dict[int, Asker] = {}
        self._killing_at = list(setting.killed_at)
        self._killed = asyncio.Event()
        self._last_try = 0.0
        self._last_call = time.monotonic()

    async def run(self) -> Verdict:
        database = open_database(f"sqlite:///{self.path}", facts_of(DOORS))
        database.migrate()
        with database.write() as connection:
            found_office(connection, self.setting.people, settings={})
        async with self.api:
            await self._broadcast(database)
        self._judge(database)
        database.close()
        return self.verdict

    async def _broadcast(self, database: Database) -> None:
        self._watch_people()
        shift = MOMENT - timedelta(seconds=self.setting.before) - now()
        log, service = self.folder / "broadcast.log", self.setting.service(shift)
        bot = BotProcess(self.api.base_url, self.api.token, self.path, log, service, self.setting.service_limits)
        self.api.faults.hook = partial(self._kill_here, bot)
        bot.start()
        asking = asyncio.create_task(self._ask())
        await self._planned(database, shift)
        cpu = bot.cpu_seconds()
        killing = asyncio.create_task(self._kill(bot, database))
        await self._until_all_is_over(database, killing)
        asking.cancel()
        killing.cancel()
        self.verdict.cpu = bot.cpu_seconds() - cpu
        self.verdict.whole_seconds = self._last_call - (self._first or 0.0)
        await bot.stop()

    # ------------------------------------------------------------ the people

    def _watch_people(self) -> None:
        self.setting.limits.watch = self._note
        for number in range(self.setting.people):
            person = self.api.person(FIRST_CHAT + number, f"Cán bộ {number}")
            if self.setting.asking and number % (self.setting.people // self.setting.asking) == 0:
                self._askers[person.chat] = Asker(person)
            person.on_message = lambda seen, person=person: self._seen(person, seen)

    def _note(self, chat: str, text: str) -> None:
        """Note who is tried to be reminded, and when the first and the last of them was tried for the first time."""
        if WORDS not in text:
            return
        at = self._last_call = time.monotonic()
        self._first = self._first or at
        if chat not in self._tried:
            self._tried.add(chat)
            self._last_try = at

    def _seen(self, person: Person, seen: Seen) -> None:
        if WORDS in seen.text:
            self.verdict.arrived[person.chat] += 1
            return
        took = self._askers[person.chat].answered() if person.chat in self._askers else None
        if took is not None:
            self.verdict.waits["before" if self._first is None else "beside"].append(took)

    async def _ask(self) -> None:
        rate, askers = self.setting.asks_per_second, list(self._askers.values())
        if not rate:
            return
        askers[0].ask()
        while askers[0].asked_at is not None:
            await asyncio.sleep(0.05)
        self.verdict.waits["before"].clear()
        while True:
            await asyncio.sleep(self._dice.expovariate(rate))
            free = [asker for asker in askers if asker.free()]
            if free:
                self._dice.choice(free).ask()

    # ------------------------------------------------------------ the service

    async def _planned(self, database: Database, shift: timedelta) -> None:
        """Wait for the first reminder; where the service does not plan by itself, plan in its place."""
        until = time.monotonic() + self.setting.before + 25
        while self._first is None and time.monotonic() < until:
            await asyncio.sleep(0.05)
        cache, more = TurnCache(), self._first is None
        while more:
            with database.write() as connection:
                more = plan.plan(connection, cache, now() + shift, ZONE).more

    async def _kill(self, bot: BotProcess, database: Database) -> None:
        """kill -9 in the middle of the broadcast; count what was being sent, and start the service again."""
        for number in range(self.setting.kills):
            share = (number + 0.2 + 0.6 * self._dice.random()) / self.setting.kills
            while len(self._tried) + self.verdict.unknown < share * self.setting.people:
                await asyncio.sleep(0.01)
            await asyncio.sleep(self._dice.random() * 0.05)
            bot.kill()
            await self._begin_again(bot, database)
        for _ in self.setting.killed_at:
            await self._killed.wait()
            self._killed.clear()
            await self._begin_again(bot, database)

    async def _kill_here(self, bot: BotProcess, method: str, stage: str) -> None:
        here = (method, stage) == ("sendMessage", "accepted") and bot.running
        if here and self._killing_at and len(self._tried) >= self._killing_at[0]:
            del self._killing_at[0]
            bot.kill()
            self._killed.set()

    async def _begin_again(self, bot: BotProcess, database: Database) -> None:
        self.verdict.kills += 1
        await asyncio.sleep(0.2)  # what was on the wire arrives
        self._count_unknown(database)
        bot.start()

    def _count_unknown(self, database: Database) -> None:
        for chat in self._chats(database, "sending"):
            self.verdict.unknown += 1
            self.verdict.unknown_arrived += self.verdict.arrived[chat]

    async def _until_all_is_over(self, database: Database, killing: asyncio.Task[None]) -> None:
        while time.monotonic() - self._last_call < PATIENCE:
            await asyncio.sleep(0.25)
            if len(self._tried) >= self.setting.people - self.verdict.unknown and killing.done():
                with database.read() as connection:
                    left = "SELECT count(*) FROM reminder WHERE state IN ('waiting', 'queued', 'sending')"
                    if not connection.exec_driver_sql(left).scalar_one():
                        return

    # ------------------------------------------------------------ the verdict

    def _chats(self, database: Database, state: str) -> list[int]:
        sql = (
            "SELECT DISTINCT a.external FROM reminder r JOIN outbox o ON o.id = r.outbox"
            " JOIN account a ON a.id = o.account WHERE r.state = ?"
        )
        with database.read() as connection:
            return [int(chat) for (chat,) in connection.exec_driver_sql(sql, (state,))]

    def _judge(self, database: Database) -> None:
        verdict, limits = self.verdict, self.setting.limits
        with database.read() as connection:
            sql = "SELECT state, count(*) FROM reminder GROUP BY state"
            verdict.states = Counter(dict(map(tuple, connection.exec_driver_sql(sql))))
        sent, uncertain = set(self._chats(database, "sent")), set(self._chats(database, "uncertain"))
        first = self._first or 0.0
        counted = [at for at in limits.arrived if first <= at <= self._last_try]
        verdict.seconds = self._last_try - first
        verdict.reached = (len(counted) - 1) / verdict.seconds if len(counted) > 1 else 0.0
        found = {
            "reminded twice": [chat for chat, times in verdict.arrived.items() if times > 1],
            "neither sent nor uncertain": self.setting.people - len(sent | uncertain),
            "marked as sent and never seen": sorted(sent - verdict.arrived.keys()),
            "seen and neither sent nor uncertain": sorted(verdict.arrived.keys() - sent - uncertain),
            "uncertain other than those being sent at a kill": len(uncertain) - verdict.unknown,
            "429 provoked": limits.provoked,
        }
        verdict.broken = {what: some for what, some in found.items() if some}


def serve(shift: float) -> None:
    """Be the service, at another time."""
    settings = read_settings(os.environ)
    database = open_store(settings)
    asyncio.run(app.serve(settings, database, lambda: now() + timedelta(seconds=shift), settings.port))


def report(setting: Setting, verdict: Verdict) -> None:
    """Print what one run showed."""
    limits, sent = setting.limits, sum(verdict.arrived.values())
    print(f"people {setting.people}, reminders seen {sent}, calls {len(limits.arrived)}, states {dict(verdict.states)}")
    print(f"429: injected {limits.injected}, provoked {limits.provoked} (overall {limits.provoked_overall},", end=" ")
    print(f"chat {limits.provoked_chat}, during a retry_after {limits.too_soon})")
    if setting.kills:
        print(f"kill -9: {verdict.kills}, being sent at those moments {verdict.unknown},", end=" ")
        print(f"of these arrived {verdict.unknown_arrived}; marked uncertain {verdict.states['uncertain']}")
    else:
        share = verdict.reached / limits.per_second
        print(f"rate reached {verdict.reached:.2f}/s of {limits.per_second}/s allowed: {share:.1%}", end=" ")
        print(f"({verdict.seconds:.1f} s; to the very last retry {verdict.whole_seconds:.1f} s)")
        print(f"processor {verdict.cpu:.2f} s, {verdict.cpu / max(1, sent) * 1000:.2f} s per 1,000 reminders")
    for when, waits in verdict.waits.items():
        p50, p95 = verdict.wait(when, 0.5), verdict.wait(when, 0.95)
        print(f"replies {when:6}: {len(waits)}, median {p50:.0f} ms, p95 {p95:.0f} ms")
    print("broken: nothing" if not verdict.broken else f"BROKEN: {verdict.broken}", flush=True)


def main() -> int:
    about = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(prog="python -m tests.bench.broadcast", description=about)
    parser.add_argument("--people", type=int, default=5_000)
    parser.add_argument("--share", type=float, default=0.01, help="of the calls that are refused at random")
    parser.add_argument("--asks", type=float, default=2.0, help="questions a second that people ask meanwhile")
    parser.add_argument("--kill", type=int, default=0, metavar="TIMES", help="kill -9 so many times")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--serve", type=float, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.serve is not None:
        serve(chosen.serve)
        return 0
    limits = Limits(injected_share=chosen.share, seed=chosen.seed)
    setting = Setting(chosen.people, limits, min(200, chosen.people), chosen.asks, kills=chosen.kill, seed=chosen.seed)
    with tempfile.TemporaryDirectory(prefix="baocao-broadcast-") as folder:
        verdict = asyncio.run(Experiment(Path(folder), setting).run())
    report(setting, verdict)
    return 1 if verdict.broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
