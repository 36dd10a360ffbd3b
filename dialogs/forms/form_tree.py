"""The first step of reading a form file: YAML text to plain data that remembers its line numbers.

Only the plain part of YAML is taken: mappings, lists and texts. Nothing is guessed from the look of a value
(``no`` stays "no", ``1.`` stays "1.", ``2019-04-10`` stays a text); the schema says what a text has to be. Anchors,
aliases and tags are refused: a form is frozen as one text that a reader can follow, and aliases can be made to
unfold without end.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

MAX_BYTES = 1_000_000
"""Largest form file taken, in bytes of UTF-8; the largest shipped form is under a tenth of it."""

MAX_DEPTH = 30
"""Deepest nesting of mappings and lists taken; an outline of six levels needs 15."""

Path: TypeAlias = tuple[str | int, ...]
"""Where something stands in the file: ``("tables", 2, "columns", 5, "measure")``."""

Data: TypeAlias = "str | list[Data] | dict[str, Data] | None"

_NOUNS = {"columns": "cột", "rows": "hàng", "blanks": "chỗ trống", "outline": "mục", "children": "mục"}
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028\u2029\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class FormProblem:
    """One thing wrong with a form: where it stands, what is wrong, what to write instead (all for its author)."""

    place: str
    wrong: str
    write: str

    def __str__(self) -> str:
        return " ".join(f"{self.place}: {self.wrong} → {self.write}".split())


@dataclass(frozen=True, slots=True)
class Tree:
    """The data of a form file, with the line on which each part of it begins."""

    data: Data
    lines: dict[Path, int]

    def line(self, path: Path) -> int:
        """Return the line of ``path``, or of the nearest thing around it that has one."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def place(self, path: Path) -> str:
        """Return ``path`` in words: ``tables[2].columns[5] (PL3, cột xa.cb_nu), dòng 214``."""
        names = ", ".join(self._names(path))
        return f"{_dotted(path)}{f' ({names})' if names else ''}, dòng {self.line(path)}"

    def _names(self, path: Path) -> Iterator[str]:
        """Yield the keys of the table, row, column, blank and innermost outline item on the way to ``path``."""
        data, item, found = self.data, "", []
        for turn, upper in zip(path, ("", *path), strict=False):
            data = _inside(data, turn)
            key = data.get("key") if isinstance(data, dict) else None
            if isinstance(turn, int) and isinstance(key, str) and key:
                noun = _NOUNS.get(str(upper), "")
                if noun == "mục":
                    item = f"mục {key}"
                else:
                    found.append(f"{noun} {key}".strip())
        yield from ([item] if item else [])
        yield from found


@dataclass(slots=True)
class Damaged(Exception):
    """The text is no form file at all: one problem says why."""

    line: int
    wrong: str
    write: str

    def problem(self) -> FormProblem:
        return FormProblem(f"dòng {self.line}", self.wrong, self.write)


def read_tree(text: str) -> tuple[Tree, tuple[FormProblem, ...]]:
    """Return the data of ``text`` and the keys written twice (the first one counts).

    Raises ``Damaged`` if the text is too large, is not YAML, uses anchors, aliases or tags, is nested too deep, or
    holds anything but one mapping.
    """
    text = text.removeprefix("\ufeff")
    _refuse_unreadable(text)
    builder = _Builder()
    try:
        data = builder.document(yaml.parse(text, Loader=_LOADER))
    except yaml.YAMLError as error:
        raise _syntax(error, text) from error
    if not isinstance(data, dict):
        raise Damaged(1, "tệp không phải là một bảng khóa: giá trị", 'bắt đầu tệp bằng "key: ten-mau"')
    tree = Tree(data, builder.lines)
    return tree, tuple(_twice(tree, path, line) for path, line in builder.twice)


def text_problems(text: str) -> Iterator[FormProblem]:
    """Yield the lines whose text is not NFC or carries invisible characters: they break searching and printing."""
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if not unicodedata.is_normalized("NFC", line):
            yield FormProblem(
                f"dòng {number}",
                f"chữ có dấu không ở dạng dựng sẵn (NFC): “{_first_bad_word(line)}”",
                "gõ lại chữ đó bằng bộ gõ Unicode dựng sẵn",
            )
        if hidden := _INVISIBLE.search(line):
            yield FormProblem(
                f"dòng {number}",
                f"có ký tự ẩn U+{ord(hidden.group()):04X} ở cột {hidden.start() + 1}",
                "xóa ký tự đó rồi gõ lại chỗ ấy",
            )


@dataclass(slots=True)
class _Builder:
    """Builds data from parser events; ``twice`` collects duplicate keys with the line of the second one."""

    lines: dict[Path, int] = field(default_factory=dict)
    twice: list[tuple[Path, int]] = field(default_factory=list)

    def document(self, events: Iterator[Event]) -> Data:
        data: Data = None
        documents = 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    wrong = "tệp có nhiều tài liệu YAML (dấu ---)"
                    raise Damaged(_line(event), wrong, "bỏ dấu ---, mỗi tệp một mẫu")
                data = self._node(next(events), events, ())
        if documents == 0:
            raise Damaged(1, "tệp rỗng", 'bắt đầu tệp bằng "key: ten-mau"')
        return data

    def _node(self, event: Event, events: Iterator[Event], path: Path) -> Data:
        _refuse_tricks(event, path)
        self.lines.setdefault(path, _line(event))
        if isinstance(event, SequenceStartEvent):
            return self._list(events, path)
        if isinstance(event, MappingStartEvent):
            return self._mapping(events, path)
        if not isinstance(event, ScalarEvent):
            raise Damaged(_line(event), "cấu trúc YAML không đọc được", "xem lại thụt dòng quanh đây")
        value = str(event.value)
        return None if not event.style and value in ("", "~", "null") else value

    def _list(self, events: Iterator[Event], path: Path) -> list[Data]:
        found: list[Data] = []
        while not isinstance(event := next(events), SequenceEndEvent):
            found.append(self._node(event, events, (*path, len(found))))
        return found

    def _mapping(self, events: Iterator[Event], path: Path) -> dict[str, Data]:
        found: dict[str, Data] = {}
        while not isinstance(event := next(events), MappingEndEvent):
            key = _key(event, path)
            inner = (*path, key)
            if key in found:
                self.twice.append((inner, _line(event)))
            self.lines.setdefault(inner, _line(event))
            value = self._node(next(events), events, inner)
            found.setdefault(key, value)
        return found


def _key(event: Event, path: Path) -> str:
    _refuse_tricks(event, path)
    if not isinstance(event, ScalarEvent):
        wrong = "khóa là một danh sách hay một bảng (thường do dấu { } hoặc [ ] không có ngoặc kép)"
        raise Damaged(_line(event), wrong, 'đặt cả chữ trong ngoặc kép, ví dụ "… {dan_so} …"')
    return str(event.value)


def _refuse_tricks(event: Event, path: Path) -> None:
    if len(path) > MAX_DEPTH:
        wrong = f"lồng nhau sâu quá {MAX_DEPTH} bậc"
        raise Damaged(_line(event), wrong, "bớt bậc thụt dòng và các dấu [ ] { } thừa")
    if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
        wrong = "dùng dấu neo YAML (& hoặc *)"
        raise Damaged(_line(event), wrong, "viết đầy đủ nội dung, hoặc đặt chữ trong ngoặc kép nếu chữ có & *")
    tag = getattr(event, "tag", None)
    if tag:
        raise Damaged(_line(event), f"dùng nhãn kiểu YAML “{tag}”", "bỏ phần bắt đầu bằng dấu !")


def _refuse_unreadable(text: str) -> None:
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        wrong = f"tệp dài {size} byte, quá mức {MAX_BYTES} byte"
        raise Damaged(1, wrong, "tách thành nhiều mẫu, hoặc bỏ phần không phải là mẫu")
    if bad := _UNPRINTABLE.search(text):
        line = text.count("\n", 0, bad.start()) + 1
        wrong = f"có ký tự điều khiển U+{ord(bad.group()):04X}"
        raise Damaged(line, wrong, "lưu tệp ở dạng văn bản UTF-8 rồi xóa ký tự đó")


_LAYOUT = "thụt dòng lệch, hoặc ngoặc kép, ngoặc vuông chưa đóng (xem cả dòng trên)"
_LAYOUT_ADVICE = "thụt các khóa cùng bậc bằng nhau; đóng mọi dấu ngoặc đã mở"
_ADVICE = (
    ("tab character", "có dấu Tab ở chỗ thụt dòng", "thay mỗi dấu Tab bằng hai dấu cách"),
    ("unknown escape", "dấu \\ trong ngoặc kép không đúng", "viết hai lần: \\\\, hoặc bỏ đi"),
    ("quoted scalar", "ngoặc kép mở ra mà không đóng lại", 'đóng ngoặc ở cuối chữ: "…"'),
    ("mapping values", "dấu hai chấm ở chỗ không được, hoặc thụt dòng lệch", 'đặt cả chữ trong ngoặc kép: "a: b"'),
    ("could not find expected ':'", "thiếu dấu hai chấm sau khóa", 'viết "khóa: giá trị"'),
    ("cannot start any token", "chữ bắt đầu bằng ký tự dành riêng của YAML", 'đặt cả chữ trong ngoặc kép: "…"'),
    ("expected", _LAYOUT, _LAYOUT_ADVICE),
)
"""What the parser says (libyaml's and PyYAML's words), what it means, what to write."""


def _syntax(error: yaml.YAMLError, text: str) -> Damaged:
    """Return what a parser error means for the author; an open quote is named where it opens."""
    about = f"{getattr(error, 'context', '') or ''} {getattr(error, 'problem', '') or error}".strip()
    begin = getattr(error, "context_mark", None)
    mark = getattr(error, "problem_mark", None) or begin
    line = mark.line + 1 if mark else 1
    if mark and _is_tab(text, mark.line, mark.column):
        about = "tab character"
    for sign, wrong, write in _ADVICE:
        if sign in about:
            return Damaged(begin.line + 1 if begin and sign == "quoted scalar" else line, wrong, write)
    return Damaged(line, f"tệp sai cú pháp YAML ({about})", "xem lại thụt dòng, ngoặc và dấu hai chấm")


def _is_tab(text: str, line: int, column: int) -> bool:
    lines = text.split("\n")
    return line < len(lines) and lines[line][column : column + 1] == "\t"


def _twice(tree: Tree, path: Path, line: int) -> FormProblem:
    place = tree.place(path).rpartition(", dòng ")[0]
    wrong = f"khóa “{path[-1]}” viết hai lần (lần đầu ở dòng {tree.line(path)})"
    return FormProblem(f"{place}, dòng {line}", wrong, "bỏ một dòng, hoặc sửa tên khóa viết nhầm")


def _line(event: Event) -> int:
    mark = event.start_mark
    return mark.line + 1 if mark else 1


def _dotted(path: Path) -> str:
    text = ""
    for turn in path:
        text += f"[{turn}]" if isinstance(turn, int) else f".{turn}"
    return text.lstrip(".") or "mẫu"


def _inside(data: Data, turn: str | int) -> Data:
    if isinstance(data, dict) and isinstance(turn, str):
        return data.get(turn)
    if isinstance(data, list) and isinstance(turn, int) and turn < len(data):
        return data[turn]
    return None


def _first_bad_word(line: str) -> str:
    return next((word for word in line.split() if not unicodedata.is_normalized("NFC", word)), line.strip())
