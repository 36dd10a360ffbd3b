"""Every walk goes as it is written, and every way of the dialogs of several people is taken by one of them.

``BAOCAO_UPDATE_TRANSCRIPTS=1`` writes the walks anew; what changed is then to be read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from dialogs import stored
from dialogs.machine import DESK, TABLE, build
from dialogs.turn.transitions import Transition
from dialogs.turn.turn_state import TurnState
from storage.campaigns.turn_cache import TurnCache
from tests.databases import copied_sqlite
from tests.dialogs.stored_sessions import of, sessions_stored
from tests.office.province import Province
from tests.whole.walking import Walk, walks


@contextmanager
def province_of(template: tuple[Path, Province], path: Path) -> Iterator[Province]:
    source, built = template
    with copied_sqlite(source, path) as database:
        own = {name: dict(getattr(built, name)) for name in ("units", "people", "accounts", "reports")}
        yield replace(built, database=database, cache=TurnCache(), **own)


@pytest.mark.parametrize("path", walks(), ids=lambda path: path.stem)
def test_a_walk_goes_as_it_is_written(path: Path, sqlite_province: tuple[Path, Province], tmp_path: Path) -> None:
    written = path.read_text(encoding="utf-8")
    with province_of(sqlite_province, tmp_path / "walk.db") as province, sessions_stored() as found:
        gone = Walk(province, build()).run(written)
    if os.environ.get("BAOCAO_UPDATE_TRANSCRIPTS"):
        path.write_text(gone, encoding="utf-8")
        written = gone
    assert gone == written
    assert [old for old in of(path.stem) if old not in found] == [], "what the version before stored goes on here"
    assert [each for each in found if stored.from_json(stored.to_json(each)) != each] == []


def test_every_way_is_taken_by_a_walk(sqlite_province: tuple[Path, Province], tmp_path: Path) -> None:
    """A row of the tables that no walk takes is one that nobody has ever tried."""
    taken: set[int] = set()
    machine = build(tuple(noted(row, at, taken) for at, row in enumerate(TABLE)))
    for number, path in enumerate(walks()):
        with province_of(sqlite_province, tmp_path / f"{number}.db") as province:
            Walk(province, machine).run(path.read_text(encoding="utf-8"))
    of_several = [row for dialog in DESK for row in dialog.table]
    desk = {at: row for at, row in enumerate(TABLE) if row in of_several}
    assert [(row.trigger, row.source, row.target) for at, row in desk.items() if at not in taken] == []


def noted(row: Transition, at: int, taken: set[int]) -> Transition:
    """The same row, which notes that it was taken."""

    def action(step: TurnState) -> None:
        taken.add(at)
        if row.action is not None:
            row.action(step)

    return replace(row, action=action)
