"""WordprocessingML as text: escaping, runs, paragraphs. What a person typed comes out as it was stored.

Everything is a string made of strings: a tree of elements costs twice the time and hundreds of megabytes at a
province's size. The shape of the document (styles, sections, headers) is python-docx's, see ``skeleton``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

TWIPS_PER_MM = 1440 / 25.4
EMU_PER_MM = 36000

_FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAKS = re.compile("([\t\n])")


def twips(millimetres: float) -> int:
    """Return a length in twentieths of a point."""
    return round(millimetres * TWIPS_PER_MM)


def escape(text: str) -> str:
    """Return ``text`` safe inside an element; characters that XML 1.0 forbids are dropped (storage keeps none)."""
    if not text.isprintable() and _FORBIDDEN.search(text):
        text = _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class Letters(NamedTuple):
    """How letters look, directly on a run. ``size`` in points; 0 leaves it to the style."""

    size: float = 0
    bold: bool | None = None
    italic: bool = False
    underline: bool = False


@lru_cache(maxsize=256)
def letters_xml(letters: Letters) -> str:
    """Return the ``w:rPr`` in schema order; '' if nothing is set."""
    bold = "" if letters.bold is None else ("<w:b/><w:bCs/>" if letters.bold else _NOT_BOLD)
    italic = "<w:i/><w:iCs/>" if letters.italic else ""
    half = round(letters.size * 2)
    size = f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>' if half else ""
    line = '<w:u w:val="single"/>' if letters.underline else ""
    inner = bold + italic + size + line
    return f"<w:rPr>{inner}</w:rPr>" if inner else ""


_NOT_BOLD = '<w:b w:val="0"/><w:bCs w:val="0"/>'
PLAIN = Letters()


def run(text: str, letters: Letters = PLAIN) -> str:
    """Return a ``w:r`` that holds ``text``; tabs and line ends become ``w:tab`` and ``w:br``."""
    safe = escape(text)
    if "\t" not in safe and "\n" not in safe:
        return f'<w:r>{letters_xml(letters)}<w:t xml:space="preserve">{safe}</w:t></w:r>'
    inner = "".join(_piece(piece) for piece in _BREAKS.split(safe) if piece)
    return f"<w:r>{letters_xml(letters)}{inner}</w:r>"


def _piece(piece: str) -> str:
    return _CONTROL.get(piece) or f'<w:t xml:space="preserve">{piece}</w:t>'


_CONTROL = {"\t": "<w:tab/>", "\n": "<w:br/>"}


def paragraph(style: str, runs: str, properties: str = "") -> str:
    """Return a ``w:p``. ``properties`` follow the style's name in ``w:pPr`` and come in schema order."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs}</w:p>'


def text_paragraph(style: str, text: str, properties: str = "") -> str:
    """Return a paragraph of one plain run: the common case of a body, kept short."""
    if not text:
        return paragraph(style, "", properties)
    return paragraph(style, run(text), properties)


def indented(side_mm: float) -> str:
    """Return the ``w:ind`` that narrows a centred paragraph by ``side_mm`` on both sides; '' for none."""
    side = twips(side_mm)
    return f'<w:ind w:left="{side}" w:right="{side}" w:firstLine="0"/>' if side > 0 else ""


def table_row(cells: str, *, header: bool = False, splits: bool = False, height: int = 0) -> str:
    """Return a ``w:tr``. ``header`` repeats on every page, ``splits`` may break over pages, ``height`` is the least."""
    inner = ("" if splits else "<w:cantSplit/>") + (
        f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    )
    inner += "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr>{inner}</w:trPr>{cells}</w:tr>" if inner else f"<w:tr>{cells}</w:tr>"


def cell(width: int, content: str, *, span: int = 1, merge: str = "", middle: bool = False) -> str:
    """Return a ``w:tc``. ``merge`` is 'restart' or 'continue' for a vertical merge; ``middle`` centres it upright."""
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    upright = '<w:vAlign w:val="center"/>' if middle else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spans}{merged}{upright}</w:tcPr>{content}</w:tc>'


def grid(widths: list[int]) -> str:
    """Return the ``w:tblGrid`` of ``widths`` in twips."""
    return "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths) + "</w:tblGrid>"


def table_opening(widths: list[int], *, border: bool, padding: tuple[int, int] = (0, 0)) -> str:
    """Return the opening of a fixed table up to its first row. ``padding`` is upright and sideways, in twips."""
    line = 'w:val="single" w:sz="4" w:space="0" w:color="000000"' if border else 'w:val="none" w:sz="0" w:space="0"'
    sides = "".join(f"<w:{side} {line}/>" for side in _BORDER_SIDES)
    upright, sideways = padding
    pads = (("top", upright), ("left", sideways), ("bottom", upright), ("right", sideways))
    margins = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in pads)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/>'
        f'<w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>{grid(widths)}"
    )


_BORDER_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def drawn_line(length_mm: float, number: int) -> str:
    """Return a run with a solid black line of 0.75 pt, ``length_mm`` long, that stands in the text like a letter.

    Drawn for Word 2010 and later, with a plain rectangle for older readers. ``number`` is unique in the document.
    """
    points = length_mm * 72 / 25.4
    wide = round(length_mm * EMU_PER_MM)
    return (
        f'<w:r><mc:AlternateContent xmlns:mc="{_MC}"><mc:Choice xmlns:wps="{_WPS}" Requires="wps"><w:drawing>'
        f'<wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{wide}" cy="0"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{number}" name="Line {number}"/>'
        f'<a:graphic xmlns:a="{_A}"><a:graphicData uri="{_WPS}"><wps:wsp><wps:cNvCnPr/><wps:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="0"/></a:xfrm>'
        '<a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
        '<a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>'
        "</wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
        f'<mc:Fallback><w:pict><v:rect xmlns:v="{_V}" style="width:{points:.1f}pt;height:.75pt" '
        'fillcolor="black" stroked="f"/></w:pict></mc:Fallback></mc:AlternateContent></w:r>'
    )


_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_V = "urn:schemas-microsoft-com:vml"
