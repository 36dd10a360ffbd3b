"""Rules of the page, the fonts, the headers and the file: C01 to C11, C45 to C48, C58."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from tests.exports.docx.docx_file import TWIPS_PER_MM, Docx, Paragraph, R, W, number
from tests.exports.docx.expected import Expected, registry

RULES, rule = registry()
FONT = "Times New Roman"
TOLERANCE = 28
"""Half a millimetre in twips."""

_ORDER = [
    *("headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar", "paperSrc"),
    *("pgBorders", "lnNumType", "pgNumType", "cols", "formProt", "vAlign", "noEndnote", "titlePg", "textDirection"),
    *("bidi", "rtlGutter", "docGrid", "printerSettings"),
]


def _near(twips: int, millimetres: float) -> bool:
    return abs(twips - millimetres * TWIPS_PER_MM) <= TOLERANCE


@rule("C01")
def paper(file: Docx, expected: Expected) -> Iterator[str]:
    for place, section in enumerate(file.sections, 1):
        size = section.properties.find(W + "pgSz")
        wide, high = (297, 210) if section.landscape else (210, 297)
        if not (_near(number(size, "w"), wide) and _near(number(size, "h"), high)):
            yield f"section {place} is not A4"


def _margins(file: Docx, landscape: bool) -> Iterator[tuple[float, ...]]:
    for section in file.sections:
        if section.landscape is landscape:
            yield tuple(section.margin_mm(side) for side in ("top", "bottom", "left", "right"))


def _all_near(found: tuple[float, ...], wanted: tuple[float, ...]) -> bool:
    return all(abs(a - b) <= 0.5 for a, b in zip(found, wanted, strict=True))


@rule("C02")
def party_margins(file: Docx, expected: Expected) -> Iterator[str]:
    for found in _margins(file, landscape=False):
        if expected.party and not _all_near(found, (20, 20, 30, 15)):
            yield f"portrait margins {found}"


@rule("C03")
def state_margins(file: Docx, expected: Expected) -> Iterator[str]:
    ranges = ((20, 25), (20, 25), (30, 35), (15, 20))
    for found in _margins(file, landscape=False):
        fits = all(low - 0.5 <= value <= high + 0.5 for value, (low, high) in zip(found, ranges, strict=True))
        if not expected.party and not fits:
            yield f"portrait margins {found}"


@rule("C04")
def landscape_margins(file: Docx, expected: Expected) -> Iterator[str]:
    for found in _margins(file, landscape=True):
        if not any(_all_near(found, wanted) for wanted in ((30, 15, 20, 20), (20, 20, 30, 15))):
            yield f"landscape margins {found}"


@rule("C05")
def header_distance(file: Docx, expected: Expected) -> Iterator[str]:
    for section in file.sections:
        if not _near(number(section.properties.find(W + "pgMar"), "header"), 10):
            yield "header is not 10 mm from the edge"


def _font_faults(fonts: etree._Element | None) -> Iterator[str]:
    for name, value in fonts.attrib.items() if fonts is not None else ():
        if "Theme" in str(name) or "theme" in str(name) or (not str(name).endswith("hint") and value != FONT):
            yield f"{etree.QName(str(name)).localname}={value}"


@rule("C06")
def default_fonts(file: Docx, expected: Expected) -> Iterator[str]:
    fonts = file.styles.root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts")
    told = {etree.QName(str(name)).localname for name in fonts.attrib} if fonts is not None else set()
    if told != {"ascii", "hAnsi", "eastAsia", "cs"}:
        yield f"default fonts say only {sorted(told)}"
    yield from _font_faults(fonts)


def _used_styles(file: Docx) -> set[str]:
    return {paragraph.style for paragraph in file.paragraphs()} | {"Normal"}


@rule("C07")
def style_fonts(file: Docx, expected: Expected) -> Iterator[str]:
    for key in sorted(_used_styles(file)):
        if key not in file.styles.by_id:
            yield f"style {key} is used and not defined"
        for style in file.styles.chain(key):
            for fault in _font_faults(style.find(f"{W}rPr/{W}rFonts")):
                yield f"style {key}: {fault}"


@rule("C08")
def run_fonts(file: Docx, expected: Expected) -> Iterator[str]:
    for fonts in file.document.iter(W + "rFonts"):
        yield from _font_faults(fonts)


@rule("C09")
def colours(file: Docx, expected: Expected) -> Iterator[str]:
    found = list(file.document.iter(W + "color"))
    for key in _used_styles(file):
        found += [c for style in file.styles.chain(key) for c in style.iter(W + "color")]
    for colour in found:
        if colour.get(W + "val", "auto") not in ("auto", "000000") or colour.get(W + "themeColor"):
            yield f"colour {dict(colour.attrib)}"


@rule("C10")
def language(file: Docx, expected: Expected) -> Iterator[str]:
    told = file.styles.root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    theme = file.settings.find(W + "themeFontLang")
    for name, element in (("docDefaults", told), ("settings", theme)):
        if element is None or element.get(W + "val") != "vi-VN":
            yield f"{name} is not vi-VN"


@rule("C11")
def body_size(file: Docx, expected: Expected) -> Iterator[str]:
    sizes = ("28", "30") if expected.party else ("26", "28")
    for key in {p.style for p in file.sections[0].paragraphs if p.alignment == "both" and not p.heading}:
        plain, complex_script = (file.styles.find(key, "rPr", name) for name in ("sz", "szCs"))
        told = [e.get(W + "val") if e is not None else None for e in (plain, complex_script)]
        if told[0] != told[1] or told[0] not in sizes:
            yield f"style {key} has sizes {told}"


def _header(file: Docx, properties: etree._Element, kind: str) -> etree._Element | None:
    for reference in properties.findall(W + "headerReference"):
        if reference.get(W + "type") == kind:
            return file.related(reference.get(R + "id", ""))
    return None


@rule("C45")
def page_numbers(file: Docx, expected: Expected) -> Iterator[str]:
    for place, section in enumerate(file.sections, 1):
        if section.properties.find(W + "footerReference") is not None:
            yield f"section {place} has a footer"
        header = _header(file, section.properties, "default")
        lines = [Paragraph(file, e) for e in header.iter(W + "p")] if header is not None else []
        fields = [p for p in lines if "PAGE" in "".join(p.element.itertext(W + "instrText"))]
        if not fields:
            yield f"section {place} has no page number"
        for line in fields:
            size = number(line.find("sz") or file.styles.find(line.style, "rPr", "sz"), "val")
            if line.alignment != "center" or size != 28:
                yield f"page number of section {place}: {line.alignment}, {size} half-points"


@rule("C46")
def first_page_header(file: Docx, expected: Expected) -> Iterator[str]:
    for place, section in enumerate(file.sections, 1):
        if section.properties.find(W + "titlePg") is None:
            yield f"section {place} has no different first page"
        header = _header(file, section.properties, "first")
        if header is not None and ("".join(header.itertext(W + "t", W + "instrText")).strip()):
            yield f"section {place}: the first header is not empty"


@rule("C47")
def appendix_sections(file: Docx, expected: Expected) -> Iterator[str]:
    appendices = file.sections[1:]
    if len(appendices) != len(expected.appendices):
        yield f"{len(appendices)} appendix sections, {len(expected.appendices)} appendices"
    for place, section in enumerate(appendices, 1):
        kind = section.properties.find(W + "type")
        if kind is not None and kind.get(W + "val") != "nextPage":
            yield f"appendix {place} does not begin on a new page"
        if number(section.properties.find(W + "pgNumType"), "start") != 1:
            yield f"appendix {place}: page numbers do not begin again"
        if section.properties.find(W + "titlePg") is None:
            yield f"appendix {place} numbers its first page"


@rule("C48")
def section_order(file: Docx, expected: Expected) -> Iterator[str]:
    for place, section in enumerate(file.sections, 1):
        names = [etree.QName(child).localname for child in section.properties]
        ranks = [_ORDER.index(name) for name in names]
        if ranks != sorted(ranks):
            yield f"section {place}: {names}"


@rule("C58")
def core_properties(file: Docx, expected: Expected) -> Iterator[str]:
    core = {etree.QName(e).localname: e.text or "" for e in file.tree("docProps/core.xml")}
    wanted = {
        "title": f"{expected.type_name} {expected.subject}",
        "creator": expected.issuing_body,
        "created": expected.created,
        "language": "vi-VN",
    }
    for name, value in wanted.items():
        if core.get(name) != value:
            yield f"{name} is {core.get(name)!r}"
    if "python-docx" in core.get("description", ""):
        yield "comments are the library's"
