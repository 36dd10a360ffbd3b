"""What a finished document is: its name, its kind, its bytes; and how one becomes a file."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE, ZIP_TYPE, PNG_TYPE = "text/csv; charset=utf-8", "application/zip", "image/png"
TYPES = {".docx": WORD_TYPE, ".xlsx": EXCEL_TYPE, ".csv": CSV_TYPE, ".zip": ZIP_TYPE, ".png": PNG_TYPE}
"""The media type of a file by the end of its name."""

MAX_STEM_NAME = 100
"""Letters of a unit's name in a file name; file systems take 255 bytes for the whole."""
_NOT_IN_WORDS = re.compile(r"[^A-Za-z0-9]+")
_NOT_IN_KEYS = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file: its name without diacritics, so that it survives every phone and mail program.

    ``photo`` is the width and height of a picture that is to be looked at where it arrives, () for anything else;
    ``caption`` says what it shows.
    """

    name: str
    media_type: str
    content: bytes
    photo: tuple[int, ...] = ()
    caption: str = ""


def file_stem(campaign: str, unit_code: str, unit_name: str, sent: bool, what: str = "") -> str:
    """ "KL62-2019_X1_Dang_uy_xa_An_Binh", then ``what``, then "_du-thao" while the report is not sent.

    Nothing of a key, code or name that a file system could stumble over gets into it.
    """
    draft = "" if sent else "_du-thao"
    name = "_".join(_NOT_IN_WORDS.sub(" ", _bare(unit_name)).split())[:MAX_STEM_NAME]
    return f"{_plain(campaign.upper())}_{_plain(unit_code)}_{name}{what}{draft}"


def put(path: Path, fill: Callable[[BinaryIO], None]) -> Path:
    """Write a file whole or not at all, with what ``fill`` writes, and return its path. Raises ``OSError``."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with unfinished.open("wb") as stream:
            fill(stream)
        unfinished.replace(path)
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return path


def put_bytes(path: Path, content: bytes) -> Path:
    """Write a finished file whole or not at all and return its path. Raises ``OSError``."""

    def fill(stream: BinaryIO) -> None:
        stream.write(content)

    return put(path, fill)


def _plain(key: str) -> str:
    return _NOT_IN_KEYS.sub("-", _bare(key)).strip(".-") or "-"


def _bare(text: str) -> str:
    flat = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return "".join(letter for letter in flat if not unicodedata.combining(letter))
