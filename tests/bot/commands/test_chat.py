"""The terminal as JSON lines: one object in, exactly one out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from zipfile import ZipFile

from tests.bot.commands.shell import Shell

OneLine = Callable[[CompletedProcess[str]], str]


def test_a_row_is_asked_saved_and_counted(demo: Shell) -> None:
    """asks, saved and progress are those of the contract."""
    first, second = demo.chat("xa1", {"text": "/tiep"}, {"text": "45; 20; 3"})

    assert first["asks"] == {
        "campaign": "kl62-2019",
        "form": "kl62-2019-xa",
        "field": "M0",
        "row": None,
        "columns": ["ke_hoach_so", "ke_hoach_ngay", "ke_hoach_thang"],
        "kind": "blanks",
    }
    assert first["progress"] == {"answered": 0, "total": 32}
    assert second["saved"] == [
        {"field": "M0", "row": "", "column": "ke_hoach_so", "state": "value", "value": "45"},
        {"field": "M0", "row": "", "column": "ke_hoach_ngay", "state": "value", "value": 20},
        {"field": "M0", "row": "", "column": "ke_hoach_thang", "state": "value", "value": 3},
    ]
    assert second["progress"] == {"answered": 1, "total": 32}


def test_a_talk_goes_on_where_it_stopped(demo: Shell) -> None:
    """Another process, the same question."""
    before = demo.chat("xa1", {"text": "/tiep"}, {"text": "45; 20; 3"})[-1]["asks"]

    after = demo.chat("xa1", {"text": "/start"}, {"text": "/tiep"})[-1]["asks"]

    assert after == before


def test_an_edited_line_answers_again_what_it_answered(demo: Shell) -> None:
    """The second line is corrected from the fourth; the place in the report stays."""
    lines = demo.chat(
        "xa1",
        {"text": "/sua PL3.3"},
        {"text": "12 5 0 1"},
        {"text": "/muc"},
        {"edit": 2, "text": "13 6 0 1"},
    )

    assert [(each["column"], each["value"]) for each in lines[3]["saved"]] == [
        ("xa.tong_so", 13),
        ("xa.cb_nu", 6),
        ("xa.cb_dtts", 0),
        ("xa.cb_ton_giao", 1),
    ]
    assert lines[3]["refused"] is None


def test_a_stale_button_answers_nothing(demo: Shell) -> None:
    """A choice of an earlier screen says so and leaves everything as it is."""
    first = demo.chat("xa1", {"text": "/tiep"})[0]
    old = first["messages"][0]["choices"][0]["id"]

    after = demo.chat("xa1", {"text": "45; 20; 3"}, {"choose": old}, {"choose": "nonsense"}, {"choose": old})

    for line in after[1:]:
        assert line["saved"] == []
        assert line["refused"]
        assert line["asks"]["field"] == "I.a"


def test_sending_hands_over_word_and_excel_and_counts_once(demo: Shell) -> None:
    """The receipt and both files come in the same line; a second confirmation sends nothing more."""
    lines = demo.chat("xa6", {"text": "/nop"}, {"text": "gửi"}, {"text": "gửi"}, {"text": "/nop"})

    assert "số biên nhận KL62-" in lines[1]["messages"][0]["text"]
    files = [Path(message["file"]) for message in lines[1]["messages"] if message["file"]]
    assert {path.suffix for path in files} == {".docx", ".xlsx"}
    for path in files:
        assert ZipFile(path).testzip() is None
    assert "Báo cáo đã gửi" in lines[3]["messages"][0]["text"]


def test_somebody_without_a_role_learns_nothing(demo: Shell) -> None:
    """No unit, no campaign, no command gives a name away."""
    lines = demo.chat("la", *({"text": text} for text in ("/start", "/muc", "/nop", "/tailieu", "X1", "An Bình")))

    for line in lines:
        text = line["messages"][0]["text"]
        assert "An Bình" not in text
        assert "Kết luận" not in text
        assert line["messages"][0]["choices"] == []
        assert line["asks"] is None


def test_a_code_joins_once(demo: Shell) -> None:
    """A single-use code shows the unit's full name to confirm; used, wrong and guessed codes say nothing more."""
    code = demo.run("invite", "X6", "official").stdout.strip()

    lines = demo.chat("la", {"text": f"/start {code}"}, {"text": "Đúng"}, {"text": "/start"})
    again = demo.chat("xa1", {"text": f"/start {code}"})[0]

    assert "ĐẢNG ỦY XÃ YÊN SƠN" in lines[0]["messages"][0]["text"]
    assert "không nhập nội dung mật" in lines[0]["messages"][0]["text"]
    assert "Yên Sơn" in lines[2]["messages"][0]["text"]
    assert again["refused"]
    assert "YÊN SƠN" not in again["messages"][0]["text"]


def test_guessing_codes_is_slowed(demo: Shell) -> None:
    """After five wrong codes within an hour even a right one is not looked up."""
    code = demo.run("invite", "X6", "official").stdout.strip()
    wrong = [{"text": f"/start AAAA-BBB{digit}"} for digit in "23456"]

    lines = demo.chat("la", *wrong, {"text": f"/start {code}"})

    assert "nhiều lần" in lines[-1]["messages"][0]["text"]


def test_malformed_lines_get_one_line_each_and_the_next_is_served(demo: Shell) -> None:
    """A program's mistake never ends the conversation."""
    result = demo.run(
        "chat", "--as", "xa1", "--jsonl", given='not json\n[1]\n{"text": 5}\n{"edit": "x"}\n{"text": "/tiep"}\n'
    )

    lines = result.stdout.splitlines()
    assert len(lines) == 5
    assert '"M0"' in lines[-1]


def test_an_unknown_handle_is_one_line(demo: Shell, one_line: OneLine) -> None:
    """Who is there is named for whoever runs the command."""
    assert "xa1" in one_line(demo.run("chat", "--as", "nobody", "--jsonl"))


def test_a_transcript_is_written(demo: Shell) -> None:
    """The plain terminal can write down what was said."""
    result = demo.run("chat", "--as", "xa1", "--transcript", "talk.txt", given="/tiep\n45; 20; 3\n")

    written = (demo.folder / "talk.txt").read_text(encoding="utf-8")
    assert result.returncode == 0
    assert "> 45; 20; 3" in written
    assert "✓" in written
