"""What the shape of a form file cannot say: keys, references, rules, sentences and header grids that must fit.

Every check yields findings, each at its place in the file; nothing here raises.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from dialogs.forms.answers import DOCUMENT_DATA
from dialogs.forms.form_schema import ColumnModel, FormDraft, HeadModel, LeafModel, RuleModel, SectionModel
from dialogs.forms.form_table_checks import column_findings, table_findings
from dialogs.forms.form_tree import Path
from dialogs.forms.local_rows import ADDED_ROWS
from dialogs.kinds import KINDS, NUMERIC

_KEY = re.compile(r"[A-Za-z0-9_.]+")
_BLANK = re.compile(r"\{([^{}]*)\}")
_RULE = re.compile(r"([^<>=]+)(<=|=)([^<>=]+)")


@dataclass(frozen=True, slots=True)
class FormDefect:
    """Something wrong at ``path``: what it is, and what to write instead."""

    path: Path
    wrong: str
    write: str


def parse_rule(text: str) -> tuple[tuple[str, ...], str, tuple[str, ...]] | None:
    """Return (left keys, '<=' or '=', right keys) of "a + b = c"; None if ``text`` is no such rule."""
    found = _RULE.fullmatch(text)
    if found is None:
        return None
    left, right = (tuple(part.strip() for part in found[side].split("+")) for side in (1, 3))
    if not all(_KEY.fullmatch(key) for key in (*left, *right)):
        return None
    return left, found[2], right


def findings(draft: FormDraft) -> Iterator[FormDefect]:
    """Yield everything that does not fit together in ``draft``."""
    if draft.head is not None:
        yield from _head(draft.head)
    yield from _outline_keys(draft)
    for path, node in draft.nodes():
        if isinstance(node, SectionModel):
            yield from _section(path, node)
        else:
            yield from _leaf(path, node, draft)
    for path, table in draft.tables:
        for rest, wrong, write in table_findings(table):
            yield FormDefect((*path, *rest), wrong, write)
        for index, row in enumerate(table.rows):
            if row.key.startswith(ADDED_ROWS):
                wrong = f"khóa hàng “{row.key}” dành cho hàng do đơn vị tự thêm"
                yield FormDefect((*path, "rows", index, "key"), wrong, "đặt khóa khác, ví dụ key: mttq")
        yield from _rules(path, table.rules, {column.key: column for column in table.columns}, "cột")
    yield from _kinds(draft)


def _head(head: HeadModel) -> Iterator[FormDefect]:
    if head.version < 1:
        yield FormDefect(("version",), "số phiên bản nhỏ hơn 1", "version: 1")
    if not head.filled_by:
        yield FormDefect(("filled_by",), "không có loại đơn vị nào trả lời mẫu này", "filled_by: [xa]")
    for name in ("short_title", "legal_basis"):
        if not getattr(head, name).strip():
            yield FormDefect((name,), f"“{name}” để trống", f'{name}: "…"')
    for name in ("type_name", "type_symbol", "subject"):
        if not getattr(head.document, name).strip():
            yield FormDefect(("document", name), f"“{name}” để trống", f'{name}: "…"')
    if not any(line.strip() for line in head.title):
        yield FormDefect(("title",), "mẫu không có tên", 'title: ["BÁO CÁO", "kết quả thực hiện …"]')
    if head.key in head.companions:
        yield FormDefect(("companions",), "mẫu ghi chính nó là mẫu đi cùng", "ghi khóa của mẫu khác, hoặc []")
    yield from _deadlines(head)
    yield from _checks(head)


def _checks(head: HeadModel) -> Iterator[FormDefect]:
    """A factor of one or less would object to every figure."""
    for name, times in (("unit_slip", head.checks.unit_slip.times), ("jump", head.checks.jump.times)):
        if times <= 1:
            wrong = f"“times” là {times}: số nào cũng thành đáng ngờ"
            yield FormDefect(("checks", name, "times"), wrong, "times: 10, hoặc used: false để không kiểm tra")
    if head.checks.unit_slip.rows < 1:
        yield FormDefect(("checks", "unit_slip", "rows"), "“rows” nhỏ hơn 1", "rows: 3")
    if head.checks.jump.floor < 0:
        yield FormDefect(("checks", "jump", "floor"), "“floor” là số âm", "floor: 10")


def _deadlines(head: HeadModel) -> Iterator[FormDefect]:
    seen: set[str] = set()
    for index, deadline in enumerate(head.deadlines):
        path: Path = ("deadlines", index)
        if deadline.day and not _is_day(deadline.day):
            wrong = f"“{deadline.day}” không phải là một ngày có thật viết kiểu năm-tháng-ngày"
            yield FormDefect((*path, "day"), wrong, "day: 2019-04-10")
        for kind in deadline.kinds:
            if kind in seen:
                yield FormDefect((*path, "kinds"), f"“{kind}” có hai hạn nộp", "mỗi loại đơn vị ghi ở một hạn")
            if kind not in head.filled_by:
                wrong = f"“{kind}” có hạn nộp mà không trả lời mẫu này"
                yield FormDefect((*path, "kinds"), wrong, f"thêm {kind} vào filled_by của mẫu, hoặc bỏ ở đây")
            seen.add(kind)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _outline_keys(draft: FormDraft) -> Iterator[FormDefect]:
    """Sections, leaves and tables share one space of keys: an answer's address begins with one of them."""
    if not draft.outline and not draft.tables:
        yield FormDefect(("outline",), "mẫu không có mục nào để hỏi", "thêm ít nhất một mục có key và question")
    named = [*((path, node.key) for path, node in draft.nodes()), *((p, t.key) for p, t in draft.tables)]
    yield from _repeated(named, "khóa")
    for path, key in named:
        if key == DOCUMENT_DATA:
            wrong = f"khóa “{key}” dành cho phần Thông tin văn bản"
            yield FormDefect((*path, "key"), wrong, "đặt khóa khác, ví dụ key: P1.I.1.a")


def _repeated(named: Iterable[tuple[Path, str]], noun: str) -> Iterator[FormDefect]:
    seen: set[str] = set()
    for path, key in named:
        if key in seen:
            yield FormDefect((*path, "key"), f"{noun} “{key}” đã dùng ở trên", "đặt khóa khác, mỗi khóa chỉ một lần")
        seen.add(key)


def _section(path: Path, section: SectionModel) -> Iterator[FormDefect]:
    if not section.heading.strip():
        yield FormDefect((*path, "heading"), "đề mục để trống", 'heading: "I. ĐẶC ĐIỂM TÌNH HÌNH"')
    if not section.children:
        yield FormDefect((*path, "children"), "đề mục không có mục con", "thêm mục con, hoặc bỏ khóa children")


def _leaf(path: Path, leaf: LeafModel, draft: FormDraft) -> Iterator[FormDefect]:
    if not leaf.question.strip():
        yield FormDefect((*path, "question"), "câu hỏi để trống", 'question: "Đơn vị đã làm những gì?"')
    if not leaf.heading.strip() and not leaf.label.strip():
        yield FormDefect(path, "mục không có tên gọi", 'thêm heading: "1. Hạn chế:" hoặc label: "Hạn chế"')
    if leaf.filled_by is None:
        wrong = "thiếu khóa “filled_by”: không rõ ai trả lời"
        yield FormDefect(path, wrong, "thêm filled_by: [xa], hoặc filled_by: [] nếu không hỏi ai")
    yield from _bodies(path, leaf, draft)
    if not leaf.blanks and not leaf.template:
        yield from _plain_kind(path, leaf)
    else:
        yield from _sentence(path, leaf)
    for index, key in enumerate(leaf.tables):
        if key not in draft.table_keys:
            have = ", ".join(sorted(draft.table_keys)) or "không có phụ lục nào"
            yield FormDefect((*path, "tables", index), f"không có phụ lục “{key}”", f"mẫu này có: {have}")


def _bodies(path: Path, leaf: LeafModel, draft: FormDraft) -> Iterator[FormDefect]:
    """``bodies`` only narrows: whoever it names is of a kind that is asked anyway."""
    if leaf.bodies and not leaf.filled_by:
        wrong = "“bodies” chỉ thu hẹp filled_by, mà filled_by không có ai"
        yield FormDefect((*path, "bodies"), wrong, "thêm loại đơn vị của các tổ chức đó, ví dụ filled_by: [to_chuc]")
    kinds = set(draft.head.filled_by if draft.head else ()) - set(leaf.filled_by or ())
    for index, body in enumerate(leaf.bodies):
        if leaf.filled_by and body in kinds:
            wrong = f"“{body}” có trong bodies mà không có trong filled_by"
            yield FormDefect((*path, "bodies", index), wrong, f"thêm “{body}” vào filled_by, hoặc bỏ ở đây")


def _plain_kind(path: Path, leaf: LeafModel) -> Iterator[FormDefect]:
    if leaf.kind is None:
        yield FormDefect(path, "thiếu khóa “kind”: không rõ trả lời bằng gì", "thêm kind: narrative hoặc kind: list")
    elif not KINDS[leaf.kind].leaf:
        wrong = f"mục không thể là “{leaf.kind}”"
        yield FormDefect(
            (*path, "kind"), wrong, "kind: narrative; số liệu thì viết câu có chỗ trống (template, blanks)"
        )
    for name in ("groups", "rules"):
        if getattr(leaf, name):
            yield FormDefect((*path, name), f"“{name}” chỉ dùng cho câu có chỗ trống", f"bỏ “{name}”")


def _sentence(path: Path, leaf: LeafModel) -> Iterator[FormDefect]:
    """A sentence with blanks: each blank stands in the template once, in one group, and can be asked."""
    if leaf.kind is not None:
        wrong = "câu có chỗ trống không có kind của riêng nó"
        yield FormDefect((*path, "kind"), wrong, "bỏ kind ở mục, mỗi chỗ trống đã có kind")
    keys = [blank.key for blank in leaf.blanks]
    at = [((*path, "blanks", index), key) for index, key in enumerate(keys)]
    yield from _repeated(at, "chỗ trống")
    for index, blank in enumerate(leaf.blanks):
        yield from _blank((*path, "blanks", index), blank, leaf)
    yield from _template(path, leaf.template, keys)
    yield from _groups(path, leaf.groups, keys)
    yield from _rules(path, leaf.rules, {blank.key: blank for blank in leaf.blanks}, "chỗ trống")


def _blank(path: Path, blank: ColumnModel, leaf: LeafModel) -> Iterator[FormDefect]:
    for rest, wrong, write in column_findings(blank):
        yield FormDefect((*path, *rest), wrong, write)
    if not KINDS[blank.kind].blank:
        wrong = f"chỗ trống trong câu không thể là “{blank.kind}”"
        yield FormDefect((*path, "kind"), wrong, _blank_kinds())
    if KINDS[blank.kind].needs_measure and not blank.measure:
        yield FormDefect(path, "chỗ trống là tiền mà không có đơn vị tính", "thêm measure: triệu đồng")
    odd = sorted(set(blank.filled_by or ()) - set(leaf.filled_by or ()))
    if odd and leaf.filled_by is not None:
        wrong = f"chỗ trống hỏi {', '.join(odd)} mà mục thì không"
        yield FormDefect((*path, "filled_by"), wrong, f"filled_by: [{', '.join(leaf.filled_by)}]")


def _blank_kinds() -> str:
    *names, last = [kind.value for kind in KINDS if KINDS[kind].blank]
    return f"chọn {', '.join(names)} hoặc {last}"


def _template(path: Path, template: str, keys: list[str]) -> Iterator[FormDefect]:
    at = (*path, "template")
    if not template.strip():
        yield FormDefect(path, "có chỗ trống mà không có câu in ra", 'thêm template: "… {dan_so} người."')
        return
    if not keys:
        yield FormDefect(path, "có câu in ra mà không có chỗ trống", "thêm blanks, hoặc bỏ template")
    used = Counter(_BLANK.findall(template))
    if "{" in (rest := _BLANK.sub("", template)) or "}" in rest:
        yield FormDefect(at, "dấu { } trong câu không thành cặp", 'viết mỗi chỗ trống là "{khóa}"')
    for key, times in used.items():
        if key not in keys:
            yield FormDefect(at, f"câu có chỗ trống “{key}” mà blanks không có", f"thêm “{key}” vào blanks, hoặc bỏ")
        elif times > 1:
            yield FormDefect(at, f"chỗ trống “{key}” có {times} lần trong câu", f"để “{{{key}}}” một lần")
    for key in dict.fromkeys(keys):
        if key not in used:
            yield FormDefect(
                at, f"chỗ trống “{key}” không có trong câu", f"thêm “{{{key}}}” vào câu, hoặc bỏ chỗ trống"
            )


def _groups(path: Path, groups: list[list[str]], keys: list[str]) -> Iterator[FormDefect]:
    if not groups:
        return
    at = (*path, "groups")
    used = Counter(key for group in groups for key in group)
    for index, group in enumerate(groups):
        if not group:
            yield FormDefect((*at, index), "nhóm rỗng", "bỏ nhóm này")
    for key, times in used.items():
        if key not in keys:
            yield FormDefect(at, f"nhóm có chỗ trống “{key}” mà blanks không có", "sửa cho đúng khóa của chỗ trống")
        elif times > 1:
            yield FormDefect(at, f"chỗ trống “{key}” ở {times} chỗ trong các nhóm", "để ở một nhóm")
    for key in dict.fromkeys(keys):
        if key not in used:
            yield FormDefect(at, f"chỗ trống “{key}” không ở nhóm nào", f"thêm “{key}” vào một nhóm")


def _rules(path: Path, rules: list[RuleModel], have: dict[str, ColumnModel], noun: str) -> Iterator[FormDefect]:
    for index, rule in enumerate(rules):
        at = (*path, "rules", index)
        if not rule.message.strip():
            write = 'message: "Số cán bộ nữ lớn hơn tổng số."'
            yield FormDefect((*at, "message"), "quy tắc không có lời báo", write)
        parsed = parse_rule(rule.rule)
        if parsed is None:
            wrong = f"“{rule.rule}” không phải là quy tắc đọc được"
            yield FormDefect((*at, "rule"), wrong, 'viết "a <= b" hoặc "a + b = c" với a, b, c là khóa')
            continue
        for key in dict.fromkeys((*parsed[0], *parsed[2])):
            if key not in have:
                yield FormDefect((*at, "rule"), f"quy tắc nói đến {noun} “{key}” không có", _nearby(key, have))
            elif have[key].kind not in NUMERIC:
                yield FormDefect((*at, "rule"), f"{noun} “{key}” không phải là số", "chỉ so sánh các số với nhau")


def _nearby(key: str, have: dict[str, ColumnModel]) -> str:
    names = sorted(name for name, column in have.items() if column.kind in NUMERIC)
    near = [name for name in names if name.rpartition(".")[2] == key.rpartition(".")[2]] or names
    return f"dùng một trong: {', '.join(near[:8])}" if near else "bỏ quy tắc này"


def _kinds(draft: FormDraft) -> Iterator[FormDefect]:
    """A form without companions asks only its own unit kinds (with companions: see ``check_companions``)."""
    if draft.head is None or draft.head.companions:
        return
    known = set(draft.head.filled_by)
    places: list[tuple[Path, list[str] | None]] = [(p, leaf.filled_by) for p, leaf in draft.leaves()]
    for path, table in draft.tables:
        places += [((*path, "columns", i), column.filled_by) for i, column in enumerate(table.columns)]
        places += [((*path, "rows", i), row.filled_by) for i, row in enumerate(table.rows)]
    for path, kinds in places:
        for kind in sorted(set(kinds or ()) - known):
            write = f"filled_by của mẫu là [{', '.join(draft.head.filled_by)}]: sửa tên, hoặc thêm “{kind}” vào đó"
            yield FormDefect((*path, "filled_by"), f"“{kind}” không trả lời mẫu này", write)
