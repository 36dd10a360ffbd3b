"""How long the way of one message is: ``uv run --group test python -m tests.bench.walk``.

One Telegram message with the four figures of a row is handled in a warm process. Counted are the calls of our own
code inside the transaction (``Turn.handle``), the functions and the files they are in; machine and load do not matter.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from sqlalchemy import Connection, Engine

from bot.channels.incoming import Account, Incoming
from bot.config.doors import DOORS, facts_of
from bot.turns.turn import Turn
from dialogs.values.events import Event, TextReceived
from storage.schema.database import open_database
from tests.bench import history
from tests.loopback.office import FIRST_CHAT, OPENED, found_office
from tests.office.founding import ZONE

ROOT = Path(__file__).parents[2]
ROOMS = tuple(f"{ROOT}/{room}/" for room in ("bot", "dialogs", "storage", "exports"))
MESSAGE = "12 5 0 1"
BEFORE = ("/tiep", "/muc", "15", "230; 41; 7; 0")
"""Open the report, go to the first row of an appendix and fill it: the next row is asked."""

NEIGHBOUR = 1
"""Another official of the same kind, who has been asked the row before: the process is warm."""


@dataclass(frozen=True, slots=True)
class Walk:
    """Calls by code object, how often each file was entered from another one, and the statements that were run."""

    calls: Counter[CodeType]
    changes: int
    statements: tuple[str, ...]

    @property
    def total(self) -> int:
        return self.calls.total()

    @property
    def files(self) -> tuple[str, ...]:
        """The files the message walks through, as paths from the root of the project."""
        return tuple(sorted({_place(code) for code in self.calls}))

    def calls_in(self, file: str) -> int:
        return sum(calls for code, calls in self.calls.items() if _place(code) == file)


def walk() -> Walk:
    """Return the way of ``MESSAGE``, in a process that somebody else has warmed with other figures."""
    with tempfile.TemporaryDirectory(prefix="baocao-walk-") as folder:
        database = open_database(f"sqlite:///{folder}/walk.db", facts_of(DOORS))
        database.migrate()
        try:
            with database.write() as connection:
                found_office(connection, 2)
            return _walked(database.engine)
        finally:
            database.close()


def _walked(engine: Engine) -> Walk:
    turn = Turn(lambda: OPENED, ZONE, "walk", frozenset({"telegram"}))
    said = [(NEIGHBOUR, text) for text in (*BEFORE, "8; 3; 1; 1")] + [(0, text) for text in BEFORE]
    for number, (who, text) in enumerate(said):
        with engine.connect() as connection, connection.begin():
            turn.handle(connection, _incoming(number, who, text))
    with engine.connect() as connection, connection.begin():
        return _traced(turn, connection, _incoming(len(said), 0, MESSAGE))


def _incoming(number: int, who: int, text: str) -> Incoming:
    said: Event = TextReceived(text, str(number))
    return Incoming(str(number), Account("telegram", str(FIRST_CHAT + who), f"Cán bộ {who}"), said, text)


def _traced(turn: Turn, connection: Connection, incoming: Incoming) -> Walk:
    calls: Counter[CodeType] = Counter()
    statements: list[str] = []
    last: list[str] = [""]
    changes = 0

    def see(frame: FrameType, what: str, _: Any) -> None:
        nonlocal changes
        if what == "call" and _is_ours(frame.f_code):
            calls[frame.f_code] += 1
            changes += frame.f_code.co_filename != last[0]
            last[0] = frame.f_code.co_filename

    driver: Any = connection.connection.driver_connection
    driver.set_trace_callback(statements.append)
    sys.setprofile(see)
    try:
        turn.handle(connection, incoming)
    finally:
        sys.setprofile(None)
        driver.set_trace_callback(None)
    return Walk(calls, changes, tuple(statements))


def _is_ours(code: CodeType) -> bool:
    return code.co_filename.startswith(ROOMS)


def _place(code: CodeType) -> str:
    return str(Path(code.co_filename).relative_to(ROOT))


# ---------------------------------------------------------------- the report


def _print(found: Walk) -> None:
    """Print the totals, then each room with its files, the most walked first."""
    print(f"{MESSAGE!r}: {len(found.files)} files, {len(found.calls)} functions, {found.total} calls,")
    print(f"{found.changes} changes of file, {len(found.statements)} statements\n")
    for room, files in groupby(sorted(found.files, key=_room), _room):
        inside = sorted(((found.calls_in(each), each) for each in files), reverse=True)
        print(f"{sum(calls for calls, _ in inside):5}  {room}/")
        for calls, each in inside:
            print(f"       {calls:5}  {Path(each).name}")


def _room(file: str) -> str:
    return str(Path(file).parent)


def _print_functions(found: Walk, rows: int) -> None:
    for code, calls in found.calls.most_common(rows):
        print(f"{calls:5}  {_place(code)}:{code.co_firstlineno} {code.co_qualname}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.walk", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--functions", type=int, default=0, help="also the functions called most")
    parser.add_argument("--statements", action="store_true", help="also the statements")
    parser.add_argument("--keep", action="store_true", help="write both figures into the history")
    chosen = parser.parse_args()
    found = walk()
    _print(found)
    _print_functions(found, chosen.functions)
    for each in found.statements if chosen.statements else ():
        print(each)
    if chosen.keep:
        history.add([("walk-files", len(found.files), None), ("walk-calls", found.total, None)])


if __name__ == "__main__":
    main()
