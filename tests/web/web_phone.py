"""What a person does with the chat page, by the names that she sees or hears."""

from __future__ import annotations

from typing import Any

from conftest import Site
from playwright.async_api import Locator, Page, expect


async def sign_in(page: Page, site: Site, name: str = "Nguyễn Thị Lan") -> None:
    """Open the page, pick ``name`` and wait for the first question."""
    await page.goto(site.url)
    await page.get_by_role("button", name=name).click()
    await expect(bubbles(page, "bot").first).to_be_visible()


def field(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Câu trả lời")


async def say(page: Page, text: str) -> None:
    """Type ``text`` and send it."""
    await field(page).fill(text)
    await page.get_by_role("button", name="Gửi", exact=True).last.click()


def bubbles(page: Page, whose: str, text: str = "") -> Locator:
    """Bubbles of "me" or "bot", those that hold ``text``."""
    return page.locator(f".msg.{whose}").filter(has_text=text)


def current(page: Page) -> Locator:
    """The buttons under the question that is asked now."""
    return page.get_by_role("group", name="Các lựa chọn", exact=True).get_by_role("button")


def state(page: Page) -> Locator:
    return page.get_by_role("status")


async def texts(found: Locator) -> list[str]:
    return [text.strip() for text in await found.all_inner_texts()]


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
