"""How fast this process may send is a setting, and reaches the door."""

from __future__ import annotations

import pytest

from bot.channels.door import Installation
from bot.channels.telegram.adapter import CAPABILITIES, render
from bot.channels.telegram.door import DOOR, SendingLimits, read_limits
from bot.config.settings import WrongSetting, read_settings
from storage.messages.outbox import OutboxRow

TOKEN = {"BAOCAO_TELEGRAM_TOKEN": "1234567:loopback-token"}


def test_what_is_no_message_is_not_paced() -> None:
    """A menu is no message: Telegram does not count it, and no reply waits for it."""
    row = OutboxRow(1, "telegram", 1, "7001", 1, None, "notice", {"text": "", "menu": [["tiep", "Câu tiếp theo"]]})
    text = OutboxRow(2, "telegram", 1, "7001", 1, None, "notice", {"text": "Chào"})

    assert [request.paced for each in (row, text) for request in render(each, None, CAPABILITIES)] == [False, True]


def test_left_alone_the_limits_are_those_that_telegram_publishes() -> None:
    """Thirty a second, a second apart in one chat, short bursts of replies."""
    opened = DOOR.open(Installation(read_settings(TOKEN).of_doors, "127.0.0.1", 0, demo=False))

    assert opened is not None
    assert opened.channel is not None
    able = opened.channel.capabilities
    assert (able.per_second, able.per_chat_seconds, able.chat_burst) == (30.0, 1.0, 3)
    assert able.max_text == 4096


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("10/1/3", SendingLimits(10.0, 1.0, 3)),
        ("7.5/0.05/1", SendingLimits(7.5, 0.05, 1)),
        ("0/0/1", SendingLimits(0.0, 0.0, 1)),
    ],
)
def test_each_of_several_processes_is_given_its_share(text: str, wanted: SendingLimits) -> None:
    """And a server of one's own may have none."""
    assert read_limits(read_settings({"BAOCAO_TELEGRAM_LIMITS": text}).of_doors["TELEGRAM_LIMITS"]) == wanted


@pytest.mark.parametrize(
    "text", ["30", "30/1", "30/1/0", "-1/1/1", "30/1/3/4", "nhanh/1/1", "30/1/1.5", "٣٠/1/3", "1e9/1/3"]
)
def test_what_is_no_limit_is_refused_by_name(text: str) -> None:
    """One line that names the variable and shows an example."""
    with pytest.raises(WrongSetting, match=r"BAOCAO_TELEGRAM_LIMITS.*30/1/3"):
        read_settings({"BAOCAO_TELEGRAM_LIMITS": text})
