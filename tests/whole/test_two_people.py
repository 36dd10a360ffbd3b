"""Two people in one report through whole turns: held across a restart, both in the history, one after the other."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select, text

from bot.channels.incoming import Account, Incoming
from bot.turns.turn import Taken, Turn
from dialogs.forms.answers import Address, State, Value
from dialogs.values.effects import Reply
from dialogs.values.events import TextReceived
from storage.campaigns import answers
from storage.messages import sessions
from storage.schema.database import Database
from storage.schema.tables import answer_history, job, submission
from tests.office.colleagues import Commune
from tests.office.province import TEXT, TOTAL, WOMEN, ZONE, Province, build

KEEP, OVERWRITE, APPEND = "Giữ của đồng chí Mai", "Ghi đè bằng của tôi", "Nối thêm sau"


@pytest.fixture
def commune(province: Province) -> Commune:
    return Commune(province)


def stored(commune: Commune, address: Address) -> Value | State:
    with commune.reading() as connection:
        answer = answers.load(connection, commune.report)[address]
    return answer.value if answer.state is State.VALUE else answer.state


def restart(commune: Commune) -> None:
    """Another process takes the next event: it remembers nothing."""
    commune.turn = Turn(lambda: commune.at, ZONE)


def test_a_lead_hands_out_a_part_and_it_is_done_and_sent(commune: Commune) -> None:
    """The whole way, between three people and two doors."""
    commune.stand("Lan", "II.1")
    commune.say("Lan", "/giao PL3.mttq Mai")
    commune.press("Lan", "Chỉ thấy phần này")
    commune.say("Lan", "Nhờ đồng chí trước thứ Sáu")
    (told,) = commune.told("Mai")
    reply = commune.press_id("Mai", told.choices[0].id)
    assert reply.progress == (0, 1)
    assert "không thuộc phần được giao" in commune.say("Mai", "/sua II.1").refused
    assert "không thuộc phần được giao" in commune.say("Mai", "/tailieu").refused
    commune.say("Mai", "/sua 1")
    reply = commune.say("Mai", "12; 5; 0; 1")
    assert "Phần của đồng chí đã xong 1/1." in reply.text
    assert "Đồng chí Lan sẽ gửi báo cáo." in reply.text
    commune.press("Mai", "Báo đã xong phần việc")
    (done,) = commune.told("Lan")
    assert "Mai báo đã xong Phụ lục 3 – MTTQ (1/1 câu)" in done.text
    shown = commune.press_id("Lan", done.choices[0].id)
    assert "Đồng chí Mai ghi lúc" in shown.text
    assert "1. Phụ lục 3 – MTTQ – đồng chí Mai: 1/1, báo đã xong lúc" in commune.say("Lan", "/giao").text
    commune.say("Lan", "/nop")
    commune.press("Lan", "Gửi")
    with commune.reading() as connection:
        status = connection.execute(select(submission.c.status).where(submission.c.id == commune.report)).scalar_one()
        assert (status, len(connection.execute(select(job.c.id).where(job.c.kind == "render")).all())) == ("sent", 1)
    assert commune.failures() == 0


def test_what_is_held_survives_a_restart_and_both_texts_stay_in_the_history(commune: Commune) -> None:
    for name in ("Mai", "Lan"):
        commune.stand(name, "II.1")
    commune.say("Mai", "Bài của Mai.")
    reply = commune.say("Lan", "Bài của Lan.")
    assert "Đồng chí Mai vừa sửa mục II.1 lúc" in reply.text
    restart(commune)
    assert "cả thảy 2 đoạn" in commune.say("Lan", "Đoạn hai của Lan.").text
    restart(commune)
    commune.say("Lan", "/start")
    restart(commune)
    commune.press("Lan", "Quyết định chỗ ghi trùng")
    commune.press("Lan", OVERWRITE)
    assert stored(commune, TEXT) == "Bài của Lan.\nĐoạn hai của Lan."
    assert commune.written() == ["Bài của Mai.", "Bài của Lan.\nĐoạn hai của Lan."]


def test_what_a_person_wrote_before_comes_out_of_the_history(commune: Commune) -> None:
    for name in ("Lan", "Mai"):
        commune.stand(name, "II.1")
    commune.say("Lan", "Lan, một.")
    commune.stand("Mai", "II.1")
    commune.press("Mai", "Xóa đoạn cuối")
    commune.say("Mai", "Mai thay hết.")
    reply = commune.say("Lan", "Lan, hai.")
    assert "“Lan, một. Lan, hai.”" in reply.text
    commune.press("Lan", OVERWRITE)
    assert stored(commune, TEXT) == "Lan, một.\nLan, hai."
    with commune.reading() as connection:
        pieces = answers.pieces(connection, commune.report, TEXT)
    assert [piece.text for piece in pieces] == ["Lan, một.", "Lan, hai."]


def test_a_text_that_is_added_behind_keeps_its_messages_and_can_be_edited(commune: Commune) -> None:
    for name in ("Mai", "Lan"):
        commune.stand(name, "II.1")
    commune.say("Mai", "Bài của Mai.", "mai-1")
    commune.say("Lan", "Bài của Lan.", "lan-1")
    commune.press("Lan", APPEND)
    assert stored(commune, TEXT) == "Bài của Mai.\nBài của Lan."
    reply = commune.edit("Mai", "mai-1", "Bài của Mai, sửa.")
    assert "Bài của Lan." in reply.text
    commune.press("Mai", OVERWRITE)
    assert stored(commune, TEXT) == "Bài của Mai, sửa.\nBài của Lan."


def test_figures_that_differ_are_asked_about_and_the_rest_saved(commune: Commune) -> None:
    for name in ("Mai", "Lan"):
        commune.stand(name, "PL3.1")
    commune.say("Mai", "12; 5; 0; 1")
    reply = commune.say("Lan", "13; 5; 0; 1")
    assert "Tổng: đồng chí Mai ghi 12 – đồng chí vừa gửi 13" in reply.text
    assert (stored(commune, TOTAL), stored(commune, WOMEN)) == (12, 5)
    restart(commune)
    commune.press("Lan", OVERWRITE)
    assert stored(commune, TOTAL) == 13
    with commune.reading() as connection:
        wanted = select(answer_history.c.value, answer_history.c.person).where(answer_history.c.column == "xa.tong_so")
        found = [tuple(row) for row in connection.execute(wanted.order_by(answer_history.c.id))]
    assert found == [("12", commune.people["Mai"].id), ("13", commune.people["Lan"].id)]


def test_whoever_says_the_same_or_only_closes_leaves_the_author(commune: Commune) -> None:
    for name in ("Mai", "Lan"):
        commune.stand(name, "PL3.1")
    commune.say("Mai", "12; 5; 0; 1")
    written = commune.at
    commune.say("Lan", "12; 5; 0; 1")
    with commune.reading() as connection:
        answer = answers.load(connection, commune.report)[TOTAL]
        writers = connection.execute(select(answer_history.c.person).where(answer_history.c.column == "xa.tong_so"))
        assert [row[0] for row in writers] == [commune.people["Mai"].id, commune.people["Lan"].id]
    assert (answer.by, answer.who, answer.at, answer.version) == ("Mai", commune.people["Mai"].id, written, 2)
    with commune.reading() as connection:
        kept = commune.turn._cache.peek(commune.report)
        assert kept is not None
        assert kept.rows[TOTAL] == answer


def test_the_same_person_at_two_doors_has_no_conflict_and_sees_the_newest(commune: Commune) -> None:
    commune.stand("Lan", "II.1")
    commune.say("Lan", "Từ điện thoại.")
    reply = commune.say("Lan", "Từ máy tính.", channel="web")
    assert reply.refused == ""
    assert stored(commune, TEXT) == "Từ điện thoại.\nTừ máy tính."
    assert "Đồng chí Lan" not in commune.say("Lan", "/sua II.1", channel="web").text


def test_two_of_the_same_name_are_two_people(commune: Commune) -> None:
    with commune.province.database.write() as connection:
        commune.join(connection, "Mai ", "official")
    for name in ("Mai", "Mai "):
        commune.stand(name, "PL3.1")
    commune.say("Mai", "12; 5; 0; 1")
    assert "vừa sửa" in commune.say("Mai ", "13; 5; 0; 1").text
    assert stored(commune, TOTAL) == 12


def test_an_answer_that_came_from_a_file_is_corrected_unasked(commune: Commune) -> None:
    with commune.province.database.write() as connection:
        for column, value in (("tong_so", 12), ("cb_nu", 5), ("cb_dtts", 1), ("cb_ton_giao", 1)):
            commune.province.save(connection, "X1", Address("PL3", "mttq", f"xa.{column}"), value)
        connection.execute(text("UPDATE answer SET person = NULL"))
        connection.execute(text("UPDATE submission SET stamp = stamp + 1"))
    commune.stand("Lan", "PL3.1")
    commune.say("Lan", "13; 5; 0; 1")
    assert stored(commune, TOTAL) == 13


def test_on_postgresql_the_second_of_two_turns_at_once_sees_the_first(postgres: Database) -> None:
    """Two processes, two connections: the one that comes second waits, and is asked."""
    commune = Commune(build(postgres))
    for name in ("Mai", "Lan"):
        commune.stand(name, "PL3.1")
    written, taken = threading.Event(), dict[str, Taken]()

    def incoming(name: str, said: str) -> Incoming:
        return Incoming(f"at-once-{name}", Account("telegram", f"chat-{name}", name), TextReceived(said, "9"))

    def second() -> None:
        written.wait(30)
        with postgres.write() as connection:
            taken["Lan"] = Turn(lambda: commune.at, ZONE).handle(connection, incoming("Lan", "13; 5; 0; 1"))

    thread = threading.Thread(target=second)
    thread.start()
    with postgres.write() as connection:
        taken["Mai"] = Turn(lambda: commune.at, ZONE).handle(connection, incoming("Mai", "12; 5; 0; 1"))
        written.set()
        until_somebody_waits(postgres)
    thread.join()
    (reply,) = (each for each in taken["Lan"].effects if isinstance(each, Reply))
    assert "Tổng: đồng chí Mai ghi 12 – đồng chí vừa gửi 13" in reply.text
    assert stored(commune, TOTAL) == 12
    with commune.reading() as connection:
        assert sessions.peek(connection, commune.people["Lan"].id).state == "conflicted"


def until_somebody_waits(database: Database) -> None:
    """Return once another connection waits for a lock."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    waiting = text(query)
    for _ in range(100_000):
        with database.read() as connection:
            if connection.execute(waiting).scalar_one():
                return
    raise AssertionError("nobody waits")
