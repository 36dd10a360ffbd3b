"""The page without a mouse, for a screen reader, for weak eyes and thick fingers."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.bot.web.phone import PROSE, bubbles, current, field, press, say, sign_in, state, with_lines
from tests.bot.web.site import Site

pytestmark = pytest.mark.asyncio(loop_scope="module")

# Text that can be seen, with the contrast of its colour against what is painted behind it.
CONTRAST = """() => {
    const numbers = (color) => (color.match(/[0-9.]+/g) || []).map(Number);
    const over = (top, below) => {
        const alpha = top.length > 3 ? top[3] : 1;
        return [0, 1, 2].map((at) => top[at] * alpha + below[at] * (1 - alpha));
    };
    const light = (rgb) => {
        const [r, g, b] = rgb.map((part) => {
            const share = part / 255;
            return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (element) => {
        if (!element) return [255, 255, 255];
        const color = numbers(getComputedStyle(element).backgroundColor);
        return over(color, color[3] === 0 || color.length > 3 ? behind(element.parentElement) : [0, 0, 0]);
    };
    const seen = (element) => {
        const box = element.getBoundingClientRect();
        return box.width > 1 && box.height > 1 && element.checkVisibility();
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (!walker.currentNode.textContent.trim() || !seen(element)) continue;
        const ground = behind(element);
        const [a, b] = [light(over(numbers(getComputedStyle(element).color), ground)), light(ground)];
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        found.push([Math.round(ratio * 100) / 100, walker.currentNode.textContent.trim().slice(0, 40)]);
    }
    return found;
}"""

TARGETS = """() => Array.from(document.querySelectorAll("button, a[href], textarea, summary"))
    .filter((element) => element.checkVisibility())
    .map((element) => [element.getBoundingClientRect(), element])
    .filter(([box]) => box.width > 1)
    .map(([box, element]) => [box.width, box.height, element.textContent.trim() || element.ariaLabel])"""

OVERFLOW = """() => [document.scrollingElement, document.getElementById("scroll")]
    .filter(Boolean)
    .map((element) => element.scrollWidth - element.clientWidth)"""

FOCUSED = """() => {
    const { activeElement: it } = document;
    const label = it.labels && it.labels.length ? it.labels[0].textContent : "";
    return it.ariaLabel || label || it.textContent.trim().replace(/\\s+/g, " ").slice(0, 40);
}"""


async def busy_page(page: Page, site: Site) -> None:
    """A conversation with every kind of thing in it."""
    await sign_in(page, site)
    await press(page)
    for text in ("/sua I.b", PROSE * 30, "/sua PL3.1", "12 5 0 1", "/xem PL3", "/tailieu"):
        await say(page, text)
    await site.make_documents()
    await expect(page.get_by_role("link", name="Excel")).to_be_visible()
    await say(page, "/muc")
    await with_lines(page, {"text": "Bảng rộng\n" + "\n".join("cột  " * 20 for _ in range(3))})


async def focused(page: Page, key: str) -> str:
    await page.keyboard.press(key)
    return str(await page.evaluate(FOCUSED))


async def from_the_top(page: Page) -> None:
    """Let the next Tab be the first one on the page."""
    script = """() => {
        const top = document.createElement("button");
        document.body.prepend(top);
        top.focus();
        top.remove();
    }"""
    await page.evaluate(script)


async def assert_fits(page: Page) -> None:
    assert all(extra <= 0 for extra in await page.evaluate(OVERFLOW))


async def assert_readable(page: Page) -> None:
    poor = [(ratio, text) for ratio, text in await page.evaluate(CONTRAST) if ratio < 4.5]
    assert poor == []


async def assert_big_enough(page: Page) -> None:
    small: list[Any] = [found for found in await page.evaluate(TARGETS) if found[0] < 44 or found[1] < 44]
    assert small == []


async def test_the_whole_walk_by_keyboard(page: Page, site: Site) -> None:
    await page.goto(site.url)
    assert "Đảng ủy xã An Bình" in await focused(page, "Tab")
    await page.keyboard.press("Enter")
    await expect(bubbles(page, "bot")).to_have_count(1)
    await expect(field(page)).to_be_focused()
    await page.keyboard.type("/sua PL3.1")
    await page.keyboard.press("Enter")
    await expect(bubbles(page, "bot")).to_have_count(2)
    # Backwards from the field: the menu, then the question's buttons, the last one first.
    names = [" ".join(text.split()) for text in await current(page).all_inner_texts()]
    assert await focused(page, "Shift+Tab") == "Lệnh"
    assert [await focused(page, "Shift+Tab") for _ in names] == names[::-1]
    await page.keyboard.press("Enter")
    await expect(bubbles(page, "bot")).to_have_count(3)
    # On from the pressed button: the rest of its row, then the next question's buttons.
    following = [" ".join(text.split()) for text in await current(page).all_inner_texts()]
    assert [await focused(page, "Tab") for _ in names[1:]] == names[1:]
    assert await focused(page, "Tab") == following[0]


async def test_tab_order_from_the_top(page: Page, site: Site) -> None:
    await sign_in(page, site)
    await from_the_top(page)
    names = [" ".join(text.split()) for text in await current(page).all_inner_texts()]
    wanted = ["Tới ô trả lời", "Đổi người", "Cuộc trò chuyện", *names, "Lệnh", "Câu trả lời", "Gửi ảnh, tệp", "Gửi"]
    assert [await focused(page, "Tab") for _ in wanted] == wanted


async def test_the_skip_link_leads_to_the_field(page: Page, site: Site) -> None:
    await sign_in(page, site)
    await from_the_top(page)
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(field(page)).to_be_focused()


async def test_editing_and_the_menu_by_keyboard(page: Page, site: Site) -> None:
    await sign_in(page, site)
    await say(page, "/sua PL3.1")
    await say(page, "12 5 0 1")
    edit = page.get_by_role("button", name="Sửa tin: 12 5 0 1")
    await edit.focus()
    box = await edit.bounding_box()
    assert box is not None
    assert box["width"] >= 44
    await page.keyboard.press("Enter")
    await expect(field(page)).to_have_value("12 5 0 1")
    await page.keyboard.press("Escape")
    await expect(field(page)).to_have_value("")
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator("#commands").get_by_role("button").first).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Lệnh")).to_be_focused()
    await expect(page.get_by_role("button", name="Lệnh")).to_have_attribute("aria-expanded", "false")


async def test_focus_can_be_seen(page: Page, site: Site) -> None:
    await sign_in(page, site)
    await from_the_top(page)
    for _ in range(8):
        await page.keyboard.press("Tab")
        width = await page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        style = await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert (width >= 2, style) == (True, "solid")


async def test_roles_and_names(page: Page, site: Site) -> None:
    await busy_page(page, site)
    assert await page.locator("html").get_attribute("lang") == "vi"
    log = page.get_by_role("log", name="Tin nhắn")
    await expect(log).to_have_attribute("aria-live", "polite")
    await expect(log).to_have_attribute("aria-busy", "false")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Đảng ủy xã An Bình")
    await expect(page.get_by_role("main")).to_have_count(1)
    await expect(page.get_by_role("banner")).to_have_count(1)
    await expect(state(page)).to_have_count(1)
    nameless = page.locator("button, a[href], textarea, [role=region], [role=group]").and_(
        page.locator(":not([aria-label])")
    )
    for element in await nameless.all():
        label = await element.evaluate("(it) => (it.labels && it.labels.length ? it.labels[0] : it).textContent.trim()")
        assert label, await element.evaluate("(it) => it.outerHTML")
    await expect(bubbles(page, "me", "12 5 0 1")).to_contain_text("Đồng chí:")
    await expect(bubbles(page, "bot").first).to_contain_text("Trợ lý báo cáo:")


async def test_contrast_sizes_and_no_sideways_scroll_at_360(page: Page, site: Site) -> None:
    await page.goto(site.url)
    for check in (assert_fits, assert_readable, assert_big_enough):
        await check(page)
    await busy_page(page, site)
    await page.get_by_role("button", name="Lệnh").click()
    for check in (assert_fits, assert_readable, assert_big_enough):
        await check(page)
    await page.keyboard.press("Escape")
    await bubbles(page, "me", "12 5 0 1").click()
    await page.get_by_role("button", name="Sửa tin: 12 5 0 1").click()
    await page.context.set_offline(True)
    await expect(state(page)).to_contain_text("Mất mạng")
    for check in (assert_fits, assert_readable, assert_big_enough):
        await check(page)


@pytest.mark.parametrize(("width", "height"), [(320, 568), (180, 370), (740, 360)])
async def test_zoom_and_turned_phones_lose_nothing(page: Page, site: Site, width: int, height: int) -> None:
    """180 x 370 is a 360 px phone at 200 %."""
    await busy_page(page, site)
    await page.set_viewport_size({"width": width, "height": height})
    await assert_fits(page)
    for element in (field(page), page.get_by_role("button", name="Gửi", exact=True).last):
        await expect(element).to_be_in_viewport(ratio=1)
    box = await page.locator("#scroll").bounding_box()
    assert box is not None
    assert box["height"] > height / 3


async def test_larger_text_loses_nothing(page: Page, site: Site) -> None:
    await busy_page(page, site)
    await page.evaluate("document.documentElement.style.fontSize = '200%'")
    await assert_fits(page)
    await assert_big_enough(page)
    await expect(page.get_by_role("button", name="Gửi", exact=True).last).to_be_in_viewport(ratio=1)


async def test_nothing_moves_for_those_who_asked_for_stillness(page: Page, site: Site) -> None:
    moving = "document.getAnimations().length + Array.from(document.querySelectorAll('.line'))"
    script = f"{moving}.filter((it) => getComputedStyle(it).animationName !== 'none').length"
    await page.emulate_media(reduced_motion="reduce")
    await sign_in(page, site)
    assert await page.evaluate(script) == 0
