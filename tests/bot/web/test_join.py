"""Coming in by an invitation link: a session for a newcomer, and nothing at all for a code that opens nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Page, expect
from sqlalchemy import func, select

from bot.web.joining import SESSION_SECONDS
from bot.web.page_texts import ERRORS
from bot.web.sessions import COOKIE, external_of
from storage.people import invites, people
from storage.schema.tables import account, audit, guess, inbox, person, role
from tests.bot.web.phone import bubbles, current, press, sign_in
from tests.bot.web.site import Site, now

pytestmark = pytest.mark.asyncio(loop_scope="module")

ROWS = (account, person, role, inbox)


@pytest_asyncio.fixture(loop_scope="module")
async def http(site: Site) -> AsyncIterator[aiohttp.ClientSession]:
    """A browser without its scripts: keeps cookies, follows nothing by itself."""
    async with aiohttp.ClientSession(site.url, cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        yield session


def new_code(site: Site, unit: str = "X1", word: str = people.OFFICIAL) -> str:
    with site.database.write() as connection:
        found = invites.unit_by_code(connection, unit)
        assert found is not None
        return invites.create(connection, found, word, now())


def link_code(site: Site, handle: str) -> str:
    """A code that adds an account to the person with this handle."""
    with site.database.write() as connection:
        known, unit = people.by_handle(connection, handle), invites.unit_by_code(connection, "X1")
        assert known is not None and unit is not None
        return invites.issue(connection, unit, invites.ACCOUNT, now(), known.person, None, known.person).code


def counts(site: Site) -> list[int]:
    with site.database.read() as connection:
        return [int(connection.execute(select(func.count()).select_from(table)).scalar_one()) for table in ROWS]


async def post(http: aiohttp.ClientSession, **form: str) -> tuple[int, str]:
    async with http.post("/join", data=form, allow_redirects=False) as response:
        return response.status, await response.text()


async def lines(http: aiohttp.ClientSession) -> list[str]:
    async with http.get("/api/lines", params={"before": "0"}) as response:
        return [line["text"] for line in (await response.json()).get("lines", [])]


def token_of(http: aiohttp.ClientSession) -> str:
    return next((cookie.value for cookie in http.cookie_jar if cookie.key == COOKIE), "")


# --- by the link --------------------------------------------------------------------------------------------------


async def test_a_newcomer_joins_on_a_phone_and_answers_the_first_question(page: Page, site: Site) -> None:
    await page.goto(f"{site.url}/?moi={new_code(site)}")
    assert await page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0
    await page.get_by_label("Họ và tên đồng chí").fill("Nguyễn Thị Mới")
    await page.get_by_role("button", name="Xem lời mời").click()
    await expect(bubbles(page, "bot", "ĐẢNG ỦY XÃ AN BÌNH")).to_be_visible()
    await expect(bubbles(page, "bot", "không nhập nội dung mật")).to_be_visible()
    await current(page).filter(has_text="Đúng").click()
    await expect(bubbles(page, "bot", "Chào mừng đồng chí đến với Đảng ủy xã An Bình")).to_be_visible()
    await expect(bubbles(page, "bot", "0/32")).to_be_visible()
    await expect(page.get_by_role("heading", name="Đảng ủy xã An Bình")).to_be_visible()
    await expect(bubbles(page, "me", "/start")).to_have_count(0)
    await press(page)
    await expect(bubbles(page, "bot", "1/32")).to_be_visible()
    await page.reload()
    await expect(page.get_by_role("heading", name="Đảng ủy xã An Bình")).to_be_visible()
    await expect(page.get_by_text("Nguyễn Thị Mới", exact=True)).to_be_visible()
    assert "moi=" not in page.url


async def test_opening_the_link_alone_makes_nothing(site: Site, http: aiohttp.ClientSession) -> None:
    """Programs that preview links open them as well."""
    code, before = new_code(site), counts(site)
    async with http.get("/", params={"moi": code}) as response:
        shown = await response.text()
    assert response.status == 200 and COOKIE not in response.cookies
    assert "An Bình" not in shown and counts(site) == before
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("bad", ["AAAA-BBBB", "", "x" * 5000, "<script>alert(1)</script>", "AAAA\x00BBBB", "' OR 1=1"])
async def test_a_wrong_code_makes_nothing_and_says_nothing(site: Site, http: aiohttp.ClientSession, bad: str) -> None:
    before = counts(site)
    status, shown = await post(http, code=bad, name="Ai đó")
    assert (status, ERRORS["wrong_code"] in shown) == (403, True)
    assert counts(site) == before and token_of(http) == ""
    with site.database.read() as connection:
        noted = connection.execute(select(guess.c.channel, guess.c.external)).all()
    assert [tuple(each) for each in noted] == [("web", "address:127.0.0.1")]


async def test_used_expired_and_revoked_say_what_a_wrong_one_says(site: Site, http: aiohttp.ClientSession) -> None:
    used, revoked = new_code(site), new_code(site)
    with site.database.write() as connection:
        found = invites.find(connection, used, now())
        taken_back = invites.find(connection, revoked, now())
        assert found is not None and taken_back is not None
        invites.use(connection, found.id, 1, now())
        invites.revoke(connection, taken_back.id, now())
    answers = [(code, *await post(http, code=code, name="Ai đó")) for code in (used, revoked, "AAAA-BBBB")]
    assert len({(status, shown.replace(code, "")) for code, status, shown in answers}) == 1


async def test_a_wrong_code_leaves_what_was_typed_to_be_mended(page: Page, site: Site) -> None:
    code = new_code(site)
    await page.goto(f"{site.url}/?moi={code[:-1]}")
    await page.get_by_label("Họ và tên đồng chí").fill("Nguyễn Thị Mới")
    await page.get_by_role("button", name="Xem lời mời").click()
    await expect(page.get_by_role("alert")).to_have_text(ERRORS["wrong_code"])
    await expect(page.get_by_label("Họ và tên đồng chí")).to_have_value("Nguyễn Thị Mới")
    await expect(page.get_by_label("Mã mời")).to_have_value(code[:-1])
    await page.get_by_label("Mã mời").fill(code)
    await page.get_by_role("button", name="Xem lời mời").click()
    await expect(bubbles(page, "bot", "ĐẢNG ỦY XÃ AN BÌNH")).to_be_visible()


async def test_guessing_from_one_address_is_slowed_and_recorded_once(site: Site, http: aiohttp.ClientSession) -> None:
    code = new_code(site)
    for _ in range(invites.MOST_OF_ADDRESS):
        assert (await post(http, code="AAAA-BBBB", name="Ai đó"))[0] == 403
    before = counts(site)
    for tried in (code, "AAAA-BBBB"):
        status, shown = await post(http, code=tried, name="Ai đó")
        assert (status, ERRORS["too_many_codes"] in shown) == (429, True)
    assert counts(site) == before
    with site.database.read() as connection:
        deeds = connection.execute(select(audit.c.detail).where(audit.c.verb == "invite.guess")).scalars().all()
    assert deeds == ['{"of":"account","wrong":20}']


async def test_another_site_cannot_send_anybody_in(site: Site, http: aiohttp.ClientSession) -> None:
    code, before = new_code(site), counts(site)
    for header in ({"Origin": "https://kẻ-lạ.example"}, {"Sec-Fetch-Site": "cross-site"}):
        async with http.post("/join", data={"code": code, "name": "Ai"}, headers=header) as response:
            assert response.status == 403
    assert counts(site) == before


async def test_a_name_is_needed(site: Site, http: aiohttp.ClientSession) -> None:
    before = counts(site)
    for name in ("", "   ", "x" * 81, "a\x07b"):
        status, shown = await post(http, code=new_code(site), name=name)
        assert status == 200 and "chưa ghi họ tên" in shown
    assert counts(site) == before


async def test_a_name_is_shown_as_text(site: Site, http: aiohttp.ClientSession) -> None:
    await post(http, code=new_code(site), name="<b>Lan</b>")
    async with http.get("/") as response:
        shown = await response.text()
    assert "&lt;b&gt;Lan&lt;/b&gt;" in shown and "<b>Lan</b>" not in shown


# --- the session --------------------------------------------------------------------------------------------------


async def test_the_session_outlives_a_restart_and_stands_nowhere_in_plain(
    site: Site, http: aiohttp.ClientSession
) -> None:
    await post(http, code=new_code(site), name="Mới")
    before, token = await lines(http), token_of(http)
    await site.stop()
    await site.start()
    assert await lines(http) == before != []
    with site.database.read() as connection:
        names = connection.execute(select(account.c.external)).scalars().all()
    assert external_of(token) in names and not any(token in name for name in names)


async def test_the_session_lasts_from_the_last_visit(site: Site, http: aiohttp.ClientSession) -> None:
    """Their invitation is used up: a month after they came they must not be shut out of a running campaign."""
    await post(http, code=new_code(site), name="Mới")
    token = token_of(http)
    async with http.get("/") as response:
        kept = response.cookies[COOKIE]
    assert (kept.value, kept["max-age"], kept["httponly"]) == (token, str(SESSION_SECONDS), True)


async def test_leaving_is_asked_and_final(site: Site, http: aiohttp.ClientSession) -> None:
    await post(http, code=new_code(site), name="Mới")
    async with http.post("/signout") as response:
        assert "Thoát khỏi trang này?" in await response.text()
    assert await lines(http) != []
    token = token_of(http)
    async with http.post("/signout", data={"sure": "yes"}) as response:
        assert response.status == 200
    await site.stop()
    await site.start()
    http.cookie_jar.update_cookies({COOKIE: token})
    async with http.get("/api/lines") as response:
        assert response.status == 401


async def test_somebody_removed_keeps_a_page_that_shows_nothing(site: Site, http: aiohttp.ClientSession) -> None:
    await post(http, code=new_code(site), name="Mới")
    with site.database.write() as connection:
        known = people.speaker(connection, "web", external_of(token_of(http)))
        assert known is not None
        people.remove(connection, known.person, now())
    assert await lines(http) == []
    async with http.get("/") as response:
        assert "Chọn người dùng thử" in await response.text()


async def test_where_somebody_is_signed_in_it_is_asked_for_whom_the_invitation_is(page: Page, site: Site) -> None:
    await sign_in(page, site, "Đảng ủy xã Hòa Thuận")
    await page.goto(f"{site.url}/?moi={new_code(site)}")
    await page.get_by_role("button", name="Nhận lời mời với tên Hoa").click()
    await expect(bubbles(page, "bot", "ĐẢNG ỦY XÃ AN BÌNH")).to_be_visible()
    await page.goto(f"{site.url}/?moi={new_code(site)}")
    await page.get_by_label("Họ và tên đồng chí").fill("Trần Văn Khác")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Trần Văn Khác", exact=True)).to_be_visible()
    await expect(bubbles(page, "bot")).to_have_count(1)


async def test_a_form_sent_by_somebody_signed_in_meanwhile_is_asked_about(
    site: Site, http: aiohttp.ClientSession
) -> None:
    """The page was opened before another tab signed in: the name that was typed stays."""
    await post(http, code=new_code(site), name="Mới")
    before, token = counts(site), token_of(http)
    status, shown = await post(http, code=new_code(site), name="Người Khác", who="new")
    assert (status, counts(site), token_of(http)) == (200, before, token)
    assert "Nhận lời mời với tên Mới" in shown and 'value="Người Khác"' in shown
    assert "đồng chí Mới thoát khỏi trang này" in shown


async def test_a_link_followed_from_another_site_finds_who_is_signed_in(page: Page, site: Site) -> None:
    """Links come by Telegram and Zalo: a session that only our own pages see would ask for a code again."""
    await sign_in(page, site, "Đảng ủy xã Hòa Thuận")
    other = "http://other.example/"
    await page.route(other, lambda route: route.fulfill(content_type="text/html", body=f"<a href='{site.url}/'>x</a>"))
    await page.goto(other)
    await page.get_by_role("link").click()
    await expect(page.get_by_role("heading", name="Đảng ủy xã Hòa Thuận")).to_be_visible()


async def test_a_code_for_an_account_makes_the_page_that_person(site: Site, http: aiohttp.ClientSession) -> None:
    await post(http, code=link_code(site, "xa1"), name="Lan trên trang")
    async with http.get("/api/lines", params={"before": "0"}) as response:
        (asked,) = (await response.json())["lines"]
    assert "LAN" in asked["text"]
    body = {"cid": "c" * 12, "choose": asked["choices"][0]["id"]}
    async with http.post("/api/messages", json=body) as response:
        assert response.status == 200
    assert "nay là của đồng chí Lan" in (await lines(http))[-1]
    async with http.get("/") as response:
        assert "Đảng ủy xã An Bình" in await response.text()


async def test_where_nobody_is_listed_a_code_may_be_typed(site: Site, http: aiohttp.ClientSession) -> None:
    await site.stop()
    site.people = ()
    await site.start()
    async with http.get("/") as response:
        assert 'name="code"' in await response.text()
    assert (await post(http, code=new_code(site), name="Mới"))[0] == 303
    assert "AN BÌNH" in (await lines(http))[0]
