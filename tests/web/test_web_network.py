"""A bad network and a server that goes away: what is typed arrives, once and in order."""

from __future__ import annotations

import pytest
from conftest import Site
from playwright.async_api import Page, Route, expect
from web_phone import bubbles, current, field, say, sign_in, state

pytestmark = pytest.mark.asyncio(loop_scope="module")


def said(site: Site) -> list[str]:
    return [line.said for line in site.office.lines["xa1"] if line.said]


async def ready_for_offline(page: Page) -> None:
    await page.evaluate("navigator.serviceWorker.ready.then(() => true)")


async def test_typed_without_network_then_reloaded_then_connected_arrives_once(page: Page, site: Site) -> None:
    await sign_in(page, site)
    await ready_for_offline(page)
    await page.context.set_offline(True)
    await say(page, "gõ lúc mất mạng")
    await say(page, "tin thứ hai")
    await field(page).fill("đang gõ dở")
    await expect(state(page)).to_contain_text("Mất mạng: tin sẽ được gửi khi có mạng. Đang giữ 2 tin.")
    await page.reload()
    await expect(bubbles(page, "me", "gõ lúc mất mạng")).to_contain_text("chờ mạng")
    await expect(field(page)).to_have_value("đang gõ dở")
    assert said(site) == []
    await page.context.set_offline(False)
    await expect(bubbles(page, "bot", "Đã nhận: tin thứ hai")).to_be_visible()
    await expect(bubbles(page, "me", "gõ lúc mất mạng")).to_have_count(1)
    await expect(state(page)).to_be_empty()
    await page.reload()
    await expect(bubbles(page, "me", "tin thứ hai")).to_have_count(1)
    await expect(field(page)).to_have_value("đang gõ dở")
    assert said(site) == ["gõ lúc mất mạng", "tin thứ hai"]


async def test_typed_without_network_and_opened_later_arrives_once(page: Page, site: Site) -> None:
    """The page is closed without a network; the message waits in the phone until the page is opened again."""
    await sign_in(page, site)
    await page.context.set_offline(True)
    await say(page, "để lại trong máy")
    await expect(bubbles(page, "me", "để lại trong máy")).to_contain_text("chờ mạng")
    context = page.context
    await page.close()
    await context.set_offline(False)
    again = await context.new_page()
    await again.goto(site.url)
    await expect(bubbles(again, "bot", "Đã nhận: để lại trong máy")).to_be_visible()
    assert said(site) == ["để lại trong máy"]


async def test_a_lost_answer_does_not_double_the_message(page: Page, site: Site) -> None:
    """The server has stored it, the page never hears so and sends it again."""
    lost: list[str] = []

    async def lose(route: Route) -> None:
        if len(lost) < 2:
            lost.append(str(route.request.post_data))
            await route.fetch()
            await route.abort()
        else:
            await route.continue_()

    await sign_in(page, site)
    await page.route("**/api/messages*", lose)
    await say(page, "một lần thôi")
    await expect(bubbles(page, "me", "một lần thôi")).to_have_count(1)
    await expect(page.locator("#waiting li")).to_have_count(0)
    assert len(lost) == 2
    assert said(site) == ["một lần thôi"]


async def test_a_restart_of_the_server_loses_nothing(page: Page, site: Site) -> None:
    """The demo's sessions end with it; the page signs in again by itself and delivers what was typed meanwhile."""
    await sign_in(page, site)
    await site.stop()
    await say(page, "gõ lúc máy chủ dừng")
    await expect(state(page)).to_contain_text("Chưa nối được máy chủ")
    await site.start()
    await expect(bubbles(page, "bot", "Đã nhận: gõ lúc máy chủ dừng")).to_be_visible(timeout=15_000)
    assert said(site) == ["gõ lúc máy chủ dừng"]


async def test_a_failing_server_is_tried_again(page: Page, site: Site) -> None:
    await sign_in(page, site)
    site.office.down = True
    await say(page, "thử lại")
    await expect(bubbles(page, "me", "thử lại")).to_contain_text("đang gửi")
    site.office.down = False
    await expect(bubbles(page, "bot", "Đã nhận: thử lại")).to_be_visible()
    assert said(site) == ["thử lại"]


async def test_a_refused_message_says_why_and_holds_up_nothing(page: Page, site: Site) -> None:
    async def refuse(route: Route) -> None:
        if "không nhận" in str(route.request.post_data_json.get("text")):
            await route.fulfill(status=400, json={"error": "x", "sentence": "Không hiểu tin này."})
        else:
            await route.continue_()

    await sign_in(page, site)
    await page.route("**/api/messages*", refuse)
    await say(page, "không nhận tin này")
    refused = bubbles(page, "me", "không nhận tin này")
    await expect(refused).to_contain_text("Chưa gửi được: Không hiểu tin này.")
    await say(page, "tin sau vẫn đi")
    await expect(bubbles(page, "bot", "Đã nhận: tin sau vẫn đi")).to_be_visible()
    await page.get_by_role("button", name="Đưa về ô gõ để sửa").click()
    await expect(field(page)).to_have_value("không nhận tin này")
    await expect(refused).to_have_count(0)


async def test_a_button_pressed_without_network_arrives_once(page: Page, site: Site) -> None:
    await sign_in(page, site)
    await page.context.set_offline(True)
    await current(page).first.click()
    await current(page).first.click()
    await expect(bubbles(page, "me", "Làm tiếp")).to_have_count(1)
    await page.context.set_offline(False)
    await expect(bubbles(page, "bot", "Đã nhận: Làm tiếp")).to_have_count(1)
    assert said(site) == ["Làm tiếp: mục II.3"]


async def test_lines_come_without_a_stream(page: Page, site: Site) -> None:
    """Some proxies swallow event streams: the page then looks by itself."""
    await page.route("**/api/events*", lambda route: route.abort())
    await sign_in(page, site)
    await say(page, "không có luồng")
    await expect(bubbles(page, "bot", "Đã nhận: không có luồng")).to_be_visible()
    await expect(state(page)).to_be_empty()


async def test_a_phone_that_keeps_nothing_is_told(page: Page, site: Site) -> None:
    full = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"
    await page.add_init_script(full)
    await sign_in(page, site)
    await say(page, "không giữ được")
    await expect(bubbles(page, "bot", "Đã nhận: không giữ được")).to_be_visible()
    await expect(state(page)).to_contain_text("Điện thoại không cho trang này giữ tin")


async def test_the_stored_page_names_every_part(site: Site) -> None:
    """The service worker's list and the folder agree, or the page would not open without a network."""
    from bot.web.pages import STATIC

    listed = (STATIC / "sw.js").read_text(encoding="utf-8")
    parts = {path.name for path in STATIC.iterdir()} - {"sw.js", "signin.js"}
    assert {name for name in parts if f'"{name}"' not in listed} == set()
