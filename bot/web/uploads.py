"""A file on its way in: its name and bytes, read under a limit as they come.

The bytes are the body itself and the name a header: there is no form to be parsed, and a form of another site's page
cannot send such a body. Nothing is written anywhere before all of it is here and has been looked at.
"""

from __future__ import annotations

import asyncio
from urllib.parse import unquote

from aiohttp import web

from bot.web.guards import Refusal
from dialogs.attached import MAX_FILE_BYTES

TYPE = "application/octet-stream"
NAME = "X-File-Name"
MAX_NAME_HEADER = 3 * 4 * 255
"""A name of 255 letters, each of up to four bytes, each byte spelled "%E1"."""
STALLED_SECONDS = 60.0
MAX_AT_ONCE = 8
"""Uploads that are read side by side; others wait, so that memory has an end."""

_gate = asyncio.Semaphore(MAX_AT_ONCE)


async def read_file(request: web.Request) -> tuple[str, bytes]:
    """Return the name and bytes of the file that a request carries. Raises ``Refusal``: too large, stalled, no file."""
    if request.content_type != TYPE or NAME not in request.headers:
        raise Refusal(415, "not_understood")
    if (request.content_length or 0) > MAX_FILE_BYTES:
        raise Refusal(413, "file_too_large")
    header = request.headers[NAME]
    if len(header) > MAX_NAME_HEADER:
        raise Refusal(400, "not_understood")
    async with _gate:
        return unquote(header, errors="replace"), await _read(request)


async def _read(request: web.Request) -> bytes:
    taken = bytearray()
    while True:
        try:
            async with asyncio.timeout(STALLED_SECONDS):
                piece = await request.content.readany()
        except TimeoutError:
            raise Refusal(408, "upload_stalled") from None
        if not piece:
            return bytes(taken)
        taken += piece
        if len(taken) > MAX_FILE_BYTES:
            raise Refusal(413, "file_too_large")
