"""Files at the terminal: {"file": "path"} attaches to the question that is asked, and files come back as files."""

from __future__ import annotations

from pathlib import Path

from tests import evidence_files as made
from tests.bot.commands.shell import Shell


def put(folder: Path, name: str, content: bytes) -> dict[str, str]:
    path = folder / name
    path.write_bytes(content)
    return {"file": str(path)}


def test_a_file_is_attached_listed_and_handed_back(demo: Shell, tmp_path: Path) -> None:
    document = made.word()
    lines = demo.chat(
        "xa1",
        {"text": "/sua II.1"},
        put(tmp_path, "Quyết định 12.docx", document),
        {"text": "Xem tệp đính kèm"},
        {"text": "Nhận tệp 1"},
    )

    assert "✓ Đã gắn “Quyết định 12.docx” vào mục II.1" in lines[1]["messages"][0]["text"]
    assert lines[1]["refused"] is None
    assert "1. Quyết định 12.docx" in lines[2]["messages"][0]["text"]
    (handed,) = [Path(each["file"]) for each in lines[3]["messages"] if each["file"]]
    assert handed.name == "Quyết định 12.docx"
    assert handed.read_bytes() == document


def test_files_that_are_not_taken_are_refused_in_one_line_each(demo: Shell, tmp_path: Path) -> None:
    """A program, 60 MB that are never read, one that is not there: the question stays."""
    large = tmp_path / "phim.pdf"
    with large.open("wb") as stream:
        stream.truncate(60 * 1024 * 1024)
    lines = demo.chat(
        "xa1",
        {"text": "/sua II.1"},
        put(tmp_path, "bao-cao.pdf", made.program()),
        {"file": str(large)},
        {"file": str(tmp_path / "khong-co.pdf")},
        {"file": str(tmp_path)},
        {"text": "/dinhkem"},
    )

    reasons = [str(line["refused"]) for line in lines[1:5]]
    assert "chương trình" in reasons[0]
    assert "lớn 60 MB, quá mức 20 MB" in reasons[1]
    assert "Không còn lấy được tệp “khong-co.pdf”" in reasons[2]
    assert "Không còn lấy được tệp" in reasons[3]
    assert [line["asks"]["field"] for line in lines[1:5]] == ["II.1"] * 4
    assert "chưa có tệp đính kèm" in lines[5]["messages"][0]["text"]
