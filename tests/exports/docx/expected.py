"""What a checker of .docx files is told from outside, and how its rules are written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from tests.exports.docx.docx_file import Docx


@dataclass(frozen=True)
class Grid:
    """An official table: header cells as (row, column, row span, column span, text), 1-based."""

    number: str
    title: str
    landscape: bool
    header_rows: int
    header: frozenset[tuple[int, int, int, int, str]]


@dataclass(frozen=True)
class Expected:
    """``headings`` are all printed headings in order; ``leaves`` those under which something must stand.

    ``head_signs``: for nobody, under the title alone. ``period`` stands under the subject, '' for none. ``typed``
    holds every line that a person typed: the rules about the program's own text do not judge it.
    """

    profile: str
    parent_body: str
    issuing_body: str
    type_name: str
    subject: str
    headings: tuple[str, ...]
    leaves: frozenset[str]
    phrases: tuple[str, ...]
    appendices: tuple[Grid, ...]
    created: str
    draft: bool = False
    period: str = ""
    typed: frozenset[str] = field(default_factory=frozenset)
    head_signs: bool = False

    @property
    def party(self) -> bool:
        return self.profile.startswith("party")


@dataclass(frozen=True)
class Finding:
    key: str
    text: str

    def __str__(self) -> str:
        return f"{self.key}: {self.text}"


Rule: TypeAlias = Callable[[Docx, Expected], Iterator[str]]


def registry() -> tuple[dict[str, Rule], Callable[[str], Callable[[Rule], Rule]]]:
    """Return an empty table of rules and the decorator that fills it."""
    rules: dict[str, Rule] = {}

    def rule(key: str) -> Callable[[Rule], Rule]:
        def add(function: Rule) -> Rule:
            rules[key] = function
            return function

        return add

    return rules, rule
