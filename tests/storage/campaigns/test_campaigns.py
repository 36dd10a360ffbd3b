"""Dated units, campaigns over them, how far they have come, and what a report is made of."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy.exc import IntegrityError

from dialogs.forms.answers import DOCUMENT_DATA, Address, State, Value
from dialogs.forms.form_file import shipped_text
from dialogs.values.effects import Piece
from dialogs.values.report_data import Rolled
from dialogs.values.report_view import Unit
from dialogs.values.status import Status
from storage.campaigns import campaigns, forms
from storage.campaigns.campaigns import Opening
from storage.campaigns.turn_cache import TurnCache
from storage.compiled import progress, unit_data
from storage.people import people
from storage.reports import letterheads, workflow
from storage.reports.letterheads import UnitLetterhead
from storage.schema.database import Database
from storage.schema.errors import Refused
from storage.units import units
from storage.units.units import NewUnit
from tests.office.province import MONEY, NOW, REFERENCE, TEXT, TOTAL, ZONE, Province, build
from tests.office.stored import set_required

LAST_DAY = date(2025, 6, 30)
FIRST_DAY = date(2025, 7, 1)


def _merged(database: Database) -> dict[str, int]:
    """Until 30/6/2025 T > H > A, B; from 1/7/2025 T > AB, which bears the code of A."""
    with database.write() as connection:
        top = units.add(connection, NewUnit("T", "Tỉnh T", "tinh"), NOW)
        district = units.add(connection, NewUnit("H", "Huyện H", "huyen", top, valid_to=LAST_DAY), NOW)
        first = units.add(connection, NewUnit("A", "Xã A", "xa", district, valid_to=LAST_DAY, position=2), NOW)
        second = units.add(connection, NewUnit("B", "Xã B", "xa", district, valid_to=LAST_DAY, position=1), NOW)
        units.add(connection, NewUnit("A", "Xã AB", "xa", top, valid_from=FIRST_DAY), NOW, first)
    return {"T": top, "H": district, "A": first, "B": second}


def test_the_hierarchy_is_that_of_the_day(database: Database) -> None:
    ids = _merged(database)
    with database.read() as connection:
        before = units.descendants(connection, ids["T"], LAST_DAY)
        after = units.descendants(connection, ids["T"], FIRST_DAY)
        assert [(each.code, each.name, each.depth) for each in before] == [
            ("T", "Tỉnh T", 0),
            ("H", "Huyện H", 1),
            ("B", "Xã B", 2),
            ("A", "Xã A", 2),
        ]
        assert [(each.code, each.name, each.depth) for each in after] == [("T", "Tỉnh T", 0), ("A", "Xã AB", 1)]
        assert [each.code for each in units.ancestors(connection, ids["A"], LAST_DAY)] == ["H", "T"]
        assert [each.code for each in units.ancestors(connection, ids["A"], FIRST_DAY)] == ["T"]


def test_a_code_is_looked_up_on_a_day(database: Database) -> None:
    ids = _merged(database)
    with database.read() as connection:
        before, after = (units.by_code(connection, "A", day) for day in (LAST_DAY, FIRST_DAY))
        assert before is not None and after is not None
        assert (before.id, before.name, after.id, after.name) == (ids["A"], "Xã A", ids["A"], "Xã AB")
        assert units.by_code(connection, "H", FIRST_DAY) is None
        assert units.by_id(connection, ids["B"], FIRST_DAY) is None


def test_a_code_has_one_version_from_a_day(database: Database) -> None:
    _merged(database)
    with pytest.raises(IntegrityError), database.write() as connection:
        units.add(connection, NewUnit("A", "Xã khác", "xa", valid_from=FIRST_DAY), NOW)


def test_a_circle_of_units_ends(database: Database) -> None:
    with database.write() as connection:
        one = units.add(connection, NewUnit("A", "A", "xa", valid_to=LAST_DAY), NOW)
        two = units.add(connection, NewUnit("B", "B", "xa", one), NOW)
        units.add(connection, NewUnit("A", "A", "xa", two, valid_from=FIRST_DAY), NOW, one)
        found = units.descendants(connection, one, FIRST_DAY)
        assert {each.code for each in found} == {"A", "B"}
        assert len(units.ancestors(connection, one, FIRST_DAY)) <= units.MAX_DEPTH


def test_opening_asks_every_unit_that_the_form_and_its_companion_name(province: Province) -> None:
    with province.database.read() as connection:
        forms_of = {code: province.view(connection, code).form.key for code in province.reports}
    assert forms_of == {
        "T": "kl62-2019",
        "H1": "kl62-2019",
        "H2": "kl62-2019",
        **dict.fromkeys(("X1", "X2", "X3", "X4", "X5"), "kl62-2019-xa"),
    }


def test_opening_asks_only_at_and_below_the_unit(database: Database) -> None:
    province = build(database, Opening("kl62-2019-xa", "H2", REFERENCE, key="h2"))
    assert sorted(province.reports) == ["X4", "X5"]


def test_a_deadline_ends_at_midnight_where_the_officials_are(database: Database) -> None:
    province = build(database, Opening("kl62-2019", "T", REFERENCE, due={"xa": date(2019, 4, 5)}))
    with database.read() as connection:
        assert province.view(connection, "X1").due == datetime(2019, 4, 5, 17, 0, tzinfo=UTC)
        assert province.view(connection, "H1").due == datetime(2019, 4, 10, 17, 0, tzinfo=UTC)
        assert province.view(connection, "T").due == datetime(2019, 4, 19, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("opening", "message"),
    [
        (Opening("kl62-2019", "X9", REFERENCE, key="a"), "Không có đơn vị mã X9 vào ngày 01/04/2019"),
        (Opening("nq25-2023", "T", REFERENCE, key="a"), "chưa được công bố"),
        (Opening("kl62-2019", "T", REFERENCE), "Đã có đợt báo cáo mang mã kl62-2019"),
        (Opening("kl62-2019-xa", "T", date(1899, 1, 1), key="a"), "Không có đơn vị mã T"),
    ],
)
def test_an_impossible_opening_is_refused_and_leaves_nothing(
    province: Province, opening: Opening, message: str
) -> None:
    with pytest.raises(Refused, match=message), province.database.write() as connection:
        campaigns.open_campaign(connection, opening, NOW, ZONE)
    with province.database.read() as connection:
        assert len(campaigns.every(connection)) == 1


def test_a_campaign_nobody_would_answer_is_refused(province: Province) -> None:
    with province.database.write() as connection:
        lonely = units.add(connection, NewUnit("TW", "Trung ương", "trung_uong"), NOW)
        assert lonely
        with pytest.raises(Refused, match="Không có đơn vị nào"):
            campaigns.open_campaign(connection, Opening("kl62-2019", "TW", REFERENCE, key="a"), NOW, ZONE)


def test_a_published_form_is_frozen(province: Province) -> None:
    text = shipped_text("kl62-2019-xa")
    with province.database.write() as connection:
        again = forms.publish(connection, text, NOW)
        assert again == forms.newest(connection, "kl62-2019-xa")
        with pytest.raises(Refused, match="hãy tăng version lên 2"):
            forms.publish(connection, text + "\n# đổi\n", NOW)
        newer = forms.publish(connection, text.replace("\nversion: 1", "\nversion: 2", 1), NOW)
        assert forms.newest(connection, "kl62-2019-xa") == newer
        assert province.view(connection, "X1").form.version == 1
        assert [(each.key, each.version) for each in forms.published(connection)] == [
            ("kl62-2019", 1),
            ("kl62-2019-xa", 1),
            ("kl62-2019-xa", 2),
        ]


def test_the_report_shows_its_unit_as_of_the_reference_date(province: Province) -> None:
    with province.database.read() as connection:
        view = province.view(connection, "X1")
        assert view.unit == Unit("X1", "Xã Một", "xa", "Huyện Một", "")
        assert (view.campaign, view.reference_date, view.receipt) == ("kl62-2019", REFERENCE, "")
        assert view.questions[0].number == 1


def test_only_the_unit_s_own_people_see_a_report(province: Province) -> None:
    with province.database.write() as connection:
        reports_of = {
            code: [card.unit.code for card in province.world(connection, code).cards()] for code in ("X1", "H1")
        }
        assert reports_of == {"X1": ["X1"], "H1": ["H1"]}
        assert province.world(connection, "X2").report(province.reports["X1"]) is None
        assert province.world(connection, "H1").report(province.reports["X1"]) is None
        assert province.world(connection, "X1").report(9999) is None


def test_access_ends_with_the_role(province: Province) -> None:
    with province.database.write() as connection:
        ((_, word),) = people.roles_of(connection, province.people["X1"].id, NOW)
        (member,) = people.members(connection, province.units["X1"], NOW)
        people.end_role(connection, member.role_id, NOW)
        later = NOW + timedelta(seconds=1)
        world = province.world(connection, "X1", at=later)
        assert (word, world.cards(), world.belongs()) == ("official", (), False)
        assert world.report(province.reports["X1"]) is None
        assert people.members(connection, province.units["X1"], later) == ()


def test_a_coordinator_belongs_and_fills_in_nothing(province: Province) -> None:
    with province.database.write() as connection:
        (member,) = people.members(connection, province.units["X1"], NOW)
        people.end_role(connection, member.role_id, NOW - timedelta(days=1))
        people.grant(connection, province.people["X1"].id, province.units["H1"], people.COORDINATOR, NOW)
        world = province.world(connection, "X1")
        assert (world.cards(), world.belongs()) == ((), True)


def test_cards_come_soonest_due_first_and_leave_with_their_campaign(province: Province) -> None:
    with province.database.write() as connection:
        sooner = Opening("kl62-2019-xa", "H1", REFERENCE, key="gap", due={"xa": date(2019, 4, 2)})
        urgent = campaigns.open_campaign(connection, sooner, NOW, ZONE)
        province.save(connection, "X1", TEXT, "Đã họp.", pieces=(Piece("1", "Đã họp."),))
        cards = province.world(connection, "X1").cards()
        assert [(card.campaign, card.answered, card.opened) for card in cards] == [
            ("gap", 0, False),
            ("kl62-2019", 1, True),
        ]
        assert cards[1].total == len(province.view(connection, "X1").questions)
        campaigns.close(connection, urgent, NOW)
        assert [card.campaign for card in province.world(connection, "X1").cards()] == ["kl62-2019"]


def test_progress_counts_statuses_and_marks_the_late(database: Database) -> None:
    due = {"xa": date(2019, 4, 5)}
    province = build(database, Opening("kl62-2019", "T", REFERENCE, due=due, not_required=frozenset({"X5"})))
    last, after = datetime(2019, 4, 5, 17, 0, tzinfo=UTC), datetime(2019, 4, 5, 17, 0, 1, tzinfo=UTC)
    with database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        province.send(connection, "X1", at=last)
        province.send(connection, "X2", at=after)
        workflow.return_report(connection, province.reports["X1"], "", "Xem lại", None, after)
        workflow.accept(connection, province.reports["X2"], None, after)
        province.save(connection, "X4", TOTAL, 12)
        campaign = campaigns.by_key(connection, "kl62-2019")
        assert campaign is not None
        found = progress.of_campaign(connection, province.cache, campaign, after)
        assert [(each.code, each.status.value, each.late) for each in found] == [
            ("T", "not_opened", False),
            ("H1", "not_opened", False),
            ("X1", "returned", False),
            ("X2", "accepted", True),
            ("X3", "not_opened", True),
            ("H2", "not_opened", False),
            ("X4", "in_progress", True),
            ("X5", "not_required", False),
        ]
        below = progress.of_campaign(connection, province.cache, campaign, last, province.units["H2"])
        assert [(each.code, each.late) for each in below] == [("H2", False), ("X4", False), ("X5", False)]


def test_progress_as_json_is_what_the_contract_says(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TEXT, "Đã họp.")
        province.send(connection, "X1")
        campaign = campaigns.by_key(connection, "kl62-2019")
        assert campaign is not None
        shown = progress.as_json(campaign, progress.of_campaign(connection, TurnCache(), campaign, NOW))
    assert json.loads(json.dumps(shown)) == shown
    assert sorted(shown) == ["campaign", "counts", "units"]
    assert shown["counts"] == {
        "not_opened": 7,
        "in_progress": 0,
        "sent": 1,
        "returned": 0,
        "accepted": 0,
        "not_required": 0,
    }
    (sent,) = [each for each in shown["units"] if each["code"] == "X1"]
    total = sent.pop("total")
    assert total > 20
    assert sent == {
        "code": "X1",
        "name": "Xã Một",
        "kind": "xa",
        "status": "sent",
        "late": False,
        "answered": 1,
        "sent_at": "2019-04-01T02:00:00+00:00",
    }


def test_the_dialog_and_progress_count_alike(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TEXT, None, State.ZERO)
        province.save(connection, "X1", TOTAL, 12)
        campaign = campaigns.by_key(connection, "kl62-2019")
        assert campaign is not None
        found = progress.of_campaign(connection, TurnCache(), campaign, NOW, province.units["X1"])
        (card,) = province.world(connection, "X1").cards()
    assert [(each.answered, each.total) for each in found] == [(card.answered, card.total)] == [(1, card.total)]


def test_defaults_come_from_the_letterhead_and_then_from_the_last_report(province: Province) -> None:
    head = UnitLetterhead(
        "HUYỆN ỦY MỘT", "ĐẢNG ỦY XÃ MỘT", "BC/ĐU", "Xã Một", signer="A", recipients=("Như trên", "Lưu")
    )
    with province.database.write() as connection:
        letterheads.add(connection, province.units["X1"], date(2010, 1, 1), UnitLetterhead(issuing_body="CŨ"))
        letterheads.add(connection, province.units["X1"], date(2018, 1, 1), head)
        letterheads.add(connection, province.units["X1"], date(2020, 1, 1), UnitLetterhead(issuing_body="MỚI"))
        assert province.view(connection, "X1").defaults() == {
            "co_quan_cap_tren": "HUYỆN ỦY MỘT",
            "co_quan": "ĐẢNG ỦY XÃ MỘT",
            "ky_hieu": "BC/ĐU",
            "dia_danh": "Xã Một",
            "ho_ten": "A",
            "noi_nhan": "Như trên\nLưu",
        }
        last = campaigns.open_campaign(connection, Opening("kl62-2019", "T", REFERENCE, key="truoc"), NOW, ZONE)
        first, province.reports["X1"] = province.reports["X1"], _report(connection, last, province.units["X1"])
        data: dict[str, Value] = {"so": "05", "ho_ten": "B", "noi_nhan": ("Huyện ủy",)}
        for column, value in data.items():
            province.save(connection, "X1", Address(DOCUMENT_DATA, "", column), value)
        province.send(connection, "X1")
        province.reports["X1"] = first
        found = province.view(connection, "X1").defaults()
        assert (found["ho_ten"], found["noi_nhan"], found["co_quan"]) == ("B", "Huyện ủy", "ĐẢNG ỦY XÃ MỘT")
        assert "so" not in found
        assert province.view(connection, "X2").defaults() == {}


def _report(connection: object, campaign: int, unit: int) -> int:
    report = campaigns.submission_of(connection, campaign, unit)  # type: ignore[arg-type]
    assert report is not None
    return report


def test_everything_a_report_is_made_of(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        province.save(connection, "X1", MONEY, Decimal("20.5"))
        province.save(connection, "X1", Address(DOCUMENT_DATA, "", "so"), "05")
        province.send(connection, "X1")
    with province.database.read() as connection:
        cache = TurnCache()
        own = unit_data.read(connection, cache, unit_data.find(connection, "kl62-2019", "X1"), NOW)
        assert (own.unit_code, own.unit_name, own.parent_name, own.sent) == ("X1", "Xã Một", "Huyện Một", True)
        assert {address: each.value for address, each in own.answers.items()} == {TOTAL: 12, MONEY: Decimal("20.5")}
        assert {key: each.value for key, each in own.document.items()} == {"so": "05"}
        assert (own.rolled, own.details, own.profile) == ({}, (), own.form.document.profile)
        district = unit_data.read(connection, cache, unit_data.find(connection, "kl62-2019", "H1"), NOW)
        assert (district.sent, district.answers) == (False, {})
        assert district.rolled[TOTAL] == Rolled(12, 1, 3)
        assert [(part.unit_code, part.address, part.value) for part in district.details] == [
            ("X1", TOTAL, 12),
            ("X1", MONEY, Decimal("20.5")),
        ]


@pytest.mark.parametrize(("campaign", "unit"), [("khong-co", "X1"), ("kl62-2019", "X9")])
def test_a_report_that_does_not_exist_is_one_line(province: Province, campaign: str, unit: str) -> None:
    with province.database.read() as connection, pytest.raises(Refused) as refused:
        unit_data.find(connection, campaign, unit)
    assert "\n" not in str(refused.value)


def test_a_unit_that_owes_nothing_is_shown_as_such_until_it_sends(province: Province) -> None:
    with province.database.write() as connection:
        set_required(connection, province.reports["X1"], False)
        assert province.view(connection, "X1").status is Status.NOT_REQUIRED
        province.send(connection, "X1")
        assert province.view(connection, "X1").status is Status.SENT
