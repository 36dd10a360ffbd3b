"""The list of files in a Word report: in the order of the outline, correct in every layout, and not there for none."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime

import docx
import pytest

from dialogs.values.report_data import Enclosed
from exports.compiled.compiled_report import compiled_report
from exports.enclosed import LEAD, LEAD_OF_UNITS
from exports.unit.unit_report import unit_report
from exports.word.document import render
from tests.exports.docx.checker import check
from tests.exports.word.compiled_samples import compiled
from tests.exports.word.expectations import compiled_expected, expected
from tests.exports.word.samples import PROFILES, source

AT = datetime(2019, 4, 1, 2, 0, tzinfo=UTC)


def enclosed(unit: str, place: str, name: str, note: str = "") -> Enclosed:
    return Enclosed(unit, f"Đảng ủy xã {unit}", place, "II.1", "", name, "application/pdf", 9_000, "Lan", AT, note)


FILES = (
    enclosed("X1", "Mục II.1", "Quyết định số 12-QĐ/ĐU ngày 05-3-2019.pdf", "Lễ ký kết <b>&"),
    enclosed("X1", "Mục II.1", "anh-20190312-090507.jpg"),
    enclosed("X1", "Phụ lục 3 – LĐLĐ", "số liệu.xlsx"),
)
LINES = (
    "- Mục II.1: Quyết định số 12-QĐ/ĐU ngày 05-3-2019.pdf (Lễ ký kết <b>&); anh-20190312-090507.jpg.",
    "- Phụ lục 3 – LĐLĐ: số liệu.xlsx.",
)


def lines(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs]


@pytest.mark.parametrize("profile", PROFILES)
def test_a_units_list_meets_every_assertion(profile: str) -> None:
    told = replace(source("kl62-2019-xa", profile), enclosed=FILES)
    content = render(unit_report(told))
    found = lines(content)
    at = found.index(LEAD)
    assert tuple(found[at + 1 : at + 4]) == (*LINES, told.form.closing)
    assert [
        str(each) for each in check(content, replace(expected(told), typed=expected(told).typed | set(LINES)))
    ] == []


@pytest.mark.parametrize("profile", PROFILES)
def test_the_list_of_many_units_meets_every_assertion(profile: str) -> None:
    told = replace(compiled("kl62-2019", profile), enclosed=(*FILES, enclosed("X2", "Mục III.1", "b.pdf")))
    content = render(compiled_report(told))
    found = lines(content)
    at = found.index(LEAD_OF_UNITS)
    texts = (
        f"Đảng ủy xã X1: {LINES[0][2:]} {LINES[1][2:]}",
        "Đảng ủy xã X2: Mục III.1: b.pdf.",
    )
    assert tuple(found[at + 1 : at + 3]) == texts
    assert [str(each) for each in check(content, compiled_expected(told, texts))] == []


def test_no_files_no_list() -> None:
    assert LEAD not in lines(render(unit_report(source("kl62-2019-xa", "party_hd36"))))
