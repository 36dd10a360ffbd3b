"""What was sent is marked together, soon, and before more goes to the same account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.sending.sender import Sender
from bot.sending.sent_batch import Marks
from tests.loopback import BotApi
from tests.loopback.doubles import LAN, Clock, Post, settled

A, B = ("telegram", "1"), ("telegram", "2")


@dataclass
class Book:
    """Where marks are written; ``shut`` writes fail first."""

    written: list[list[int]] = field(default_factory=list)
    stored: list[int] = field(default_factory=list)
    shut: int = 0

    async def write(self, rows: Sequence[int]) -> None:
        if self.shut:
            self.shut -= 1
            raise OSError
        self.written.append(list(rows))


async def test_rows_of_several_accounts_are_marked_in_one_commit(clock: Clock) -> None:
    """Sends that end within milliseconds share a commit."""
    book = Book()
    marks = Marks(book.write, book.stored.extend, clock.sleep)
    marks.add(A, 1)
    marks.add(B, 2)
    await marks.flush(5)

    assert book.written == [[1, 2]]
    assert book.stored == [1, 2]


async def test_the_next_of_an_account_waits_for_the_mark_and_hurries_it(clock: Clock) -> None:
    """Whoever waits for a mark does not wait for others to join it."""
    book = Book()
    marks = Marks(book.write, book.stored.extend, clock.sleep)
    marks.add(A, 1)
    await marks.wait(A)
    await marks.wait(B)

    assert book.written == [[1]]


async def test_marks_outlive_a_database_that_is_away(clock: Clock) -> None:
    """They are written when it is back, and not forgotten."""
    book = Book(shut=3)
    marks = Marks(book.write, book.stored.extend, clock.sleep)
    marks.add(A, 1)
    await marks.wait(A)

    assert book.written == [[1]]
    assert len(clock.slept) == 3


async def test_of_one_account_at_most_one_row_is_sent_and_not_marked(api: BotApi, sender: Sender, post: Post) -> None:
    """So that a crash repeats the last screen only: an older one never comes after a newer."""
    lan = api.person(LAN)
    unmarked: list[int] = []

    async def look(method: str, stage: str) -> None:
        if (method, stage) == ("sendMessage", "accepted"):
            left = await post.look("SELECT id FROM outbox WHERE sent_at IS NULL")
            unmarked.append(len(left) - (5 - len(lan.seen)))

    api.faults.hook = look
    sender.post(await post.write(LAN, *map(str, range(5))))
    await settled(sender)

    assert unmarked == [1, 1, 1, 1, 1]
