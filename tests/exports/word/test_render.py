"""The Word file: what is typed comes back, python-docx reads what the report says, states and blanks on paper."""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import replace
from decimal import Decimal
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.forms.answers import Address, Answer, State, Value
from dialogs.forms.form import Column, HeaderCell, Row, Table
from dialogs.kinds import Kind
from exports.profiles import profile
from exports.report import Heading, Paragraph, Report
from exports.unit.unit_report import unit_report
from exports.word.document import render
from exports.word.skeleton import skeleton
from tests.exports.word.samples import FORMS, PROFILES, source

_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u200b-\u200f\u2060\ufeff\u00ad]")


def opened(report: Report) -> Any:
    return docx.Document(io.BytesIO(render(report)))


def kept(text: str) -> str:
    """Return ``text`` as storage keeps it: NFC, one kind of line end, no control and zero-width characters."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _FORBIDDEN.sub("", plain))


def stored(key: str, value: Value) -> dict[Address, Answer]:
    address = Address(*key.split("/"))
    return {address: Answer(address, State.VALUE, value)}


def between(paragraphs: list[str], start: str, end: str) -> list[str]:
    """Return the paragraphs after the one that starts with ``start``, up to the one that starts with ``end``."""
    first = next(place for place, text in enumerate(paragraphs) if text.startswith(start))
    last = next(place for place, text in enumerate(paragraphs) if place > first and text.startswith(end))
    return paragraphs[first + 1 : last]


lines = st.text(st.characters(exclude_categories=["Cs"]), max_size=300).map(kept)


@given(text=lines.filter(bool))
@settings(deadline=None, max_examples=60)
def test_a_narrative_comes_back_as_it_was_stored(text: str) -> None:
    """Any Unicode text, printed and read back by python-docx, equals what was stored."""
    report = unit_report(source("kl62-2019-xa", "party_hd05", answers=stored("II.3", text)))

    found = between([p.text for p in opened(report).paragraphs], "3. Đa dạng hoá", "4. Kiện toàn")

    assert "\n".join(found) == text


@given(text=lines.filter(lambda text: bool(text.strip()) and not text[0].isspace()))
@settings(deadline=None, max_examples=40)
def test_cells_and_items_come_back_as_they_were_stored(text: str) -> None:
    """A note in a table, an item of a list, a document in a cell: the text stands there whole."""
    answers = stored("PL6/mttq.xa/ghi_chu", text) | stored("III.1", (text,)) | stored("PL1/mttq/ke_hoach", (text,))
    file = opened(unit_report(source("kl62-2019-xa", "nd30", answers=answers)))

    items = "\n".join(between([p.text for p in file.paragraphs], "1. Hạn chế", "2. Nguyên nhân"))
    cells = {cell.text for table in file.tables for row in table.rows for cell in row.cells}

    assert items in (text, f"- {text}")
    assert text in cells
    assert f"1 văn bản:\n{text}" in cells or f"1 văn bản:\n- {text}" in cells


@pytest.mark.parametrize(
    "text",
    ["{ten_xa} {{x}}", "]]> & < > \" ' &amp;", "a  b   c", "😀 tiếng Việt 🇻🇳", "\tthụt", "x" * 20_000, "=1+1", "None"],
)
def test_awkward_text_is_printed_as_it_is(text: str) -> None:
    """Braces, markup, spaces, emoji, very long paragraphs."""
    report = unit_report(source("kl62-2019-xa", "party_hd36", answers=stored("II.3", text)))

    assert text in [p.text for p in opened(report).paragraphs]


def test_characters_that_xml_forbids_do_no_harm() -> None:
    """Storage keeps none; should one slip through, it is dropped and the file still opens."""
    report = unit_report(source("kl62-2019-xa", "party_hd36", answers=stored("II.3", "a\x00b\ud800c\ufffed\x0be")))

    assert "abcde" in [p.text for p in opened(report).paragraphs]


@pytest.mark.parametrize("name", PROFILES)
@pytest.mark.parametrize("form", FORMS)
def test_python_docx_reads_what_the_report_says(form: str, name: str) -> None:
    """The streamed body, read the slow public way: the same headings, the same text, the same cells."""
    report = unit_report(source(form, name))

    file = opened(report)

    body = [(p.style.name, p.text) for p in file.paragraphs if re.match("Body|Heading", p.style.name)]
    assert body == list(_printed(report))
    for appendix, table in zip(report.appendices, file.tables[3::2], strict=True):
        data = table.rows[len(table.rows) - len(appendix.table.rows) :]
        assert [row.cells[0].text for row in data if row.cells[0].text] == [
            r.ordinal for r in appendix.table.rows for _ in range(r.merged or 0)
        ]


def _printed(report: Report) -> Any:
    for block in report.blocks:
        if isinstance(block, Paragraph):
            yield "Body Text", block.text
            continue
        name = f"Heading {block.level}"
        if block.label:
            yield name, block.label
        text = block.text.upper() if block.style == "part" else block.text
        yield name, f"{text} {block.tail}".strip()


def test_the_same_report_gives_the_same_bytes() -> None:
    """No clock and no chance in the file; another report gives other bytes."""
    first, again = (render(unit_report(source("kl62-2019", "party_hd36"))) for _ in range(2))
    skeleton.cache_clear()
    rebuilt = render(unit_report(source("kl62-2019", "party_hd36")))

    assert first == again == rebuilt
    assert render(unit_report(source("kl62-2019", "party_hd36", sent=False))) != first


def _cell_texts(report: Report, table: int) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in opened(report).tables[table].rows]


def test_cells_in_each_state() -> None:
    """The value, 0, -, nothing; four figures stand with their labels in one cell."""
    answers = {
        Address("PL3", "mttq", "xa.tong_so"): Answer(Address("PL3", "mttq", "xa.tong_so"), State.VALUE, 1234),
        Address("PL3", "mttq", "xa.cb_nu"): Answer(Address("PL3", "mttq", "xa.cb_nu"), State.ZERO, 0),
        Address("PL3", "mttq", "xa.cb_dtts"): Answer(Address("PL3", "mttq", "xa.cb_dtts"), State.NONE),
    }
    given = replace(source("kl62-2019-xa", "party_hd36"), answers=answers)

    rows = _cell_texts(unit_report(given), 7)

    assert rows[2][:2] == ["1", "Ủy ban Mặt trận Tổ quốc"]
    assert rows[2][2] == "- Tổng số:\n- CB nữ:\n- CB dân tộc thiểu số:\n- CB tôn giáo:"
    assert rows[2][5] == "- Tổng số: 1.234\n- CB nữ: 0\n- CB dân tộc thiểu số: -\n- CB tôn giáo:"


def test_cells_with_lists_and_pairs() -> None:
    """PL2: the form's own lines with the names under them; two counts in one cell."""
    answers = (
        stored("PL2/hnd/cvd_2009_2014", ("Phong trào A", "Phong trào B"))
        | stored("PL2/hnd/tap_the", 4)
        | stored("PL2/hnd/ca_nhan", 15)
    )
    given = replace(source("kl62-2019", "party_hd36"), answers=answers, rolled={})

    row = _cell_texts(unit_report(given), 5)[4]

    assert (
        row[2]
        == "Tên các cuộc vận động:\n- Giai đoạn 2009 – 2014:\n+ Phong trào A\n+ Phong trào B\n- Giai đoạn 2014 – 2019:"
    )
    assert row[3:] == ["", "4 tập thể; 15 cá nhân"]


def test_blanks_are_left_for_the_pen() -> None:
    """Nothing known of number, place, day and signer: blanks of the agreed shape, and the mark of a draft."""
    blank = dict.fromkeys(("so", "ngay", "dia_danh", "ho_ten", "chuc_vu"), "")
    file = opened(unit_report(source("kl62-2019-xa", "party_hd05", document=blank, sent=False)))

    head = [p.text for row in file.tables[0].rows for cell in row.cells for p in cell.paragraphs]
    foot = [p.text for cell in file.tables[1].rows[0].cells for p in cell.paragraphs]

    assert "Số      -BC/ĐU" in head
    assert "………, ngày      tháng      năm 2019" in head
    assert "Dự thảo" in head
    assert foot[-1] == "……………………"


@pytest.mark.parametrize(
    ("name", "recipients", "printed"),
    [
        ("party_hd36", ("Như trên", "Lưu Văn phòng"), ["- Như trên,", "- Lưu Văn phòng."]),
        ("party_hd05", ("Lưu VP", "Như trên"), ["- Như trên;", "- Lưu VP."]),
        ("party_hd05", ("Như trên",), ["- Như trên;", "- Lưu."]),
        ("nd30", (), ["- ……………………;", "- Lưu: VT."]),
    ],
)
def test_recipients_end_as_the_profile_has_it(name: str, recipients: tuple[str, ...], printed: list[str]) -> None:
    """Commas under HD 36, semicolons under HD 05 and NĐ 30; where it is kept stands last, with a full stop."""
    file = opened(unit_report(source("kl62-2019-xa", name, document={"noi_nhan": recipients})))

    assert [p.text for p in file.tables[1].rows[0].cells[0].paragraphs][1:] == printed


def test_a_long_date_line_does_not_break() -> None:
    """The right column of the head grows for "Thành phố Hồ Chí Minh, ngày ..." and the letters keep their size."""
    usual = opened(unit_report(source("kl62-2019-xa", "party_hd05"))).tables[0]
    long = opened(
        unit_report(source("kl62-2019-xa", "party_hd05", document={"dia_danh": "Thành phố Hồ Chí Minh"}))
    ).tables[0]

    assert usual.columns[1].width.mm == pytest.approx(90, abs=0.5)
    assert long.columns[1].width.mm > 100
    assert sum(column.width.mm for column in long.columns) == pytest.approx(165, abs=0.5)


def test_names_of_several_lines_stand_line_by_line() -> None:
    """An issuing body may take several lines (HD 05-HD/VPTW, A.2)."""
    report = unit_report(source("kl62-2019-xa", "party_hd05", document={"co_quan": "ĐẢNG ỦY\nCÁC CƠ QUAN"}))

    texts = [p.text for p in opened(report).tables[0].rows[0].cells[0].paragraphs]

    assert texts == ["ĐẢNG BỘ HUYỆN THANH SƠN", "ĐẢNG ỦY", "CÁC CƠ QUAN", "*"]


def test_a_report_without_blocks_and_appendices_opens() -> None:
    """Even an empty report is a whole document."""
    report = replace(unit_report(source("kl62-2019-xa", "front")), blocks=(), appendices=())

    assert len(opened(report).sections) == 1


def test_deep_outlines_stay_within_the_heading_styles() -> None:
    """Six levels down, the deepest Heading style serves."""
    report = replace(unit_report(source("kl62-2019", "party_hd36")), blocks=(Heading("- Sâu", 9, style="subheading"),))

    assert "Heading 5" in [p.style.name for p in opened(report).paragraphs]


def test_rows_that_may_exceed_a_page_are_allowed_to_break() -> None:
    """Sixty documents in one cell break over pages; short rows stay whole."""
    answers = stored(
        "PL1/mttq/ke_hoach", tuple(f"Kế hoạch số {n}-KH/ĐU về công tác vận động quần chúng" for n in range(60))
    )
    file = opened(unit_report(source("kl62-2019-xa", "party_hd36", answers=answers)))

    whole = [row._tr.find(".//{*}cantSplit") is not None for row in file.tables[3].rows]

    assert whole == [True, True, True, False, True, True, True, True, True]


def _local_sheet() -> Table:
    """Return an upright table without a number: printed labels and units, one kind of figure for each row."""
    columns = (
        Column("tt", "TT", Kind.INDEX, 1),
        Column("noi_dung", "Nội dung", Kind.LABEL, 2),
        Column("dvt", "Đơn vị tính", Kind.LABEL, 3),
        Column("so_luong", "Số lượng", Kind.INTEGER, 4, filled_by=frozenset({"xa"})),
        Column("ghi_chu", "Ghi chú", Kind.TEXT, 5, filled_by=frozenset({"xa"})),
    )
    header = tuple(HeaderCell(1, column.grid, 1, 1, column.label) for column in columns)
    rows = (
        Row("hoc_bong", "Học bổng", "1", measures=(("so_luong", "suất"),)),
        Row("lam_duong", "Làm đường", "2", measures=(("so_luong", "km"),)),
    )
    return Table(
        "TONG_HOP", "", ("TỔNG HỢP", "SỐ LIỆU ĐÓNG GÓP"), landscape=False, header_rows=1, grid_columns=5, header=header,
        columns=columns, rows=rows, open_rows=True,
    )  # fmt: skip


def test_an_upright_table_without_a_number() -> None:
    """It begins with its title, stands upright in its own section, goes by its title in the text, takes local rows."""
    given = source("kl62-2019-xa", "party_hd36")
    answers = stored("TONG_HOP/lam_duong/so_luong", Decimal("1200.5")) | stored("TONG_HOP/them.1/noi_dung", "Xây chợ")
    answers |= stored("TONG_HOP/them.1/so_luong", 2)
    given = replace(given, form=replace(given.form, tables=(_local_sheet(),)), answers=answers)

    report = unit_report(given)
    file = opened(report)

    assert [s.orientation for s in file.sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.PORTRAIT]
    assert "Kèm theo báo cáo này: Biểu “TỔNG HỢP SỐ LIỆU ĐÓNG GÓP”." in [p.text for p in file.paragraphs]
    assert _cell_texts(report, -1) == [
        ["TT", "Nội dung", "Đơn vị tính", "Số lượng", "Ghi chú"],
        ["1", "Học bổng", "suất", "", ""],
        ["2", "Làm đường", "km", "1.200,5", ""],
        ["3", "Xây chợ", "", "2", ""],
    ]


def test_every_profile_can_be_rendered_as_data_says() -> None:
    """The body's size comes from the profile's data, not from code."""
    for name in PROFILES:
        file = opened(unit_report(source("kl62-2019-xa", name)))
        assert file.styles["Body Text"].font.size.pt == profile(name).sizes.body


def test_a_sheet_says_which_report_it_belongs_to() -> None:
    """It has no letterhead of its own; the unit of its money stands in the head of the table."""
    report = unit_report(source("kl102-2019", "nd30"))
    file = opened(report)
    texts = [p.text for p in file.paragraphs]

    assert "(Kèm theo Báo cáo số 05/BC-UBND, ngày 05 tháng 4 năm 2019 của ỦY BAN NHÂN DÂN HUYỆN THANH SƠN)" in texts
    assert len(file.tables) == 3
    assert _cell_texts(report, -1)[0][4] == "Kinh phí (triệu đồng)"


def test_a_sheet_of_a_draft_leaves_dots() -> None:
    blank = {"so": "", "ngay": "", "dia_danh": ""}
    texts = [p.text for p in opened(unit_report(source("kl102-2019", "party_hd36", document=blank))).paragraphs]

    assert "(Kèm theo Báo cáo số ……-BC/HU, ngày …… tháng …… năm 2019 của HUYỆN ỦY THANH SƠN)" in texts
