"""Rules of the head, the title and the foot: C12 to C25, C38 to C44."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from tests.exports.docx.docx_file import Docx, Paragraph, W, borders, cells, is_on, number, rows
from tests.exports.docx.expected import Expected, registry

RULES, rule = registry()
PARTY, NATION, MOTTO = "ĐẢNG CỘNG SẢN VIỆT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
R1 = re.compile(r"Số (\d{2,}|\s+)-[A-ZĐ][A-Za-zĐ]*/[A-ZĐ][A-Za-zĐ-]*")
R2 = re.compile(r"Số: (\d{2,}|\s+)/[A-ZĐ][A-Za-zĐ]*(-[A-ZĐa-z]+)+")
R3 = re.compile(r".*, ngày (0[1-9]|[12]\d|3[01]) tháng (0[12]|[3-9]|1[0-2]) năm \d{4}")
BLANK_DATE = re.compile(r".*, ngày\s+tháng\s+năm [\d ]+")
SYMBOLS = {"BÁO CÁO": "BC", "KẾ HOẠCH": "KH", "TỜ TRÌNH": "TTr", "THÔNG BÁO": "TB", "HƯỚNG DẪN": "HD"}
LINE_MM = {True: 72.9, False: 60.5}
"""Length of the Party's title at 15 points bold, of Tiêu ngữ at 14 points bold."""


def head(file: Docx) -> list[list[list[Paragraph]]]:
    """Return the paragraphs of the head by row and cell; [] if the first block is no table."""
    first = file.sections[0].blocks[0]
    return _grid(file, first) if first.tag == W + "tbl" else []


def _grid(file: Docx, table: etree._Element) -> list[list[list[Paragraph]]]:
    return [[[Paragraph(file, p) for p in cell.findall(W + "p")] for cell in cells(row)] for row in rows(table)]


def foot(file: Docx) -> list[list[Paragraph]]:
    """Return the paragraphs of the two cells of the signature table: the last table of the first section."""
    tables = file.sections[0].tables
    found = _grid(file, tables[-1]) if len(tables) > 1 else []
    return found[0] if found and len(found[0]) == 2 else [[], []]


def _cell(file: Docx, row: int, column: int) -> list[Paragraph]:
    found = head(file)
    return found[row][column] if len(found) > row and len(found[row]) > column else []


def _texts(found: list[Paragraph]) -> list[str]:
    return [paragraph.text for paragraph in found]


def _letters(paragraph: Paragraph) -> tuple[bool, int]:
    runs = paragraph.runs
    return all(run.bold for run in runs), min((run.half_points for run in runs), default=0)


@rule("C12")
def head_table(file: Docx, expected: Expected) -> Iterator[str]:
    first = file.sections[0].blocks[0]
    if first.tag != W + "tbl":
        yield "the first block is no table"
        return
    if [len(cells(row)) for row in rows(first)] not in ([2, 2], [2]):
        yield "the head is not 2 x 2"
    if set(borders(first)) - {"none", "nil"} or len(borders(first)) != 6:
        yield f"borders {borders(first)}"
    width = number(first.find(f"{W}tblPr/{W}tblW"), "w")
    if abs(width - file.sections[0].text_width) > 28:
        yield f"width {width} of {file.sections[0].text_width}"


@rule("C13")
def national_title(file: Docx, expected: Expected) -> Iterator[str]:
    wanted = {PARTY: (30, 30)} if expected.party else {NATION: (24, 26), MOTTO: (26, 28)}
    for text, (least, most) in wanted.items():
        found = [p for p in _cell(file, 0, 1) if p.text == text]
        if len(found) != 1:
            yield f"{len(found)} times {text}"
        for paragraph in found:
            bold, size = _letters(paragraph)
            if not bold or not least <= size <= most:
                yield f"{text}: bold {bold}, {size} half-points"


@rule("C14")
def one_kind_of_head(file: Docx, expected: Expected) -> Iterator[str]:
    wrong = (NATION, MOTTO) if expected.party else (PARTY,)
    for paragraph in file.paragraphs():
        if paragraph.text in wrong:
            yield f"{paragraph.text} in a document of the {'Party' if expected.party else 'state'}"


@rule("C15")
def line_under_title(file: Docx, expected: Expected) -> Iterator[str]:
    drawn = [p for p in _cell(file, 0, 1) if p.drawn_mm]
    wanted = LINE_MM[expected.party]
    if len(drawn) != 1 or not 0.9 * wanted <= drawn[0].drawn_mm <= 1.1 * wanted or drawn[0].alignment != "center":
        yield f"lines under the title: {[p.drawn_mm for p in drawn]}, wanted {wanted}"


@rule("C16")
def no_typed_lines(file: Docx, expected: Expected) -> Iterator[str]:
    for paragraph in file.paragraphs():
        if re.search("[_—─]{4,}", paragraph.text) and paragraph.text not in expected.typed:
            yield paragraph.text


@rule("C17")
def bodies(file: Docx, expected: Expected) -> Iterator[str]:
    sizes = (28, 28) if expected.party else (24, 26)
    found = {p.text: _letters(p) for p in _cell(file, 0, 0)}
    for text, heavy in ((expected.parent_body, False), (expected.issuing_body, True)):
        if text not in found or not text.isupper():
            yield f"{text!r} is not in the head"
            continue
        bold, size = found[text]
        if bold is not heavy or not sizes[0] <= size <= sizes[1]:
            yield f"{text}: bold {bold}, {size} half-points"


@rule("C18")
def star(file: Docx, expected: Expected) -> Iterator[str]:
    texts = _texts(_cell(file, 0, 0))
    place = texts.index(expected.issuing_body) if expected.issuing_body in texts else -1
    if expected.party and texts[place + 1 : place + 2] != ["*"]:
        yield f"no * under the issuing body: {texts}"
    if not expected.party and "*" in texts:
        yield "a * in a document of the state"


def _number(file: Docx) -> str:
    return next((text for text in _texts(_cell(file, 1, 0)) if text.startswith("Số")), "")


@rule("C19")
def party_number(file: Docx, expected: Expected) -> Iterator[str]:
    if expected.party and not R1.fullmatch(_number(file)):
        yield repr(_number(file))


@rule("C20")
def state_number(file: Docx, expected: Expected) -> Iterator[str]:
    if not expected.party and not R2.fullmatch(_number(file)):
        yield repr(_number(file))


@rule("C21")
def symbol_of_type(file: Docx, expected: Expected) -> Iterator[str]:
    wanted = SYMBOLS.get(expected.type_name, "")
    if wanted and not re.search(rf"[-/]{wanted}[-/]", _number(file)):
        yield f"{_number(file)!r} is not of a {expected.type_name}"


@rule("C22")
def date_line(file: Docx, expected: Expected) -> Iterator[str]:
    found = _cell(file, 1, 1)
    for paragraph in found[:1]:
        if not all(run.italic and run.half_points in (26, 28) for run in paragraph.runs):
            yield "the date is not italic 14"
        if not R3.fullmatch(paragraph.text) and not (expected.draft and BLANK_DATE.fullmatch(paragraph.text)):
            yield repr(paragraph.text)
    if not found:
        yield "no date line"


def _title_place(file: Docx, expected: Expected) -> int:
    return next((i for i, p in enumerate(file.sections[0].paragraphs) if p.text == expected.type_name), -1)


@rule("C23")
def type_name(file: Docx, expected: Expected) -> Iterator[str]:
    place = _title_place(file, expected)
    if place < 0:
        yield f"no paragraph {expected.type_name}"
        return
    paragraph = file.sections[0].paragraphs[place]
    bold, size = _letters(paragraph)
    least, most = (30, 32) if expected.party else (26, 28)
    shifted = paragraph.length("ind", "firstLine") or paragraph.length("ind", "left")
    if not (bold and least <= size <= most and paragraph.alignment == "center" and paragraph.text.isupper()) or shifted:
        yield f"bold {bold}, {size} half-points, {paragraph.alignment}"


@rule("C24")
def subject(file: Docx, expected: Expected) -> Iterator[str]:
    place = _title_place(file, expected)
    paragraph = file.sections[0].paragraphs[place + 1]
    bold, size = _letters(paragraph)
    if paragraph.text != expected.subject:
        yield f"{paragraph.text!r} follows the type"
    if not (bold and size in (28, 30) and paragraph.alignment == "center") or paragraph.text.isupper():
        yield f"bold {bold}, {size} half-points, {paragraph.alignment}"


@rule("C25")
def five_hyphens(file: Docx, expected: Expected) -> Iterator[str]:
    below = file.sections[0].paragraphs[_title_place(file, expected) + 2 :]
    if expected.period and below[0].text != expected.period:
        yield f"{below[0].text!r} stands where the period is due"
    after = below[1] if expected.period else below[0]
    if expected.party and after.text != "-----":
        yield repr(after.text)


@rule("C38")
def signature_table(file: Docx, expected: Expected) -> Iterator[str]:
    section = file.sections[0]
    table = section.tables[-1]
    if [len(cells(row)) for row in rows(table)] != [2] or set(borders(table)) - {"none", "nil"}:
        yield "the signature is not a borderless table of 1 x 2"
    if not is_on(rows(table)[0].find(f"{W}trPr/{W}cantSplit")):
        yield "the signature may break over pages"
    before = section.blocks[section.blocks.index(table) - 1]
    if before.tag != W + "p" or not Paragraph(file, before).kept_with_next:
        yield "the signature may stand alone on a page"


@rule("C39")
def signer_letters(file: Docx, expected: Expected) -> Iterator[str]:
    told = [p for p in foot(file)[1] if p.text]
    least = 2 if expected.head_signs else 3
    if len(told) < least:
        yield f"{len(told)} lines in the signature"
        return
    for place, (paragraph, bold) in enumerate(zip((*told[: least - 1], told[-1]), _signer_bold(expected), strict=True)):
        found, size = _letters(paragraph)
        if (found is not bold and "…" not in paragraph.text) or size not in (26, 28):
            yield f"line {place + 1} {paragraph.text!r}: bold {found}, {size} half-points"


def _signer_bold(expected: Expected) -> tuple[bool, ...]:
    return (True, True) if expected.head_signs else (True, not expected.party, True)


@rule("C40")
def mark_of_authority(file: Docx, expected: Expected) -> Iterator[str]:
    wrong = r"^(TM|KT|TL|TUQ)\. " if expected.party else r"^(T/M|K/T|T/L|T/UQ) "
    for paragraph in foot(file)[1]:
        if re.match(wrong, paragraph.text):
            yield paragraph.text


@rule("C41")
def no_deputy_for_secretary(file: Docx, expected: Expected) -> Iterator[str]:
    text = "\n".join(_texts(foot(file)[1]))
    if re.search(r"K/T BÍ THƯ|KT\. BÍ THƯ", text):
        yield "K/T BÍ THƯ"
    if re.search(r"^(PHÓ )?BÍ THƯ (HUYỆN|TỈNH|ĐẢNG|THÀNH|THỊ) ỦY", text, re.MULTILINE):
        yield "the title names the body"


@rule("C42")
def bare_name(file: Docx, expected: Expected) -> Iterator[str]:
    name = ([p.text for p in foot(file)[1] if p.text] or [""])[-1]
    if re.match(r"(TS|ThS|GS|PGS|BS|KS|CN)\.|Đại tá|Thượng tá|Trung tá|Thiếu tướng", name):
        yield name


@rule("C43")
def recipients_label(file: Docx, expected: Expected) -> Iterator[str]:
    found = [p for p in foot(file)[0] if p.text == "Nơi nhận:"]
    if len(found) != 1:
        yield "no line Nơi nhận:"
    for run in (run for p in found for run in p.runs):
        party = run.half_points == 28 and run.underlined and not run.bold
        state = run.half_points == 24 and run.bold and run.italic
        if not (party if expected.party else state):
            yield f"{run.half_points} half-points, bold {run.bold}, italic {run.italic}, underlined {run.underlined}"


@rule("C44")
def recipients(file: Docx, expected: Expected) -> Iterator[str]:
    listed = [p for p in foot(file)[0] if p.text and p.text != "Nơi nhận:"]
    size, end = (24 if expected.party else 22), ("," if expected.profile == "party_hd36" else ";")
    for paragraph in listed[:-1]:
        if not (paragraph.text.startswith("- ") and paragraph.text.endswith(end)):
            yield repr(paragraph.text)
    if not listed or not (listed[-1].text.startswith("- Lưu") and listed[-1].text.endswith(".")):
        yield "the last line is not where it is kept"
    if any(_letters(paragraph)[1] != size for paragraph in listed):
        yield f"the list is not in {size} half-points"
