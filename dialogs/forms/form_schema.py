"""The shape of a form file: which keys stand where, and what kind of text each holds.

``TableModel``, ``SectionModel``, ``LeafModel`` and ``HeadModel`` mirror the types of ``form``; unknown keys are
refused. What these models cannot say (holes in a grid, rules about missing columns) is in ``form_checks``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    TypeAdapter,
    ValidationError,
)
from pydantic_core import PydanticCustomError

from dialogs.forms.form import RollUp
from dialogs.forms.form_tree import Data, FormProblem, Path, Tree
from dialogs.forms.form_words import location, told
from dialogs.kinds import IN_FORMS, Kind

MAX_PROBLEMS = 500
"""Most problems told of one file; a file with more is another kind of file."""

MAX_HEADER_ROWS = 10
MAX_GRID_COLUMNS = 63
"""Word draws no table wider than 63 columns."""


def _whole(value: object) -> object:
    if isinstance(value, str) and re.fullmatch("[0-9]{1,6}", value):
        return int(value)
    raise ValueError("phải là số nguyên không âm")


def _decimal(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,6})?", value):
        return Decimal(value)
    raise ValueError("phải là số, dấu thập phân là dấu chấm")


def _kind(value: object) -> object:
    names = [f"'{kind}'" for kind in Kind if kind in IN_FORMS]
    if isinstance(value, str) and f"'{value}'" in names:
        return Kind(value)
    expected = f"{', '.join(names[:-1])} or {names[-1]}"
    raise PydanticCustomError("enum", "Input should be {expected}", {"expected": expected})


def _flag(value: object) -> object:
    if value in ("true", "false"):
        return value == "true"
    raise ValueError("phải là true hoặc false")


Whole = Annotated[int, BeforeValidator(_whole)]
Span = Annotated[int, BeforeValidator(_whole), Field(ge=1, le=MAX_GRID_COLUMNS)]
Number = Annotated[Decimal, BeforeValidator(_decimal)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.]+$", max_length=80)]
FormKey = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]*$", max_length=80)]
UnitKind = Annotated[str, StringConstraints(pattern=r"^[a-z_]+$", max_length=40)]
MaybeKind = Annotated[str, StringConstraints(pattern=r"^[a-z_]*$", max_length=40)]
MaybeKey = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.]*$", max_length=80)]
AnswerKind = Annotated[Kind, BeforeValidator(_kind)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class RuleModel(_Model):
    """``rule`` is written "a + b = c" or "a <= b" over the keys of columns or blanks."""

    rule: str
    message: str
    blocking: Flag = False


class ColumnModel(_Model):
    """A column of a table or a blank of a sentence; ``filled_by`` None means that the key is absent."""

    key: Key
    label: str
    kind: AnswerKind
    grid: Whole = 0
    lead: str = ""
    title: str = ""
    short: str = ""
    measure: str = ""
    filled_by: list[UnitKind] | None = None
    level: MaybeKind = ""
    required: Flag = True
    minimum: Number | None = None
    maximum: Number | None = None
    decimals: Annotated[int, BeforeValidator(_whole), Field(le=6)] | None = None
    choices: list[str] = []
    rollup: Annotated[RollUp, Field(strict=False)] = RollUp.NONE
    example: str = ""
    hint: str = ""


class RowModel(_Model):
    key: Key
    label: str = ""
    ordinal: str = ""
    short: str = ""
    level_label: str = ""
    level: MaybeKind = ""
    body: MaybeKey = ""
    filled_by: list[UnitKind] | None = None
    merged: Whole = 1
    measures: dict[str, str] = {}
    kinds: dict[str, AnswerKind] = {}
    labels: dict[str, str] = {}


class HeaderModel(_Model):
    """A header cell at 1-based ``row`` and ``col`` that spans ``rows`` and ``cols``."""

    row: Span
    col: Span
    rows: Span = 1
    cols: Span = 1
    text: str


class TableModel(_Model):
    key: Key
    number_line: str
    title: list[str] = []
    period: str = ""
    landscape: Flag = True
    letterhead_left: str = ""
    letterhead_right: str = ""
    date_line: str = ""
    number_line_first: Flag = False
    header_rows: Annotated[int, BeforeValidator(_whole), Field(le=MAX_HEADER_ROWS)] = 0
    grid_columns: Annotated[int, BeforeValidator(_whole), Field(le=MAX_GRID_COLUMNS)] = 0
    header: list[HeaderModel] = []
    numbered_header: Flag = False
    columns: list[ColumnModel] = []
    rows: list[RowModel] = []
    open_rows: Flag = False
    own_rows_only: list[UnitKind] = []
    rules: list[RuleModel] = []
    notes_heading: str = ""
    notes: list[str] = []
    footnote: str = ""
    help: str = ""
    missing: str = ""
    switch: MaybeKey = ""
    widths_mm: list[Whole] = []


class LeafModel(_Model):
    key: Key
    heading: str = ""
    label: str = ""
    question: str
    kind: AnswerKind | None = None
    hint: str = ""
    example: str = ""
    required: Flag = True
    filled_by: list[UnitKind] | None = None
    template: str = ""
    blanks: list[ColumnModel] = []
    groups: list[list[str]] = []
    rules: list[RuleModel] = []
    feeds: list[Key] = []
    tables: list[Key] = []
    bodies: list[Key] = []


class SectionModel(_Model):
    key: Key
    heading: str
    children: list[NodeModel]
    style: Literal["part", "heading", "subheading"] = "heading"
    label: str = ""
    lead: str = ""
    short: str = ""


def _node_tag(value: Any) -> str:
    return "_section" if isinstance(value, dict) and "children" in value else "_leaf"


NodeModel: TypeAlias = Annotated[
    Annotated[SectionModel, Tag("_section")] | Annotated[LeafModel, Tag("_leaf")], Discriminator(_node_tag)
]
SectionModel.model_rebuild()


class DocumentModel(_Model):
    type_name: str
    type_symbol: str
    subject: str
    profile: Literal["party_hd05", "party_hd36", "nd30", "front"]
    body_symbol: dict[UnitKind, str] = {}
    recipients: dict[UnitKind, list[str]] = {}
    authority: dict[UnitKind, str] = {}


class DeadlineModel(_Model):
    kinds: list[UnitKind]
    wording: str
    day: str = ""


class UnitSlipModel(_Model):
    used: Flag = True
    times: Number = Decimal(300)
    rows: Whole = 3
    blocking: Flag = False


class JumpModel(_Model):
    used: Flag = True
    times: Number = Decimal(10)
    floor: Number = Decimal(10)
    blocking: Flag = False


class ChecksModel(_Model):
    unit_slip: UnitSlipModel = UnitSlipModel()
    jump: JumpModel = JumpModel()


class HeadModel(_Model):
    """A form without its outline and tables."""

    key: FormKey
    version: Whole
    title: list[str]
    short_title: str
    legal_basis: str
    source: str = ""
    year: Whole | None = None
    filled_by: list[UnitKind]
    companions: list[FormKey] = []
    deadlines: list[DeadlineModel] = []
    document: DocumentModel
    closing: str = ""
    checks: ChecksModel = ChecksModel()


@dataclass(frozen=True, slots=True)
class FormDraft:
    """What of a form file has the right shape; the parts that have not are None or absent.

    ``table_keys`` names every table of the file, damaged ones too, so that one mistake is reported once.
    """

    head: HeadModel | None
    outline: tuple[tuple[Path, SectionModel | LeafModel], ...]
    tables: tuple[tuple[Path, TableModel], ...]
    table_keys: frozenset[str]

    def leaves(self) -> Iterator[tuple[Path, LeafModel]]:
        """Yield the leaves of the outline, each with its place in the file."""
        for path, node in self.outline:
            yield from _leaves(path, node)

    def nodes(self) -> Iterator[tuple[Path, SectionModel | LeafModel]]:
        """Yield every section and leaf of the outline, each with its place in the file."""
        for path, node in self.outline:
            yield from _nodes(path, node)


_HEAD: TypeAdapter[HeadModel] = TypeAdapter(HeadModel)
_NODE: TypeAdapter[SectionModel | LeafModel] = TypeAdapter(NodeModel)
_TABLE: TypeAdapter[TableModel] = TypeAdapter(TableModel)


def read_draft(tree: Tree) -> tuple[FormDraft, tuple[FormProblem, ...]]:
    """Return the well-formed parts of the file (each top item, each table by itself) and what is wrong elsewhere."""
    top = tree.data if isinstance(tree.data, dict) else {}
    problems: list[FormProblem] = []
    head_data = {key: value for key, value in top.items() if key not in ("outline", "tables")}
    head = _checked(_HEAD, head_data, (), tree, problems)
    outline = tuple(_items(_NODE, "outline", tree, problems))
    tables = tuple(_items(_TABLE, "tables", tree, problems))
    return FormDraft(head, outline, tables, frozenset(_keys(top.get("tables")))), tuple(problems)


def _items(adapter: TypeAdapter[Any], name: str, tree: Tree, problems: list[FormProblem]) -> Iterator[Any]:
    top = tree.data if isinstance(tree.data, dict) else {}
    items = top.get(name, [] if name == "tables" else None)
    if not isinstance(items, list):
        write = f'viết "{name}:" rồi mỗi mục một dòng bắt đầu bằng dấu "-"'
        problems.append(FormProblem(tree.place((name,)), f"thiếu danh sách “{name}”", write))
        return
    for index, item in enumerate(items):
        model = _checked(adapter, item, (name, index), tree, problems)
        if model is not None:
            yield (name, index), model


def _checked(adapter: TypeAdapter[Any], data: object, path: Path, tree: Tree, problems: list[FormProblem]) -> Any:
    """Return ``data`` as a model, or None; adds what is wrong with it to ``problems``.

    Keys that do not belong there are reported and dropped, so that the rest can still be checked.
    """
    try:
        return adapter.validate_python(data)
    except ValidationError as error:
        details = error.errors(include_url=False)
    room = max(0, MAX_PROBLEMS - len(problems))
    problems.extend(told(detail, path, tree, _all_keys()) for detail in details[:room])
    extra = [location(detail) for detail in details if detail["type"] == "extra_forbidden"]
    if len(extra) != len(details):
        return None
    return adapter.validate_python(_without(data, extra))


def _without(data: object, paths: list[Path]) -> object:
    """Return ``data`` without the mapping entries at ``paths``."""
    here = {path[0] for path in paths if len(path) == 1}
    if isinstance(data, dict):
        return {k: _without(v, [p[1:] for p in paths if p[0] == k]) for k, v in data.items() if k not in here}
    if isinstance(data, list):
        return [_without(v, [p[1:] for p in paths if p[0] == i]) for i, v in enumerate(data)]
    return data


@cache
def _all_keys() -> tuple[str, ...]:
    models = (HeadModel, DocumentModel, DeadlineModel, SectionModel, LeafModel, ColumnModel)
    tables = (TableModel, RowModel, HeaderModel, RuleModel, ChecksModel, UnitSlipModel, JumpModel)
    return tuple(sorted({name for model in (*models, *tables) for name in model.model_fields} | {"outline", "tables"}))


def _keys(items: Data) -> Iterator[str]:
    for item in items if isinstance(items, list) else []:
        key = item.get("key") if isinstance(item, dict) else None
        if isinstance(key, str):
            yield key


def _leaves(path: Path, node: SectionModel | LeafModel) -> Iterator[tuple[Path, LeafModel]]:
    for at, found in _nodes(path, node):
        if isinstance(found, LeafModel):
            yield at, found


def _nodes(path: Path, node: SectionModel | LeafModel) -> Iterator[tuple[Path, SectionModel | LeafModel]]:
    yield path, node
    if isinstance(node, SectionModel):
        for index, child in enumerate(node.children):
            yield from _nodes((*path, "children", index), child)
