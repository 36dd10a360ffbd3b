"""What a person does with the chat page, by the names that she sees or hears."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.bot.web.site import Site

PROSE = "Đảng ủy xã đã chỉ đạo Mặt trận Tổ quốc xây dựng mô hình tự quản."


async def sign_in(page: Page, site: Site, unit: str = "Đảng ủy xã An Bình") -> None:
    """Open the page, pick the first person of ``unit`` and wait for the first screen."""
    await page.goto(site.url)
    await page.get_by_role("button", name=unit).first.click()
    await expect(bubbles(page, "bot").first).to_be_visible()


def field(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Câu trả lời")


async def type_in(page: Page, text: str) -> None:
    """Type ``text`` and press the button beside the field."""
    await field(page).fill(text)
    await page.locator("#send").click()


async def say(page: Page, text: str) -> None:
    """Type ``text``, send it and wait for the answer."""
    before = await bubbles(page, "bot").count()
    await type_in(page, text)
    await expect(bubbles(page, "bot")).to_have_count(before + 1)


async def press(page: Page, at: int = 0) -> str:
    """Press one of the current buttons, wait for the answer and return what was pressed."""
    before = await bubbles(page, "bot").count()
    label = await current(page).nth(at).locator("span").inner_text()
    await current(page).nth(at).click()
    await expect(bubbles(page, "bot")).to_have_count(before + 1)
    return label


def bubbles(page: Page, whose: str, text: str = "") -> Locator:
    """Bubbles of "me" or "bot", those that hold ``text``."""
    return page.locator(f".msg.{whose}").filter(has_text=text)


def current(page: Page) -> Locator:
    """The buttons under the question that is asked now."""
    return page.get_by_role("group", name="Các lựa chọn", exact=True).get_by_role("button")


def old(page: Page) -> Locator:
    """The buttons of questions that were asked before."""
    return page.get_by_role("group", name="Các lựa chọn của câu trước").get_by_role("button")


def state(page: Page) -> Locator:
    return page.get_by_role("status")


async def with_lines(page: Page, *lines: dict[str, Any]) -> None:
    """Show ``lines`` in the page's own way, whatever the dialog would say."""
    script = """async (lines) => {
        const { theirs } = await import("/static/bubbles.js");
        for (const line of lines) {
            const holder = document.createElement("div");
            holder.className = "line";
            holder.append(theirs({ files: [], choices: [], ...line }, "09:12"));
            document.getElementById("log").append(holder);
        }
    }"""
    await page.evaluate(script, list(lines))
