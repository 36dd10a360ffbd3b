"""Recorded payload in, our event out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update

from bot.channels.channel import Ignored
from bot.channels.incoming import Account, Incoming, storable
from bot.channels.telegram.adapter import callback_id, parse
from dialogs.values import events

PAYLOADS = json.loads((Path(__file__).parent / "payloads.json").read_text("utf-8"))
TAKEN = [each for each in PAYLOADS if "event" in each]
IGNORED = [each for each in PAYLOADS if "ignored" in each]


def _named(each: dict[str, Any]) -> str:
    return each["name"]


@pytest.mark.parametrize("recorded", TAKEN, ids=_named)
def test_a_payload_becomes_its_event(recorded: dict[str, Any]) -> None:
    """Each recorded update means exactly one event of its sender."""
    read = parse(recorded["update"])

    assert isinstance(read, Incoming)
    assert read.event == eval(recorded["event"], vars(events))
    assert read.id == str(recorded["update"]["update_id"])
    assert read.account == Account("telegram", "7001", "Lan Nguyễn")


@pytest.mark.parametrize("recorded", IGNORED, ids=_named)
def test_a_payload_that_is_nobodys_is_ignored_with_a_reason(recorded: dict[str, Any]) -> None:
    """What does not come from a person in a private chat reaches no dialog."""
    read = parse(recorded["update"])

    assert isinstance(read, Ignored)
    assert recorded["ignored"] in read.reason


@pytest.mark.parametrize("recorded", TAKEN, ids=_named)
def test_the_raw_payload_is_kept_as_it_came(recorded: dict[str, Any]) -> None:
    """The inbox keeps what Telegram sent."""
    read = parse(recorded["update"])

    assert isinstance(read, Incoming)
    assert json.loads(read.raw) == recorded["update"]


@pytest.mark.parametrize("recorded", TAKEN, ids=_named)
def test_every_payload_can_be_made_storable(recorded: dict[str, Any]) -> None:
    """Half a character, which no database takes, does not stay in any text."""
    read = parse(recorded["update"])

    assert isinstance(read, Incoming)
    kept = storable(read)
    assert str(kept).encode().decode() == str(kept)


@pytest.mark.parametrize("recorded", TAKEN, ids=_named)
def test_python_telegram_bot_reads_the_recorded_payloads_alike(recorded: dict[str, Any]) -> None:
    """The payloads are real ones: the library finds the same chat and sender in them."""
    update = Update.de_json(recorded["update"], None)

    assert update.effective_user is not None
    assert update.effective_chat is not None
    assert (update.effective_user.id, update.effective_chat.id) == (7001, 7001)


def test_only_a_press_has_an_id_to_answer() -> None:
    """answerCallbackQuery is for pressed buttons."""
    found = {each["name"]: callback_id(each["update"]) for each in PAYLOADS if callback_id(each["update"])}

    assert found["a pressed button"] == "4382bfdwdsb323b2d9"
    assert all("press" in name or "button" in name for name in found)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just("private"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["message", "callback_query", "edited_message", "from", "chat", "id", "type", "text", "data"]
            )
            | st.sampled_from(["photo", "document", "file_size", "file_name", "message_id", "update_id", "first_name"]),
            inner,
            max_size=6,
        )
    ),
    max_leaves=25,
)


@given(st.dictionaries(st.sampled_from(["message", "callback_query", "edited_message", "update_id"]), _JSON))
def test_no_payload_makes_it_raise(update: dict[str, Any]) -> None:
    """One poisonous update must not hold up the others of its batch."""
    assert isinstance(parse(update), Incoming | Ignored)
