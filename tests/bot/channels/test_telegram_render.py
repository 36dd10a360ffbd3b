"""Our reply in, the calls to the Bot API out."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import InlineKeyboardMarkup

from bot.channels.channel import Attachment, Request, SendError, SendFailure
from bot.channels.splitting import split, units
from bot.channels.telegram.adapter import CAPABILITIES, render
from tests.loopback.checks import checked_keyboard, checked_text


@dataclass(frozen=True)
class Row:
    """An outbox row."""

    payload: dict[str, Any] = field(default_factory=dict)
    id: int = 1
    channel: str = "telegram"
    external: str = "7001"
    kind: str = "reply"


def rendered(text: str, choices: list[list[str]] | None = None, **more: Any) -> tuple[Request, ...]:
    content = more.pop("content", None)
    return render(Row({"text": text, "choices": choices or [], **more}), content, CAPABILITIES)


def keyboard(request: Request) -> list[list[str]]:
    rows = json.loads(request.fields["reply_markup"])["inline_keyboard"]
    return [[button["text"] for button in row] for row in rows]


def test_a_text_is_one_message() -> None:
    """Nothing is added to a plain reply and no parse_mode is set."""
    assert rendered("<b>II.3</b> *Đa dạng hoá*_") == (
        Request("sendMessage", {"chat_id": "7001", "text": "<b>II.3</b> *Đa dạng hoá*_"}),
    )


def test_choices_are_buttons_that_carry_their_ids() -> None:
    """A button shows what may be typed instead, and carries the id of the choice."""
    (request,) = rendered("Câu?", [["17.4.9:next", "Tiếp", "1"], ["17.4.9:skip", "Bỏ qua", "2"]])

    markup = json.loads(request.fields["reply_markup"])
    assert markup == {
        "inline_keyboard": [
            [
                {"text": "1 Tiếp", "callback_data": "17.4.9:next"},
                {"text": "2 Bỏ qua", "callback_data": "17.4.9:skip"},
            ]
        ]
    }
    assert InlineKeyboardMarkup.de_json(markup, None).to_dict() == markup


@pytest.mark.parametrize(
    ("labels", "rows"),
    [
        (["Tiếp", "Bỏ qua", "Trước"], [3]),
        (["Tiếp", "Bỏ qua", "Trước", "Danh mục", "Xem"], [3, 2]),
        (["Chưa có số liệu", "Không có (0)"], [2]),
        (["Không có tổ chức này ở xã", "Tiếp"], [1, 1]),
        (["Tiếp"], [1]),
    ],
)
def test_short_labels_share_a_row(labels: list[str], rows: list[int]) -> None:
    """One to three buttons stand side by side, so that a phone shows every label whole."""
    (request,) = rendered("Câu?", [[f"1:{n}", label, str(n)] for n, label in enumerate(labels, 1)])

    assert [len(row) for row in keyboard(request)] == rows


def test_a_choice_too_long_for_a_phone_is_written_out_as_well() -> None:
    """A phone would end the label in dots; the message has it in full."""
    label = "1,234 (một phẩy hai trăm ba mươi tư phần nghìn)"
    (request,) = rendered("Ý đồng chí là:", [["1:a", label, "a"], ["1:b", "Gõ lại", "b"]])

    assert f"a. {label}\nb. Gõ lại" in request.fields["text"]
    assert keyboard(request) == [[f"a {label}"], ["b Gõ lại"]]


def test_a_choice_that_no_button_can_carry_is_typed() -> None:
    """An id over 64 bytes gets no button, but its choice is not lost."""
    (request,) = rendered("Câu?", [["x" * 65, "Dài", "1"], ["1:b", "Ngắn", "2"]])

    assert keyboard(request) == [["2 Ngắn"]]
    assert "1. Dài" in request.fields["text"]


def test_choices_over_the_limit_of_buttons_are_typed() -> None:
    """Telegram takes 100 buttons; the 101st choice stands in the text."""
    (request,) = rendered("Câu?", [[f"1:{n}", "Mục", str(n)] for n in range(1, 131)])

    assert sum(len(row) for row in keyboard(request)) == 100
    assert "130. Mục" in request.fields["text"]


def test_a_long_text_is_several_messages_with_the_buttons_under_the_last() -> None:
    """Nothing is cut off: the pieces are the text."""
    text = "\n\n".join(f"Đoạn {n}. " + "Đã tập hợp nhân dân ở cơ sở. " * 30 for n in range(12))
    requests = rendered(text, [["1:next", "Tiếp", "1"]])

    assert len(requests) > 1
    assert "".join(request.fields["text"] for request in requests) == text
    assert [("reply_markup" in request.fields) for request in requests] == [False] * (len(requests) - 1) + [True]
    assert all(request.fields["text"].startswith("Đoạn") for request in requests)


def test_a_file_carries_its_text_and_buttons() -> None:
    """A short text is the caption of the file."""
    (request,) = rendered("Báo cáo", [["1:a", "Xem", "1"]], file={"id": 4, "name": "Báo cáo.docx"}, content=b"PK")

    assert request.method == "sendDocument"
    assert request.file == Attachment("document", "Báo cáo.docx", b"PK")
    assert request.fields["caption"] == "Báo cáo"
    assert keyboard(request) == [["1 Xem"]]


def test_a_file_with_a_long_text_comes_after_it() -> None:
    """A caption holds 1,024 characters; more is a message of its own."""
    requests = rendered("Dài " * 400, file={"id": 4, "name": "a.docx"}, content=b"PK")

    assert [request.method for request in requests] == ["sendMessage", "sendDocument"]
    assert "caption" not in requests[-1].fields


@pytest.mark.parametrize(
    ("content", "failure"), [(None, SendFailure.NO_FILE), (b"0" * (CAPABILITIES.max_file + 1), SendFailure.TOO_LARGE)]
)
def test_a_file_that_cannot_go_is_given_up(content: bytes | None, failure: SendFailure) -> None:
    """A file that is gone or too large fails for good, not for ever."""
    with pytest.raises(SendError) as raised:
        rendered("x", file={"id": 4, "name": "a.docx"}, content=content)

    assert raised.value.failure is failure
    assert raised.value.failure.permanent


@given(st.text(max_size=400), st.integers(20, 60))
@settings(max_examples=300)
def test_pieces_are_the_text(text: str, limit: int) -> None:
    """Any text, cut anywhere, is whole again when its pieces are put together, and no piece is too long."""
    pieces = split(text, limit)

    assert "".join(pieces) == text
    assert all(units(piece) <= limit for piece in pieces)


def test_units_are_those_of_utf_16() -> None:
    """An emoji counts twice, as chat servers count."""
    assert [units(text) for text in ("abc", "Đảng ủy", "👍a")] == [3, 7, 3]


@pytest.mark.parametrize("character", ["e\u0302\u0301", "👩\u200d👩\u200d👧\u200d👦", "👍🏽"])
def test_no_cut_parts_a_character(character: str) -> None:
    """A letter keeps its marks, a family its members, a thumb its colour."""
    pieces = split(character * 30, 25)

    assert all(piece == character * (len(piece) // len(character)) for piece in pieces)


_LABEL = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=50)
_CHOICE = st.tuples(st.text("0123456789.:abc", min_size=1, max_size=70), _LABEL, st.sampled_from(["1", "22", "c"]))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=6000), st.lists(_CHOICE, max_size=120))
@settings(max_examples=150)
def test_telegram_takes_whatever_is_rendered(text: str, choices: list[tuple[str, str, str]]) -> None:
    """No text and no choice makes a call that the Bot API refuses."""
    for request in rendered(text, [list(choice) for choice in choices]):
        assert checked_text(request.fields["text"], 4096)
        checked_keyboard(request.fields.get("reply_markup", ""))
