"""A file on its way in: its name and bytes, read under a limit as they come.

The bytes are the body itself and the name a header: there is no form to be parsed, and a form of another site's page
cannot send such a body. Nothing is written anywhere before all of it is here and has been looked at.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import Iterator
from urllib.parse import unquote

from aiohttp import web

from bot.web.guards import RequestRefused
from dialogs.values.attached import MAX_FILE_BYTES

TYPE = "application/octet-stream"
NAME = "X-File-Name"
MAX_NAME_HEADER = 3 * 4 * 255
"""A name of 255 letters, each of up to four bytes, each byte spelled "%E1"."""
STALLED_SECONDS = 60.0
LONGEST_SECONDS = 2400.0
"""The largest file over a network of ten kilobytes a second, and some minutes."""
MAX_AT_ONCE = 8
"""Uploads that are read side by side; others wait, so that memory has an end."""

MAX_OF_ONE = 2
"""Of these, those of one account: nobody holds up the others."""

_gate = asyncio.Semaphore(MAX_AT_ONCE)
_sending: Counter[str] = Counter()


async def read_file(request: web.Request, sender: str) -> tuple[str, bytes]:
    """Return the name and bytes of the file that a request carries.

    Raises ``RequestRefused``: too large, stalled, no file, or too many of one sender at once.
    """
    if request.content_type != TYPE or NAME not in request.headers:
        raise RequestRefused(415, "not_understood")
    if (request.content_length or 0) > MAX_FILE_BYTES:
        raise RequestRefused(413, "file_too_large")
    header = request.headers[NAME]
    if len(header) > MAX_NAME_HEADER:
        raise RequestRefused(400, "not_understood")
    with _one_more_of(sender):
        async with _gate:
            try:
                async with asyncio.timeout(LONGEST_SECONDS):
                    return unquote(header, errors="replace"), await _read(request)
            except TimeoutError:
                raise RequestRefused(408, "upload_stalled") from None


@contextlib.contextmanager
def _one_more_of(sender: str) -> Iterator[None]:
    if _sending[sender] >= MAX_OF_ONE:
        raise RequestRefused(429, "files_at_once")
    _sending[sender] += 1
    try:
        yield
    finally:
        _sending[sender] -= 1
        if not _sending[sender]:
            del _sending[sender]


async def _read(request: web.Request) -> bytes:
    taken = bytearray()
    while True:
        async with asyncio.timeout(STALLED_SECONDS):
            piece = await request.content.readany()
        if not piece:
            return bytes(taken)
        taken += piece
        if len(taken) > MAX_FILE_BYTES:
            raise RequestRefused(413, "file_too_large")
