"""Whether Telegram takes a picture as a photo: shown in the conversation instead of waiting to be opened."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Any

MAX_PHOTO = 10 * 1024 * 1024
MAX_SIDES = 10_000
MAX_RATIO = 20
_PNG = b"\x89PNG\r\n\x1a\n"


def is_photo(file: Mapping[str, Any], content: bytes) -> bool:
    """Return whether a file that we drew fits the Bot API's limits of a photo: bytes, both sides, their ratio."""
    if not file.get("photo") or len(content) > MAX_PHOTO or not content.startswith(_PNG) or len(content) < 24:
        return False
    wide: int
    tall: int
    wide, tall = struct.unpack(">II", content[16:24])
    return 0 < wide + tall <= MAX_SIDES and max(wide, tall) <= MAX_RATIO * min(wide, tall)
