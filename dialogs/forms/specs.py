"""What a column or blank accepts, as the reading wants to know it: the same for the chat and for files."""

from __future__ import annotations

from functools import lru_cache

from dialogs.forms.form import Column
from dialogs.reading import Spec


@lru_cache(4096)
def spec_of(column: Column, year: int | None) -> Spec:
    """Return what ``column`` accepts; ``year`` is the form's, offered where a date lacks its own."""
    return Spec(
        kind=column.kind,
        measure=column.unit,
        minimum=column.minimum,
        maximum=column.maximum,
        decimals=column.decimals,
        choices=column.choices,
        year=year,
    )
