"""The compile job: a child process that may be killed, that keeps its lease, and that ends with its parent."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.documents.compile_process import COMMAND, CannotCompile, CompileFailed, Compiler, Order
from bot.documents.workshop import LEASE, RETRY, Workshop
from dialogs.values.effects import CompileReport
from storage.effects import apply
from storage.messages import files, jobs
from storage.messages.jobs import COMPILE, MAX_ATTEMPTS, Job
from storage.messages.outbox import FILE, NOTICE, OutboxRow
from storage.schema.database import Database
from storage.schema.tables import job
from tests.databases import copied_sqlite
from tests.office.compiled_office import CAMPAIGN, Office, fill, found_office
from tests.office.province import NOW, ZONE
from tests.office.stored import unsent

KILLED = (sys.executable, "-c", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
ENDLESS = (sys.executable, "-c", "import os\nwhile os.read(0, 64): pass")
"""A child that works as long as its parent lets it."""


class Clock:
    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        return self.at

    def move(self, step: timedelta) -> None:
        self.at += step


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def office(sqlite_template: Path, tmp_path: Path) -> Iterator[Office]:
    with copied_sqlite(sqlite_template, tmp_path / "office.db") as database:
        found = found_office(database)
        fill(found)
        yield found


def ask(office: Office, code: str = "H1", unit: str = "H1", campaign: str = CAMPAIGN) -> None:
    with office.database.write() as connection:
        context = replace(office.province.context(code), channel="terminal", external=code.lower())
        apply(connection, [CompileReport(campaign, unit)], context, office.province.cache)


def workshop(office: Office, clock: Clock, compiler: Compiler | None = None) -> Workshop:
    return Workshop(office.database, clock.now, ZONE, "p1", compiler=compiler)


def came(office: Office) -> list[OutboxRow]:
    with office.database.read() as connection:
        return [row for row in unsent(connection, "terminal") if row.kind in (FILE, NOTICE)]


def states(database: Database) -> list[tuple[str, int]]:
    with database.read() as connection:
        found = connection.execute(select(job.c.state, job.c.attempts).where(job.c.kind == COMPILE).order_by(job.c.id))
        return [(row[0], row[1]) for row in found]


def order(office: Office, folder: Path, unit: str = "H1") -> Order:
    address = office.database.engine.url.render_as_string(hide_password=False)
    return Order(address, CAMPAIGN, unit, NOW.isoformat(), ZONE.key, str(folder))


def test_the_files_are_stored_and_delivered(office: Office, clock: Clock) -> None:
    ask(office)

    assert workshop(office, clock).work()

    rows = came(office)
    assert [Path(row.payload["file"]["name"]).suffix for row in rows] == [".docx", ".xlsx"]
    with office.database.read() as connection:
        kept = [files.read(connection, row.payload["file"]["id"]) for row in rows]
    assert all(each is not None and each.content.startswith(b"PK") for each in kept)
    assert all(each is not None and each.owner == office.province.people["H1"].id for each in kept)
    assert states(office.database) == [("done", 1)]


def test_a_killed_child_is_tried_again_and_then_apologised_for(office: Office, clock: Clock) -> None:
    """Five attempts, then one courteous message; nothing half is stored."""
    ask(office)
    shop = workshop(office, clock, Compiler(KILLED))

    for attempt in range(1, MAX_ATTEMPTS + 1):
        assert shop.work()
        assert states(office.database) == [("failed" if attempt == MAX_ATTEMPTS else "waiting", attempt)]
        assert not shop.work()
        clock.move(RETRY)

    (told,) = came(office)
    assert told.kind == NOTICE
    assert "chưa lập được bản tổng hợp" in told.payload["text"]
    assert "/tonghop" in told.payload["text"]


def test_after_a_kill_the_next_attempt_delivers(office: Office, clock: Clock) -> None:
    ask(office)
    assert workshop(office, clock, Compiler(KILLED)).work()
    clock.move(RETRY)

    assert workshop(office, clock).work()

    assert len(came(office)) == 2
    assert states(office.database) == [("done", 2)]


def test_what_cannot_be_compiled_is_said_and_not_tried_again(office: Office, clock: Clock) -> None:
    """One that was queued before its unit was taken out of the list, say."""
    gone = {"campaign": CAMPAIGN, "unit": "N1", **replace(office.province.context("H1"), channel="terminal").asker()}
    with office.database.write() as connection:
        jobs.add(connection, COMPILE, gone, NOW)

    assert workshop(office, clock).work()

    (told,) = came(office)
    assert "N1" in told.payload["text"]
    assert states(office.database) == [("done", 1)]


def test_a_file_too_large_for_the_chat_names_the_command(office: Office, clock: Clock, tmp_path: Path) -> None:
    """The other file still comes."""
    large = tmp_path / "large.py"
    large.write_text(
        "import json, pathlib\n"
        "folder = pathlib.Path(json.loads(input())['folder'])\n"
        f"(folder / 'lon.docx').open('wb').truncate({files.MAX_BYTES + 1})\n"
        "(folder / 'nho.xlsx').write_bytes(b'PK')\n"
        "print(json.dumps({'files': ['lon.docx', 'nho.xlsx']}))\n",
        encoding="utf-8",
    )
    ask(office)

    assert workshop(office, clock, Compiler((sys.executable, str(large)))).work()

    file, told = came(office)
    assert file.payload["file"]["name"] == "nho.xlsx"
    assert "lon.docx" in told.payload["text"]
    assert "20 MB" in told.payload["text"]
    assert f"baocao compile {CAMPAIGN} --unit H1 --compiled" in told.payload["text"]


def test_the_lease_holds_while_the_child_works(office: Office, clock: Clock, tmp_path: Path) -> None:
    """Another worker gets the job only when nobody prolongs it any more."""
    ask(office)
    with office.database.write() as connection:
        claimed = jobs.claim(connection, "p1", LEASE, clock.now())
    assert claimed is not None
    seen: list[Job | None] = []

    def go_on() -> bool:
        clock.move(LEASE - timedelta(seconds=1))
        with office.database.write() as connection:
            assert jobs.extend(connection, claimed.id, "p1", clock.now() + LEASE)
            seen.append(jobs.claim(connection, "p2", LEASE, clock.now()))
        return len(seen) < 4

    with pytest.raises(CompileFailed):
        Compiler(ENDLESS, timedelta(milliseconds=10)).run(order(office, tmp_path), go_on)
    assert seen == [None] * 4
    clock.move(LEASE + timedelta(seconds=1))
    with office.database.write() as connection:
        assert jobs.claim(connection, "p2", LEASE, clock.now()) is not None


def test_a_worker_that_lost_its_job_delivers_nothing(office: Office, clock: Clock) -> None:
    """The lease ran out while the child worked, and somebody else has the job: it is neither handed over nor failed."""

    class Robbed(Compiler):
        fails = False

        def run(self, order: Order, go_on: Callable[[], bool]) -> tuple[Path, ...]:
            clock.move(LEASE + timedelta(seconds=1))
            with office.database.write() as connection:
                assert jobs.claim(connection, "p2", LEASE, clock.at) is not None
            assert not go_on()
            if self.fails:
                raise CompileFailed("ended")
            (Path(order.folder) / "a.docx").write_bytes(b"PK")
            return (Path(order.folder) / "a.docx",)

    robbed = Robbed()
    ask(office)
    assert workshop(office, clock, robbed).work()
    assert states(office.database) == [("running", 2)]

    robbed.fails = True
    clock.move(LEASE + timedelta(seconds=1))
    assert workshop(office, clock, robbed).work()
    assert states(office.database) == [("running", 4)]
    assert came(office) == []


def test_stopping_the_service_ends_the_child(office: Office, tmp_path: Path) -> None:
    """The run that waits for it returns at once, and no further child is started."""
    compiler = Compiler(ENDLESS, timedelta(milliseconds=10))

    def go_on() -> bool:
        compiler.stop()
        return True

    with pytest.raises(CompileFailed):
        compiler.run(order(office, tmp_path), go_on)
    with pytest.raises(CompileFailed, match="stopped"):
        compiler.run(order(office, tmp_path), go_on)


def test_the_child_ends_when_its_parent_is_gone() -> None:
    """Its input ends before an order came, or while it works: it never goes on alone."""
    child = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    out, _ = child.communicate(b"", timeout=60)
    assert (child.returncode, out) == (1, b"")


def test_an_unknown_unit_is_a_sentence_and_a_fault_names_no_answer(office: Office, tmp_path: Path) -> None:
    compiler = Compiler()
    with pytest.raises(CannotCompile, match="Z9"):
        compiler.run(order(office, tmp_path, "Z9"), lambda: True)
    with pytest.raises(CompileFailed) as fault:
        compiler.run(order(office, tmp_path / "nowhere"), lambda: True)
    assert "FileNotFoundError at" in str(fault.value)


def test_no_secret_stands_on_the_command_line(office: Office, tmp_path: Path) -> None:
    """The database's address travels in the order, not among the arguments."""
    told = asdict(order(office, tmp_path))

    assert not any(isinstance(value, str) and value in " ".join(COMMAND) for value in told.values())
    assert json.loads(json.dumps(told)) == told
