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

from bot.config.doors import DOORS, facts_of
from storage.schema.database import open_database
from tests.bench import history, turns_profiled
from tests.loopback import BotApi, Faults, Person, Seen
from tests.loopback.botprocess import PROGRAM, BotProcess
from tests.loopback.office import FIRST_CHAT, found_office
from tests.loopback.officials import Official, Turn, commune_questions

WARM = 5
"""Officials who fill in their reports before the clock starts."""

ROUND_TRIP = 0.050

Figure = tuple[str, float, float | None]
"""A figure to keep: its name, its value, the floor of the same run."""


CALM = 10
"""Officials who work one after the other where the wait of one on an idle bot is measured."""

KNOWN = 10_000
"""People who speak once where the memory that a bot needs for them is measured."""

AT_ONCE = 200


@dataclass(frozen=True)
class Result:
    """One run: answered turns, processor seconds (all, and the loop's thread), wall seconds, slow answers, memory.

    ``stored`` are the bytes by which the database grew in all, the warm-up included, ``warm`` the turns of that.
    """

    turns: int
    cpu: float
    loop: float
    wall: float
    p95: float
    peak: float
    stored: int = 0
    warm: int = 0

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

    @property
    def stored_per_thousand(self) -> float:
        """MiB of database per 1,000 turns."""
        return self.stored / (self.turns + self.warm) * 1000 / 2**20


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

    @property
    def p95(self) -> float:
        return sorted(self.waits)[int(len(self.waits) * 0.95)]

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
    database = _empty(folder)
    if script is None:
        _prepare(database, officials + WARM)
    before = database.stat().st_size if script is None else 0
    async with BotApi(Faults(delay=delay), record=False) as api:
        bot = BotProcess(api.base_url, api.token, database, folder / "bot.log", command)
        bot.start()
        people = _people(api, officials + WARM, script)
        crowd = Crowd(api)
        warm = await crowd.work(people[:WARM])
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
    return Result(turns, cpu, loop, wall, crowd.p95, peak, database.stat().st_size - before, warm)


async def calm(folder: Path) -> float:
    """Return the milliseconds within which 95 of 100 turns of one official on an idle bot are answered."""
    database = _empty(folder)
    _prepare(database, CALM + WARM)
    async with BotApi(record=False) as api:
        bot = BotProcess(api.base_url, api.token, database, folder / "bot.log", PROGRAM)
        bot.start()
        people = _people(api, CALM + WARM, None)
        crowd = Crowd(api)
        await crowd.work(people[:WARM])
        crowd.waits.clear()
        for each in people[WARM:]:
            await crowd.work([each])
        await bot.stop()
    return crowd.p95 * 1000


async def remembered(folder: Path) -> float:
    """Return the MiB by which the bot grows when ten thousand people have spoken to it."""
    database = _empty(folder)
    _prepare(database, KNOWN + WARM)
    async with BotApi(record=False) as api:
        bot = BotProcess(api.base_url, api.token, database, folder / "bot.log", PROGRAM)
        bot.start()
        await Crowd(api).work(_people(api, WARM, None))
        before = bot.peak_mebibytes()
        for first in range(WARM, KNOWN + WARM, AT_ONCE):
            said = [{"text": "/tiep", "press": ""}]
            persons = [api.person(FIRST_CHAT + number, f"Cán bộ {number}") for number in range(first, first + AT_ONCE)]
            await Crowd(api).work([Replayer(each, said, None) for each in persons])
        grown = bot.peak_mebibytes() - before
        await bot.stop()
    return grown * 10_000 / KNOWN


def _empty(folder: Path) -> Path:
    """Return where a new database goes; the one of the run before is taken away."""
    for old in folder.glob("bench.db*"):
        old.unlink()
    return folder / "bench.db"


def _prepare(path: Path, communes: int) -> None:
    database = open_database(f"sqlite:///{path}", facts_of(DOORS))
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


async def compare(folder: Path, officials: int, repeats: int) -> list[Figure]:
    """Print processor time and rate of both, interleaved, medians and their ratio; return the figures to keep."""
    await measure(folder, 1, 0.0, None, PROGRAM)  # writes the script
    bare = (sys.executable, "-m", "tests.bench.turns_bare", str(folder / "screens.json"))
    figures: list[Figure] = []
    for delay in (0.0, ROUND_TRIP):
        found: dict[str, list[Result]] = {"bare loop": [], "baocao": []}
        for _ in range(repeats):
            found["bare loop"].append(await measure(folder, officials, delay, folder / "script.json", bare))
            found["baocao"].append(await measure(folder, officials, delay, None, PROGRAM))
        _print(found, delay, officials)
        figures += _figures(found, delay)
    return figures


def _figures(found: dict[str, list[Result]], delay: float) -> list[Figure]:
    ours, floor, away = found["baocao"], found["bare loop"], f"{delay * 1000:.0f}ms"
    names = {f"turn-cpu-{away}": "per_thousand", f"turns-a-second-{away}": "rate"}
    figures: list[Figure] = [(key, _median(ours, name), _median(floor, name)) for key, name in names.items()]
    stored = [("database-1000-turns", _median(ours, "stored_per_thousand"), None)]
    return figures if delay else figures + stored


async def beside(folder: Path) -> list[Figure]:
    """Print what one official on an idle bot waits, and what the bot needs to know ten thousand people."""
    wait, memory = await calm(folder), await remembered(folder)
    print(f"\none official on an idle bot: p95 {wait:.1f} ms; {KNOWN} people who spoke: {memory:.0f} MiB", flush=True)
    return [("idle-p95-ms", wait, None), ("memory-10000-people", memory, None)]


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
    grown = _median(found["baocao"], "stored_per_thousand")
    print(f"ratio of CPU: {ratio:.2f}  (at most 3, aim 2); database: {grown:.2f} MiB per 1,000 turns", flush=True)


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
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--short", action="store_true", help="only the processor time and the rate")
    parser.add_argument("--keep", action="store_true", help="write the figures into the history")
    parser.add_argument("--profile", action="store_true", help="say where the time goes instead")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="baocao-bench-") as folder:
        if chosen.profile:
            asyncio.run(profile(Path(folder), chosen.officials))
            return
        figures = asyncio.run(compare(Path(folder), chosen.officials, chosen.repeats))
        figures += [] if chosen.short else asyncio.run(beside(Path(folder)))
    if chosen.keep:
        history.add(figures)


if __name__ == "__main__":
    main()
