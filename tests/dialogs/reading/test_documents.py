"""Lists and documents: recognised where possible, kept as typed always."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.reading import Document, document_key, recognise_document, split_items

BTV = "Ban Thường vụ Huyện ủy"


@pytest.mark.parametrize(
    "text, number, issued, issuer, subject",
    [
        (
            f"Kế hoạch số 12-KH/HU ngày 05/3/2010 của {BTV} về việc triển khai Kết luận 62-KL/TW",
            "12-KH/HU",
            date(2010, 3, 5),
            BTV,
            "triển khai Kết luận 62-KL/TW",
        ),
        (
            "Số 05-NQ/HU, 10/4/2012, Huyện ủy, về công tác dân vận",
            "05-NQ/HU",
            date(2012, 4, 10),
            "Huyện ủy",
            "công tác dân vận",
        ),
        (
            "Kết luận số 62- KL/TW, ngày 08/12/2009 của Bộ Chính trị khóa X về tiếp tục đổi mới",
            "62-KL/TW",
            date(2009, 12, 8),
            "Bộ Chính trị khóa X",
            "tiếp tục đổi mới",
        ),
        (
            "Nghị định 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư",
            "30/2020/NĐ-CP",
            date(2020, 3, 5),
            "Chính phủ",
            "công tác văn thư",
        ),
        (
            "05-NQ/ĐU; 1/2/2015; Đảng ủy xã; Về phát triển đảng viên",
            "05-NQ/ĐU",
            date(2015, 2, 1),
            "Đảng ủy xã",
            "phát triển đảng viên",
        ),
        ("15/KH-UBND", "15/KH-UBND", None, "", ""),
        ("Hướng dẫn 20/HD-MTTW-BTT", "20/HD-MTTW-BTT", None, "", ""),
        ("Chương trình số 27-CTr/TU ngày 10/4/2018", "27-CTr/TU", date(2018, 4, 10), "", ""),
        ("Kế hoạch số 01-KH/BCĐTW, ngày 28/02/2019", "01-KH/BCĐTW", date(2019, 2, 28), "", ""),
        ("Công văn 123/UBND-VX V/v rà soát hộ nghèo", "123/UBND-VX", None, "", "rà soát hộ nghèo"),
        ("12-kh/hu", "12-kh/hu", None, "", ""),
        ("Kế hoạch số ….-KH/HU ngày … tháng … năm 2019 của Huyện ủy về tổng kết", "", None, "Huyện ủy", "tổng kết"),
        ("Thư khen của đồng chí Bí thư", "", None, "đồng chí Bí thư", ""),
        ("Báo cáo năm 2019", "", None, "", ""),
        ("Quyết định 32/13/2019", "", None, "", ""),
        ("", "", None, "", ""),
    ],
)
def test_a_document_is_recognised_as_far_as_it_goes(
    text: str, number: str, issued: date | None, issuer: str, subject: str
) -> None:
    assert recognise_document(text) == Document(text, number, issued, issuer, subject)


def test_a_very_long_document_keeps_its_whole_text_and_subject() -> None:
    text = "Kế hoạch số 12-KH/HU về việc " + "rất dài " * 3000
    found = recognise_document(text)
    assert found.text == text
    assert found.subject == ("rất dài " * 3000).strip()


@pytest.mark.parametrize(
    "text, items",
    [
        ("Một\nHai", ("Một", "Hai")),
        ("- Một\n- Hai\n\n+ Ba", ("Một", "Hai", "Ba")),
        ("1. Một\r\n2) Hai\r\n3/ Ba\r\na) Bốn\n• Năm", ("Một", "Hai", "Ba", "Bốn", "Năm")),
        ("05/KH-UBND\n-5 người\n12-NQ/HU\n2019. Năm", ("05/KH-UBND", "-5 người", "12-NQ/HU", "2019. Năm")),
        ("-", ("-",)),
        ("  \n\n ", ()),
        ("Kế  hoạch “ABC” – 12", ("Kế  hoạch “ABC” – 12",)),
    ],
)
def test_items_stand_one_a_line(text: str, items: tuple[str, ...]) -> None:
    assert split_items(text) == items


ONE = "Kế hoạch số 91-KH/TU ngày 05/3/2010 của Ban Thường vụ Tỉnh ủy về học tập"


@pytest.mark.parametrize(
    "other",
    [
        "Kế hoạch số 91-KH/TU ngày 05/3/2010 của Ban Thường vụ Tỉnh uỷ về học tập",
        "Kế hoạch số 91\u2011KH/TU ngày 05/3/2010 của Ban Thường vụ Tỉnh ủy",
        "- KẾ HOẠCH số 91 – KH/TU, ngày 5-3-2010 của Ban Thường vụ Tỉnh ủy",
        "91-KH/TU ngày 05/3/2010 của Ban Thường vụ Tỉnh ủy",
    ],
)
def test_one_document_however_it_is_spelled(other: str) -> None:
    """Dashes, the place of the tone mark, case, and a kind that only the sign tells."""
    assert document_key(other) == document_key(ONE) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Công văn số 47\u2011CV/TU ngày 09/8/2011 của Tỉnh ủy về kiểm tra",
            "Thông báo số 47\u2011TB/TU ngày 09/8/2011 của Tỉnh ủy về phân công",
        ),
        (
            "Công văn số 48 ngày 09/8/2011 của Tỉnh ủy về kiểm tra",
            "Thông báo số 48 ngày 09/8/2011 của Tỉnh ủy về phân công",
        ),
    ],
)
def test_two_kinds_are_two_documents(one: str, other: str) -> None:
    assert document_key(one) != document_key(other)


def test_without_kind_or_issuer_a_number_names_no_document() -> None:
    assert document_key("số 48 ngày 09/8/2011 của Tỉnh ủy") is None
    assert document_key("Nghị quyết số 05-NQ/ĐU ngày 09/8/2011") is None


def test_letters_that_look_alike_are_one() -> None:
    """Ð (U+00D0) is typed for Đ; what was recognised is given as it was typed."""
    text = "Kế hoạch số 33/KH-\u00d0U ngày 05/3/2010 của \u00d0ảng ủy xã về học tập"
    assert document_key(text) == document_key(text.replace("\u00d0", "Đ")) is not None
    assert recognise_document(text).issuer == "\u00d0ảng ủy xã"
