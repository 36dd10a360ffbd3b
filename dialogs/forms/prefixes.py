"""Prefixes of keys: how a part of a report is named wherever one is handed out, returned or limited to.

A prefix is a section ("P1.I"), an appendix ("PL3"), a group of rows ("PL4.qh") or a row ("PL3.mttq"); '' is the whole
report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dialogs.forms.questions import Question


def covers(prefix: str, field_key: str, row: str = "") -> bool:
    """Whether ``prefix`` takes in a field or, with ``row``, one row of it."""
    path = f"{field_key}.{row}." if row else f"{field_key}."
    return not prefix or path.startswith(prefix + ".")


def owns(parts: Sequence[str] | None, field_key: str, row: str = "") -> bool:
    """Whether a field or a row is among ``parts`` (None: the whole report)."""
    return parts is None or any(covers(prefix, field_key, row) for prefix in parts)


def within(parts: Sequence[str] | None, asked: tuple[Question, ...]) -> tuple[Question, ...]:
    """Return those of the questions ``asked`` that are among ``parts``, numbered from 1."""
    if parts is None:
        return asked
    found = (each for each in asked if owns(parts, each.field, each.row))
    return tuple(replace(each, number=number) for number, each in enumerate(found, 1))
