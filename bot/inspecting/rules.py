"""What the checks of single kinds of files share: how they refuse, and the limits they keep to."""

from __future__ import annotations

import io
import zipfile

from dialogs.texts import evidence as evidence_texts

MAX_PIXELS = 200_000_000
"""A picture of more is no photograph of a phone, but means to fill the memory of whoever opens it."""


class Unfit(Exception):
    """A file that is not accepted; the message says in Vietnamese what it is, to be put into a sentence."""


def refuse_joined(content: bytes) -> None:
    """Raise ``Unfit`` if a picture or PDF is an archive as well: two files in one, of which only one is seen."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise Unfit(evidence_texts.UNFIT_JOINED)


def refuse_huge(width: int, height: int) -> None:
    """Raise ``Unfit`` if a picture has no size, or one that no camera makes."""
    if width <= 0 or height <= 0:
        raise Unfit(evidence_texts.UNFIT_PICTURE)
    if width * height > MAX_PIXELS:
        raise Unfit(evidence_texts.unfit_pixels(width, height))
