"""Every kind of the one vocabulary is known wherever an answer is read, asked, kept, checked or printed."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import docx
import openpyxl
import pytest

from dialogs.forms.answers import Address, Answer, State, Value
from dialogs.forms.form_file import check_form, read_form
from dialogs.forms.questions import Respondent
from dialogs.kinds import IN_FORMS, KINDS, LISTS, LONG, NUMERIC, PRINTED, READ, AskedAs, Kind, Reads, Together, kind_of
from dialogs.reading import Outcome, Spec, read
from dialogs.values.report_data import UnitReportData
from exports.excel import workbook
from exports.excel.styles import style_numbers
from exports.figures import value_text
from exports.report import Report
from exports.unit.unit_report import unit_report
from exports.word import document
from tests.world.little_world import Chat, LittleReport, chat, commune

TYPED: dict[Kind, tuple[str, Value]] = {
    Kind.INTEGER: ("12", 12),
    Kind.DECIMAL: ("12,5", Decimal("12.5")),
    Kind.MONEY: ("120,5", Decimal("120.5")),
    Kind.PERCENT: ("15,5%", Decimal("15.5")),
    Kind.DATE: ("10/04/2019", date(2019, 4, 10)),
    Kind.CHOICE: ("Tốt", "Tốt"),
    Kind.TEXT: ("Thôn Đông", "Thôn Đông"),
    Kind.NARRATIVE: ("Đã họp dân.", "Đã họp dân."),
    Kind.LIST: ("Hội nghị\nTập huấn", ("Hội nghị", "Tập huấn")),
    Kind.DOCUMENTS: ("Kế hoạch số 05-KH/ĐU", ("Kế hoạch số 05-KH/ĐU",)),
}
"""What an official types for each kind that is read, and what is kept of it."""

FORM = """
key: mot-o
version: 1
title: [BÁO CÁO, một ô]
short_title: Một ô
legal_basis: Kế hoạch số 1-KH/TU
filled_by: [xa]
document: {{type_name: BÁO CÁO, type_symbol: BC, subject: một ô, profile: party_hd36}}
outline: []
tables:
  - key: PL1
    number_line: PHỤ LỤC 1
    title: [Một ô]
    header_rows: 1
    grid_columns: 2
    header: [{{row: 1, col: 1, text: Tên}}, {{row: 1, col: 2, text: Ô}}]
    columns:
      - {{key: ten, label: Tên, kind: label, grid: 1}}
      - {{key: o, label: Ô, kind: {kind}, grid: 2{more}}}
    rows: [{{key: mot, label: Một}}]
"""
MEASURE = "triệu đồng"
EVERY = [pytest.param(kind, id=kind.value) for kind in Kind]
ASKED = [pytest.param(kind, id=kind.value) for kind in KINDS if kind in READ]
CELL = Address("PL1", "mot", "o")


def form_text(kind: Kind) -> str:
    """A form of one table with one cell of ``kind``, written as an author would."""
    more = "" if kind in PRINTED else ", filled_by: [xa]"
    more += f", measure: {MEASURE}" if KINDS[kind].needs_measure else ""
    more += ", choices: [Tốt, Khá]" if KINDS[kind].reads is Reads.CHOICE else ""
    return FORM.format(kind=kind.value, more=more)


def asking(kind: Kind) -> Chat:
    """A chat that stands at the one cell."""
    talk = chat(LittleReport(read_form(form_text(kind)), commune().unit))
    talk.walk("/start", "[Bắt đầu]")
    return talk


def printed(kind: Kind) -> Report:
    return unit_report(
        UnitReportData(
            form=read_form(form_text(kind)),
            respondent=Respondent("xa"),
            campaign="mot-o",
            period="",
            unit_code="X1",
            unit_name="Xã An Bình",
            parent_name="Huyện Thanh Sơn",
            answers={CELL: Answer(CELL, State.VALUE, TYPED[kind][1])},
            document={},
            letterhead={},
            profile="party_hd36",
            sent=False,
            created=datetime(2019, 4, 1, tzinfo=UTC),
            rolled={},
        )
    )


def of_sheet(told: object) -> object:
    """What a sheet gives back as the value it was: numbers without floats, days without a time."""
    if isinstance(told, datetime):
        return told.date()
    return Decimal(str(told)) if isinstance(told, int | float) else told


def test_each_kind_has_one_value_under_its_own_name() -> None:
    """The vocabulary and the registry are of one length; what is typed in these tests is every kind that is read."""
    assert [each.kind for each in KINDS.values()] == list(KINDS)
    assert set(KINDS) == set(Kind)
    assert set(TYPED) == READ
    assert {kind for kind in KINDS if KINDS[kind].holds} == READ


@pytest.mark.parametrize("kind", EVERY)
def test_every_kind_is_read_or_nobody_reads_it(kind: Kind) -> None:
    """A kind that is read gives a value of the types that it holds; any other is the caller's fault."""
    if kind not in READ:
        with pytest.raises(ValueError, match="unknown kind"):
            read("12", Spec(kind))
        return
    reading = read(TYPED[kind][0], Spec(kind, MEASURE if KINDS[kind].needs_measure else "", choices=(("Tốt", "Tốt"),)))
    assert reading.outcome is Outcome.VALUE
    assert isinstance(TYPED[kind][1], KINDS[kind].holds)
    if kind not in LISTS:
        assert reading.value == TYPED[kind][1]


@pytest.mark.parametrize("kind", EVERY)
def test_a_form_file_names_every_kind_but_those_of_prompts(kind: Kind) -> None:
    """A cell of the kind is a form without a fault; ROW and BLANKS are refused, with what may stand there."""
    wrong = [problem for problem in check_form(form_text(kind)) if "không có cột nào để điền" not in problem.wrong]
    if kind in IN_FORMS:
        assert wrong == []
    else:
        assert "'percent'" in wrong[0].write
        assert f"'{kind}'" not in wrong[0].write


@pytest.mark.parametrize("kind", ASKED)
def test_every_kind_is_asked_in_one_dialog_and_kept(kind: Kind) -> None:
    """One dialog takes it; a program is told its name; what is typed is kept as the registry says."""
    talk = asking(kind)
    known = KINDS[kind]
    states = {AskedAs.NARRATIVE: "writing", AskedAs.ENTRIES: "listing", AskedAs.CELLS: "filling"}
    assert known.asks is not None
    assert talk.session.state == states[known.asks]
    assert talk.reply.asks is not None
    assert talk.reply.asks.kind == kind
    assert json.dumps(talk.reply.asks.kind) == f'"{kind.value}"'

    talk.say(TYPED[kind][0])
    if kind in LONG:
        talk.say("Tiếp")

    assert talk.report.answers[CELL].value == TYPED[kind][1]


@pytest.mark.parametrize("kind", ASKED)
def test_every_kind_is_printed_in_word(kind: Kind) -> None:
    """Its value stands in the last row of the appendix, entries under each other."""
    made = docx.Document(io.BytesIO(document.render(printed(kind))))
    told = made.tables[-1].rows[-1].cells[1].text
    for line in value_text(TYPED[kind][1]).split("; "):
        assert line in told


@pytest.mark.parametrize("kind", ASKED)
def test_every_kind_is_a_cell_of_its_look_in_excel(kind: Kind) -> None:
    """A figure is a number, a day a day; the long sheet holds the same."""
    value = TYPED[kind][1]
    book = openpyxl.load_workbook(io.BytesIO(workbook.render(printed(kind))))
    cell = next(row[1] for row in book["Phụ lục 1"].iter_rows() if row[0].value == "Một")
    (line,) = list(book["Dữ liệu"].iter_rows(min_row=2, values_only=True))
    for told in (cell.value, line[5]):
        if isinstance(value, tuple):
            assert all(item in str(told) for item in value)
        else:
            assert of_sheet(told) == value
    assert f"list_open_{KINDS[kind].look}" in style_numbers()
    assert (cell.number_format == "General") is (KINDS[kind].look == "text")


def test_the_sets_are_read_out_of_the_registry() -> None:
    """What is figures, what is long and what is printed only, follows from the values."""
    assert {Kind.INTEGER, Kind.DECIMAL, Kind.MONEY, Kind.PERCENT} == NUMERIC
    assert {Kind.NARRATIVE, Kind.LIST, Kind.DOCUMENTS} == LONG
    assert {Kind.INDEX, Kind.LABEL} == PRINTED
    assert {kind for kind in NUMERIC if KINDS[kind].together is not Together.SUM} == {Kind.PERCENT}


def test_cells_of_one_kind_are_of_that_kind_together() -> None:
    """Of several kinds they are a row."""
    assert kind_of([Kind.MONEY, Kind.MONEY]) is Kind.MONEY
    assert kind_of([Kind.MONEY, Kind.PERCENT]) is Kind.ROW
