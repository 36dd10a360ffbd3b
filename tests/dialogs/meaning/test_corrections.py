"""The frame around a new wording is taken off; sentences of content have none."""

from __future__ import annotations

import pytest

from dialogs.meaning.corrections import SpokenCorrection, corrected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("nhầm, 25 mới đúng", SpokenCorrection("25")),
        ("à nhầm, 24 9 1 0 mới đúng", SpokenCorrection("24 9 1 0")),
        ("số nữ là 9 chứ không phải 8", SpokenCorrection("số nữ là 9", "8")),
        ("không phải 8 mà là 9", SpokenCorrection("9", "8")),
        ("sai rồi, số nữ là 9", SpokenCorrection("số nữ là 9")),
        ("sửa mục 3 thành: Mở thêm 2 lớp", SpokenCorrection("Mở thêm 2 lớp", item=3)),
        ("mục 1 sửa thành Mở lớp", SpokenCorrection("Mở lớp", item=1)),
        ("sửa lại: 24 9 1 0", SpokenCorrection("24 9 1 0")),
    ],
)
def test_the_new_wording_is_cut_out_as_typed(text: str, found: SpokenCorrection) -> None:
    assert corrected(text) == found


@pytest.mark.parametrize(
    "text",
    ["24 9 1 0", "Sửa chữa 15 căn nhà", "Nhân dân đã thay đổi nhận thức", "Đổi mới 3 công trình", "", "x" * 3000],
)
def test_content_has_no_such_frame(text: str) -> None:
    assert corrected(text) is None
