"""Compiled reports on the page: a coordinator asks and downloads two files; nobody else gets any."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from playwright.async_api import Page, expect

from storage.messages import jobs
from tests.bot.web.phone import bubbles, say, sign_in
from tests.bot.web.site import Site

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def downloaded(page: Page, number: int) -> tuple[str, bytes]:
    async with page.expect_download() as caught:
        await page.get_by_role("link", name="Tải tệp").nth(number).click()
    download: Any = await caught.value
    path = await download.path()
    return str(download.suggested_filename), path.read_bytes()


def waiting(site: Site) -> int:
    with site.database.read() as connection:
        return jobs.waiting(connection)


async def test_a_coordinator_downloads_both_files(page: Page, site: Site) -> None:
    await sign_in(page, site, "Huyện ủy Thanh Sơn")
    await say(page, "/tonghop kl62-2019")
    await expect(bubbles(page, "bot", "Đang tổng hợp")).to_have_count(1)
    await site.make_documents()

    await expect(page.get_by_role("link", name="Tải tệp")).to_have_count(2)
    files = [await downloaded(page, 0), await downloaded(page, 1)]
    assert [name for name, _ in files] == [
        "KL62-2019_H1_Huyen_uy_Thanh_Son_tong-hop_du-thao.docx",
        "KL62-2019_H1_Huyen_uy_Thanh_Son_tong-hop_du-thao.xlsx",
    ]
    assert all(zipfile.ZipFile(io.BytesIO(content)).testzip() is None for _, content in files)


async def test_an_official_gets_nothing(page: Page, site: Site) -> None:
    await sign_in(page, site)
    await say(page, "/tonghop kl62-2019")

    await expect(bubbles(page, "bot", "không có đợt báo cáo nào để đồng chí tổng hợp")).to_have_count(1)
    assert waiting(site) == 0


async def test_a_stranger_learns_nothing(page: Page, site: Site) -> None:
    await sign_in(page, site, "Khách")
    await say(page, "/tonghop kl62-2019")

    assert waiting(site) == 0
    assert "kl62" not in (await bubbles(page, "bot").last.inner_text()).casefold()
