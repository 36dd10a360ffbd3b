"""The chat page in a real browser, 360 px wide, over the real dialog: what a person sees and does."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.bot.web.phone import PROSE, bubbles, current, field, old, press, say, sign_in, type_in, with_lines
from tests.bot.web.site import Site

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_sign_in_shows_the_first_screen_by_itself(page: Page, site: Site) -> None:
    await sign_in(page, site)
    await expect(page.get_by_role("heading", name="Đảng ủy xã An Bình")).to_be_visible()
    await expect(bubbles(page, "bot", "Tổng kết 10 năm Kết luận 62")).to_have_count(1)
    await expect(current(page).first).to_be_visible()
    # Opening the page was not something that she said.
    await expect(bubbles(page, "me")).to_have_count(0)


async def test_somebody_without_a_unit_learns_nothing(page: Page, site: Site) -> None:
    await sign_in(page, site, "Khách")
    await expect(bubbles(page, "bot")).to_have_count(1)
    assert "Kết luận" not in await bubbles(page, "bot").inner_text()


async def test_a_pressed_button_and_a_typed_answer(page: Page, site: Site) -> None:
    await sign_in(page, site)
    label = await press(page)
    await expect(bubbles(page, "me", label)).to_have_count(1)
    await say(page, "/sua I.b")
    await say(page, f"{PROSE}\nDòng hai.")
    await expect(bubbles(page, "me", f"{PROSE}\nDòng hai.")).to_have_count(1)
    await expect(field(page)).to_have_value("")
    assert site.said("xa1") == [label, "/sua I.b", f"{PROSE}\nDòng hai."]


async def test_enter_sends_and_shift_enter_is_a_new_line(page: Page, site: Site) -> None:
    await sign_in(page, site)
    await field(page).press_sequentially("một")
    await field(page).press("Shift+Enter")
    await field(page).press_sequentially("hai")
    assert await field(page).input_value() == "một\nhai"
    await field(page).press("Enter")
    await expect(bubbles(page, "me", "một\nhai")).to_have_count(1)


async def test_the_phones_keyboard_stays_open_between_messages(page: Page, site: Site) -> None:
    await sign_in(page, site)
    await field(page).focus()
    await say(page, "/muc")
    await expect(field(page)).to_be_focused()


async def test_enter_belongs_to_the_input_method_while_it_composes(page: Page, site: Site) -> None:
    await sign_in(page, site)
    await field(page).fill("tiê")
    await field(page).dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    await expect(field(page)).to_have_value("tiê")
    await expect(bubbles(page, "me")).to_have_count(0)


async def test_old_buttons_are_greyed_and_still_answered(page: Page, site: Site) -> None:
    await sign_in(page, site)
    await say(page, "/sua I.b")
    asked = await bubbles(page, "bot").last.inner_text()
    await expect(old(page).first).to_be_enabled()
    await old(page).first.click()
    await expect(bubbles(page, "bot")).to_have_count(3)
    # The press was for another question: it is answered, and the current one is asked again.
    wording = max(asked.splitlines(), key=len)
    await expect(bubbles(page, "bot").last).to_contain_text(wording)


async def test_a_double_tap_is_one_press(page: Page, site: Site) -> None:
    await sign_in(page, site)
    label = await current(page).first.locator("span").inner_text()
    await current(page).first.dblclick()
    await expect(bubbles(page, "bot")).to_have_count(2)
    await say(page, "/muc")
    assert site.said("xa1") == [label, "/muc"]


async def test_a_second_tap_after_the_answer_is_the_same_press(page: Page, site: Site) -> None:
    """The server may be quicker than the finger: the second half of a double tap finds the button answered."""
    await sign_in(page, site)
    button = await current(page).first.element_handle()
    assert button
    label = await current(page).first.locator("span").inner_text()
    await button.dispatch_event("click", {"detail": 1})
    await expect(bubbles(page, "bot")).to_have_count(2)
    await button.dispatch_event("click", {"detail": 2})
    await say(page, "/muc")
    assert site.said("xa1") == [label, "/muc"]


async def test_what_another_door_does_shows_within_a_second(page: Page, site: Site) -> None:
    await sign_in(page, site)
    await site.elsewhere("xa1", "/muc", "1")
    said = bubbles(page, "me", "/muc")
    await expect(said).to_be_visible(timeout=1_000)
    await expect(said).to_contain_text("từ máy tính")
    await expect(bubbles(page, "bot")).to_have_count(2)


async def test_another_page_of_the_same_person_follows(page: Page, site: Site) -> None:
    await sign_in(page, site)
    other = await page.context.new_page()
    await other.goto(site.url)
    await expect(bubbles(other, "bot").first).to_be_visible()
    await say(page, "/trogiup")
    await expect(bubbles(other, "me", "/trogiup")).to_have_count(1)
    await other.close()


async def test_signing_in_as_somebody_else_turns_the_first_page_away(page: Page, site: Site) -> None:
    """Two tabs share the cookie: what is typed as Lan must never be taken as said by Minh."""
    await sign_in(page, site)
    await page.context.request.post(f"{site.url}/signin", form={"person": "huyen1"})
    await expect(page.get_by_role("heading", name="Đảng ủy xã An Bình")).to_have_count(0)


async def test_signing_out_in_one_page_signs_out_the_other(page: Page, site: Site) -> None:
    await sign_in(page, site)
    other = await page.context.new_page()
    await other.goto(site.url)
    await other.get_by_role("button", name="Đổi người").click()
    await expect(page.get_by_role("heading", name="Chọn người dùng thử")).to_be_visible()
    await other.close()


async def test_editing_an_earlier_message(page: Page, site: Site) -> None:
    await sign_in(page, site)
    await say(page, "/sua PL3.1")
    await say(page, "12 5 0 1")
    await field(page).fill("đang gõ dở")
    await bubbles(page, "me", "12 5 0 1").click()
    await page.get_by_role("button", name="Sửa tin: 12 5 0 1").click()
    await expect(field(page)).to_have_value("12 5 0 1")
    await field(page).fill("12 6 0 1")
    await field(page).press("Enter")
    await expect(bubbles(page, "me", "12 6 0 1")).to_contain_text("đã sửa")
    await expect(bubbles(page, "bot").last).to_contain_text("Nữ 6")
    await expect(field(page)).to_have_value("đang gõ dở")
    await page.reload()
    await expect(bubbles(page, "me", "12 6 0 1")).to_contain_text("đã sửa")
    await expect(bubbles(page, "me", "12 5 0 1")).to_have_count(0)


async def test_giving_up_an_edit_brings_the_draft_back(page: Page, site: Site) -> None:
    await sign_in(page, site)
    await say(page, "/sua PL3.1")
    await say(page, "12 5 0 1")
    await field(page).fill("nháp")
    await bubbles(page, "me", "12 5 0 1").click()
    await page.get_by_role("button", name="Sửa tin: 12 5 0 1").click()
    await page.get_by_role("button", name="Thôi sửa").click()
    await expect(field(page)).to_have_value("nháp")


async def test_the_documents_arrive_and_are_downloaded_under_their_names(page: Page, site: Site) -> None:
    await sign_in(page, site)
    await say(page, "/tailieu")
    await site.make_documents()
    chip = page.get_by_role("link", name="Tải tệp").first
    async with page.expect_download() as caught:
        await chip.click()
    download = await caught.value
    assert download.suggested_filename.endswith(".docx")
    assert (await download.path()).read_bytes().startswith(b"PK")
    await expect(page.get_by_role("link", name="Excel")).to_have_count(1)
    # Files are no turn: the question's buttons stay current, and "/tailieu" was said once.
    await expect(current(page).first).to_be_visible()
    await expect(bubbles(page, "me", "/tailieu")).to_have_count(1)


async def test_a_command_from_the_menu(page: Page, site: Site) -> None:
    await sign_in(page, site)
    await page.get_by_role("button", name="Lệnh").click()
    await page.get_by_role("button", name="Danh mục các câu").click()
    await expect(bubbles(page, "me", "/muc")).to_have_count(1)
    await expect(page.get_by_role("button", name="Danh mục các câu")).to_be_hidden()


async def test_text_is_shown_as_text(page: Page, site: Site) -> None:
    attack = "<img src=x onerror=\"document.title='hỏng'\"><script>document.title='hỏng'</script><b>đậm</b>"
    await sign_in(page, site)
    await say(page, "/sua I.b")
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


ALIGNED = """(block) => block.textContent.split("\\n").map((line) => {
    const probe = document.createElement("span");
    probe.textContent = line;
    block.append(probe);
    const { width } = probe.getBoundingClientRect();
    probe.remove();
    return width / Array.from(line).length;
})"""


async def test_columns_line_up_and_prose_wraps(page: Page, site: Site) -> None:
    await sign_in(page, site)
    table = "Tổ chức         Tổng   Nữ\nMTTQ               7    3\nHội Nông dân      12    5"
    prose = "Một  dòng có hai dấu cách vẫn là văn xuôi.\nDòng sau."
    await with_lines(page, {"text": f"Phụ lục 3\n{table}\nHết"}, {"text": prose})
    block = page.get_by_role("region", name="Bảng số liệu")
    await expect(block).to_have_count(1)
    assert await block.inner_text() == table
    widths = await block.evaluate(ALIGNED)
    assert max(widths) - min(widths) < 0.01


async def test_the_dialogs_own_table_lines_up(page: Page, site: Site) -> None:
    await sign_in(page, site)
    await say(page, "/sua PL3.1")
    await say(page, "12 5 0 1")
    await say(page, "/xem PL3")
    block = page.get_by_role("region", name="Bảng số liệu").last
    rows = (await block.inner_text()).splitlines()
    assert rows[0].split() == ["12", "5", "0", "1", "│", "MTTQ"]
    assert len({row.index("│") for row in rows}) == 1
    assert await block.evaluate("(it) => it.scrollWidth <= it.clientWidth")


async def test_a_long_text_is_folded_and_whole(page: Page, site: Site) -> None:
    text = (PROSE + " ") * 300
    await sign_in(page, site)
    await say(page, "/sua I.b")
    await say(page, text)
    await expect(page.get_by_text(f"Xem hết ({len(text):,} ký tự)".replace(",", "."))).to_be_visible()
    await page.get_by_text("Xem hết").click()
    await expect(page.locator(".msg.me details .text")).to_have_text(text)
    assert site.said("xa1")[-1] == text


async def test_too_long_a_text_stays_in_the_field(page: Page, site: Site) -> None:
    text = "x" * 100_001
    await sign_in(page, site)
    await type_in(page, text)
    await expect(page.get_by_role("alert")).to_contain_text("Tin dài 100.001 ký tự; mỗi tin nhận tối đa 100.000.")
    await expect(field(page)).to_have_value(text)


async def test_a_reply_taller_than_the_screen_is_read_from_its_beginning(page: Page, site: Site) -> None:
    """A receipt with its warning stands above the next question: it must not be scrolled away unseen."""
    await sign_in(page, site)
    await page.set_viewport_size({"width": 360, "height": 420})
    await say(page, "/muc")
    reply, scroll = bubbles(page, "bot").last, page.locator("#scroll")
    await expect(reply).to_contain_text("1.")
    shown, view = await reply.bounding_box(), await scroll.bounding_box()
    assert shown and view
    assert shown["height"] > view["height"]
    assert 0 <= shown["y"] - view["y"] < 40
    await say(page, "/tiep")
    await expect(bubbles(page, "bot")).to_have_count(3)
    await expect(bubbles(page, "bot").last).to_be_in_viewport()


async def test_reading_older_lines_does_not_jump(page: Page, site: Site) -> None:
    for number in range(90):
        await site.elsewhere("xa1", f"tin cũ {number}.", str(number))
    await sign_in(page, site)
    await expect(bubbles(page, "bot").last).to_be_in_viewport()
    await page.get_by_role("button", name="Xem tin cũ hơn").click()
    await expect(bubbles(page, "me", "tin cũ 0.")).to_be_attached()
    middle = bubbles(page, "me", "tin cũ 45.")
    await middle.scroll_into_view_if_needed()
    before = await middle.bounding_box()
    await site.elsewhere("xa1", "tin mới đến", "new")
    down = page.get_by_role("button", name="Tin mới")
    await expect(down).to_be_visible()
    assert await middle.bounding_box() == before
    await down.click()
    await expect(bubbles(page, "bot").last).to_be_in_viewport()
    await expect(down).to_be_hidden()
