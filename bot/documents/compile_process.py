"""Compiling in a process of its own at low priority, so that the dialog goes on beside it.

The parent starts ``python -m bot.compile_process`` and writes one line of JSON, the order, to its standard input: the
database's address may hold a password and stays off the command line. The child opens the database itself, reads on
one snapshot, writes the files into the folder of the order and tells their names in one line of JSON. Its input stays
open until then: when it ends, the parent is gone or has given up, and the child ends too.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.runtime.faults import described
from storage.schema.database import open_database
from storage.schema.errors import Refused

COMMAND = (sys.executable, "-m", "bot.documents.compile_process")
NICENESS = 10
"""How far the child steps back behind the dialog where the system knows such a thing."""

PATIENCE = timedelta(seconds=60)
"""How often the parent is asked, while the child works, whether to go on waiting."""


class CompileFailed(Exception):
    """The child was killed, gave up or was stopped; the message says where, and nothing of what anybody typed."""


class CannotCompile(Exception):
    """There is nothing to compile: trying again would not help. The message is a sentence for a person."""


@dataclass(frozen=True, slots=True)
class Order:
    """What the child is to make, and where it leaves it. ``now`` is ISO with its offset, ``zone`` a name.

    ``record``: the file of the record, as far as ``person`` may read it, instead of the compiled documents.
    """

    database: str
    campaign: str
    unit: str
    now: str
    zone: str
    folder: str
    record: bool = False
    person: int = 0


Told = dict[str, list[str] | str]
"""What the child tells: ``files``, or why there are none: ``refused`` or ``fault``."""


class Compiler:
    """Runs one child at a time. ``stop`` may be called from another thread, the rest from one at a time."""

    def __init__(self, command: Sequence[str] = COMMAND, patience: timedelta = PATIENCE) -> None:
        self._command = tuple(command)
        self._patience = patience.total_seconds()
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def run(self, order: Order, go_on: Callable[[], bool]) -> tuple[Path, ...]:
        """Return the files that the child made, in order.

        ``go_on`` is asked from time to time; if it says no the child is ended. Raises ``CannotCompile`` with the
        child's sentence, ``CompileFailed`` for everything else.
        """
        child = self._start()
        try:
            told = _ask(child, order, self._patience, go_on)
        finally:
            with self._lock:
                self._child = None
            _end(child)
        if child.returncode != 0 or not told:
            raise CompileFailed(told.get("fault") or f"exit {child.returncode}")
        if "refused" in told:
            raise CannotCompile(told["refused"])
        return tuple(Path(order.folder) / name for name in told["files"])

    def stop(self) -> None:
        """End the child that runs, and start none any more."""
        with self._lock:
            self._stopped = True
            if self._child is not None:
                self._child.kill()

    def _start(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._stopped:
                raise CompileFailed("stopped")
            self._child = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
            return self._child


def _ask(child: subprocess.Popen[bytes], order: Order, patience: float, go_on: Callable[[], bool]) -> Told:
    """Give the child its order and return what it tells; {} if it tells nothing."""
    if child.stdin is None or child.stdout is None:
        return {}
    try:
        child.stdin.write(json.dumps(asdict(order)).encode() + b"\n")
        child.stdin.flush()
    except OSError:
        return {}
    while True:
        try:
            child.wait(patience)
        except subprocess.TimeoutExpired:
            if go_on():
                continue
            return {}
        return _told(child.stdout.read())


def _told(printed: bytes) -> Told:
    try:
        found = json.loads(printed.splitlines()[-1])
    except (ValueError, IndexError):
        return {}
    return found if isinstance(found, dict) else {}


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        child.kill()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError:
                continue
    child.wait()


# --- the child ----------------------------------------------------------------------------------------------------


def main() -> int:
    """Take the order from the standard input, work it, and tell about it on the standard output."""
    order = Order(**json.loads(_line()))
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    try:
        told: Told = {"files": [path.name for path in make(order)]}
    except Refused as error:
        told = {"refused": str(error)}
    except Exception as error:
        print(json.dumps({"fault": described(error)}), flush=True)
        return 1
    print(json.dumps(told), flush=True)
    return 0


def make(order: Order) -> tuple[Path, ...]:
    """Write the files of an order and return their paths. Raises ``Refused`` for an unknown unit or campaign."""
    # The paper brings the document libraries with it; the service, which only starts children, spares them.
    from bot.documents import compiled_files, record_file

    database = open_database(order.database)
    try:
        with database.read() as connection:
            now, zone, folder = datetime.fromisoformat(order.now), ZoneInfo(order.zone), Path(order.folder)
            if order.record:
                return record_file.write_for(connection, order.person, order.campaign, order.unit, now, zone, folder)
            return compiled_files.write(connection, order.campaign, order.unit, now, zone, folder).paths
    finally:
        database.close()


def _line() -> bytes:
    """Read up to the first line end and not a byte more, unbuffered: the rest is only waited for."""
    found = bytearray()
    while not found.endswith(b"\n"):
        piece = os.read(0, 1)
        if not piece:
            sys.exit(1)
        found += piece
    return bytes(found)


def _end_with_parent() -> None:
    while os.read(0, 64):
        continue
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
