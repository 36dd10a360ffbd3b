"""Following and the record on the command line: for the machine's owner, and for a person with that person's rights."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.compiled import unit_data
from storage.people import people
from storage.schema.database import open_database
from storage.schema.tables import assignment
from tests.bot.commands.shell import Shell

OneLine = Callable[[subprocess.CompletedProcess[str]], str]
CAMPAIGN = "kl62-2019"


def rows(demo: Shell, *words: str) -> list[dict[str, str]]:
    result = demo.run("record", "export", CAMPAIGN, "--out", "record.csv", *words)
    assert result.returncode == 0, result.stderr
    assert result.stdout == "record.csv\n"
    content = (demo.folder / "record.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_whole_record_is_one_command(demo: Shell) -> None:
    """Every answer and every decision of the campaign, by time, with who, when and through which door."""
    found = rows(demo)
    assert {each["verb"] for each in found} >= {"answer.write", "submission.send", "submission.return"}
    assert {each["unit"] for each in found} >= {"X2", "X3", "H2", "T", "TC1"}
    assert [each["at"] for each in found] == sorted(each["at"] for each in found)
    assert all(each["at"] and each["channel"] for each in found if each["verb"] == "answer.write")
    assert {each["state"] for each in found if each["verb"] == "answer.write"} >= {"value", "zero", "none"}


def test_a_unit_is_it_and_all_below(demo: Shell) -> None:
    assert {each["unit"] for each in rows(demo, "--unit", "H1")} <= {"H1", "X1", "X2", "X3"}


def test_for_a_person_it_is_what_they_may_read(demo: Shell) -> None:
    """A coordinator of a district gets her district; the answers in it are hers to read."""
    found = rows(demo, "--unit", "H2", "--as", "huyen2")
    assert {each["unit"] for each in found} <= {"H2", "X4", "X5", "X6"}
    assert any(each["value"] for each in found)


def test_that_it_was_taken_out_is_recorded(demo: Shell) -> None:
    """By whom, where somebody acted; the second export shows the first."""
    rows(demo, "--unit", "H1", "--as", "huyen1")
    exports = [each for each in rows(demo) if each["verb"] == "record.export"]
    assert [(each["unit"], each["channel"], bool(each["by"])) for each in exports] == [("H1", "cli", True)]


COMMANDS = (
    ("progress", CAMPAIGN),
    ("record", "export", CAMPAIGN, "--out", "r.csv"),
    ("compile", CAMPAIGN, "--out", "out"),
    ("compile", CAMPAIGN, "--compiled", "--out", "out"),
)


@pytest.mark.parametrize("words", COMMANDS, ids=["progress", "record", "own", "compiled"])
@pytest.mark.parametrize(
    ("handle", "unit"),
    [("huyen1", "H2"), ("huyen1", "X4"), ("huyen1", "T"), ("xa1", "X2"), ("la", "T"), ("tinh", "Z9")],
)
def test_nobody_acts_beyond_their_rights(
    demo: Shell, one_line: OneLine, words: tuple[str, ...], handle: str, unit: str
) -> None:
    """One sentence, the same for a unit of another and for one that does not exist; nothing is written."""
    line = one_line(demo.run(*words, "--unit", unit, "--as", handle))
    assert line == "Người dùng này không có quyền làm việc đó ở đơn vị đã chọn."
    assert not (demo.folder / "r.csv").exists()
    assert not (demo.folder / "out").exists()


@pytest.mark.parametrize("words", COMMANDS, ids=["progress", "record", "own", "compiled"])
def test_an_unknown_campaign_is_refused_alike(demo: Shell, one_line: OneLine, words: tuple[str, ...]) -> None:
    other = ["nothing" if word == CAMPAIGN else word for word in words]
    assert "không có quyền" in one_line(demo.run(*other, "--unit", "H1", "--as", "huyen1"))


@pytest.mark.parametrize("words", COMMANDS, ids=["progress", "record", "own", "compiled"])
def test_a_coordinator_acts_on_her_district(demo: Shell, words: tuple[str, ...]) -> None:
    """With the same words as the owner."""
    result = demo.run(*words, "--unit", "H2", "--as", "huyen2")
    assert result.returncode == 0, result.stderr


def test_an_official_prints_the_own_report_and_compiles_nothing(demo: Shell, one_line: OneLine) -> None:
    """report.read reaches the own unit; report.compile and progress.read do not come with it."""
    assert demo.run("compile", CAMPAIGN, "--unit", "X2", "--out", "out", "--as", "xa2").returncode == 0
    one_line(demo.run("compile", CAMPAIGN, "--unit", "X2", "--compiled", "--out", "two", "--as", "xa2"))
    one_line(demo.run("progress", CAMPAIGN, "--unit", "X2", "--as", "xa2"))


def test_who_was_handed_a_part_of_the_report_does_not_print_the_whole_of_it(demo: Shell, one_line: OneLine) -> None:
    hand_part(demo, "xa2", "X2", "PL3")
    line = one_line(demo.run("compile", CAMPAIGN, "--unit", "X2", "--out", "out", "--as", "xa2"))
    assert line == "Người dùng này không có quyền làm việc đó ở đơn vị đã chọn."
    assert not (demo.folder / "out").exists()


def hand_part(demo: Shell, handle: str, unit: str, prefix: str) -> None:
    """As the unit's lead would."""
    database = open_database(f"sqlite:///{demo.folder / 'baocao.db'}")
    with database.write() as connection:
        who = people.by_handle(connection, handle)
        assert who is not None
        handed = {"submission": unit_data.find(connection, CAMPAIGN, unit), "prefix": prefix, "person": who.person}
        connection.execute(assignment.insert(), {**handed, "at": datetime.now(UTC), "sees_all": False, "comment": ""})
    database.close()


def test_progress_without_a_unit_asks_for_the_whole_campaign(demo: Shell, one_line: OneLine) -> None:
    """The province may, a district may not."""
    result = demo.run("progress", CAMPAIGN, "--json", "--as", "tinh")
    assert {each["code"] for each in json.loads(result.stdout)["units"]} >= {"T", "H1", "X1"}
    one_line(demo.run("progress", CAMPAIGN, "--as", "huyen1"))


def test_nobody_has_such_a_handle(demo: Shell, one_line: OneLine) -> None:
    assert "khong_ai" in one_line(demo.run("progress", CAMPAIGN, "--as", "khong_ai"))


def test_a_folder_that_is_not_there_is_one_line(demo: Shell, one_line: OneLine) -> None:
    """Nothing half written stays behind, and nothing is recorded as taken out."""
    one_line(demo.run("record", "export", CAMPAIGN, "--out", "no/such/record.csv"))
    assert [each for each in rows(demo) if each["verb"] == "record.export"] == []


def test_the_owner_is_told_what_is_wrong(demo: Shell, one_line: OneLine) -> None:
    """Nobody's rights are at stake, so the sentence says what is not there."""
    assert "Z9" in one_line(demo.run("record", "export", CAMPAIGN, "--unit", "Z9", "--out", "r.csv"))
    assert "nothing" in one_line(demo.run("record", "export", "nothing", "--out", "r.csv"))


def test_the_chat_hands_out_picture_and_record(demo: Shell) -> None:
    """In the terminal both are files."""
    found = demo.chat("huyen1", {"text": f"/tiendo {CAMPAIGN}"}, {"text": "Xem hình"}, {"text": "/nhatky kl62-2019"})
    picture = found[1]["messages"][-1]["file"]
    assert picture.endswith(".png")
    assert Path(picture).read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    exported = demo.chat("huyen1", {"text": f"/nhatky {CAMPAIGN}"}, {"text": "Nhận tệp nhật ký"})
    assert exported[1]["messages"][-1]["file"].endswith("_nhat-ky.csv")
