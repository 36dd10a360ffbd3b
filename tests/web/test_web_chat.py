"""The chat page in a real browser, 360 px wide: what a person sees and does."""

from __future__ import annotations

import pytest
from conftest import Site
from playwright.async_api import Page, expect
from web_phone import bubbles, current, field, say, sign_in, with_lines

from bot.incoming import Account, Incoming
from dialogs.events import TextReceived

pytestmark = pytest.mark.asyncio(loop_scope="module")

TERMINAL = Account("terminal", "xa1")


async def test_sign_in_asks_the_first_question_by_itself(page: Page, site: Site) -> None:
    await sign_in(page, site)
    await expect(page.get_by_role("heading", name="Đảng ủy xã An Bình")).to_be_visible()
    await expect(current(page).first).to_be_visible()
    # Opening the page was not something that she said.
    await expect(bubbles(page, "me")).to_have_count(0)


async def test_a_typed_answer_and_a_pressed_button(page: Page, site: Site) -> None:
    await sign_in(page, site)
    await current(page).first.click()
    await expect(bubbles(page, "me", "Làm tiếp: mục II.3")).to_have_count(1)
    await say(page, "Đảng ủy xã đã chỉ đạo.\nDòng hai.")
    await expect(bubbles(page, "me", "Đảng ủy xã đã chỉ đạo.\nDòng hai.")).to_have_count(1)
    await expect(bubbles(page, "bot", "Đã nhận: Đảng ủy xã")).to_be_visible()
    await expect(field(page)).to_have_value("")


async def test_enter_sends_and_shift_enter_is_a_new_line(page: Page, site: Site) -> None:
    await sign_in(page, site)
    await field(page).press_sequentially("một")
    await field(page).press("Shift+Enter")
    await field(page).press_sequentially("hai")
    assert await field(page).input_value() == "một\nhai"
    await field(page).press("Enter")
    await expect(bubbles(page, "me", "một\nhai")).to_have_count(1)


async def test_enter_belongs_to_the_input_method_while_it_composes(page: Page, site: Site) -> None:
    await sign_in(page, site)
    await field(page).fill("tiê")
    await field(page).dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    await expect(field(page)).to_have_value("tiê")
    await expect(bubbles(page, "me")).to_have_count(0)


async def test_old_buttons_are_greyed_and_still_answered(page: Page, site: Site) -> None:
    await sign_in(page, site)
    await current(page).first.click()
    await expect(current(page).first).to_contain_text("Tiếp")
    old = page.get_by_role("group", name="Các lựa chọn của câu trước").get_by_role("button")
    await expect(old.first).to_be_enabled()
    await old.first.click()
    await expect(bubbles(page, "bot", "đã trả lời lúc")).to_be_visible()


async def test_a_double_tap_is_one_press(page: Page, site: Site) -> None:
    await sign_in(page, site)
    await current(page).first.dblclick()
    await expect(bubbles(page, "bot", "Đã nhận")).to_have_count(1)
    await say(page, "sau đó")
    await expect(bubbles(page, "bot", "Đã nhận: sau đó")).to_be_visible()
    assert [line.said for line in site.office.lines["xa1"]] == ["", "Làm tiếp: mục II.3", "sau đó"]


async def test_what_another_door_does_shows_within_a_second(page: Page, site: Site) -> None:
    await sign_in(page, site)
    await site.office.take([Incoming("1", TERMINAL, TextReceived("gõ ở máy tính", "1"))])
    said = bubbles(page, "me", "gõ ở máy tính")
    await expect(said).to_be_visible(timeout=1_000)
    await expect(said).to_contain_text("từ máy tính")
    await expect(bubbles(page, "bot", "Đã nhận: gõ ở máy tính")).to_be_visible()


async def test_another_page_of_the_same_person_follows(page: Page, site: Site) -> None:
    await sign_in(page, site)
    other = await page.context.new_page()
    await other.goto(site.url)
    await expect(bubbles(other, "bot").first).to_be_visible()
    await say(page, "12 5 0 1")
    await expect(bubbles(other, "me", "12 5 0 1")).to_have_count(1)
    await other.close()


async def test_signing_in_as_somebody_else_turns_the_first_page_away(page: Page, site: Site) -> None:
    """Two tabs share the cookie: what is typed as Lan must never be taken as said by Minh."""
    await sign_in(page, site)
    await page.context.request.post(f"{site.url}/signin", form={"person": "huyen1"})
    await expect(page.get_by_role("heading", name="Huyện ủy Thanh Sơn")).to_be_visible()


async def test_signing_out_in_one_page_signs_out_the_other(page: Page, site: Site) -> None:
    await sign_in(page, site)
    other = await page.context.new_page()
    await other.goto(site.url)
    await other.get_by_role("button", name="Đổi người").click()
    await expect(page.get_by_role("heading", name="Chọn người dùng thử")).to_be_visible()
    await other.close()


async def test_editing_an_earlier_message(page: Page, site: Site) -> None:
    await sign_in(page, site)
    await say(page, "12 5 0 1")
    await expect(bubbles(page, "bot", "Hội Nông dân cấp xã")).to_be_visible()
    await field(page).fill("đang gõ dở")
    await bubbles(page, "me", "12 5 0 1").click()
    await page.get_by_role("button", name="Sửa tin: 12 5 0 1").click()
    await expect(field(page)).to_have_value("12 5 0 1")
    await field(page).fill("12 6 0 1")
    await field(page).press("Enter")
    await expect(bubbles(page, "me", "12 6 0 1")).to_contain_text("đã sửa")
    await expect(bubbles(page, "bot", "Đã nhận: 12 6 0 1")).to_be_visible()
    await expect(field(page)).to_have_value("đang gõ dở")
    await page.reload()
    await expect(bubbles(page, "me", "12 6 0 1")).to_contain_text("đã sửa")
    await expect(bubbles(page, "me", "12 5 0 1")).to_have_count(0)


async def test_giving_up_an_edit_brings_the_draft_back(page: Page, site: Site) -> None:
    await sign_in(page, site)
    await say(page, "12 5 0 1")
    await field(page).fill("nháp")
    await bubbles(page, "me", "12 5 0 1").click()
    await page.get_by_role("button", name="Sửa tin: 12 5 0 1").click()
    await page.get_by_role("button", name="Thôi sửa").click()
    await expect(field(page)).to_have_value("nháp")


async def test_files_are_downloaded_under_their_names(page: Page, site: Site) -> None:
    await sign_in(page, site)
    await say(page, "Gửi")
    chip = page.get_by_role("link", name="Tải tệp KL62_AnBinh.docx, Word")
    async with page.expect_download() as caught:
        await chip.click()
    download = await caught.value
    assert download.suggested_filename == "KL62_AnBinh.docx"


async def test_a_command_from_the_menu(page: Page, site: Site) -> None:
    await sign_in(page, site)
    await page.get_by_role("button", name="Lệnh").click()
    await page.get_by_role("button", name="Danh mục câu hỏi").click()
    await expect(bubbles(page, "me", "/muc")).to_have_count(1)
    await expect(page.get_by_role("button", name="Danh mục câu hỏi")).to_be_hidden()


async def test_text_is_shown_as_text(page: Page, site: Site) -> None:
    attack = "<img src=x onerror=\"document.title='hỏng'\"><script>document.title='hỏng'</script><b>đậm</b>"
    await sign_in(page, site)
    await say(page, attack)
    await expect(bubbles(page, "me", attack)).to_be_visible()
    await expect(page.locator(".msg img, .msg script, .msg b")).to_have_count(0)
    assert "hỏng" not in await page.title()


async def test_the_policy_stops_inline_scripts_and_foreign_ones(page: Page, site: Site) -> None:
    await sign_in(page, site)
    script = """() => new Promise((done) => {
        const blocked = [];
        document.addEventListener("securitypolicyviolation", (event) => {
            blocked.push(event.effectiveDirective);
            if (blocked.length === 2) done(blocked);
        });
        const inline = document.createElement("script");
        inline.textContent = "document.title = 'hỏng'";
        const foreign = document.createElement("script");
        foreign.src = "https://evil.example/x.js";
        document.head.append(inline, foreign);
    })"""
    assert await page.evaluate(script) == ["script-src-elem", "script-src-elem"]
    assert "hỏng" not in await page.title()


async def test_columns_line_up_and_prose_wraps(page: Page, site: Site) -> None:
    await sign_in(page, site)
    table = "Tổ chức         Tổng   Nữ\nMTTQ               7    3\nHội Nông dân      12    5"
    prose = "Một  dòng có hai dấu cách vẫn là văn xuôi.\nDòng sau."
    await with_lines(page, {"text": f"Phụ lục 3\n{table}\nHết"}, {"text": prose})
    block = page.get_by_role("region", name="Bảng số liệu")
    await expect(block).to_have_count(1)
    assert await block.inner_text() == table
    widths = await block.evaluate(
        """(block) => block.textContent.split("\\n").map((line) => {
            const probe = document.createElement("span");
            probe.textContent = line;
            block.append(probe);
            const { width } = probe.getBoundingClientRect();
            probe.remove();
            return width / Array.from(line).length;
        })"""
    )
    assert max(widths) - min(widths) < 0.01


async def test_a_long_text_is_folded_and_whole(page: Page, site: Site) -> None:
    text = "Đảng ủy xã An Bình đã chỉ đạo. " * 650
    await sign_in(page, site)
    await say(page, text)
    await expect(page.get_by_text("Xem hết (20.150 ký tự)")).to_be_visible()
    await expect(bubbles(page, "bot", "Đã nhận: Đảng ủy xã An Bình")).to_be_visible()
    await page.get_by_text("Xem hết").click()
    await expect(page.locator(".msg.me details .text")).to_have_text(text)
    assert site.office.texts[-1][1] == text


async def test_too_long_a_text_stays_in_the_field(page: Page, site: Site) -> None:
    text = "x" * 100_001
    await sign_in(page, site)
    await say(page, text)
    await expect(page.get_by_role("alert")).to_contain_text("Tin dài 100.001 ký tự; mỗi tin nhận tối đa 100.000.")
    await expect(field(page)).to_have_value(text)


async def test_reading_older_lines_does_not_jump(page: Page, site: Site) -> None:
    for number in range(90):
        event = TextReceived(f"tin cũ {number}", str(number))
        await site.office.take([Incoming(str(number), TERMINAL, event)])
    await sign_in(page, site)
    await expect(bubbles(page, "me", "tin cũ 89")).to_be_in_viewport()
    await page.get_by_role("button", name="Xem tin cũ hơn").click()
    await expect(bubbles(page, "me", "tin cũ 0").first).to_be_attached()
    first = bubbles(page, "me", "tin cũ 45")
    await first.scroll_into_view_if_needed()
    before = await first.bounding_box()
    await site.office.take([Incoming("new", TERMINAL, TextReceived("tin mới đến", "new"))])
    down = page.get_by_role("button", name="Tin mới")
    await expect(down).to_be_visible()
    assert await first.bounding_box() == before
    await down.click()
    await expect(bubbles(page, "me", "tin mới đến")).to_be_in_viewport()
    await expect(down).to_be_hidden()
