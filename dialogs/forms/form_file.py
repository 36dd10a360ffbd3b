"""Form files: YAML text in, ``Form`` out, or a list of everything that is wrong with the text.

Text goes through three steps: ``form_tree`` (YAML with line numbers), ``form_schema`` (keys and shapes) and
``form_checks`` (what must fit together). The same steps serve ``baocao form check``, publishing and the forms that
come with the program.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from importlib.resources import files
from itertools import chain, islice

from dialogs.forms.form import (
    Checks,
    Column,
    Deadline,
    DocumentSettings,
    Field,
    Form,
    HeaderCell,
    Jump,
    Row,
    Rule,
    Section,
    Table,
    UnitSlip,
)
from dialogs.forms.form_checks import findings, parse_rule
from dialogs.forms.form_companions import check_companions
from dialogs.forms.form_schema import (
    MAX_PROBLEMS,
    ChecksModel,
    ColumnModel,
    DocumentModel,
    FormDraft,
    HeadModel,
    LeafModel,
    RowModel,
    RuleModel,
    SectionModel,
    TableModel,
    read_draft,
)
from dialogs.forms.form_tree import Damaged, FormProblem, read_tree, text_problems
from dialogs.kinds import Kind

__all__ = [
    "FormError",
    "FormProblem",
    "check_companions",
    "check_form",
    "read_form",
    "shipped_keys",
    "shipped_text",
]


class FormError(Exception):
    """A form file that cannot be used; ``problems`` names every place, in the order of the file's checks."""

    def __init__(self, problems: tuple[FormProblem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


def read_form(text: str) -> Form:
    """Return the form that ``text`` describes, its ``content_hash`` the SHA-256 of the text.

    Raises ``FormError`` with all problems found.
    """
    draft, problems = _examine(text)
    if problems or draft is None or draft.head is None:
        raise FormError(problems)
    return _form(draft, draft.head, sha256(text.encode()).hexdigest())


def check_form(text: str) -> tuple[FormProblem, ...]:
    """Return everything that is wrong with ``text``; never raises."""
    return _examine(text)[1]


def shipped_keys() -> tuple[str, ...]:
    """Return the keys of the forms that come with the program."""
    names = (entry.name for entry in (files("dialogs") / "forms").iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


def shipped_text(key: str) -> str:
    """Return the text of the shipped form ``key``; raises ``KeyError`` if there is none."""
    if key not in shipped_keys():
        raise KeyError(key)
    return (files("dialogs") / "forms" / f"{key}.yaml").read_text("utf-8")


def _examine(text: str) -> tuple[FormDraft | None, tuple[FormProblem, ...]]:
    try:
        tree, twice = read_tree(text)
    except Damaged as damage:
        return None, (damage.problem(),)
    draft, misshapen = read_draft(tree)
    found = (FormProblem(tree.place(f.path), f.wrong, f.write) for f in findings(draft))
    problems = tuple(islice(chain(text_problems(text), twice, misshapen, found), MAX_PROBLEMS + 1))
    if len(problems) > MAX_PROBLEMS:
        more = FormProblem("tệp", f"còn lỗi khác ngoài {MAX_PROBLEMS} lỗi trên", "sửa rồi kiểm tra lại")
        problems = (*problems[:MAX_PROBLEMS], more)
    return draft, problems


def _form(draft: FormDraft, head: HeadModel, content_hash: str) -> Form:
    return Form(
        key=head.key,
        version=head.version,
        title=tuple(head.title),
        short_title=head.short_title,
        legal_basis=head.legal_basis,
        document=_document(head.document),
        outline=tuple(_node(node) for _, node in draft.outline),
        tables=tuple(_table(table) for _, table in draft.tables),
        filled_by=frozenset(head.filled_by),
        companions=tuple(head.companions),
        deadlines=tuple(Deadline(frozenset(d.kinds), d.wording, d.day) for d in head.deadlines),
        year=head.year,
        closing=head.closing,
        content_hash=content_hash,
        source=head.source,
        checks=_checks(head.checks),
    )


def _checks(model: ChecksModel) -> Checks:
    slip, jump = model.unit_slip, model.jump
    return Checks(
        UnitSlip(slip.times, slip.rows, slip.blocking) if slip.used else None,
        Jump(jump.times, jump.floor, jump.blocking) if jump.used else None,
    )


def _document(model: DocumentModel) -> DocumentSettings:
    return DocumentSettings(
        type_name=model.type_name,
        type_symbol=model.type_symbol,
        subject=model.subject,
        profile=model.profile,
        body_symbol=tuple(model.body_symbol.items()),
        recipients=tuple((kind, item) for kind, items in model.recipients.items() for item in items),
        authority=tuple(model.authority.items()),
    )


def _node(model: SectionModel | LeafModel) -> Section | Field:
    if isinstance(model, LeafModel):
        return _leaf(model)
    return Section(
        key=model.key,
        heading=model.heading,
        children=tuple(_node(child) for child in model.children),
        style=model.style,
        label=model.label,
        lead=model.lead,
        short=model.short,
    )


def _leaf(model: LeafModel) -> Field:
    """A sentence with blanks has no kind of its own in the file; here it is a TEXT."""
    return Field(
        key=model.key,
        heading=model.heading,
        question=model.question,
        kind=model.kind or Kind.TEXT,
        hint=model.hint,
        example=model.example,
        required=model.required,
        filled_by=frozenset(model.filled_by or ()),
        template=model.template,
        blanks=tuple(_column(blank) for blank in model.blanks),
        groups=tuple(tuple(group) for group in model.groups),
        rules=_rules(model.rules),
        feeds=tuple(model.feeds),
        tables=tuple(model.tables),
        label=model.label or model.heading,
        bodies=frozenset(model.bodies),
    )


def _table(model: TableModel) -> Table:
    return Table(
        key=model.key,
        number_line=model.number_line,
        title=tuple(model.title),
        period=model.period,
        landscape=model.landscape,
        letterhead_left=model.letterhead_left,
        letterhead_right=model.letterhead_right,
        date_line=model.date_line,
        number_line_first=model.number_line_first,
        header_rows=model.header_rows,
        grid_columns=model.grid_columns,
        header=tuple(HeaderCell(c.row, c.col, c.rows, c.cols, c.text) for c in model.header),
        numbered_header=model.numbered_header,
        columns=tuple(_column(column) for column in model.columns),
        rows=tuple(_row(row) for row in model.rows),
        open_rows=model.open_rows,
        own_rows_only=frozenset(model.own_rows_only),
        rules=_rules(model.rules),
        notes_heading=model.notes_heading,
        notes=tuple(model.notes),
        footnote=model.footnote,
        help=model.help,
        missing=model.missing,
        switch=model.switch,
        widths_mm=tuple(model.widths_mm),
    )


def _column(model: ColumnModel) -> Column:
    return Column(
        key=model.key,
        label=model.label,
        kind=model.kind,
        grid=model.grid,
        title=model.title or model.label,
        short=model.short or model.label,
        measure=model.measure,
        filled_by=frozenset(model.filled_by or ()),
        level=model.level,
        required=model.required,
        minimum=model.minimum,
        maximum=model.maximum,
        decimals=model.decimals,
        choices=tuple((choice, choice) for choice in model.choices),
        rollup=model.rollup,
        example=model.example,
        hint=model.hint,
        lead=model.lead,
    )


def _row(model: RowModel) -> Row:
    return Row(
        key=model.key,
        label=model.label,
        ordinal=model.ordinal,
        short=model.short or model.label,
        level_label=model.level_label,
        level=model.level,
        body=model.body,
        filled_by=None if model.filled_by is None else frozenset(model.filled_by),
        merged=model.merged,
        measures=tuple(model.measures.items()),
        kinds=tuple(model.kinds.items()),
        labels=tuple(model.labels.items()),
    )


def _rules(models: Iterable[RuleModel]) -> tuple[Rule, ...]:
    parsed = ((model, parse_rule(model.rule)) for model in models)
    return tuple(Rule(*rule, model.message, model.blocking) for model, rule in parsed if rule)
