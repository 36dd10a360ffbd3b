"""The record as values: who did what to what, when and through which door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

ANSWERED = "answer.write"
"""The verb of writings of answers, which are counted by person, unit, door and day."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the record. ``by`` is '' for the program itself or its owner; ``count`` the answers written.

    ``at`` is the moment, of counted answers the last one. ``detail`` explains a decision as it was recorded.
    ``door`` is the door in words, or the key of a way of the program's own, such as ``import``.
    """

    verb: str
    at: datetime
    by: str
    unit: str
    door: str
    count: int = 0
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RecordPage:
    """Some lines of the record of a campaign at and below a unit, newest first; ``more``: older ones follow."""

    campaign: int
    key: str
    title: str
    unit: int
    unit_code: str
    unit_name: str
    lines: tuple[Happened, ...]
    page: int
    more: bool


class Recording(Protocol):
    """The record as far as the person may read it."""

    def page(self, campaign: int, unit: int, page: int) -> RecordPage | None:
        """Return a page (from 0) of the record at and below a unit; None where the person may not read it."""
        ...
