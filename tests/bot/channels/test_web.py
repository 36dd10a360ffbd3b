"""What the page may send, what it becomes, and what a line looks like on its way to the page."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.incoming import Account, Incoming
from bot.channels.web import MAX_CHOICE, MAX_TEXT, BadMessage, parse, render
from bot.web.records import ChatLine
from dialogs.values.events import ChoicePressed, MessageEdited, Started, TextReceived

LAN = Account("web", "xa1", "Lan")
CID = "t4k2abcdefghjkmnpqrst"


def taken(**message: Any) -> Incoming:
    return parse(LAN, json.dumps(message))


def refused(body: str) -> str:
    with pytest.raises(BadMessage) as caught:
        parse(LAN, body)
    return caught.value.code


def test_typed_text_keeps_its_id_and_its_spaces() -> None:
    text = "  12 5\u00a00 1 \n"
    incoming = taken(cid=CID, text=text)
    assert incoming.id == f"xa1:{CID}"
    assert incoming.account == LAN
    assert incoming.event == TextReceived(text, CID)
    assert json.loads(incoming.raw)["text"] == text


def test_what_no_database_stores_is_left_out_of_the_text() -> None:
    assert taken(cid=CID, text="12\0 5").event == TextReceived("12 5", CID)


def test_pressed_button() -> None:
    assert taken(cid=CID, choose="17.4.9:next").event == ChoicePressed("17.4.9:next", CID)


def test_edit_is_an_event_of_its_own_about_an_earlier_message() -> None:
    incoming = taken(cid="e-another-id", edit={"cid": CID, "text": "12 6 0 1"})
    assert incoming.id == "xa1:e-another-id"
    assert incoming.event == MessageEdited("12 6 0 1", CID)


def test_opening_an_empty_conversation() -> None:
    assert taken(cid=CID, start=True).event == Started(message=CID)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("", "not_json"),
        ("{", "not_json"),
        ("[1, 2]", "not_json"),
        ("[" * 100_000, "not_json"),
        ("1" * 5_000, "not_json"),
        ('{"text": "12"}', "not_understood"),
        ('{"cid": "short", "text": "12"}', "not_understood"),
        ('{"cid": "with spaces in it", "text": "12"}', "not_understood"),
        ('{"cid": 12345678, "text": "12"}', "not_understood"),
        (f'{{"cid": "{CID}"}}', "not_understood"),
        (f'{{"cid": "{CID}", "text": "1", "choose": "2"}}', "not_understood"),
        (f'{{"cid": "{CID}", "text": 12}}', "not_understood"),
        (f'{{"cid": "{CID}", "text": null}}', "not_understood"),
        (f'{{"cid": "{CID}", "text": "\\ud800"}}', "not_understood"),
        (f'{{"cid": "{CID}", "text": " \\n "}}', "empty"),
        (f'{{"cid": "{CID}", "choose": ""}}', "not_understood"),
        (f'{{"cid": "{CID}", "choose": "1\\u0000"}}', "not_understood"),
        (f'{{"cid": "{CID}", "choose": "{"x" * (MAX_CHOICE + 1)}"}}', "not_understood"),
        (f'{{"cid": "{CID}", "edit": "12"}}', "not_understood"),
        (f'{{"cid": "{CID}", "edit": {{"text": "12"}}}}', "not_understood"),
        (f'{{"cid": "{CID}", "start": false}}', "not_understood"),
        (f'{{"cid": "{CID}", "text": "{"x" * (MAX_TEXT + 1)}"}}', "too_long"),
    ],
)
def test_what_no_page_sends_is_refused(body: str, code: str) -> None:
    assert refused(body) == code


def test_the_longest_text_is_taken_whole() -> None:
    text = "Đ" * MAX_TEXT
    assert taken(cid=CID, text=text).event == TextReceived(text, CID)


@given(st.text())
def test_any_body_is_an_event_or_a_refusal(body: str) -> None:
    try:
        parse(LAN, body)
    except BadMessage as bad:
        assert bad.code in {"not_json", "not_understood", "empty", "too_long"}


@given(st.text(min_size=1, max_size=300).filter(lambda text: bool(text.strip())))
def test_any_text_arrives_as_typed(text: str) -> None:
    assert taken(cid=CID, text=text).event == TextReceived(text.replace("\0", ""), CID)


def test_a_line_for_the_page() -> None:
    hanoi = timezone(timedelta(hours=7))
    line = ChatLine(
        id=7,
        channel="telegram",
        said="12 5 0 1",
        said_id="481",
        at=datetime(2025, 11, 21, 16, 20, 1, 500, tzinfo=hanoi),
        text="✓ Đã lưu.",
        choices=({"id": "17.4.9:next", "label": "Tiếp", "key": "1", "secret": "no"},),
        files=({"id": 3, "name": "a.docx", "size": 9},),
    )
    assert render(line) == {
        "id": 7,
        "channel": "telegram",
        "said": "12 5 0 1",
        "said_id": "481",
        "at": "2025-11-21T09:20:01Z",
        "text": "✓ Đã lưu.",
        "choices": [{"id": "17.4.9:next", "label": "Tiếp", "key": "1"}],
        "files": [{"id": 3, "name": "a.docx", "size": 9}],
    }
    assert render(ChatLine(1, "web", "", "", datetime(2025, 1, 1, tzinfo=UTC), "", (), ()))["choices"] == []
