"""Messages go out once, replies first, each account's in order, whoever sends them."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from dialogs.values.effects import Asks, Choice, Reply
from storage.messages import conversation, files, inbox, outbox
from storage.messages.outbox import Message, OutboxRow
from tests.office.province import NOW, Province
from tests.office.stored import unsent

LATER = NOW + timedelta(minutes=1)


def _add(province: Province, code: str, text: str, kind: str = outbox.REPLY, process: str = "") -> OutboxRow:
    with province.database.write() as connection:
        return outbox.add(connection, _message(province, code, text, kind, process))


def _message(province: Province, code: str, text: str, kind: str = outbox.REPLY, process: str = "") -> Message:
    return Message(
        channel="telegram",
        account=province.accounts[code],
        external=f"chat-{code}",
        kind=kind,
        payload={"text": text},
        at=NOW,
        person=province.people[code].id,
        process=process,
    )


def _claim(province: Province, process: str = "p1", limit: int = 10) -> list[str]:
    with province.database.write() as connection:
        rows = outbox.claim(connection, "telegram", process, limit, LATER)
    return [row.payload["text"] for row in rows]


def test_replies_go_before_files_and_files_before_reminders(province: Province) -> None:
    for text, kind in {"nhắc": "reminder", "tệp": "file", "báo": "notice", "đáp": "reply"}.items():
        _add(province, "X1", text, kind)
    assert _claim(province) == ["đáp", "tệp", "báo", "nhắc"]


def test_what_is_claimed_is_not_claimed_again(province: Province) -> None:
    for code in ("X1", "X2", "X3"):
        _add(province, code, code)
    assert _claim(province, "p1", limit=2) == ["X1", "X2"]
    assert _claim(province, "p2") == ["X3"]
    assert _claim(province, "p1") == []


def test_a_claimed_row_knows_where_it_goes(province: Province) -> None:
    row = _add(province, "X1", "Chào")
    with province.database.write() as connection:
        (claimed,) = outbox.claim(connection, "telegram", "p1", 10, LATER)
    assert (claimed.id, claimed.external, claimed.account) == (row.id, "chat-X1", province.accounts["X1"])
    assert (row.claimed, claimed.claimed) == (False, True)


def test_another_channel_is_not_touched(province: Province) -> None:
    _add(province, "X1", "Chào")
    with province.database.write() as connection:
        assert outbox.claim(connection, "web", "p1", 10, LATER) == ()


def test_nothing_overtakes_an_older_message_that_is_on_its_way_or_put_off(province: Province) -> None:
    first = _add(province, "X1", "một")
    assert _claim(province, limit=1) == ["một"]
    _add(province, "X1", "hai")
    assert _claim(province) == []
    with province.database.write() as connection:
        outbox.retry(connection, first.id, LATER + timedelta(minutes=5), "429")
    assert _claim(province) == []
    with province.database.write() as connection:
        outbox.retry(connection, first.id, LATER, "429")
    assert _claim(province) == ["một", "hai"]


def test_a_message_given_up_lets_the_next_one_go(province: Province) -> None:
    first = _add(province, "X1", "một")
    _claim(province)
    _add(province, "X1", "hai")
    with province.database.write() as connection:
        outbox.dead(connection, first.id, "403 bot was blocked", NOW)
    assert _claim(province) == ["hai"]


def test_a_reply_need_not_wait_for_an_older_reminder(province: Province) -> None:
    _add(province, "X1", "nhắc", "reminder")
    assert _claim(province, limit=1) == ["nhắc"]
    _add(province, "X1", "đáp")
    assert _claim(province) == ["đáp"]


def test_sent_messages_are_gone(province: Province) -> None:
    rows = [_add(province, "X1", text) for text in ("một", "hai")]
    with province.database.write() as connection:
        outbox.sent(connection, [row.id for row in rows], NOW)
        outbox.sent(connection, [], NOW)
        assert unsent(connection, "telegram") == ()
    assert _claim(province) == []


def test_a_message_may_be_claimed_as_it_is_written(province: Province) -> None:
    row = _add(province, "X1", "Đã ghi", process="p1")
    assert row.claimed
    assert _claim(province, "p2") == []


def test_a_message_is_not_claimed_as_written_behind_one_that_another_process_has(province: Province) -> None:
    _add(province, "X1", "một")
    assert _claim(province, "p2") == ["một"]
    assert not _add(province, "X1", "hai", process="p1").claimed
    assert _add(province, "X2", "của người khác", process="p1").claimed


def test_one_process_claims_several_messages_in_a_row_as_they_are_written(province: Province) -> None:
    assert [_add(province, "X1", text, process="p1").claimed for text in ("một", "hai")] == [True, True]


def test_a_start_puts_back_what_was_not_sent(province: Province) -> None:
    _add(province, "X1", "một", process="p1")
    _add(province, "X2", "hai", process="p2")
    with province.database.write() as connection:
        assert outbox.release(connection, "p1") == 1
    assert _claim(province, "p1") == ["một"]
    with province.database.write() as connection:
        assert outbox.release(connection, before=NOW) == 0
        assert outbox.release(connection, before=LATER) == 1
        assert outbox.release(connection) == 1


def test_two_processes_claim_at_the_same_time_and_share_without_doubles(province: Province) -> None:
    for number in range(40):
        _add(province, ("X1", "X2", "X3", "X4")[number % 4], f"{number:02}")
    taken: dict[str, list[tuple[str, str]]] = {"p1": [], "p2": []}
    start = threading.Barrier(2)

    def work(process: str) -> None:
        start.wait()
        for _ in range(15):
            with province.database.write() as connection:
                rows = outbox.claim(connection, "telegram", process, 4, LATER)
                outbox.sent(connection, [row.id for row in rows], LATER)
            taken[process].extend((row.external, row.payload["text"]) for row in rows)

    threads = [threading.Thread(target=work, args=(process,)) for process in taken]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    everything = taken["p1"] + taken["p2"]
    assert sorted(text for _, text in everything) == [f"{number:02}" for number in range(40)]
    for mine in taken.values():
        for code in ("chat-X1", "chat-X2", "chat-X3", "chat-X4"):
            order = [text for external, text in mine if external == code]
            assert order == sorted(order)


REPLY = Reply(
    "Đã ghi 12.\nCâu 8/32: …",
    (Choice("17.4.9:next", "Tiếp", "a"), Choice("17.4.9:zero", "Không có (0)", "b")),
    refused="",
    asks=Asks("kl62-2019", "kl62-2019-xa", "PL3", "mttq", ("xa.tong_so", "xa.cb_nu"), "integer"),
    progress=(7, 32),
)


@pytest.mark.parametrize("reply", [REPLY, Reply("Chào"), Reply("?", refused="Không đọc được số.")])
def test_a_reply_survives_its_row(province: Province, reply: Reply) -> None:
    with province.database.write() as connection:
        province.do(connection, "X1", reply)
        (row,) = unsent(connection, "telegram")
    assert outbox.to_reply(row.payload) == reply


def test_a_conversation_shows_what_was_said_and_answered_over_all_doors(province: Province) -> None:
    person, account = province.people["X1"].id, province.accounts["X1"]
    with province.database.write() as connection:
        for number, (channel, said) in enumerate([("telegram", "/start"), ("web", "12 5 0 1")]):
            key = inbox.take(connection, channel, f"id-{number}", account, "TextReceived", "{}", NOW, said)
            message = _message(province, "X1", f"đáp {number}")
            outbox.add(connection, replace(message, channel=channel, inbox=key))
        content = files.put(connection, "BaoCao.docx", "application/msword", b"PK", NOW, person)
        payload = {"text": "", "file": {"id": content, "name": "BaoCao.docx"}}
        outbox.add(connection, replace(message, payload=payload, kind=outbox.FILE, inbox=key))
        outbox.add(connection, _message(province, "X2", "của người khác"))
    with province.database.read() as connection:
        lines = conversation.since(connection, person, 0)
        assert [(line.channel, line.said, line.said_id, line.text) for line in lines] == [
            ("telegram", "/start", "id-0", "đáp 0"),
            ("web", "12 5 0 1", "id-1", "đáp 1"),
            ("telegram", "", "id-1", ""),
        ]
        assert (lines[2].file, lines[2].file_name) == (content, "BaoCao.docx")
        assert conversation.since(connection, person, lines[0].id) == conversation.since(connection, person, 0)[1:]
        assert [line.id for line in conversation.latest(connection, person, 2)] == [line.id for line in lines[1:]]
        assert conversation.newest_id(connection, person) == lines[2].id
        assert conversation.newest_id(connection, province.people["X5"].id) == 0
