"""Evidence as values: files that a unit has attached to the items of its report, and the limits they keep to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

MAX_FILE_BYTES = 20 * 1024 * 1024
"""The largest file that is taken: what Telegram lets a bot fetch, so that every door has the same limit."""

MAX_ITEM_FILES = 20
"""Files at one item of a report."""

MAX_REPORT_BYTES = 200 * 1024 * 1024
"""Bytes of all the files at one report."""

KEPT = "file:"
"""A source that begins so names a file that is stored already: its id follows. Any other one is to be fetched."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One attached file. ``field`` and ``row`` say at which item, ``note`` holds the words sent with it.

    ``person`` attached it (0: unknown), called ``by``; ``file`` is the id of its bytes.
    """

    id: int
    field: str
    row: str
    file: int
    name: str
    media_type: str
    size: int
    person: int
    by: str
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file that came and belongs nowhere yet; ``source`` says where its bytes are."""

    name: str
    size: int
    source: str
    note: str = ""
