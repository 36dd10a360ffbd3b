"""A ``Report`` as a .docx file: ``render`` fills the skeleton of its profile with the body, streamed as text.

The order on paper is the order of the functions below: head, title, outline, closing, foot, appendices, the lists of
units. Each yields short pieces of XML, so that a report over thousands of units never stands in memory as a tree.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import count
from typing import BinaryIO

from exports.profiles import Profile, profile
from exports.report import Block, Heading, Paragraph, Report
from exports.text_metrics import side_indent_mm
from exports.word.head import foot, letterhead, reference, title
from exports.word.lists import unit_lists
from exports.word.package import complete, core_properties
from exports.word.skeleton import BODY, HEADING_LEVELS, SECTION_END, Skeleton, skeleton
from exports.word.tables import appendix
from exports.word.xml import Letters, indented, paragraph, run, text_paragraph

_ONE_LINE = 90
"""A paragraph shorter than this many letters may be a single line."""
_KEEP_NEXT = "<w:keepNext/>"
_BOLD = Letters(bold=True)
_ITALIC = Letters(bold=False, italic=True)


def render(report: Report) -> bytes:
    """Return ``report`` as a Word file; the same report gives the same bytes. Raises ``KeyError`` for its profile."""
    made = io.BytesIO()
    write(report, made)
    return made.getvalue()


def write(report: Report, stream: BinaryIO) -> None:
    """Write ``report`` as a Word file into ``stream``, its blocks read once. Raises ``KeyError`` for its profile."""
    layout = profile(report.profile)
    shape = skeleton(layout.key, report.parts)
    core = core_properties(f"{report.type_name} {report.subject}", report.letterhead.issuing_body, report.created)
    complete(stream, shape.files, core, _document(report, layout, shape))


def _document(report: Report, layout: Profile, shape: Skeleton) -> Iterator[str]:
    yield shape.opening
    yield from _body(report, layout, shape)
    yield shape.closing


def _body(report: Report, layout: Profile, shape: Skeleton) -> Iterator[str]:
    """Yield the report in sections: the text upright, then every appendix in a section of its own, the lists last."""
    lines = count(1)
    yield letterhead(report.letterhead, layout, layout.text_width_mm(), lines)
    yield from title(report, layout, lines)
    yield from blocks(report.blocks, layout)
    yield foot(report.signature, layout)
    ending = shape.portrait
    parent = reference(report, layout)
    for item in report.appendices:
        yield _section_end(ending)
        yield from appendix(item, layout, lines, parent)
        ending = shape.appendix_wide if item.table.landscape else shape.appendix_tall
    if report.standings:
        yield _section_end(ending)
        yield from unit_lists(report, layout, parent)
        ending = shape.appendix_tall
    yield paragraph(SECTION_END, "")
    yield ending


def _section_end(section: str) -> str:
    """Return the paragraph that carries a section's properties: 1 pt high, so that it never opens a page."""
    return paragraph(SECTION_END, "", section)


def blocks(found: Iterable[Block], layout: Profile) -> Iterator[str]:
    """Yield the running text. Its end stays with the signature: at least two lines stand above it on the page."""
    held: list[Block] = []
    for block in found:
        if len(held) == 2:
            yield _block(held[0], layout)
            held = [held[1], block]
        else:
            held.append(block)
    last = held[-1] if held else None
    short = isinstance(last, Paragraph) and len(last.text) < _ONE_LINE
    for block in held:
        yield _block(block, layout, kept=block is last or short)


def _block(block: Block, layout: Profile, *, kept: bool = False) -> str:
    if isinstance(block, Heading):
        return _heading(block, layout)
    properties = _KEEP_NEXT if kept or block.lead else ""
    if block.unit:
        return paragraph(BODY, run(f"{block.unit}: ", _BOLD) + run(block.text), properties)
    return text_paragraph(BODY, block.text, properties)


def _heading(heading: Heading, layout: Profile) -> str:
    """Return a heading of the outline: real Heading styles by depth, letters by what it is."""
    style = f"Heading{min(heading.level, HEADING_LEVELS)}"
    if heading.style == "part":
        text = heading.text.upper()
        side = side_indent_mm(text, layout.sizes.body, layout.text_width_mm(), bold=True)
        label = paragraph(style, run(heading.label), '<w:spacing w:before="120" w:after="0"/>') if heading.label else ""
        return label + paragraph(style, run(text), indented(side))
    bold = heading.style == "heading" or heading.text[:1].isdigit()
    runs = run(heading.text) if bold else run(heading.text, _ITALIC)
    if heading.tail:
        runs += run(f" {heading.tail}", Letters(bold=False))
    return paragraph(style, runs)
