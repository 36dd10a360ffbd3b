"""The pace against a server that counts every call as it arrives: nothing provoked, next to nothing left unused."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from bot.sending.rate_limiter import REFUSED_CHATS, Pace
from storage.messages.outbox import FILE, NOTICE, PRIORITY, REMINDER, REPLY
from tests.loopback import Limits
from tests.loopback.virtual_time import run

Latency = Callable[[random.Random], float]


def near(dice: random.Random) -> float:
    """A server in the same room."""
    return 0.001 + dice.random() * 0.004


def far(dice: random.Random) -> float:
    """Fifty milliseconds there and back, now and then a good deal more."""
    return 0.050 + dice.expovariate(1 / 0.008)


def poor(dice: random.Random) -> float:
    """A line that is anything from quick to seconds."""
    return dice.choice([0.03, 0.08, 0.3, 2.5])


def cold(dice: random.Random) -> float:
    """A server in the same room to which a connection has to be made first: what is begun until then waits for it."""
    return max(near(dice), 2 * (1.4 - asyncio.get_running_loop().time()))


@dataclass
class Line:
    """Calls to a counting server over a line with a latency of its own; everything in the loop's time."""

    pace: Pace
    limits: Limits
    latency: Latency
    dice: random.Random = field(default_factory=lambda: random.Random(4))
    waits: dict[str, list[float]] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)

    async def send(self, chat: str, kind: str = REMINDER) -> None:
        """Send until it is taken, as a lane does."""
        asked = asyncio.get_running_loop().time()
        while True:
            ticket = self.pace.ask(chat, PRIORITY[kind])
            assert await ticket.granted
            self.waits.setdefault(kind, []).append(asyncio.get_running_loop().time() - asked)
            refused = await self._call(chat)
            if refused:
                self.pace.refused(chat, refused)
            else:
                self.pace.served()
            self.pace.ended(ticket)
            if not refused:
                self.order.append(chat)
                return

    async def _call(self, chat: str) -> int:
        await asyncio.sleep(self.latency(self.dice) / 2)
        refused = self.limits.arrive(chat)
        await asyncio.sleep(self.latency(self.dice) / 2)
        return refused


def line(latency: Latency, burst: int = 1, per_second: float = 30, **limits: float) -> Line:
    clock = asyncio.get_running_loop().time
    pace = Pace(per_second, 1.0, burst, clock)
    return Line(pace, Limits(clock=clock, burst=burst, **limits), latency)  # type: ignore[arg-type]


async def broadcast(found: Line, people: int) -> float:
    """Send one reminder to each of so many people; return calls a second, from the first to the last of a first try."""
    await asyncio.gather(*(found.send(str(number)) for number in range(people)))
    arrived = found.limits.arrived
    return (len(arrived) - 1) / (arrived[-1] - arrived[0])


@pytest.mark.parametrize(("latency", "least"), [(near, 0.98), (far, 0.95), (poor, 0.40), (cold, 0.98)])
def test_a_broadcast_uses_what_is_allowed_and_provokes_nothing(latency: Latency, least: float) -> None:
    """Thirty a second by the server's count; on a line whose delays vary wildly it is slower and still not refused."""

    async def main() -> tuple[float, int]:
        found = line(latency)
        return await broadcast(found, 900), found.limits.provoked

    rate, provoked = run(main())

    assert provoked == 0
    assert rate >= least * 30


def test_nothing_is_sent_to_a_chat_before_its_retry_after_is_over() -> None:
    """Injected refusals are obeyed for their chat, and the others go on."""

    async def main() -> tuple[Limits, float, int]:
        found = line(near, injected_share=0.03, seed=3)
        await asyncio.gather(*(found.send(str(number)) for number in range(600)))
        return found.limits, found.limits.arrived[599] - found.limits.arrived[0], len(set(found.order))

    limits, seconds, reached = run(main())

    assert limits.injected > 10
    assert limits.provoked == 0
    assert reached == 600
    assert 599 / seconds >= 0.95 * 30


def test_two_messages_to_one_chat_are_a_second_apart() -> None:
    """Strictly for one; the burst that a server allows is for replies only."""

    async def main(burst: int, kind: str) -> tuple[float, int]:
        found = line(near, burst)
        loop = asyncio.get_running_loop()
        for _ in range(3):
            await found.send("7001", kind)
        return loop.time() - found.limits.arrived[0], found.limits.provoked

    strict, _ = run(main(1, REPLY))
    quick, provoked = run(main(3, REPLY))
    reminders, _ = run(main(3, REMINDER))

    assert 2.0 <= strict < 2.1
    assert quick < 0.1
    assert provoked == 0
    assert 2.0 <= reminders < 2.1


def test_a_reply_never_waits_behind_a_broadcast() -> None:
    """Beside a thousand reminders replies find room within hundredths of a second, and both together keep the limit."""

    async def main() -> tuple[list[float], int, float]:
        found = line(near)
        broadcasting = asyncio.ensure_future(broadcast(found, 1000))
        dice = random.Random(9)
        replies = []
        for number in range(160):
            await asyncio.sleep(dice.expovariate(8))
            replies.append(asyncio.ensure_future(found.send(f"r{number}", REPLY)))
        await asyncio.gather(*replies)
        return sorted(found.waits[REPLY]), found.limits.provoked, await broadcasting

    waits, provoked, rate = run(main())

    assert provoked == 0
    assert waits[int(len(waits) * 0.95)] < 0.1
    assert rate >= 0.93 * 30


def test_ranks_go_in_their_order() -> None:
    """Replies, files, notices, reminders, whatever came first."""

    async def main() -> list[str]:
        found = line(near, per_second=1)
        first = asyncio.ensure_future(found.send("first", REPLY))
        await asyncio.sleep(0)
        kinds = (REMINDER, NOTICE, FILE, REPLY)
        await asyncio.gather(first, *(found.send(kind, kind) for kind in kinds))
        return found.order

    assert run(main()) == ["first", REPLY, FILE, NOTICE, REMINDER]


def test_the_whole_door_rests_when_chat_after_chat_is_refused() -> None:
    """Some different chats refused and nobody served in between: everybody waits for the longest of them."""

    async def main() -> tuple[float, float]:
        clock = asyncio.get_running_loop().time
        pace = Pace(30, 1.0, 1, clock)
        for number in range(REFUSED_CHATS):
            ticket = pace.ask(str(number), PRIORITY[REPLY])
            await ticket.granted
            pace.refused(str(number), 10 + number)
            pace.ended(ticket)
        rests = pace.quiet_for()
        assert await pace.ask("another", PRIORITY[REPLY]).granted
        return rests, clock()

    rests, at = run(main())

    assert rests == pytest.approx(10 + REFUSED_CHATS - 1, abs=0.01)
    assert at == pytest.approx(10 + REFUSED_CHATS - 1, abs=0.01)


def test_refusals_with_somebody_served_in_between_concern_their_chats_alone() -> None:
    """That is what injected or personal refusals look like."""

    async def main() -> float:
        pace = Pace(30, 1.0, 1, asyncio.get_running_loop().time)
        for number in range(3 * REFUSED_CHATS):
            ticket = pace.ask(str(number), PRIORITY[REPLY])
            await ticket.granted
            if number % 2:
                pace.served()
            else:
                pace.refused(str(number), 10)
            pace.ended(ticket)
        return pace.quiet_for()

    assert run(main()) == 0.0


def test_a_call_without_an_answer_holds_its_room_until_a_second_after_it_was_given_up() -> None:
    """It may have arrived at any time until then."""

    async def main() -> float:
        clock = asyncio.get_running_loop().time
        pace = Pace(1, 0.0, 1, clock)
        ticket = pace.ask("a", PRIORITY[REPLY])
        await ticket.granted
        await asyncio.sleep(20)
        pace.ended(ticket, answered=False)
        await pace.ask("b", PRIORITY[REPLY]).granted
        return clock()

    assert run(main()) >= 21


def test_a_ticket_taken_back_leaves_its_room_to_the_next() -> None:
    """And one that was granted cannot be taken back."""

    async def main() -> tuple[bool, bool, bool, bool]:
        pace = Pace(1, 0.0, 1, asyncio.get_running_loop().time)
        first, second, third = (pace.ask(chat, PRIORITY[REPLY]) for chat in "abc")
        granted_back, waiting_back = pace.withdraw(first), pace.withdraw(second)
        pace.ended(first)
        return granted_back, waiting_back, await third.granted, await second.granted

    assert run(main()) == (False, True, True, False)


def test_the_first_second_of_a_process_belongs_to_one_that_may_have_been_killed_just_now() -> None:
    """A broadcast goes on a second after the start; replies do not wait for it."""

    async def main() -> tuple[float, float]:
        clock = asyncio.get_running_loop().time
        pace = Pace(30, 1.0, 1, clock)
        reminder = pace.ask("a", PRIORITY[REMINDER])
        await pace.ask("b", PRIORITY[REPLY]).granted
        replied = clock()
        await reminder.granted
        return replied, clock()

    replied, reminded = run(main())

    assert replied == 0.0
    assert 1.0 <= reminded < 1.1


def test_closing_lets_everybody_go_who_waits() -> None:
    """Nobody hangs, and no alarm is left ringing."""

    async def main() -> list[bool]:
        pace = Pace(1, 1.0, 1, asyncio.get_running_loop().time)
        tickets = [pace.ask(str(number), PRIORITY[REPLY]) for number in range(3)]
        await asyncio.sleep(0)
        pace.close()
        return [await ticket.granted for ticket in tickets]

    assert run(main()) == [True, False, False]


def test_without_limits_everything_goes_at_once_and_a_refusal_is_still_obeyed() -> None:
    """The web and the terminal have none."""

    async def main() -> tuple[bool, float]:
        clock = asyncio.get_running_loop().time
        pace = Pace(0, 0, 1, clock)
        tickets = [pace.ask("a", PRIORITY[REMINDER]) for _ in range(500)]
        at_once = all(ticket.granted.done() for ticket in tickets)
        pace.refused("a", 7)
        await pace.ask("a", PRIORITY[REPLY]).granted
        return at_once, clock()

    assert run(main()) == (True, 7.0)


def test_what_is_known_of_chats_does_not_grow_for_ever() -> None:
    """A year of people leaves no trace."""

    async def main() -> int:
        pace = Pace(0, 0.5, 1, asyncio.get_running_loop().time)
        for number in range(20_000):
            pace.ended(pace.ask(str(number), PRIORITY[REPLY]))
            if number % 1000 == 0:
                await asyncio.sleep(1)
        return len(pace._chats)

    assert run(main()) <= 6_000
