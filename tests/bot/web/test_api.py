"""The server over real HTTP: Lan writes, Minh is another signed-in person, a stranger is not signed in."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientResponse, ClientSession, CookieJar

from bot.channels.web import MAX_TEXT
from bot.web.server import MAX_BODY
from bot.web.stream import MAX_STREAMS
from tests.bot.web.site import SECRET, Site

pytestmark = pytest.mark.asyncio(loop_scope="module")

CID = "t0000000000000000000a"


class Visitor:
    """Somebody with cookies of her own."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.http = ClientSession(site.url, cookie_jar=CookieJar(unsafe=True))

    async def sign_in(self, handle: str) -> ClientResponse:
        return await self.http.post("/signin", data={"person": handle}, allow_redirects=False)

    async def say(self, text: str, cid: str = CID, after: int = 0) -> ClientResponse:
        return await self.send({"cid": cid, "text": text}, after)

    async def send(self, message: Any, after: int = 0, **headers: str) -> ClientResponse:
        body = message if isinstance(message, bytes) else json.dumps(message).encode()
        headers = {"Content-Type": "application/json", "Origin": self.site.url, **headers}
        return await self.http.post(f"/api/messages?after={after}", data=BytesIO(body), headers=headers)

    async def lines(self, query: str = "after=0") -> list[dict[str, Any]]:
        async with self.http.get(f"/api/lines?{query}") as response:
            assert response.status == 200
            return list((await response.json())["lines"])


@pytest_asyncio.fixture(loop_scope="module")
async def stranger(site: Site) -> AsyncIterator[Visitor]:
    visitor = Visitor(site)
    yield visitor
    await visitor.http.close()


@pytest_asyncio.fixture(loop_scope="module")
async def lan(site: Site) -> AsyncIterator[Visitor]:
    visitor = Visitor(site)
    await visitor.sign_in("xa1")
    yield visitor
    await visitor.http.close()


@pytest_asyncio.fixture(loop_scope="module")
async def minh(site: Site) -> AsyncIterator[Visitor]:
    visitor = Visitor(site)
    await visitor.sign_in("huyen1")
    yield visitor
    await visitor.http.close()


async def sentence(response: ClientResponse) -> str:
    return str((await response.json())["sentence"])


async def next_event(response: ClientResponse) -> dict[str, str]:
    """Return the next event of a stream that carries a line."""
    fields: dict[str, str] = {}
    async with asyncio.timeout(5):
        async for raw in response.content:
            name, _, value = raw.decode().rstrip("\n").partition(": ")
            if not name and "id" in fields:
                return fields
            fields = {**fields, name: value} if name else {}
    raise AssertionError("the stream ended")


# --- signing in -------------------------------------------------------------------------------------------------


async def test_a_stranger_sees_the_list_and_nothing_else(stranger: Visitor) -> None:
    async with stranger.http.get("/") as response:
        page = await response.text()
    assert "Đảng ủy xã An Bình" in page
    for path in ("/api/lines", "/api/events", "/files/1"):
        async with stranger.http.get(path) as response:
            assert response.status == 401
    response = await stranger.say("12")
    assert response.status == 401
    assert "đăng nhập" in await sentence(response)


async def test_somebody_not_on_the_list_does_not_get_in(stranger: Visitor) -> None:
    assert (await stranger.sign_in("admin")).status == 403
    assert (await stranger.say("12")).status == 401


async def test_no_list_without_a_demo(site: Site, stranger: Visitor) -> None:
    site.people, site.arrivals = (), None
    await site.stop()
    await site.start()
    async with stranger.http.get("/") as response:
        assert "chưa mở đăng nhập" in await response.text()
    assert (await stranger.sign_in("xa1")).status == 403


async def test_the_cookie_is_for_the_server_alone(stranger: Visitor) -> None:
    cookie = (await stranger.sign_in("xa1")).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


async def test_signing_in_again_ends_the_session_before(lan: Visitor) -> None:
    before = {cookie.key: cookie.value for cookie in lan.http.cookie_jar}
    await lan.sign_in("xa1")
    async with ClientSession(lan.site.url, cookies=before) as thief:
        response = await thief.get("/api/lines")
    assert response.status == 401
    assert (await response.json())["error"] == "not_signed_in"


async def test_a_restart_is_told_from_a_sign_out(lan: Visitor) -> None:
    """After a restart the page may sign in again by itself; after a sign-out it must not."""
    await lan.site.stop()
    await lan.site.start()
    async with lan.http.get("/api/lines") as response:
        assert (await response.json())["error"] == "session_lost"
    async with lan.http.get("/") as response:
        assert 'data-lost="yes"' in await response.text()


async def test_signing_out_ends_the_session_and_its_streams(lan: Visitor) -> None:
    async with lan.http.get("/api/events") as stream:
        await stream.content.readline()
        await lan.http.post("/signout")
        async with asyncio.timeout(5):
            await stream.content.read()
    assert (await lan.say("12")).status == 401


async def test_a_page_of_somebody_else_in_the_same_browser_is_refused(lan: Visitor) -> None:
    async with lan.http.get("/api/lines?as=huyen1") as response:
        assert response.status == 409
    async with lan.http.get("/api/lines?as=xa1") as response:
        assert response.status == 200


# --- messages ---------------------------------------------------------------------------------------------------


async def test_a_message_is_answered_with_its_line(lan: Visitor) -> None:
    response = await lan.say("12 5 0 1")
    assert response.status == 200
    line = (await response.json())["lines"][-1]
    assert (line["said"], line["said_id"], line["channel"]) == ("12 5 0 1", CID, "web")
    assert line["text"]


async def test_a_repeated_message_arrives_once_and_gets_the_same_answer(lan: Visitor) -> None:
    first = await (await lan.say("12 5 0 1")).json()
    again = await lan.say("12 5 0 1")
    assert again.status == 200
    assert await again.json() == first
    assert [line["said"] for line in await lan.lines()] == ["12 5 0 1"]


async def test_two_copies_at_the_same_moment_arrive_once(lan: Visitor) -> None:
    answers = await asyncio.gather(*(lan.say("12 5 0 1") for _ in range(5)))
    assert {answer.status for answer in answers} == {200}
    assert len(await lan.lines()) == 1


async def test_nobody_sees_anothers_conversation(lan: Visitor, minh: Visitor) -> None:
    await lan.say("chỉ của Lan")
    assert await minh.lines() == []


async def test_too_long_a_text_is_refused_with_the_limit(lan: Visitor) -> None:
    response = await lan.say("x" * (MAX_TEXT + 1))
    assert response.status == 413
    assert "100.000" in await sentence(response)
    assert await lan.lines() == []


async def test_too_large_a_body_is_refused(lan: Visitor) -> None:
    response = await lan.send(b" " * (MAX_BODY + 1))
    assert response.status == 413
    assert "1 MB" in await sentence(response)


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b'{"cid": "x"}', b"[]", b""])
async def test_malformed_bodies_get_one_sentence(lan: Visitor, body: bytes) -> None:
    response = await lan.send(body)
    assert response.status == 400
    assert (await sentence(response)).endswith(".")


async def test_a_form_of_another_site_cannot_write(lan: Visitor) -> None:
    response = await lan.send({"cid": CID, "text": "12"}, Origin="https://evil.example")
    assert response.status == 403
    response = await lan.send({"cid": CID, "text": "12"}, Origin="null")
    assert response.status == 403
    response = await lan.send({"cid": CID, "text": "12"}, **{"Sec-Fetch-Site": "cross-site"})
    assert response.status == 403
    response = await lan.http.post("/signout", headers={"Origin": "https://evil.example"})
    assert response.status == 403
    response = await lan.send({"cid": CID, "text": "12"}, **{"Content-Type": "text/plain"})
    assert response.status == 415
    assert await lan.lines() == []


async def test_our_own_failure_is_one_sentence_and_no_answer_in_the_log(
    lan: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    lan.site.office.down = True
    with caplog.at_level(logging.DEBUG):
        response = await lan.say(SECRET)
    lan.site.office.down = False
    assert response.status == 503
    assert set(await response.json()) == {"error", "sentence"}
    assert "ConnectionRefusedError" in caplog.text
    assert SECRET not in caplog.text
    assert (await lan.say(SECRET)).status == 200


# --- lines ------------------------------------------------------------------------------------------------------


async def test_lines_come_in_pages_forwards_and_backwards(lan: Visitor) -> None:
    for number in range(70):
        await lan.say(f"tin {number}", f"t{number:020d}")
    newest = await lan.lines("before=0")
    assert [line["said"] for line in newest] == [f"tin {number}" for number in range(10, 70)]
    assert [line["said"] for line in await lan.lines(f"before={newest[0]['id']}")] == [f"tin {n}" for n in range(10)]
    assert [line["said"] for line in await lan.lines(f"after={newest[57]['id']}")] == ["tin 68", "tin 69"]


async def test_lines_are_small_on_a_weak_network(lan: Visitor) -> None:
    await lan.say("Đảng ủy xã đã chỉ đạo. " * 800)
    async with lan.http.get("/api/lines?before=0", headers={"Accept-Encoding": "gzip"}) as response:
        assert response.headers["Content-Encoding"] == "gzip"
        assert (await response.json())["lines"][-1]["said"].startswith("Đảng ủy")


@pytest.mark.parametrize("query", ["after=x", "after=-1", "before=99999999999999999999", "after=%C2%B2"])
async def test_odd_places_are_refused(lan: Visitor, query: str) -> None:
    async with lan.http.get(f"/api/lines?{query}") as response:
        assert response.status == 400


async def test_the_stream_brings_what_is_there_and_what_comes(lan: Visitor) -> None:
    await lan.say("trước", "t-before-1")
    async with lan.http.get("/api/events?after=0") as stream:
        assert stream.content_type == "text/event-stream"
        assert json.loads((await next_event(stream))["data"])["said"] == "trước"
        await lan.say("sau", "t-after-1")
        assert json.loads((await next_event(stream))["data"])["said"] == "sau"


async def test_the_stream_goes_on_where_it_was_cut(lan: Visitor) -> None:
    for number in range(3):
        await lan.say(f"tin {number}", f"t{number:020d}")
    first = (await lan.lines())[0]["id"]
    async with lan.http.get("/api/events?after=0", headers={"Last-Event-ID": str(first)}) as stream:
        assert json.loads((await next_event(stream))["data"])["said"] == "tin 1"


async def test_streams_end_with_their_page_and_have_a_limit(lan: Visitor) -> None:
    streams = [await lan.http.get("/api/events") for _ in range(MAX_STREAMS + 1)]
    async with asyncio.timeout(5):
        await streams[0].content.read()
    for stream in streams[1:]:
        stream.close()
    await lan.say("12")
    async with asyncio.timeout(5):
        while lan.site.bell.listeners():
            await asyncio.sleep(0.01)


async def test_a_stop_ends_the_streams_at_once(site: Site, lan: Visitor) -> None:
    async with lan.http.get("/api/events") as stream:
        await stream.content.readline()
        async with asyncio.timeout(3):
            await site.stop()
            await stream.content.read()
    await site.start()


# --- files ------------------------------------------------------------------------------------------------------


async def test_a_file_is_for_its_owner_alone(lan: Visitor, minh: Visitor) -> None:
    await lan.say("/tailieu")
    await lan.site.make_documents()
    file = next(line["files"][0] for line in await lan.lines() if line["files"])
    async with lan.http.get(f"/files/{file['id']}") as response:
        assert response.status == 200
        assert response.headers["Content-Disposition"] == f"attachment; filename*=UTF-8''{file['name']}"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert (await response.read()).startswith(b"PK")
    async with minh.http.get(f"/files/{file['id']}") as response:
        assert response.status == 404
    for odd in ("0", "999", "-1", "x", "1.docx", "99999999999999999999"):
        async with lan.http.get(f"/files/{odd}") as response:
            assert response.status == 404


# --- every answer -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/static/app.js", "/sw.js", "/nowhere", "/api/lines", "/healthz", "/files/1"])
async def test_strict_headers_on_every_answer(stranger: Visitor, path: str) -> None:
    async with stranger.http.get(path) as response:
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "same-origin"
        assert "Python" not in response.headers["Server"]


@pytest.mark.parametrize("path", ["/static/../server.py", "/static/%2e%2e%2fserver.py", "/static/", "/static/x.js"])
async def test_only_the_pages_own_files_are_served(stranger: Visitor, path: str) -> None:
    async with stranger.http.get(path) as response:
        assert response.status == 404
        assert "Không tìm thấy" in await response.text()


async def test_the_wrong_method_is_one_sentence(stranger: Visitor) -> None:
    async with stranger.http.put("/api/messages", headers={"Origin": stranger.site.url}) as response:
        assert response.status == 405
        assert "không nhận" in await sentence(response)


async def test_health(site: Site, stranger: Visitor) -> None:
    async with stranger.http.get("/healthz") as response:
        assert await response.json() == {"ok": True}
    site.office.down = True
    async with stranger.http.get("/healthz") as response:
        assert response.status == 503
