"""A coordinator on Telegram has a report compiled while officials write: the real dialog, child process and papers."""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from bot.channels.telegram.adapter import TelegramChannel
from bot.documents.workshop import Workshop
from bot.runtime.writer import Writer
from bot.sending.sender import Sender
from storage.messages import jobs
from storage.messages.jobs import COMPILE, RENDER
from storage.schema.database import Database
from tests.loopback import BotApi, Person, Seen
from tests.loopback.doubles import Clock, settled
from tests.loopback.office import CAMPAIGN, FIRST_CHAT, found_office
from tests.loopback.serving import serving
from tests.office.founding import ZONE

COORDINATOR = 20_001


@dataclass
class House:
    """The service; Lan fills in commune X0, Minh coordinates the district above it."""

    api: BotApi
    lan: Person
    minh: Person
    database: Database
    sender: Sender
    clock: Clock

    def shop(self, kind: str) -> Workshop:
        return Workshop(self.database, self.clock.now, ZONE, "p1", [kind])

    def waiting(self) -> int:
        with self.database.read() as connection:
            return jobs.waiting(connection)


async def said(who: Person, text: str) -> Seen:
    who.type(text)
    return await who.next()


@pytest.fixture
async def house(
    api: BotApi, channel: TelegramChannel, sqlite: Database, writer: Writer, sender: Sender, clock: Clock
) -> AsyncIterator[House]:
    await writer.run(lambda connection: found_office(connection, 1, clock.now(), coordinator=("Minh", COORDINATOR)))
    async with serving(channel, writer, sender, clock):
        lan, minh = api.person(FIRST_CHAT, "Lan"), api.person(COORDINATOR, "Minh")
        yield House(api, lan, minh, sqlite, sender, clock)


async def test_a_coordinator_gets_two_files_and_the_dialog_goes_on_beside(house: House) -> None:
    """While the child works an official answers and gets her own papers; then Word and Excel come to who asked."""
    home = await said(house.minh, "/start")
    assert [label for label, _ in home.buttons] == ["1 Tiến độ", "2 Tổng hợp cấp dưới"]
    promised = await said(house.minh, f"/tonghop {CAMPAIGN}")
    compiling = asyncio.create_task(asyncio.to_thread(house.shop(COMPILE).work))
    await said(house.lan, "/tiep")
    answered = await said(house.lan, "45; 20; 3")
    await said(house.lan, "/tailieu")
    assert await asyncio.to_thread(house.shop(RENDER).work)
    assert await compiling
    house.sender.wake()
    word, excel = await house.minh.next(), await house.minh.next()
    own = [await house.lan.next(), await house.lan.next()]
    await settled(house.sender)

    assert "Huyện ủy Thanh Sơn từ 0/2 đơn vị đã gửi" in promised.text
    assert "Số 45" in answered.text
    names = [seen.document[0] for seen in (word, excel) if seen.document]
    assert names == [
        "KL62-2019_H1_Huyen_uy_Thanh_Son_tong-hop_du-thao.docx",
        "KL62-2019_H1_Huyen_uy_Thanh_Son_tong-hop_du-thao.xlsx",
    ]
    for seen in (word, excel):
        assert seen.document is not None
        assert zipfile.ZipFile(io.BytesIO(seen.document[1])).testzip() is None
    assert all("_X0_" in seen.document[0] for seen in own if seen.document)
    assert house.lan.unread() == house.minh.unread() == 0


async def test_an_official_and_a_stranger_get_nothing(house: House) -> None:
    """Typed, or pressed on somebody else's button."""
    told = await said(house.lan, f"/tonghop {CAMPAIGN}")
    hoa = house.api.person(9_999, "Hoa")
    turned_away = await said(hoa, f"/tonghop {CAMPAIGN} H1")
    home = await said(house.minh, "/start")
    house.lan.press(home, "Tổng hợp cấp dưới")
    await house.lan.next()
    await settled(house.sender)

    assert "không có đợt báo cáo nào để đồng chí tổng hợp" in told.text
    assert "Thanh Sơn" not in turned_away.text
    assert CAMPAIGN not in turned_away.text
    assert house.waiting() == 0


async def test_asking_twice_is_one_job(house: House) -> None:
    """Two impatient taps give one pair of files."""
    await said(house.minh, "/tonghop")
    again = await said(house.minh, "/tonghop")

    assert "Đang tổng hợp" in again.text
    assert house.waiting() == 1
