"""What the benches have measured, line by line: ``python -m tests.bench.history [add FIGURE VALUE [FLOOR]]``.

``history.csv`` has a line per figure and run: the date, the commit, the figure, its value and the floor measured in
the same run ('' where there is none). Without a word the newest of each figure are printed; ``add`` writes a line and
brings the README's table up to date. A figure that got worse by a quarter is said aloud: it is mended or stands in
the change log.
"""

from __future__ import annotations

import argparse
import csv
import re
import subprocess
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
FILE = HERE / "history.csv"
README = HERE.parents[1] / "README.md"
WORSE = 1.25

FIGURES = {
    "walk-files": "files that a Telegram message with a row's four figures walks through in its transaction",
    "walk-calls": "calls of our own code on that walk",
    "turn-cpu-0ms": "CPU seconds of the bot per 1,000 turns, 0 ms to the Bot API; floor: a bare loop",
    "turn-cpu-50ms": "the same, 50 ms to the Bot API and back",
    "turns-a-second-0ms": "turns a second, 50 officials, 0 ms",
    "turns-a-second-50ms": "turns a second, 50 officials, 50 ms",
    "idle-p95-ms": "milliseconds, 95 of 100 turns of one official on an idle bot",
    "memory-10000-people": "MiB for 10,000 people who have spoken",
    "database-1000-turns": "MiB of database per 1,000 turns",
}
"""What is measured, by the name it has in the file."""

HIGHER_IS_BETTER = frozenset({"turns-a-second-0ms", "turns-a-second-50ms"})

_TABLE = re.compile(r"(?<=<!-- newest figures -->\n).*?(?=<!-- /newest figures -->)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file."""

    date: str
    commit: str
    figure: str
    value: float
    floor: float | None = None

    @property
    def measure(self) -> float:
        """What is compared between machines and runs: the ratio to the floor where there is one."""
        return self.value / self.floor if self.floor else self.value


def read(file: Path = FILE) -> list[Line]:
    """Return all lines, oldest first."""
    with file.open(encoding="utf-8", newline="") as lines:
        return [
            Line(each["date"], each["commit"], each["figure"], float(each["value"]), _number(each["floor"]))
            for each in csv.DictReader(lines)
        ]


def newest(lines: Iterable[Line]) -> list[Line]:
    """Return the last line of each figure, in the order of ``FIGURES``."""
    last = {line.figure: line for line in lines}
    return [last[figure] for figure in FIGURES if figure in last]


def worse(before: Line, after: Line) -> bool:
    """Return whether a figure got worse by a quarter or more."""
    change = after.measure / before.measure if before.measure else 1.0
    return change <= 1 / WORSE if after.figure in HIGHER_IS_BETTER else change >= WORSE


def table(lines: Iterable[Line]) -> str:
    """Return the newest of each figure as a Markdown table."""
    rows = [f"| {FIGURES[each.figure]} | {_shown(each)} | {each.date}, {each.commit} |" for each in newest(lines)]
    return "\n".join(["| what | figure | measured |", "|---|--:|---|", *rows]) + "\n"


def add(found: Iterable[tuple[str, float, float | None]]) -> None:
    """Write a line for each (figure, value, floor) of this run, and the README's table."""
    known = {line.figure: line for line in read()}
    date, commit = datetime.now(UTC).date().isoformat(), _commit()
    lines = [Line(date, commit, figure, value, floor) for figure, value, floor in found]
    with FILE.open("a", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(_row(line) for line in lines)
    for line in lines:
        before = known.get(line.figure)
        if before is not None and worse(before, line):
            print(f"WORSE by a quarter: {line.figure} {_shown(before)} -> {_shown(line)}")
    text = README.read_text("utf-8")
    README.write_text(_TABLE.sub(lambda _: table(read()), text), "utf-8")


def _row(line: Line) -> tuple[str, ...]:
    date, commit, figure, value, floor = astuple(line)
    return date, commit, figure, f"{value:.4g}", "" if floor is None else f"{floor:.4g}"


def _shown(line: Line) -> str:
    against = f" against {line.floor:.3g}: {line.measure:.2f}" if line.floor else ""
    return f"{line.value:.4g}{against}"


def _number(text: str) -> float | None:
    return float(text) if text else None


def _commit() -> str:
    command = ["git", "-C", str(HERE), "rev-parse", "--short", "HEAD"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.history", description=(__doc__ or "").partition("\n")[0]
    )
    commands = parser.add_subparsers(dest="command")
    adding = commands.add_parser("add", help="write one line")
    adding.add_argument("figure", choices=FIGURES)
    adding.add_argument("value", type=float)
    adding.add_argument("floor", type=float, nargs="?")
    chosen = parser.parse_args()
    if chosen.command == "add":
        add([(chosen.figure, chosen.value, chosen.floor)])
    print(table(read()), end="")


if __name__ == "__main__":
    main()
