"""What a compiled report says: own text apart, every unit's part under its name, four states apart, lists as one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.forms.answers import Address, Answer, State
from dialogs.kinds import Kind
from dialogs.values.report_data import CompiledReportData, Contribution, Rolled
from dialogs.values.status import Status
from exports.compiled.compiled_report import compiled_report, lists_line
from exports.compiled.lists import Items
from exports.report import Appendix, Block, Heading, Paragraph
from tests.exports.word.compiled_samples import Member, compiled, province, told
from tests.exports.word.samples import form

KEY = "kl62-2019"


def unit(number: int, answers: Mapping[Address, Answer], kind: str = "huyen", **changes: object) -> Member:
    name = {"huyen": "Huyện", "xa": "Xã", "dutt": "Đảng ủy"}[kind]
    member = Member(f"{kind}{number}", f"{name} {number}", kind, 1, answers=answers)
    return replace(member, **changes)  # type: ignore[arg-type]


def top(answers: Mapping[Address, Answer] | None = None) -> Member:
    return Member("T", "Tỉnh Hòa An", "tinh", 0, Status.IN_PROGRESS, answers=answers or {})


def source(*members: Member, key: str = KEY) -> CompiledReportData:
    return compiled(key, "party_hd36", members)


def blocks(given: CompiledReportData, *apart: int) -> Iterator[Block]:
    return iter(tuple(compiled_report(given, apart=frozenset(apart)).blocks))


def leaf(given: CompiledReportData, key: str, *apart: int) -> list[str]:
    """Return the paragraphs printed for one leaf, each behind the name it stands under."""
    found = [block for block in blocks(given, *apart) if isinstance(block, Paragraph)]
    places = [place for place, block in enumerate(found) if block.key == key]
    return [f"{b.unit}: {b.text}" if b.unit else b.text for b in found[places[0] : places[-1] + 1]]


def appendix(given: CompiledReportData, key: str) -> Appendix:
    return next(item for item in compiled_report(given).appendices if item.table.key == key)


def test_each_text_stands_under_its_units_name() -> None:
    """The compiling unit's own first and apart; then each unit in administrative order, text as stored."""
    found = source(
        top(told("P1.II.1", "Tỉnh  viết.\nHai dòng.")),
        unit(1, told("P1.II.1", "Một.\n\tThụt.")),
        unit(2, told("P1.II.1", "Hai.")),
    )

    assert leaf(found, "P1.II.1") == [
        *("Tỉnh  viết.", "Hai dòng.", "Tổng hợp từ báo cáo của các đơn vị:"),
        *("Huyện 1: Một.", "\tThụt.", "Huyện 2: Hai."),
    ]


def test_nothing_of_its_own_prints_nothing() -> None:
    """A compiling unit that has not written is not said to have nothing."""
    assert leaf(source(top(), unit(1, told("P1.II.1", "Một."))), "P1.II.1") == ["Huyện 1: Một."]


def test_four_states_stay_apart() -> None:
    """One line each for "không có", "chưa có số liệu" and what is not answered, with the names."""
    found = source(
        top(told("P1.II.1", None, State.ZERO)),
        unit(1, told("P1.II.1", None, State.ZERO)),
        unit(2, told("P1.II.1", None, State.NONE)),
        unit(3, {}),
        unit(4, told("P1.II.1", "Bốn.")),
    )

    assert leaf(found, "P1.II.1") == [
        "Huyện 4: Bốn.",
        "Không có nội dung báo cáo: Tỉnh Hòa An, Huyện 1.",
        "Chưa có số liệu: Huyện 2.",
        "Chưa có nội dung: Huyện 3.",
    ]


def test_forty_times_nothing_takes_one_line() -> None:
    """C13; more than ten names are counted."""
    found = source(top(), *(unit(number, told("P2.III.5", None, State.ZERO)) for number in range(40)))

    names = ", ".join(f"Huyện {number}" for number in range(40))
    assert leaf(found, "P2.III.5") == [f"Không có nội dung báo cáo (40 đơn vị): {names}."]


def test_nobody_answered() -> None:
    """The agreed phrase, once."""
    assert leaf(source(top(), unit(1, {}), unit(2, {})), "P1.II.1") == ["(Chưa có nội dung)"]


def test_a_unit_whose_leaves_feed_one_is_named_once() -> None:
    """The commune's sentence is filled in, its text follows; a part left out is named by its number."""
    answers = told("I.a//ten_xa", "An Bình") | told("I.b", "Bối cảnh.")
    found = source(top(), unit(1, answers, "xa"), unit(2, told("I.b", None, State.ZERO), "xa"), unit(3, {}, "xa"))

    first, second, *rest = leaf(found, "P1.I.1.a")

    assert first.startswith("Xã 1: An Bình là xã nằm ở phía …… của huyện")
    assert second == "Bối cảnh."
    assert rest == [
        "Không có nội dung báo cáo: Xã 2 (mục I.b).",
        "Chưa có nội dung: Xã 2 (mục I.a), Xã 3.",
    ]


def test_what_communes_are_never_asked_is_said_once() -> None:
    """Only where communes are among the units that count and none of their leaves feeds this one."""
    with_communes = source(top(), unit(1, told("P1.II.1", "Một.")), unit(1, {}, "xa"))
    without = source(top(), unit(1, told("P1.II.1", "Một.")), unit(1, {}, "xa", status=Status.NOT_OPENED))

    assert leaf(with_communes, "P1.II.1") == ["Huyện 1: Một.", "Cấp xã không báo cáo nội dung này."]
    assert leaf(without, "P1.II.1") == ["Huyện 1: Một."]
    assert "Cấp xã" not in "".join(leaf(with_communes, "P1.II.2"))


def test_a_level_without_a_name_is_spoken_of_neutrally() -> None:
    given = source(top(), unit(1, told("P1.II.1", "Một.")), unit(1, {}, "xa"))
    strange = tuple(replace(each, kind="khu_vuc") if each.kind == "xa" else each for each in given.standings)

    assert leaf(replace(given, standings=strange), "P1.II.1")[-1] == "Đơn vị cấp dưới không báo cáo nội dung này."


def test_lists_are_numbered_through() -> None:
    """Own items first; the same item once with all names; a further line stays under its item."""
    found = source(
        top(told("P2.III.5", ("Của tỉnh;", "Chung"))),
        unit(1, told("P2.III.5", ("chung ", "Một\ndòng hai"))),
        unit(2, told("P2.III.5", ("CHUNG", "Hai", "Hai"))),
        unit(3, told("P2.III.5", None, State.ZERO)),
    )

    assert leaf(found, "P2.III.5") == [
        "1. Của tỉnh;",
        "2. Chung (Tỉnh Hòa An, Huyện 1, Huyện 2)",
        "3. Một (Huyện 1)",
        "dòng hai",
        "4. Hai (Huyện 2)",
        "Không có nội dung báo cáo: Huyện 3.",
    ]


def test_two_units_of_one_name_are_two() -> None:
    items = Items(Kind.LIST)
    items.add(["a"], "Xã Tân Lập")
    items.add(["A", "a"], "Xã Tân Lập")

    assert list(items.named("T")) == [("a", " (Xã Tân Lập, Xã Tân Lập)")]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Kế hoạch số 12-KH/HU, ngày 05/4/2010 của Huyện ủy về a", "KH 12-KH/HU ngày 5/4/2010 của huyện ủy", True),
        (
            "Kế hoạch số 12-KH/HU, ngày 05/4/2010 của Huyện ủy",
            "Kế hoạch số 12-KH/HU, ngày 06/4/2010 của Huyện ủy",
            False,
        ),
        ("Nghị quyết số 05-NQ/ĐU, ngày 12/3/2012 về a", "Nghị quyết số 05-NQ/ĐU, ngày 12/3/2012 về b", False),
    ],
)
def test_documents_are_known_by_number_date_and_issuer(first: str, second: str, same: bool) -> None:
    """Without an issuer every commune has its own "Nghị quyết số 05-NQ/ĐU": those are not one."""
    items = Items(Kind.DOCUMENTS)
    items.add([first], "A")
    items.add([second], "B")

    assert len(items) == (1 if same else 2)


def test_the_report_says_what_it_rests_on() -> None:
    """How many of those that owe a report, at which moment, where the others are listed."""
    given = compiled(KEY, "party_hd36")

    first = next(blocks(given))

    assert isinstance(first, Paragraph)
    assert first.text == (
        "Báo cáo được tổng hợp từ 5/9 đơn vị đã gửi báo cáo; số liệu tính đến 10 giờ 05 phút ngày 21/11/2026. "
        "Danh sách đơn vị chưa gửi, gửi muộn, bị trả lại báo cáo ở Phụ lục 7 kèm theo báo cáo này."
    )


def test_only_accepted_reports_may_count() -> None:
    """A campaign may count what was accepted alone; the sentence says so."""
    given = replace(compiled(KEY, "party_hd36"), counted=("accepted",))

    assert "đơn vị đã được tiếp nhận báo cáo" in next(b.text for b in blocks(given))


def test_the_number_of_the_lists() -> None:
    """One after the form's last number, missing ones counted; none where its tables have none."""
    numbers = {key: lists_line(form(key)) for key in (KEY, "kl62-2019-xa", "kl102-2019", "nq25-2023", "tb160-2020")}

    assert numbers == {
        KEY: "PHỤ LỤC 7", "kl62-2019-xa": "PHỤ LỤC 7", "kl102-2019": "", "nq25-2023": "", "tb160-2020": "",
    }  # fmt: skip


def test_every_leaf_is_printed_in_order() -> None:
    """C36: nothing of the outline is dropped, whoever answered."""
    found = [b.key for b in blocks(compiled(KEY, "party_hd36")) if isinstance(b, Paragraph) and b.key]

    assert list(dict.fromkeys(found)) == [field.key for field in form(KEY).fields()]


def test_a_part_of_single_bodies_that_are_not_below_is_left_out() -> None:
    """A district of the periodic report has no provincial bodies below it: marks close up, nothing else is lost."""
    members = (replace(top(), kind="huyen", name="Huyện Yên"),)
    found = [b.text for b in blocks(source(*members, key="tb160-2020")) if isinstance(b, Heading)]

    third = found[found.index("III- KẾT QUẢ THỰC HIỆN NHIỆM VỤ ĐƯỢC PHÂN CÔNG") :]
    assert [text[:3] for text in third if text[0].isdigit()] == ["1. ", "2. "]
    assert third[3].startswith("2. Thực hiện Quy định số 212")


def test_sentences_of_figures_are_added_up() -> None:
    """With n/N, where storage gives their totals."""
    keys = ("so_hoi_nghi", "so_luot_nguoi")
    totals = {Address("I.2", "", key): Rolled(30 + n, 2, 3) for n, key in enumerate(keys)}
    given = source(top(), unit(1, told("I.2//so_hoi_nghi", 30)), unit(2, {}), key="tb160-2020")

    assert leaf(replace(given, totals=totals), "I.2") == [
        "Đã tổ chức 30 hội nghị quán triệt với 31 lượt người tham gia.",
        "Huyện 1: Đã tổ chức 30 hội nghị quán triệt với …… lượt người tham gia.",
        "Chưa có nội dung: Huyện 2.",
    ]
    assert "Tổng số liệu của 2/3 đơn vị:" in [b.text for b in blocks(replace(given, totals=totals))]


def test_the_sum_of_a_sentence_leads_and_the_own_figures_stand_among_its_parts() -> None:
    """The first figures that a reader meets are those of everybody, not one unit's without its name."""
    totals = {Address("I.2", "", key): Rolled(34, 2, 2) for key in ("so_hoi_nghi", "so_luot_nguoi")}
    given = source(top(told("I.2//so_hoi_nghi", 4)), unit(1, told("I.2//so_hoi_nghi", 30)), key="tb160-2020")
    found = [
        f"{b.unit}: {b.text}" if b.unit else b.text
        for b in blocks(replace(given, totals=totals))
        if isinstance(b, Paragraph)
    ]

    first = found.index("Tổng số liệu của 2/2 đơn vị:")
    assert found[first + 1 : first + 4] == [
        "Đã tổ chức 34 hội nghị quán triệt với 34 lượt người tham gia.",
        "Tỉnh Hòa An: Đã tổ chức 4 hội nghị quán triệt với …… lượt người tham gia.",
        "Huyện 1: Đã tổ chức 30 hội nghị quán triệt với …… lượt người tham gia.",
    ]


@pytest.mark.parametrize(
    ("key", "field", "blank", "total"),
    [("tb160-2020", "I.2", "so_hoi_nghi", Rolled(0, 1, 2)), ("nq25-2023", "P1.I.1.a", "dan_so", Rolled(0, 2, 2))],
)
def test_own_figures_that_are_the_total_are_printed_once(key: str, field: str, blank: str, total: Rolled) -> None:
    """Nobody else gave one, or the figure is of the whole territory and stands in place of those below."""
    given = source(top(told(f"{field}//{blank}", None, State.ZERO)), unit(1, {}), key=key)
    found = [b.text for b in blocks(replace(given, totals={Address(field, "", blank): total}))]
    stands = f"{given.unit_name}:"

    assert not [text for text in found if text.startswith(("Tổng số liệu", stands))]
    assert len([text for text in leaf(given, field) if "0 hội nghị" in text or "dân số: 0 người" in text]) == 1


def test_texts_in_cells_name_their_units() -> None:
    """A note of one unit stands as it is; of several each line has its names; the same note stands once."""
    note = "PL6/mttq.xa/ghi_chu"
    one = source(top(), unit(1, told(note, "Ghi chú"), "xa"))
    three = source(top(), *(unit(n, told(note, text), "xa") for n, text in enumerate(("Như nhau", "Khác", "Như nhau"))))

    assert appendix(one, "PL6").cells["mttq.xa", "ghi_chu"].value == "Ghi chú"
    assert appendix(three, "PL6").cells["mttq.xa", "ghi_chu"].value == "Như nhau (Xã 0, Xã 2)\nKhác (Xã 1)"


def test_a_note_of_many_units_counts_them() -> None:
    """A note's column is narrow; the names stand with the units' own rows."""
    members = [unit(n, told("PL6/mttq.xa/ghi_chu", "Như nhau"), "xa") for n in range(4)]

    assert appendix(source(top(), *members), "PL6").cells["mttq.xa", "ghi_chu"].value == "Như nhau (4 đơn vị)"


def test_units_with_a_report_of_their_own() -> None:
    """Above a province: counted and listed, their texts elsewhere; nobody is said to be silent who is not."""
    members = (top(), unit(1, told("P1.II.1", "Một.")), unit(2, told("P2.III.5", ("Hai",)), "xa"), unit(3, {}))
    given = source(*members)

    assert leaf(given, "P1.II.1", 1, 2) == [
        "Nội dung ở báo cáo tổng hợp riêng của từng đơn vị.",
        "Chưa có nội dung: Huyện 3.",
    ]
    first = next(b.text for b in blocks(given, 1, 2))
    assert "từ 3/4 đơn vị" in first
    assert "ở báo cáo tổng hợp riêng của từng đơn vị trực thuộc." in first


def test_lists_in_cells_keep_zero_and_none_apart() -> None:
    place = ("mttq", "ke_hoach")
    zero = source(top(), unit(1, told("PL1/mttq/ke_hoach", None, State.ZERO)), unit(2, {}))
    none = source(top(), unit(1, told("PL1/mttq/ke_hoach", None, State.NONE)))

    assert appendix(zero, "PL1").cells[place].state is State.ZERO
    assert appendix(none, "PL1").cells[place].state is State.NONE
    assert place not in appendix(source(top(), unit(1, told("PL1/pn/ke_hoach", ("x",)))), "PL1").cells


def test_rows_that_units_added_carry_their_names() -> None:
    """Every unit has a ``them.1`` of its own: none covers another's."""
    answers = told("TONG_HOP/them.1/noi_dung", "Xây chợ") | told("TONG_HOP/them.1/so_luong", 2)
    found = appendix(source(top(), unit(1, answers), unit(2, answers), key="kl102-2019"), "TONG_HOP")

    assert found.extra_rows == (("huyen1/them.1", "Xây chợ (Huyện 1)"), ("huyen2/them.1", "Xây chợ (Huyện 2)"))
    assert found.cells["huyen2/them.1", "so_luong"].value == 2


def test_a_total_over_no_figure_is_empty() -> None:
    """C8: not zero; zero only where somebody counted zero."""
    cells = appendix(source(top(), unit(1, told("PL1/pn/so_cuoc_kt_gs", 0, State.ZERO)), unit(2, {})), "PL1").cells

    assert ("mttq", "so_cuoc_kt_gs") not in cells
    assert (cells["pn", "so_cuoc_kt_gs"].state, cells["pn", "so_cuoc_kt_gs"].counted) == (State.ZERO, 1)


def test_texts_are_streamed() -> None:
    """No leaf is read before the one above it is printed, none of them held: a country has gigabytes."""
    asked: list[str] = []
    given = compiled(KEY, "party_hd36", province(form(KEY)))

    def contributions(key: str) -> Iterator[Contribution]:
        asked.append(key)
        return iter(given.contributions(key))

    stream = iter(compiled_report(replace(given, contributions=contributions)).blocks)
    next(stream)
    assert asked == []
    next(block for block in stream if isinstance(block, Paragraph) and block.unit)
    assert asked == ["P1.I.1.a"]


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).filter(str.strip)
given_by = st.lists(st.one_of(st.none(), st.lists(texts, min_size=1, max_size=4)), min_size=1, max_size=6)


@given(answers=given_by)
@settings(deadline=None, max_examples=60)
def test_nothing_that_was_written_is_lost(answers: list[list[str] | None]) -> None:
    """C12: every item of every unit is printed whole, with that unit's name; nobody is named who gave nothing."""
    members = [unit(n, told("P2.III.5", tuple(items)) if items else {}) for n, items in enumerate(answers)]
    printed = [line for line in leaf(source(top(), *members), "P2.III.5") if line[0].isdigit()]

    for number, items in enumerate(answers):
        for item in items or ():
            folded = " ".join(item.casefold().split())
            here = [line for line in printed if folded in " ".join(line.casefold().split())]
            assert any(f"Huyện {number}" in line for line in here)
    assert len(printed) == len({" ".join(item.casefold().split()) for items in answers for item in items or ()})
