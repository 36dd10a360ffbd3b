"""What the dialogs say of themselves, gathered: no two claim the same, and what they name is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from dialogs.machine import CATALOG, DIALOGS, STATES, TABLE
from dialogs.turn.transitions import ANY, AT_QUESTION

ON_PHONES = [
    "start",
    "tiep",
    "truoc",
    "boqua",
    "muc",
    "xem",
    "sua",
    "nop",
    "tailieu",
    "capduoi",
    "dinhkem",
    "giao",
    "xinsua",
    "tiendo",
    "tonghop",
    "baocao",
    "nhac",
    "tralai",
    "thaydoi",
    "tiepnhan",
    "molai",
    "giahan",
    "dot",
    "moi",
    "nguoi",
    "nhatky",
    "nhacsau",
    "lienket",
    "roi",
    "huy",
    "trogiup",
]
"""The menu as it stands on people's phones. Another order means that each of them is sent a new one."""


def twice(found: Iterable[object]) -> list[object]:
    return [each for each, times in Counter(found).items() if times > 1]


def test_no_two_dialogs_claim_the_same() -> None:
    """A state, a word that is typed, a place in the menu: each is one dialog's."""
    commands = [command for dialog in DIALOGS for command in dialog.commands]
    assert twice(dialog.name for dialog in DIALOGS) == []
    assert twice(state.name for dialog in DIALOGS for state in dialog.states) == []
    assert twice(name for command in commands for name in command.names) == []
    assert twice(command.order for command in commands) == []


def test_the_menu_keeps_its_order() -> None:
    """New commands come between these, by the number of their place."""
    known = set(ON_PHONES)
    assert [each.command for each in CATALOG.menu.entries if each.command in known] == ON_PHONES


def test_what_dialogs_name_is_there() -> None:
    """A trigger that no row bears, or a state that no dialog has, is a slip of the pen."""
    triggers = {row.trigger for row in TABLE}
    assert CATALOG.inner | CATALOG.anywhere | CATALOG.steady <= triggers
    assert {command.trigger for dialog in DIALOGS for command in dialog.commands} <= triggers
    sources = {state for row in TABLE for state in ([row.source] if isinstance(row.source, str) else row.source)}
    targets = {row.target for row in TABLE if row.target is not None}
    assert (sources - {ANY, AT_QUESTION}) | targets <= set(STATES)
