"""Whole conversations, word for word. ``BAOCAO_UPDATE_TRANSCRIPTS=1`` rewrites what the bot says; read the diff."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from transitions import Machine

from dialogs.engine import MACHINE
from dialogs.machine import DESK, TABLE, Transition, build, diagram
from tests.dialogs.script import Otherwise, Play, transcripts
from tests.world.little_world import chat

UPDATE = "BAOCAO_UPDATE_TRANSCRIPTS"
DESK_TABLE = tuple(row for dialog in DESK for row in dialog.table)


@pytest.mark.parametrize("path", transcripts(), ids=lambda path: path.stem)
def test_a_conversation_goes_as_written(path: Path) -> None:
    """Every reply, with its choices and what it stored, is exactly the one in the file."""
    written = path.read_text(encoding="utf-8")
    played = Play(MACHINE).run(written)
    if os.environ.get(UPDATE):
        path.write_text(played, encoding="utf-8")
    else:
        assert played == written


def test_there_are_about_twelve_conversations() -> None:
    """The switch that rewrites them cannot make them disappear unseen."""
    assert len(transcripts()) >= 12


def row_name(row: Transition) -> str:
    source = row.source if isinstance(row.source, str) else "+".join(row.source)
    return f"{row.trigger}-{source}-{row.condition.__name__ if row.condition else ''}"


@pytest.mark.parametrize("row", [row for row in TABLE if row not in DESK_TABLE], ids=row_name)
def test_every_row_of_the_table_is_alive(row: Transition) -> None:
    """Without it the diagram is another one, and at least one conversation goes otherwise or not at all."""
    shorter = tuple(other for other in TABLE if other is not row)
    assert diagram(shorter) != diagram(TABLE)
    machine = build(shorter)
    assert any(goes_otherwise(path, machine) for path in transcripts())


def goes_otherwise(path: Path, machine: Machine) -> bool:
    written = path.read_text(encoding="utf-8")
    try:
        return Play(machine, written).run(written) != written
    except (Otherwise, AssertionError, LookupError):
        return True  # another reply, a button that is no longer there, a screen without what it shows


def test_a_dialog_runs_on_the_table_it_is_given() -> None:
    """The seam of the test above: without the way to the contents, "/muc" leads nowhere."""
    without = build(tuple(row for row in TABLE if row.trigger != "contents"))
    talk = chat(machine=without)
    talk.walk("/start", "[Bắt đầu]")
    assert talk.say("/muc").refused == "Việc này không dùng được ở bước hiện tại."
    assert talk.session.state == "filling"
