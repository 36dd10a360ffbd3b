"""Compiled reports as Word files: every assertion of the checker, hostile texts, long texts, one pass, streamed."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import docx
import pytest

from dialogs.forms.answers import State
from dialogs.values.report_data import CompiledReportData, Contribution
from dialogs.values.status import Status
from exports.compiled.compiled_report import compiled_report
from exports.report import Block, Report
from exports.word.document import render, write
from tests.exports.docx.checker import check
from tests.exports.docx.docx_file import Docx
from tests.exports.word.compiled_samples import Member, answered, compiled, province, told
from tests.exports.word.expectations import compiled_expected
from tests.exports.word.samples import PROFILES, form, narrative

FORMS = ("kl62-2019", "kl102-2019", "nq25-2023", "tb160-2020")


def findings(source: CompiledReportData, *typed: str) -> list[str]:
    return [str(found) for found in check(render(compiled_report(source)), compiled_expected(source, typed))]


def paragraphs(source: CompiledReportData) -> list[str]:
    return [p.text for p in docx.Document(io.BytesIO(render(compiled_report(source)))).paragraphs]


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("key", FORMS)
def test_a_compiled_report_meets_every_assertion(key: str, profile: str) -> None:
    """Three levels, every status, each form in each of the four profiles."""
    assert findings(compiled(key, profile)) == []


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("key", FORMS)
def test_an_empty_campaign_is_still_a_correct_report(key: str, profile: str) -> None:
    """Nobody has opened the report: every leaf, every appendix, the list of all units; a draft."""
    members = [replace(each, status=Status.NOT_OPENED, answers={}) for each in province(form(key))]

    source = compiled(key, profile, members, sent=False)

    assert findings(source) == []
    assert any(text.startswith("Chưa có đơn vị nào gửi báo cáo (0/") for text in paragraphs(source))


def test_a_unit_without_a_report_of_its_own_compiles_too() -> None:
    """A cluster, or a district that is not asked: nothing of its own, everybody else's."""
    top = form("kl62-2019")
    members = [answered(top, Member("X1", "Xã An Bình", "xa", 1)), answered(top, Member("X2", "Xã Bình Minh", "xa", 1))]

    assert findings(compiled("kl62-2019", "party_hd05", members)) == []


def test_the_period_stands_under_the_subject() -> None:
    """A periodic report says of which period it is."""
    assert findings(compiled("tb160-2020", "party_hd36", period="Quý II năm 2020")) == []
    assert findings(compiled("tb160-2020", "nd30", period="Quý II năm 2020")) == []


HOSTILE = (
    "=1+1",
    "{ten_xa} {{x}} None nan TODO",
    "]]> & < > \" ' &amp;",
    "a  b   c",
    "I. Không phải đề mục",
    "____________",
    "x" * 20_000,
    "😀 tiếng Việt 🇻🇳",
)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
def test_awkward_text_comes_back_as_it_was_stored(text: str) -> None:
    """In a narrative behind the unit's name, in a list with its number, in a cell: the same characters."""
    top = form("kl62-2019")
    answers = told("P1.II.1", text) | told("P2.III.5", (text,)) | told("PL1/mttq/ke_hoach", (text,))
    members = [Member("T", "Tỉnh Hòa An", "tinh", 0), answered(top, Member("H1", "Huyện Yên", "huyen", 1), answers)]
    source = compiled("kl62-2019", "party_hd36", members)
    lines = f"Huyện Yên: {text}", f"1. {text} (Huyện Yên)"

    assert findings(source, *lines, text, f"- {text}") == []
    assert set(lines) <= set(paragraphs(source))
    assert any(f"1 văn bản:\n- {text}" == cell.text for cell in _cells(source))


def _cells(source: CompiledReportData) -> Iterator[Any]:
    for table in docx.Document(io.BytesIO(render(compiled_report(source)))).tables:
        for row in table.rows:
            yield from row.cells


def test_characters_that_xml_forbids_are_dropped() -> None:
    """Storage keeps none; should one slip through, the file still opens."""
    answers = told("P1.II.1", "a\x00b\ud800c\ufffed\x0be")
    members = [answered(form("kl62-2019"), Member("H1", "Huyện\x01 Yên", "huyen", 1), answers)]

    assert "Huyện Yên: abcde" in paragraphs(compiled("kl62-2019", "front", members))


def test_a_text_of_three_pages_is_whole() -> None:
    """Every line of it, the name once, before the first."""
    text = "\n".join(narrative(start, 3000) for start in range(4))
    members = [answered(form("kl62-2019"), Member("H1", "Huyện Yên", "huyen", 1), told("P1.II.1", text))]
    source = compiled("kl62-2019", "party_hd36", members)

    lines = [f"Huyện Yên: {text}".split("\n")[0], *text.split("\n")[1:]]
    found = paragraphs(source)
    start = found.index(lines[0])

    assert found[start : start + len(lines)] == lines
    assert findings(source) == []


def test_the_name_is_bold_and_the_text_is_not() -> None:
    members = [answered(form("kl62-2019"), Member("H1", "Huyện Yên", "huyen", 1), told("P1.II.1", "Đã làm."))]
    file = docx.Document(io.BytesIO(render(compiled_report(compiled("kl62-2019", "party_hd36", members)))))

    (line,) = (p for p in file.paragraphs if p.text == "Huyện Yên: Đã làm.")

    assert [(run.text, run.bold) for run in line.runs] == [("Huyện Yên: ", True), ("Đã làm.", None)]


def test_totals_and_lists_in_the_appendices() -> None:
    """The sum with what it rests on, documents once with their names, "-" only where everybody says none."""
    document = "Kế hoạch số 12-KH/HU, ngày 05/4/2010 của Ban Thường vụ Huyện ủy"
    one = told("PL1/mttq/so_cuoc_kt_gs", 3) | told("PL1/mttq/ke_hoach", (document,))
    two = told("PL1/mttq/so_cuoc_kt_gs", 4) | told("PL1/mttq/ke_hoach", (f"{document} về thực hiện", "Khác"))
    none = told("PL1/pn/so_cuoc_kt_gs", None, State.NONE) | told("PL1/ccb/so_cuoc_kt_gs", None, State.NONE)
    members = [
        Member("T", "Tỉnh Hòa An", "tinh", 0, answers=one | told("PL1/ccb/so_cuoc_kt_gs", None, State.NONE)),
        Member("H1", "Huyện Yên", "huyen", 1, answers=two | none),
    ]
    report = compiled_report(compiled("kl62-2019", "party_hd36", members))

    cells = report.appendices[0].cells

    assert (
        cells["mttq", "so_cuoc_kt_gs"].value,
        cells["mttq", "so_cuoc_kt_gs"].counted,
        cells["mttq", "so_cuoc_kt_gs"].expected,
    ) == (7, 2, 2)
    assert cells["mttq", "ke_hoach"].value == (f"{document} (Tỉnh Hòa An, Huyện Yên)", "Khác (Huyện Yên)")
    assert ("pn", "so_cuoc_kt_gs") not in cells
    assert cells["ccb", "so_cuoc_kt_gs"].state is State.NONE
    assert [unit.unit for unit in report.appendices[0].units] == [0, 1]
    assert [unit.unit for unit in report.appendices[0].units] == [0, 1]
    text = "\n".join(p.text for p in Docx(render(report)).paragraphs())
    assert "Số liệu tổng hợp: tổng của từ 0/2 đến 2/2 đơn vị tùy ô; số của từng ô" in text


def test_the_lists_of_units_close_the_report() -> None:
    """Three lists, each counted, in administrative order, with status, deadline, time and how far."""
    source = compiled("kl62-2019", "party_hd36")
    table = docx.Document(io.BytesIO(render(compiled_report(source)))).tables[-1]

    rows = [[cell.text for cell in row.cells] for row in table.rows]

    assert [row[0] for row in rows if row[0].startswith("I")] == [
        "I. Đơn vị chưa gửi báo cáo: 3 đơn vị",
        "II. Đơn vị gửi muộn hoặc đã quá hạn: 3 đơn vị",
        "III. Đơn vị bị trả lại báo cáo: 1 đơn vị",
    ]
    assert [row[1] for row in rows if row[0].isdigit()] == [
        *("Tỉnh Hòa An", "Xã Cẩm Lý", "Xã Đông Phú"),
        *("Xã Bình Minh", "Xã Cẩm Lý", "Huyện Yên Lạc"),
        "Huyện Yên Lạc",
    ]
    assert rows[-1][2:5] == ["Bị trả lại, muộn", "20/11/2026", "15:00 19/11/2026"]


def test_a_report_is_read_once_and_written_as_it_is_rendered() -> None:
    """Blocks are a stream: one pass is enough, and a file gets the same bytes."""
    source = compiled("kl62-2019", "party_hd36")
    stream = io.BytesIO()

    write(_read_once(compiled_report(source)), stream)

    assert stream.getvalue() == render(compiled_report(source))


def _read_once(report: Report) -> Report:
    def once() -> Iterator[Block]:
        yield from report.blocks

    return replace(report, blocks=once())


class _Nowhere(io.RawIOBase):
    """A file that keeps nothing but its size, and cannot be read or gone back in."""

    size = 0

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        self.size += len(content)
        return len(content)


@pytest.mark.parametrize("units", [40, 800])
def test_the_text_never_stands_in_memory(units: int) -> None:
    """Twenty times the units, some hundred kilobytes all the same: texts go to the file as they are read."""
    source = compiled("kl62-2019", "party_hd36", [Member(f"H{n}", "Huyện Yên", "huyen", 1) for n in range(units)])
    leaf = form("kl62-2019").field("P1.II.1")
    text = narrative(3, 3000)

    def contributions(key: str) -> Iterator[Contribution]:
        for place in range(units):
            yield Contribution(place, leaf, State.VALUE, f"{text} {key}")

    render(compiled_report(source))
    written = _Nowhere()
    report = compiled_report(replace(source, contributions=contributions))
    tracemalloc.start()
    try:
        write(report, written)  # type: ignore[arg-type]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert written.size > 20_000
    assert peak < 1_500_000
