"""Places and values as a person reads them, and small helpers of form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from decimal import Decimal

from dialogs.forms.answers import DOCUMENT_DATA, NOT_APPLICABLE, Said, State
from dialogs.forms.form import Column, Field, Form, Section, Table
from dialogs.forms.prefixes import covers
from dialogs.forms.questions import Question
from dialogs.kinds import KINDS
from dialogs.reading import date_text, number_text
from dialogs.texts.labels import DOCUMENT


def question_place(form: Form, question: Question) -> str:
    """The short name of a question: "II.3", "Phụ lục 3 – Hội Nông dân"."""
    if question.field == DOCUMENT_DATA:
        return DOCUMENT
    if not question.row:
        key = spoken_key(question.field)
        return f"mục {key}" if key else form.field(question.field).label
    table = form.tables_by_key[question.field]
    row = table.rows_by_key[question.row]
    return f"{table.number_line.capitalize()} – {row.short or row_name(row.label, row.level_label)}"


def spoken_key(key: str) -> str:
    """A key as an official reads it in the outline: "P1.I.2.a" is "I.2.a, phần 1"; '' where the outline has none."""
    head, _, rest = key.partition(".")
    if head[:1] == "P" and head[1:].isdecimal() and rest:
        return f"{rest}, phần {head[1:]}"
    return key if set(head) <= set("IVX") else ""


def row_name(label: str, level: str) -> str:
    return f"{label} ({level.lower()})" if level else label


def column_name(column: Column) -> str:
    return column.short or column.label


def beside_name(column: Column) -> str:
    """The unit of measure to say beside a name; '' for one that the name says already: "Tỷ lệ (%)"."""
    usual = KINDS[column.kind].measure
    return "" if usual and usual in f"{column.label} {column.title}" else column.unit


def count(number: int) -> str:
    return number_text(number)


def value_text(column: Column | None, answer: Said) -> str:
    """An answer as a person reads it: the four states never look alike."""
    if answer.state is State.ZERO:
        return "0" if column and not KINDS[column.kind].nil_in_words else "không có"
    if answer.state is State.NONE:
        return "không có tổ chức" if answer.reason == NOT_APPLICABLE else "chưa có số liệu"
    value = answer.value
    if isinstance(value, tuple):
        return f"{len(value)} mục"
    if isinstance(value, int | Decimal):
        return number_text(value)
    if isinstance(value, date):
        return date_text(value)
    choices = dict(column.choices) if column else {}
    return choices.get(str(value), str(value))


def local(moment: datetime, zone: tzinfo) -> str:
    return moment.astimezone(zone).strftime("%H:%M ngày %d/%m")


def due_text(due: datetime | None, now: datetime, zone: tzinfo) -> str:
    """The last moment is 24:00 of a day, so the day named is the one before the stored moment."""
    if due is None:
        return "không đặt hạn"
    here = due.astimezone(zone)
    midnight = (here.hour, here.minute) == (0, 0)
    last = here.date() if not midnight else date.fromordinal(here.date().toordinal() - 1)
    shown = f"hạn {last:%d/%m}" if midnight else f"hạn {here:%H:%M} ngày {last:%d/%m}"
    days = (last - now.astimezone(zone).date()).days
    if now >= due:
        return f"{shown} (quá hạn {max(1, -days)} ngày)"
    return f"{shown} (còn {days} ngày)" if days else f"{shown} (hôm nay là ngày cuối)"


def short(text: str, limit: int = 60) -> str:
    """A quotation for the screen only; what is stored is never shortened."""
    # Of a long text its beginning is enough, unless it is mostly white space.
    flat = " ".join(text[: 4 * limit].split())
    if len(flat) <= limit:
        flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1].rstrip() + "…"


def both_ends(text: str, limit: int) -> str:
    """The beginning and the end of a long text, to look at: one message of a phone, not twenty."""
    if len(text) <= limit:
        return text
    head, tail = text[: limit // 2].rstrip(), text[-limit // 2 :].lstrip()
    left_out = count(len(text) - len(head) - len(tail))
    return f"{head}\n[… {left_out} ký tự ở giữa không hiện ở đây, vẫn được lưu đủ …]\n{tail}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def listing(names: Sequence[str], limit: int) -> str:
    shown = "; ".join(names[:limit])
    return shown if len(names) <= limit else f"{shown} và {len(names) - limit} câu nữa"


def bar(done: int, total: int, width: int = 12) -> str:
    filled = width * done // total if total else 0
    return "▓" * filled + "░" * (width - filled)


def example(columns: Sequence[Column], apart: str = "") -> str:
    """An example of the whole message, made from the examples of the columns; whole numbers stand apart by spaces."""
    found = []
    for index, column in enumerate(columns):
        usual = KINDS[column.kind].samples
        found.append(column.example or usual[index % len(usual)])
    plain = all(KINDS[column.kind].spaced for column in columns)
    return (apart or (" " if plain else "; ")).join(found)


def table_name(table: Table | None) -> str:
    return table.number_line.capitalize() if table else ""


def part_name(form: Form, prefix: str) -> str:
    """Return how a part is called: "toàn bộ báo cáo", "mục II", "Phụ lục 3", "Phụ lục 3 – MTTQ"."""
    if not prefix:
        return "toàn bộ báo cáo"
    table = next((each for each in form.tables if covers(each.key, *_split(prefix))), None)
    if table is not None:
        row = prefix.removeprefix(table.key).removeprefix(".")
        found = next((each for each in table.rows if each.key == row), None)
        named = f" – {found.short or row_name(found.label, found.level_label)}" if found else ""
        return table.number_line.capitalize() + (named or (f" – {row}" if row else ""))
    key = spoken_key(prefix)
    if key and not key.startswith("P"):
        return f"mục {key}"
    node = _node(form.outline, prefix)
    heading = node.label or node.heading if node else ""
    return short(heading, 40) if heading else prefix


def _split(prefix: str) -> tuple[str, str]:
    head, _, rest = prefix.partition(".")
    return head, rest


def _node(nodes: Sequence[Section | Field], key: str) -> Section | Field | None:
    for node in nodes:
        if node.key == key:
            return node
        if isinstance(node, Section) and (found := _node(node.children, key)) is not None:
            return found
    return None
