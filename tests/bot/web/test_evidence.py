"""Files on the web page: chosen, sent, attached, fetched again; on a bad network; and what the server refuses."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from aiohttp import ClientResponse, ClientSession, CookieJar
from playwright.async_api import Page, expect
from sqlalchemy import func, select

from dialogs.values.attached import MAX_FILE_BYTES
from storage.campaigns import attachments
from storage.schema.tables import attachment, file
from tests import evidence_files as made
from tests.bot.web.phone import bubbles, current, say, sign_in
from tests.bot.web.site import Site

pytestmark = pytest.mark.asyncio(loop_scope="module")

PICTURES = os.environ.get("BAOCAO_SCREENSHOTS", "")


def stored(site: Site) -> list[str]:
    """The names of the files attached to anything."""
    with site.database.read() as connection:
        found = connection.execute(select(attachment.c.submission).distinct()).scalars().all()
        return [each.name for every in attachments.of_reports(connection, found).values() for each in every]


async def choose(page: Page, *files: tuple[str, bytes]) -> None:
    given: list[Any] = [{"name": name, "mimeType": "", "buffer": content} for name, content in files]
    await page.locator("#files").set_input_files(given)


async def test_a_photo_is_attached_and_fetched_again(page: Page, site: Site, tmp_path: Path) -> None:
    """By the paperclip beside the field; the reply says where it went; the list hands it back as a download."""
    await sign_in(page, site)
    await say(page, "/sua I.b")
    content = made.jpeg(3)
    button = page.get_by_role("button", name="Gửi ảnh, tệp")
    box = await button.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44
    async with page.expect_file_chooser() as chooser:
        await button.click()
    await (await chooser.value).set_files([{"name": "lễ ký.jpg", "mimeType": "image/jpeg", "buffer": content}])
    await expect(bubbles(page, "bot", "Đã gắn “lễ ký.jpg” vào mục I.b. Mục này có 1 tệp.")).to_be_visible()
    await expect(bubbles(page, "me", "📎 lễ ký.jpg")).to_have_count(1)
    assert stored(site) == ["lễ ký.jpg"]

    await current(page).filter(has_text="Xem tệp đính kèm").click()
    await expect(bubbles(page, "bot", "1. lễ ký.jpg")).to_be_visible()
    await current(page).filter(has_text="Nhận tệp 1").click()
    link = page.get_by_role("link", name="Tải tệp lễ ký.jpg")
    async with page.expect_download() as download:
        await link.click()
    await (await download.value).save_as(tmp_path / "back.jpg")
    assert (tmp_path / "back.jpg").read_bytes() == content
    if PICTURES:
        await page.screenshot(path=f"{PICTURES}/evidence.png")


async def test_what_is_refused_says_why_and_nothing_is_kept(page: Page, site: Site) -> None:
    """A program named .pdf by the server; one too large by the page itself, before a byte of it has left."""
    await sign_in(page, site)
    await say(page, "/sua I.b")
    await choose(page, ("bao-cao.pdf", made.program()))
    await expect(bubbles(page, "bot", "là chương trình chạy trên máy nên không nhận")).to_be_visible()
    before = await bubbles(page, "bot").count()
    script = """() => {
        const field = document.getElementById("files");
        const files = new DataTransfer();
        files.items.add(new File([new Uint8Array(60 * 1024 * 1024)], "phim.pdf"));
        field.files = files.files;
        field.dispatchEvent(new Event("change"));
    }"""
    await page.evaluate(script)
    await expect(page.get_by_role("alert")).to_contain_text("Tệp “phim.pdf” lớn 60 MB; mỗi tệp nhận tối đa 20 MB")
    assert await bubbles(page, "bot").count() == before
    assert stored(site) == []
    with site.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(file)).scalar() == 0


async def test_a_file_waits_for_the_network_and_arrives_once(page: Page, site: Site) -> None:
    await sign_in(page, site)
    await say(page, "/sua I.b")
    await page.context.set_offline(True)
    await choose(page, ("a.pdf", made.pdf()), ("b.pdf", made.pdf(b"/N 1")))
    await expect(bubbles(page, "me", "📎 a.pdf")).to_contain_text("chờ mạng")
    await page.context.set_offline(False)
    await expect(bubbles(page, "bot", "Đã gắn “b.pdf”")).to_be_visible()
    await expect(page.locator("#waiting li")).to_have_count(0)
    assert stored(site) == ["a.pdf", "b.pdf"]


async def test_a_page_that_was_closed_too_early_says_which_file_did_not_arrive(page: Page, site: Site) -> None:
    """The name is kept, the bytes are not: she chooses the file again."""
    await sign_in(page, site)
    await say(page, "/sua I.b")
    await page.context.route("**/api/files**", lambda route: route.abort())
    await choose(page, ("a.pdf", made.pdf()))
    await expect(bubbles(page, "me", "📎 a.pdf")).to_be_visible()
    await page.context.unroute("**/api/files**")
    await page.reload()
    await expect(bubbles(page, "me", "📎 a.pdf")).to_contain_text("trang đã đóng trước khi tệp gửi xong")
    assert stored(site) == []
    if PICTURES:
        await page.screenshot(path=f"{PICTURES}/evidence-lost.png")
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name="Chọn lại tệp").click()
    await (await chooser.value).set_files([{"name": "a.pdf", "mimeType": "", "buffer": made.pdf()}])
    await expect(bubbles(page, "bot", "Đã gắn “a.pdf”")).to_be_visible()
    await expect(page.locator("#waiting li")).to_have_count(0)
    assert stored(site) == ["a.pdf"]


# --- the server -------------------------------------------------------------------------------------------------


class Visitor:
    """Somebody with cookies of her own, who is not bound to the page."""

    def __init__(self, site: Site, http: ClientSession) -> None:
        self.site, self.http, self.sent = site, http, 0

    async def send(self, name: str, content: bytes, cid: str = "", **headers: str) -> ClientResponse:
        self.sent += 1
        cid = cid or f"f{self.sent:020}"
        given = {"Content-Type": "application/octet-stream", "X-File-Name": quote(name), "Origin": self.site.url}
        return await self.http.post(f"/api/files?cid={cid}", data=BytesIO(content), headers={**given, **headers})

    async def say(self, text: str) -> list[dict[str, Any]]:
        """Type a text; return the files that the conversation holds then."""
        self.sent += 1
        message = {"cid": f"t{self.sent:020}", "text": text}
        async with self.http.post("/api/messages", json=message, headers={"Origin": self.site.url}) as response:
            return [each for line in (await response.json())["lines"] for each in line["files"]]


async def visitor(site: Site, handle: str) -> Visitor:
    http = ClientSession(site.url, cookie_jar=CookieJar(unsafe=True))
    if handle:
        async with http.post("/signin", data={"person": handle}, allow_redirects=False) as response:
            assert response.status == 303
    return Visitor(site, http)


async def test_a_file_is_for_who_may_read_it_now_and_only_as_a_download(site: Site) -> None:
    """The unit's own people; nobody else, though they know its address; as bytes that no browser shows or runs."""
    lan, minh, nobody = await visitor(site, "xa1"), await visitor(site, "xa2"), await visitor(site, "")
    await lan.say("/sua I.b")
    async with await lan.send("ảnh.jpg", made.jpeg()) as response:
        assert response.status == 200
    await lan.say("/dinhkem I.b")
    handed = await lan.say("1")
    with site.database.read() as connection:
        number = connection.execute(select(attachment.c.file)).scalar_one()
    async with lan.http.get(f"/files/{number}") as response:
        assert await response.read() == made.jpeg()
        assert response.headers["Content-Type"] == "application/octet-stream"
        assert response.headers["Content-Disposition"] == "attachment; filename*=UTF-8''%E1%BA%A3nh.jpg"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert handed == [{**handed[0], "id": number, "name": "ảnh.jpg", "size": len(made.jpeg())}]
    for other, status in ((minh, 404), (nobody, 401)):
        async with other.http.get(f"/files/{number}") as response:
            assert response.status == status
    await lan.say("/dinhkem I.b")
    await lan.say("2")
    await lan.say("1")
    assert stored(site) == []
    async with lan.http.get(f"/files/{number}") as response:
        assert response.status == 404
    for each in (lan, minh, nobody):
        await each.http.close()


async def test_the_same_upload_again_is_one_file(site: Site) -> None:
    """A page that had no answer sends once more under the same id."""
    lan = await visitor(site, "xa1")
    await lan.say("/sua I.b")
    for _ in range(2):
        async with await lan.send("a.pdf", made.pdf(), "f0000000000000000000a") as response:
            assert response.status == 200
    assert stored(site) == ["a.pdf"]
    await lan.http.close()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://evil.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Content-Type": "multipart/form-data; boundary=x"}, 415),
        ({"Content-Type": "text/plain"}, 415),
        ({"X-File-Name": "a" * 4_000}, 400),
    ],
)
async def test_uploads_of_other_sites_and_shapes_are_refused(site: Site, headers: dict[str, str], status: int) -> None:
    lan = await visitor(site, "xa1")
    await lan.say("/sua I.b")
    async with await lan.send("a.pdf", made.pdf(), **headers) as response:
        assert response.status == status
    assert stored(site) == []
    await lan.http.close()


async def test_nobody_uploads_without_being_signed_in(site: Site) -> None:
    nobody = await visitor(site, "")
    async with await nobody.send("a.pdf", made.pdf()) as response:
        assert response.status == 401
    await nobody.http.close()


async def test_an_id_that_no_page_makes_is_refused(site: Site) -> None:
    lan = await visitor(site, "xa1")
    async with await lan.send("a.pdf", made.pdf(), "x") as response:
        assert response.status == 400
    await lan.http.close()


async def test_files_that_never_end_hold_up_only_who_sends_them(site: Site) -> None:
    lan, minh = await visitor(site, "xa1"), await visitor(site, "xa2")
    await minh.say("/sua I.b")
    ended = asyncio.Event()

    async def slow() -> AsyncIterator[bytes]:
        yield b"%PDF-"
        begun.release()
        await ended.wait()

    begun = asyncio.Semaphore(0)
    headers = {"Content-Type": "application/octet-stream", "X-File-Name": "a.pdf"}
    address = "/api/files?cid=f000000000000000000"
    hung = [asyncio.create_task(lan.http.post(f"{address}{at}", data=slow(), headers=headers)) for at in range(2)]
    for _ in hung:
        await begun.acquire()
    async with await minh.send("b.pdf", made.pdf()) as response:
        assert response.status == 200
    async with await lan.send("c.pdf", made.pdf()) as response:
        assert (response.status, (await response.json())["error"]) == (429, "files_at_once")
    ended.set()
    assert [response.status for response in await asyncio.gather(*hung)] == [200, 200]
    await lan.say("/sua I.b")
    async with await lan.send("c.pdf", made.pdf()) as response:
        assert response.status == 200
    assert stored(site) == ["b.pdf", "c.pdf"]
    for each in (lan, minh):
        await each.http.close()


async def test_what_is_too_large_is_refused_as_it_comes(site: Site) -> None:
    """By the length it names, and by what really comes where it names none."""
    lan = await visitor(site, "xa1")
    await lan.say("/sua I.b")
    async with await lan.send("a.pdf", b"\0" * (MAX_FILE_BYTES + 1)) as response:
        assert response.status == 413
        assert "20 MB" in (await response.json())["sentence"]

    async def pieces() -> Any:
        for _ in range(MAX_FILE_BYTES // 65536 + 2):
            yield b"\0" * 65536

    headers = {"Content-Type": "application/octet-stream", "X-File-Name": "a.pdf", "Origin": site.url}
    answer = lan.http.post("/api/files?cid=f0000000000000000000b", data=pieces(), headers=headers)
    async with answer as response:
        assert response.status == 413
    assert stored(site) == []
    await lan.http.close()
