"""The head of a page, the title, and the foot with Nơi nhận and the signature (document-format A.2, A.3, B.1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from exports.figures import long_date_text
from exports.profiles import Profile
from exports.report import Letterhead, Report, Signature
from exports.text_metrics import side_indent_mm, width_mm
from exports.word.skeleton import LAYOUT, RECIPIENTS
from exports.word.xml import Letters, cell, drawn_line, indented, paragraph, run, table_opening, table_row, twips

NUMBER_BLANK = " " * 5
DATE_BLANK = " " * 6
_DOTS = "……"
NAME_BLANK = "……………………"
SIGNATURE_SPACE_PT = 72
_PLACES = frozenset({"XÃ", "PHƯỜNG", "THỊ", "ĐẶC", "HUYỆN", "QUẬN", "THÀNH", "TỈNH", "VIỆT"})
"""Words with which the second line of a body's name begins: ỦY BAN NHÂN DÂN / XÃ AN BÌNH."""
_LEAST_LEFT_MM = 55
_FOOT_SPACE_TWIPS = 120
_KEEP_NEXT = "<w:keepNext/>"


def letterhead(head: Letterhead, layout: Profile, width_mm: float, lines: count[int]) -> str:
    """Return the head as a 2 x 2 table without borders, ``width_mm`` wide. ``lines`` numbers what is drawn."""
    right = _right_mm(head, layout, width_mm)
    widths = [twips(width_mm) - twips(right), twips(right)]
    left = width_mm - right
    first = cell(widths[0], _issuer(head, layout, left, lines)) + cell(widths[1], _nation(layout, lines))
    second = cell(widths[0], _number(head, layout)) + cell(widths[1], _date(head, layout))
    return f"{table_opening(widths, border=False)}{table_row(first)}{table_row(second)}</w:tbl>"


def _right_mm(head: Letterhead, layout: Profile, whole_mm: float) -> float:
    """Return the width of the right column: the profile's share, wider only if the date line would break."""
    portrait = layout.head.left_mm + layout.head.right_mm
    usual = layout.head.right_mm * whole_mm / portrait
    needed = width_mm(date_line(head), layout.sizes.date) + 2
    return min(max(usual, needed), whole_mm - _LEAST_LEFT_MM)


def _issuer(head: Letterhead, layout: Profile, left_mm: float, lines: count[int]) -> str:
    sizes = layout.sizes
    made = "".join(_names(head.parent_body, Letters(sizes.parent, bold=False), left_mm))
    made += "".join(_names(head.issuing_body or NAME_BLANK, Letters(sizes.issuer, bold=True), left_mm))
    if layout.head.star:
        made += _centred("*", Letters(sizes.issuer, bold=False))
    if layout.head.issuer_rule:
        longest = max(width_mm(line, sizes.issuer, bold=True) for line in (head.issuing_body or NAME_BLANK).split("\n"))
        made += _rule(min(longest, left_mm) * 0.4, lines)
    return made


def _names(names: str, letters: Letters, available_mm: float) -> Iterator[str]:
    """Yield a body's name, line by line as given; a long line breaks in the middle, not at its last word."""
    for name in names.split("\n") if names else ():
        side = side_indent_mm(name, letters.size, available_mm, bold=bool(letters.bold), before=_PLACES)
        yield _centred(name, letters, indented(side))


def _nation(layout: Profile, lines: count[int]) -> str:
    """Return the title of the Party, or Quốc hiệu and Tiêu ngữ, with a drawn line as long as the last of them."""
    sizes, head = layout.sizes, layout.head
    made = _centred(head.nation, Letters(sizes.nation, bold=True))
    if head.motto:
        made += _centred(head.motto, Letters(sizes.motto, bold=True))
        return made + _rule(width_mm(head.motto, sizes.motto, bold=True), lines)
    return made + _rule(width_mm(head.nation, sizes.nation, bold=True), lines)


def _number(head: Letterhead, layout: Profile) -> str:
    made = _centred(number_line(head, layout), Letters(layout.sizes.number, bold=False), '<w:spacing w:before="60"/>')
    if head.draft:
        made += _centred("Dự thảo", Letters(layout.sizes.draft, italic=True))
    return made


def _date(head: Letterhead, layout: Profile) -> str:
    return _centred(date_line(head), Letters(layout.sizes.date, italic=True), '<w:spacing w:before="60"/>')


def number_line(head: Letterhead, layout: Profile) -> str:
    """Return "Số 05-BC/ĐU" or "Số: 05/BC-UBND"; a number below ten gets its zero, a missing one is left blank."""
    number = head.number.strip()
    number = number.zfill(2) if number.isdecimal() else number
    return layout.head.number.format(number=number or NUMBER_BLANK, symbol=head.symbol)


def date_line(head: Letterhead) -> str:
    """Return "An Bình, ngày 05 tháng 4 năm 2019", with room for what is to be written by hand."""
    place = head.place or "………"
    if head.issued:
        return f"{place}, {long_date_text(head.issued)}"
    year = head.year or f"20{DATE_BLANK}"
    return f"{place}, ngày{DATE_BLANK}tháng{DATE_BLANK}năm {year}"


def reference(report: Report, layout: Profile) -> str:
    """Return the line that binds an attached sheet to its report (HD 05-HD/VPTW on appendices); dots for blanks."""
    head = report.letterhead
    number = number_line(replace(head, number=head.number.strip() or _DOTS), layout)
    day = long_date_text(head.issued) if head.issued else f"ngày {_DOTS} tháng {_DOTS} năm {head.year or _DOTS}"
    body = " ".join((head.issuing_body or NAME_BLANK).split("\n"))
    bare = number.removeprefix("Số").removeprefix(":").lstrip()
    return f"(Kèm theo {report.type_name.capitalize()} số {bare}, {day} của {body})"


def title(report: Report, layout: Profile, lines: count[int]) -> Iterator[str]:
    """Yield tên loại, trích yếu with its period and what closes them, and "Kính gửi" where the profile has it."""
    sizes = layout.sizes
    bold = Letters(sizes.type_name, bold=True)
    yield _centred(report.type_name, bold, f'{_KEEP_NEXT}<w:spacing w:before="300"/>')
    subject = Letters(sizes.subject, bold=True)
    side = side_indent_mm(report.subject, sizes.subject, layout.text_width_mm(), bold=True)
    yield _centred(report.subject, subject, _KEEP_NEXT + indented(side))
    if report.period:
        yield _centred(report.period, subject, _KEEP_NEXT)
    if layout.title.separator:
        yield _centred(layout.title.separator, Letters(sizes.subject, bold=False), '<w:spacing w:after="160"/>')
    if layout.title.rule:
        yield _rule(layout.text_width_mm() * 0.3, lines, after=200)
    if layout.title.addressee:
        addressee = f"Kính gửi: {report.addressee or NAME_BLANK}"
        yield _centred(addressee, Letters(sizes.body, bold=False), '<w:spacing w:after="160"/>')


def foot(signature: Signature, layout: Profile) -> str:
    """Return Nơi nhận and the signature side by side; the block never breaks over two pages."""
    signing = layout.signing
    scale = layout.text_width_mm() / (signing.left_mm + signing.right_mm)
    widths = [twips(signing.left_mm * scale), 0]
    widths[1] = twips(layout.text_width_mm()) - widths[0]
    cells = cell(widths[0], _recipients(signature, layout)) + cell(widths[1], _signer(signature, layout))
    return f"{table_opening(widths, border=False, padding=(_FOOT_SPACE_TWIPS, 0))}{table_row(cells)}</w:tbl>"


def _recipients(signature: Signature, layout: Profile) -> str:
    sizes, underline = layout.sizes, layout.signing.label == "underline"
    letters = Letters(sizes.recipients_label, bold=not underline, italic=not underline, underline=underline)
    lines = recipient_lines(signature, layout)
    listed = "".join(paragraph(RECIPIENTS, run(line, Letters(sizes.recipients))) for line in lines)
    return paragraph(RECIPIENTS, run("Nơi nhận:", letters)) + listed


def recipient_lines(signature: Signature, layout: Profile) -> list[str]:
    """Return the Nơi nhận list with its dashes and the profile's ends; where it is kept stands last."""
    signing = layout.signing
    kept = [item for item in signature.recipients if item.startswith("Lưu")]
    items = [item for item in signature.recipients if not item.startswith("Lưu")] or [NAME_BLANK]
    last = kept[-1] if kept else signing.archive
    return [f"- {item}{signing.item_end}" for item in (*items, *kept[:-1])] + [f"- {last}{signing.last_end}"]


def _signer(signature: Signature, layout: Profile) -> str:
    """Return authority, title and name; the room between title and name is for the signature and the seal.

    The title of a head who signs for nobody ("TRƯỞNG BAN") stands in place of the authority and looks like it.
    """
    size = layout.sizes.authority
    available = layout.signing.right_mm
    heading = Letters(size, bold=True)
    made = "".join(_names(signature.authority, heading, available))
    position = Letters(size, bold=layout.signing.position_bold or not signature.authority)
    made += "".join(_names(signature.title or NAME_BLANK, position, available))
    space = f'<w:spacing w:before="{SIGNATURE_SPACE_PT * 20}"/>'
    return made + _centred(signature.name or NAME_BLANK, Letters(size, bold=bool(signature.name)), space)


def _rule(length_mm: float, lines: count[int], *, after: int = 0) -> str:
    """Return a paragraph that is only a drawn line, close under the line above it."""
    spacing = f'<w:spacing w:after="{after}" w:line="120" w:lineRule="exact"/>'
    return paragraph(LAYOUT, drawn_line(length_mm, next(lines)), spacing)


def _centred(text: str, letters: Letters, properties: str = "") -> str:
    return paragraph(LAYOUT, run(text, letters), properties)
