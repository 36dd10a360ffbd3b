"""Reports as LibreOffice lays them out: page sizes, the title on page 1, a whole number of pages."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from exports.compiled.compiled_report import compiled_report
from exports.standings import LISTS_TITLE
from exports.unit.unit_report import unit_report
from exports.word.document import render
from tests.exports.docx.docx_file import Docx
from tests.exports.word.compiled_samples import compiled
from tests.exports.word.samples import FORMS, source

MISSING = [tool for tool in ("soffice", "pdfinfo", "pdftotext") if shutil.which(tool) is None]
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")

COMPILED = [("kl62-2019", "party_hd05"), ("kl102-2019", "front")]
SAMPLES = [(form, profile) for form in FORMS for profile in ("party_hd36", "nd30")]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with every sample as .docx and as .pdf, made by one run of LibreOffice in its own profile."""
    folder = tmp_path_factory.mktemp("pages")
    for form, profile in SAMPLES:
        (folder / f"{form}.{profile}.docx").write_bytes(render(unit_report(source(form, profile))))
    for form, profile in COMPILED:
        (folder / f"{form}.{profile}.tong-hop.docx").write_bytes(render(compiled_report(compiled(form, profile))))
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    files = [str(file) for file in sorted(folder.glob("*.docx"))]
    subprocess.run([*command, "--outdir", str(folder), *files], check=True, capture_output=True, timeout=300)
    return folder


def sizes(pdf: Path) -> list[tuple[int, int]]:
    """Return (width, height) in millimetres of each page."""
    told = subprocess.run(["pdfinfo", "-l", "999", str(pdf)], check=True, capture_output=True, text=True).stdout
    found = re.findall(r"Page +\d+ size: +([\d.]+) x ([\d.]+) pts", told)
    return [(round(float(w) * 25.4 / 72), round(float(h) * 25.4 / 72)) for w, h in found]


@pytest.mark.parametrize(("form", "profile"), SAMPLES)
def test_pages_have_the_size_of_their_sections(pages: Path, form: str, profile: str) -> None:
    """First the upright text, then the wide appendices; no page of another size, none lost."""
    found = sizes(pages / f"{form}.{profile}.pdf")
    file = Docx((pages / f"{form}.{profile}.docx").read_bytes())

    assert len(found) > len(file.sections) > 1
    assert found == sorted(found)
    assert set(found) == {(210, 297), (297, 210)}


@pytest.mark.parametrize(("form", "profile"), SAMPLES)
def test_the_first_page_carries_the_title(pages: Path, form: str, profile: str) -> None:
    """Head, number and type on page 1, and no page number."""
    command = ["pdftotext", "-f", "1", "-l", "1", "-layout", str(pages / f"{form}.{profile}.pdf"), "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout

    assert "BÁO CÁO" in text
    assert ("ĐẢNG CỘNG SẢN VIỆT NAM" if profile == "party_hd36" else "Độc lập - Tự do - Hạnh phúc") in text
    assert re.match(r"\s*\d+\s*$", text.split("\n")[0]) is None


@pytest.mark.parametrize(("form", "profile"), SAMPLES)
def test_every_appendix_begins_its_own_numbering(pages: Path, form: str, profile: str) -> None:
    """After each first page of an appendix comes page 2 or the next appendix, never page 12."""
    pdf = pages / f"{form}.{profile}.pdf"
    for number, (width, height) in enumerate(sizes(pdf), 1):
        if width < height:
            continue
        command = ["pdftotext", "-f", str(number), "-l", str(number), "-layout", str(pdf), "-"]
        text = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
        first = text.split("\n")[0].strip()
        assert re.fullmatch(r"(?i)phụ lục \w+|[2-9]", first)


@pytest.mark.parametrize(("form", "profile"), COMPILED)
def test_a_compiled_report_ends_with_its_lists_upright(pages: Path, form: str, profile: str) -> None:
    """Every section on pages of its size; the lists of units begin the last of them, on a page without a number."""
    pdf = pages / f"{form}.{profile}.tong-hop.pdf"
    found = sizes(pdf)
    sections = Docx((pages / f"{form}.{profile}.tong-hop.docx").read_bytes()).sections
    command = ["pdftotext", "-f", str(len(found)), "-l", str(len(found)), "-layout", str(pdf), "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout

    assert len(found) > len(sections) > 2
    assert set(found) == {(297, 210) if section.landscape else (210, 297) for section in sections}
    assert found[-1] == (210, 297)
    assert text.split("\n")[0].strip() == ("PHỤ LỤC 7" if form == "kl62-2019" else LISTS_TITLE)
    assert "I. Đơn vị chưa gửi báo cáo" in text
