"""Photos and files sent on Telegram: fetched over HTTP, looked at, attached, told; also when the bot is killed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.channels.telegram.adapter import TelegramChannel
from bot.runtime.writer import Writer
from bot.sending.sender import Sender
from bot.turns.fetching import Fetcher
from dialogs.values.attached import Evidence
from storage.campaigns import attachments
from storage.compiled import unit_data
from storage.messages import jobs
from storage.schema.database import Database, open_database
from storage.schema.tables import file, job
from tests import evidence_files as made
from tests.loopback import BotApi, Faults, Person, Seen
from tests.loopback.botprocess import BotProcess
from tests.loopback.doubles import Clock, settled
from tests.loopback.office import CAMPAIGN, FIRST_CHAT, code, found_office
from tests.loopback.serving import serving
from tests.office.founding import ZONE

FETCH = jobs.fetch_kind("telegram")
MEGABYTE = 1024 * 1024


@dataclass
class House:
    """The service, its fetcher in the test's hand, and one official of commune X0."""

    api: BotApi
    lan: Person
    database: Database
    sender: Sender
    fetcher: Fetcher
    clock: Clock

    async def said(self, text: str) -> Seen:
        self.lan.type(text)
        return await self.lan.next()

    async def photo(self, content: bytes, caption: str = "") -> Seen:
        """Send a photo as a client does: in several sizes, the largest last."""
        sizes = [{"file_id": f"thumb{n}", "file_size": 90 * n} for n in (1, 2)]
        sizes.append({"file_id": self.api.keep_file(content), "file_size": len(content)})
        self.lan.send(photo=sizes, **({"caption": caption} if caption else {}))
        return await self.lan.next()

    async def document(self, name: str, content: bytes, size: int | None = None) -> Seen:
        key = self.api.keep_file(content)
        self.lan.send(document={"file_id": key, "file_name": name, "file_size": len(content) if size is None else size})
        return await self.lan.next()

    async def fetched(self) -> Seen:
        """Work one job and return what the person is told of it."""
        assert await self.fetcher.work()
        return await self.lan.next()

    def attached(self) -> list[Evidence]:
        with self.database.read() as connection:
            return list(attachments.of_report(connection, unit_data.find(connection, CAMPAIGN, code(0))))

    def unfinished(self) -> int:
        with self.database.read() as connection:
            return jobs.waiting(connection, [FETCH])


@pytest.fixture
async def house(
    api: BotApi, channel: TelegramChannel, sqlite: Database, writer: Writer, sender: Sender, clock: Clock
) -> AsyncIterator[House]:
    await writer.run(lambda connection: found_office(connection, 1, clock.now()))
    async with serving(channel, writer, sender, clock):
        fetcher = Fetcher(writer, channel, clock.now, ZONE, "p1", sender.wake, clock.sleep)
        lan = api.person(FIRST_CHAT, "Lan")
        found = House(api, lan, sqlite, sender, fetcher, clock)
        await found.said("/tiep")
        await found.said("/sua II.1")
        yield found


async def test_a_photo_is_attached_to_the_question_and_its_words_are_no_answer(house: House) -> None:
    """The largest size is fetched; what was written under it is kept as a note."""
    content = made.jpeg(3)
    seen = await house.photo(content, "Lễ phát động ngày 12/3")
    told = await house.fetched()

    assert "Đang nhận tệp “ảnh” cho mục II.1" in seen.text
    assert "không tính là câu trả lời: “Lễ phát động ngày 12/3”" in seen.text
    (found,) = house.attached()
    assert (found.field, found.note, found.media_type) == ("II.1", "Lễ phát động ngày 12/3", "image/jpeg")
    assert found.name.startswith("anh-2026")
    assert "✓ Đã gắn vào mục II.1 — " in told.text
    assert found.name in told.text
    with house.database.read() as connection:
        assert connection.execute(select(file.c.bytes)).scalar() == content


async def test_the_notice_opens_the_files_and_hands_them_back(house: House) -> None:
    content = made.word()
    await house.document("Quyết định 12.docx", content)
    told = await house.fetched()
    await house.said("/start")
    house.lan.press(told, "Xem tệp đính kèm")
    shelf = await house.lan.next()
    house.lan.press(shelf, "Nhận tệp 1")
    seen = [await house.lan.next(), await house.lan.next()]
    await settled(house.sender)

    assert "Tệp đính kèm của mục II.1: 1 tệp" in shelf.text
    (document,) = [each.document for each in seen if each.document]
    assert document == ("Quyết định 12.docx", content)


async def test_an_album_is_told_of_once(house: House) -> None:
    """Three photos: three short receipts, one notice that names all of them."""
    for number in range(3):
        await house.photo(made.jpeg(number + 1))
    while house.unfinished() > 1:
        assert await house.fetcher.work()
    told = await house.fetched()
    await settled(house.sender)

    assert "Mục này có 3 tệp" in told.text
    assert house.lan.unread() == 0
    assert len({each.name for each in house.attached()}) == 3


async def test_what_is_too_large_is_not_even_asked_for(house: House) -> None:
    """60 MB by what Telegram says of it: one clear reply, no call, no job."""
    seen = await house.document("phim.pdf", b"x", 60 * MEGABYTE)

    assert "lớn 60 MB, quá mức 20 MB" in seen.text
    assert house.api.called("getFile") == []
    assert house.unfinished() == 0


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("bao-cao.pdf", made.program(), "chương trình"),
        ("so-lieu.xlsx", made.with_part(made.excel(), "xl/a.bin", b"\0" * (30 * MEGABYTE)), "quá mức"),
        ("anh.jpg", made.jpeg()[:-200], "thiếu phần cuối"),
    ],
    ids=["a program", "a zip bomb", "cut short"],
)
async def test_what_may_do_harm_is_told_once_and_not_kept(house: House, name: str, content: bytes, why: str) -> None:
    await house.document(name, content)
    told = await house.fetched()
    await settled(house.sender)

    assert f"Tệp “{name}”" in told.text
    assert why in told.text
    assert house.attached() == []
    assert house.unfinished() == 0
    assert house.lan.unread() == 0
    with house.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(file)).scalar() == 0


async def test_a_file_that_says_less_than_it_is_is_not_read_to_its_end(house: House) -> None:
    """The server's own word on its size is not believed either."""
    await house.document("a.pdf", made.pdf(), 900)
    key = next(iter(house.api.files))
    house.api.files[key] = b"%PDF-1.7" + b"\0" * (21 * MEGABYTE)
    told = await house.fetched()

    assert "quá mức 20 MB" in told.text
    assert house.attached() == []


async def test_a_network_that_fails_is_tried_again_and_a_file_that_is_gone_is_told(house: House) -> None:
    await house.document("a.pdf", made.pdf())
    house.api.faults.next_errors = ["500"]
    assert await house.fetcher.work()
    assert house.unfinished() == 1
    assert not await house.fetcher.work()
    house.clock.at += timedelta(minutes=1)
    assert "Đã gắn" in (await house.fetched()).text

    await house.document("b.pdf", made.pdf(b"/N 1"))
    house.api.files.clear()
    told = await house.fetched()
    assert "Không còn lấy được tệp “b.pdf”" in told.text
    assert "hiện có 1 tệp: a.pdf" in told.text


async def test_a_worker_that_lost_its_lease_attaches_nothing(
    house: House, writer: Writer, channel: TelegramChannel
) -> None:
    """Two workers on one job, the first too slow: attached once, told once."""
    await house.document("a.pdf", made.pdf())
    second = Fetcher(writer, channel, house.clock.now, ZONE, "p2", house.sender.wake, house.clock.sleep)

    async def overtaken(method: str, stage: str) -> None:
        if method == "download":
            house.api.faults.hook = Faults().hook
            house.clock.at += timedelta(minutes=10)
            assert await second.work()

    house.api.faults.hook = overtaken
    assert await house.fetcher.work()
    await house.lan.next()
    await settled(house.sender)

    assert len(house.attached()) == 1
    assert house.lan.unread() == 0


async def test_killed_between_fetching_and_storing_the_file_is_attached_once(tmp_path: Path) -> None:
    """kill -9 while the bytes are on their way; after the restart the file is fetched again and told once."""
    path = tmp_path / "baocao.db"
    database = open_database(f"sqlite:///{path}")
    database.migrate()
    with database.write() as connection:
        found_office(connection, 1)
    async with BotApi() as api:
        bot = BotProcess(api.base_url, api.token, path, tmp_path / "log")
        lan = api.person(FIRST_CHAT, "Lan")
        killed = asyncio.Event()

        async def kill(method: str, stage: str) -> None:
            if method == "download" and not killed.is_set():
                # Without waiting in between: the request that this answers is cut off with the process.
                bot.kill()
                killed.set()

        api.faults.hook = kill
        bot.start()
        try:
            for text in ("/tiep", "/sua II.1"):
                lan.type(text)
                await lan.next(30)
            content = made.jpeg(5)
            lan.send(photo=[{"file_id": api.keep_file(content), "file_size": len(content)}])
            await lan.next(30)
            async with asyncio.timeout(30):
                await killed.wait()
            bot.start()
            told = await lan.next(30)
        finally:
            bot.kill()
    with database.read() as connection:
        found = attachments.of_report(connection, unit_data.find(connection, CAMPAIGN, code(0)))
        states = connection.execute(select(job.c.state).where(job.c.kind == FETCH)).scalars().all()
    database.close()
    assert "Đã gắn vào mục II.1" in told.text
    assert len(found) == 1
    assert api.counts["download"] == 2
    assert states == ["done"]
