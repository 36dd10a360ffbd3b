"""The shape of a Word report, made by python-docx once per (profile, outline with or without parts) and kept.

The parts of the package (styles, settings, headers, relations) come out of python-docx as bytes; the body is streamed
between the opening and the closing of ``word/document.xml`` (see ``document``). Everything here uses python-docx's
public objects and the XML elements they hand out.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from exports.profiles import Profile, profile

FONT = "Times New Roman"
LANGUAGE = "vi-VN"
HEADING_LEVELS = 5
BODY = "BodyText"
LAYOUT = "TheThuc"
RECIPIENTS = "NoiNhan"
TABLE_TEXT = "OBang"
APPENDIX = "PhuLuc"
SECTION_END = "HetPhan"
_KEPT_STYLES = frozenset({"Normal", "Body Text", "Header", "Default Paragraph Font", "Normal Table", "No List"})


@dataclass(frozen=True, slots=True)
class Skeleton:
    """``files`` are the parts of the package without the document and its core properties.

    ``opening`` and ``closing`` enclose the body; ``portrait`` is the section of the running text, ``appendix_wide``
    and ``appendix_tall`` those of an appendix (page numbers begin again at 1).
    """

    files: tuple[tuple[str, bytes], ...]
    opening: str
    closing: str
    portrait: str
    appendix_wide: str
    appendix_tall: str


@lru_cache(maxsize=16)
def skeleton(key: str, with_parts: bool) -> Skeleton:
    """Return the skeleton of reports in profile ``key``, whose outline has parts ("Phần thứ nhất") or not."""
    layout = profile(key)
    document = docx.Document()
    _settings(document, mirror=layout.page.mirror)
    _strip_styles(document)
    _styles(document, layout, with_parts)
    _sections(document, layout)
    return _cut(document)


def _cut(document: Document) -> Skeleton:
    """Save ``document`` and take its package apart."""
    for relations in (document.part.package.rels, document.part.rels):
        for key in [key for key, relation in relations.items() if _useless(relation.reltype)]:
            del relations[key]
    saved = io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as package:
        files = {name: package.read(name) for name in package.namelist()}
    body = files.pop("word/document.xml")
    files.pop("docProps/core.xml")
    files["docProps/app.xml"] = _APP
    opening, _, rest = body.decode().partition("<w:body>")
    sections = re.findall(r"<w:sectPr.*?</w:sectPr>", rest, re.DOTALL)
    closing = rest.rpartition("</w:body>")[2]
    return Skeleton(tuple(files.items()), opening + "<w:body>", "</w:body>" + closing, *sections)


def _useless(kind: str) -> bool:
    """Whether a relation of python-docx's template leads to something no report needs (a thumbnail, old effects)."""
    return kind.rpartition("/")[2] in ("thumbnail", "customXml", "stylesWithEffects", "webSettings", "numbering")


_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>Baocao</Application></Properties>"
)


def _settings(document: Document, *, mirror: bool) -> None:
    """Vietnamese throughout, Word's present behaviour (mode 15), no leftovers of the template's own making."""
    root: Any = document.settings.element
    for name in ("w:rsids", "w:savePreviewPicture", "w:zoom", "w:proofState", "w:doNotAutoCompressPictures"):
        for element in root.findall(qn(name)):
            root.remove(element)
    theme = root.find(qn("w:themeFontLang"))
    theme.attrib.clear()
    theme.set(qn("w:val"), LANGUAGE)
    for setting in root.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    root.find(qn("w:decimalSymbol")).set(qn("w:val"), ",")
    root.find(qn("w:listSeparator")).set(qn("w:val"), ";")
    if mirror:
        root.insert(0, OxmlElement("w:mirrorMargins"))


def _strip_styles(document: Document) -> None:
    """Leave only the styles that are used, without theme fonts and theme colours, on neutral defaults."""
    root: Any = document.styles.element
    for style in list(document.styles):
        if style.name not in _KEPT_STYLES and not re.fullmatch(r"Heading [1-5]", style.name or ""):
            root.remove(style.element)
    for name in ("w:rFonts", "w:color", "w:spacing", "w:lang", "w:link", "w:next"):
        for element in list(root.iter(qn(name))):
            element.getparent().remove(element)
    defaults = root.find(qn("w:docDefaults"))
    letters = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    letters.insert(0, _element("w:rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT))
    letters.append(_element("w:lang", val=LANGUAGE, eastAsia=LANGUAGE, bidi="ar-SA"))
    paragraphs = defaults.find(qn("w:pPrDefault")).find(qn("w:pPr"))
    paragraphs.append(_element("w:spacing", before="0", after="0", line="240", lineRule="auto"))


def _styles(document: Document, layout: Profile, with_parts: bool) -> None:
    """Shape the styles: running text, headings by their depth, and the centred lines of head and appendix."""
    sizes = layout.sizes
    _letters(_style(document, "Normal"), sizes.body)
    _running_text(_style(document, "Body Text"), layout)
    for level in range(1, HEADING_LEVELS + 1):
        _heading(_style(document, f"Heading {level}"), layout, level, centred=with_parts and level == 1)
    _letters(_style(document, "Header"), sizes.page_number)
    _style(document, "Header").paragraph_format.alignment = ALIGN.CENTER
    _new(document, "Thể thức", LAYOUT, sizes.body).paragraph_format.alignment = ALIGN.CENTER
    _new(document, "Nơi nhận", RECIPIENTS, sizes.recipients).paragraph_format.alignment = ALIGN.LEFT
    _new(document, "Ô bảng", TABLE_TEXT, sizes.table).paragraph_format.alignment = ALIGN.LEFT
    _new(document, "Phụ lục", APPENDIX, sizes.appendix).paragraph_format.alignment = ALIGN.CENTER
    end = _new(document, "Hết phần", SECTION_END, 1).paragraph_format
    end.line_spacing_rule, end.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(1)


def _style(document: Document, name: str) -> ParagraphStyle:
    style = document.styles[name]
    if not isinstance(style, ParagraphStyle):
        raise TypeError(f"the template's style {name!r} is not of paragraphs")
    return style


def _new(document: Document, name: str, key: str, points: float) -> ParagraphStyle:
    """Add a paragraph style named in Vietnamese, with a plain key for the XML."""
    style: Any = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.element.set(qn("w:styleId"), key)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    _letters(style, points)
    found: ParagraphStyle = style
    return found


def _letters(style: ParagraphStyle, points: float, *, bold: bool | None = None) -> None:
    """Set size and weight; Heading styles lose the template's blue."""
    style.font.size = Pt(points)
    style.font.bold = bold
    style.font.color.rgb = RGBColor(0, 0, 0)
    properties: Any = style.element.get_or_add_rPr()
    for complex_size in properties.findall(qn("w:szCs")):
        properties.remove(complex_size)
    properties.find(qn("w:sz")).addnext(_element("w:szCs", val=str(round(points * 2))))


def _running_text(style: ParagraphStyle, layout: Profile) -> None:
    """Justified, first line indented, at least 6 pt between paragraphs (HD 05-HD/VPTW, A.2; NĐ 30)."""
    _letters(style, layout.sizes.body)
    shape, body = style.paragraph_format, layout.body
    shape.alignment = ALIGN.JUSTIFY
    shape.first_line_indent = Mm(body.first_line_mm)
    shape.space_before, shape.space_after = Pt(0), Pt(body.after_pt)
    shape.widow_control = True
    if body.line_rule == "exact":
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(body.line)
    else:
        shape.line_spacing = body.line


def _heading(style: ParagraphStyle, layout: Profile, level: int, *, centred: bool) -> None:
    """A real heading, bold, in the size of the text, kept with what follows; parts stand in the middle."""
    _running_text(style, layout)
    _letters(style, layout.sizes.body, bold=True)
    style.font.italic = None
    shape = style.paragraph_format
    shape.keep_with_next, shape.keep_together = True, True
    if centred:
        shape.alignment, shape.first_line_indent = ALIGN.CENTER, Mm(0)
    properties: Any = style.element.get_or_add_pPr()
    for outline in properties.findall(qn("w:outlineLvl")):
        outline.set(qn("w:val"), str(level - 1))


def _sections(document: Document, layout: Profile) -> None:
    """The text, then a wide and a tall appendix: their section properties are what is kept of the body."""
    document.add_section(WD_SECTION.NEW_PAGE)
    document.add_section(WD_SECTION.NEW_PAGE)
    body: Any = document.element.body
    elements = list(body.iter(qn("w:sectPr")))
    for section, element, wide in zip(document.sections, elements, (False, True, False), strict=True):
        _paper(section, layout, wide=wide)
        element.attrib.clear()
        for lines in element.findall(qn("w:docGrid")):
            element.remove(lines)
    _page_number(document.sections[0])
    for element in elements[1:]:
        element.insert(0, _element("w:type", val="nextPage"))
        _same_headers(elements[0], element)
        element.find(qn("w:cols")).addprevious(_element("w:pgNumType", start="1"))


def _paper(section: Section, layout: Profile, *, wide: bool) -> None:
    margins = layout.page.landscape if wide else layout.page.portrait
    width, height = (297, 210) if wide else (210, 297)
    section.start_type = WD_SECTION.NEW_PAGE
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.bottom_margin = Mm(margins.top), Mm(margins.bottom)
    section.left_margin, section.right_margin = Mm(margins.left), Mm(margins.right)
    section.header_distance = section.footer_distance = Mm(layout.page.header_mm)
    section.different_first_page_header_footer = True


def _page_number(section: Section) -> None:
    """A PAGE field centred in the header; the first page's header stays empty (HD 05-HD/VPTW, A.1)."""
    section.first_page_header.is_linked_to_previous = False
    section.header.is_linked_to_previous = False
    line = section.header.paragraphs[0]
    for kind in ("begin", "instr", "separate", "result", "end"):
        line.add_run().element.append(_field_piece(kind))


def _field_piece(kind: str) -> Any:
    if kind == "instr":
        piece = OxmlElement("w:instrText")
        piece.text = "PAGE"
        return piece
    if kind == "result":
        piece = OxmlElement("w:t")
        piece.text = "2"
        return piece
    return _element("w:fldChar", fldCharType=kind)


def _same_headers(first: Any, other: Any) -> None:
    """Point one section at the headers of the first itself, so that no reader depends on inheriting them."""
    for number, reference in enumerate(first.findall(qn("w:headerReference"))):
        other.insert(number, copy.deepcopy(reference))


def _element(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element
