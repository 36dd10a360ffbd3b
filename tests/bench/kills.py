"""kill -9 while officials fill in reports: ``uv run --group test python -m tests.bench.kills``.

Half of the kills fall where it hurts: between the Bot API's accept of a message and our mark that it is sent, or
between the hand-out of updates and our commit; the others fall anywhere. Afterwards what every official was told is
kept is looked up in the database. The same with errors, dropped replies and doubled updates, without and with kills.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from storage.campaigns import answers
from storage.compiled import unit_data
from storage.schema.database import Database, open_database
from tests.loopback import BotApi, Faults
from tests.loopback.botprocess import BotProcess
from tests.loopback.office import CAMPAIGN, FIRST_CHAT, code, found_office
from tests.loopback.officials import Official, commune_questions, shown

PLACES = ("anywhere", "sent, not marked", "anywhere", "handed out, not committed")
STUCK_SECONDS = 30.0
PAPERS_SECONDS = 60.0


@dataclass
class Verdict:
    """What one run showed. All but the first six must be empty or zero."""

    officials: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    turns: int = 0
    acknowledged: int = 0
    receipts: int = 0
    repeats: int = 0
    lost: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    stuck: int = 0
    strange: list[str] = field(default_factory=list)
    unfinished: int = 0
    unsent: int = 0
    too_many_repeats: list[str] = field(default_factory=list)
    without_papers: int = 0

    @property
    def broken(self) -> dict[str, list[str] | int]:
        """What should not be: {} if all is well."""
        names = ("lost", "elsewhere", "twice", "stuck", "strange", "unfinished", "unsent", "too_many_repeats")
        found: dict[str, list[str] | int] = {name: getattr(self, name) for name in (*names, "without_papers")}
        return {name: value for name, value in found.items() if value}


class Killer:
    """Kills the bot ``kills`` times, every ``every`` answered turns, and starts it again at once."""

    def __init__(self, api: BotApi, bot: BotProcess, kills: int, every: int, seed: int) -> None:
        self.api = api
        self.bot = bot
        self.left = kills
        self.every = every
        self.done: Counter[str] = Counter()
        self.epoch = 0
        self.ready_at: float | None = None
        self._dice = random.Random(seed)
        self._armed = ""
        self._next = every
        api.faults.hook = self._hook

    def answered(self, turns: int) -> None:
        """Called at every reply that an official sees."""
        if self.left and not self._armed and turns >= self._next:
            self._armed = PLACES[self.epoch % len(PLACES)]
            if self._armed == "anywhere":
                asyncio.get_running_loop().call_later(self._dice.random() * 0.1, self._kill)

    async def _hook(self, method: str, stage: str) -> None:
        if self.ready_at is None:
            self.ready_at = time.monotonic()
        if self._armed == "sent, not marked" and (method, stage) == ("sendMessage", "accepted"):
            self._kill()
        handed_out = (method, stage) == ("getUpdates", "answered") and self.api.updates.waiting
        if self._armed == "handed out, not committed" and handed_out:
            await asyncio.sleep(self._dice.random() * 0.004)
            self._kill()

    def _kill(self) -> None:
        if not self._armed:
            return
        self.done[self._armed] += 1
        self._armed = ""
        self.left -= 1
        self.epoch += 1
        self._next += self.every
        self.ready_at = None
        self.bot.kill()
        self.bot.start()


class Experiment:
    """One run: officials at work, a killer at large."""

    def __init__(self, folder: Path, officials: int, kills: int, faults: Faults, seed: int = 1) -> None:
        self.folder = folder
        self.path = folder / "kills.db"
        self.count = officials
        self.kills = kills
        self.api = BotApi(faults, record=False)
        self.seed = seed
        self.verdict = Verdict(officials)
        self.officials: list[Official] = []
        self._last_turn: dict[int, float] = {}
        self._repeats: Counter[tuple[int, int]] = Counter()

    async def run(self) -> Verdict:
        for old in self.folder.glob("kills.db*"):
            old.unlink()
        database = open_database(f"sqlite:///{self.path}")
        database.migrate()
        with database.write() as connection:
            found_office(connection, self.count)
        async with self.api:
            await self._fill_in()
        self._judge(database)
        database.close()
        return self.verdict

    async def _fill_in(self) -> None:
        bot = BotProcess(self.api.base_url, self.api.token, self.path, self.folder / "kills.log")
        killer = Killer(self.api, bot, self.kills, max(1, self.count * 40 // (self.kills + 1)), self.seed)
        done = asyncio.Event()
        asked = commune_questions()
        for number in range(self.count):
            person = self.api.person(FIRST_CHAT + number, f"Cán bộ {number}")
            official = Official(person, number, asked, lambda _: self._finished(done), sends=True)
            self.officials.append(official)
            self._watch(official, killer)
        bot.start()
        for official in self.officials:
            official.begin()
        await self._until(done, killer)
        await self._papers()
        await bot.stop()
        self.verdict.kills = killer.done

    def _finished(self, done: asyncio.Event) -> None:
        if all(official.finished for official in self.officials):
            done.set()

    def _watch(self, official: Official, killer: Killer) -> None:
        see = official.person.on_message
        assert see is not None

        def seen(message: object) -> None:
            before = official.repeats
            see(message)  # type: ignore[arg-type]
            self._last_turn[official.number] = time.monotonic()
            if official.repeats > before:
                self._repeats[official.number, killer.epoch] += official.repeats - before
            self.verdict.turns += 1
            killer.answered(self.verdict.turns)

        official.person.on_message = seen

    async def _until(self, done: asyncio.Event, killer: Killer) -> None:
        """Wait for everybody; whoever gets no answer for long from a bot that is up is stuck, and asks again."""
        while not done.is_set() and self.verdict.stuck <= 3 * self.count:
            try:
                await asyncio.wait_for(done.wait(), 1.0)
            except TimeoutError:
                for official in self.officials:
                    self._nudge_if_stuck(official, killer.ready_at)

    def _nudge_if_stuck(self, official: Official, up_since: float | None) -> None:
        now = time.monotonic()
        waiting_since = max(up_since or now, self._last_turn.get(official.number, 0.0))
        if not official.finished and now - waiting_since > STUCK_SECONDS:
            self.verdict.stuck += 1
            self._last_turn[official.number] = now
            official.nudge()

    async def _papers(self) -> None:
        """Wait until everybody has the Word and the Excel."""
        until = time.monotonic() + PAPERS_SECONDS
        while time.monotonic() < until and self._without_papers():
            await asyncio.sleep(0.1)
        self.verdict.without_papers = self._without_papers()

    def _without_papers(self) -> int:
        found = [{seen.document[0][-4:] for seen in each.person.seen if seen.document} for each in self.officials]
        return sum(names != {"docx", "xlsx"} for names in found)

    # ------------------------------------------------------------ the verdict

    def _judge(self, database: Database) -> None:
        verdict = self.verdict
        verdict.repeats = sum(official.repeats for official in self.officials)
        verdict.unfinished = sum(not official.finished for official in self.officials)
        verdict.receipts = sum("biên nhận" in official.receipt for official in self.officials)
        verdict.strange = [text for official in self.officials for text in official.strange]
        if not self.api.faults.errors:
            # A dropped reply repeats its send as well, so only kills alone say how many repeats there may be.
            verdict.too_many_repeats = [str(key) for key, count in self._repeats.items() if count > 1]
        with database.read() as connection:
            waiting = connection.exec_driver_sql("SELECT count(*) FROM outbox WHERE sent_at IS NULL").scalar_one()
            verdict.unsent = int(waiting)
            for official in self.officials:
                self._compare(connection, official)

    def _compare(self, connection: object, official: Official) -> None:
        report = unit_data.find(connection, CAMPAIGN, code(official.number))  # type: ignore[arg-type]
        stored = answers.load(connection, report)  # type: ignore[arg-type]
        kept = {address: shown(each.state, each.value) for address, each in stored.items()}
        self.verdict.acknowledged += len(official.acknowledged)
        for address, text in official.acknowledged.items():
            if address not in kept:
                self.verdict.lost.append(f"{official.number} {address}")
            elif kept[address] != text:
                self.verdict.elsewhere.append(f"{official.number} {address}: {kept[address]!r} for {text!r}")
        self.verdict.elsewhere += [f"{official.number} {a}" for a in kept if a not in official.acknowledged]
        self._twice(connection, official, report)

    def _twice(self, connection: object, official: Official, report: int) -> None:
        """Every message is stored once, and an answer of one message has one writing."""
        history = connection.exec_driver_sql(  # type: ignore[attr-defined]
            'SELECT inbox, field, row, "column", count(*) FROM answer_history WHERE submission = ? '
            "GROUP BY 1, 2, 3, 4 HAVING count(*) > 1",
            (report,),
        ).all()
        self.verdict.twice += [f"{official.number} {tuple(row)}" for row in history]
        taken = connection.exec_driver_sql(  # type: ignore[attr-defined]
            "SELECT count(*) FROM inbox i JOIN account a ON a.id = i.account WHERE a.external = ?",
            (str(official.person.chat),),
        ).scalar_one()
        if taken != len(official.turns):
            self.verdict.twice.append(f"{official.number}: {taken} events for {len(official.turns)} messages")


RUNS = (("kills", True, 0.0, 0.0), ("errors and doubles", False, 0.02, 0.02), ("all together", True, 0.02, 0.02))


async def everything(folder: Path, officials: int, kills: int, seed: int) -> bool:
    """Run all three and print what they showed; return whether all is well."""
    well = True
    for name, killing, errors, doubled in RUNS:
        faults = Faults(errors=errors, doubled=doubled, seed=seed)
        started = time.monotonic()
        verdict = await Experiment(folder, officials, kills if killing else 0, faults, seed).run()
        print(f"\n== {name} ({time.monotonic() - started:.0f} s)")
        print(f"officials {verdict.officials}, kills {dict(verdict.kills)}, replies seen {verdict.turns}")
        print(f"acknowledged answers {verdict.acknowledged}, receipts {verdict.receipts}, repeated {verdict.repeats}")
        print("broken: nothing" if not verdict.broken else "BROKEN")
        for what, found in verdict.broken.items():
            some = [text[:200] for text in found[:5]] if isinstance(found, list) else ""
            print(f"  {what}: {len(found) if isinstance(found, list) else found} {some}")
        sys.stdout.flush()
        well = well and not verdict.broken
    return well


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.kills", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--officials", type=int, default=50)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="baocao-kills-") as folder:
        return 0 if asyncio.run(everything(Path(folder), chosen.officials, chosen.kills, chosen.seed)) else 1


if __name__ == "__main__":
    raise SystemExit(main())
