"""A coordinator on Telegram follows a campaign: the list with buttons, the picture as a photo, the record as a file."""

from __future__ import annotations

import asyncio
import io
import struct
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from PIL import Image

from bot.channels.channel import Attachment, Request
from bot.channels.telegram.adapter import CAPABILITIES, TelegramChannel, render
from bot.documents.workshop import Workshop
from bot.runtime.writer import Writer
from bot.sending.sender import Sender
from storage.messages.jobs import PICTURE, RECORD
from storage.schema.database import Database
from tests.loopback import BotApi, Person, Seen
from tests.loopback.doubles import Clock, settled
from tests.loopback.office import CAMPAIGN, found_office
from tests.loopback.serving import serving
from tests.office.founding import ZONE

COORDINATOR = 20_001
COMMUNES = 12


@dataclass
class House:
    """The service; Minh coordinates the district of twelve communes."""

    minh: Person
    database: Database
    sender: Sender
    clock: Clock

    async def work(self, kind: str) -> None:
        shop = Workshop(self.database, self.clock.now, ZONE, "p1", [kind])
        assert await asyncio.to_thread(shop.work)
        self.sender.wake()


@pytest.fixture
async def house(
    api: BotApi, channel: TelegramChannel, sqlite: Database, writer: Writer, sender: Sender, clock: Clock
) -> AsyncIterator[House]:
    await writer.run(
        lambda connection: found_office(connection, COMMUNES, clock.now(), coordinator=("Minh", COORDINATOR))
    )
    async with serving(channel, writer, sender, clock):
        yield House(api.person(COORDINATOR, "Minh"), sqlite, sender, clock)


async def said(who: Person, text: str) -> Seen:
    who.type(text)
    return await who.next()


async def test_the_picture_is_a_photo_in_the_conversation(house: House) -> None:
    """The list at once, the picture after it: with a caption, and as large as a phone needs it."""
    board = await said(house.minh, f"/tiendo {CAMPAIGN}")
    house.minh.press(board, "Xem hình")
    promised = await house.minh.next()
    await house.work(PICTURE)
    photo = await house.minh.next()
    await settled(house.sender)

    assert "Cộng: 13 đơn vị" in board.text
    assert promised.text.startswith("Đang vẽ hình tiến độ của Huyện ủy Thanh Sơn")
    assert photo.document is None
    assert photo.photo is not None
    name, content = photo.photo
    assert name.endswith(".png")
    assert photo.text.startswith("Tiến độ “")
    with Image.open(io.BytesIO(content)) as image:
        assert image.width >= 1080


async def test_the_buttons_lead_from_the_list_to_a_unit(house: House) -> None:
    board = await said(house.minh, "/tiendo")
    house.minh.press(board, "Trang sau")
    second = await house.minh.next()
    house.minh.press(second, "An Bình 11")
    unit = await house.minh.next()

    assert "trang 2/2" in second.text
    assert unit.text.startswith("Đảng ủy xã An Bình 11\n")
    assert [label.partition(" ")[2] for label, _ in unit.buttons][:2] == ["Lấy báo cáo", "Nhắc"]


async def test_the_record_comes_as_a_document(house: House) -> None:
    """A file to be opened, never shown as a photo."""
    shown = await said(house.minh, "/nhatky")
    house.minh.press(shown, "Nhận tệp nhật ký")
    await house.minh.next()
    await house.work(RECORD)
    handed = await house.minh.next()
    await settled(house.sender)

    assert handed.photo is None
    assert handed.document is not None
    assert handed.document[0].endswith("_nhat-ky.csv")


# --- what is a photo ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """An outbox row as a door sees it."""

    payload: dict[str, Any]
    id: int = 1
    channel: str = "telegram"
    external: str = "7001"
    kind: str = "file"


def png(wide: int, tall: int, size: int = 100) -> bytes:
    return (b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + struct.pack(">II", wide, tall)).ljust(size, b"\0")


def sent(content: bytes, **file: object) -> Request:
    row = Row({"text": "Tiến độ", "file": {"id": 4, "name": "a.png", "size": len(content), **file}})
    (request,) = render(row, content, CAPABILITIES)
    return request


def test_our_picture_is_a_photo() -> None:
    request = sent(png(1080, 2200), photo=[1080, 2200])
    assert request.method == "sendPhoto"
    assert request.file == Attachment("photo", "a.png", png(1080, 2200))
    assert request.fields["caption"] == "Tiến độ"


@pytest.mark.parametrize(
    "content",
    [
        png(1080, 8921),
        png(100, 2001),
        png(1080, 2200, 10 * 1024 * 1024 + 1),
        b"PK\3\4",
        png(0, 0),
        b"\x89PNG\r\n\x1a\n",
    ],
    ids=["sides", "ratio", "bytes", "no picture", "nothing", "cut"],
)
def test_what_telegram_takes_as_no_photo_is_a_document(content: bytes) -> None:
    """Still handed over, as a file."""
    assert sent(content, photo=[1080, 2200]).method == "sendDocument"


def test_a_picture_that_is_not_ours_is_a_document() -> None:
    """Evidence is opened by whoever asked for it, never shown by itself."""
    assert sent(png(1080, 2200)).method == "sendDocument"
