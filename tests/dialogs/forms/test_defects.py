"""One defect at a time is put into a shipped form; the check names its place and what to write."""

from __future__ import annotations

import pytest

from dialogs.forms.form_checks import parse_rule
from dialogs.forms.form_file import FormError, FormProblem, check_form, read_form, shipped_text

UPPER, LOWER = "kl62-2019", "kl62-2019-xa"


def swap(key: str, old: str, new: str) -> str:
    """Return the shipped form with the first ``old`` replaced; the lines after it keep their numbers."""
    text = shipped_text(key)
    assert old in text
    return text.replace(old, new, 1)


def line_of(key: str, words: str) -> int:
    text = shipped_text(key)
    return text.count("\n", 0, text.index(words)) + 1


DEFECTS = {
    "nobody answers": (
        LOWER,
        "filled_by: [xa]\ncompanions",
        "filled_by: []\ncompanions",
        "filled_by",
        "không có loại đơn vị",
    ),
    "no short title": (LOWER, "short_title: Tổng kết 10 năm Kết luận 62", 'short_title: ""', "short_title", "để trống"),
    "no type": (LOWER, "type_name: BÁO CÁO", 'type_name: ""', "document.type_name", "để trống"),
    "deadline of a stranger": (UPPER, "kinds: [tinh]", "kinds: [xa]", "deadlines[1].kinds", "không trả lời mẫu này"),
    "section without children": (
        UPPER,
        "outline:\n",
        "outline:\n  - {key: P0, heading: A, children: []}\n",
        "outline[0].children (mục P0)",
        "không có mục con",
    ),
    "leaf without a kind": (LOWER, "        kind: narrative\n", "", "(mục I.b)", "thiếu khóa “kind”"),
    "leaf that is a number": (
        LOWER,
        "kind: narrative\n",
        "kind: integer\n",
        "kind (mục I.b)",
        "không thể là “integer”",
    ),
    "groups without blanks": (
        LOWER,
        "kind: narrative\n",
        "kind: narrative\n        groups: [[a]]\n",
        "groups (mục I.b)",
        "chỉ dùng cho câu",
    ),
    "template without blanks": (LOWER, "kind: narrative\n", "template: Xã\n", "(mục I.b)", "không có chỗ trống"),
    "sentence with a kind": (
        LOWER,
        "groups: [[nghi_quyet_che_do]]",
        "kind: text",
        "kind (mục II.4.b)",
        "không có kind",
    ),
    "empty group": (
        LOWER,
        "groups: [[nghi_quyet_che_do]]",
        "groups: [[nghi_quyet_che_do], []]",
        "groups[1] (mục II.4.b)",
        "nhóm rỗng",
    ),
    "blank that is a story": (
        LOWER,
        "kind: text, filled_by: [xa], example: 45",
        "kind: narrative, filled_by: [xa]",
        "chỗ trống ke_hoach_so",
        "không thể là “narrative”",
    ),
    "blank that is money": (
        LOWER,
        "kind: text, filled_by: [xa], example: 45",
        "kind: money, filled_by: [xa]",
        "chỗ trống ke_hoach_so",
        "không có đơn vị tính",
    ),
    "blank asked of others": (
        LOWER,
        "kind: text, filled_by: [xa], example: 45",
        "kind: text, filled_by: [xa, huyen]",
        "filled_by (mục M0, chỗ trống ke_hoach_so)",
        "hỏi huyen mà mục thì không",
    ),
    "choice twice": (LOWER, "[bắc, nam,", "[bắc, bắc,", "choices (mục I.a, chỗ trống huong)", "bị trùng"),
    "no outline": (LOWER, "outline:\n", "outlines:\n", "outline", "thiếu danh sách"),
    "blank without filled_by": (
        LOWER,
        "kind: text, filled_by: [xa], example: An Bình",
        "kind: text, example: An Bình",
        "(mục I.a, chỗ trống ten_xa)",
        "thiếu khóa “filled_by”",
    ),
    "leaf without filled_by": (
        UPPER,
        "kind: list\n        filled_by: [huyen, dutt, to_chuc, tinh]\n",
        "kind: list\n",
        "(mục P2.II)",
        "thiếu khóa “filled_by”",
    ),
    "rule about a missing blank": (
        LOWER,
        "chi_bo_khac = so_chi_bo",
        "chi_bo_khac = tong_chi_bo",
        "rules[0].rule (mục I.a)",
        "chỗ trống “tong_chi_bo” không có",
    ),
    "group with a missing blank": (
        LOWER,
        "- [ten_xa, huong, dien_tich_ha, dan_so]",
        "- [ten_xa, huong, dien_tich_ha, dan_so, so_thon]",
        "groups (mục I.a)",
        "“so_thon” mà blanks không có",
    ),
    "blank in no group": (
        LOWER,
        "- [ten_xa, huong, dien_tich_ha, dan_so]",
        "- [ten_xa, huong, dien_tich_ha]",
        "groups (mục I.a)",
        "“dan_so” không ở nhóm nào",
    ),
    "blank in two groups": (
        LOWER,
        "- [ten_xa, huong, dien_tich_ha, dan_so]",
        "- [ten_xa, huong, dien_tich_ha, dan_so, so_chi_bo]",
        "groups (mục I.a)",
        "“so_chi_bo” ở 2 chỗ",
    ),
    "blank not in the template": (
        LOWER,
        "dân số {dan_so} người",
        "dân số đông",
        "template (mục I.a)",
        "“dan_so” không có trong câu",
    ),
    "blank twice in the template": (
        LOWER,
        "dân số {dan_so} người",
        "dân số {dan_so} người ({dan_so})",
        "template (mục I.a)",
        "“dan_so” có 2 lần",
    ),
    "template with an unknown blank": (
        LOWER,
        "dân số {dan_so} người",
        "dân số {dan_so} người, {so_ho} hộ",
        "template (mục I.a)",
        "“so_ho” mà blanks không có",
    ),
    "brace without its pair": (
        LOWER,
        "dân số {dan_so} người",
        "dân số {dan_so} người}",
        "template (mục I.a)",
        "không thành cặp",
    ),
    "field that points to no table": (
        UPPER,
        "tables: [PL2]",
        "tables: [PL9]",
        "tables[0] (mục P1.II.2)",
        "không có phụ lục “PL9”",
    ),
    "feeds that is no key": (LOWER, "feeds: [P1.II.2]", "feeds: [P1 II]", "feeds[0] (mục II.2)", "“P1 II”"),
    "two leaves with one key": (
        UPPER,
        "key: P1.I.2.b",
        "key: P1.I.2.a",
        "(mục P1.I.2.a)",
        "“P1.I.2.a” đã dùng",
    ),
    "two blanks with one key": (LOWER, "{key: so_chi_bo,", "{key: dan_so,", "chỗ trống dan_so", "đã dùng"),
    "key with a space": (UPPER, "key: P1.I.2.b", "key: P1 I", "key (mục P1 I)", "khoảng trắng"),
    "reserved key": (UPPER, "key: P2.II\n", "key: VAN_BAN\n", "key (mục VAN_BAN)", "Thông tin văn bản"),
    "unit kind in capitals": (UPPER, "kinds: [tinh]", "kinds: [Tỉnh]", "deadlines[1].kinds[0]", "“Tỉnh”"),
    "unit kind that does not answer": (
        LOWER,
        "filled_by: [xa]\n    template",
        "filled_by: [xã_phường]\n    template",
        "(mục M0)",
        "“xã_phường”",
    ),
    "stranger asked": (
        LOWER,
        "kind: narrative\n        filled_by: [xa]",
        "kind: narrative\n        filled_by: [huyen]",
        "filled_by (mục I.b)",
        "“huyen” không trả lời",
    ),
    "choice without choices": (
        LOWER,
        "choices: [bắc, nam, đông, tây, đông bắc, đông nam, tây bắc, tây nam], ",
        "",
        "chỗ trống huong",
        "không có lựa chọn",
    ),
    "choices for a text": (
        LOWER,
        "kind: choice",
        "kind: text",
        "choices (mục I.a, chỗ trống huong)",
        "không dùng cho kind text",
    ),
    "limits the wrong way round": (LOWER, "maximum: 31", "maximum: 0", "chỗ trống ke_hoach_ngay", "lớn hơn lớn nhất"),
    "limit of a text": (
        LOWER,
        "kind: text, filled_by: [xa], example: 45",
        "kind: text, minimum: 1, filled_by: [xa]",
        "chỗ trống ke_hoach_so",
        "chỉ dùng cho số",
    ),
    "version nought": (UPPER, "version: 1", "version: 0", "version", "nhỏ hơn 1"),
    "version that is no number": (UPPER, "version: 1", "version: 1.0", "version", "số nguyên"),
    "day that is none": (UPPER, "day: 2019-04-10", "day: 2019-04-31", "deadlines[0].day", "không phải là một ngày"),
    "day the Vietnamese way": (
        UPPER,
        "day: 2019-04-10",
        "day: 10/04/2019",
        "deadlines[0].day",
        "không phải là một ngày",
    ),
    "two deadlines for one kind": (UPPER, "kinds: [tinh]", "kinds: [huyen]", "deadlines[1].kinds", "hai hạn nộp"),
    "empty heading": (
        UPPER,
        "heading: II. KẾT QUẢ THỰC HIỆN KẾT LUẬN SỐ 62",
        'heading: ""',
        "(mục P1.II)",
        "đề mục để trống",
    ),
    "leaf without a name": (LOWER, "label: Thuận lợi\n", 'label: ""\n', "(mục I.c)", "không có tên gọi"),
    "empty question": (
        LOWER,
        'question: "Những hạn chế đó do nguyên nhân nào?"',
        'question: ""',
        "question (mục III.2)",
        "câu hỏi để trống",
    ),
    "list instead of a text": (
        UPPER,
        "short_title: Tổng kết 10 năm Kết luận 62",
        "short_title: [a]",
        "short_title",
        "một dòng chữ",
    ),
    "nothing instead of a text": (
        UPPER,
        "short_title: Tổng kết 10 năm Kết luận 62",
        "short_title:",
        "short_title",
        "để trống",
    ),
    "unknown profile": (UPPER, "profile: party_hd36", "profile: party", "document.profile", "“party” không dùng được"),
    "companion of itself": (UPPER, "companions: [kl62-2019-xa]", "companions: [kl62-2019]", "companions", "chính nó"),
    "text that is not NFC": (UPPER, "Hội Nông dân Việt Nam", "Ho\u0302\u0323i Nông dân Việt Nam", "dòng", "NFC"),
    "invisible character": (UPPER, "Hội Nông dân Việt Nam", "Hội\u200b Nông dân Việt Nam", "dòng", "U+200B"),
    "key written twice": (UPPER, "version: 1\n", "version: 1\nkey: khac\n", "key", "viết hai lần"),
}


@pytest.mark.parametrize("name", DEFECTS)
def test_a_defect_is_named_with_its_place(name: str) -> None:
    key, old, new, place, wrong = DEFECTS[name]
    problems = check_form(swap(key, old, new))
    told = [p for p in problems if place in p.place and wrong in p.wrong]
    assert told, [str(p) for p in problems]
    assert all(p.write for p in problems)
    with pytest.raises(FormError) as error:
        read_form(swap(key, old, new))
    assert error.value.problems == problems


def test_a_key_written_twice_names_both_lines_and_the_first_one_counts() -> None:
    text = swap(LOWER, "version: 1\n", "version: 1\nversion: x\n")
    (problem,) = check_form(text)
    first = line_of(LOWER, "version: 1")
    assert problem == FormProblem(
        f"version, dòng {first + 1}",
        f"khóa “version” viết hai lần (lần đầu ở dòng {first})",
        "bỏ một dòng, hoặc sửa tên khóa viết nhầm",
    )


def test_all_problems_are_told_at_once() -> None:
    text = shipped_text(UPPER)
    damages = (
        ("version: 1", "version: x", "số nguyên"),
        ("profile: party_hd36", "profile: party_hd36\n  profil: x", "không có khóa “profil”"),
        ("header_rows: 3", "header_row: 3", "không có khóa “header_row”"),
        ("grid: 4, measure: triệu đồng/năm,", "grid: 4,", "không có đơn vị tính"),
        ('"xa.cb_nu <= xa.tong_so"', '"xa.cb_nu <= xa.tong"', "cột “xa.tong” không có"),
        ("key: P1.I.2.b", "key: P1.I.2.a", "đã dùng ở trên"),
    )
    for old, new, _ in damages:
        assert old in text
        text = text.replace(old, new, 1)
    with pytest.raises(FormError) as error:
        read_form(text)
    told = str(error.value).split("\n")
    assert len(told) == len(error.value.problems)
    for *_, wrong in damages:
        assert any(wrong in line for line in told)


def test_a_misspelt_key_is_answered_with_the_right_one() -> None:
    problems = check_form(swap(LOWER, "short_title:", "short_titel:"))
    assert any("có lẽ là “short_title”" in p.write for p in problems)


def test_values_are_not_guessed_from_their_look() -> None:
    text = swap(UPPER, "label: Hội Nông dân Việt Nam", "label: no")
    assert read_form(text).table("PL1").row("hnd").label == "no"
    assert read_form(swap(UPPER, 'ordinal: "2."', "ordinal: 2.")).table("PL6").row("ldld.tinh").ordinal == "2."


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("a <= b", (("a",), "<=", ("b",))),
        ("a+ b.c = d", (("a", "b.c"), "=", ("d",))),
        ("a", None),
        ("a >= b", None),
        ("a = b = c", None),
        ("a + = b", None),
    ],
)
def test_rules_are_read(text: str, rule: object) -> None:
    assert parse_rule(text) == rule
