"""What a turn costs on Telegram: ``uv run --group test python -m tests.bench.turns``.

The bot is a process of its own; this one holds the loopback Bot API and the officials, who never think. Measured is
the processor time of the bot alone, after a warm-up, against a bare loop (``turns_bare``) that makes the same calls,
sends the same texts and commits each answer durably; both in the same run, interleaved. Read the ratio.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storage.schema.database import open_database
from tests.bench import turns_profiled
from tests.loopback import BotApi, Faults, Person, Seen
from tests.loopback.botprocess import PROGRAM, BotProcess
from tests.loopback.office import FIRST_CHAT, found_office
from tests.loopback.officials import Official, Turn, commune_questions

WARM = 5
"""Officials who fill in their reports before the clock starts."""

ROUND_TRIP = 0.050


@dataclass(frozen=True)
class Result:
    """One run: answered turns, processor seconds (all, and the loop's thread), wall seconds, slow answers, memory."""

    turns: int
    cpu: float
    loop: float
    wall: float
    p95: float
    peak: float

    @property
    def per_thousand(self) -> float:
        return self.cpu / self.turns * 1000

    @property
    def loop_per_thousand(self) -> float:
        return self.loop / self.turns * 1000

    @property
    def rest_per_thousand(self) -> float:
        return self.per_thousand - self.loop_per_thousand

    @property
    def rate(self) -> float:
        return self.turns / self.wall


class Replayer:
    """Does recorded actions one by one, each when the answer to the one before has come."""

    def __init__(self, person: Person, actions: list[dict[str, str]], done: Any) -> None:
        self.person = person
        self.actions = actions
        self.turns: list[Turn] = []
        self.done = done
        person.on_message = self.see

    def begin(self) -> None:
        self.act()

    def see(self, seen: Seen) -> None:
        self.turns[-1].seen = seen
        if len(self.turns) < len(self.actions):
            self.act()
        else:
            self.done(self)

    def act(self) -> None:
        action = self.actions[len(self.turns)]
        self.turns.append(Turn(**action))
        if action["press"]:
            self.person.press_data(action["press"])
        else:
            self.person.type(action["text"])


class Crowd:
    """Officials at work at the same time, and how long each of their turns took."""

    def __init__(self, api: BotApi) -> None:
        self.api = api
        self.waits: list[float] = []

    async def work(self, officials: list[Any]) -> int:
        """Let them all fill in their reports; return how many turns that was."""
        left = len(officials)
        finished = asyncio.get_running_loop().create_future()

        def done(_: Any) -> None:
            nonlocal left
            left -= 1
            if not left:
                finished.set_result(None)

        for official in officials:
            official._done = official.done = done
            self._time(official.person)
            official.begin()
        await finished
        return sum(len(official.turns) for official in officials)

    def _time(self, person: Person) -> None:
        update, receive = person._update, person.receive
        started = 0.0

        def sent(content: dict[str, Any]) -> None:
            nonlocal started
            started = time.perf_counter()
            update(content)

        def came(seen: Seen) -> None:
            self.waits.append(time.perf_counter() - started)
            receive(seen)

        person._update, person.receive = sent, came  # type: ignore[method-assign]


async def measure(folder: Path, officials: int, delay: float, script: Path | None, command: tuple[str, ...]) -> Result:
    """Run one bot over one crowd. With a ``script`` the officials replay it, without they read the screens."""
    database = folder / "bench.db"
    for old in folder.glob("bench.db*"):
        old.unlink()
    if script is None:
        _prepare(database, officials + WARM)
    async with BotApi(Faults(delay=delay), record=False) as api:
        bot = BotProcess(api.base_url, api.token, database, folder / "bot.log", command)
        bot.start()
        people = _people(api, officials + WARM, script)
        crowd = Crowd(api)
        await crowd.work(people[:WARM])
        crowd.waits.clear()
        cpu, loop, wall = bot.cpu_seconds(), bot.loop_cpu_seconds(), time.perf_counter()
        turns = await crowd.work(people[WARM:])
        wall = time.perf_counter() - wall
        await asyncio.sleep(0.3)  # the last marks
        cpu, loop = bot.cpu_seconds() - cpu, bot.loop_cpu_seconds() - loop
        peak = bot.peak_mebibytes()
        await _end(bot, script)
    if script is None and not (folder / "script.json").exists():
        _record(people[WARM], folder)
    p95 = sorted(crowd.waits)[int(len(crowd.waits) * 0.95)]
    return Result(turns, cpu, loop, wall, p95, peak)


def _prepare(path: Path, communes: int) -> None:
    database = open_database(f"sqlite:///{path}")
    database.migrate()
    with database.write() as connection:
        found_office(connection, communes)
    database.close()


def _people(api: BotApi, count: int, script: Path | None) -> list[Any]:
    persons = [api.person(FIRST_CHAT + number, f"Cán bộ {number}") for number in range(count)]
    if script is not None:
        actions = json.loads(script.read_text("utf-8"))["actions"]
        return [Replayer(person, actions, None) for person in persons]
    asked = commune_questions()
    return [Official(person, number, asked, lambda _: None, sends=False) for number, person in enumerate(persons)]


async def _end(bot: BotProcess, script: Path | None) -> None:
    if script is None:
        await bot.stop()
    else:
        bot.kill()


def _record(official: Official, folder: Path) -> None:
    """Keep what one official did and saw, for the bare loop and its officials."""
    done = [turn for turn in official.turns if turn.seen is not None]
    actions = [{"text": turn.text, "press": turn.press} for turn in done]
    screens = [
        {"text": turn.seen.text, "markup": json.dumps({"inline_keyboard": turn.seen.keyboard})}
        for turn in done
        if turn.seen is not None
    ]
    (folder / "screens.json").write_text(json.dumps(screens), "utf-8")
    (folder / "script.json").write_text(json.dumps({"actions": actions}), "utf-8")


# ---------------------------------------------------------------- the report


async def compare(folder: Path, officials: int, repeats: int) -> None:
    """Print processor time and rate of both, interleaved, medians and their ratio."""
    await measure(folder, 1, 0.0, None, PROGRAM)  # writes the script
    bare = (sys.executable, "-m", "tests.bench.turns_bare", str(folder / "screens.json"))
    for delay in (0.0, ROUND_TRIP):
        found: dict[str, list[Result]] = {"bare loop": [], "baocao": []}
        for _ in range(repeats):
            found["bare loop"].append(await measure(folder, officials, delay, folder / "script.json", bare))
            found["baocao"].append(await measure(folder, officials, delay, None, PROGRAM))
        _print(found, delay, officials)


def _print(found: dict[str, list[Result]], delay: float, officials: int) -> None:
    print(f"\n{officials} officials, {delay * 1000:.0f} ms to the Bot API and back, medians of {len(found['baocao'])}")
    heads = f"{'':12}{'turns':>8}{'CPU s/1,000':>14}{'door':>8}{'turn':>8}{'turns/s':>10}{'p95 ms':>9}{'MiB':>7}"
    print(f"{heads}   each CPU s/1,000")
    for name, results in found.items():
        each = " ".join(f"{result.per_thousand:.3f}" for result in results)
        print(
            f"{name:12}{results[0].turns:>8}{_median(results, 'per_thousand'):>14.3f}"
            f"{_median(results, 'loop_per_thousand'):>8.3f}{_median(results, 'rest_per_thousand'):>8.3f}"
            f"{_median(results, 'rate'):>10.0f}"
            f"{_median(results, 'p95') * 1000:>9.0f}{_median(results, 'peak'):>7.0f}   {each}"
        )
    ratio = _median(found["baocao"], "per_thousand") / _median(found["bare loop"], "per_thousand")
    print(f"ratio of CPU: {ratio:.2f}  (budget 4, aim 2)", flush=True)


def _median(results: list[Result], name: str) -> float:
    return statistics.median(getattr(result, name) for result in results)


async def profile(folder: Path, officials: int) -> None:
    """Print where the time goes."""
    out = str(folder / "profile")
    await measure(folder, officials, 0.0, None, (sys.executable, "-m", "tests.bench.turns_profiled", out))
    turns_profiled.report(out)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.turns", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--officials", type=int, default=50)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--profile", action="store_true", help="say where the time goes instead")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="baocao-bench-") as folder:
        if chosen.profile:
            asyncio.run(profile(Path(folder), chosen.officials))
        else:
            asyncio.run(compare(Path(folder), chosen.officials, chosen.repeats))


if __name__ == "__main__":
    main()
