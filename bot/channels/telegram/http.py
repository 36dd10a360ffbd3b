"""python-telegram-bot's transport on aiohttp: half the processor time of its own, which is on httpx (tests/bench).

No exception or log line of this file holds a URL, because the URL of a Bot API call holds the token.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import Any

import aiohttp
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

CONNECTIONS = 100
KEEP_ALIVE_SECONDS = 30.0
"""An idle connection is dropped by us before the servers between here and Telegram drop it."""

DOWNLOAD_SECONDS = 240.0
"""The longest that one file may take."""
PIECE = 64 * 1024


class Unreachable(NetworkError):
    """No answer came because there was no connection, or it broke."""


class NotConnected(Unreachable):
    """There was no connection, so the call has surely not been made."""


class TooMuch(Exception):
    """A file is larger than it may be; what came of it is dropped."""


class SlowDown(TelegramError):
    """Telegram asked to wait ``seconds``: the library's ``RetryAfter`` without its warning of changes to come."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Too Many Requests: retry after {seconds:.0f}")
        self.seconds = seconds


class AiohttpRequest(BaseRequest):
    """One pool of connections. ``proxy`` is an http:// address such as ``http://127.0.0.1:3128``, '' for none."""

    def __init__(
        self,
        connections: int = CONNECTIONS,
        read_timeout: float = 20.0,
        connect_timeout: float = 10.0,
        upload_timeout: float = 120.0,
        proxy: str = "",
    ) -> None:
        self._connections = connections
        self._read_timeout = read_timeout
        self._connect_timeout = connect_timeout
        self._upload_timeout = upload_timeout
        self._proxy = proxy or None
        self._session: aiohttp.ClientSession | None = None
        self._urls: dict[str, URL] = {}
        self._timeouts: dict[tuple[float | None, float | None, float | None], aiohttp.ClientTimeout] = {}

    @property
    def read_timeout(self) -> float:
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the pool; a second call changes nothing."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=KEEP_ALIVE_SECONDS),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Close the pool."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        """Make one call and return its status and body; ``TimedOut`` or ``Unreachable`` if there was no answer.

        aiohttp has no timeouts for writing or for the pool alone: a call that uploads gets ``upload_timeout`` as a
        whole, and waiting for a free connection counts as connecting.
        """
        uploads = request_data is not None and request_data.contains_files
        timeout = self._timeout(read_timeout, connect_timeout, uploads)
        headers = None if uploads or request_data is None else _JSON
        return await self._send(method, url, _body(request_data, uploads), headers, timeout)

    async def call(self, url: str, fields: Mapping[str, Any], read_timeout: float | None = None) -> Any:
        """Make a call without files and return its result; raise as ``post`` does.

        The library makes two objects for each field and goes through six functions: a third of what a call costs.
        """
        body = _ENCODE({name: value if isinstance(value, str) else _ENCODE(value) for name, value in fields.items()})
        wait = BaseRequest.DEFAULT_NONE if read_timeout is None else read_timeout
        timeout = self._timeout(wait, BaseRequest.DEFAULT_NONE, False)
        status, answer = await self._send("POST", url, body.encode(), _JSON, timeout)
        if status < 300:
            return self.parse_json_payload(answer)["result"]
        raise self._refusal(status, answer)

    def _refusal(self, status: int, answer: bytes) -> TelegramError:
        """The library's error for a call that was not served; of a wrong token Telegram also says "not found"."""
        with suppress(TelegramError):
            if said := self.parse_json_payload(answer).get("description"):
                return _REFUSALS.get(status, NetworkError)(str(said))
        return _REFUSALS.get(status, NetworkError)(f"status {status}")

    async def _send(
        self,
        method: str,
        url: str,
        body: bytes | aiohttp.FormData | None,
        headers: Mapping[str, str] | None,
        timeout: aiohttp.ClientTimeout,
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("AiohttpRequest is not initialized")
        try:
            async with self._session.request(
                method,
                self._url(url),
                data=body,
                headers=headers,
                timeout=timeout,
                proxy=self._proxy,
                allow_redirects=False,
            ) as response:
                return response.status, await self._answer(response)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotConnected(_reason(error)) from None
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            # Not "from error": aiohttp's exceptions may quote the URL, and with it the token.
            raise Unreachable(_reason(error)) from None

    async def download(self, url: str, limit: int) -> bytes:
        """Return what lies at ``url``, read piece by piece: ``TooMuch`` as soon as it is more than ``limit`` bytes."""
        if self._session is None:
            raise RuntimeError("AiohttpRequest is not initialized")
        timeout = aiohttp.ClientTimeout(total=DOWNLOAD_SECONDS, connect=10.0, sock_read=self._read_timeout)
        taken = bytearray()
        try:
            async with self._session.get(
                self._url(url), timeout=timeout, proxy=self._proxy, allow_redirects=False
            ) as response:
                if response.status != 200:
                    raise Unreachable(f"status {response.status}")
                async for piece in response.content.iter_chunked(PIECE):
                    taken += piece
                    if len(taken) > limit:
                        raise TooMuch
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise Unreachable(_reason(error)) from None
        return bytes(taken)

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer of the Bot API. Unlike the base class this does not log an answer that cannot be read."""
        try:
            answer = json.loads(payload)
        except ValueError:
            raise TelegramError("Invalid server response") from None
        if not isinstance(answer, dict):
            raise TelegramError("Invalid server response")
        return answer

    async def _answer(self, response: aiohttp.ClientResponse) -> bytes:
        """Return the body, or ``{}`` for an error page that is not the Bot API's: such pages may quote the URL."""
        body = await response.read()
        if response.status < 300:
            return body
        if not body.startswith(b"{"):
            return b"{}"
        if response.status == 429:
            _refuse_haste(self.parse_json_payload(body))
        return body

    def _url(self, url: str) -> URL:
        # A bot has a handful of URLs; reading one anew costs as much as writing the call's body.
        found = self._urls.get(url)
        if found is None:
            found = self._urls[url] = URL(url)
        return found

    def _timeout(self, read: Any, connect: Any, uploads: bool) -> aiohttp.ClientTimeout:
        read = self._read_timeout if read is BaseRequest.DEFAULT_NONE else read
        connect = self._connect_timeout if connect is BaseRequest.DEFAULT_NONE else connect
        total = self._upload_timeout if uploads else None
        key = (total, read, connect)
        found = self._timeouts.get(key)
        if found is None:
            sock_read = None if uploads else read
            found = aiohttp.ClientTimeout(total=total, connect=connect, sock_connect=connect, sock_read=sock_read)
            self._timeouts[key] = found
        return found


_JSON = {"Content-Type": "application/json"}
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode
_REFUSALS: Mapping[int, type[TelegramError]] = {
    HTTPStatus.BAD_REQUEST: BadRequest,
    HTTPStatus.UNAUTHORIZED: InvalidToken,
    HTTPStatus.FORBIDDEN: Forbidden,
    HTTPStatus.NOT_FOUND: InvalidToken,
    HTTPStatus.CONFLICT: Conflict,
}


def _body(data: RequestData | None, uploads: bool) -> bytes | aiohttp.FormData | None:
    """Return the body: JSON, which is a tenth of the work of a form, or multipart where there are files.

    File names go out as plain UTF-8, as browsers and httpx send them; percent-encoded ones would be shown so.
    """
    if data is None:
        return None
    if not uploads:
        return data.json_payload
    form = aiohttp.FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, part in data.multipart_data.items():
        filename, content, kind = part
        form.add_field(name, content, filename=_one_line(filename), content_type=kind)
    return form


def _one_line(name: str) -> str:
    return "".join(char for char in name if char.isprintable())


def _refuse_haste(answer: dict[str, Any]) -> None:
    parameters = answer.get("parameters")
    seconds = parameters.get("retry_after") if isinstance(parameters, dict) else None
    if isinstance(seconds, int | float):
        raise SlowDown(float(seconds))


def _reason(error: Exception) -> str:
    name = type(error).__name__
    code = getattr(error, "errno", None)
    return f"{name} ({code})" if code else name
