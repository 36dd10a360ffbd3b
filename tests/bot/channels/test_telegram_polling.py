"""Telegram's updates: committed first, confirmed after it, each taken once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable

import pytest

from bot.channels.channel import DoorClosed
from bot.channels.telegram.adapter import TelegramChannel
from bot.channels.telegram.polling import Poller
from bot.sending.sender import Sender
from bot.service.reception import Reception
from dialogs.machine import CATALOG
from dialogs.values.events import ChoicePressed, FileReceived, MessageEdited, TextReceived, UnsupportedReceived
from tests.loopback import BotApi, Faults
from tests.loopback.doubles import LAN, MINH, UNHURRIED, Clock, Echo, settled


@pytest.fixture
async def poller(
    api: BotApi, channel: TelegramChannel, turns: Echo, sender: Sender, clock: Clock
) -> AsyncIterator[Poller]:
    """A poller that runs while the test does."""
    found = Poller(channel, Reception(turns, sender), clock.sleep)
    running = asyncio.create_task(found.run())
    yield found
    found.stop()
    await running


async def until(true: Callable[[], bool]) -> None:
    """Let the loop run until something holds; the time only ends a broken test."""
    async with asyncio.timeout(20):
        while not true():
            await asyncio.sleep(0.001)


async def test_a_message_is_taken_and_answered(api: BotApi, poller: Poller, turns: Echo) -> None:
    """The whole way: typed, polled, taken, sent."""
    lan = api.person(LAN)
    (message,) = lan.type("12 5 0 1")
    seen = await lan.next()

    assert seen.text == f"TextReceived {message}"
    assert turns.taken[0].event == TextReceived("12 5 0 1", str(message))


async def test_a_button_is_taken_as_pressed_and_its_clock_is_stopped(api: BotApi, poller: Poller, turns: Echo) -> None:
    """The press becomes an event; Telegram is told after the commit."""
    lan = api.person(LAN)
    lan.type("x")
    press = lan.press(await lan.next(), "Tiếp")
    await lan.next()
    await until(lambda: lan.answered == [press])

    assert turns.taken[1].event == ChoicePressed("1:next")


async def test_a_press_that_telegram_has_forgotten_is_taken_all_the_same(
    api: BotApi, poller: Poller, turns: Echo
) -> None:
    """ "Query is too old" is nobody's trouble: the answer was stored before it was acknowledged."""
    lan = api.person(LAN)
    press = lan.press_data("9.9.9:stale")
    api._open_presses.discard(press)
    seen = await lan.next()
    await until(lambda: len(api.called("answerCallbackQuery")) == 1)

    assert seen.text == "ChoicePressed"
    assert lan.answered == []


async def test_edits_files_and_stickers_are_taken(api: BotApi, poller: Poller, turns: Echo) -> None:
    """Whatever a person can send reaches a dialog, or is ignored on purpose."""
    lan = api.person(LAN)
    (message,) = lan.type("12")
    lan.edit(message, "13")
    lan.send(sticker={"file_id": "s"})
    lan.send(document={"file_id": "d", "file_name": "PL3.xlsx", "file_size": 5})
    for _ in range(4):
        await lan.next()

    kinds = [type(incoming.event) for incoming in turns.taken]
    assert kinds == [TextReceived, MessageEdited, UnsupportedReceived, FileReceived]
    assert turns.taken[1].event == MessageEdited("13", str(message))


async def test_a_long_paste_arrives_in_pieces_that_join(api: BotApi, poller: Poller, turns: Echo) -> None:
    """The client cuts at 4,096 units; every piece is an event of its own, in order."""
    lan = api.person(LAN)
    text = "".join(chr(0x1EA0 + n % 80) for n in range(20_000))
    pieces = lan.type(text)
    for _ in pieces:
        await lan.next()

    assert len(pieces) == 5
    assert "".join(incoming.event.text for incoming in turns.taken if isinstance(incoming.event, TextReceived)) == text


async def test_an_update_is_confirmed_only_after_the_commit(
    api: BotApi, poller: Poller, turns: Echo, sender: Sender
) -> None:
    """While the database is away Telegram keeps the update; then it is taken, once."""
    lan = api.person(LAN)
    turns.failures = 3
    lan.type("không được mất")
    seen = await lan.next()
    offsets = [int(call.fields["offset"]) for call in api.called("getUpdates")]
    await settled(sender)

    assert seen.text.startswith("TextReceived")
    assert len(turns.taken) == 1
    assert offsets[:4] == [0, 0, 0, 0]


async def test_a_batch_is_one_call_of_at_most_a_hundred(
    api: BotApi, channel: TelegramChannel, turns: Echo, sender: Sender, clock: Clock
) -> None:
    """What waited while the bot was off is taken in order."""
    lan, minh = api.person(LAN), api.person(MINH)
    for number in range(125):
        (lan if number % 2 else minh).type(str(number))
    poller = Poller(channel, Reception(turns, sender), clock.sleep)
    running = asyncio.create_task(poller.run())
    await until(lambda: len(turns.taken) == 125)
    await settled(sender)
    poller.stop()
    await running

    texts = [incoming.event.text for incoming in turns.taken if isinstance(incoming.event, TextReceived)]
    assert texts == [str(number) for number in range(125)]
    assert all(call.fields["limit"] == "100" for call in api.called("getUpdates"))


async def test_a_doubled_update_is_answered_once(api: BotApi, poller: Poller, turns: Echo, sender: Sender) -> None:
    """The second delivery meets silence, whether it comes in the same batch or later."""
    api.faults.doubled = 1.0
    lan = api.person(LAN)
    for number in range(10):
        lan.type(str(number))
    await until(lambda: api.updates.confirmed >= 10 and not api.updates.again)
    await settled(sender)

    assert len(turns.taken) == 10
    assert len(lan.seen) == 10


async def test_the_offset_never_goes_back(api: BotApi, poller: Poller, turns: Echo) -> None:
    """An old update that comes again does not make Telegram send everything again."""
    lan = api.person(LAN)
    lan.type("một")
    await lan.next()
    api.updates.repeat({**json.loads(turns.taken[0].raw)})
    lan.type("hai")
    await lan.next()
    offsets = [int(call.fields["offset"]) for call in api.called("getUpdates")]

    assert offsets == sorted(offsets)


async def test_kinds_of_updates_are_named_and_nothing_pending_is_dropped(api: BotApi, poller: Poller) -> None:
    """Left out, Telegram keeps what was asked for last, by whomever."""
    await until(lambda: bool(api.called("getUpdates")))

    asked = api.called("getUpdates")[0].fields["allowed_updates"]
    assert json.loads(asked) == ["message", "edited_message", "callback_query"]
    assert not any("drop_pending_updates" in call.fields for call in api.calls)


async def test_commands_are_shown_in_the_menu(api: BotApi, poller: Poller) -> None:
    """Everybody is shown what a stranger may do; each person's own commands come with their roles."""
    await until(lambda: bool(api.commands))

    assert [command["command"] for command in api.commands] == [each.command for each in CATALOG.menu.strangers]


async def test_a_webhook_set_elsewhere_is_taken_away_and_said(
    api: BotApi, channel: TelegramChannel, turns: Echo, sender: Sender, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    """With a webhook set Telegram refuses getUpdates; what waited for the webhook is not lost."""
    lan = api.person(LAN)
    api.webhook = "https://other.example/hook"
    lan.type("gửi lúc webhook còn đặt")
    poller = Poller(channel, Reception(turns, sender), clock.sleep)
    running = asyncio.create_task(poller.run())
    await lan.next()
    poller.stop()
    await running

    assert "webhook" in caplog.text
    assert api.called("deleteWebhook")[0].fields["drop_pending_updates"] == "false"
    assert len(turns.taken) == 1


async def test_a_refused_token_ends_the_poller(api: BotApi, turns: Echo, sender: Sender, clock: Clock) -> None:
    """A wrong token cannot be waited out."""
    channel = TelegramChannel("1:wrong", api.base_url)
    with pytest.raises(DoorClosed, match="BAOCAO_TELEGRAM_TOKEN"):
        await Poller(channel, Reception(turns, sender), clock.sleep).run()
    await channel.close()


async def test_a_token_taken_back_while_running_ends_the_poller(
    api: BotApi, channel: TelegramChannel, turns: Echo, sender: Sender, clock: Clock
) -> None:
    """Revoked at @BotFather: one clear line instead of silence."""
    running = asyncio.create_task(Poller(channel, Reception(turns, sender), clock.sleep).run())
    await until(lambda: bool(api.called("getUpdates")))
    api.token = "1:new"
    api.person(LAN).type("x")
    with pytest.raises(DoorClosed):
        await running


async def test_a_second_poller_is_said_and_waited_out(
    api: BotApi, poller: Poller, channel: TelegramChannel, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    """409: another program polls with the same token; this one says so and tries again."""
    await until(lambda: bool(api.called("getUpdates")))
    other = asyncio.create_task(channel.updates(0, 30))
    await until(lambda: "Một chương trình khác" in caplog.text)
    lan = api.person(LAN)
    lan.type("vẫn nhận")
    await asyncio.gather(other, return_exceptions=True)
    seen = await lan.next()

    assert seen.text.startswith("TextReceived")
    assert clock.slept[0] == 1.0


@pytest.mark.parametrize("error", ["500", "429", "drop_before", "drop_after"])
async def test_a_poll_that_fails_is_tried_again_and_loses_nothing(
    api: BotApi, poller: Poller, turns: Echo, error: str
) -> None:
    """Updates handed out over a line that broke come again, because they were not confirmed."""
    lan = api.person(LAN)
    await until(lambda: bool(api.called("getUpdates")))
    api.faults.next_errors = [None, error, error]
    lan.type("một")
    lan.type("hai")
    await lan.next()
    await lan.next()

    assert [incoming.event.message for incoming in turns.taken] == ["1", "2"]


async def test_waits_between_failures_grow_and_start_anew(
    api: BotApi, channel: TelegramChannel, turns: Echo, sender: Sender, clock: Clock
) -> None:
    """A network that comes back is used at once, and the next failure waits a second again."""
    api.faults.next_errors = ["500", "500", "500", None, None, None, None, "500"]
    poller = Poller(channel, Reception(turns, sender), clock.sleep)
    api.person(LAN).type("x")
    running = asyncio.create_task(poller.run())
    await api.person(LAN).next()
    await until(lambda: len(clock.slept) >= 4)
    poller.stop()
    await running

    assert clock.slept[:4] == [1.0, 2.0, 4.0, 1.0]


async def test_stopping_does_not_wait_for_the_poll(
    api: BotApi, channel: TelegramChannel, turns: Echo, sender: Sender, clock: Clock
) -> None:
    """A long poll holds nothing that could be lost, so it is broken off."""
    poller = Poller(channel, Reception(turns, sender), clock.sleep)
    running = asyncio.create_task(poller.run())
    await until(lambda: bool(api.called("getUpdates")))
    poller.stop()
    async with asyncio.timeout(5):
        await running

    assert running.done()


async def test_a_stop_while_the_door_opens_begins_no_poll(
    api: BotApi, turns: Echo, sender: Sender, clock: Clock
) -> None:
    """Work that will not be waited for is not begun: a coroutine nobody awaits is an error of these tests."""

    class StoppedWhileOpening(TelegramChannel):
        async def begin_polling(self) -> None:
            await super().begin_polling()
            poller.stop()

    channel = StoppedWhileOpening(api.token, api.base_url)
    poller = Poller(channel, Reception(turns, sender), clock.sleep)
    await poller.run()
    await channel.close()

    assert api.commands
    assert api.called("getUpdates") == []


async def test_an_update_that_nobody_can_read_does_not_hold_up_the_others(
    api: BotApi, poller: Poller, turns: Echo
) -> None:
    """A kind of message that python-telegram-bot would stumble over is one event among others."""
    lan = api.person(LAN)
    api.updates.add({"message": {"message_id": "?", "chat": [], "from": None}})
    lan.send(poll={"broken": True})
    lan.type("hai")
    await lan.next()
    await lan.next()

    assert [type(incoming.event) for incoming in turns.taken] == [UnsupportedReceived, TextReceived]


async def test_errors_drops_and_doubles_lose_and_double_nothing(turns: Echo, sender: Sender, clock: Clock) -> None:
    """A fifth of all calls fail and a third of all updates come twice: every message is taken once, in order."""
    async with BotApi(Faults(errors=0.2, doubled=0.3, seed=5)) as api:
        channel = TelegramChannel(api.token, api.base_url, capabilities=UNHURRIED)
        sending = Sender(turns.post.writer, {"telegram": channel}, clock.now, "p1", clock.sleep, clock=clock.seconds)
        poller = Poller(channel, Reception(turns, sending), clock.sleep)
        running = asyncio.create_task(poller.run())
        people = [api.person(chat) for chat in range(1, 11)]
        for number in range(10):
            for person in people:
                person.type(str(number))
            wanted = number + 1
            await until(lambda wanted=wanted: all(len({seen.text for seen in each.seen}) == wanted for each in people))
        await settled(sending)
        poller.stop()
        await running
        await sending.close()
        await channel.close()

    for person in people:
        mine = [each.event for each in turns.taken if each.account.external == str(person.chat)]
        assert [event.text for event in mine if isinstance(event, TextReceived)] == [str(n) for n in range(10)]
        assert list(dict.fromkeys(seen.text for seen in person.seen)) == [f"TextReceived {e.message}" for e in mine]
