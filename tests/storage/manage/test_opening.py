"""A campaign opened from a phone: what is refused, who is told, one key for one of two, on both databases."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select, update

from bot.channels.incoming import Incoming
from bot.documents.workshop import Workshop
from bot.turns.turn import Turn
from dialogs.forms.form_file import shipped_text
from dialogs.texts import objections
from dialogs.texts.deadlines import last_moment_words
from dialogs.values.decisions import CloseCampaign, HandPlan, OpenCampaign
from dialogs.values.effects import OpenReport, Reply
from dialogs.values.events import ChoicePressed
from storage.campaigns import campaigns, forms
from storage.campaigns.turn_cache import TurnCache
from storage.manage import plans
from storage.messages import jobs
from storage.people import people
from storage.schema import audit
from storage.schema.errors import Refused
from storage.schema.tables import campaign, campaign_unit, file, outbox
from storage.units import units
from storage.units.units import NewUnit
from tests.office.phone import Office, Phone
from tests.office.province import NOW, REFERENCE, ZONE, Province

WANTED = OpenCampaign(
    form="kl62-2019",
    unit=0,
    key="thu",
    title="Đợt thử",
    reference_date=REFERENCE,
    zone=ZONE,
    due={"xa": date(2019, 4, 5), "huyen": date(2019, 4, 10), "tinh": date(2019, 4, 15)},
)
TO_PLAN = ("/dot", "[Mở đợt mới", "kl62-2019", "[Hôm nay", "[Tỉnh T", "Đợt thử", "[Không ghi kỳ", "[Tiếp")
DAYS = ("5/4/2019", "10/4/2019", "15/4/2019")


@pytest.fixture
def office(province: Province) -> Office:
    """The person of T coordinates the province, the person of H1 the district."""
    found = Office(province)
    found.grant("T", "T", people.COORDINATOR)
    found.grant("H1", "H1", people.COORDINATOR)
    return found


def walk(phone: Phone, *lines: str) -> str:
    for line in lines:
        phone.press(line[1:]) if line.startswith("[") else phone.say(line)
    return phone.reply.text


def news(phone: Phone) -> list[Reply]:
    """What a person was told unasked; a menu that changed says nothing."""
    return [notice for notice in phone.notices() if notice.text]


def opened(province: Province, key: str = "thu") -> Any:
    with province.database.read() as connection:
        return campaigns.by_key(connection, key)


def number_of(province: Province, key: str) -> int:
    with province.database.read() as connection:
        found = select(func.count()).select_from(campaign).where(campaign.c.key == key)
        return int(connection.execute(found).scalar_one())


def wanted(province: Province, unit: str = "T", **changes: Any) -> OpenCampaign:
    return replace(WANTED, unit=province.units[unit], **changes)


def decide(province: Province, code: str, decision: object, at: datetime = NOW) -> None:
    with province.database.write() as connection:
        province.do(connection, code, decision, at=at)  # type: ignore[arg-type]


# --- opened from the phone -----------------------------------------------------------------------------------------


def test_a_campaign_is_opened_as_the_plan_says(office: Office) -> None:
    """Kinds, last moments, terms: what was shown is what is stored, and it is recorded."""
    phone = office.phone("T")
    shown = walk(phone, *TO_PLAN, *DAYS, "[Yêu cầu lãnh đạo", "[Báo cấp trên", "[Hỏi thêm")
    phone.press("Mở đợt")

    here = opened(office.province, "kl62-2019-2")
    with office.province.database.read() as connection:
        plan = plans.of_campaign(connection, TurnCache(), here, NOW)
        (deed,) = [each for each in audit.read(connection, here.id) if each.verb == "campaign.open"]
    assert here.settings == {"confirm": True, "reminders": {"escalate": 3}}
    assert here.switches == {"pl1_pl2"}
    for group in plan.groups:
        assert last_moment_words(group.due, ZONE) in shown
    assert [(each.kind, each.number) for each in plan.groups] == [("xa", 5), ("huyen", 2), ("tinh", 1)]
    assert (deed.person, deed.channel) == (office.province.people["T"].id, "telegram")
    assert deed.detail["due"] == {"xa": "2019-04-05", "huyen": "2019-04-10", "tinh": "2019-04-15"}


def test_a_double_tap_opens_one(office: Office) -> None:
    phone = office.phone("T")
    walk(phone, *TO_PLAN, *DAYS)
    button = phone.button("Mở đợt").id
    phone.press_data(button)
    told = phone.press_data(button)

    assert number_of(office.province, "kl62-2019-2") == 1
    assert "Mở đợt này?" not in told
    assert len(news(office.phone("X1"))) == 1


def test_everybody_asked_is_told_once_with_a_button_that_leads_there(office: Office) -> None:
    """One message however many units; nobody who owes nothing, no longer has the role, or has opened it."""
    office.grant("X1", "X2", people.OFFICIAL)
    with office.province.database.write() as connection:
        (member,) = people.members(connection, office.province.units["X3"], NOW)
        people.end_role(connection, member.role_id, NOW - timedelta(seconds=1))
    phone = office.phone("T")
    walk(phone, *TO_PLAN[:-1], "[Đơn vị không phải nộp", "X5", "[Xong", "[Tiếp", *DAYS, "[Mở đợt")

    told = {code: news(office.phone(code)) for code in office.province.people}
    assert {code: len(found) for code, found in told.items()} == {
        **dict.fromkeys(("X1", "X2", "X4", "H1", "H2"), 1),
        **dict.fromkeys(("T", "X3", "X5"), 0),
    }
    (notice,) = told["X1"]
    assert "Xã Một: chậm nhất 24:00 ngày 5/4/2019 (thứ Sáu)." in notice.text
    assert [choice.label for choice in notice.choices] == ["Bắt đầu – Xã Một", "Bắt đầu – Xã Hai"]
    taken = office.phone("X1").event(ChoicePressed(notice.choices[1].id))
    here = opened(office.province, "kl62-2019-2")
    with office.province.database.read() as connection:
        report = campaigns.submission_of(connection, here.id, office.province.units["X2"])
    assert OpenReport(report or 0) in taken.effects


def test_nobody_is_told_where_that_is_switched_off(office: Office) -> None:
    phone = office.phone("T")
    walk(phone, *TO_PLAN, *DAYS, "[Không báo cho các đơn vị", "[Mở đợt")
    assert opened(office.province, "kl62-2019-2") is not None
    assert [news(office.phone(code)) for code in ("X1", "H2")] == [[], []]


def test_what_was_decided_survives_whatever_comes_between(office: Office) -> None:
    """A restart, another report, /start: the draft waits, and goes on where something is missing."""
    phone = office.phone("T")
    walk(phone, *TO_PLAN, DAYS[0])
    walk(phone, "/start", "[Bắt đầu", "Một đoạn báo cáo dài của tỉnh.")
    office.turn = Turn(lambda: office.at, ZONE)
    asked = walk(phone, "/dot", "[Làm tiếp")
    assert "Hạn nộp của cấp huyện" in asked
    shown = walk(phone, *DAYS[1:])
    assert "Cấp xã: 5 đơn vị, chậm nhất 24:00 ngày 5/4/2019 (thứ Sáu)" in shown
    assert "Đợt thử" in shown


def test_whether_the_day_of_before_counts_is_asked_once(office: Office) -> None:
    """C4: asked at the first "trước ngày", kept for the others; a bare date is inclusive."""
    phone = office.phone("T")
    asked = walk(phone, *TO_PLAN, "trước ngày 6/4/2019")
    assert "gửi trong chính ngày 6/4/2019 có còn đúng hạn không?" in asked
    walk(phone, "[Không, hết ngày hôm trước", "trước ngày 11/4/2019")
    walk(phone, "15/4/2019", "[Mở đợt")

    here = opened(office.province, "kl62-2019-2")
    with office.province.database.read() as connection:
        found = {each.kind: last_moment_words(each.due, ZONE) for each in campaigns.groups(connection, here.id)}
    assert found == {
        "xa": "chậm nhất 24:00 ngày 5/4/2019 (thứ Sáu)",
        "huyen": "chậm nhất 24:00 ngày 10/4/2019 (thứ Tư)",
        "tinh": "chậm nhất 24:00 ngày 15/4/2019 (thứ Hai)",
    }


def test_a_lower_level_due_after_the_one_above_is_warned_of_and_not_blocked(office: Office) -> None:
    phone = office.phone("T")
    shown = walk(phone, *TO_PLAN, "12/4/2019", *DAYS[1:])
    assert "hạn của cấp xã không trước hạn của cấp huyện" in shown
    assert "hạn của cấp huyện không trước hạn của cấp tỉnh" not in shown
    phone.press("Mở đợt")
    assert opened(office.province, "kl62-2019-2") is not None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31/3/2019", "đã qua"),
        ("30/02/2027", "không phải là ngày có thật"),
        ("tháng 4/2019", "chưa có ngày"),
        ("cuối tháng 4", "chưa chỉ đúng một ngày"),
        ("sớm nhất có thể", "Chưa đọc được ngày tháng nào"),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_what_is_accepted(office: Office, typed: str, said: str) -> None:
    phone = office.phone("T")
    told = walk(phone, *TO_PLAN, typed)
    assert said in told
    assert "“trước ngày" in told
    assert phone.reply.refused
    assert "Hạn nộp của cấp xã" in told


# --- rights --------------------------------------------------------------------------------------------------------


def test_a_coordinator_of_a_district_opens_for_it_and_no_further(office: Office) -> None:
    """Units outside are not found by name, not by a made-up button, and the decision itself is refused."""
    phone = office.phone("H1")
    walk(phone, *TO_PLAN[:4])
    for typed in ("Huyện Hai", "X4", "Tỉnh T"):
        assert f"Không tìm thấy “{typed}”" in phone.say(typed)
    head = phone.reply.choices[0].id.partition(":")[0]
    refused = phone.press_data(f"{head}:take:{office.province.units['H2']}")
    assert "Huyện Hai" not in refused
    for unit in ("H2", "X4", "T"):
        with pytest.raises(Refused, match=objections.NOT_YOURS):
            decide(office.province, "H1", wanted(office.province, unit))
    shown = walk(phone, "xa hai", "Đợt của xã", "[Không ghi kỳ", "[Tiếp", "5/4/2019")
    assert "Phải nộp: 1 đơn vị" in shown


def test_an_official_is_told_and_nothing_is_shown(office: Office) -> None:
    phone = office.phone("X1")
    told = phone.say("/dot")
    assert "dành cho người theo dõi" in told
    assert "Tỉnh T" not in told
    with pytest.raises(Refused, match=objections.NOT_YOURS):
        decide(office.province, "X1", wanted(office.province, "X1"))


def test_a_right_that_ends_meanwhile_ends_the_preparation(office: Office) -> None:
    """Before the next word is read, and even a kept button opens nothing."""
    phone = office.phone("T")
    walk(phone, *TO_PLAN, *DAYS)
    button = phone.button("Mở đợt").id
    with office.province.database.write() as connection:
        for member in people.members(connection, office.province.units["T"], NOW):
            if member.role == people.COORDINATOR:
                people.end_role(connection, member.role_id, NOW)
    office.at = NOW + timedelta(minutes=1)
    assert "dành cho người theo dõi" in phone.press_data(button)
    assert opened(office.province, "kl62-2019-2") is None


def test_only_who_may_manages_a_running_campaign(office: Office) -> None:
    """The district's coordinator sees no campaign of the province's, and can neither end it nor have it printed."""
    province = office.province
    assert "Hiện chưa có đợt báo cáo nào đang mở" in office.phone("H1").say("/dot")
    for decision in (CloseCampaign(province.campaign), HandPlan(province.campaign), HandPlan(opening=wanted(province))):
        with pytest.raises(Refused, match=objections.NOT_YOURS):
            decide(province, "H1", decision)
    walk(office.phone("T"), "/dot kl62-2019", "[Đóng đợt", "[Đóng đợt")
    here = opened(province, "kl62-2019")
    assert here.closed_at == NOW
    with province.database.read() as connection:
        assert [deed.verb for deed in audit.read(connection, here.id)] == ["campaign.close"]


# --- what cannot be opened -----------------------------------------------------------------------------------------


Changes = Callable[[Province], dict[str, Any]]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (lambda _: {"key": "kl62-2019"}, "Đã có đợt báo cáo mang mã kl62-2019"),
        (lambda _: {"key": "có dấu"}, "không dùng được"),
        (lambda _: {"form": "kl63"}, "Mẫu kl63 chưa được công bố"),
        (lambda _: {"title": "một\nhai"}, "cần một dòng"),
        (lambda _: {"due": {**WANTED.due, "xa": date(2019, 3, 31)}}, "đã qua"),
        (lambda _: {"due": {"xa": date(2019, 4, 5)}}, "Chưa đặt hạn nộp cho loại đơn vị: huyen, tinh"),
        (lambda _: {"due": {**WANTED.due, "dutt": date(2019, 4, 5)}}, "dutt"),
        (lambda _: {"left_out": frozenset({"xa", "huyen", "tinh"}), "due": {}}, "Không có đơn vị nào"),
        (lambda _: {"left_out": frozenset({"cum"})}, "cum"),
        (lambda p: {"not_required": frozenset(p.units)}, "Không có đơn vị nào phải nộp"),
        (lambda _: {"not_required": frozenset({"X9"})}, "X9"),
        (lambda _: {"switches": frozenset({"nothing"})}, "nothing"),
        (lambda _: {"settings": {"counted": ["lost"]}}, "lost"),
        (lambda _: {"settings": {"reminders": {"offsets": [900]}}}, "60"),
        (lambda _: {"reference_date": date(1890, 1, 1)}, "không có vào ngày 01/01/1890"),
    ],
)
def test_an_impossible_opening_is_one_sentence_and_leaves_nothing(office: Office, changes: Changes, said: str) -> None:
    """The same sentence for the dialog, before, and from the handler, should it ever get so far."""
    opening = wanted(office.province, **changes(office.province))
    person = office.province.people["T"]
    with office.province.database.write() as connection:
        why = plans.refusal(connection, opening, person.id, NOW)
    assert said in why
    with pytest.raises(Refused) as refused:
        decide(office.province, "T", opening)
    assert str(refused.value) == why
    with office.province.database.read() as connection:
        assert len(campaigns.every(connection)) == 1
        assert connection.execute(select(func.count()).select_from(outbox)).scalar() == 0


def test_a_form_whose_money_has_no_unit_is_not_offered(office: Office) -> None:
    """C3: published before that was checked; the cell is named."""
    text = shipped_text("kl102-2019")
    with office.province.database.write() as connection:
        forms.publish(connection, text, NOW)
    cache = office.turn._cache
    with office.province.database.read() as connection:
        version = forms.newest(connection, "kl102-2019") or 0
        form = cache.form(connection, version)
    bare = tuple(
        replace(table, columns=tuple(replace(c, measure="") if c.key == "kinh_phi" else c for c in table.columns))
        for table in form.tables
    )
    cache._forms[version] = replace(form, tables=bare)
    phone = office.phone("T")
    told = walk(phone, "/dot", "[Mở đợt mới")
    assert "ô tiền chưa có đơn vị tính: TONG_HOP." in told
    assert form.short_title not in phone.labels
    refused = phone.say("kl102-2019")
    assert "Chưa mở đợt được" in refused
    assert "TONG_HOP." in refused and ".kinh_phi" in refused


def test_a_unit_below_which_nobody_is_asked_is_refused(office: Office) -> None:
    with office.province.database.write() as connection:
        units.add(connection, NewUnit("C1", "Cụm Một", "cum", office.province.units["T"]), NOW)
    told = walk(office.phone("T"), *TO_PLAN[:4], "cum mot")
    assert "Không có đơn vị nào tại Cụm Một" in told


def test_of_two_who_open_the_same_key_at_once_one_does(office: Office) -> None:
    """Both stand before the same plan and press at once; the other is told, keeps the draft, and may go on."""
    province = office.province
    first, second = office.phone("T"), office.phone("H1")
    walk(first, *TO_PLAN, *DAYS, "[Sửa bản soạn", "[Mã đợt", "chung")
    walk(second, *TO_PLAN[:4], "[Huyện Một", *TO_PLAN[5:], *DAYS[:2], "[Sửa bản soạn", "[Mã đợt", "chung")
    barrier = Barrier(2)

    def press(phone: Phone, number: int) -> str:
        turn = Turn(lambda: NOW, ZONE)
        button = ChoicePressed(phone.button("Mở đợt").id)
        barrier.wait()
        with province.database.write() as connection:
            taken = turn.handle(connection, Incoming(f"once-{number}", phone.account, button))
        return next(effect.text for effect in taken.effects if hasattr(effect, "choices"))

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(press, (first, second), (1, 2)))
    assert [text.partition(" ")[0] for text in told] == ["Chưa", "Đã"]
    assert "Đã có đợt báo cáo mang mã chung" in told[0]
    assert number_of(province, "chung") == 1


# --- the plan, shown and printed -----------------------------------------------------------------------------------


def test_a_plan_that_is_opened_is_the_plan_that_was_shown(office: Office) -> None:
    """Before and after opening the same units, the same last moments, the same terms."""
    opening = wanted(office.province, not_required=frozenset({"X5"}), left_out=frozenset({"tinh"}))
    opening = replace(opening, due={kind: day for kind, day in WANTED.due.items() if kind != "tinh"})
    with office.province.database.write() as connection:
        before = plans.planned(connection, TurnCache(), opening, NOW)
        office.province.do(connection, "T", opening)
        here = campaigns.by_key(connection, "thu")
        assert here is not None
        after = plans.of_campaign(connection, TurnCache(), here, NOW)
    assert replace(after, campaign=0, opened_at=None) == before
    assert before.left_out == (("tinh", 1),)
    assert [each.name for each in before.units if not each.required] == ["Xã Năm"]


def test_a_deadline_that_was_moved_shows_in_the_plan(office: Office) -> None:
    later = campaigns.last_moment(date(2019, 4, 20), ZONE)
    with office.province.database.write() as connection:
        here = campaigns.by_id(connection, office.province.campaign)
        assert here is not None
        connection.execute(
            update(campaign_unit).where(campaign_unit.c.id == office.province.reports["X1"]).values(due=later)
        )
        (group,) = [g for g in plans.of_campaign(connection, TurnCache(), here, NOW).groups if g.kind == "xa"]
    assert (group.due, group.others) == (None, 1)


@pytest.mark.parametrize("code", ["draft", "running"])
def test_the_plan_comes_as_a_word_document(office: Office, code: str) -> None:
    """Asked for twice it is printed once; a plan that is not opened yet says that it is a draft."""
    phone = office.phone("T")
    if code == "draft":
        walk(phone, *TO_PLAN, *DAYS, "[Nhận kế hoạch", "[Nhận kế hoạch")
    else:
        walk(phone, "/dot kl62-2019", "[Nhận kế hoạch", "[Nhận kế hoạch")
    workshop = Workshop(office.province.database, lambda: NOW, ZONE, "p", (jobs.PLAN,))
    assert workshop.work()
    assert not workshop.work()
    with office.province.database.read() as connection:
        ((name, content),) = connection.execute(select(file.c.name, file.c.bytes)).all()
        payloads = [json.loads(row[0]) for row in connection.execute(select(outbox.c.payload))]
    key = "KL62-2019-2" if code == "draft" else "KL62-2019"
    assert name == f"{key}_T_Tinh_T_ke-hoach{'_du-thao' if code == 'draft' else ''}.docx"
    assert bytes(content).startswith(b"PK")
    assert [each["file"]["name"] for each in payloads if "file" in each] == [name]
