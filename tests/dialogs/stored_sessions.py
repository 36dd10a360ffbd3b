"""Sessions as the version before stored them: one for every state, and for every shape of what a dialog kept there.

``dumps/sessions_0003.jsonl`` was written while that version's tests ran; the name before each is that of a transcript
or a walk that comes there, '' if none does. A dump is never made again once its version is out in the world. For the
next one this is a plugin of pytest, and ``BAOCAO_SESSIONS`` the file to write:

BAOCAO_SESSIONS=tests/dialogs/dumps/sessions_0004.jsonl uv run --group test pytest -n 0 -p tests.dialogs.stored_sessions
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from dialogs import stored
from dialogs.turn.session import Session

Stored = dict[str, Any]
DUMP = Path(__file__).with_name("dumps") / "sessions_0003.jsonl"
LINES: list[tuple[str, Stored]] = [json.loads(line) for line in DUMP.read_text(encoding="utf-8").splitlines()]


def of(name: str) -> list[Session]:
    """What was stored in the course of a transcript or a walk."""
    return [stored.from_json(json.dumps(old)) for at, old in LINES if at == name]


@contextmanager
def sessions_stored() -> Iterator[list[Session]]:
    """Gather every session that is written down meanwhile."""
    found: list[Session] = []
    written = stored.to_json

    def to_json(session: Session) -> str:
        found.append(session)
        return written(session)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stored, "to_json", to_json)
        yield found


# --- making the next dump -----------------------------------------------------------------------------------------

_FOUND: dict[str, tuple[str, str]] = {}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    with sessions_stored() as found:
        yield
    name = item.name.partition("[")[2].rstrip("]") if "goes_as" in item.name else ""
    for session in found if "BAOCAO_SESSIONS" in os.environ else ():
        text = stored.to_json(session)
        key = _shape(json.loads(text))
        if key not in _FOUND or (name and not _FOUND[key][0]):
            _FOUND[key] = name, text


def _shape(session: Stored) -> str:
    kept, held = session["pending"], session["held"]
    values = sorted({f"{each['value'][0]} {each['state']} {each['tail']}" for item in held for each in item["saves"]})
    return str([session["state"], kept.get("kind"), sorted(kept), len(held), values, sorted(session["draft"])])


def pytest_sessionfinish() -> None:
    if path := os.environ.get("BAOCAO_SESSIONS"):
        lines = sorted(json.dumps([name, json.loads(text)], ensure_ascii=False) for name, text in _FOUND.values())
        Path(path).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
