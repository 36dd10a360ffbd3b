"""Several processes on one database: nobody overwrites, nobody gets the same number."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from dialogs.forms.answers import Address, State
from dialogs.turn.session import Session
from dialogs.values.effects import SaveAnswer, SendReport
from dialogs.values.world import Person
from storage.campaigns import answers
from storage.campaigns.turn_cache import TurnCache
from storage.effects import apply
from storage.messages import inbox, sessions
from storage.messages.context import Context
from storage.schema.database import Database
from storage.world import StoredWorld
from tests.office.province import NOW, TOTAL, WOMEN, ZONE, Province


def _together(*works: Callable[[], None]) -> None:
    failures: list[BaseException] = []

    def run(work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def _context(province: Province, code: str) -> Context:
    return Context(province.people[code], province.accounts[code], "telegram", f"chat-{code}", None, "1", NOW)


def test_receipts_are_counted_without_gaps_or_doubles(province: Province) -> None:
    numbers: list[str] = []

    def send(code: str) -> None:
        with province.database.write() as connection:
            world = StoredWorld(connection, province.people[code], "telegram", NOW, ZONE, TurnCache())
            report = world.report(province.reports[code])
            assert report is not None
            promised = report.next_receipt()
            apply(connection, [SendReport(report.id, promised)], _context(province, code), TurnCache())
        numbers.append(promised)

    _together(*(lambda code=code: send(code) for code in province.reports))
    assert sorted(numbers) == [f"KL62-{number:04}" for number in range(1, 9)]


def test_one_event_delivered_to_four_processes_is_taken_once(province: Province) -> None:
    taken: list[int | None] = []

    def take() -> None:
        with province.database.write() as connection:
            taken.append(inbox.take(connection, "telegram", "update-1", None, "TextReceived", "", NOW))

    _together(take, take, take, take)
    assert sorted(key is None for key in taken) == [False, True, True, True]


def test_turns_of_one_person_in_two_processes_go_one_after_the_other(province: Province) -> None:
    person = province.people["X1"].id

    def turns() -> None:
        for _ in range(10):
            with province.database.write() as connection:
                session = sessions.load(connection, person)
                sessions.save(connection, person, Session(mark=session.mark + 1), NOW)

    _together(turns, turns)
    with province.database.read() as connection:
        assert sessions.peek(connection, person).mark == 20


def test_two_colleagues_write_into_one_report_and_every_writing_is_counted(province: Province) -> None:
    def official(addresses: tuple[Address, ...]) -> None:
        cache = TurnCache()
        for number in range(8):
            with province.database.write() as connection:
                world = StoredWorld(connection, province.people["X1"], "telegram", NOW, ZONE, cache)
                report = world.report(province.reports["X1"])
                assert report is not None
                seen = {address: report.answers[address].version for address in addresses if address in report.answers}
                saves = [SaveAnswer(report.id, address, State.VALUE, number) for address in addresses]
                apply(connection, saves, _context(province, "X1"), cache)
                after = {address: report.answers[address].version for address in addresses}
                assert after == {address: seen.get(address, 0) + 1 for address in addresses}

    _together(lambda: official((TOTAL, WOMEN)), lambda: official((TOTAL,)))
    with province.database.read() as connection:
        stored = answers.load(connection, province.reports["X1"])
    assert (stored[TOTAL].version, stored[WOMEN].version) == (16, 8)


def test_a_report_looked_at_in_a_turn_stays_as_it_was_seen(postgres: Database) -> None:
    from tests.office.province import build

    province = build(postgres)
    seen = threading.Event()
    order: list[str] = []

    def slow() -> None:
        with postgres.write() as connection:
            world = StoredWorld(connection, province.people["X1"], "telegram", NOW, ZONE, TurnCache())
            assert world.report(province.reports["X1"]) is not None
            seen.set()
            order.append("slow")
            apply(connection, [_save(province, 1)], _context(province, "X1"), TurnCache())

    def quick() -> None:
        assert seen.wait(30)
        with postgres.write() as connection:
            apply(connection, [_save(province, 2)], _context(province, "X1"), TurnCache())
            order.append("quick")

    _together(slow, quick)
    assert order == ["slow", "quick"]
    with postgres.read() as connection:
        assert answers.load(connection, province.reports["X1"])[TOTAL].value == 2


def _save(province: Province, value: int) -> SaveAnswer:
    return SaveAnswer(province.reports["X1"], TOTAL, State.VALUE, value)


@pytest.mark.parametrize("readers", [3])
def test_readers_go_on_while_a_turn_is_written(province: Province, readers: int) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        for _ in range(readers):
            with province.database.read() as reading:
                assert answers.load(reading, province.reports["X1"]) == {}
    with province.database.read() as reading:
        assert answers.load(reading, province.reports["X1"])[TOTAL].value == 12


def test_a_person_is_named_in_what_they_wrote(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        found = answers.load(connection, province.reports["X1"])[TOTAL]
    assert found.by == Person(0, "Người của X1").name
