"""People, accounts, files and jobs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from dialogs.answering.kept import RowNamed
from dialogs.turn.session import Session
from storage.messages import files, jobs, sessions
from storage.people import people
from storage.people.people import Speaker
from storage.schema.database import Database
from storage.schema.errors import Refused
from tests.office.province import NOW, Province

LEASE = timedelta(minutes=5)


def test_an_account_leads_to_its_person(province: Province) -> None:
    person = province.people["X1"]
    with province.database.write() as connection:
        web = people.add_account(connection, person.id, "web", "phiên-1", NOW)
        assert people.speaker(connection, "web", "phiên-1") == Speaker(web, person.id, person.name)
        assert people.speaker(connection, "telegram", "chat-X1") == Speaker(
            province.accounts["X1"], person.id, person.name
        )
        assert people.speaker(connection, "telegram", "phiên-1") is None
        assert people.account_of(connection, person.id, "web") == (web, "phiên-1")
        assert people.account_of(connection, person.id, "zalo") is None


def test_an_identity_of_a_channel_belongs_to_one_account(province: Province) -> None:
    with pytest.raises(IntegrityError), province.database.write() as connection:
        people.add_account(connection, None, "telegram", "chat-X1", NOW)


def test_a_newcomer_is_a_person_without_any_role(database: Database) -> None:
    with database.write() as connection:
        first = people.newcomer(connection, "telegram", "666", "Ai đó", NOW)
        assert first is not None
        assert people.newcomer(connection, "telegram", "666", "Ai đó", NOW) is None
        assert people.speaker(connection, "telegram", "666") == first
        assert people.speaker(connection, "web", "666") is None
        assert people.roles_of(connection, first.person, NOW) == ()


def test_a_removed_person_is_nobody_at_once(province: Province) -> None:
    with province.database.write() as connection:
        people.remove(connection, province.people["X1"].id, NOW)
        assert people.speaker(connection, "telegram", "chat-X1") is None
        assert people.by_handle(connection, "x1") is None
        assert people.members(connection, province.units["X1"], NOW) == ()
        assert people.silent(connection, "telegram", "chat-X1") == province.accounts["X1"]


def test_who_blocked_the_bot_is_known_until_they_speak(province: Province) -> None:
    with province.database.write() as connection:
        people.set_blocked(connection, province.accounts["X1"], NOW)
        blocked = people.speaker(connection, "telegram", "chat-X1")
        people.set_blocked(connection, province.accounts["X1"], None)
        free = people.speaker(connection, "telegram", "chat-X1")
    assert blocked is not None and free is not None
    assert (blocked.blocked, free.blocked) == (True, False)


def test_handles_are_found_and_listed(province: Province) -> None:
    with province.database.write() as connection:
        people.create_person(connection, "Không có tên tắt", NOW)
        found = people.by_handle(connection, "h1")
        assert found is not None and found.name == "Người của H1"
        assert [known.handle for known in people.with_handles(connection)][:3] == ["t", "h1", "x1"]
        assert people.by_handle(connection, "ai") is None


def test_a_role_held_is_not_given_twice(province: Province) -> None:
    person, unit = province.people["X1"].id, province.units["X1"]
    with province.database.write() as connection:
        (member,) = people.members(connection, unit, NOW)
        assert people.grant(connection, person, unit, people.OFFICIAL, NOW) == member.role_id
        people.end_role(connection, member.role_id, NOW)
        later = NOW + timedelta(days=1)
        assert people.grant(connection, person, unit, people.OFFICIAL, later) != member.role_id
        assert [each.role for each in people.members(connection, unit, later)] == ["official"]


def test_a_session_is_one_per_person(province: Province) -> None:
    where = Session("asking", 3, 7, 1, 12, ("xa.cb_nu",), kept=RowNamed("PL3", "mười “hai”"))
    with province.database.write() as connection:
        mine, other = province.people["X1"].id, province.people["X2"].id
        assert sessions.load(connection, mine) == Session()
        sessions.save(connection, mine, where, NOW)
        sessions.save(connection, mine, where, NOW)
        assert sessions.load(connection, mine) == where
        assert sessions.peek(connection, mine) == where
        assert sessions.load(connection, other) == Session()


def test_a_file_is_kept_with_its_bytes(province: Province) -> None:
    content = bytes(range(256)) * 100
    with province.database.write() as connection:
        person = province.people["X1"].id
        key = files.put(connection, "Phụ lục 3.xlsx", "application/xlsx", content, NOW, person)
        assert files.put(connection, "Phụ lục 3.xlsx", "application/xlsx", content, NOW, person) == key
        assert files.put(connection, "Phụ lục 3.xlsx", "application/xlsx", content, NOW, None) != key
        stored = files.read(connection, key)
        assert stored is not None
        assert (stored.name, stored.size, stored.content, stored.owner) == ("Phụ lục 3.xlsx", 25_600, content, person)
        assert files.read(connection, 999) is None


def test_a_file_too_large_is_refused(database: Database) -> None:
    with pytest.raises(Refused, match="lớn hơn 20 MB"), database.write() as connection:
        files.put(connection, "phim.mp4", "video/mp4", bytes(files.MAX_BYTES + 1), NOW)


def test_jobs_are_taken_in_order_and_once(database: Database) -> None:
    with database.write() as connection:
        first, second = (jobs.add(connection, "render", {"submission": number}, NOW) for number in (1, 2))
        taken = [jobs.claim(connection, "p1", LEASE, NOW) for _ in range(3)]
        assert [job.id if job else None for job in taken] == [first, second, None]
        jobs.finish(connection, first, NOW)
        assert jobs.waiting(connection) == 1
        assert jobs.claim(connection, "p1", LEASE, NOW + LEASE * 2) is not None


def test_a_job_whose_worker_died_is_taken_over(database: Database) -> None:
    with database.write() as connection:
        jobs.add(connection, "render", {}, NOW)
        first = jobs.claim(connection, "p1", LEASE, NOW)
        assert jobs.claim(connection, "p2", LEASE, NOW + LEASE) is None
        again = jobs.claim(connection, "p2", LEASE, NOW + LEASE + timedelta(seconds=1))
        assert first is not None and again is not None
        assert (first.attempts, again.attempts) == (1, 2)
        assert jobs.release(connection, "p2") == 1
        assert jobs.claim(connection, "p2", LEASE, NOW) is not None


def test_a_job_that_keeps_failing_is_left(database: Database) -> None:
    with database.write() as connection:
        jobs.add(connection, "render", {}, NOW)
        for attempt in range(jobs.MAX_ATTEMPTS):
            at = NOW + timedelta(minutes=attempt)
            job = jobs.claim(connection, "p1", LEASE, at)
            assert job is not None
            jobs.fail(connection, job.id, "ValueError", at + timedelta(seconds=30), at)
            assert jobs.claim(connection, "p1", LEASE, at) is None
        assert jobs.claim(connection, "p1", LEASE, NOW + timedelta(days=1)) is None
        assert jobs.waiting(connection) == 0
