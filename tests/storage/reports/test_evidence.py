"""Evidence over a real database: attached, listed, handed out, taken off, and asked about at every step."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, func, select

from bot.channels.incoming import Account
from bot.inspecting.uploads import uploaded
from bot.turns.turn import Taken
from dialogs.values.attached import MAX_ITEM_FILES
from dialogs.values.decisions import AttachEvidence, HandEvidence, RemoveEvidence
from dialogs.values.effects import Reply
from dialogs.values.events import ChoicePressed, FileReceived
from dialogs.values.world import Person
from storage.campaigns import attachments
from storage.messages import files, jobs
from storage.people import people
from storage.reports import evidence
from storage.schema import audit
from storage.schema.errors import Refused
from storage.schema.tables import assignment, attachment, file, job
from tests import evidence_files as made
from tests.office.phone import Office, Phone
from tests.office.province import NOW, ZONE, Province


def give(phone: Phone, name: str, content: bytes) -> Taken:
    """Send a file whose bytes come with it, as on the web page."""
    office = phone.office
    office.events += 1
    key = str(office.events)
    incoming = uploaded(phone.account, key, key, name, content, NOW.astimezone(ZONE))
    with office.province.database.write() as connection:
        taken = office.turn.handle(connection, incoming)
    phone.reply = next(effect for effect in taken.effects if isinstance(effect, Reply))
    return taken


def at_question(province: Province, code: str = "X1", place: str = "II.1") -> Phone:
    phone = Office(province).phone(code)
    phone.say("/start")
    phone.say("/tiep")
    phone.say(f"/sua {place}")
    return phone


def listed(province: Province, code: str = "X1") -> list[tuple[str, str, str]]:
    with province.database.read() as connection:
        found = attachments.of_report(connection, province.reports[code])
    return [(each.field, each.row, each.name) for each in found]


def deeds(province: Province, verb: str) -> list[audit.Deed]:
    with province.database.read() as connection:
        return [deed for deed in audit.read(connection) if deed.verb == verb]


def test_a_file_is_attached_to_the_question_she_stands_at(province: Province) -> None:
    """The reply names the item and how many files it has; the question shows them; the deed is recorded."""
    phone = at_question(province)
    give(phone, "Quyết định 12.pdf", made.pdf())
    assert "✓ Đã gắn “Quyết định 12.pdf” vào mục II.1. Mục này có 1 tệp." in phone.reply.text
    assert "📎 1 tệp đính kèm: Quyết định 12.pdf" in phone.say("/sua II.1")
    shown = phone.press("Xem tệp đính kèm")
    assert "1. Quyết định 12.pdf (1 kB) · Người của X1, 09:00 01/04/2019" in shown
    assert listed(province) == [("II.1", "", "Quyết định 12.pdf")]
    (deed,) = deeds(province, "evidence.add")
    assert (deed.person, deed.unit, deed.submission, deed.channel) == (
        province.people["X1"].id,
        province.units["X1"],
        province.reports["X1"],
        "telegram",
    )
    assert deed.detail["name"] == "Quyết định 12.pdf"
    assert deed.detail["sha256"] == files.digest(made.pdf())


def test_the_same_file_twice_at_an_item_counts_once(province: Province) -> None:
    phone = at_question(province)
    give(phone, "a.pdf", made.pdf())
    give(phone, "a.pdf", made.pdf())
    assert "đã có ở mục II.1" in phone.reply.text
    assert len(listed(province)) == 1


def test_an_event_that_comes_again_attaches_nothing(province: Province) -> None:
    phone = at_question(province)
    incoming = uploaded(phone.account, "w1", "w1", "a.pdf", made.pdf(), NOW)
    for expected in (False, True):
        with province.database.write() as connection:
            assert phone.office.turn.handle(connection, incoming).repeated is expected
    assert len(listed(province)) == 1


def test_a_refused_file_stores_nothing_and_changes_nothing(province: Province) -> None:
    """A program named .pdf: one sentence, the question again, no bytes anywhere."""
    phone = at_question(province)
    give(phone, "bao-cao.pdf", made.program())
    assert phone.reply.refused.startswith("Tệp “bao-cao.pdf” là chương trình chạy trên máy nên không nhận.")
    with province.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(file)).scalar() == 0
    assert listed(province) == []


def test_a_stranger_leaves_no_bytes_behind(province: Province) -> None:
    """Whoever has no role gets the stranger's sentence, and what they sent is not kept."""
    office = Office(province)
    incoming = uploaded(Account("web", "ai-do", "Ai đó"), "w1", "w1", "a.pdf", made.pdf(), NOW)
    with province.database.write() as connection:
        taken = office.turn.handle(connection, incoming)
    assert "chưa được gắn với đơn vị nào" in taken.effects[0].text  # type: ignore[union-attr]
    with province.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(file)).scalar() == 0


def test_an_item_has_room_for_so_many_files(province: Province) -> None:
    phone = at_question(province)
    for number in range(MAX_ITEM_FILES):
        give(phone, f"{number}.pdf", made.pdf(b"/N %d" % number))
    give(phone, "nua.pdf", made.pdf(b"/N 99"))
    assert f"đã có {MAX_ITEM_FILES} tệp" in phone.reply.refused
    assert len(listed(province)) == MAX_ITEM_FILES


def test_she_gets_a_file_back_as_it_was(province: Province) -> None:
    """Handed over as a file of its own message that names the item."""
    phone = at_question(province)
    give(phone, "a.pdf", made.pdf())
    phone.press("Xem tệp đính kèm")
    taken = phone.event(phone_press(phone, "Nhận tệp 1"))
    (handed,) = [row for row in taken.outgoing if row.kind == "file"]
    assert handed.payload["text"] == "Mục II.1"
    with province.database.read() as connection:
        found = files.read(connection, handed.payload["file"]["id"])
    assert found is not None
    assert (found.name, found.content) == ("a.pdf", made.pdf())
    assert len(deeds(province, "evidence.read")) == 1


def phone_press(phone: Phone, label: str) -> ChoicePressed:
    return ChoicePressed(phone.button(label, None).id)


def test_taken_off_it_is_listed_no_more_and_its_bytes_stay(province: Province) -> None:
    phone = at_question(province)
    give(phone, "a.pdf", made.pdf())
    phone.press("Xem tệp đính kèm")
    assert "Gỡ tệp “a.pdf”" in phone.press("Gỡ tệp 1")
    assert "✓ Đã gỡ tệp “a.pdf”." in phone.press("Gỡ tệp này")
    assert listed(province) == []
    with province.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(file)).scalar() == 1
    assert [deed.detail["name"] for deed in deeds(province, "evidence.remove")] == ["a.pdf"]


def colleague(province: Province, role: str) -> str:
    """A second person of X1; returns the code of their phone."""
    code = f"X1-{role}"
    with province.database.write() as connection:
        person = people.create_person(connection, f"Đồng nghiệp {role}", NOW)
        people.grant(connection, person, province.units["X1"], role, NOW)
        province.accounts[code] = people.add_account(connection, person, "telegram", f"chat-{code}", NOW)
    province.people[code] = Person(person, f"Đồng nghiệp {role}")
    province.reports[code] = province.reports["X1"]
    return code


@pytest.mark.parametrize(("role", "may"), [("official", False), ("lead", True)])
def test_only_who_attached_it_or_the_lead_takes_a_file_off(province: Province, role: str, may: bool) -> None:
    """In what is drawn and again when it is done."""
    phone = at_question(province)
    give(phone, "a.pdf", made.pdf())
    code = colleague(province, role)
    other = phone.office.phone(code)
    other.say("/start")
    other.say("/dinhkem II.1")
    assert any(choice.label == "Gỡ tệp 1" for choice in other.reply.choices) is may
    with province.database.read() as connection:
        (found,) = attachments.of_report(connection, province.reports["X1"])
    gone = RemoveEvidence(province.reports["X1"], found.id)
    if may:
        with province.database.write() as connection:
            province.do(connection, code, gone)
        assert listed(province) == []
        return
    with pytest.raises(Refused, match="chỉ người gửi"), province.database.write() as connection:
        province.do(connection, code, gone)
    assert len(listed(province)) == 1


def test_a_sent_report_takes_no_file_and_gives_none_up(province: Province) -> None:
    """A clear sentence in the dialog, and refused again where it would be done."""
    phone = at_question(province)
    give(phone, "a.pdf", made.pdf())
    with province.database.write() as connection:
        province.send(connection, "X1")
    phone.say("/dinhkem II.1")
    assert "đã khóa" in phone.reply.text
    give(phone, "b.pdf", made.pdf(b"/N 1"))
    assert "câu này đã khóa" in phone.reply.refused
    with province.database.read() as connection:
        (found,) = attachments.of_report(connection, province.reports["X1"])
    for effect in (
        AttachEvidence(province.reports["X1"], "II.1", "", "b.pdf", 9, f"file:{found.file}"),
        RemoveEvidence(province.reports["X1"], found.id),
    ):
        with pytest.raises(Refused), province.database.write() as connection:
            province.do(connection, "X1", effect)
    assert len(listed(province)) == 1


@pytest.mark.parametrize("code", ["X2", "H1", "H2", "T"])
def test_nobody_attaches_to_the_report_of_another_unit(province: Province, code: str) -> None:
    wanted = AttachEvidence(province.reports["X1"], "II.1", "", "b.pdf", 9, "telegram:abc")
    with pytest.raises(Refused), province.database.write() as connection:
        province.do(connection, code, wanted)
    with province.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(job)).scalar() == 0


def test_nobody_attaches_a_file_that_another_person_sent(province: Province) -> None:
    """An invented source names a stored file of somebody else."""
    with province.database.write() as connection:
        stored = files.put(connection, "a.pdf", "application/pdf", made.pdf(), NOW, province.people["X2"].id)
    wanted = AttachEvidence(province.reports["X1"], "II.1", "", "a.pdf", 9, f"file:{stored}")
    with pytest.raises(Refused), province.database.write() as connection:
        province.do(connection, "X1", wanted)
    assert listed(province) == []


def test_who_may_read_evidence_is_asked_at_each_request(province: Province) -> None:
    """The unit and those above it; nobody beside or below; nobody once their role has ended or the file is off."""
    phone = at_question(province)
    give(phone, "a.pdf", made.pdf())
    office = phone.office
    role = office.grant("H1", "H1", people.COORDINATOR)
    office.grant("H2", "H2", people.COORDINATOR)
    office.grant("T", "T", people.COORDINATOR)
    with province.database.read() as connection:
        (found,) = attachments.of_report(connection, province.reports["X1"])
        allowed = {
            code for code, who in province.people.items() if evidence.may_have(connection, who.id, found.file, NOW)
        }
    assert allowed == {"X1", "H1", "T"}
    with province.database.write() as connection:
        people.end_role(connection, role, NOW)
    with province.database.read() as connection:
        assert evidence.may_have(connection, province.people["H1"].id, found.file, NOW + timedelta(1)) is False
    with province.database.write() as connection:
        province.do(connection, "X1", RemoveEvidence(province.reports["X1"], found.id))
        assert evidence.may_have(connection, province.people["X1"].id, found.file, NOW) is False
        assert evidence.may_have(connection, province.people["X1"].id, 999, NOW) is None


def test_a_coordinator_fetches_the_files_of_a_unit_and_another_one_learns_nothing(province: Province) -> None:
    phone = at_question(province)
    give(phone, "a.pdf", made.pdf())
    report = province.reports["X1"]
    office = phone.office
    office.grant("H1", "H1", people.COORDINATOR)
    office.grant("H2", "H2", people.COORDINATOR)
    above, beside = office.phone("H1"), office.phone("H2")
    for each in (above, beside):
        each.say("/start")
        each.press_data(f"0.0.0:dossier:{report}")
    assert "Tài liệu kèm theo báo cáo của Xã Một" in above.reply.text
    assert "Mục II.1:" in above.reply.text
    assert "Xã Một" not in beside.reply.text
    assert "a.pdf" not in beside.reply.text
    taken = above.event(phone_press(above, "Nhận tệp 1"))
    assert [row.payload["file"]["name"] for row in taken.outgoing if row.kind == "file"] == ["a.pdf"]
    with province.database.read() as connection:
        (found,) = attachments.of_report(connection, report)
    with pytest.raises(Refused), province.database.write() as connection:
        province.do(connection, "H2", HandEvidence(report, (found.id,)))


def test_what_is_to_be_fetched_becomes_a_job_for_the_door_that_has_it(province: Province) -> None:
    """With everything that is needed later, and once for one event."""
    phone = at_question(province)
    phone.event(FileReceived("", 2_000, "481", "telegram:AgAC", "Lễ phát động"))
    assert "Đang nhận tệp “ảnh” cho mục II.1" in phone.reply.text
    assert "giữ làm ghi chú" in phone.reply.text
    with province.database.read() as connection:
        ((_, payload),) = jobs.unfinished(connection, "fetch:telegram")
    assert (payload["field"], payload["source"], payload["note"]) == ("II.1", "telegram:AgAC", "Lễ phát động")
    assert payload["person"] == province.people["X1"].id
    assert jobs.fetch_kind("telegram") not in jobs.KINDS


def keep(connection: Connection, province: Province, content: bytes, name: str, at: datetime = NOW) -> list[str]:
    who = (province.people["X1"].id, province.accounts["X1"], "telegram")
    wanted = evidence.Wanted(province.reports["X1"], "II.1", "", "", *who)
    return [each.name for each in evidence.keep(connection, wanted, name, "image/jpeg", content, at)]


def test_photos_of_one_moment_are_told_apart(province: Province) -> None:
    with province.database.write() as connection:
        keep(connection, province, made.jpeg(1), "anh.jpg")
        keep(connection, province, made.jpeg(2), "anh.jpg")
        assert keep(connection, province, made.jpeg(2), "khac.jpg") == ["anh.jpg", "anh (2).jpg"]


def test_a_file_given_in_time_is_attached_though_the_report_was_sent_meanwhile(province: Province) -> None:
    with province.database.write() as connection:
        province.send(connection, "X1")
        assert keep(connection, province, made.jpeg(1), "anh.jpg") == ["anh.jpg"]


def test_a_file_of_somebody_who_has_left_is_not_attached(province: Province) -> None:
    with province.database.write() as connection:
        (member,) = list(people.members(connection, province.units["X1"], NOW))
        people.end_role(connection, member.role_id, NOW)
    later = NOW + timedelta(minutes=1)
    with pytest.raises(Refused, match="không còn quyền"), province.database.write() as connection:
        keep(connection, province, made.jpeg(1), "anh.jpg", later)
    with province.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(attachment)).scalar() == 0


def test_files_of_another_process_are_seen_at_once(province: Province) -> None:
    """What one process keeps in memory of a report is read again when a file was attached by another one."""
    phone = at_question(province)
    assert "chưa có tệp đính kèm" in phone.say("/dinhkem II.1")
    with province.database.write() as connection:
        keep(connection, province, made.jpeg(1), "anh.jpg")
    assert "1. anh.jpg" in phone.say("/dinhkem II.1")


def test_a_file_at_home_waits_to_be_told_where_it_belongs(province: Province) -> None:
    """Held over a restart (the session is stored), then attached to the place that is typed."""
    office = Office(province)
    phone = office.phone("X1")
    phone.say("/start")
    give(phone, "a.pdf", made.pdf())
    assert "Gắn vào câu nào của báo cáo" in phone.reply.text
    give(phone, "b.pdf", made.pdf(b"/N 2"))
    again = Office(province, events=office.events)
    phone = again.phone("X1")
    assert "Đã gắn “a.pdf” vào Phụ lục 3" in phone.say("PL3.2")
    assert [name for _, _, name in listed(province)] == ["a.pdf", "b.pdf"]
    assert {row for _, row, _ in listed(province)} == {"ldld"}


def test_what_was_sent_in_and_belongs_nowhere_is_dropped_after_a_day(province: Province) -> None:
    """Not what is attached, or was and is taken off; not what she is asked about; and what she dropped only then."""
    phone = at_question(province)
    give(phone, "gan.pdf", made.pdf())
    phone.say("/start")
    give(phone, "hoi.pdf", made.pdf(b"/N 2"))
    phone.press("Bỏ, không gắn")
    phone.say("/start")
    give(phone, "gan.pdf", made.pdf())
    phone.press("Bỏ, không gắn")
    phone.say("/start")
    give(phone, "cho.pdf", made.pdf(b"/N 3"))
    assert drop(province, hours=23) == (0, ["gan.pdf", "hoi.pdf", "cho.pdf"])
    assert drop(province, hours=25) == (1, ["gan.pdf", "cho.pdf"])
    assert "Đã gắn “cho.pdf” vào Phụ lục 3" in phone.say("PL3.2")
    assert drop(province, hours=100) == (0, ["gan.pdf", "cho.pdf"])


def test_what_waited_for_days_and_was_let_go_then_is_dropped_a_day_later(province: Province) -> None:
    phone = Office(province).phone("X1")
    phone.say("/start")
    give(phone, "cho.pdf", made.pdf())
    assert drop(province, hours=25) == (0, ["cho.pdf"])
    phone.press("Bỏ, không gắn")
    assert drop(province, hours=26) == (0, ["cho.pdf"])
    assert drop(province, hours=50) == (1, [])


def drop(province: Province, hours: int) -> tuple[int, list[str]]:
    """How many files go after so many hours, and which are left."""
    with province.database.write() as connection:
        dropped = files.drop_loose(connection, NOW + timedelta(hours=hours))
        return dropped, list(connection.execute(select(file.c.name).order_by(file.c.id)).scalars())


def test_files_of_parts_that_are_not_hers_are_not_hers_either(province: Province) -> None:
    """A colleague limited to an appendix neither sees, gets nor attaches anything elsewhere."""
    phone = at_question(province)
    give(phone, "a.pdf", made.pdf())
    code = colleague(province, "official")
    who, report = province.people[code].id, province.reports["X1"]
    with province.database.write() as connection:
        values = {"submission": report, "prefix": "PL3", "person": who, "at": NOW, "sees_all": False, "comment": ""}
        connection.execute(assignment.insert(), values)
    other = phone.office.phone(code)
    other.say("/start")
    assert "a.pdf" not in other.say("/dinhkem")
    with province.database.read() as connection:
        (found,) = attachments.of_report(connection, report)
        assert evidence.may_have(connection, who, found.file, NOW) is False
    with pytest.raises(Refused), province.database.write() as connection:
        province.do(connection, code, AttachEvidence(report, "II.1", "", "b.pdf", 9, "telegram:abc"))
    with province.database.write() as connection:
        handed = province.do(connection, code, HandEvidence(report, (found.id,)))
    assert handed.outbox == ()
