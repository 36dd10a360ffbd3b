"""What the Bot API refuses, in its own words."""

from __future__ import annotations

import json
from typing import Any


class Refusal(Exception):
    """An answer with ``ok: false``."""

    def __init__(self, code: int, description: str, retry_after: int = 0) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after


def bad(description: str) -> Refusal:
    return Refusal(400, f"Bad Request: {description}")


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def checked_text(text: str, limit: int, may_be_empty: bool = False) -> str:
    """Return a text as Telegram keeps it, without white space around it."""
    text = text.strip()
    if not text and not may_be_empty:
        raise bad("message text is empty")
    if units(text) > limit:
        raise bad("message caption is too long" if may_be_empty else "message is too long")
    return text


def checked_keyboard(markup: str) -> list[list[dict[str, Any]]]:
    """Return the rows of an inline keyboard, [] for none."""
    if not markup:
        return []
    try:
        parsed = json.loads(markup)
    except ValueError:
        raise bad("can't parse reply keyboard markup JSON object") from None
    rows = parsed.get("inline_keyboard") if isinstance(parsed, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    if sum(map(len, rows)) > 100 or any(len(row) > 8 for row in rows):
        raise bad("BUTTON_COUNT_INVALID")
    for row in rows:
        for button in row:
            _check_button(button)
    return rows


def _check_button(button: Any) -> None:
    if not isinstance(button, dict) or not str(button.get("text", "")).strip():
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    data = button.get("callback_data")
    if not isinstance(data, str):
        raise bad("can't parse inline keyboard button")
    if not 1 <= len(data.encode()) <= 64:
        raise bad("BUTTON_DATA_INVALID")


def checked_photo(content: bytes) -> None:
    """Refuse what Telegram refuses as a photo: more than 10 MB, sides of more than 10,000 together, 20 to 1."""
    if len(content) > 10 * 1024 * 1024:
        raise bad("file is too big")
    if not content.startswith(b"\x89PNG\r\n\x1a\n"):
        raise bad("IMAGE_PROCESS_FAILED")
    wide, tall = int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
    if wide + tall > 10_000 or max(wide, tall) > 20 * min(wide, tall):
        raise bad("PHOTO_INVALID_DIMENSIONS")
