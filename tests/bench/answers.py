"""What an import of a million answers costs: time, memory, and how long it keeps others from writing.

uv run --group test python -m tests.bench.answers [ROWS]

A made-up province of so many districts that all their questions together give a file of ROWS lines (1,000,000), every
one different in value, the texts of 200 to 1,500 characters. The file is imported in a process of its own into SQLite;
meanwhile another process writes one small transaction after the other, as turns do, and measures how long each waits.
"""

from __future__ import annotations

import csv
import io
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.imports.answers_import import OPTIONAL, REQUIRED, Import, breathe
from bot.imports.csv_file import read_csv
from dialogs.forms.answers import Address
from dialogs.forms.form_file import read_form, shipped_text
from dialogs.forms.questions import Respondent, questions
from storage.campaigns import campaigns, forms
from storage.campaigns.campaigns import Opening
from storage.schema import meta
from storage.schema.database import Database, open_database
from storage.units import units
from storage.units.units import NewUnit

ROWS = 1_000_000
NOW = datetime(2019, 4, 1, 2, 0, tzinfo=UTC)
KEY = "kl62-2019"
WORDS = ["quán triệt", "nghị quyết", "cán bộ", "đảng viên", "vận động", "nhân dân", "tổ chức", "thực hiện", "kết luận"]


class TimedDatabase(Database):
    """Notes how long each writing transaction held the lock."""

    def __init__(self, database: Database) -> None:
        super().__init__(database.engine)
        self.held: list[float] = []
        self.worked: list[float] = []

    @contextmanager
    def write(self) -> Iterator[Connection]:
        with super().write() as connection:
            begun, spent = time.perf_counter(), time.thread_time()
            yield connection
        self.held.append(time.perf_counter() - begun)
        self.worked.append(time.thread_time() - spent)


def asked() -> list[tuple[Address, str]]:
    """The cells of a district with the kind of each."""
    form = read_form(shipped_text(KEY))
    found = []
    for question in questions(form, Respondent("huyen")):
        for part in question.parts:
            for address in question.part_addresses(part):
                kind = next((c.kind.value for c in part.columns if c.key == address.column), part.kind)
                found.append((address, kind))
    return found


def value(kind: str, chance: random.Random) -> str:
    if kind == "narrative":
        length, text = chance.randint(200, 1500), ""
        while len(text) < length:
            text += " ".join(chance.choices(WORDS, k=12)).capitalize() + ". "
        return text.strip()
    if kind in ("list", "documents"):
        return "\n".join(f"Kế hoạch số {chance.randint(1, 999)}-KH/HU về {chance.choice(WORDS)}" for _ in range(3))
    if kind == "text":
        return "ghi chú " + chance.choice(WORDS)
    return chance.choice(["0", "không có số liệu", *(str(chance.randint(1, 900)) for _ in range(8))])


def prepare(folder: Path, rows: int) -> int:
    """A database with the province and a file for it; returns the number of districts."""
    cells, chance = asked(), random.Random(62)
    database = open_database(f"sqlite:///{folder / 'bench.db'}")
    database.migrate()
    count = -(-rows // len(cells))
    with database.write() as connection:
        for key in ("kl62-2019-xa", KEY):
            forms.publish(connection, shipped_text(key), NOW)
        top = units.add(connection, NewUnit("T", "Tỉnh T", "tinh"), NOW)
        for number in range(count):
            units.add(connection, NewUnit(f"H{number}", f"Huyện {number}", "huyen", top, position=number), NOW)
        opening = Opening(KEY, "T", date(2019, 4, 1))
        campaigns.open_campaign(connection, opening, NOW, ZoneInfo("Asia/Ho_Chi_Minh"))
    database.close()
    with (folder / "answers.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(REQUIRED)
        for line in range(rows):
            address, kind = cells[line % len(cells)]
            writer.writerow([f"H{line // len(cells)}", *address, value(kind, chance)])
    return count


def imported(folder: Path, *options: str) -> None:
    """Import the file and print what it cost as JSON."""
    database = TimedDatabase(open_database(f"sqlite:///{folder / 'bench.db'}"))
    begun, spent = time.perf_counter(), time.process_time()
    file = read_csv(folder / "answers.csv", REQUIRED, OPTIONAL)
    sys.stdout = io.StringIO()
    code = Import(database, lambda: datetime.now(UTC), breathe, sys.stderr).run(KEY, file, "sent" in options, False)
    sys.stdout = sys.__stdout__
    held = sorted(database.held)
    told = {
        "exit": code,
        "seconds": time.perf_counter() - begun,
        "cpu": time.process_time() - spent,
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "transactions": len(held),
        "longest": held[-1] * 1000,
        "work": max(database.worked) * 1000,
        "p99": held[len(held) * 99 // 100] * 1000,
    }
    print(json.dumps(told))


def turns(folder: Path) -> None:
    """Write small transactions until told to stop; print how long they waited as JSON."""
    database = open_database(f"sqlite:///{folder / 'bench.db'}")
    waited: list[float] = []
    while not (folder / "stop").exists():
        begun = time.perf_counter()
        with database.write() as connection:
            meta.put(connection, "bench", str(len(waited)))
        waited.append(time.perf_counter() - begun)
        time.sleep(0.05)
    waited.sort()
    median, late = waited[len(waited) // 2], waited[len(waited) * 99 // 100]
    print(json.dumps({"turns": len(waited), "median": median * 1000, "p99": late * 1000, "worst": waited[-1] * 1000}))


def child(task: str, folder: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.bench.answers", task, str(folder), *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def told(process: subprocess.Popen[str]) -> dict[str, float]:
    found: dict[str, float] = json.loads(process.communicate()[0])
    return found


def main() -> None:
    if len(sys.argv) > 2:
        task = {"import": imported, "turns": turns}[sys.argv[1]]
        task(Path(sys.argv[2]), *sys.argv[3:])
        return
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        districts = prepare(folder, rows)
        size = (folder / "answers.csv").stat().st_size
        beside = child("turns", folder)
        cost = told(child("import", folder))
        (folder / "stop").touch()
        waits = told(beside)
    print(f"{rows} rows, {districts} units, {size / 1024 / 1024:.0f} MiB")
    print(f"{cost['seconds']:.1f} s ({rows / cost['seconds']:.0f} rows/s), CPU {cost['cpu']:.1f} s")
    print(f"peak RSS {cost['peak_mib']:.0f} MiB")
    print(f"the most a writing transaction had to do: {cost['work']:.0f} ms of processor time")
    held = ", ".join(f"{name} {cost[name]:.0f} ms" for name in ("p99", "longest"))
    print(f"{cost['transactions']:.0f} writing transactions held the lock: {held}")
    beside_it = ", ".join(f"{name} {waits[name]:.0f} ms" for name in ("median", "p99", "worst"))
    print(f"{waits['turns']:.0f} turns beside it waited: {beside_it}")


if __name__ == "__main__":
    main()
