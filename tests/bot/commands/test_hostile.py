"""What nobody should send and somebody will: each gets one reply, nothing is lost, the next line is served."""

from __future__ import annotations

import pytest

from tests.bot.commands.shell import Shell


@pytest.mark.parametrize(
    "text",
    [
        "\x00",
        "12\x005 0 1",
        "\ud800",
        "\udfff12",
        "\u200b",
        "😀" * 5000,
        "a" * 200_000,
        "\n" * 5000,
        "/" * 300,
        "{}[]\\",
    ],
    ids=[
        "nul",
        "nul inside",
        "half pair",
        "half pair and figure",
        "zero width",
        "emoji",
        "huge",
        "blank",
        "slashes",
        "marks",
    ],
)
def test_a_hostile_line_gets_one_reply_and_the_next_is_served(demo: Shell, text: str) -> None:
    """No trace, no silence, no lost place."""
    lines = demo.chat("xa1", {"text": "/sua PL3.1"}, {"text": text}, {"choose": text[:100]}, {"text": "12 5 0 1"})

    assert len(lines) == 4
    assert all(line["messages"][0]["text"] for line in lines)
    assert "lỗi" not in lines[1]["messages"][0]["text"]
    assert [cell["value"] for cell in lines[3]["saved"]] == [12, 5, 0, 1]
