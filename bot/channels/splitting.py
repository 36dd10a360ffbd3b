"""The length of a text as chat servers count it, and long texts cut where a reader would pause."""

from __future__ import annotations

import unicodedata


def units(text: str) -> int:
    """Return the length of ``text`` as chat servers count it, in UTF-16 units."""
    if text.isascii() or max(text) < "\U00010000":
        return len(text)
    return len(text) + sum(char > "\uffff" for char in text)


_SENTENCE_ENDS = (". ", "! ", "? ", "… ", "; ", ": ")


def split(text: str, limit: int) -> list[str]:
    """Cut ``text`` into pieces of at most ``limit`` units whose concatenation is ``text`` again.

    Cuts fall after a paragraph, else a line, a sentence, a word; a paragraph end counts only in the second half of a
    piece, so that a long text does not arrive in crumbs.
    """
    pieces = []
    while units(text) > limit:
        at = _cut(_head(text, limit), text)
        pieces.append(text[:at])
        text = text[at:]
    pieces.append(text)
    return pieces


def _head(text: str, limit: int) -> str:
    head = text[:limit]
    while (excess := units(head) - limit) > 0:
        head = head[: -((excess + 1) // 2)]
    return head or text[:1]


def _cut(head: str, text: str) -> int:
    """Return where to cut: after the last good end in ``head``, which is the beginning of ``text``."""
    half = len(head) // 2
    for ends in (("\n\n",), ("\n",), _SENTENCE_ENDS, (" ", "\t", "\u00a0")):
        at = max(head.rfind(end, half) + len(end) if end in head[half:] else 0 for end in ends)
        if at:
            return at
    return _whole_character(text, len(head))


def _whole_character(text: str, at: int) -> int:
    """Move a cut that would part a letter from its marks, or the parts of one emoji, to before that letter."""
    back = at
    while back > at - 16 and back > 1:
        if "\u200d" not in text[back - 1 : back + 1] and not _is_mark(text[back]):
            return back
        back -= 1
    return at


def _is_mark(char: str) -> bool:
    return bool(unicodedata.combining(char)) or "\ufe00" <= char <= "\ufe0f" or "\U0001f3fb" <= char <= "\U0001f3ff"
