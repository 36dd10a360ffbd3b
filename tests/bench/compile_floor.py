"""The floor of compiling: the same XML formatted straight from the answers and zipped with the standard library.

What does not grow with the units (styles, heads of sheets, official appendices) is taken as bytes from a file that
was compiled before. The rows and paragraphs that do grow are formatted here, cell by cell, as plainly as possible.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from html import unescape

from openpyxl.utils import get_column_letter

from dialogs.forms.questions import cell_column
from dialogs.kinds import Kind
from dialogs.values.report_data import CompiledReportData
from exports.excel.cells import serial
from exports.excel.text import line_height

LEVEL = 6
_BATCH = 1 << 16
_DOCUMENT = "word/document.xml"
_STRINGS = "xl/sharedStrings.xml"
_PLAIN = '<w:p><w:pPr><w:pStyle w:val="BodyText"/></w:pPr>'


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _zipped(parts: Iterator[tuple[str, Iterator[str | bytes]]]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        for name, pieces in parts:
            with archive.open(name, "w", force_zip64=True) as part:
                held: list[bytes] = []
                size = 0
                for piece in pieces:
                    chunk = piece if isinstance(piece, bytes) else piece.encode()
                    held.append(chunk)
                    size += len(chunk)
                    if size >= _BATCH:
                        part.write(b"".join(held))
                        held, size = [], 0
                part.write(b"".join(held))
    return made.getvalue()


# --- Word ------------------------------------------------------------------------------------------------------------


class WordFloor:
    """``small`` is a report of few units, compiled by the program: the rest of the document comes from it."""

    def __init__(self, small: bytes, source: CompiledReportData) -> None:
        with zipfile.ZipFile(io.BytesIO(small)) as package:
            self._parts = {name: package.read(name) for name in package.namelist()}
        rest = self._parts.pop(_DOCUMENT).decode()
        for paragraph in paragraphs(source):
            assert paragraph in rest, paragraph[:200]
            rest = rest.replace(paragraph, "", 1)
        self._rest = rest.encode()

    def render(self, source: CompiledReportData) -> bytes:
        """Return a file with the same parts."""
        return _zipped(self._files(source))

    def _files(self, source: CompiledReportData) -> Iterator[tuple[str, Iterator[str | bytes]]]:
        for name, part in self._parts.items():
            yield name, iter((part,))
        yield _DOCUMENT, self._document(source)

    def _document(self, source: CompiledReportData) -> Iterator[str | bytes]:
        yield self._rest
        yield from paragraphs(source)


def paragraphs(source: CompiledReportData) -> Iterator[str]:
    """Yield the paragraph of every answer of the outline."""
    names = [escape(each.name) for each in source.standings]
    for leaf in source.form.fields():
        listed = leaf.kind in (Kind.LIST, Kind.DOCUMENTS)
        for number, given in enumerate(source.contributions(leaf.key), 1):
            name, value = names[given.unit], given.value
            if listed:
                item = escape(value[0]) if isinstance(value, tuple) else ""
                yield f'{_PLAIN}<w:r><w:t xml:space="preserve">{number}. {item} ({name})</w:t></w:r></w:p>'
            else:
                text = escape(str(value))
                bold = f'<w:r><w:rPr><w:b/><w:bCs/></w:rPr><w:t xml:space="preserve">{name}: </w:t></w:r>'
                yield f'{_PLAIN}{bold}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


# --- Excel -----------------------------------------------------------------------------------------------------------


class ExcelFloor:
    """``same`` is the program's own workbook of the same units: heads, totals and the table of strings come from it."""

    def __init__(self, same: bytes, source: CompiledReportData) -> None:
        with zipfile.ZipFile(io.BytesIO(same)) as package:
            self._parts = {name: package.read(name) for name in package.namelist()}
        texts = re.findall(r"<si><t[^>]*>(.*?)</t></si>", self._parts[_STRINGS].decode(), re.DOTALL)
        self._strings = {unescape(text): number for number, text in enumerate(texts)}
        names = re.findall(r'<sheet [^>]*name="([^"]*)"', self._parts["xl/workbook.xml"].decode())
        self._tabs = {f"xl/worksheets/sheet{number}.xml": unescape(name) for number, name in enumerate(names, 1)}
        tables = [table for table in source.form.tables if not table.missing]
        units = [part for part, tab in self._tabs.items() if "đơn vị" in tab]
        self._units = dict(zip(units, tables, strict=True))
        self._data = next(part for part, tab in self._tabs.items() if tab == "Dữ liệu")

    def render(self, source: CompiledReportData) -> bytes:
        """Return a file with the same parts."""
        return _zipped(self._files(source))

    def _files(self, source: CompiledReportData) -> Iterator[tuple[str, Iterator[str | bytes]]]:
        for name, part in self._parts.items():
            if name in self._units:
                yield name, self._block_sheet(part, self._units[name], source)
            elif name == self._data:
                yield name, self._data_sheet(part, source)
            else:
                yield name, iter((part,))

    def _cut(self, part: bytes, first: int) -> tuple[bytes, bytes]:
        head, _, rest = part.partition(b'<row r="%d"' % first)
        return head, b"</sheetData>" + rest.rpartition(b"</sheetData>")[2]

    def _block_sheet(self, part: bytes, table, source: CompiledReportData) -> Iterator[str | bytes]:  # type: ignore[no-untyped-def]
        head, tail = self._cut(part, 4)
        sample = re.search(rb'<row r="4".*?</row>', part, re.DOTALL)
        styles = re.findall(rb' s="(\d+)"', sample[0]) if sample else []
        style = [each.decode() for each in styles]
        columns = [column for column in table.columns if column.asked]
        letters = [get_column_letter(number) for number in range(1, len(columns) + 5)]
        body, names = "", []
        for row in table.rows:
            body = row.label or body
            names.append(" - ".join(part for part in (body, row.level_label) if part))
        strings, number = self._strings, 4
        kinds = {(row.key, column.key): cell_column(row, column).kind for row in table.rows for column in columns}
        yield head
        for unit in source.cells(table.key):
            standing = source.standings[unit.unit]
            named = (strings[standing.name], strings[standing.code])
            for row, name in zip(table.rows, names, strict=True):
                line = (*named, strings[name], strings[row.key])
                cells = [
                    f'<c r="{letters[at]}{number}" s="{style[at]}" t="s"><v>{text}</v></c>'
                    for at, text in enumerate(line)
                ]
                for at, column in enumerate(columns, 4):
                    told = unit.cells.get((row.key, column.key))
                    if told is None:
                        cells.append(f'<c r="{letters[at]}{number}" s="{style[at]}"></c>')
                    else:
                        shown = (
                            format(told.value, "f") if kinds[row.key, column.key] is not Kind.INTEGER else told.value
                        )
                        cells.append(f'<c r="{letters[at]}{number}" s="{style[at]}"><v>{shown}</v></c>')
                yield f'<row r="{number}">{"".join(cells)}</row>'
                number += 1
        yield tail

    def _data_sheet(self, part: bytes, source: CompiledReportData) -> Iterator[str | bytes]:
        head, tail = self._cut(part, 2)
        sample = re.search(rb'<row r="2".*?</row>', part, re.DOTALL)
        styles = [each.decode() for each in re.findall(rb' s="(\d+)"', sample[0])] if sample else []
        text_style, when_style = styles[0], styles[8]
        number_style = next(iter(re.findall(rb'<c r="F\d+" s="(\d+)"><v>', part)), b"0").decode()
        strings, line_points = self._strings, line_height()
        yield head
        for number, entry in enumerate(source.entries(), 2):
            unit, name, field, row, column, value, state, by, at, channel = entry
            ends = (strings[unit], strings[name], strings[field])
            first = "".join(
                f'<c r="{letter}{number}" s="{text_style}" t="s"><v>{text}</v></c>'
                for letter, text in zip("ABC", ends, strict=True)
            )
            keys = "".join(
                f'<c r="{letter}{number}" s="{text_style}" t="s"><v>{strings[text]}</v></c>'
                if text
                else f'<c r="{letter}{number}" s="{text_style}"></c>'
                for letter, text in (("D", row), ("E", column))
            )
            tall = ""
            if isinstance(value, tuple):
                value = "\n".join(value)
            if isinstance(value, str):
                lines = value.count("\n") + 1 + int(len(value) * 5.6 / (120 * 72 / 25.4))
                tall = f' ht="{min(400.0, lines * line_points + 2):g}" customHeight="1"' if lines > 1 else ""
                shared = strings.get(value)
                told = (
                    f' t="s"><v>{shared}</v>'
                    if shared is not None
                    else f' t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is>'
                )
                shown = f'<c r="F{number}" s="{text_style}"{told}</c>'
            else:
                shown = f'<c r="F{number}" s="{number_style}"><v>{value}</v></c>'
            last = (
                f'<c r="G{number}" s="{text_style}" t="s"><v>{strings[state]}</v></c>'
                f'<c r="H{number}" s="{text_style}" t="s"><v>{strings[by]}</v></c>'
                f'<c r="I{number}" s="{when_style}"><v>{serial(at) if at else ""}</v></c>'
                f'<c r="J{number}" s="{text_style}" t="s"><v>{strings[channel]}</v></c>'
            )
            yield f'<row r="{number}"{tall}>{first}{keys}{shown}{last}</row>'
        yield tail
