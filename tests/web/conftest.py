"""A web chat that really listens on a port, and a phone-sized browser in front of it."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import Browser, BrowserContext, Page, async_playwright
from web_fake import FakeOffice

from bot.web.server import BELL, DemoPerson, WebDoor, make_app
from bot.web.stream import Bell

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PEOPLE = (
    DemoPerson("xa1", "Nguyễn Thị Lan", "Đảng ủy xã An Bình"),
    DemoPerson("huyen1", "Lê Văn Minh", "Huyện ủy Thanh Sơn"),
    DemoPerson("la", "Phạm Thị Hoa", ""),
)


class Site:
    """The door on a port of 127.0.0.1; ``stop`` and ``start`` are a restart, which ends every session."""

    def __init__(self, office: FakeOffice) -> None:
        self.office = office
        self.people: tuple[DemoPerson, ...] = PEOPLE
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def bell(self) -> Bell:
        return self.app[BELL]

    async def start(self) -> None:
        self.app = make_app(WebDoor(self.office, self.office, self.people))
        self._runner = web.AppRunner(self.app, shutdown_timeout=5)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        await self._runner.cleanup()


@pytest.fixture
def office() -> FakeOffice:
    return FakeOffice()


@pytest_asyncio.fixture(loop_scope="module")
async def site(office: FakeOffice) -> AsyncIterator[Site]:
    site = Site(office)
    await site.start()
    yield site
    await site.stop()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no Chromium at {CHROMIUM}; set CHROMIUM to where it is")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def phone(browser: Browser) -> AsyncIterator[BrowserContext]:
    """A phone's window; a message of the page's own code that fails would end the test."""
    context = await browser.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN")
    context.set_default_timeout(10_000)
    yield context
    await context.close()


@pytest_asyncio.fixture(loop_scope="module")
async def page(phone: BrowserContext) -> AsyncIterator[Page]:
    page = await phone.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    assert faults == []
