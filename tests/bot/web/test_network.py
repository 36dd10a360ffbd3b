"""A bad network and a server that goes away: what is typed arrives, once and in order."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, Route, expect

from bot.web.pages import STATIC
from tests.bot.web.phone import bubbles, current, field, say, sign_in, state, type_in
from tests.bot.web.site import Site

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def ready_for_offline(page: Page) -> None:
    await page.evaluate("navigator.serviceWorker.ready.then(() => true)")


async def cut(page: Page) -> None:
    """Cut the network, also for a page that is just being loaded: the emulation alone is late for its first request."""
    await page.context.route("**/api/**", lambda route: route.abort())
    await page.context.set_offline(True)


async def mend(page: Page) -> None:
    await page.context.unroute("**/api/**")
    await page.context.set_offline(False)


async def all_arrived(page: Page) -> None:
    """Nothing waits any more, and the page says so by saying nothing."""
    await expect(page.locator("#waiting li")).to_have_count(0)
    await expect(state(page)).to_be_empty()


async def test_typed_without_network_then_reloaded_then_connected_arrives_once(page: Page, site: Site) -> None:
    await sign_in(page, site)
    await say(page, "/sua I.b")
    await ready_for_offline(page)
    await cut(page)
    await type_in(page, "gõ lúc mất mạng")
    await type_in(page, "tin thứ hai")
    await field(page).fill("đang gõ dở")
    await expect(state(page)).to_contain_text("Mất mạng: tin sẽ được gửi khi có mạng. Đang giữ 2 tin.")
    await page.reload()
    await expect(bubbles(page, "me", "gõ lúc mất mạng")).to_contain_text("chờ mạng")
    await expect(field(page)).to_have_value("đang gõ dở")
    assert site.said("xa1") == ["/sua I.b"]
    await mend(page)
    await expect(bubbles(page, "bot")).to_have_count(4)
    await all_arrived(page)
    await page.reload()
    await expect(bubbles(page, "me", "tin thứ hai")).to_have_count(1)
    await expect(bubbles(page, "me", "gõ lúc mất mạng")).to_have_count(1)
    await expect(field(page)).to_have_value("đang gõ dở")
    assert site.said("xa1") == ["/sua I.b", "gõ lúc mất mạng", "tin thứ hai"]


async def test_typed_without_network_and_opened_later_arrives_once(page: Page, site: Site) -> None:
    """The page is closed without a network; the message waits in the phone until the page is opened again."""
    await sign_in(page, site)
    await page.context.set_offline(True)
    await type_in(page, "để lại trong máy")
    await expect(bubbles(page, "me", "để lại trong máy")).to_contain_text("chờ mạng")
    context = page.context
    await page.close()
    await context.set_offline(False)
    again = await context.new_page()
    await again.goto(site.url)
    await expect(bubbles(again, "bot")).to_have_count(2)
    await all_arrived(again)
    assert site.said("xa1") == ["để lại trong máy"]


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
    # Without its stream the page learns from the answer alone that the message arrived.
    await page.route("**/api/events*", lambda route: route.abort())
    await page.route("**/api/lines*", lambda route: route.abort())
    await page.reload()
    await page.route("**/api/messages*", lose)
    async with page.expect_response("**/api/messages*"):
        await type_in(page, "một lần thôi")
    assert len(lost) == 2
    # From now on it is hers and sent, whatever the network does next.
    await expect(page.locator("#waiting .pending")).to_have_count(0)
    await page.evaluate("window.dispatchEvent(new Event('offline'))")
    await expect(bubbles(page, "me", "một lần thôi")).to_have_count(1)
    await expect(page.locator("#waiting .pending")).to_have_count(0)
    assert site.said("xa1") == ["một lần thôi"]


async def test_a_restart_of_the_server_loses_nothing(page: Page, site: Site) -> None:
    """The demo's sessions end with it; the page signs in again by itself and delivers what was typed meanwhile."""
    await sign_in(page, site)
    await site.stop()
    await type_in(page, "gõ lúc máy chủ dừng")
    await expect(state(page)).to_contain_text("Chưa nối được máy chủ")
    await site.start()
    await expect(bubbles(page, "bot")).to_have_count(2, timeout=15_000)
    await all_arrived(page)
    assert site.said("xa1") == ["gõ lúc máy chủ dừng"]


async def test_a_reload_after_a_restart_needs_no_new_choice(page: Page, site: Site) -> None:
    await sign_in(page, site)
    await site.stop()
    await site.start()
    await page.reload()
    await expect(page.get_by_role("heading", name="Đảng ủy xã An Bình")).to_be_visible()


async def test_a_failing_server_is_tried_again(page: Page, site: Site) -> None:
    await sign_in(page, site)
    site.office.down = True
    await type_in(page, "thử lại")
    await expect(bubbles(page, "me", "thử lại")).to_contain_text("đang gửi")
    site.office.down = False
    await expect(bubbles(page, "bot")).to_have_count(2)
    await all_arrived(page)
    assert site.said("xa1") == ["thử lại"]


async def test_a_message_that_fails_and_fails_can_be_taken_back(page: Page, site: Site) -> None:
    """It keeps being tried, but does not hold its writer for ever."""
    fail = {"status": 503, "json": {"error": "unavailable", "sentence": "Máy chủ đang gặp trục trặc."}}

    async def always(route: Route) -> None:
        await route.fulfill(**fail)

    await page.clock.install()
    await sign_in(page, site)
    await page.route("**/api/messages*", always)
    await type_in(page, "tin mắc kẹt")
    stuck = bubbles(page, "me", "tin mắc kẹt")
    for _ in range(6):
        async with page.expect_response("**/api/messages*"):
            await page.clock.run_for(20_000)
    await expect(stuck).to_contain_text("Máy chủ đang gặp trục trặc.")
    await page.unroute("**/api/messages*")
    await page.get_by_role("button", name="Bỏ tin này").click()
    await expect(stuck).to_have_count(0)


async def test_a_refused_message_says_why_and_holds_up_nothing(page: Page, site: Site) -> None:
    async def refuse(route: Route) -> None:
        if "không nhận" in str(route.request.post_data_json.get("text")):
            await route.fulfill(status=400, json={"error": "x", "sentence": "Không hiểu tin này."})
        else:
            await route.continue_()

    await sign_in(page, site)
    await page.route("**/api/messages*", refuse)
    await type_in(page, "không nhận tin này")
    refused = bubbles(page, "me", "không nhận tin này")
    await expect(refused).to_contain_text("Chưa gửi được: Không hiểu tin này.")
    await say(page, "/muc")
    await page.get_by_role("button", name="Đưa về ô gõ để sửa").click()
    await expect(field(page)).to_have_value("không nhận tin này")
    await expect(refused).to_have_count(0)


async def test_a_button_pressed_without_network_arrives_once(page: Page, site: Site) -> None:
    await sign_in(page, site)
    label = await current(page).first.locator("span").inner_text()
    await page.context.set_offline(True)
    await current(page).first.click()
    await current(page).first.click()
    await expect(bubbles(page, "me", label)).to_have_count(1)
    await page.context.set_offline(False)
    await expect(bubbles(page, "bot")).to_have_count(2)
    await all_arrived(page)
    assert site.said("xa1") == [label]


async def test_lines_come_without_a_stream(page: Page, site: Site) -> None:
    """Some proxies swallow event streams: the page then looks by itself."""
    await page.route("**/api/events*", lambda route: route.abort())
    await sign_in(page, site)
    await say(page, "/muc")
    await site.elsewhere("xa1", "/trogiup", "1")
    await expect(bubbles(page, "me", "/trogiup")).to_be_visible()
    await all_arrived(page)


async def test_a_phone_that_keeps_nothing_is_told(page: Page, site: Site) -> None:
    full = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"
    await page.add_init_script(full)
    await sign_in(page, site)
    await say(page, "/muc")
    await expect(state(page)).to_contain_text("Điện thoại không cho trang này giữ tin")


async def test_the_stored_page_names_every_part() -> None:
    """The service worker's list and the folder agree, or the page would not open without a network."""
    listed = (STATIC / "sw.js").read_text(encoding="utf-8")
    parts = {path.name for path in STATIC.iterdir()} - {"sw.js", "signin.js"}
    assert {name for name in parts if f'"{name}"' not in listed} == set()
