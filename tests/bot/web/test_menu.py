"""The menu of commands: one table for the page, Telegram and /trogiup, each person offered what their roles allow."""

from __future__ import annotations

import re
from pathlib import Path

import aiohttp
import pytest
from playwright.async_api import Page, expect

import bot.web
from dialogs.machine import CATALOG
from dialogs.values.rights import ROLES
from tests.bot.web.phone import sign_in
from tests.bot.web.site import Site

SCRIPT = Path(bot.web.__file__).parent / "static" / "texts.js"


def test_the_table_offers_every_command() -> None:
    """Each leads to another trigger; none is left to be known by heart."""
    offered = [each.command for each in CATALOG.menu.entries]
    assert sorted(CATALOG.commands.by_name[each].trigger for each in offered) == sorted(
        {each.trigger for each in CATALOG.commands.by_name.values()}
    )


def test_every_role_is_offered_something_of_its_own() -> None:
    by_role = {role: {each.command for each in CATALOG.menu.offered([role])} for role in ROLES}
    assert {"tiep", "nop"} <= by_role["official"]
    assert not {"moi", "nguoi", "tralai", "tiepnhan"} & by_role["official"]
    assert by_role["official"] | {"moi", "nguoi"} <= by_role["lead"]
    assert {"tralai", "tiepnhan", "moi", "nguoi"} <= by_role["coordinator"]
    assert "tiep" not in by_role["coordinator"]
    assert {each.command for each in CATALOG.menu.offered([])} == {"start", "trogiup"}
    assert all(
        len(each.description) <= 256 and re.fullmatch(r"[a-z]{1,32}", each.command) for each in CATALOG.menu.entries
    )


def test_until_it_has_asked_the_page_offers_what_a_stranger_is_offered() -> None:
    on_page = re.findall(r'\["/([a-z]+)", "([^"]+)"\]', SCRIPT.read_text("utf-8"))
    assert on_page == [(each.command, each.description) for each in CATALOG.menu.strangers]


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(("handle", "roles"), [("xa1", ["official"]), ("huyen1", ["official", "coordinator"])])
async def test_the_server_says_what_the_roles_offer(site: Site, handle: str, roles: list[str]) -> None:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        async with session.get(f"{site.url}/api/menu") as response:
            assert response.status == 401
        await session.post(f"{site.url}/signin", data={"person": handle})
        async with session.get(f"{site.url}/api/menu", params={"as": handle}) as response:
            shown = (await response.json())["commands"]
    assert shown == [[f"/{each.command}", each.description] for each in CATALOG.menu.offered(roles)]


@pytest.mark.asyncio(loop_scope="module")
async def test_the_menu_on_the_page_is_that_of_the_person(page: Page, site: Site) -> None:
    await sign_in(page, site, "Huyện ủy Thanh Sơn")
    await page.get_by_role("button", name="Lệnh").click()
    entry = page.locator("#commands").get_by_role("button", name="/moi")
    await expect(entry).to_be_visible()
    await entry.click()
    await expect(page.get_by_text("Đồng chí muốn mời cán bộ vào đơn vị nào?")).to_be_visible()
