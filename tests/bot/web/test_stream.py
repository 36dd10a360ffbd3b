"""What one open stream sends, beneath HTTP: every line once, whatever order they are committed in."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime

from bot.channels.incoming import Account
from bot.web.records import ChatLine
from bot.web.stream import MAX_STREAMS, OVERLAP, Bell, Listener, event

LAN = Account("web", "xa1")


def line(key: int) -> ChatLine:
    return ChatLine(key, "web", "", "", datetime(2025, 1, 1, tzinfo=UTC), f"dòng {key}", (), ())


class Committed:
    """Lines that can be seen, by id."""

    def __init__(self, *ids: int) -> None:
        self.ids = set(ids)

    def after(self, account: Account, line_id: int, limit: int) -> Sequence[ChatLine]:
        return [line(key) for key in sorted(self.ids) if key > line_id][:limit]

    def before(self, account: Account, line_id: int, limit: int) -> Sequence[ChatLine]:
        return []

    def file(self, account: Account, file: int) -> None:
        return None

    def check(self) -> None:
        return None


def take(listener: Listener, records: Committed, limit: int = 60) -> list[int]:
    """Read as the stream does and note what was read as sent."""
    lines = listener.read(records, limit)
    if lines:
        listener.wrote(lines)
    return [each.id for each in lines]


def test_every_line_is_sent_once() -> None:
    records, listener = Committed(1, 2, 3), Listener(LAN, "", 0)
    assert take(listener, records) == [1, 2, 3]
    assert take(listener, records) == []
    records.ids.add(4)
    assert take(listener, records) == [4]


def test_it_goes_on_after_what_the_page_has() -> None:
    assert take(Listener(LAN, "", 2), Committed(1, 2, 3)) == [3]


def test_a_line_committed_late_is_sent_all_the_same() -> None:
    records, listener = Committed(7, 9), Listener(LAN, "", 7)
    assert take(listener, records) == [9]
    records.ids.add(8)
    assert take(listener, records) == [8]
    records.ids.add(10)
    assert take(listener, records) == [10]
    assert take(listener, records) == []


def test_a_long_history_comes_in_pages() -> None:
    records, listener = Committed(*range(1, 200)), Listener(LAN, "", 0)
    found: list[int] = []
    while page := take(listener, records):
        found += page
    assert found == list(range(1, 200))


def test_what_is_remembered_does_not_grow() -> None:
    records, listener = Committed(), Listener(LAN, "", 0)
    for key in range(1, 1000):
        records.ids = {key}
        assert take(listener, records) == [key]
    assert len(listener._known or ()) <= OVERLAP


def test_text_with_line_ends_stays_one_event() -> None:
    found = ChatLine(1, "web", "a\r\nb", "t", datetime(2025, 1, 1, tzinfo=UTC), "một\n\nhai\u2028ba", (), ())
    assert event(found).decode().count("\n") == 3


def test_a_ring_wakes_the_person_and_nobody_else() -> None:
    bell = Bell()
    with bell.listen(LAN, "s1", 0) as mine, bell.listen(Account("web", "huyen1"), "s2", 0) as other:
        bell.ring("xa1")
        assert (mine.rung.is_set(), other.rung.is_set()) == (True, False)
        bell.hang_up("s2")
        assert (mine.closing, other.closing) == (False, True)
    assert bell.listeners() == []


def test_one_stream_too_many_closes_the_oldest() -> None:
    bell = Bell()
    with ExitStack() as pages:
        found = [pages.enter_context(bell.listen(LAN, "s", 0)) for _ in range(MAX_STREAMS + 1)]
        assert [each.closing for each in found] == [True] + [False] * MAX_STREAMS


def test_a_closed_bell_lets_nobody_wait() -> None:
    bell = Bell()
    bell.close()
    with bell.listen(LAN, "s", 0) as late:
        assert late.closing
