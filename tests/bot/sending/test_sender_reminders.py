"""Reminders on their way: decided right before they leave, sent once or not at all, never in the way of a reply."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo
from typing import Any

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from bot.channels.telegram.adapter import TelegramChannel
from bot.runtime.writer import Writer
from bot.sending import account_queue
from bot.sending.sender import LEASE_SECONDS, Sender
from storage.campaigns.turn_cache import TurnCache
from storage.messages import outbox
from tests.loopback import BotApi
from tests.loopback.doubles import LAN, MINH, UNHURRIED, Clock, Post, settled

DEAD = "SELECT error FROM outbox WHERE dead_at IS NOT NULL"
OPEN = "SELECT id, claimed_by FROM outbox WHERE sent_at IS NULL AND dead_at IS NULL"


@dataclass
class Desk:
    """In place of ``storage.reminders``: remembers what it was asked, and says what a test wants said."""

    batches: list[list[int]] = field(default_factory=list)
    unowed: set[int] = field(default_factory=set)
    poison: set[int] = field(default_factory=set)
    away: int = 0
    shut: bool = False
    turned_away: int = 0
    long: str = ""
    done: list[int] = field(default_factory=list)
    given_up: list[tuple[int, str]] = field(default_factory=list)
    unclear: list[tuple[int, str]] = field(default_factory=list)
    freed: list[datetime | None] = field(default_factory=list)

    @property
    def prepared(self) -> list[int]:
        return [each for batch in self.batches for each in batch]

    def prepare(
        self, connection: Connection, cache: TurnCache, outbox_ids: Sequence[int], now: datetime, zone: tzinfo
    ) -> Mapping[int, dict[str, Any] | None]:
        if self.away:
            self.away -= 1
            raise OperationalError("SELECT", {}, OSError("the database is away"))
        if self.poison.intersection(outbox_ids):
            raise KeyError("poison")
        if self.shut and self.batches:
            self.turned_away += 1
            raise OperationalError("SELECT", {}, OSError("the database is away"))
        self.batches.append(list(outbox_ids))
        for each in self.unowed.intersection(outbox_ids):
            outbox.dead(connection, each, "void", now)
        return {each: None if each in self.unowed else {"text": f"nhắc {each}{self.long}"} for each in outbox_ids}

    def settled(self, connection: Connection, outbox_ids: Sequence[int], now: datetime) -> None:
        self.done += outbox_ids

    def failed(self, connection: Connection, outbox_id: int, note: str, now: datetime) -> None:
        self.given_up.append((outbox_id, note))

    def uncertain(self, connection: Connection, outbox_id: int, note: str, now: datetime) -> None:
        self.unclear.append((outbox_id, note))
        outbox.dead(connection, outbox_id, "uncertain", now)

    def abandoned(
        self, connection: Connection, now: datetime, process: str | None = None, before: datetime | None = None
    ) -> int:
        self.freed.append(before)
        return 0


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
async def sender(writer: Writer, channel: TelegramChannel, clock: Clock, desk: Desk) -> AsyncIterator[Sender]:
    found = _sender(writer, channel, clock, desk)
    yield found
    await found.close()


def _sender(writer: Writer, channel: TelegramChannel, clock: Clock, desk: Desk, **also: Any) -> Sender:
    doors = {"telegram": channel}
    return Sender(writer, doors, clock.now, "p1", clock.sleep, clock=clock.seconds, reminding=desk, **also)


async def queue(post: Post, *chats: int) -> list[int]:
    """Queue one reminder for each chat, as the planner does; return the ids of the rows."""
    planner = Post(post.writer, post.clock, process="")
    return [(await planner.write(chat, "nhắc", kind=outbox.REMINDER))[0].id for chat in chats]


async def go(sender: Sender) -> None:
    await sender.sweep()
    await settled(sender)


async def test_reminders_are_prepared_some_at_a_time_and_settled_when_they_left(
    api: BotApi, sender: Sender, post: Post, desk: Desk
) -> None:
    """A hundred and twenty cost a few commits, and what is sent is what was just decided."""
    people = [api.person(chat) for chat in range(1, 121)]
    rows = await queue(post, *range(1, 121))
    await go(sender)

    assert [[seen.text for seen in person.seen] for person in people] == [[f"nhắc {row}"] for row in rows]
    assert sorted(desk.done) == rows
    assert sorted(desk.prepared) == rows
    assert len(desk.batches) <= 4


async def test_no_more_is_prepared_than_the_pace_takes_soon(
    api: BotApi, writer: Writer, clock: Clock, post: Post, desk: Desk
) -> None:
    """At twelve a second three at a time, and the next three when the last few are left."""
    channel = TelegramChannel(api.token, api.base_url, capabilities=replace(UNHURRIED, per_second=12.0))
    await channel.open()
    sender = _sender(writer, channel, clock, desk)
    ahead: list[int] = []

    async def look(method: str, stage: str) -> None:
        if (method, stage) == ("sendMessage", "accepted"):
            ahead.append(sum(map(len, desk.batches)) - len(ahead) - 1)

    api.faults.hook = look
    for chat in range(1, 41):
        api.person(chat)
    await queue(post, *range(1, 41))
    await go(sender)
    await sender.close()
    await channel.close()

    assert len(ahead) == 40
    assert max(ahead) <= 7
    assert all(len(batch) <= 3 for batch in desk.batches)


async def test_a_reminder_is_decided_whichever_way_it_comes(
    api: BotApi, sender: Sender, post: Post, desk: Desk
) -> None:
    """A row that somebody posts instead of leaving it to the sweep is no exception."""
    lan = api.person(LAN)
    (row,) = await post.write(LAN, "nhắc cũ", kind=outbox.REMINDER)
    sender.post([row])
    await settled(sender)

    assert [seen.text for seen in lan.seen] == [f"nhắc {row.id}"]


async def test_what_is_not_owed_any_more_is_not_sent(api: BotApi, sender: Sender, post: Post, desk: Desk) -> None:
    """The report came in between the planning and the sending."""
    lan, minh = api.person(LAN), api.person(MINH)
    rows = await queue(post, LAN, MINH)
    desk.unowed = {rows[0]}
    await go(sender)

    assert lan.seen == []
    assert [seen.text for seen in minh.seen] == [f"nhắc {rows[1]}"]
    assert await post.look(OPEN) == []


@pytest.mark.parametrize("error", ["drop_before", "drop_after"])
async def test_a_reminder_whose_answer_got_lost_is_uncertain_and_not_repeated(
    api: BotApi, sender: Sender, post: Post, desk: Desk, clock: Clock, error: str
) -> None:
    """The connection broke after the call: nobody knows whether it arrived."""
    lan = api.person(LAN)
    (row,) = await queue(post, LAN)
    api.faults.next_errors = [error]
    await go(sender)
    await clock.sleep(LEASE_SECONDS + 1)
    await go(sender)

    assert desk.unclear == [(row, "network")]
    assert [seen.text for seen in lan.seen] == ([] if error == "drop_before" else [f"nhắc {row}"])
    assert await post.look(DEAD) == [("uncertain",)]


async def test_a_reminder_that_surely_did_not_leave_is_decided_anew_and_sent_once(
    api: BotApi, writer: Writer, clock: Clock, post: Post, desk: Desk
) -> None:
    """No connection at all: that is not uncertain."""
    lan = api.person(LAN)
    nowhere = TelegramChannel(api.token, "http://127.0.0.1:9/bot", capabilities=UNHURRIED)
    await nowhere._calls.initialize()
    (row,) = await queue(post, LAN)
    cut_off = _sender(writer, nowhere, clock, desk)
    await go(cut_off)
    await cut_off.close()
    await nowhere.close()
    assert desk.unclear == []
    assert await post.look(OPEN) == [(row, None)]
    await clock.sleep(60)
    channel = TelegramChannel(api.token, api.base_url, capabilities=UNHURRIED)
    await channel.open()
    sender = _sender(writer, channel, clock, desk)
    await go(sender)
    await sender.close()
    await channel.close()

    assert [seen.text for seen in lan.seen] == [f"nhắc {row}"]
    assert desk.batches == [[row], [row]]


@pytest.mark.parametrize(("error", "wait"), [("429", 17), ("500", 1)])
async def test_a_refused_reminder_goes_back_and_is_decided_anew(
    api: BotApi, sender: Sender, post: Post, desk: Desk, clock: Clock, error: str, wait: int
) -> None:
    """Not a second before the server wants it, and only if it is still owed then."""
    lan, minh = api.person(LAN), api.person(MINH)
    rows = await queue(post, LAN, MINH)
    api.faults.retry_after = 17
    api.faults.next_errors = [error, error]
    await go(sender)
    await clock.sleep(wait - 0.5)
    await go(sender)
    early = len(lan.seen) + len(minh.seen)
    desk.unowed = {rows[1]}
    await clock.sleep(0.5)
    await go(sender)

    assert early == 0
    assert [seen.text for seen in lan.seen] == [f"nhắc {rows[0]}"]
    assert minh.seen == []
    assert desk.unclear == []


async def test_nobody_who_blocked_the_bot_is_written_to_until_she_writes(
    api: BotApi, sender: Sender, post: Post, desk: Desk
) -> None:
    """Later rows of hers are given up unattempted, with the reason; when the mark is gone they go again."""
    lan = api.person(LAN)
    lan.blocked = True
    first = await queue(post, LAN)
    await go(sender)
    calls = len(api.called("sendMessage"))
    second = await queue(post, LAN)
    await Post(post.writer, post.clock, process="").write(LAN, "đã gia hạn", kind=outbox.NOTICE)
    await go(sender)
    not_attempted = len(api.called("sendMessage")) - calls
    lan.blocked = False
    await post.look(f"UPDATE account SET blocked_at=NULL WHERE external='{LAN}' RETURNING id")
    (third,) = await queue(post, LAN)
    await go(sender)

    assert not_attempted == 0
    assert desk.given_up == [(first[0], "blocked"), (second[0], "blocked")]
    assert [error for (error,) in await post.look(DEAD)][1:] == ["blocked: not attempted"] * 2
    assert [seen.text for seen in lan.seen] == [f"nhắc {third}"]


async def test_a_reply_goes_before_a_reminder_that_still_waits_for_the_pace(
    api: BotApi, writer: Writer, clock: Clock, post: Post, desk: Desk
) -> None:
    """Lan writes while her reminder is decided and waits its turn behind others."""
    channel = TelegramChannel(api.token, api.base_url, capabilities=replace(UNHURRIED, per_second=1.0))
    await channel.open()
    sender = _sender(writer, channel, clock, desk)
    lan, _ = api.person(LAN), api.person(MINH)
    going, free = asyncio.Event(), asyncio.Event()

    async def hold(method: str, stage: str) -> None:
        if (method, stage) == ("sendMessage", "accepted"):
            going.set()
            await free.wait()

    api.faults.hook = hold
    (minh_row, lan_row) = await queue(post, MINH, LAN)
    await sender.sweep()
    await going.wait()
    while [minh_row, lan_row] != desk.prepared:
        await asyncio.sleep(0)
    sender.post(await post.write(LAN, "trả lời"))
    free.set()
    await settled(sender)
    await sender.close()
    await channel.close()

    assert [seen.text for seen in lan.seen] == ["trả lời", f"nhắc {lan_row}"]


async def test_closing_gives_back_what_was_decided_and_not_begun(
    api: BotApi, writer: Writer, clock: Clock, post: Post, desk: Desk
) -> None:
    """An orderly end leaves nothing uncertain: the one in flight is settled, the others wait for the next start."""
    channel = TelegramChannel(api.token, api.base_url, capabilities=replace(UNHURRIED, per_second=1.0))
    await channel.open()
    sender = _sender(writer, channel, clock, desk)
    chats = [*range(1, 7)]
    people = [api.person(chat) for chat in chats]
    going, free = asyncio.Event(), asyncio.Event()

    async def hold(method: str, stage: str) -> None:
        if (method, stage) == ("sendMessage", "accepted"):
            going.set()
            await free.wait()

    api.faults.hook = hold
    rows = await queue(post, *chats)
    await sender.sweep()
    await going.wait()
    closing = asyncio.create_task(sender.close())
    await asyncio.sleep(0)
    free.set()
    await closing
    await channel.close()

    assert [len(person.seen) for person in people] == [1, 0, 0, 0, 0, 0]
    assert desk.done == rows[:1]
    assert desk.unclear == []
    assert await post.look(OPEN) == [(row, None) for row in rows[1:]]


async def test_a_reminder_our_own_code_stumbles_over_does_not_hold_up_the_others(
    api: BotApi, sender: Sender, post: Post, desk: Desk
) -> None:
    """It is given up with the program's name on it."""
    people = [api.person(chat) for chat in range(1, 6)]
    rows = await queue(post, *range(1, 6))
    desk.poison = {rows[2]}
    await go(sender)

    assert [len(person.seen) for person in people] == [1, 1, 0, 1, 1]
    assert desk.given_up == [(rows[2], "program")]


async def test_a_database_that_is_away_while_reminders_are_decided_is_waited_for(
    api: BotApi, sender: Sender, post: Post, desk: Desk
) -> None:
    """A later look decides about the same rows."""
    lan = api.person(LAN)
    (row,) = await queue(post, LAN)
    desk.away = 2
    await sender.sweep()
    while desk.away:
        await sender.sweep()
        await asyncio.sleep(0.001)
    await go(sender)

    assert [seen.text for seen in lan.seen] == [f"nhắc {row}"]


async def test_what_was_posted_before_the_database_went_away_is_not_decided_twice(
    api: BotApi, sender: Sender, post: Post, desk: Desk
) -> None:
    """Of some that are decided one by one the first is on its way when the second finds no database."""
    people = [api.person(chat) for chat in range(1, 5)]
    going, free = asyncio.Event(), asyncio.Event()

    async def hold(method: str, stage: str) -> None:
        if (method, stage) == ("sendMessage", "accepted"):
            going.set()
            await free.wait()

    api.faults.hook = hold
    rows = await queue(post, *range(1, 5))
    desk.poison, desk.shut = {rows[3]}, True
    await sender.sweep()
    await going.wait()
    while desk.turned_away < 9:
        await sender.sweep()
    left = dict(await post.look(OPEN))
    desk.shut = False
    free.set()
    await go(sender)

    assert left[rows[0]] == "p1", "still this process's while the call is under way"
    assert [len(person.seen) for person in people] == [1, 1, 1, 0]
    assert desk.prepared == rows[:3]
    assert desk.given_up == [(rows[3], "program")]


async def test_of_a_long_reminder_no_piece_comes_twice(
    api: BotApi, writer: Writer, clock: Clock, post: Post, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second piece finds no room for longer than a reminder is fresh: it waits, as the first one is out."""
    monkeypatch.setattr(account_queue, "FRESH_SECONDS", 0.0)
    channel = TelegramChannel(api.token, api.base_url, capabilities=replace(UNHURRIED, per_chat_seconds=1.0))
    await channel.open()
    later = asyncio.Event()

    async def sleep(seconds: float) -> None:
        await later.wait()
        await clock.sleep(seconds)

    sender = Sender(writer, {"telegram": channel}, clock.now, "p1", sleep, clock=clock.seconds, reminding=desk)
    lan = api.person(LAN)
    desk.long = "x" * 6_000
    (row,) = await queue(post, LAN)
    while not lan.seen:
        await sender.sweep()
    for _ in range(20):
        await sender.sweep()
    later.set()
    await go(sender)
    await sender.close()
    await channel.close()

    assert "".join(seen.text for seen in lan.seen) == f"nhắc {row}{desk.long}"
    assert desk.batches == [[row]]


async def test_what_others_left_is_looked_for_at_the_start_and_then_by_its_lease(
    sender: Sender, desk: Desk, clock: Clock
) -> None:
    """Alone on a database everything older than this process is a dead one's; later only what ran out."""
    began = clock.now()
    await sender.sweep()
    await sender.sweep()
    await clock.sleep(100)
    await sender.sweep()

    assert desk.freed == [began, began + timedelta(seconds=100 - LEASE_SECONDS)]


async def test_no_text_and_no_token_is_logged(
    api: BotApi, sender: Sender, post: Post, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever goes wrong with a reminder."""
    caplog.set_level("DEBUG")
    for chat in (LAN, MINH, 1, 2):
        api.person(chat)
    rows = await queue(post, LAN, MINH, 1, 2)
    desk.poison = {rows[0]}
    api.faults.next_errors = ["drop_after", "500", "429"]
    await go(sender)

    assert "nhắc" not in caplog.text
    assert api.token not in caplog.text
