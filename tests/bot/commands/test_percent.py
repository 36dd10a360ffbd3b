"""A form that asks percentages, from its file to the paper: a kind that came by its value in the registry."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from tests.bot.commands.shell import Shell

FORM = """
key: ty-le
version: 1
title: [BÁO CÁO, tỷ lệ hộ nghèo]
short_title: Tỷ lệ hộ nghèo
legal_basis: Kế hoạch số 1-KH/TU
filled_by: [xa, huyen]
document: {type_name: BÁO CÁO, type_symbol: BC, subject: tỷ lệ hộ nghèo, profile: party_hd36}
outline:
  - key: I
    heading: I. KẾT QUẢ
    children:
      - key: I.1
        heading: "1. Kết quả chung:"
        question: Giảm bao nhiêu hộ, đạt bao nhiêu phần trăm?
        filled_by: [xa, huyen]
        template: "Giảm {so_ho} hộ nghèo, đạt {dat}% kế hoạch."
        blanks:
          - {key: so_ho, label: Số hộ giảm, kind: integer, measure: hộ, filled_by: [xa, huyen], rollup: sum}
          - {key: dat, label: Tỷ lệ đạt, kind: percent, maximum: 1000, filled_by: [xa, huyen]}
tables:
  - key: PL1
    number_line: PHỤ LỤC 1
    title: [Hộ nghèo]
    header_rows: 1
    grid_columns: 4
    header:
      - {row: 1, col: 1, text: Nhóm}
      - {row: 1, col: 2, text: Số hộ}
      - {row: 1, col: 3, text: Tỷ lệ nghèo}
      - {row: 1, col: 4, text: Tỷ lệ giảm (%)}
    columns:
      - {key: nhom, label: Nhóm, kind: label, grid: 1}
      - {key: so_ho, label: Số hộ, kind: integer, grid: 2, measure: hộ, filled_by: [xa, huyen], rollup: sum}
      - {key: ngheo, label: Tỷ lệ nghèo, kind: percent, grid: 3, filled_by: [xa, huyen], rollup: none}
      - {key: giam, label: Tỷ lệ giảm (%), kind: percent, measure: "%", decimals: 2, grid: 4, filled_by: [xa, huyen]}
    rows:
      - {key: chung, label: Toàn xã}
      - {key: dtts, label: Dân tộc thiểu số, kinds: {so_ho: percent}}
"""
ANSWERS = """unit,field,row,column,value
X2,I.1,,so_ho,9
X2,I.1,,dat,"104,5 %"
X2,PL1,chung,so_ho,50
X2,PL1,chung,ngheo,mười hai phẩy năm phần trăm
X2,PL1,chung,giam,0
X2,PL1,dtts,so_ho,8.5%
H1,PL1,chung,ngheo,"13,75"
"""


@pytest.fixture
def office(demo: Shell) -> Shell:
    """The demo, where a campaign of the form is open."""
    (demo.folder / "form.yaml").write_text(FORM, encoding="utf-8")
    (demo.folder / "answers.csv").write_text(ANSWERS, encoding="utf-8")
    for words in (
        ("form", "check", "form.yaml"),
        ("form", "publish", "form.yaml"),
        (
            "campaign",
            "open",
            "ty-le",
            "--unit",
            "T",
            "--reference-date",
            "2019-04-01",
            "--due",
            "xa=2029-04-05",
            "--due",
            "huyen=2029-04-10",
        ),
    ):
        result = demo.run(*words)
        assert result.returncode == 0, result.stderr
    return demo


def talked(office: Shell, *lines: str) -> list[dict[str, Any]]:
    """What the official of X1 is told when she opens the report and says ``lines``."""
    start = office.chat("xa1", {"text": "/start"})[-1]["messages"][-1]["choices"]
    opened = next(each["id"] for each in start if "Tỷ lệ hộ nghèo" in each["label"])
    return office.chat("xa1", {"choose": opened}, *({"text": line} for line in lines))


def words(reply: dict[str, Any]) -> str:
    return "\n".join(message["text"] for message in reply["messages"])


def saved(reply: dict[str, Any]) -> dict[str, object]:
    return {each["column"]: each["value"] for each in reply["saved"]}


def compiled(office: Shell, *which: str) -> tuple[list[list[str]], list[str], openpyxl.Workbook]:
    """Return the rows of the last appendix of a Word file, its paragraphs, and the workbook."""
    result = office.run("compile", "ty-le", *which, "--out", "made")
    assert result.returncode == 0, result.stderr
    word, excel = (office.folder / line for line in result.stdout.splitlines()[:2])
    made = docx.Document(str(word))
    table = next(each for each in made.tables if each.rows[0].cells[0].text == "Nhóm")
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    return rows, [paragraph.text for paragraph in made.paragraphs], openpyxl.load_workbook(excel)


def sheet_row(book: openpyxl.Workbook, tab: str, first: str) -> list[tuple[object, str]]:
    found = next(row for row in book[tab].iter_rows() if row[0].value == first)
    return [(cell.value, cell.number_format) for cell in found[1:4]]


def test_the_dialog_asks_a_percentage_with_its_unit_and_an_example(office: Shell) -> None:
    """The unit is said once, beside the name or in it; a cell of another kind beside it makes a row."""
    blanks, row = talked(office, "120; 12,5%")

    assert "Số hộ giảm (hộ) · Tỷ lệ đạt (%)" in words(blanks)
    assert "12; 15,5%" in words(blanks)
    assert (blanks["asks"]["kind"], row["asks"]["kind"]) == ("blanks", "row")
    assert "Số hộ (hộ) · Tỷ lệ nghèo (%) · Tỷ lệ giảm (%)\n" in words(row)
    assert saved(row) == {"so_ho": 120, "dat": "12.5"}
    assert "Tỷ lệ đạt 12,5" in words(row)


def test_a_percentage_is_read_however_it_is_written(office: Shell) -> None:
    """Spaces alone part figures with their sign; words are read back; above a hundred is asked back, not refused."""
    first = talked(office, "0; 0", "300 12.5% 4,25")[-1]
    assert saved(first) == {"so_ho": 300, "ngheo": "12.5", "giam": "4.25"}
    assert first["asks"]["kind"] == "percent"
    assert first["asks"]["columns"] == ["so_ho", "ngheo", "giam"]

    said = office.chat(
        "xa1", {"text": "7; mười hai phẩy năm phần trăm; 1,234"}, {"text": "7; 120; 3"}, {"text": "a"}, {"text": "/xem"}
    )

    assert "4,25" not in words(said[0])
    assert "lớn khác thường" in words(said[1])
    assert saved(said[2]) == {"so_ho": "7", "ngheo": "120", "giam": "3"}


def test_what_is_no_percentage_is_refused_with_what_is(office: Shell) -> None:
    """Another unit, more decimals than the form keeps, more than its maximum."""
    _, people, many = talked(office, "120; 12 người", "120; 1001")
    assert "tỷ lệ phần trăm (%), ví dụ: 15,5" in people["refused"]
    assert "đến 1.000" in many["refused"]
    fine = talked(office, "1; 2", "1; 2; 1,2345")[-1]
    assert "2 chữ số thập phân (%)" in fine["refused"]


def test_a_file_is_read_as_the_dialog_reads(office: Shell) -> None:
    """The same readings, and what would be asked back is told by its line."""
    told = office.run("answers", "import", "ty-le", "answers.csv").stdout.splitlines()
    assert "X2 I.1 dat: chưa trả lời -> 104,5" in told
    assert "X2 PL1 chung ngheo: chưa trả lời -> 12,5" in told
    assert "X2 PL1 dtts so_ho: chưa trả lời -> 8,5" in told

    (office.folder / "doubt.csv").write_text("unit,field,row,column,value\nX2,PL1,dtts,ngheo,120\n", encoding="utf-8")
    refused = office.run("answers", "import", "ty-le", "doubt.csv")
    assert refused.returncode == 1
    assert "Dòng 2, X2 PL1 dtts ngheo" in refused.stderr
    assert "lớn khác thường" in refused.stderr

    lines = office.run("read", "percent", given="12,5%\n12,5\n12.5 %\nmười hai phẩy năm phần trăm\n").stdout
    assert {json.loads(line)["value"] for line in lines.splitlines()} == {"12.5"}


def test_a_units_paper_has_the_figure_under_its_sign(office: Shell) -> None:
    """Word and Excel state the unit over the column, once; a cell of the sheet is the number itself."""
    office.run("answers", "import", "ty-le", "answers.csv", "--sent")

    rows, paragraphs, book = compiled(office, "--unit", "X2")

    assert rows == [
        ["Nhóm", "Số hộ", "Tỷ lệ nghèo (%)", "Tỷ lệ giảm (%)"],
        ["Toàn xã", "50", "12,5", "0"],
        ["Dân tộc thiểu số", "8,5", "", ""],
    ]
    assert "Giảm 9 hộ nghèo, đạt 104,5% kế hoạch." in paragraphs
    assert [head for head, _ in sheet_row(book, "Phụ lục 1", "Nhóm")] == ["Số hộ", "Tỷ lệ nghèo (%)", "Tỷ lệ giảm (%)"]
    assert sheet_row(book, "Phụ lục 1", "Toàn xã") == [(50, "#,##0"), (12.5, "#,##0.0##"), (0, "#,##0")]
    data = {row[2:5]: row[5:7] for row in book["Dữ liệu"].iter_rows(min_row=2, values_only=True)}
    assert data["I.1", None, "dat"] == (104.5, "value")
    assert data["PL1", "chung", "ngheo"] == (12.5, "value")
    assert data["PL1", "chung", "giam"] == (0, "zero")


def test_percentages_of_many_units_are_never_added(office: Shell) -> None:
    """The compiled cell is the compiling unit's own; the units' figures stand in their rows, and no total in any."""
    talked(office, "120; 80", "300; 15; 4", "10; 20; 30")
    office.run("answers", "import", "ty-le", "answers.csv", "--sent")
    (office.folder / "sent.csv").write_text("unit,field,row,column,value\nX1,PL1,chung,so_ho,300\n", encoding="utf-8")
    office.run("answers", "import", "ty-le", "sent.csv", "--sent")

    rows, paragraphs, book = compiled(office, "--unit", "H1", "--compiled")

    assert rows[1:] == [["Toàn xã", "350", "13,75", ""], ["Dân tộc thiểu số", "", "", ""]]
    assert "Số hộ giảm: 129 hộ." in paragraphs
    sums = list(book["Nguồn số liệu"].iter_rows(min_row=2, values_only=True))
    assert {row[2] for row in sums if row[0] == "Phụ lục 1"} == {"Số hộ"}
    behind = [[cell.value for cell in row] for row in book["Phụ lục 1 - đơn vị"].iter_rows(min_row=4)]
    assert ["Đảng ủy xã An Bình", "X1", "Dân tộc thiểu số", "dtts", 10, 20, 30] in behind
    assert ["Đảng ủy xã Hòa Thuận", "X2", "Dân tộc thiểu số", "dtts", 8.5, None, None] in behind


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("rollup: none}", "rollup: sum}", "tables[0].columns[2].rollup"),
        ('measure: "%"', "measure: người", "tables[0].columns[3].measure"),
    ],
)
def test_a_form_that_adds_percentages_or_measures_them_otherwise_is_refused(
    empty: Shell, old: str, new: str, told: str
) -> None:
    """The check names the column and what to write; "phần trăm" is the same unit."""
    path = Path(empty.folder / "form.yaml")
    path.write_text(FORM.replace(old, new), encoding="utf-8")
    wrong = empty.run("form", "check", "form.yaml")
    assert (wrong.returncode, told in wrong.stderr) == (1, True)
    path.write_text(FORM.replace('measure: "%"', "measure: phần trăm"), encoding="utf-8")
    assert empty.run("form", "check", "form.yaml").returncode == 0
