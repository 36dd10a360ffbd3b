"""Files that people sent to the bot: where Telegram keeps one, and its bytes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import quote

from telegram.error import NetworkError

from bot.channels.channel import SendError, SendFailure
from bot.channels.telegram.http import AiohttpRequest, TooMuch

Ask = Callable[[str, Mapping[str, Any]], Awaitable[Any]]


async def fetch(ask: Ask, http: AiohttpRequest, bot_url: str, key: str, limit: int) -> bytes:
    """Return the bytes of the file ``key``; ``bot_url`` is where the bot's calls go, its token included.

    Raises ``SendError``: TOO_LARGE above ``limit`` bytes, whatever the server says of their number.
    """
    found = await ask("getFile", {"file_id": key})
    path = found.get("file_path") if isinstance(found, dict) else None
    if not isinstance(path, str) or not path:
        raise SendError(SendFailure.SERVER, detail="getFile without a path")
    if isinstance(size := found.get("file_size"), int) and size > limit:
        raise SendError(SendFailure.TOO_LARGE)
    try:
        return await http.download(f"{_file_url(bot_url)}/{quote(path)}", limit)
    except TooMuch:
        raise SendError(SendFailure.TOO_LARGE) from None
    except NetworkError:
        # Not "from error": an exception of the network may quote the URL, and with it the token.
        raise SendError(SendFailure.NETWORK) from None


def _file_url(bot_url: str) -> str:
    """Files lie under "/file" beside the calls: ".../bot123:abc" and ".../file/bot123:abc"."""
    root, _, bot = bot_url.rpartition("/bot")
    return f"{root}/file/bot{bot}"
