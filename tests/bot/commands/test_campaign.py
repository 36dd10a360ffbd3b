"""Campaigns from the command line: opened at a reference date, listed, closed, moved to a changed form."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import docx
import pytest

from dialogs.forms.form_file import shipped_text
from tests.bot.commands.shell import Shell

OneLine = Callable[[CompletedProcess[str]], str]

UNITS = """code,name,kind,parent,valid_from,valid_to,body,predecessors
T,Tỉnh ủy Hồng Lam,tinh,,,,,
H1,Huyện ủy Thanh Sơn,huyen,T,,30/06/2025,,
X1,Đảng ủy xã An Bình,xa,H1,,30/06/2025,,
X2,Đảng ủy xã Hòa Thuận,xa,H1,,30/06/2025,,
X9,Đảng ủy xã Yên Sơn,xa,T,,30/06/2025,,
C1,Cụm số 1,cum,T,,,,
X8,Đảng ủy xã Phú Lâm,xa,C1,,,,
TC1,Hội Liên hiệp Phụ nữ,to_chuc,T,,,pn,
X1,Đảng ủy xã An Hòa,xa,C1,01/07/2025,,,X1 X2
"""


@pytest.fixture
def office(empty: Shell) -> Shell:
    """A province with and without districts, a cluster, an organisation, and a merger on 1/7/2025."""
    (empty.folder / "units.csv").write_text(UNITS, encoding="utf-8")
    assert empty.run("unit", "import", "units.csv").returncode == 0
    return empty


def opened(shell: Shell, *words: str) -> str:
    result = shell.run("campaign", "open", *words)
    assert result.returncode == 0, result.stderr
    return result.stdout


def progress(shell: Shell, key: str, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(shell.run("progress", key, "--json", *words).stdout)
    return found


def first(folder: Path, query: str) -> Any:
    return sqlite3.connect(folder / "baocao.db").execute(query).fetchone()


def test_a_campaign_asks_everybody_below_at_its_reference_date(office: Shell) -> None:
    """The form and its companion are published first; who is asked until when is told, and who is not asked."""
    told = opened(
        office, "kl62-2019", "--unit", "T", "--reference-date", "2019-04-01", "--due", "xa=2029-04-05"
    ).splitlines()

    assert told == [
        "Đã phát hành mẫu kl62-2019 phiên bản 1 (đi kèm chương trình).",
        "Đã phát hành mẫu kl62-2019-xa phiên bản 1 (đi kèm chương trình).",
        "Đã mở đợt kl62-2019 (Tổng kết 10 năm Kết luận 62): hỏi 7 đơn vị, theo tổ chức ngày 01/04/2019.",
        "  huyen: 1 đơn vị, hạn hết ngày 10/04/2019 (24:00), đã qua",
        "  tinh: 1 đơn vị, hạn hết ngày 19/04/2019 (24:00), đã qua",
        "  to_chuc: 1 đơn vị, hạn hết ngày 10/04/2019 (24:00), đã qua",
        "  xa: 4 đơn vị, hạn hết ngày 05/04/2029 (24:00)",
        "Không hỏi, vì không mẫu nào nêu loại của đơn vị: C1 (cum).",
    ]
    codes = [each["code"] for each in progress(office, "kl62-2019")["units"]]
    assert codes == ["T", "H1", "X1", "X2", "X9", "X8", "TC1"]
    late = {each["code"] for each in progress(office, "kl62-2019")["units"] if each["late"]}
    assert late == {"T", "H1", "TC1"}


def test_another_day_has_other_units(office: Shell) -> None:
    """After the merger the same codes are other units; an unset deadline is said; the campaign before is linked."""
    opened(office, "kl62-2019-xa", "--unit", "H1", "--key", "truoc", "--reference-date", "2019-04-01")
    told = opened(office, "kl62-2019-xa", "--unit", "X1", "--key", "sau", "--reference-date", "01/08/2025")

    assert "  xa: 1 đơn vị, chưa đặt hạn nộp" in told
    assert "Đợt trước để so sánh: truoc." in told
    assert [each["name"] for each in progress(office, "sau")["units"]] == ["Đảng ủy xã An Hòa"]
    assert "Đợt trước" not in opened(
        office, "kl62-2019-xa", "--unit", "X8", "--key", "khac", "--reference-date", "01/08/2025"
    )


def test_the_campaign_before_is_the_newest_of_the_same_form(office: Shell, one_line: OneLine) -> None:
    """It may be named, or done without; another form's cannot be."""
    for year in ("2019", "2021", "2020"):
        opened(office, "kl62-2019-xa", "--unit", "T", "--key", year, "--reference-date", f"{year}-04-01")
    opened(office, "nq25-2023", "--unit", "T", "--reference-date", "2023-07-01")
    words = ("kl62-2019-xa", "--unit", "H1", "--reference-date", "2022-01-01")

    assert "Đợt trước để so sánh: 2021." in opened(office, *words, "--key", "a")
    assert "Đợt trước để so sánh: 2019." in opened(office, *words, "--key", "b", "--previous", "2019")
    assert "Đợt trước" not in opened(office, *words, "--key", "c", "--previous", "-")
    assert "cùng mẫu kl62-2019-xa" in one_line(
        office.run("campaign", "open", *words, "--key", "d", "--previous", "nq25-2023")
    )


def test_what_counts_and_who_owes_is_data(office: Shell) -> None:
    told = opened(
        office,
        "kl62-2019",
        "--unit",
        "T",
        "--reference-date",
        "2019-04-01",
        "--title",
        "Đợt thử",
        "--period",
        "2009-2019",
        "--switch",
        "pl1_pl2",
        "--counted",
        "accepted",
        "--not-required",
        "X9",
        "TC1",
        "--not-added",
        "to_chuc",
    )

    assert "(Đợt thử)" in told
    assert "  to_chuc: 1 đơn vị, hạn hết ngày 10/04/2019 (24:00), đã qua; 1 đơn vị không phải nộp" in told
    assert progress(office, "kl62-2019")["counts"]["not_required"] == 2
    title, period, switches, settings = first(
        office.folder, "SELECT title, period, switches, settings FROM campaign WHERE key = 'kl62-2019'"
    )
    assert (title, period, json.loads(switches)) == ("Đợt thử", "2009-2019", ["pl1_pl2"])
    assert json.loads(settings) == {"counted": ["accepted"], "not_added": ["to_chuc"]}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--due", "xa=2025-02-30"), "“2025-02-30” không phải là một ngày"),
        (("--due", "xa=soon"), "“soon” không phải là một ngày"),
        (("--due", "xa"), "--due “xa” không đọc được"),
        (("--due", "xa=2025-01-01", "--due", "xa=2025-01-02"), "mỗi loại một lần"),
        (("--due", "phuong=2025-01-01", "--due", "dutt=2025-01-01"), "dutt, phuong; trong đợt này có thể ghi: huyen"),
        (("--reference-date", "2025-13-01"), "“2025-13-01” không phải là một ngày"),
        (("--unit", "Z"), "Không có đơn vị mã Z vào ngày 01/04/2019"),
        (("--unit", "C1"), "có thể ghi"),
        (("--key", "có dấu"), "Mã đợt “có dấu”"),
        (("--not-required", "X7"), "X7"),
        (("--not-added", "phuong"), "phuong"),
        (("--switch", "nothing"), "nothing"),
        (("--previous", "none"), "Không có đợt báo cáo “none”"),
        (("--title", "Đợt\nmột"), "Tên đợt “Đợt một”"),
        (("--period", "q" * 201), "nhiều nhất 200 ký tự"),
    ],
)
def test_a_slip_is_one_line_and_nothing_is_opened(
    office: Shell, one_line: OneLine, words: tuple[str, ...], told: str
) -> None:
    """Nothing is published either: it was all one transaction."""
    usual = ("kl62-2019", "--unit", "T", "--reference-date", "2019-04-01")
    extra = ("--due", "huyen=2025-01-01") if words == ("--unit", "C1") else ()

    assert told in one_line(office.run("campaign", "open", *usual, *words, *extra))
    assert first(office.folder, "SELECT count(*) FROM campaign, form_version") == (0,)


def test_a_title_is_stored_like_every_text(office: Shell) -> None:
    """What XML forbids is taken out."""
    words = ("--reference-date", "2019-04-01", "--title", " Đợt\x01 một\ufffe ", "--period", "Năm\x1b 2019")
    assert "(Đợt một)" in opened(office, "kl62-2019", "--unit", "T", *words)
    assert first(office.folder, "SELECT title, period FROM campaign") == ("Đợt một", "Năm 2019")


def test_progress_of_a_unit_outside_the_campaign_is_one_line(office: Shell, one_line: OneLine) -> None:
    opened(office, "kl62-2019-xa", "--unit", "H1", "--reference-date", "2019-04-01")

    assert "“X9”" in one_line(office.run("progress", "kl62-2019-xa", "--unit", "X9"))
    assert "“X9”" in one_line(office.run("progress", "kl62-2019-xa", "--unit", "X9", "--json"))


def test_unknown_forms_campaigns_and_taken_keys_are_one_line(office: Shell, one_line: OneLine) -> None:
    opened(office, "kl62-2019-xa", "--unit", "T")

    assert "tb160-2020" in one_line(office.run("campaign", "open", "kl63", "--unit", "T"))
    assert "--key" in one_line(office.run("campaign", "open", "kl62-2019-xa", "--unit", "T"))
    for action in ("update", "close"):
        assert "kl62-2019-xa" in one_line(office.run("campaign", action, "kl63"))


def test_campaigns_are_listed_and_closed(office: Shell, one_line: OneLine) -> None:
    """Closing twice says so; a closed campaign is not moved to another form."""
    assert "campaign open" in office.run("campaign", "list").stdout
    opened(office, "kl62-2019-xa", "--unit", "T", "--reference-date", "2019-04-01")
    line = "kl62-2019-xa — mẫu kl62-2019-xa phiên bản 1, T Tỉnh ủy Hồng Lam, ngày 01/04/2019, 4 đơn vị, "

    assert office.run("campaign", "list").stdout == f"{line}đang mở\n"
    assert "Đã đóng đợt kl62-2019-xa" in office.run("campaign", "close", "kl62-2019-xa").stdout
    assert "đã đóng từ trước" in office.run("campaign", "close", "kl62-2019-xa").stdout
    assert office.run("campaign", "list").stdout == f"{line}đã đóng\n"
    assert "đã đóng" in one_line(office.run("campaign", "update", "kl62-2019-xa"))


# --- a form that changes while people fill it in (C23) ----------------------------------------------------------


def _second_version(shell: Shell) -> None:
    """Publish version 2 of the communes' form: the question III.1 now stands under another key."""
    text = shipped_text("kl62-2019-xa").replace("version: 1", "version: 2", 1).replace("key: III.1\n", "key: III.9\n")
    (shell.folder / "second.yaml").write_text(text, encoding="utf-8")
    assert shell.run("form", "publish", "second.yaml").returncode == 0


def test_the_dialog_goes_on_with_the_new_form(demo: Shell) -> None:
    """Old buttons are stale, answers are kept, the news waits for the person, both versions compile together."""
    assert "không có gì thay đổi" in demo.run("campaign", "update", "kl62-2019").stdout
    before = demo.chat("xa1", {"text": "/tiep"}, {"text": "45; 20; 3"}, {"text": "/sua III.1"})
    stale = before[-1]["messages"][0]["choices"][0]["id"]
    sent = [each["code"] for each in progress(demo, "kl62-2019")["units"] if each["status"] in ("sent", "accepted")]
    _second_version(demo)

    told = demo.run("campaign", "update", "kl62-2019")

    assert told.returncode == 0, told.stderr
    assert "sang phiên bản 2 (1 câu mới, 1 câu không hỏi nữa)" in told.stdout
    assert "giữ phiên bản 1" in told.stdout
    after = demo.chat("xa1", {"choose": stale}, {"text": "/sua III.9"}, {"text": "Cơ sở vật chất còn thiếu"})
    assert after[0]["refused"] and after[0]["saved"] == []
    assert after[1]["asks"]["field"] == "III.9"
    assert after[2]["saved"][0]["field"] == "III.9"
    here = next(each for each in progress(demo, "kl62-2019")["units"] if each["code"] == "X1")
    assert (here["answered"] >= 1, here["total"]) == (True, 32)
    (payload,) = first(
        demo.folder,
        "SELECT payload FROM outbox JOIN person ON person.id = outbox.person "
        "WHERE kind = 'notice' AND handle = 'xa1' AND outbox.channel = 'web'",
    )
    assert "thêm 1 câu mới, 1 câu không hỏi nữa" in json.loads(payload)["text"]
    assert "đồng chí" in json.loads(payload)["text"]
    assert sent
    assert demo.run("compile", "kl62-2019", "--unit", "X1", "--out", "o").returncode == 0


def test_a_campaign_is_not_opened_with_last_days_that_have_passed(office: Shell, one_line: OneLine) -> None:
    """Unless it is said that it is only imported."""
    words = ("kl62-2019-xa", "--unit", "T", "--reference-date", "2019-04-01", "--due", "xa=2019-04-05")

    assert "--past" in one_line(office.run("campaign", "open", *words))
    assert first(office.folder, "SELECT count(*) FROM campaign") == (0,)
    assert "hạn hết ngày 05/04/2019 (24:00), đã qua" in opened(office, *words, "--past")


def test_what_a_campaign_leaves_out_and_when_it_reminds_is_data(office: Shell, one_line: OneLine) -> None:
    words = ("kl62-2019", "--unit", "T", "--reference-date", "2019-04-01")

    assert "phuong" in one_line(office.run("campaign", "open", *words, "--leave-out", "phuong"))
    assert "60" in one_line(office.run("campaign", "open", *words, "--remind-days", "-900"))
    told = opened(office, *words, "--leave-out", "xa", "huyen", "--confirm", "--remind-days", "-5", "0")
    assert "hỏi 2 đơn vị" in told
    opened(office, *words, "--key", "b", "--no-reminders")
    settings = "SELECT settings FROM campaign WHERE key = '{}'"
    assert json.loads(first(office.folder, settings.format("kl62-2019"))[0]) == {
        "confirm": True,
        "reminders": {"offsets": [-5, 0]},
    }
    assert json.loads(first(office.folder, settings.format("b"))[0]) == {"reminders": False}


def test_deadlines_that_leave_no_time_and_columns_without_a_unit_are_noted(office: Shell) -> None:
    words = ("kl62-2019", "--unit", "T", "--reference-date", "2019-04-01", "--due", "xa=2029-04-05")
    result = office.run("campaign", "open", *words, "--due", "huyen=2029-04-05")

    assert "hạn của xa không trước hạn của huyen" in result.stderr
    assert "PHỤ LỤC 2 (Tập thể)" in result.stderr


def test_the_plan_is_a_word_document(office: Shell, one_line: OneLine) -> None:
    opened(office, "kl62-2019", "--unit", "T", "--reference-date", "2019-04-01", "--due", "xa=2029-04-05")
    result = office.run("campaign", "plan", "kl62-2019", "--out", "giay/ke-hoach.docx")

    assert (result.returncode, result.stdout) == (0, "giay/ke-hoach.docx\n")
    text = docx_text(office.folder / "giay" / "ke-hoach.docx")
    assert "chậm nhất 24:00 ngày 5/4/2029 (thứ Năm): Đảng ủy xã An Bình" in text
    assert "kl63" in one_line(office.run("campaign", "plan", "kl63", "--out", "a.docx"))


def docx_text(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)


def test_whoever_a_command_acts_for_needs_the_right(demo: Shell, one_line: OneLine) -> None:
    """A coordinator of a district opens below it, has its plan printed and ends it; not what is the province's."""
    words = ("kl62-2019-xa", "--key", "rieng", "--reference-date", "2019-04-10", "--due", "xa=2029-04-05")
    for handle, unit in (("xa1", "X1"), ("huyen1", "H2"), ("huyen1", "T"), ("la", "H1")):
        one_line(demo.run("campaign", "open", *words, "--unit", unit, "--as", handle))
    opened(demo, *words, "--unit", "H1", "--as", "huyen1")
    for action in (("close",), ("plan", "--out", "a.docx")):
        one_line(demo.run("campaign", action[0], "rieng", *action[1:], "--as", "huyen2"))
        assert demo.run("campaign", action[0], "rieng", *action[1:], "--as", "huyen1").returncode == 0
    one_line(demo.run("campaign", "close", "kl62-2019", "--as", "huyen1"))


def test_people_are_told_where_that_is_wanted(demo: Shell) -> None:
    words = ("kl62-2019-xa", "--unit", "H1", "--reference-date", "2019-04-10", "--due", "xa=2029-04-05")
    told = opened(demo, *words, "--key", "rieng", "--tell")

    assert "Đã báo cho 4 người của các đơn vị phải nộp." in told
