"""Reading a CSV file from outside, in bounded memory: encoding and separator found out, every fault one line.

Rows are handed out one by one. A physical line and a record have a greatest length, so that neither a file without line
ends nor a quotation mark that is never closed fills the memory. Nothing is guessed: what is not clear is a ``CsvFault``
that names line and column.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from bot.imports import file_texts
from bot.imports.csv_encoding import Encoding, Undecided, find_encoding
from bot.runtime import texts
from dialogs.reading.cleaning import shorten

MAX_CSV_BYTES = 200 * 1024 * 1024
"""Greatest file that is read."""

MAX_RECORD = 1_000_000
"""Characters of one row at most, its line ends included."""

MOST_TITLES = 20
"""Columns of a header that a message repeats."""

PIECE = 1 << 16
"""Bytes that are read at a time."""

SEPARATORS = (",", ";", "\t", "|")

csv.field_size_limit(MAX_RECORD)


class CsvFault(Exception):
    """A file cannot be read; ``str`` is one clear line in Vietnamese."""


class CsvRow(NamedTuple):
    """One row: the line it begins on, and its cells by column name (NFC); '' where the row or the file has none."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Header:
    """``names`` are the columns in the file's order, '' for those nobody asked for; ``line`` is where it stands."""

    names: tuple[str, ...]
    titles: tuple[str, ...]
    separator: str
    line: int


class CsvFile:
    """The rows of a file whose header is in order; can be gone through more than once.

    ``size`` is the file's length in bytes, ``read`` how many of them have been read in the pass that is under way.
    Going through it raises ``CsvFault`` at the first row that cannot be read.
    """

    def __init__(self, path: Path, columns: Sequence[str], encoding: Encoding, header: _Header, size: int) -> None:
        self.path = path
        self.size = size
        self.read = 0
        self._blank = dict.fromkeys(columns, "")
        self._encoding = encoding
        self._header = header

    def __iter__(self) -> Iterator[CsvRow]:
        header, text = self._header, self._encoding.text
        with _opened(self.path) as raw:
            lines = _Lines(raw, self._encoding, self.path)
            for line, cells in _records(lines, header.separator, header.titles):
                self.read = lines.read
                if line <= header.line:
                    continue
                if len(cells) > len(header.names):
                    raise CsvFault(file_texts.csv_too_many_cells(line, len(cells), len(header.names)))
                found = dict(self._blank)
                for number, (name, title, cell) in enumerate(zip(header.names, header.titles, cells, strict=False), 1):
                    if name:
                        found[name] = text(cell)
                    elif cell.strip() and not title:
                        raise CsvFault(file_texts.csv_cell_without_column(line, number))
                if any(map(str.strip, cells)):
                    yield CsvRow(line, found)
        self.read = self.size


def read_csv(path: Path, required: Sequence[str], optional: Sequence[str] = (), limit: int = MAX_CSV_BYTES) -> CsvFile:
    """Return the rows of a CSV file that has the columns ``required`` and perhaps those ``optional``.

    The encoding is told from the content (UTF-8, UTF-16 with its mark, Windows-1258, TCVN3, VNI), the separator from
    the header (comma, semicolon, tab, bar). Header names are compared without case; other columns are left out.
    Raises ``CsvFault`` if the file cannot be opened, is empty or greater than ``limit``, is in no encoding that can be
    told for sure, or its header lacks a column or has one twice.
    """
    try:
        size = path.stat().st_size if path.is_file() else -1
    except (OSError, ValueError):
        size = -1
    if size < 0:
        raise CsvFault(texts.no_such_file(str(path)))
    if size == 0:
        raise CsvFault(file_texts.csv_empty(path.name))
    if size > limit:
        raise CsvFault(file_texts.csv_too_large(path.name, size, limit))
    columns = tuple(name.casefold() for name in (*required, *optional))
    try:
        encoding = find_encoding(path)
    except Undecided as error:
        raise CsvFault(file_texts.csv_encoding(path.name, error.line)) from None
    except OSError:
        raise CsvFault(texts.no_such_file(str(path))) from None
    header = _header(path, encoding, columns, len(required))
    return CsvFile(path, columns, encoding, header, size)


# --- lines ----------------------------------------------------------------------------------------------------


class _Lines:
    """The physical lines of a file, each checked before it is parsed; keeps those of the record under way."""

    def __init__(self, raw: io.BufferedReader, encoding: Encoding, path: Path) -> None:
        self._text: TextIO = io.TextIOWrapper(io.BufferedReader(_Counted(self, raw), PIECE), encoding.codec, newline="")
        self._name = path.name
        self.read = 0
        self.line = 0
        self.record: list[str] = []
        self._length = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        try:
            line = self._text.readline(MAX_RECORD + 1)
        except UnicodeError:
            raise CsvFault(file_texts.csv_encoding(self._name, self.line + 1)) from None
        if not line:
            raise StopIteration
        self.line += 1
        if "\0" in line:
            raise CsvFault(file_texts.csv_nul(self.line))
        if len(line) > MAX_RECORD:
            raise CsvFault(file_texts.csv_line_too_long(self.line, MAX_RECORD))
        self.record.append(line)
        self._length += len(line)
        if self._length > MAX_RECORD:
            raise _TooLong
        return line

    def begin(self) -> int:
        """Begin a new record and return the line it will stand on."""
        self.record.clear()
        self._length = 0
        return self.line + 1


class _Counted(io.RawIOBase):
    """Bytes on their way to the decoder, counted for the progress bar."""

    def __init__(self, lines: _Lines, raw: io.BufferedReader) -> None:
        self._lines = lines
        self._raw = raw

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        count = self._raw.readinto(buffer)
        self._lines.read += count
        return count


class _TooLong(Exception):
    """A record is longer than the limit: most likely a quotation mark that is never closed."""


def _opened(path: Path) -> io.BufferedReader:
    try:
        return path.open("rb")
    except OSError:
        raise CsvFault(texts.no_such_file(str(path))) from None


def _records(lines: _Lines, separator: str, titles: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield (line it begins on, cells) of every record."""
    reader = csv.reader(lines, delimiter=separator, strict=True)
    line = lines.begin()
    try:
        for cells in reader:
            yield line, cells
            line = lines.begin()
    except (csv.Error, _TooLong):
        number, closed = _quote_at_fault("".join(lines.record), separator)
        title = titles[number] if number < len(titles) else ""
        raise CsvFault(file_texts.csv_quotes(line, title or str(number + 1), closed)) from None


def _quote_at_fault(record: str, separator: str) -> tuple[int, bool]:
    """Return the number of the cell whose quotation marks are wrong, and whether it is closed at all."""
    number, inside, at = 0, False, 0
    while at < len(record):
        char = record[at]
        if inside and char == '"':
            if record[at + 1 : at + 2] == '"':
                at += 1
            else:
                inside = False
                if record[at + 1 : at + 2] not in ("", separator, "\r", "\n"):
                    return number, True
        elif char == '"' and (at == 0 or record[at - 1] == separator):
            inside = True
        elif char == separator and not inside:
            number += 1
        at += 1
    return number, not inside


# --- the header -----------------------------------------------------------------------------------------------


def _header(path: Path, encoding: Encoding, columns: Sequence[str], required: int) -> _Header:
    with _opened(path) as raw:
        first = next((line for line in _Lines(raw, encoding, path) if line.strip()), "")
    if not first:
        raise CsvFault(file_texts.csv_empty(path.name))
    separator = max(SEPARATORS, key=lambda each: _fit(first, each, columns))
    with _opened(path) as raw:
        records = _records(_Lines(raw, encoding, path), separator, ())
        line, cells = next((line, cells) for line, cells in records if any(map(str.strip, cells)))
    titles = tuple(encoding.text(cell).strip() for cell in cells)
    shown = tuple(shorten(title) for title in titles)
    names = tuple(title.casefold() if title.casefold() in columns else "" for title in titles)
    seen: set[str] = set()
    for title in filter(None, titles):
        if title.casefold() in seen:
            raise CsvFault(file_texts.csv_column_twice(line, shorten(title)))
        seen.add(title.casefold())
    missing = [name for name in columns[:required] if name not in names]
    if missing:
        raise CsvFault(file_texts.csv_missing_columns(line, missing, _first(shown)))
    return _Header(names, shown, separator, line)


def _first(titles: Sequence[str]) -> Sequence[str]:
    """Return the titles that a message of one line has room for."""
    return titles if len(titles) <= MOST_TITLES else (*titles[:MOST_TITLES], "…")


def _fit(line: str, separator: str, columns: Sequence[str]) -> tuple[int, int]:
    """How well a separator parts a header: the known columns it gives, then the columns."""
    titles = [cell.strip().strip('"').strip().casefold() for cell in line.split(separator)]
    return sum(title in columns for title in titles), len(titles)


__all__ = ["MAX_CSV_BYTES", "MAX_RECORD", "CsvFault", "CsvFile", "CsvRow", "read_csv"]
