"""An official's whole way on Telegram: the real dialog, the real memory, the real papers, over HTTP."""

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
from dialogs.forms.answers import Address, State, Value
from storage.campaigns import answers
from storage.compiled import unit_data
from storage.schema.database import Database
from tests.loopback import BotApi, Person, Seen
from tests.loopback.doubles import Clock, settled
from tests.loopback.office import CAMPAIGN, FIRST_CHAT, code, found_office
from tests.loopback.officials import Official, commune_questions, shown
from tests.loopback.serving import serving
from tests.office.founding import ZONE


@dataclass
class House:
    """The service, and one official of commune X0."""

    api: BotApi
    lan: Person
    database: Database
    writer: Writer
    sender: Sender
    workshop: Workshop

    async def said(self, text: str) -> Seen:
        self.lan.type(text)
        return await self.lan.next()

    async def pressed(self, seen: Seen, label: str) -> Seen:
        self.lan.press(seen, label)
        return await self.lan.next()

    async def papers(self) -> list[Seen]:
        """Work the jobs and return the files that came."""
        while await asyncio.to_thread(self.workshop.work):
            pass
        self.sender.wake()
        return [await self.lan.next(), await self.lan.next()]

    def stored(self, field: str, row: str = "", column: str = "") -> tuple[State, Value]:
        with self.database.read() as connection:
            report = unit_data.find(connection, CAMPAIGN, code(0))
            answer = answers.load(connection, report)[Address(field, row, column)]
        return answer.state, answer.value


@pytest.fixture
async def house(
    api: BotApi, channel: TelegramChannel, sqlite: Database, writer: Writer, sender: Sender, clock: Clock
) -> AsyncIterator[House]:
    await writer.run(lambda connection: found_office(connection, 1, clock.now()))
    async with serving(channel, writer, sender, clock):
        lan = api.person(FIRST_CHAT, "Lan")
        yield House(api, lan, sqlite, writer, sender, Workshop(sqlite, clock.now, ZONE, "p1"))


async def test_an_official_fills_in_corrects_and_sends(house: House) -> None:
    """Typed and pressed answers, an edited message, a receipt, and the two papers."""
    home = await house.said("/start")
    first = await house.pressed(home, "Bắt đầu")
    second = await house.said("45; 20; 3")
    house.lan.edit(house.lan._last_message - 1, "46; 20; 3")
    await house.lan.next()
    await house.said("/sua II.1")
    piece = await house.said("Đảng ủy đã chỉ đạo quán triệt đến toàn thể đảng viên.")
    following = await house.pressed(piece, "Tiếp")
    nil = await house.said("/sua PL3.2")
    after = await house.pressed(nil, "Không có (0)")
    review = await house.said("/nop")
    receipt = await house.pressed(review, "Gửi")
    word, excel = await house.papers()
    await settled(house.sender)

    assert "Kế hoạch số" in first.text
    assert "Số 45" in second.text
    assert house.stored("M0", "", "ke_hoach_so") == (State.VALUE, "46")
    assert "II.1" in following.text
    assert house.stored("II.1")[1] == "Đảng ủy đã chỉ đạo quán triệt đến toàn thể đảng viên."
    assert "LĐLĐ: Tổng 0" in after.text
    assert "số biên nhận KL62" in receipt.text
    assert [zipfile.ZipFile(io.BytesIO(seen.document[1])).testzip() for seen in (word, excel) if seen.document] == [
        None,
        None,
    ]
    assert [seen.document[0].rpartition(".")[2] for seen in (word, excel) if seen.document] == ["docx", "xlsx"]
    assert len(house.lan.answered) == 4


async def test_a_long_paste_is_one_answer(house: House) -> None:
    """Pieces that Telegram cut in the middle of a word are one text again."""
    text = " ".join(f"Việc thứ {number} đã làm xong ở các thôn." for number in range(450))
    await house.said("/tiep")
    await house.said("/sua II.1")
    pieces = house.lan.type(text)
    seen = [await house.lan.next() for _ in pieces][-1]
    await house.pressed(seen, "Tiếp")

    assert len(pieces) > 3
    assert house.stored("II.1") == (State.VALUE, text)


async def test_stickers_and_stale_buttons_get_one_kind_reply_and_change_nothing(house: House) -> None:
    """A button of an earlier screen never answers the question of today."""
    await house.said("/tiep")
    await house.said("45; 20; 3")
    old = await house.said("/sua II.1")
    now = await house.said("/sua PL3.2")
    house.lan.send(sticker={"file_id": "s"})
    sticker = await house.lan.next()
    stale = await house.pressed(old, "Không có nội dung")

    assert "Chưa đọc được nhãn dán" in sticker.text
    assert "Nút này thuộc mục II.1" in stale.text
    assert sticker.keyboard == now.keyboard
    with pytest.raises(KeyError):
        house.stored("II.1")


async def test_a_double_tap_sends_once(house: House) -> None:
    """Two presses of one button are two replies and one sending."""
    await house.said("/tiep")
    review = await house.said("/nop")
    house.lan.press(review, "Gửi")
    house.lan.press(review, "Gửi")
    receipt, again = await house.lan.next(), await house.lan.next()
    word, excel = await house.papers()
    await settled(house.sender)

    assert "số biên nhận" in receipt.text
    assert again.text != receipt.text
    assert word.document
    assert excel.document
    assert house.lan.unread() == 0


async def test_a_stranger_learns_nothing(house: House) -> None:
    """Not even the name of a unit."""
    hoa = house.api.person(9_999, "Hoa")
    hoa.type("/start")
    seen = await hoa.next()

    assert "An Bình" not in seen.text
    assert seen.buttons == []


async def test_a_whole_report_is_filled_in_by_somebody_who_only_reads_the_screen(house: House) -> None:
    """Every question of the commune form, in order, by typing and pressing; what is stored is what she typed."""
    done = asyncio.get_running_loop().create_future()
    official = Official(house.lan, 0, commune_questions(), done.set_result, sends=True)
    official.begin()
    async with asyncio.timeout(60):
        await done
    await settled(house.sender)

    assert official.strange == []
    assert "số biên nhận" in official.receipt
    kept = {each: shown(*house.stored(each.field, each.row, each.column)) for each in official.acknowledged}
    assert kept == official.acknowledged
    assert set(kept) == {address for question in commune_questions() for address in question.addresses}
