"""Rules of the running text: C26 to C29, C31 to C37, C52, C59, C60."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from tests.exports.docx.docx_file import TWIPS_PER_MM, Docx, Paragraph, W, number
from tests.exports.docx.expected import Expected, registry

RULES, rule = registry()
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\ufffd\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\u00a0\u00a0")


def body(file: Docx, expected: Expected) -> list[Paragraph]:
    """Return the paragraphs between the title and the signature."""
    found = file.sections[0].paragraphs
    texts = [paragraph.text for paragraph in found]
    start = texts.index(expected.subject) + 1 if expected.subject in texts else 0
    while start < len(found) and not found[start].heading and found[start].alignment == "center":
        start += 1
    return found[start:]


def running(file: Docx, expected: Expected) -> list[Paragraph]:
    return [paragraph for paragraph in body(file, expected) if not paragraph.heading]


def headings(file: Docx, expected: Expected) -> list[Paragraph]:
    return [paragraph for paragraph in body(file, expected) if paragraph.heading]


@rule("C26")
def justified(file: Docx, expected: Expected) -> Iterator[str]:
    for paragraph in running(file, expected):
        if paragraph.alignment != "both":
            yield f"{paragraph.alignment}: {paragraph.text[:60]}"


@rule("C27")
def first_line(file: Docx, expected: Expected) -> Iterator[str]:
    for paragraph in running(file, expected):
        indent = paragraph.length("ind", "firstLine") / TWIPS_PER_MM
        fits = 9 <= indent <= 11 or (not expected.party and abs(indent - 12.7) <= 0.5)
        padded = paragraph.text[:1].isspace() and paragraph.text not in expected.typed
        if not fits or padded:
            yield f"{indent:.1f} mm: {paragraph.text[:60]!r}"


@rule("C28")
def line_spacing(file: Docx, expected: Expected) -> Iterator[str]:
    for paragraph in running(file, expected) if expected.party else ():
        line = paragraph.length("spacing", "line")
        if paragraph.line_rule() != "exact" or not 360 <= line <= 440:
            yield f"{paragraph.line_rule()} {line}: {paragraph.text[:60]}"


@rule("C29")
def paragraph_spacing(file: Docx, expected: Expected) -> Iterator[str]:
    for above, below in pairwise(body(file, expected)):
        gap = above.length("spacing", "after") + below.length("spacing", "before")
        label = above.heading and above.text.startswith("Phần ")
        if gap < 120 and not label:
            yield f"{gap / 20} pt above {below.text[:60]}"
    defaults = file.styles.root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr/{W}spacing")
    if number(defaults, "after") or number(defaults, "line", 240) != 240:
        yield "docDefaults still space paragraphs"


@rule("C31")
def real_headings(file: Docx, expected: Expected) -> Iterator[str]:
    for paragraph in body(file, expected):
        text = paragraph.text
        looks = re.match(r"(Phần thứ|Chương [IVX\d]|[IVX]+[.-] )", text) or text in expected.headings
        looks = looks or (bool(text) and all(run.bold for run in paragraph.runs))
        if looks and text not in expected.typed and (not paragraph.heading or paragraph.outline_level is None):
            yield text[:60]


@rule("C32")
def levels(file: Docx, expected: Expected) -> Iterator[str]:
    found = [paragraph.outline_level or 0 for paragraph in headings(file, expected)]
    for above, below in pairwise([-1, *found]):
        if below > above + 1:
            yield f"level {below + 1} under level {above + 1}"


@rule("C33")
def headings_stay(file: Docx, expected: Expected) -> Iterator[str]:
    for paragraph in headings(file, expected):
        if not paragraph.kept_with_next:
            yield paragraph.text[:60]


@rule("C34")
def parts(file: Docx, expected: Expected) -> Iterator[str]:
    for label, title in pairwise(body(file, expected)):
        if not re.match("Phần thứ", label.text):
            continue
        for paragraph in (label, title):
            if paragraph.alignment != "center" or not all(run.bold for run in paragraph.runs):
                yield f"not bold and centred: {paragraph.text[:60]}"
        if not title.text.isupper():
            yield f"not in capitals: {title.text[:60]}"


@rule("C35")
def marks(file: Docx, expected: Expected) -> Iterator[str]:
    roman, arabic = 0, 0
    kinds: set[tuple[bool, str]] = set()
    for text in (paragraph.text for paragraph in headings(file, expected)):
        found = re.match(r"([IVX]+|\d+)([.\-])", text)
        if text.startswith("Phần "):
            roman = arabic = 0
        if not found:
            continue
        is_roman = not found.group(1).isdigit()
        kinds.add((is_roman, found.group(2)))
        roman, arabic = (roman + 1, 0) if is_roman else (roman, arabic + 1)
        wanted = ROMAN[roman - 1] if is_roman else str(arabic)
        if found.group(1) != wanted:
            yield f"{found.group(1)} where {wanted} is due: {text[:60]}"
    if len(kinds) > 2:
        yield f"several ways to write marks: {sorted(kinds)}"


@rule("C36")
def outline(file: Docx, expected: Expected) -> Iterator[str]:
    found = body(file, expected)
    printed = tuple(paragraph.text for paragraph in found if paragraph.heading)
    for number_, (told, wanted) in enumerate(zip(printed, expected.headings, strict=False), 1):
        if told != wanted:
            yield f"heading {number_} is {told[:60]!r}, not {wanted[:60]!r}"
            return
    if len(printed) != len(expected.headings):
        yield f"{len(printed)} headings, {len(expected.headings)} in the outline"
    for above, below in pairwise([*found, found[-1]]):
        if above.heading and above.text in expected.leaves and below.heading:
            yield f"nothing under {above.text[:60]!r}"
    texts = [paragraph.text for paragraph in found]
    for phrase in expected.phrases:
        if phrase not in texts:
            yield f"not printed: {phrase[:60]!r}"


@rule("C37")
def last_sentence(file: Docx, expected: Expected) -> Iterator[str]:
    text = running(file, expected)[-1].text
    if text in expected.typed or text == "(Chưa có nội dung)":
        return
    if not text.endswith(".") or (expected.party and text.endswith("./.")):
        yield repr(text[-40:])


@rule("C52")
def appendices_named(file: Docx, expected: Expected) -> Iterator[str]:
    text = "\n".join(paragraph.text for paragraph in running(file, expected))
    for grid in expected.appendices:
        if not grid.number.casefold().startswith("phụ lục"):
            if grid.title.casefold() not in text.casefold():
                yield f"{grid.title[:60]!r} is not mentioned"
            continue
        name = grid.number.capitalize() if grid.number.split()[-1].isdigit() else "Phụ lục " + grid.number.split()[-1]
        if not re.search(rf"{re.escape(name)}(?!\w)", text):
            yield f"{name} is not mentioned"
        if name.split()[-1].isdigit() is not expected.party:
            yield f"{name}: wrong kind of number"


@rule("C59")
def clean_text(file: Docx, expected: Expected) -> Iterator[str]:
    for paragraph in file.paragraphs():
        text = paragraph.text
        if text not in expected.typed and (not unicodedata.is_normalized("NFC", text) or _INVISIBLE.search(text)):
            yield repr(text[:60])


@rule("C60")
def no_leftovers(file: Docx, expected: Expected) -> Iterator[str]:
    for paragraph in body(file, expected):
        if not paragraph.text and "" not in expected.typed:
            yield "an empty paragraph in the text"
    if sum(not p.text and not p.drawn_mm for p in file.paragraphs(file.sections[0].tables[-1])) > 5:
        yield "too many empty paragraphs in the signature"
    if any(e.get(W + "type") == "page" for e in file.document.iter(W + "br")):
        yield "a manual page break"
    for paragraph in file.paragraphs():
        yield from _leftover(paragraph.text, expected)


def _leftover(text: str, expected: Expected) -> Iterator[str]:
    if text in expected.typed:
        return
    blanks = re.fullmatch(r"Số:? +[-/].*|.*, ngày +tháng +năm.*", text)
    if "  " in text and not blanks:
        yield f"double spaces: {text[:60]!r}"
    if re.search(r"[{}]|TODO|\bNone\b|\bnan\b", text):
        yield f"left over: {text[:60]!r}"
