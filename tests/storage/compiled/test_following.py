"""Following a campaign: counts that add up, only what one may follow, who cannot be reached; the picture's job."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, select, update

from bot.documents.workshop import Workshop
from dialogs.values.decisions import DrawProgress
from dialogs.values.progress_board import Board, Reached, tally
from dialogs.values.status import Status
from storage.campaigns import campaigns
from storage.campaigns.turn_cache import TurnCache
from storage.compiled import following, progress
from storage.messages import jobs
from storage.people import people
from storage.reports import workflow
from storage.schema.errors import Refused
from storage.schema.tables import account, campaign_unit, job, outbox, submission, unit_version
from storage.units import units
from storage.units.units import NewUnit
from tests.office.phone import Office, Phone
from tests.office.province import NOW, REFERENCE, TEXT, ZONE, Province
from tests.office.stored import set_required

LATER = NOW + timedelta(days=30)


def boss(province: Province, unit: str, role: str = "coordinator") -> int:
    """Make the person of a unit something more there."""
    with province.database.write() as connection:
        return people.grant(connection, province.people[unit].id, province.units[unit], role, NOW)


def board(province: Province, who: str, unit: str, at: datetime = NOW) -> Board | None:
    with province.database.read() as connection:
        world = province.world(connection, who, at=at)
        return world.following.board(province.campaign, province.units[unit])


def some(province: Province, who: str, unit: str, at: datetime = NOW) -> Board:
    found = board(province, who, unit, at)
    assert found is not None
    return found


def mixed(province: Province) -> None:
    """One unit in each status; X3 owes nothing, H1 is past its moment."""
    with province.database.write() as connection:
        province.save(connection, "X1", TEXT, "Nội dung.")
        province.send(connection, "X1", "X2", "X4")
        workflow.accept(connection, province.reports["X2"], None, NOW)
        workflow.return_report(connection, province.reports["X4"], "", "Thiếu.", None, NOW)
        province.save(connection, "X5", TEXT, "Nội dung.")
        set_required(connection, province.reports["X3"], False)
        campaigns.set_due(connection, province.reports["H1"], NOW - timedelta(days=1))
        campaigns.set_due(connection, province.reports["X4"], NOW - timedelta(days=1))


def test_the_counts_add_up_to_the_units(province: Province) -> None:
    """Each report is in one status, the late ones are named in theirs, and the share is of those that owe."""
    boss(province, "T")
    mixed(province)
    counts = tally(some(province, "T", "T").asked)
    assert {status.value: number for status, number in counts.counts.items()} == {
        "accepted": 1,
        "sent": 1,
        "returned": 1,
        "in_progress": 1,
        "not_opened": 3,
        "not_required": 1,
    }
    assert counts.total == len(province.reports) == 8
    assert {status for status, number in counts.late.items() if number} == {Status.NOT_OPENED, Status.RETURNED}
    assert (counts.done, counts.owing, counts.percent) == (2, 7, 28)


def test_the_board_is_what_progress_prints(province: Province) -> None:
    """The list in the chat and the command line never differ."""
    boss(province, "T")
    mixed(province)
    found = some(province, "T", "T")
    with province.database.read() as connection:
        asked = campaigns.by_id(connection, province.campaign)
        assert asked is not None
        printed = progress.of_campaign(connection, TurnCache(), asked, NOW)
    assert [(each.code, each.status, each.late) for each in found.asked] == [
        (each.code, each.status, each.late) for each in printed
    ]


def test_a_second_sending_is_counted_once(province: Province) -> None:
    """Returned and sent again: still one of one."""
    boss(province, "H1")
    with province.database.write() as connection:
        province.send(connection, "X1")
        workflow.return_report(connection, province.reports["X1"], "", "Thiếu.", None, NOW)
        province.send(connection, "X1", at=LATER)
    counts = tally(some(province, "H1", "H1").asked)
    assert (counts.done, counts.total) == (1, 4)


def test_a_unit_closed_in_the_middle_stays_in_both_counts(province: Province) -> None:
    """The campaign's reference date decides who is there: what is sent never exceeds what is owed."""
    boss(province, "T")
    with province.database.write() as connection:
        province.send(connection, *province.reports)
        ended = update(unit_version).where(unit_version.c.unit == province.units["X1"])
        connection.execute(ended.values(valid_to=REFERENCE + timedelta(days=1)))
    assert tally(some(province, "T", "T", LATER).asked).percent == 100


def test_nothing_of_another_unit_is_shown(province: Province) -> None:
    """A coordinator of a district has her district; those beside it and above it do not exist for her."""
    boss(province, "H1")
    mine = some(province, "H1", "H1")
    assert {place.code for place in mine.places} == {"H1", "X1", "X2", "X3"}
    assert mine.above == 0
    assert [board(province, "H1", code) for code in ("T", "H2", "X4")] == [None] * 3
    assert [board(province, "X1", code) for code in ("X1", "H1", "T")] == [None] * 3
    assert some(province, "H1", "X2").above == province.units["H1"]


def test_a_right_that_has_ended_shows_nothing(province: Province) -> None:
    role = boss(province, "H1")
    assert board(province, "H1", "H1") is not None
    with province.database.write() as connection:
        people.end_role(connection, role, NOW)
    assert board(province, "H1", "H1") is None


def test_a_campaign_that_is_not_there_has_no_board(province: Province) -> None:
    boss(province, "T")
    with province.database.read() as connection:
        world = province.world(connection, "T")
        assert world.following.board(99, province.units["T"]) is None
        assert world.following.board(province.campaign, 99) is None


def test_who_cannot_be_reached_is_told_by_unit(province: Province) -> None:
    """Nobody there, nobody with a door, all of them blocked; one open door is enough."""
    boss(province, "H1")
    with province.database.write() as connection:
        mine = {code: account.c.id == province.accounts[code] for code in ("X1", "X2")}
        connection.execute(update(account).where(mine["X1"]).values(blocked_at=NOW))
        connection.execute(update(account).where(mine["X2"]).values(channel="terminal"))
        people.remove(connection, province.people["X3"].id, NOW)
    found = {place.code: place.reached for place in some(province, "H1", "H1").places}
    assert found == {"H1": Reached.YES, "X1": Reached.BLOCKED, "X2": Reached.NO_DOOR, "X3": Reached.NOBODY}
    with province.database.write() as connection:
        people.add_account(connection, province.people["X1"].id, "web", "x1", NOW)
    assert {place.code: place.reached for place in some(province, "H1", "H1").places}["X1"] is Reached.YES


def test_answers_are_counted_only_for_the_board(province: Province) -> None:
    """Reports beside the board have no count here, whatever number is asked for."""
    boss(province, "H1")
    mixed(province)
    with province.database.read() as connection:
        world = province.world(connection, "H1")
        mine = world.following.board(province.campaign, province.units["H1"])
        assert mine is not None
        found = world.following.answered(mine, list(province.reports.values()))
    assert set(found) == {province.reports[code] for code in ("H1", "X1", "X2", "X3")}
    assert found[province.reports["X1"]] == (1, 32)


# --- in the chat ----------------------------------------------------------------------------------------------------


@pytest.fixture
def large(province: Province) -> Province:
    """Twelve more communes in the first district, asked in a campaign of their own."""
    with province.database.write() as connection:
        for number in range(12):
            new = NewUnit(f"Y{number}", f"Xã Mới {number}", "xa", province.units["H1"], position=50 + number)
            province.units[f"Y{number}"] = units.add(connection, new, NOW)
        opening = campaigns.Opening("kl62-2019", "T", REFERENCE, key="hai")
        province.campaign = campaigns.open_campaign(connection, opening, NOW, ZONE)
        for code, unit in province.units.items():
            report = campaigns.submission_of(connection, province.campaign, unit)
            assert report is not None
            province.reports[code] = report
    boss(province, "H1")
    return province


def lines(phone: Phone) -> list[str]:
    return [line for line in phone.reply.text.splitlines() if line.split(".")[0].isdigit()]


def test_the_list_has_pages(large: Province) -> None:
    """Sixteen units are two pages; "/tiep" and the button lead to the same one, and every unit is on one."""
    phone = Office(large).phone("H1")
    phone.say("/tiendo hai")
    first = lines(phone)
    phone.press("Trang sau")
    second = lines(phone)
    phone.press("Trang trước")
    assert lines(phone) == first
    phone.say("/tiep")
    assert lines(phone) == second
    assert (len(first), len(second)) == (10, 6)
    named = [line.split(". ")[1].split(" – ")[0] for line in (*first, *second)]
    assert len(set(named)) == 16


def test_a_number_means_the_line_that_it_stands_before(large: Province) -> None:
    phone = Office(large).phone("H1")
    phone.say("/tiendo hai")
    wanted = lines(phone)[6].split(". ")[1].split(" – ")[0]
    phone.say("7")
    assert phone.reply.text.startswith(f"{wanted}\n")


def test_an_old_page_is_still_a_page(large: Province) -> None:
    """A button of last week names its list itself; what it leads to is asked anew."""
    phone = Office(large).phone("H1")
    phone.say("/tiendo hai")
    old = phone.reply
    phone.say("/start")
    phone.press("Trang sau", old)
    assert "trang 2/2" in phone.reply.text


@pytest.mark.parametrize("action", ["board:{0}.{1}", "picture:{0}.{1}", "record_of:{0}.{1}", "record_file:{0}.{1}"])
def test_an_invented_button_leads_nowhere(province: Province, action: str) -> None:
    """The district next door, an official without the right, a number that is none."""
    boss(province, "H1")
    office = Office(province)
    for who in ("H1", "X1"):
        phone = office.phone(who)
        told = phone.press_data("0.0.0:" + action.format(province.campaign, province.units["H2"]))
        assert "Huyện Hai" not in told
        assert phone.reply.refused
        assert phone.press_data("0.0.0:" + action.format("x", "y"))
    with province.database.read() as connection:
        assert connection.execute(select(job.c.id)).all() == []


def test_every_button_fits_telegram(large: Province) -> None:
    phone = Office(large).phone("H1")
    for said in ("/tiendo hai", "1", "/nhatky hai"):
        phone.say(said)
        assert phone.reply.choices
        assert all(len(choice.id.encode()) <= 64 for choice in phone.reply.choices)


@pytest.mark.parametrize(
    ("label", "unit"),
    [("Lấy báo cáo", "X1"), ("Nhắc", "X3"), ("Gia hạn", "X3"), ("Tiếp nhận", "X1"), ("Trả lại", "X1")],
)
def test_a_unit_leads_to_what_may_be_done_with_it(province: Province, label: str, unit: str) -> None:
    """Each button begins the errand of that command with this very unit."""
    boss(province, "H1")
    with province.database.write() as connection:
        province.send(connection, "X1")
    phone = Office(province).phone("H1")
    phone.say(f"/tiendo kl62-2019 {unit}")
    phone.press(label)
    assert not phone.reply.refused
    assert {"X1": "Xã Một", "X3": "Xã Ba"}[unit] in phone.reply.text


def test_only_what_may_be_done_is_offered(province: Province) -> None:
    """Nobody decides about the report of the unit they sit in; an accepted one is opened again, not returned."""
    boss(province, "H1")
    with province.database.write() as connection:
        province.send(connection, "H1", "X1")
        workflow.accept(connection, province.reports["X1"], None, NOW)
    phone = Office(province).phone("H1")
    phone.say("/tiendo kl62-2019 X1")
    assert phone.labels[:2] == ["Lấy báo cáo", "Mở lại"]
    phone.say("/tiendo kl62-2019")
    phone.press("Huyện Một")
    assert phone.labels == ["Lấy báo cáo", "Nhật ký", "Về danh sách", "Trang đầu"]


def test_the_open_question_is_still_there_afterwards(province: Province) -> None:
    """What was typed before stands, and "/tiep" from the first screen goes on with it."""
    boss(province, "H1")
    phone = Office(province).phone("H1")
    phone.say("/tiep")
    phone.say("Địa bàn rộng, dân cư thưa.")
    phone.say("/tiendo")
    phone.say("Xã Hai")
    phone.say("/huy")
    phone.say("/tiep")
    assert "Địa bàn rộng, dân cư thưa." in phone.reply.text


# --- the picture ----------------------------------------------------------------------------------------------------


def handed(connection: Connection, province: Province, code: str) -> list[dict[str, object]]:
    found = select(outbox.c.payload).where(outbox.c.account == province.accounts[code], outbox.c.kind == "file")
    return [json.loads(row[0]) for row in connection.execute(found)]


def workshop(province: Province) -> Workshop:
    return Workshop(province.database, lambda: NOW, ZONE, "p1", [jobs.PICTURE])


def test_the_picture_comes_to_who_asked(province: Province) -> None:
    """Asked twice before it is drawn, it is drawn once; it is a photo with a caption, kept for its owner."""
    boss(province, "H1")
    phone = Office(province).phone("H1")
    phone.say("/tiendo")
    phone.press("Xem hình")
    phone.press("Xem hình")
    shop = workshop(province)
    assert shop.work()
    assert not shop.work()
    with province.database.read() as connection:
        (payload,) = handed(connection, province, "H1")
    assert payload["text"] == "Tiến độ “Tổng kết 10 năm Kết luận 62” – Huyện Một, lúc 09:00 ngày 1/4/2019"
    file = payload["file"]
    assert isinstance(file, dict)
    assert file["photo"][0] == 1080
    assert file["name"] == "KL62-2019_H1_Huyen_Mot_tien-do_20190401-0900.png"


def test_a_right_that_ends_before_it_is_drawn_gives_no_picture(province: Province) -> None:
    role = boss(province, "H1")
    phone = Office(province).phone("H1")
    phone.say("/tiendo")
    phone.press("Xem hình")
    with province.database.write() as connection:
        people.end_role(connection, role, NOW)
    assert workshop(province).work()
    with province.database.read() as connection:
        assert handed(connection, province, "H1") == []
    assert "không còn quyền" in phone.notices()[-1].text


def test_the_effect_asks_for_the_right_again(province: Province) -> None:
    """Even if a dialog let it through: another district, a unit or campaign that is not there."""
    boss(province, "H1")
    with province.database.write() as connection:
        for campaign, unit in (("kl62-2019", "H2"), ("kl62-2019", "Z"), ("nothing", "H1")):
            with pytest.raises(Refused) as refused:
                province.do(connection, "H1", DrawProgress(campaign, unit))
            assert "H2" not in str(refused.value)
        province.do(connection, "H1", DrawProgress("kl62-2019", "H1"))


def test_a_unit_beside_the_campaign_only_stands_over_others(province: Province) -> None:
    """A district that is not asked has no report of its own, but its communes are found under it."""
    boss(province, "T")
    with province.database.write() as connection:
        gone = province.reports["H2"]
        connection.execute(submission.delete().where(submission.c.id == gone))
        connection.execute(campaign_unit.delete().where(campaign_unit.c.id == gone))
    found = some(province, "T", "T")
    district = found.at_unit(province.units["H2"])
    assert district is not None
    assert not district.asked
    assert tally(found.asked).total == 7
    assert [each.head.code for each in found.branches()] == ["H1", "H2"]
    with province.database.read() as connection:
        asked = campaigns.by_id(connection, province.campaign)
        assert asked is not None
        assert following.of_unit(connection, asked, province.units["H2"], NOW) is not None
