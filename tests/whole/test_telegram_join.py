"""Inviting and joining over HTTP: the bot learns its name, the code's link works, each chat gets its own menu."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from functools import partial

import pytest
from sqlalchemy import Connection

from bot.channels.channel import Request
from bot.channels.telegram.adapter import CAPABILITIES, TelegramChannel, render
from bot.runtime.writer import Writer
from bot.sending.sender import Sender
from storage.messages import outbox
from storage.messages.outbox import OutboxRow
from storage.people import invites, membership, people
from storage.schema import meta
from tests.loopback import BotApi, Person, Seen
from tests.loopback.doubles import Clock
from tests.loopback.office import FIRST_CHAT, code, found_office
from tests.loopback.serving import serving


@dataclass
class House:
    """The service, an official of commune X0, and somebody new."""

    api: BotApi
    lan: Person
    new: Person
    writer: Writer


@pytest.fixture
async def house(
    api: BotApi, channel: TelegramChannel, writer: Writer, sender: Sender, clock: Clock
) -> AsyncIterator[House]:
    await writer.run(lambda connection: found_office(connection, 1, clock.now()))

    async def named(username: str) -> None:
        await writer.run(partial(meta.put, key="telegram.username", value=username))

    async with serving(channel, writer, sender, clock, named):
        yield House(api, api.person(FIRST_CHAT, "Lan"), api.person(9001, "Mới"), writer)


async def until(true: Callable[[], bool]) -> None:
    """Let the loop run until something holds; the time only ends a broken test."""
    async with asyncio.timeout(20):
        while not true():
            await asyncio.sleep(0.001)


def menu_row(*commands: list[str]) -> OutboxRow:
    return OutboxRow(1, "telegram", 1, "7001", None, None, outbox.NOTICE, {"text": "", "menu": list(commands)})


def test_a_menu_is_one_call_for_one_chat() -> None:
    (call,) = render(menu_row(["tiep", "Câu tiếp theo"]), None, CAPABILITIES)
    assert call.method == "setMyCommands" and "chat_id" not in call.fields
    assert json.loads(call.fields["commands"]) == [{"command": "tiep", "description": "Câu tiếp theo"}]
    assert json.loads(call.fields["scope"]) == {"type": "chat", "chat_id": "7001"}


def test_an_empty_menu_is_taken_back() -> None:
    """Menus are no messages: no reply waits its turn behind them."""
    assert render(menu_row(), None, CAPABILITIES) == (
        Request("deleteMyCommands", {"scope": '{"type": "chat", "chat_id": "7001"}'}, paced=False),
    )


async def test_a_link_brings_somebody_in_with_a_menu_of_their_own(house: House, clock: Clock) -> None:
    def invite(connection: Connection) -> str:
        unit = invites.unit_by_code(connection, code(0))
        assert unit is not None
        return membership.ways_in(connection, invites.create(connection, unit, people.OFFICIAL, clock.now()))

    ways = await house.writer.run(invite)
    house.new.type("/start " + "KXKX-KXKX")
    assert "Mã mời không đúng" in (await house.new.next()).text
    assert f"https://t.me/{(await house.writer.run(partial(meta.get, key='telegram.username')))}?start=" in ways
    house.new.type("/start " + ways.rsplit(" ", 1)[-1])
    asked = await house.new.next()
    assert "Đây có đúng là đơn vị của đồng chí không?" in asked.text
    house.new.press(asked, "Đúng")
    shown = await house.new.next()
    assert "Chào mừng đồng chí" in shown.text and "0/32" in shown.text
    await until(lambda: 9001 in house.api.menus)
    commands = [each["command"] for each in house.api.menus[9001]]
    assert "tiep" in commands and "moi" not in commands

    await house.writer.run(lambda connection: _end(connection, clock))
    await until(lambda: 9001 not in house.api.menus)
    house.new.press(shown, "Bắt đầu")
    assert "chưa được gắn với đơn vị nào" in (await _told_last(house.new)).text


def _end(connection: Connection, clock: Clock) -> None:
    known = people.speaker(connection, "telegram", "9001")
    assert known is not None
    ((unit, _),) = people.roles_of(connection, known.person, clock.now())
    (member,) = [each for each in people.members(connection, unit, clock.now()) if each.person == known.person]
    membership.end(connection, member.role_id, None, clock.now())


async def _told_last(person: Person) -> Seen:
    """The notice that the role has ended may come before the answer to the press."""
    seen = await person.next()
    return await person.next() if "đã kết thúc" in seen.text else seen
