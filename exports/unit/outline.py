"""The outline of a form as blocks: headings in printed order, what stands under each leaf, the appendices named.

Every leaf that belongs to the report is printed. One that its form gives to other bodies is left out, with a section
that has nothing else, and the marks of those after it close up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from dialogs.forms.form import Field, Form, Section, Table
from exports.figures import roman
from exports.profiles import Profile, is_appendix_line
from exports.report import Block, Heading, Paragraph


@dataclass(frozen=True, slots=True)
class Outline:
    """How the outline is filled. ``leaf`` yields what stands under a leaf, ``printed`` says which leaves belong.

    ``names`` is how the text speaks of the tables that are attached, by key; ``numbered`` are those with a number,
    which are named at every leaf that leads to them, a sheet only once. ``named`` grows as the text is read.
    """

    leaf: Callable[[Field], Iterable[Paragraph]]
    printed: Callable[[Field], bool]
    names: Mapping[str, str]
    numbered: frozenset[str]
    named: set[str] = field(default_factory=set)


def has_parts(form: Form) -> bool:
    """Whether the outline has parts with a line of their own ("Phần thứ nhất"): then they stand in the middle."""
    return any(isinstance(node, Section) and node.style == "part" for node in form.outline)


def outline_of(
    attached: Iterable[Table],
    layout: Profile,
    leaf: Callable[[Field], Iterable[Paragraph]],
    printed: Callable[[Field], bool],
) -> Outline:
    """Return how an outline is filled, speaking of the ``attached`` tables as ``layout`` does."""
    tables = tuple(attached)
    numbered = frozenset(table.key for table in tables if is_appendix_line(table.number_line))
    return Outline(leaf, printed, {table.key: spoken(table, layout) for table in tables}, numbered)


def outline_blocks(
    form: Form, layout: Profile, outline: Outline, further: tuple[str, ...] = (), last: Iterable[Block] = ()
) -> Iterator[Block]:
    """Yield the body; the last paragraphs name the tables not yet mentioned (and ``further`` ones) and close.

    ``last`` stands before the closing sentence.
    """
    yield from _nodes(outline, form.outline, 1)
    missing = [spoken(table, layout) for table in form.tables if table.missing]
    yield from _attachments([*outline.names.values(), *further], missing, [*_unnamed(outline), *further])
    yield from last
    if form.closing:
        yield Paragraph(form.closing)


def _unnamed(outline: Outline) -> list[str]:
    return [name for key, name in outline.names.items() if key not in outline.named]


def spoken(table: Table, layout: Profile) -> str:
    """Return how the text speaks of a table: "Phụ lục 3"; one without a number goes by its title."""
    if is_appendix_line(table.number_line):
        return layout.appendix_name(table.number_line)
    title = " ".join(part for part in (table.number_line, *table.title) if part)
    return f"Biểu “{title}”" if table.title else table.number_line.capitalize()


def _nodes(outline: Outline, nodes: tuple[Section | Field, ...], level: int) -> Iterator[Block]:
    """Yield the outline below one node. A leaf's tables are named after the last text under its heading."""
    due: list[str] = []
    skipped = 0
    for node in nodes:
        if not _belongs(outline, node):
            skipped += bool(_MARK.match(node.heading))
            continue
        shown = replace(node, heading=_closed_up(node.heading, skipped)) if skipped else node
        if node.heading and due:
            yield _mention(outline, due)
            due = []
        if isinstance(shown, Section):
            yield from _section(outline, shown, level)
            continue
        yield from _leaf(outline, shown, level)
        due += [key for key in shown.tables if _names_now(outline, key) and key not in due]
    if due:
        yield _mention(outline, due)


def _belongs(outline: Outline, node: Section | Field) -> bool:
    if isinstance(node, Field):
        return outline.printed(node)
    return any(_belongs(outline, child) for child in node.children)


def _names_now(outline: Outline, key: str) -> bool:
    return key in outline.names and (key in outline.numbered or key not in outline.named)


def _section(outline: Outline, node: Section, level: int) -> Iterator[Block]:
    children, tail = node.children, ""
    if children and isinstance(children[0], Field) and _runs_on(node, children[0]) and outline.printed(children[0]):
        first = children[0]
        tail, children = first.heading, (replace(first, heading=""), *children[1:])
    yield Heading(node.heading, level, node.label, node.key, node.style, tail)
    if node.lead:
        yield Paragraph(node.lead, lead=True)
    yield from _nodes(outline, children, level + 1)


def _runs_on(node: Section, leaf: Field) -> bool:
    """Whether the outline prints the leaf's wording on its section's line ("1. Đặc điểm tình hình: khái quát …")."""
    return node.heading.endswith(":") and leaf.heading[:1].islower()


def _leaf(outline: Outline, leaf: Field, level: int) -> Iterator[Block]:
    if leaf.heading:
        yield Heading(leaf.heading, level, "", leaf.key, "heading" if _MARK.match(leaf.heading) else "subheading")
    yield from outline.leaf(leaf)


def _closed_up(heading: str, skipped: int) -> str:
    """Return ``heading`` with its mark counted down: marks stay consecutive where other bodies' parts are left out."""

    def mark(found: re.Match[str]) -> str:
        if found[1].isdigit():
            return f"{int(found[1]) - skipped}{found[2]}"
        numbers = [number for number in range(1, 100) if roman(number) == found[1]]
        return f"{roman(numbers[0] - skipped)}{found[2]}" if numbers else found[0]

    return _MARK.sub(mark, heading, count=1)


def _mention(outline: Outline, keys: list[str]) -> Paragraph:
    """Return the sentence that points from the text to its appendices (HD 05-HD/VPTW on appendices)."""
    outline.named.update(keys)
    return Paragraph(f"Số liệu cụ thể tại {joined([outline.names[key] for key in keys])} kèm theo báo cáo này.")


def _attachments(attached: list[str], missing: list[str], rest: list[str]) -> Iterator[Paragraph]:
    """Yield the list of appendices if a leaf left one out, or if the source names one that it does not contain."""
    if missing and attached:
        listed = joined(attached)
        yield Paragraph(f"Kèm theo báo cáo này: {listed}; {joined(missing)} không có biểu mẫu trong văn bản gốc.")
    elif missing:
        yield Paragraph(f"{joined(missing)} không có biểu mẫu trong văn bản gốc nên không kèm theo báo cáo này.")
    elif rest:
        yield Paragraph(f"Kèm theo báo cáo này: {joined(rest)}.")


def joined(names: list[str]) -> str:
    """Return "a, b và c"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} và {names[-1]}"


_MARK = re.compile(r"([IVXLC]+|\d+)([.\-])")
