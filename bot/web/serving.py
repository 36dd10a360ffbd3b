"""The web page's server on its port, while the service runs."""

from __future__ import annotations

import asyncio
import errno
import sys

from aiohttp import web

from bot.channels.channel import DoorClosed
from bot.channels.host import Host
from bot.runtime import texts
from bot.web.backend import Backend
from bot.web.server import make_app


class PageServer:
    """``secure``: the page is reached by HTTPS, whoever speaks it before us."""

    def __init__(self, address: str, port: int, secure: bool, host: Host) -> None:
        self._address = address
        self._port = port
        backend = Backend(host.turns, host.records, host.people, host.zone.key, host.arrivals, secure, host.now)
        self._runner = web.AppRunner(make_app(backend), access_log=None)

    async def open(self) -> None:
        """Listen, and say where. Raises ``DoorClosed`` where another program listens, or nobody may."""
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._address, self._port).start()
        except OSError as error:
            await self._runner.cleanup()
            raise DoorClosed(self._refused(error)) from error
        shown = self._runner.addresses[0][1] if self._runner.addresses else self._port
        print(texts.serving(f"http://{self._address}:{shown}/"), file=sys.stderr, flush=True)

    async def run(self) -> None:
        """Wait to be cancelled: the server's own tasks take what comes."""
        await asyncio.Event().wait()

    async def close(self) -> None:
        """Answer what is asked by now, end the streams, leave the port."""
        await self._runner.cleanup()

    def _refused(self, error: OSError) -> str:
        if error.errno == errno.EADDRINUSE:
            return texts.port_in_use(self._address, self._port)
        return texts.cannot_listen(self._address, self._port, error.strerror or str(error))
