"""What a unit's report says: every leaf, every state, the sentences with blanks, the appendices, the head."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dialogs.forms.answers import Address, Answer, State, Value
from dialogs.forms.form import Field
from dialogs.forms.questions import Respondent
from dialogs.kinds import Kind
from dialogs.values.report_data import Rolled, UnitReportData
from exports.report import Heading, Paragraph, Report
from exports.unit.answer_text import EMPTY_TEXT, NONE_TEXT, ZERO_TEXT, answer_paragraphs, filled
from exports.unit.unit_report import unit_report
from tests.exports.word.samples import COMMUNE, CREATED, FORMS, form, source


def empty(key: str = "kl62-2019-xa", **changes: object) -> UnitReportData:
    """Return a report of which nothing was answered yet."""
    bare = UnitReportData(
        form=form(key),
        respondent=Respondent("xa"),
        campaign=key,
        period="",
        unit_code="X1",
        unit_name="Xã An Bình",
        parent_name="Huyện Thanh Sơn",
        document={},
        letterhead={},
        profile="party_hd36",
        sent=False,
        created=CREATED,
        answers={},
        rolled={},
    )
    return replace(bare, **changes)  # type: ignore[arg-type]


def told(key: str, value: Value, state: State = State.VALUE) -> dict[Address, Answer]:
    address = Address(*key.split("/"))
    return {address: Answer(address, state, value)}


def document(values: Mapping[str, Value]) -> dict[str, Answer]:
    return {key: Answer(Address("VAN_BAN", "", key), State.VALUE, value) for key, value in values.items()}


def under(report: Report, heading: str) -> list[str]:
    """Return the paragraphs that stand under a heading, up to the next one."""
    blocks = list(report.blocks)
    start = next(i for i, b in enumerate(blocks) if isinstance(b, Heading) and b.text.startswith(heading))
    found: list[str] = []
    for block in blocks[start + 1 :]:
        if isinstance(block, Heading):
            break
        found.append(block.text)
    return found


def texts(report: Report) -> list[str]:
    return [block.text for block in report.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize("key", FORMS)
def test_no_leaf_is_dropped(key: str) -> None:
    """A report without a single answer prints every leaf, with the phrase of what was not answered."""
    report = unit_report(empty(key, respondent=Respondent("xa" if key.endswith("xa") else "huyen")))

    printed = [b.key for b in report.blocks if isinstance(b, Paragraph) and b.key]

    assert printed == [field.key for field in form(key).fields()]
    whole = [f.key for f in form(key).fields() if not f.blanks]
    assert [b.key for b in report.blocks if isinstance(b, Paragraph) and b.text == EMPTY_TEXT] == whole


def test_headings_are_those_of_the_outline() -> None:
    """The district's outline: parts with their own line, sections with their marks, leaves by their depth."""
    report = unit_report(source("kl62-2019", "party_hd36"))

    found = [(b.level, b.style, b.label, b.text[:24]) for b in report.blocks if isinstance(b, Heading)]

    assert found[:4] == [
        (1, "part", "Phần thứ nhất", "Kết quả triển khai, thực"),
        (2, "heading", "", "I. CÔNG TÁC LÃNH ĐẠO, CH"),
        (3, "subheading", "", "1. Đặc điểm tình hình:"),
        (4, "subheading", "", "- Khái quát bối cảnh hoạ"),
    ]
    assert (2, "heading", "", "I. DỰ BÁO TÌNH HÌNH") in found


def test_wording_on_its_sections_line_stays_there() -> None:
    """The source prints the first leaf after the colon of its section; so does the report."""
    report = unit_report(source("kl62-2019", "party_hd36"))

    heading = next(b for b in report.blocks if isinstance(b, Heading) and b.key == "P1.I.1")

    assert heading.tail == "khái quát tình hình chung về địa phương."


@pytest.mark.parametrize(
    ("answer", "printed"),
    [
        (None, [EMPTY_TEXT]),
        ((State.EMPTY, None), [EMPTY_TEXT]),
        ((State.ZERO, None), [ZERO_TEXT]),
        ((State.NONE, None), [NONE_TEXT]),
        ((State.VALUE, "Dòng  một\n\tDòng hai"), ["Dòng  một", "\tDòng hai"]),
    ],
)
def test_a_narrative_in_each_state(answer: tuple[State, Value] | None, printed: list[str]) -> None:
    """Text is printed as stored, a paragraph for each line."""
    field = form("kl62-2019-xa").field("II.1")
    stored = Answer(Address("II.1"), *answer) if answer else None

    assert [paragraph.text for paragraph in answer_paragraphs(field, stored)] == printed


@pytest.mark.parametrize(
    ("heading", "printed"),
    [
        ("IV. PHƯƠNG HƯỚNG", ["1. Một", "2. Hai", "- đã có dấu", "a) đã có chữ"]),
        ("1. Hạn chế:", ["- Một", "- Hai", "- đã có dấu", "a) đã có chữ"]),
        ("- Đề xuất với Tỉnh ủy", ["+ Một", "+ Hai", "- đã có dấu", "a) đã có chữ"]),
    ],
)
def test_items_take_the_mark_below_their_heading(heading: str, printed: list[str]) -> None:
    """Numbers under "IV.", dashes under "1.", pluses under "-"; an item that brings its own mark keeps it."""
    field = Field("L", heading, "", Kind.LIST)
    answer = Answer(Address("L"), State.VALUE, ("Một", "Hai", "- đã có dấu", "a) đã có chữ"))

    assert [paragraph.text for paragraph in answer_paragraphs(field, answer)] == printed


def test_a_sentence_is_filled_in() -> None:
    """Values in their places; what is missing prints as dots, "chưa có số liệu" says so, zero is 0."""
    field = form("kl62-2019-xa").field("I.a")
    answers = (
        told("I.a//ten_xa", "An Bình")
        | told("I.a//dien_tich_ha", Decimal("1234.50"))
        | told("I.a//dan_so", 6540)
        | told("I.a//so_chi_bo", None, State.NONE)
        | told("I.a//chi_bo_khac", 0, State.ZERO)
    )

    assert filled(field, answers) == (
        "An Bình là xã nằm ở phía …… của huyện, có tổng diện tích tự nhiên 1.234,5 ha, dân số 6.540 người. Đảng bộ xã "
        "có …… đảng viên, đang sinh hoạt ở (chưa có số liệu) chi bộ, trong đó có …… chi bộ nông thôn, …… chi bộ trường "
        "học, 0 chi bộ khác."
    )


def test_braces_in_an_answer_are_not_blanks() -> None:
    """What a person types is never taken for the form's own marks."""
    field = form("kl62-2019-xa").field("I.a")

    assert filled(field, told("I.a//ten_xa", "{dan_so}")).startswith("{dan_so} là xã")


def test_the_text_names_its_appendices() -> None:
    """At the end of the leaf, after the sentence that belongs to it; the missing one is owned up to at the end."""
    commune = unit_report(source("kl62-2019-xa", "party_hd36"))
    district = unit_report(source("kl62-2019", "party_hd36"))

    assert under(commune, "4. Kiện toàn")[-2].startswith("Việc chi trả chế độ, chính sách theo Nghị quyết")
    assert (
        under(commune, "4. Kiện toàn")[-1]
        == "Số liệu cụ thể tại Phụ lục 3, Phụ lục 4 và Phụ lục 6 kèm theo báo cáo này."
    )
    assert texts(commune)[-1] == form("kl62-2019-xa").closing
    assert texts(district)[-1] == (
        "Kèm theo báo cáo này: Phụ lục 1, Phụ lục 2, Phụ lục 3, Phụ lục 4 và Phụ lục 6; "
        "Phụ lục 5 không có biểu mẫu trong văn bản gốc."
    )


def test_state_documents_number_appendices_in_roman() -> None:
    """NĐ 30: Phụ lục III."""
    report = unit_report(source("kl62-2019-xa", "nd30"))

    assert under(report, "2. Việc nâng cao")[-1] == "Số liệu cụ thể tại Phụ lục II kèm theo báo cáo này."


def test_appendices_behind_a_switch_are_left_out() -> None:
    """PL1 and PL2 of communes are off unless the campaign has them on; nothing mentions them then."""
    report = unit_report(empty())

    assert [appendix.table.key for appendix in report.appendices] == ["PL3", "PL4", "PL6"]
    assert not any("Phụ lục 1" in text or "Phụ lục 2" in text for text in texts(report))


def test_an_answer_goes_before_the_sum_of_those_below() -> None:
    """A roll-up fills what its owner left untouched; over nothing it stays empty; zero is zero."""
    rolled = {
        Address("PL3", "mttq", "xa.tong_so"): Rolled(30, 12, 14),
        Address("PL3", "mttq", "xa.cb_nu"): Rolled(0, 12, 14),
        Address("PL3", "mttq", "xa.cb_dtts"): Rolled(None, 0, 14),
        Address("PL3", "hnd", "xa.tong_so"): Rolled(7, 1, 14),
    }
    given = empty("kl62-2019", respondent=Respondent("huyen"), rolled=rolled, answers=told("PL3/hnd/xa.tong_so", 9))

    cells = next(item for item in unit_report(given).appendices if item.table.key == "PL3").cells

    summed, zero, typed = cells["mttq", "xa.tong_so"], cells["mttq", "xa.cb_nu"], cells["hnd", "xa.tong_so"]
    assert (summed.value, summed.rolled, summed.counted, summed.expected) == (30, True, 12, 14)
    assert zero.state is State.ZERO
    assert ("mttq", "xa.cb_dtts") not in cells
    assert (typed.value, typed.rolled) == (9, False)


def test_rows_added_locally_follow_in_order() -> None:
    """``them.2`` stands before ``them.10``, with the label typed for it."""
    table = replace(form("kl62-2019-xa").table("PL3"), open_rows=True)
    model = replace(form("kl62-2019-xa"), tables=(table,))
    answers = (
        told("PL3/them.10/don_vi", "Hội B") | told("PL3/them.2/don_vi", "Hội A") | told("PL3/them.2/xa.tong_so", 4)
    )

    report = unit_report(empty(form=model, answers=answers))

    assert report.appendices[0].extra_rows == (("them.2", "Hội A"), ("them.10", "Hội B"))


def test_entries_follow_the_form() -> None:
    """The long data sheet: one line per stored answer in printed order, without the letterhead's data."""
    answers = told("PL3/mttq/xa.tong_so", 3) | told("IV", ("x",)) | told("M0//ke_hoach_so", "45")
    answers |= told("VAN_BAN//so", "5") | told("II.1", None, State.EMPTY)

    entries = unit_report(empty(answers=answers)).entries

    assert [(e.unit, e.field, e.row, e.column) for e in entries] == [
        ("X1", "M0", "", "ke_hoach_so"),
        ("X1", "IV", "", ""),
        ("X1", "PL3", "mttq", "xa.tong_so"),
    ]


def test_the_head_comes_from_answers_then_defaults_then_names() -> None:
    """What the unit said, else its office's usual data, else its own name as the profile writes it."""
    plain = unit_report(empty()).letterhead
    usual = unit_report(empty(letterhead={"co_quan": "ĐẢNG ỦY XÃ BÌNH AN", "dia_danh": "Bình An"})).letterhead
    said = unit_report(empty(letterhead={"dia_danh": "Bình An"}, document=document({"dia_danh": "An Bình"}))).letterhead

    assert (plain.parent_body, plain.issuing_body) == ("ĐẢNG BỘ HUYỆN THANH SƠN", "ĐẢNG ỦY XÃ AN BÌNH")
    assert (plain.number, plain.symbol, plain.place, plain.issued, plain.year) == ("", "BC/ĐU", "", None, 2019)
    assert (usual.issuing_body, usual.place) == ("ĐẢNG ỦY XÃ BÌNH AN", "Bình An")
    assert said.place == "An Bình"


@pytest.mark.parametrize(
    ("profile", "typed", "symbol"),
    [
        ("party_hd36", "", "BC/ĐU"),
        ("party_hd36", "BC/BTVĐU", "BC/BTVĐU"),
        ("nd30", "UBND", "BC-UBND"),
        ("nd30", "", "BC-ĐU"),
    ],
)
def test_the_symbol(profile: str, typed: str, symbol: str) -> None:
    """A symbol typed in full stands; a body alone gets the type before it, joined as the profile does."""
    report = unit_report(empty(profile=profile, document=document({"ky_hieu": typed} if typed else {})))

    assert report.letterhead.symbol == symbol


def test_the_year_of_the_date_line() -> None:
    """The day of issue, else the form's year."""
    assert unit_report(empty(document=document({"ngay": date(2020, 1, 2)}))).letterhead.year == 2020
    assert unit_report(empty()).letterhead.year == 2019


def test_who_signs_and_who_receives() -> None:
    """The form's usual authority and recipients, without dashes and ends; typed ones stand as typed."""
    usual = unit_report(empty()).signature
    state = unit_report(empty(profile="nd30")).signature
    typed = unit_report(
        empty(document=document({"noi_nhan": ("- Như trên;", "Lưu VT."), "quyen_han": "Q. BÍ THƯ"}))
    ).signature

    assert usual.authority == "T/M BAN THƯỜNG VỤ"
    assert usual.recipients[0] == "Ban Thường vụ Huyện ủy (để báo cáo)"
    assert state.authority == "TM. BAN THƯỜNG VỤ"
    assert (typed.authority, typed.recipients) == ("Q. BÍ THƯ", ("Như trên", "Lưu VT"))


def test_a_report_not_sent_is_a_draft() -> None:
    """Until it is sent it carries "Dự thảo"."""
    assert unit_report(empty()).letterhead.draft
    assert not unit_report(source("kl62-2019-xa", "party_hd36", sent=True)).letterhead.draft


def test_state_documents_are_addressed() -> None:
    """NĐ 30 wants "Kính gửi" on a report to a superior; the Party's rules do not."""
    assert unit_report(empty(profile="nd30")).addressee == "Ủy ban nhân dân huyện Thanh Sơn"
    assert unit_report(empty()).addressee == ""


def test_an_assigned_body_reports_its_own_part_only() -> None:
    """tb160: leaves of other bodies are left out with sections left empty by it, the marks of the rest close up."""
    body = empty("tb160-2020", respondent=Respondent("to_chuc", body="bdv"))

    found = [b.text for b in unit_report(body).blocks if isinstance(b, Heading)]

    third = [
        text for text in found[found.index("III- KẾT QUẢ THỰC HIỆN NHIỆM VỤ ĐƯỢC PHÂN CÔNG") :] if text[0].isdigit()
    ]
    assert [text[:16] for text in third] == ["1. Phổ biến, quá", "2. Theo dõi, kiể"]


def test_what_is_stored_is_printed_whoever_is_asked() -> None:
    """An answer that a unit is not asked for any more still stands in its report."""
    body = Respondent("to_chuc", body="bdv")
    report = unit_report(empty("tb160-2020", respondent=body, answers=told("III.2.b", "Đã cụ thể hóa.")))

    assert "Đã cụ thể hóa." in texts(report)


def test_a_table_missing_in_the_source_is_owned_up_to_without_appendices() -> None:
    """nq25 names a statistical table that it does not contain, and has no appendix at all."""
    report = unit_report(empty("nq25-2023", respondent=Respondent("huyen")))

    assert texts(report)[-1] == ("Biểu thống kê không có biểu mẫu trong văn bản gốc nên không kèm theo báo cáo này.")


def test_a_sheet_is_named_once_by_its_title() -> None:
    """kl102: four leaves lead to one sheet, which has no number."""
    report = unit_report(empty("kl102-2019", respondent=Respondent("huyen")))

    name = "Biểu “TỔNG HỢP SỐ LIỆU ĐÓNG GÓP CỦA CÁC HỘI QUẦN CHÚNG Ở ĐỊA PHƯƠNG”"
    assert [text for text in texts(report) if "TỔNG HỢP" in text] == [
        f"Số liệu cụ thể tại {name} kèm theo báo cáo này."
    ]


@pytest.mark.parametrize(
    ("body", "symbol", "authority"),
    [
        ("bdv", "BC/BDVTU", ""),
        ("ubnd", "BC/BCSĐ", "T/M BAN CÁN SỰ ĐẢNG"),
        ("mttq", "BC/ĐĐ", "T/M ĐẢNG ĐOÀN"),
        ("", "BC/ĐĐ", "T/M ĐẢNG ĐOÀN"),
    ],
)
def test_a_body_signs_in_its_own_way(body: str, symbol: str, authority: str) -> None:
    """The form's data of a body go before those of its kind: a "ban" has a head who signs for nobody, no đảng đoàn."""
    report = unit_report(empty("tb160-2020", respondent=Respondent("to_chuc", body=body)))

    assert (report.letterhead.symbol, report.signature.authority) == (symbol, authority)
    assert report.signature.recipients[-1] == "Lưu Văn phòng cơ quan"


def test_the_period_of_the_campaign() -> None:
    report = unit_report(empty("tb160-2020", respondent=Respondent("huyen"), period="Quý II năm 2020"))

    assert report.period == "Quý II năm 2020"


def test_an_organisation_gets_the_appendices_it_fills() -> None:
    """An organisation fills its own row of every appendix; a party committee of offices has no level of its own."""
    body = empty("kl62-2019", respondent=Respondent("to_chuc", body="hnd"))
    office = empty("kl62-2019", respondent=Respondent("dutt"))

    assert [item.table.key for item in unit_report(body).appendices] == ["PL1", "PL2", "PL3", "PL4", "PL6"]
    assert [item.table.key for item in unit_report(office).appendices] == ["PL1", "PL2"]
    assert COMMUNE.respondent.kind == "xa"
