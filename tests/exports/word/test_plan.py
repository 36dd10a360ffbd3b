"""The printed plan of a campaign: an official document, with the very last moments that notices and reminders name."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import docx
import pytest

from dialogs.forms.form_file import read_form, shipped_text
from dialogs.reminders.reminding import offsets_of
from dialogs.texts.plans import plan_lines
from dialogs.texts.reminders import owed_report
from dialogs.values.deadlines import last_moment
from dialogs.values.outstanding import Owed
from dialogs.values.plans import (
    CampaignPlan,
    PlannedUnit,
    UnitGroup,
    out_of_order,
    unmeasured_columns,
    unmeasured_money,
)
from exports.report import Heading
from exports.word.plan import as_report, render
from tests.exports.docx.checker import Expected, check

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CREATED = datetime(2023, 6, 1, 9, 0, tzinfo=ZONE)
DAYS = {"huyen": date(2023, 7, 19), "to_chuc": date(2023, 7, 31), "tinh": date(2023, 8, 19)}
WORDS = {
    "huyen": "chậm nhất 24:00 ngày 19/7/2023 (thứ Tư)",
    "to_chuc": "chậm nhất 24:00 ngày 31/7/2023 (thứ Hai)",
    "tinh": "chậm nhất 24:00 ngày 19/8/2023 (thứ Bảy)",
}
NAMES = {
    "huyen": ("Huyện ủy Thanh Sơn", "Huyện ủy Nam Khê"),
    "to_chuc": ("Ban Dân vận Tỉnh ủy",),
    "tinh": ("Tỉnh ủy Hồng Lam",),
}


PARTY = {
    "co_quan_cap_tren": "ĐẢNG CỘNG SẢN VIỆT NAM",
    "co_quan": "TỈNH ỦY HỒNG LAM",
    "dia_danh": "Hồng Lam",
    "ky_hieu": "BC/TU",
    "quyen_han": "T/M BAN THƯỜNG VỤ",
}
STATE = {
    "co_quan_cap_tren": "CHÍNH PHỦ",
    "co_quan": "SỞ NỘI VỤ TỈNH HỒNG LAM",
    "dia_danh": "Hồng Lam",
    "ky_hieu": "BC-SNV",
    "quyen_han": "KT. GIÁM ĐỐC",
}


def plan(**changes: Any) -> CampaignPlan:
    units = tuple(
        PlannedUnit(name, name, kind, last_moment(DAYS[kind], ZONE), above=() if kind == "tinh" else ("tinh",))
        for kind, names in NAMES.items()
        for name in names
    )
    groups = tuple(
        UnitGroup(kind, len(names), 0, last_moment(DAYS[kind], ZONE), "Tổng kết 10 năm Nghị quyết 25", names)
        for kind, names in NAMES.items()
    )
    found = CampaignPlan(
        key="nq25-2023",
        title="Tổng kết 10 năm Nghị quyết 25",
        form="nq25-2023",
        form_short="Tổng kết 10 năm Nghị quyết 25",
        form_title="Đề cương tổng kết 10 năm thực hiện Nghị quyết số 25-NQ/TW",
        legal_basis="Kế hoạch số 137-KH/TU của Tỉnh ủy",
        unit_code="T",
        unit_name="Tỉnh ủy Hồng Lam",
        parent_name="",
        reference_date=date(2023, 7, 20),
        period="2013 - 2023",
        units=units,
        groups=groups,
        outline=((1, "I. ĐẶC ĐIỂM TÌNH HÌNH"), (2, "1. Thuận lợi"), (3, "a) Một điểm")),
        tables=("PHỤ LỤC 1 Số liệu",),
        profile="party_hd36",
        letterhead=PARTY,
        opened_at=CREATED,
    )
    found = replace(found, **changes)
    return replace(found, offsets=offsets_of(found.settings))


def lines(found: CampaignPlan) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(render(found, CREATED))).paragraphs]


@pytest.mark.parametrize("profile", ["party_hd36", "party_hd05", "nd30"])
@pytest.mark.parametrize("opened", [True, False])
def test_the_plan_is_an_official_document(profile: str, opened: bool) -> None:
    """Every rule of the paper holds as for a report; one that is not opened is a draft."""
    head = STATE if profile == "nd30" else PARTY
    found = plan(profile=profile, opened_at=CREATED if opened else None, letterhead=head)
    report = as_report(found, CREATED)
    headings = tuple(block.text for block in report.blocks if isinstance(block, Heading))
    expected = Expected(
        profile=profile,
        parent_body=head["co_quan_cap_tren"],
        issuing_body=head["co_quan"],
        type_name="KẾ HOẠCH",
        subject="thu thập báo cáo “Tổng kết 10 năm Nghị quyết 25”",
        headings=headings,
        leaves=frozenset(),
        phrases=(),
        appendices=(),
        created="2023-06-01T02:00:00Z",
        draft=not opened,
        period="2013 - 2023",
    )
    assert [str(each) for each in check(render(found, CREATED), expected)] == []
    assert {
        "Căn cứ: Kế hoạch số 137-KH/TU của Tỉnh ủy.",
        "- I. ĐẶC ĐIỂM TÌNH HÌNH",
        "- 1. Thuận lợi",
        "- PHỤ LỤC 1 Số liệu",
    } <= set(lines(found))


def test_plan_chat_and_reminder_name_the_same_last_moment() -> None:
    """C4: three groups, three deadlines, one wording."""
    found = plan()
    printed, shown = "\n".join(lines(found)), "\n".join(plan_lines(found, ZONE, ()))
    for unit in found.units:
        owed = Owed(1, found.title, unit.name, unit.due, 3, 19)
        reminder = owed_report(owed, 0, CREATED, ZONE)
        words = WORDS[unit.kind]
        assert words in printed
        assert words in shown
        assert words.capitalize()[:20] in reminder and words[1:] in reminder


def test_units_stand_with_the_moment_they_have() -> None:
    """One whose deadline was moved is listed apart; one that owes nothing is named as such."""
    first, second, *others = plan().units
    later = replace(first, due=last_moment(date(2023, 7, 25), ZONE))
    found = lines(plan(units=(later, replace(second, required=False), *others)))
    assert any("chậm nhất 24:00 ngày 25/7/2023 (thứ Ba): Huyện ủy Thanh Sơn." in line for line in found)
    assert not any("19/7/2023" in line for line in found)
    assert "Không phải nộp: Huyện ủy Nam Khê." in found
    assert any("3 đơn vị phải nộp báo cáo" in line for line in found)


def test_terms_are_printed() -> None:
    settings = {"confirm": True, "counted": ["accepted"], "reminders": {"offsets": [-5, 0, 1]}}
    found = lines(plan(settings=settings, previous="Đợt 2018"))
    assert "- Nhắc hạn: trước 5 ngày, ngày cuối, sau 1 ngày." in found
    assert "- Tổng hợp tính: chỉ báo cáo đã tiếp nhận." in found
    assert "- Lãnh đạo đơn vị xác nhận trước khi gửi." in found
    assert "- So sánh với đợt trước: Đợt 2018." in found
    assert "- Nhắc hạn: không nhắc tự động." in lines(plan(settings={"reminders": False}))


def test_what_was_typed_comes_back_as_it_is() -> None:
    title = "Đợt <thử> & “kiểm tra” 50%\u00a0xã"
    assert any(title in line for line in lines(plan(title=title)))


def test_the_lower_level_is_to_be_due_first() -> None:
    found = plan()
    assert out_of_order(found.groups, found.units) == ()
    same = last_moment(DAYS["tinh"], ZONE)
    groups = tuple(replace(each, due=same) if each.kind == "to_chuc" else each for each in found.groups)
    assert out_of_order(groups, found.units) == (("to_chuc", "tinh"),)


def test_money_without_a_unit_is_found_cell_by_cell() -> None:
    """C3: in tables, by row, and in sentences."""
    form = read_form(shipped_text("kl102-2019"))
    assert unmeasured_money(form) == ()
    (table,) = (each for each in form.tables if each.key == "TONG_HOP")
    bare = tuple(replace(c, measure="") if c.key == "kinh_phi" else c for c in table.columns)
    cells = unmeasured_money(replace(form, tables=(replace(table, columns=bare),)))
    assert cells == tuple(f"TONG_HOP.{row.key}.kinh_phi" for row in table.rows)
    assert unmeasured_columns(form, frozenset()) == ()
    commune = read_form(shipped_text("kl62-2019-xa"))
    assert unmeasured_columns(commune, frozenset()) == ()
    assert unmeasured_columns(commune, frozenset({"pl1_pl2"})) == ("PHỤ LỤC 2 (Tập thể)", "PHỤ LỤC 2 (Cá nhân)")
