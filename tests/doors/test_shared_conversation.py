"""One conversation, held at every door: typed and pressed, a file in, a reminder, the papers out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.doors.at_door import AtDoor, Office
from tests.doors.at_page import AtPage
from tests.doors.at_telegram import AtTelegram
from tests.doors.at_terminal import AtTerminal
from tests.doors.at_toy import AtToy
from tests.doors.conversation import hold

AT: tuple[Callable[[], AtDoor], ...] = (
    AtTelegram,
    AtPage,
    AtTerminal,
    AtToy,
)

STORED = {
    "M0//ke_hoach_so": "45",
    "M0//ke_hoach_ngay": 20,
    "M0//ke_hoach_thang": 3,
    "PL3/hnd/xa.tong_so": 12,
    "PL3/hnd/xa.cb_nu": 5,
    "PL3/hnd/xa.cb_dtts": 0,
    "PL3/hnd/xa.cb_ton_giao": 1,
    "II.1//": "Đã phổ biến đến 12 chi bộ.\nCó 240 lượt người dự.",
    "IV//": ("Mở lớp tập huấn", "Kiểm tra hai chi bộ"),
    "files": ["Quyết định 12.pdf"],
}


@pytest.mark.parametrize("door", AT, ids=lambda door: door.door.facts.name)
async def test_the_same_conversation_leaves_the_same_answers(door: Callable[[], AtDoor], tmp_path: Path) -> None:
    """Whichever door she came through, the same words mean the same."""
    assert await hold(door(), Office(tmp_path / "baocao.db")) == STORED


def test_every_door_of_the_program_is_talked_through() -> None:
    """A new door stands in the list above, or this fails."""
    from bot.config.doors import DOORS

    assert {door.facts.name for door in DOORS} <= {each().door.facts.name for each in AT}
