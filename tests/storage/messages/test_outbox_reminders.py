"""Claims of reminders: for their own, renewed before they are sent, and never freed while they are on their way."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import insert, select, update

from storage.messages import outbox
from storage.messages.outbox import NOTICE, REMINDER, REPLY, Message
from storage.people import people
from storage.schema.tables import reminder
from tests.office.province import NOW, Province

LATER = NOW + timedelta(minutes=1)


def _add(province: Province, code: str, kind: str = REMINDER) -> int:
    message = Message("telegram", province.accounts[code], f"chat-{code}", kind, {"text": code}, NOW)
    with province.database.write() as connection:
        return outbox.add(connection, message).id


def _remind(province: Province, code: str, state: str) -> int:
    """Queue a message with the reminder that it carries, in this state; return the outbox row."""
    key = _add(province, code)
    with province.database.write() as connection:
        values = {
            "campaign": province.campaign,
            "unit": province.units[code],
            "person": province.people[code].id,
            "kind": "-7:2026-12-01",
            "planned_at": NOW,
            "outbox": key,
            "state": state,
        }
        connection.execute(insert(reminder), values)
    return key


def _claim(province: Province, process: str, *kinds: str) -> list[int]:
    with province.database.write() as connection:
        return [row.id for row in outbox.claim(connection, "telegram", process, 10, LATER, kinds or (REMINDER,))]


def test_kinds_are_claimed_apart(province: Province) -> None:
    """Five thousand reminders do not use up the room of the replies."""
    reminded, told, answered = _add(province, "X1"), _add(province, "X2", NOTICE), _add(province, "X3", REPLY)

    assert _claim(province, "p1", REPLY, NOTICE) == [answered, told]
    assert _claim(province, "p1", REMINDER) == [reminded]


def test_a_reply_is_claimed_as_it_is_written_though_a_reminder_waits(province: Province) -> None:
    """Somebody answers while five thousand reminders are due, hers among them; an older reply still goes first."""
    _add(province, "X1")
    with province.database.write() as connection:
        message = Message("telegram", province.accounts["X1"], "chat-X1", REPLY, {"text": "đáp"}, NOW, process="p1")
        assert outbox.add(connection, message).claimed
        other = Message("telegram", province.accounts["X1"], "chat-X1", REPLY, {"text": "đáp"}, NOW, process="p2")
        assert not outbox.add(connection, other).claimed


def test_a_claim_is_renewed_only_by_who_has_it(province: Province) -> None:
    """What was taken over meanwhile, sent, or never claimed is somebody else's business."""
    mine, other, free = (_add(province, code) for code in ("X1", "X2", "X3"))
    with province.database.write() as connection:
        for key, process in ((mine, "p1"), (other, "p2")):
            connection.execute(update(outbox.outbox).where(outbox.outbox.c.id == key).values(claimed_by=process))
        found = outbox.renew(connection, [mine, other, free], "p1", LATER)

    assert found == {mine}
    with province.database.write() as connection:
        outbox.sent(connection, [mine], LATER)
        assert outbox.renew(connection, [mine], "p1", LATER) == frozenset()


def test_a_reminder_on_its_way_is_not_freed(province: Province) -> None:
    """Freed, it would go out again; who died with it leaves it uncertain. One that only waits is freed."""
    waiting, going = _remind(province, "X1", "queued"), _remind(province, "X2", "sending")
    _claim(province, "p1")
    with province.database.write() as connection:
        freed = outbox.release(connection, "p1")

    assert freed == 1
    assert _claim(province, "p2") == [waiting]
    assert going not in _claim(province, "p2")


def test_what_surely_was_not_sent_is_put_back_as_it_was(province: Province) -> None:
    """It waits for its moment and is decided anew."""
    key = _remind(province, "X1", "sending")
    _claim(province, "p1")
    with province.database.write() as connection:
        outbox.put_back(connection, [key], LATER + timedelta(seconds=30))
        state = connection.execute(select(reminder.c.state).where(reminder.c.outbox == key)).scalar_one()
        early = outbox.claim(connection, "telegram", "p2", 10, LATER, (REMINDER,))
        (late,) = outbox.claim(connection, "telegram", "p2", 10, LATER + timedelta(minutes=1), (REMINDER,))

    assert (state, early, late.id) == ("queued", (), key)


def test_a_claim_says_who_has_blocked_the_bot(province: Province) -> None:
    """So that nothing is attempted."""
    _add(province, "X1"), _add(province, "X2")
    with province.database.write() as connection:
        people.set_blocked(connection, province.accounts["X1"], NOW)
        rows = outbox.claim(connection, "telegram", "p1", 10, LATER)

    assert [row.blocked for row in rows] == [True, False]
