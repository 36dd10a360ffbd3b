"""What the schema's errors say to the author of a form: Vietnamese, with an example of what to write."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from typing import Any

from pydantic_core import ErrorDetails

from dialogs.forms.form_tree import FormProblem, Path, Tree

_EXAMPLES = {
    "key": "key: PL3",
    "label": 'label: "Tổng số"',
    "kind": "kind: integer",
    "filled_by": "filled_by: [xa]",
    "version": "version: 1",
    "question": 'question: "Đơn vị đã làm những gì?"',
    "text": 'text: "Đơn vị"',
    "rule": 'rule: "xa.cb_nu <= xa.tong_so"',
    "checks": "checks: {jump: {times: 10, floor: 10}}",
    "times": "times: 10",
    "floor": "floor: 10",
    "used": "used: false",
    "blocking": "blocking: true",
    "message": 'message: "Số cán bộ nữ lớn hơn tổng số."',
    "title": 'title: ["Dòng thứ nhất", "Dòng thứ hai"]',
    "minimum": "minimum: 0.01",
    "maximum": "maximum: 31",
    "required": "required: false",
    "profile": "profile: party_hd36",
    "level": "level: xa",
    "row": "row: 1",
    "col": "col: 3",
    "kinds": "kinds: [huyen, tinh]",
    "number_line": "number_line: PHỤ LỤC 3",
    "legal_basis": 'legal_basis: "Kế hoạch số 133-KH/TU, ngày 14 tháng 3 năm 2019"',
    "document": "document: {type_name: BÁO CÁO, type_symbol: BC, subject: …, profile: party_hd36}",
}


def told(detail: ErrorDetails, path: Path, tree: Tree, known: Collection[str]) -> FormProblem:
    """Return a pydantic error below ``path`` in the author's words; ``known`` are the keys a form can have."""
    where = (*path, *location(detail))
    name = next((turn for turn in reversed(where) if isinstance(turn, str)), "")
    wrong, write = _words(detail, name, known)
    return FormProblem(tree.place(where), wrong, write or f"ví dụ {_EXAMPLES.get(name, f'{name}: …')}")


def _words(detail: ErrorDetails, name: str, known: Collection[str]) -> tuple[str, str]:
    """Return (what is wrong, what to write; '' for the example of the key)."""
    kind, given, context = detail["type"], detail.get("input"), detail.get("ctx", {})
    shown = "" if isinstance(given, dict | list) else _short(given)
    if kind == "missing":
        return f"thiếu khóa “{name}”", ""
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(name, known, 1)
        return f"ở đây không có khóa “{name}”", f"có lẽ là “{near[0]}”" if near else f"bỏ “{name}”"
    if kind in ("enum", "literal_error"):
        return f"“{shown}” không dùng được cho “{name}”", f"chọn một trong: {context['expected'].replace(' or ', ', ')}"
    if kind == "string_pattern_mismatch":
        return f"“{shown}” không dùng được cho “{name}”: có dấu, khoảng trắng hoặc ký tự lạ", ""
    if given is None:
        return f"“{name}” để trống", ""
    return f"“{name}” không đúng dạng{f' (“{shown}”)' if shown else ''}: {_form(kind, context)}", ""


def _form(kind: str, context: Any) -> str:
    """Return what shape was wanted."""
    shapes = {
        "string_type": "phải là một dòng chữ",
        "list_type": "phải là danh sách, mỗi mục một dấu gạch hoặc viết trong [ ]",
        "dict_type": "phải là các cặp khóa: giá trị",
        "model_type": "phải là các cặp khóa: giá trị",
        "string_too_long": f"dài quá {context.get('max_length')} ký tự",
        "less_than_equal": f"lớn nhất là {context.get('le')}",
        "greater_than_equal": f"nhỏ nhất là {context.get('ge')}",
        "value_error": str(context.get("error", "")),
    }
    return shapes.get(kind, "không đọc được")


def _short(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else f"{text[:60]}…"


def location(detail: ErrorDetails) -> Path:
    """Return where a pydantic error stands, without the marks of the alternatives that were tried."""
    steps = detail["loc"]
    last = steps[-1:] if detail["type"] in ("missing", "extra_forbidden") else ()
    inner = steps[: len(steps) - len(last)]
    return (*(turn for turn in inner if turn not in ("_section", "_leaf", "[key]")), *last)
