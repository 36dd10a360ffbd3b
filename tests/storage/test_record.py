"""The record: everything that happened, to whom may read it, in pages and as a file."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.documents import record_file
from bot.documents.workshop import Workshop
from dialogs.forms.answers import State
from dialogs.forms.form_file import shipped_text
from dialogs.texts import following as following_texts
from dialogs.values.audit_entries import ANSWERED, RecordPage
from dialogs.values.decisions import ExportRecord
from storage import record
from storage.campaigns import campaigns, forms
from storage.messages import jobs
from storage.people import people
from storage.record import Extent
from storage.reports import workflow
from storage.schema import audit
from storage.schema.audit import Deed
from storage.schema.database import Database
from storage.schema.errors import Refused
from tests.office.phone import Office
from tests.office.province import MONEY, NOW, TEXT, TOTAL, WOMEN, ZONE, Province

DAY = timedelta(days=1)


def boss(province: Province, unit: str, role: str = "coordinator") -> int:
    with province.database.write() as connection:
        return people.grant(connection, province.people[unit].id, province.units[unit], role, NOW)


def page(province: Province, who: str, unit: str, number: int = 0) -> RecordPage | None:
    with province.database.read() as connection:
        return province.world(connection, who).recording.page(province.campaign, province.units[unit], number)


def some(province: Province, who: str, unit: str, number: int = 0) -> RecordPage:
    found = page(province, who, unit, number)
    assert found is not None
    return found


def lines(province: Province, unit: str, who: str = "") -> list[dict[str, str]]:
    """The file of a unit's record, as the machine's owner or as a person gets it."""
    with province.database.read() as connection:
        asked = campaigns.by_id(connection, province.campaign)
        assert asked is not None
        found: Extent | None
        if who:
            found = record.extent_for(connection, province.people[who].id, asked, province.units[unit], NOW)
        else:
            found = record.extent(connection, asked, province.units[unit], NOW)
        assert found is not None
        stream = io.StringIO(newline="")
        number = record_file.write(record.entries(connection, found), stream, ZONE)
    read = list(csv.DictReader(io.StringIO(stream.getvalue(), newline="")))
    assert number == len(read)
    return read


def busy(province: Province) -> None:
    """Two communes of two districts write over two days, send, and one is returned."""
    with province.database.write() as connection:
        for code in ("X1", "X4"):
            province.save(connection, code, TOTAL, 12)
            province.save(connection, code, TEXT, f"Nội dung của {code}.")
            province.send(connection, code, at=NOW)
        by = province.people["H1"].id
        workflow.return_report(connection, province.reports["X1"], "PL3", "Xem lại.", by, NOW + DAY, "telegram")


def test_answers_are_counted_and_not_shown(province: Province) -> None:
    """By person, unit, door and day; the newest comes first."""
    boss(province, "H1")
    busy(province)
    found = some(province, "H1", "H1")
    assert [(line.verb, line.count, line.unit) for line in found.lines] == [
        ("submission.return", 0, "Xã Một"),
        ("submission.send", 0, "Xã Một"),
        (ANSWERED, 2, "Xã Một"),
    ]
    shown = [following_texts.happened_line(line, ZONE) for line in found.lines]
    assert shown[0] == "• 09:00 ngày 2/4: Người của H1 trả lại báo cáo – Xã Một, phần PL3; “Xem lại.” (qua Telegram)"
    assert shown[2] == "• 1/4: Người của X1 ghi 2 câu trả lời – Xã Một (qua Telegram)"
    assert "Nội dung" not in "".join(shown)


def test_a_day_is_a_day_in_viet_nam(province: Province) -> None:
    """17:30 UTC is half past midnight of the next day there."""
    boss(province, "H1")
    evening = NOW.replace(hour=16, minute=30)
    with province.database.write() as connection:
        for hours in (0, 0.4, 1):
            at = evening + timedelta(hours=hours)
            effect = province.context("X1", at=at)
            from dialogs.values.effects import SaveAnswer
            from storage.effects import apply

            apply(connection, [SaveAnswer(province.reports["X1"], TOTAL, State.VALUE, 12)], effect, province.cache)
    assert [(line.count, line.at.astimezone(ZONE).day) for line in some(province, "H1", "H1").lines] == [(1, 2), (2, 1)]


def test_pages_hold_every_line_once(province: Province) -> None:
    """Forty decisions are three pages."""
    boss(province, "H1")
    with province.database.write() as connection:
        for number in range(40):
            place = {"unit": province.units["X1"], "campaign": province.campaign}
            audit.record(connection, Deed(f"thing.{number}", NOW + timedelta(minutes=number), **place))
    pages = [some(province, "H1", "H1", number) for number in range(3)]
    assert [len(each.lines) for each in pages] == [15, 15, 10]
    assert [each.more for each in pages] == [True, True, False]
    assert [line.verb for each in pages for line in each.lines] == [f"thing.{39 - number}" for number in range(40)]
    assert some(province, "H1", "H1", 9).lines == ()


@pytest.mark.parametrize(("who", "unit"), [("H1", "T"), ("H1", "H2"), ("H1", "X4"), ("X1", "X1"), ("X1", "H1")])
def test_nobody_reads_the_record_of_another(province: Province, who: str, unit: str) -> None:
    boss(province, "H1")
    busy(province)
    assert page(province, who, unit) is None


def test_one_district_sees_nothing_of_the_other(province: Province) -> None:
    """C25, in the pages and in the file."""
    boss(province, "H1")
    busy(province)
    assert {line.unit for line in some(province, "H1", "H1").lines} == {"Xã Một"}
    mine = lines(province, "H1", "H1")
    assert {each["unit"] for each in mine} == {"X1"}
    assert "X4" not in str(mine)


def test_a_lead_reads_the_record_of_the_own_unit_only(province: Province) -> None:
    """A lead of a district sees the reports below, but who did what there is the coordinator's to see."""
    boss(province, "H1", "lead")
    busy(province)
    with province.database.write() as connection:
        province.save(connection, "H1", TEXT, "Của huyện.")
    assert {line.unit for line in some(province, "H1", "H1").lines} == {"Huyện Một"}
    assert {each["unit"] for each in lines(province, "H1", "H1")} == {"H1"}


def test_the_file_has_every_writing(province: Province) -> None:
    """Each version with its state and value, who, when, through which door; emptied ones too."""
    boss(province, "H1")
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        province.save(connection, "X1", TOTAL, 13)
        province.save(connection, "X1", WOMEN, 0, State.ZERO)
        province.save(connection, "X1", MONEY, None, State.NONE, reason="Chưa quyết toán")
        province.save(connection, "X1", TOTAL, None, State.EMPTY)
    found = lines(province, "H1", "H1")
    assert [(each["column"], each["version"], each["state"], each["value"]) for each in found] == [
        ("xa.tong_so", "1", "value", "12"),
        ("xa.tong_so", "2", "value", "13"),
        ("xa.cb_nu", "1", "zero", "0"),
        ("nsnn", "1", "none", ""),
        ("xa.tong_so", "3", "empty", ""),
    ]
    assert {(each["by"], each["channel"], each["verb"]) for each in found} == {("Người của X1", "telegram", ANSWERED)}
    assert found[0]["at"] == "2019-04-01T09:00:00+07:00"
    assert found[3]["reason"] == "Chưa quyết toán"
    assert found[0]["account"] == str(province.accounts["X1"])


def test_the_file_has_every_decision_in_its_place(province: Province) -> None:
    """Among the answers by time, in words and as it was recorded."""
    busy(province)
    found = lines(province, "H1")
    assert [each["verb"] for each in found] == ["submission.send", ANSWERED, ANSWERED, "submission.return"]
    assert found[-1]["said"] == "trả lại báo cáo"
    assert '"comment":"Xem lại."' in found[-1]["detail"]


@pytest.mark.parametrize(
    "typed",
    [
        "=1+1",
        "+84 912",
        "-5 đồng chí",
        "@SUM(A1)",
        "\t=1",
        '=HYPERLINK("http://x")',
        " =1",
        "＝1+1",
        "- Chỉ đạo\n- Kiểm tra",
    ],
)
def test_no_text_is_calculated(province: Province, typed: str) -> None:
    """A spreadsheet shows it as it was typed; what was typed is all there behind the apostrophe."""
    with province.database.write() as connection:
        province.save(connection, "X1", TEXT, typed)
    (found,) = lines(province, "X1")
    assert found["value"] == f"'{typed}"


@pytest.mark.parametrize("typed", ["Bình thường", "a=1", "5 - 3", "", "Đồng chí, “trích”;\r\nhai dòng"])
def test_an_ordinary_text_is_as_it_was(typed: str) -> None:
    assert record_file.spelled(typed) == typed


def test_a_number_below_zero_stays_one() -> None:
    """The apostrophe is for texts only."""
    from decimal import Decimal

    assert record_file.spelled(-5) == "-5"
    assert record_file.spelled(Decimal("-2.5")) == "-2.5"
    assert record_file.spelled(("=1", "b")) == '["=1", "b"]'


def test_every_verb_has_its_words() -> None:
    """Each deed that the program records is a sentence; one of a later version is shown all the same."""
    root = Path(__file__).resolve().parents[2]
    nouns = {verb.partition(".")[0] for verb in following_texts.DEEDS}
    written = "".join(
        path.read_text(encoding="utf-8") for path in (*root.glob("storage/**/*.py"), *root.glob("bot/**/*.py"))
    )
    words = {tuple(found) for found in re.findall(r'"([a-z]+)\.([a-z_]+)"', written)}
    found = {f"{noun}.{verb}" for noun, verb in words if noun in nouns and verb != "id"}
    assert found - set(following_texts.DEEDS) == set()
    assert {"submission.send", "record.export", "form.publish"} <= found
    assert following_texts.deed_name("moon.land") == "thực hiện “moon.land”"


def test_what_is_about_the_campaign_alone_is_its_topmost_unit_s(province: Province) -> None:
    """No unit is named with it; a district does not see it, the province does."""
    boss(province, "T")
    boss(province, "H1")
    with province.database.write() as connection:
        audit.record(connection, Deed("campaign.update", NOW, campaign=province.campaign))
        audit.record(connection, Deed("form.publish", NOW))
    assert [line.verb for line in some(province, "T", "T").lines] == ["campaign.update"]
    assert some(province, "H1", "H1").lines == ()


def test_publishing_a_form_is_recorded_once(sqlite: Database) -> None:
    """Publishing the same text again changes nothing."""
    with sqlite.write() as connection:
        for _ in range(2):
            forms.publish(connection, shipped_text("kl62-2019-xa"), NOW)
        found = [deed for deed in audit.read(connection) if deed.verb == "form.publish"]
    assert [deed.detail["key"] for deed in found] == ["kl62-2019-xa"]


# --- asking for the file --------------------------------------------------------------------------------------------


def test_the_file_is_asked_for_and_that_is_recorded(province: Province) -> None:
    """Twice is one job; the export is a line of the record itself."""
    boss(province, "H1")
    phone = Office(province).phone("H1")
    phone.say("/nhatky")
    phone.press("Nhận tệp nhật ký")
    phone.press("Nhận tệp nhật ký")
    with province.database.read() as connection:
        assert jobs.waiting(connection, [jobs.RECORD]) == 1
    assert "xuất nhật ký" in phone.say("/nhatky")


def test_the_effect_asks_for_the_right_again(province: Province) -> None:
    boss(province, "H1")
    with province.database.write() as connection:
        for unit in ("H2", "T", "Z"):
            with pytest.raises(Refused):
                province.do(connection, "H1", ExportRecord("kl62-2019", unit))
        assert jobs.waiting(connection) == 0


def test_the_file_is_made_apart_and_handed_over(province: Province) -> None:
    """The real child process, the real file: a byte order mark and only what the asker may read."""
    boss(province, "H1")
    busy(province)
    phone = Office(province).phone("H1")
    phone.say("/nhatky")
    phone.press("Nhận tệp nhật ký")
    assert Workshop(province.database, lambda: NOW, ZONE, "p1", [jobs.RECORD]).work()
    with province.database.read() as connection:
        from storage.messages import files

        found = files.read(connection, 1)
    assert found is not None
    assert found.name == "KL62-2019_H1_Huyen_Mot_nhat-ky.csv"
    assert found.owner == province.people["H1"].id
    assert found.content.startswith("\ufeffat,by,".encode())
    assert "Nội dung của X1.".encode() in found.content
    assert b"X4" not in found.content


def test_a_right_that_ends_before_it_is_written_gives_no_file(province: Province) -> None:
    role = boss(province, "H1")
    busy(province)
    phone = Office(province).phone("H1")
    phone.say("/nhatky")
    phone.press("Nhận tệp nhật ký")
    with province.database.write() as connection:
        people.end_role(connection, role, NOW)
    assert Workshop(province.database, lambda: NOW, ZONE, "p1", [jobs.RECORD]).work()
    told = phone.notices()[-1].text
    assert "không có quyền" in told
    assert "Huyện Một" not in told


def test_a_large_file_is_packed(province: Province, tmp_path: Path) -> None:
    """What is too large for a chat as it is goes out zipped, whole."""
    import zipfile

    boss(province, "H1")
    busy(province)
    with province.database.read() as connection:
        who = province.people["H1"].id
        (path,) = record_file.write_for(connection, who, "kl62-2019", "H1", NOW, ZONE, tmp_path, most=100)
    assert path.suffix == ".zip"
    with zipfile.ZipFile(path) as archive:
        (name,) = archive.namelist()
        assert "Nội dung của X1.".encode() in archive.read(name)
