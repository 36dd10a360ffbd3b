"""The progress picture on the page: shown in the conversation, to its owner only."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.bot.web.phone import bubbles, say, sign_in
from tests.bot.web.site import Site

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def drawn(page: Page, site: Site) -> None:
    await sign_in(page, site, "Huyện ủy Thanh Sơn")
    await say(page, "/tiendo kl62-2019")
    await page.get_by_role("button", name="Xem hình").last.click()
    await expect(bubbles(page, "bot", "Đang vẽ hình tiến độ")).to_have_count(1)
    await site.make_documents()
    await expect(page.locator(".photo img")).to_have_count(1)


async def test_the_picture_is_shown_in_the_conversation(page: Page, site: Site) -> None:
    """As wide as the bubble, its place kept while it loads, with words for who cannot see it."""
    await drawn(page, site)
    image = page.locator(".photo img")
    await expect(image).to_have_js_property("naturalWidth", 1080)
    await image.scroll_into_view_if_needed()
    box = await image.bounding_box()
    viewport = page.viewport_size
    assert box is not None
    assert viewport is not None
    assert box["width"] > 0.9 * viewport["width"]
    assert box["x"] + box["width"] <= viewport["width"]
    kept = await image.evaluate("each => each.width / each.height - each.naturalWidth / each.naturalHeight")
    assert abs(kept) < 0.02
    assert await image.get_attribute("alt")
    if folder := os.environ.get("BAOCAO_SCREENSHOTS"):
        await page.screenshot(path=str(Path(folder, "tiendo.png")))


async def test_a_press_opens_the_picture_as_large_as_it_is(page: Page, site: Site) -> None:
    await drawn(page, site)
    async with page.context.expect_page() as opened:
        await page.locator(".photo").click()
    picture = (await opened.value).locator("img")
    await expect(picture).to_have_js_property("naturalWidth", 1080)


async def test_nobody_else_has_the_file(page: Page, site: Site) -> None:
    """The address of a picture opens it for its owner only; for others it does not exist."""
    await drawn(page, site)
    address = await page.locator(".photo").get_attribute("href")
    assert address is not None
    mine = await page.request.get(site.url + address)
    assert mine.status == 200
    assert mine.headers["content-type"] == "image/png"
    assert mine.headers["content-disposition"].startswith("inline")
    await page.context.clear_cookies()
    assert (await page.request.get(site.url + address)).status in (401, 403)
    await sign_in(page, site)
    assert (await page.request.get(site.url + address)).status == 404
