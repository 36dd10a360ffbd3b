"""A list typed in one message: one item a line."""

from __future__ import annotations

import re

from dialogs.reading.cleaning import clean

# A list mark is a bullet, a number or a single letter with its sign, and always a space after it:
# "- a", "1. a", "2) a", "3/ a", "b) a". "05/KH-UBND" and "-5" are content.
_MARK = re.compile(r"(?:[-+*•●○▪■◦–—·]|\d{1,2}[.)/]|[a-zđ]\))[ \t\u00a0]+(?=\S)", re.IGNORECASE)


def split_items(text: str) -> tuple[str, ...]:
    """The items of a list or of documents typed in one message, one a line, in order.

    List marks, blank lines and the spaces at both ends of a line are left out; the rest stays as typed.
    """
    return tuple(item for item in map(_item, clean(text).split("\n")) if item)


def _item(line: str) -> str:
    return _MARK.sub("", line.strip(), count=1) if _MARK.match(line.strip()) else line.strip()
