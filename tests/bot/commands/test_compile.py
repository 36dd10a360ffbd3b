"""Compiled reports from the command line and in the terminal: real files of a real database, on both kinds of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import load_workbook

from bot.config.doors import DOORS, facts_of
from bot.documents import compiled_files
from bot.documents.made_files import put
from dialogs.forms.answers import Address
from dialogs.forms.form_file import shipped_text
from storage.campaigns.turn_cache import TurnCache
from storage.compiled import compiled_data
from storage.compiled.compiled_scope import scope_of
from storage.schema.database import Database, open_database
from tests.bot.commands.shell import Shell
from tests.databases import copied_postgres, copied_sqlite
from tests.office.compiled_office import BELOW, CAMPAIGN, LEAF, OWN_TEXT, TEXT, TOTAL, WOMEN, Office, fill, found_office
from tests.office.province import NOW, ZONE

OneLine = Callable[[CompletedProcess[str]], str]


@dataclass(frozen=True)
class Desk:
    """A shell before the database of an office."""

    shell: Shell
    office: Office
    url: str

    def run(self, *words: str) -> CompletedProcess[str]:
        return self.shell.run(*words, BAOCAO_DATABASE_URL=self.url)

    def compile(self, unit: str) -> list[Path]:
        result = self.run("compile", CAMPAIGN, "--unit", unit, "--compiled", "--out", "made")
        assert result.returncode == 0, result.stderr
        return [self.shell.folder / line for line in result.stdout.splitlines()]

    def chat(self, handle: str, *texts: str) -> list[dict[str, Any]]:
        given = "".join(json.dumps({"text": text}) + "\n" for text in texts)
        result = self.shell.run("chat", "--as", handle, "--jsonl", given=given, BAOCAO_DATABASE_URL=self.url)
        assert result.returncode == 0, result.stderr
        return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture(params=["sqlite", "postgres"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        with copied_sqlite(template, tmp_path / "office.db") as database:
            yield _desk(tmp_path, database, f"sqlite:///{tmp_path / 'office.db'}")
        return
    with copied_postgres(request.getfixturevalue("postgres_server"), "template") as url:
        database = open_database(url, facts_of(DOORS))
        yield _desk(tmp_path, database, url)
        database.close()


def _desk(folder: Path, database: Database, url: str) -> Desk:
    return Desk(Shell(folder), found_office(database), url)


def paragraphs(path: Path) -> list[str]:
    return [each.text for each in Document(str(path)).paragraphs]


def lists_in_word(path: Path) -> dict[str, list[str]]:
    """The names under each heading of the last table, by the heading's first letter."""
    found: dict[str, list[str]] = {}
    for row in Document(str(path)).tables[-1].rows[1:]:
        head, name = row.cells[0].text, row.cells[1].text
        if head.split(".")[0] in ("I", "II", "III"):
            names = found.setdefault(head.split(".")[0], [])
        else:
            names.append(name)
    return found


def lists_in_excel(path: Path) -> list[list[str]]:
    """The unit names of the three lists at the end of "Tiến độ"."""
    found: list[list[str]] = []
    rows = list(load_workbook(path, data_only=True)["Tiến độ"].iter_rows(values_only=True))
    heads = [at for at, row in enumerate(rows) if str(row[0]).startswith("Đơn vị ")]
    for head in heads:
        names = []
        for row in rows[head + 1 :]:
            if row[0] is None or row[1] is None:
                break
            names.append(str(row[1]).strip())
        found.append(names)
    return found


# --- files --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "stem"),
    [
        ("T", "KL62-2019_T_Tinh_uy_Hong_Lam_tong-hop_du-thao"),
        ("C1", "KL62-2019_C1_Cum_thi_dua_so_1_tong-hop_du-thao"),
        ("H1", "KL62-2019_H1_Huyen_uy_Thanh_Son_tong-hop"),
        ("TC1", "KL62-2019_TC1_Dang_doan_Hoi_Nong_dan_tinh_tong-hop_du-thao"),
        ("X1", "KL62-2019_X1_Dang_uy_xa_An_Binh_tong-hop"),
    ],
)
def test_every_level_is_compiled(desk: Desk, unit: str, stem: str) -> None:
    """Province, a cluster that has no report, district, organisation, and a commune, which is just itself."""
    fill(desk.office)

    word, excel = desk.compile(unit)

    assert (word.name, excel.name) == (f"{stem}.docx", f"{stem}.xlsx")
    assert all(ZipFile(path).testzip() is None for path in (word, excel))
    assert sorted(path.name for path in (desk.shell.folder / "made").iterdir()) == sorted((word.name, excel.name))
    assert any(TEXT in text for text in paragraphs(word)) == (unit != "TC1")


def test_the_lists_of_units_are_the_same_everywhere(desk: Desk) -> None:
    """Who sent nothing, who was late, who was returned: Word, Excel and progress tell one story."""
    fill(desk.office)
    word, excel = desk.compile("T")
    told = json.loads(desk.run("progress", CAMPAIGN, "--unit", "T", "--json").stdout)["units"]

    missing = [each["name"] for each in told if each["status"] in ("not_opened", "in_progress")]
    late = [each["name"] for each in told if each["late"]]
    returned = [each["name"] for each in told if each["status"] == "returned"]
    assert set(missing) == {
        "Tỉnh ủy Hồng Lam",
        "Huyện ủy Nam Khê",
        "Đảng ủy xã Tân Lập",
    }
    assert "Đảng ủy xã Hòa Thuận" in late
    assert returned == ["Đảng đoàn Hội Nông dân tỉnh"]
    assert lists_in_word(word) == {"I": missing, "II": late, "III": returned}
    assert lists_in_excel(excel) == [missing, late, returned]


def test_a_campaign_without_any_report_works_and_says_so(desk: Desk) -> None:
    """Nobody has sent: both files are whole and name the fact."""
    result = desk.run("compile", CAMPAIGN, "--unit", "T", "--compiled", "--out", "made")

    word, excel = (desk.shell.folder / line for line in result.stdout.splitlines())
    assert "chưa có đơn vị nào" in result.stderr
    assert any("Chưa có đơn vị nào" in text for text in paragraphs(word))
    assert "Tiến độ" in load_workbook(excel).sheetnames


def test_wrong_names_are_one_line_and_leave_nothing(desk: Desk, one_line: OneLine) -> None:
    """An unknown campaign, an unknown unit, a unit outside the campaign's tree."""
    made = ("--compiled", "--out", "made")

    assert "kl99" in one_line(desk.run("compile", "kl99", "--unit", "T", *made))
    assert "Z9" in one_line(desk.run("compile", CAMPAIGN, "--unit", "Z9", *made))
    assert "N1" in one_line(desk.run("compile", CAMPAIGN, "--unit", "N1", *made))
    assert list(desk.shell.folder.glob("made/*")) == []


def test_a_folder_that_cannot_be_written_is_one_line(desk: Desk, one_line: OneLine) -> None:
    """A file where the folder should be."""
    (desk.shell.folder / "made").write_text("not a folder", encoding="utf-8")

    assert "made" in one_line(desk.run("compile", CAMPAIGN, "--unit", "T", "--compiled", "--out", "made"))


def test_a_broken_run_leaves_no_half_file(tmp_path: Path) -> None:
    """The finished file of before stays until the new one is whole."""
    path = tmp_path / "report.docx"
    path.write_bytes(b"whole")

    def breaks(stream: Any) -> None:
        stream.write(b"half")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        put(path, breaks)
    assert [each.name for each in tmp_path.iterdir()] == ["report.docx"]
    assert path.read_bytes() == b"whole"


def test_the_coordinators_own_text_is_kept_when_compiling_again(desk: Desk) -> None:
    """Her text stands apart, before what was collated, word for word; what changes below changes only below."""
    fill(desk.office)
    first = paragraphs(desk.compile("H1")[0])
    desk.office.save("X3", WOMEN, 3)
    desk.office.save("X3", BELOW, "Xã Tân Lập đã học tập.")
    desk.office.send("X3")
    second = paragraphs(desk.compile("H1")[0])

    for texts in (first, second):
        assert texts.count(OWN_TEXT) == 1
        own = texts.index(OWN_TEXT)
        assert texts[own + 1] == "Tổng hợp từ báo cáo của các đơn vị:"
        assert texts[own + 2] == f"Đảng ủy xã An Bình: {TEXT}"
    assert not any("Tân Lập: Xã Tân Lập" in text for text in first)
    assert "Đảng ủy xã Tân Lập: Xã Tân Lập đã học tập." in second
    with desk.office.database.read() as connection:
        report = desk.office.province.reports["H1"]
        kept = TurnCache().report(connection, report, 0).given[LEAF]
    assert kept.value == OWN_TEXT


def test_totals_count_only_what_was_sent(desk: Desk) -> None:
    """12 + 20 of two communes; the thousand that was not sent is in no sum."""
    fill(desk.office)

    excel = desk.compile("C1")[1]

    book = load_workbook(excel, data_only=True)
    figures = [cell for row in book["Phụ lục 3"].iter_rows(values_only=True) for cell in row]
    assert 32 in figures
    assert 1032 not in figures
    told = [row for row in book["Dữ liệu"].iter_rows(values_only=True) if row[2:5] == tuple(TOTAL)]
    assert [(row[0], row[5]) for row in told] == [("X1", 12), ("X2", 20)]


def test_findings_are_listed_by_unit(desk: Desk) -> None:
    """More women than cadres in X2, cells of X1 that do not add up: the coordinator reads it beside the unit's name."""
    for blank, figure in (("so_chi_bo", 9), ("chi_bo_nong_thon", 5), ("chi_bo_truong_hoc", 1), ("chi_bo_khac", 1)):
        desk.office.save("X1", Address("I.a", "", blank), figure)
    fill(desk.office)

    excel = desk.compile("T")[1]

    lines = list(load_workbook(excel, data_only=True)["Cảnh báo"].iter_rows(values_only=True))
    assert any(line[0] == "Đảng ủy xã Hòa Thuận" and "25" in str(line) for line in lines)
    assert any(line[:2] == ("Đảng ủy xã An Bình", "Mục I.a, Số chi bộ nông thôn") for line in lines), lines


# --- a form that is changed in mid-campaign (C23) ------------------------------------------------------------------


def test_both_versions_of_a_form_compile_together(desk: Desk) -> None:
    """A question and a column gave way to others: who sent before stays as sent, texts and sums hold both."""
    fill(desk.office)
    for key in ("kl62-2019", "kl62-2019-xa"):
        text = shipped_text(key).replace("version: 1", "version: 2", 1).replace(LEAF.field, "P1.I.2.z")
        (desk.shell.folder / "second.yaml").write_text(text.replace(WOMEN.column, "xa.nu"), encoding="utf-8")
        assert desk.run("form", "publish", "second.yaml").returncode == 0
    assert desk.run("campaign", "update", CAMPAIGN).returncode == 0
    desk.office.save("X3", WOMEN, 3)
    desk.office.save("X3", BELOW, "Xã Tân Lập đã học tập.")
    desk.office.save("X3", Address("PL3", "mttq", "xa.nu"), 400)
    desk.office.send("X3")

    word, excel = desk.compile("T")

    texts = paragraphs(word)
    before, after = (texts.index(f"{name}: {text}") for name, text in _WRITTEN)
    assert any(OWN_TEXT in text for text in texts[:before])
    assert before < after
    book = load_workbook(excel, data_only=True)
    figures = [cell for row in book["Phụ lục 3"].iter_rows(values_only=True) for cell in row]
    assert (1032 in figures, 400 in figures) == (True, True)
    lines = list(book["Dữ liệu"].iter_rows(values_only=True))
    women = [(row[0], *row[4:6]) for row in lines if row[4] in (WOMEN.column, "xa.nu")]
    assert women == [("X1", WOMEN.column, 5), ("X2", WOMEN.column, 25), ("X3", "xa.nu", 400), ("X3", WOMEN.column, 3)]
    told = [row for row in book["Cảnh báo"].iter_rows(values_only=True) if "phiên bản khác" in str(row[2])]
    assert [(row[0], "Số liệu 5 nộp" in row[2]) for row in told] == [
        ("Đảng ủy xã An Bình", True),
        ("Đảng ủy xã Hòa Thuận", False),
    ]
    assert told[0][1] == "Phụ lục 3, Ủy ban Mặt trận Tổ quốc, Số lượng cán bộ / Cấp xã / CB nữ"


_WRITTEN = (("Đảng ủy xã An Bình", TEXT), ("Đảng ủy xã Tân Lập", "Xã Tân Lập đã học tập."))


# --- above a province ---------------------------------------------------------------------------------------------


def test_too_many_units_for_one_word_are_divided(desk: Desk, tmp_path: Path) -> None:
    """One Word for each child that has units below it and one for the rest; every text stands once; one Excel."""
    fill(desk.office)
    with desk.office.database.read() as connection:
        made = compiled_files.write(connection, CAMPAIGN, "T", NOW, ZONE, tmp_path, most=2)

    names = [path.name for path in made.paths]
    assert names == [
        "KL62-2019_T_Tinh_uy_Hong_Lam_tong-hop_du-thao_phan-chung.docx",
        "KL62-2019_C1_Cum_thi_dua_so_1_tong-hop_du-thao.docx",
        "KL62-2019_T_Tinh_uy_Hong_Lam_tong-hop_du-thao.xlsx",
    ]
    assert (made.words, made.counted) == (2, 3)
    common, below = paragraphs(made.paths[0]), paragraphs(made.paths[1])
    assert not any(TEXT in text for text in common)
    assert sum(TEXT in text for text in below) == 1
    assert lists_in_word(made.paths[0])["III"] == ["Đảng đoàn Hội Nông dân tỉnh"]
    assert not any("không báo cáo nội dung này" in text for text in common)


# --- in the terminal ----------------------------------------------------------------------------------------------


def test_a_coordinator_gets_both_files_in_the_same_line(desk: Desk) -> None:
    """JSON lines wait for the job; the open question stays open."""
    fill(desk.office)

    start, asked = desk.chat("c1", "/start", "/tonghop")

    assert [each["label"] for each in start["messages"][0]["choices"]] == ["Tiến độ", "Tổng hợp cấp dưới"]
    assert "Cụm thi đua số 1 từ 3/5 đơn vị" in asked["messages"][0]["text"]
    files = [Path(each["file"]) for each in asked["messages"][1:]]
    assert [path.suffix for path in files] == [".docx", ".xlsx"]
    assert any(TEXT in text for text in paragraphs(files[0]))


def test_nobody_else_gets_anything(desk: Desk) -> None:
    """A coordinator of a commune has nobody below, an official no right, a stranger learns not even that."""
    fill(desk.office)

    for handle in ("x1", "x2", "h2", "tc1"):
        (answer,) = desk.chat(handle, f"/tonghop {CAMPAIGN}")
        assert len(answer["messages"]) == 1
        assert answer["refused"].startswith("Hiện không có đợt báo cáo nào")
    (answer,) = desk.chat("la", f"/tonghop {CAMPAIGN}")
    assert len(answer["messages"]) == 1
    assert "kl62" not in answer["messages"][0]["text"].casefold()
    assert "chưa được gắn với đơn vị nào" in answer["messages"][0]["text"]


def test_what_the_chat_promises_is_what_the_paper_says(desk: Desk) -> None:
    """The reply and the first paragraph of the Word count the same reports."""
    fill(desk.office)

    (answer,) = desk.chat("t", "/tonghop")

    word = Path(answer["messages"][1]["file"])
    with desk.office.database.read() as connection:
        asked, unit = compiled_files.find(connection, CAMPAIGN, "T")
        data = compiled_data.read(scope_of(connection, TurnCache(), asked, unit), NOW.astimezone(ZONE))
        counted = sum(each.counted for each in data.standings)
    assert f"{counted}/7 đơn vị" in answer["messages"][0]["text"]
    assert any(f"từ {counted}/7 đơn vị" in text for text in paragraphs(word))
