"""A campaign from its opening to the last acceptance, in the served demo: five people, two doors, the real program.

Bình (province) and Minh (district) sit at the web page; three commune officials join on Telegram by invitation. Nothing
is written into the database by the test: all of it is typed, pressed and read as they would.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest
from aiohttp import ClientSession, CookieJar

from tests.loopback import BotApi
from tests.loopback.botprocess import BotProcess
from tests.loopback.officials import Official, Turn, commune_questions
from tests.loopback.people import Person, Seen

SECONDS = 60.0
"""Only ends a broken test."""

DEMO = (sys.executable, "-m", "bot.cli", "demo", "--port", "0")
TODAY = datetime.now(UTC).astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).date()
KEY = "kl62-2019-xa-2"
LAST_DAY = TODAY + timedelta(days=20)


class Page:
    """Somebody at the web page: types and presses, reads the lines that come, each once."""

    def __init__(self, url: str) -> None:
        self.http = ClientSession(url, cookie_jar=CookieJar(unsafe=True))
        self.url = url.rstrip("/")
        self.line = 0
        self.last: dict[str, Any] = {}
        self.sent = 0

    async def sign_in(self, handle: str) -> None:
        async with self.http.post("/signin", data={"person": handle}, allow_redirects=False) as response:
            assert response.status in (302, 303)
        await self.news()

    async def news(self) -> list[dict[str, Any]]:
        """The lines that came since."""
        lines: list[dict[str, Any]] = []
        while True:
            async with self.http.get(f"/api/lines?after={self.line}") as response:
                more = list((await response.json())["lines"])
            if not more:
                return lines
            self.line, self.last = more[-1]["id"], next((x for x in reversed(more) if x["choices"]), self.last)
            lines += more

    async def send(self, **message: str) -> str:
        self.sent += 1
        body = BytesIO(json.dumps({"cid": f"{id(self):022d}"[-14:] + f"{self.sent:08d}", **message}).encode())
        headers = {"Content-Type": "application/json", "Origin": self.url}
        async with self.http.post(f"/api/messages?after={self.line}", data=body, headers=headers) as response:
            assert response.status == 200, await response.text()
        return "\n".join(line["text"] for line in await self.news())

    async def say(self, text: str) -> str:
        return await self.send(text=text)

    async def press(self, label: str) -> str:
        found = [choice["id"] for choice in self.last["choices"] if choice["label"].startswith(label)]
        assert found, f"no button {label!r} among {[choice['label'] for choice in self.last['choices']]}"
        return await self.send(choose=found[0])

    async def until(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait for a line that comes by itself."""
        async with asyncio.timeout(SECONDS):
            while True:
                for line in await self.news():
                    if wanted(line):
                        return line
                await asyncio.sleep(0.05)


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as found:
        yield found


@pytest.fixture
async def url(api: BotApi, tmp_path: Path) -> AsyncIterator[str]:
    """The demo as a newcomer starts it, with a Telegram token beside it."""
    process = BotProcess(api.base_url, api.token, tmp_path / "demo.db", tmp_path / "log", DEMO)
    process.start()
    try:
        async with asyncio.timeout(SECONDS):
            while not (found := re.search(r"http://127\.0\.0\.1:\d+/", process.log())):
                assert process.running, process.log()
                await asyncio.sleep(0.05)
        yield found[0]
        assert await process.stop() == 0, process.log()
    finally:
        process.kill()


async def seen(person: Person, part: str) -> Seen:
    """Wait for a message that holds a text."""
    async with asyncio.timeout(SECONDS):
        while True:
            for each in person.seen:
                if part in each.text:
                    return each
            await asyncio.sleep(0.02)


async def told(person: Person, text: str, part: str) -> Seen:
    """Type a text and wait for the reply that holds a text."""
    known = len(person.seen)
    person.type(text)
    async with asyncio.timeout(SECONDS):
        while True:
            for each in person.seen[known:]:
                if part in each.text:
                    return each
            await asyncio.sleep(0.02)


async def opened(province: Page) -> None:
    """The province opens a campaign for the communes of District One, asked back where it must be."""
    await province.say("/dot")
    await province.press("Mở đợt mới")
    await province.press("Tổng kết 10 năm Kết luận 62 (kl62-2019-xa)")
    assert "gõ một ngày" in await province.say("30/2/2019")
    await province.say("10/4/2019")
    await province.say("huyen uy thanh son")
    await province.say("Kết luận 62 của huyện Thanh Sơn")
    for _ in range(20):
        labels = [choice["label"] for choice in province.last["choices"]]
        if any(label.startswith("Mở đợt") for label in labels):
            break
        text = province.last["text"]
        if "hạn" in text.lower() and "ngày" in text and not any(label.startswith("Tiếp") for label in labels):
            await province.say(f"chậm nhất ngày {LAST_DAY:%d/%m/%Y}")
        else:
            await province.press(next(label for label in labels if not label.startswith(("Trước", "Để sau"))))
    assert f"{LAST_DAY.day}/{LAST_DAY.month}/{LAST_DAY.year}" in province.last["text"]
    assert "3 đơn vị" in province.last["text"]
    assert "Đã mở đợt" in await province.press("Mở đợt")


async def invited(district: Page, unit: str) -> str:
    """The district's coordinator invites one official in a line; the code stands in a message of its own."""
    shown = await district.say(f"/moi {unit} cán bộ nhập 1")
    found = re.search(r"\b[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}\b", shown)
    assert found, shown
    return found[0]


async def joined(district: Page, person: Person, unit: str) -> None:
    code = await invited(district, unit)
    shown = await told(person, f"/start {code}", "không nhập nội dung mật")
    assert unit.upper() in shown.text
    person.press(shown, "Đúng")
    await seen(person, "Kết luận 62 của huyện Thanh Sơn")
    await district.until(lambda line: "đã nhận lời mời" in line["text"])


async def filled(person: Person, number: int) -> Official:
    """Fill in the whole report of the new campaign and send it."""
    ready = asyncio.Event()
    official = Official(person, number, commune_questions(), lambda _: ready.set(), sends=True)
    home = next(each for each in reversed(person.seen) if each.buttons)
    official.turns.append(Turn(press="Kết luận 62 của huyện"))
    person.press(home, "Kết luận 62 của huyện")
    async with asyncio.timeout(SECONDS):
        await ready.wait()
    person.on_message = None
    assert official.strange == []
    return official


async def test_a_campaign_from_opening_to_acceptance(api: BotApi, url: str) -> None:
    """Opened, invited, filled in, followed, reminded, returned in part, mended, accepted, compiled."""
    province, district = Page(url), Page(url)
    try:
        await province.sign_in("tinh")
        await district.sign_in("huyen1")
        await opened(province)
        await run(api, province, district)
    finally:
        await province.http.close()
        await district.http.close()


async def run(api: BotApi, province: Page, district: Page) -> None:
    lan, hoa, dung = (api.person(7001 + number, name) for number, name in enumerate(("Lan", "Hoa", "Dũng")))
    for person, unit in ((lan, "Đảng ủy xã An Bình"), (hoa, "Đảng ủy xã Hòa Thuận"), (dung, "Đảng ủy xã Tân Lập")):
        await joined(district, person, unit)

    await filled(lan, 1)
    await filled(hoa, 2)

    shown = await district.say(f"/tiendo {KEY}")
    assert all(line in shown for line in ("• Đã gửi: 2", "• Chưa mở: 1", "Cộng: 3 đơn vị"))
    shown = await district.say(f"/nhac {KEY}")
    assert "Dũng" in shown and "Lan" not in shown and "Hoa" not in shown

    await handed_back(district, lan)
    await filled(dung, 3)
    await accepted(district, (lan, hoa, dung))
    await compiled(province)


async def handed_back(district: Page, lan: Person) -> None:
    """An appendix goes back with a comment; its button opens just that; what is sent again says what changed."""
    await district.say(f"/tralai {KEY} xa an binh")
    await district.press("Phụ lục 3")
    await district.say("Hàng MTTQ chưa khớp với biểu năm trước.")
    assert "Đã trả lại Phụ lục 3" in await district.press("Trả lại")
    notice = await seen(lan, "Hàng MTTQ chưa khớp với biểu năm trước.")
    known = len(lan.seen)
    lan.press(notice, "Sửa phần được trả lại")
    opened_at = await seen_since(lan, known, "Ủy ban Mặt trận Tổ quốc")
    assert "↩ Minh trả lại" in opened_at.text
    await told(lan, "99 5 0 1", "99")
    review = await told(lan, "/nop", "trước khi gửi")
    lan.press(review, "Gửi")
    await seen(lan, "bản gửi lại")
    again = await district.until(lambda line: "nộp lại" in line["text"])
    assert "99" in again["text"]


async def seen_since(person: Person, known: int, part: str) -> Seen:
    async with asyncio.timeout(SECONDS):
        while not (found := [each for each in person.seen[known:] if part in each.text]):
            await asyncio.sleep(0.02)
    return found[0]


async def accepted(district: Page, people: tuple[Person, ...]) -> None:
    """All that are sent are taken over at once; each author is told in their own chat."""
    await district.say(f"/tiepnhan {KEY}")
    assert "cả 3 báo cáo" in await district.press("Tiếp nhận cả 3 báo cáo")
    assert "Đã tiếp nhận 3 báo cáo" in await district.press("Tiếp nhận")
    for person in people:
        await seen(person, "đã được đồng chí Minh tiếp nhận")


async def compiled(province: Page) -> None:
    """The province sees all of it accepted, and gets one Word and one Excel that open."""
    assert "• Đã tiếp nhận: 3" in await province.say(f"/tiendo {KEY}")
    assert "Đang tổng hợp" in await province.say(f"/tonghop {KEY}")
    files: list[dict[str, Any]] = []
    async with asyncio.timeout(SECONDS):
        while len(files) < 2:
            files += [file for line in await province.news() for file in line["files"]]
            await asyncio.sleep(0.05)
    for file in files:
        async with province.http.get(f"/files/{file['id']}") as response:
            assert ZipFile(BytesIO(await response.read())).testzip() is None
    assert {file["name"].rpartition(".")[2] for file in files} == {"docx", "xlsx"}
