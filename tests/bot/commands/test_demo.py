"""The demo: what a new user meets first."""

from __future__ import annotations

import json
import socket
import sqlite3
from collections.abc import Callable
from subprocess import CompletedProcess

from openpyxl import load_workbook

from tests.bot.commands.shell import Shell

OneLine = Callable[[CompletedProcess[str]], str]


def test_the_demo_has_a_unit_in_each_status_and_two_people_yet_to_begin(demo: Shell) -> None:
    """Every status of a report can be looked at, one is overdue, and X1 and H1 have nothing answered."""
    told = json.loads(demo.run("progress", "kl62-2019", "--json").stdout)

    by_code = {unit["code"]: unit for unit in told["units"]}
    assert set(told["counts"]) == {"not_opened", "in_progress", "sent", "returned", "accepted", "not_required"}
    assert all(number >= 1 for number in told["counts"].values())
    assert sum(told["counts"].values()) == len(told["units"])
    assert any(unit["late"] for unit in told["units"])
    for code in ("X1", "H1"):
        assert (by_code[code]["status"], by_code[code]["answered"]) == ("not_opened", 0)
    assert by_code["X1"]["total"] == 32
    assert by_code["X4"]["sent_at"] is not None


def test_all_five_campaigns_stand_at_different_stages(demo: Shell) -> None:
    """One is running, one is a district's own, one is over, one has just begun, one repeats an earlier period."""
    found = {
        key: json.loads(demo.run("progress", key, "--json").stdout)["counts"]
        for key in ("kl62-2019", "kl62-2019-xa", "kl102-2019", "nq25-2023", "tb160-2020", "tb160-2020-ky1")
    }

    assert {key: sum(counts.values()) for key, counts in found.items()} == {
        "kl62-2019": 12,
        "kl62-2019-xa": 3,
        "kl102-2019": 12,
        "nq25-2023": 6,
        "tb160-2020": 6,
        "tb160-2020-ky1": 6,
    }
    for over in ("kl102-2019", "tb160-2020-ky1"):
        assert not found[over]["not_opened"] + found[over]["in_progress"] + found[over]["returned"]
    for begun in ("nq25-2023", "tb160-2020"):
        assert found[begun]["not_opened"] >= 2
        assert found[begun]["sent"] == 1
    assert len({tuple(sorted(counts.items())) for counts in found.values()}) == 6


def test_what_is_due_first_is_the_campaign_still_to_begin(demo: Shell) -> None:
    """xa1 and huyen1 meet Kết luận 62 first, and no papers of the past are pushed at them."""
    for handle, form in (("xa1", "kl62-2019-xa"), ("huyen1", "kl62-2019")):
        first, second = demo.chat(handle, {"text": "/start"}, {"text": "/tiep"})
        assert [message["file"] for message in first["messages"]] == [None]
        assert (second["asks"]["campaign"], second["asks"]["form"]) == ("kl62-2019", form)


def test_every_state_of_a_cell_is_in_every_table(demo: Shell) -> None:
    """Value, zero and none occur in each appendix, so that no two of them can look alike unnoticed."""
    rows = sqlite3.connect(demo.folder / "baocao.db").execute(
        "SELECT DISTINCT field, state FROM answer WHERE field LIKE 'PL%'"
    )
    found: dict[str, set[str]] = {}
    for field, state in rows:
        found.setdefault(field, set()).add(state)

    for table in ("PL1", "PL2", "PL3", "PL4", "PL6"):
        assert {"value", "zero", "none"} <= found[table], table


def test_a_row_of_its_own_and_a_sum_replaced_with_its_reason_can_be_looked_at(demo: Shell) -> None:
    """A commune added a row to the sheet of Kết luận 102; a district replaced a sum, which its coordinator is told."""
    made = [
        demo.run("compile", campaign, "--unit", unit, "--compiled", "--out", "made").stdout.splitlines()[1]
        for campaign, unit in (("kl102-2019", "T"), ("kl62-2019", "H2"))
    ]
    added, replaced = (load_workbook(demo.folder / path, data_only=True) for path in made)

    rows = [row for sheet in added for row in sheet.iter_rows(values_only=True) if "Tặng quà người cao tuổi" in row]
    assert any({"suất quà", 125, 62.5} <= set(row) for row in rows)
    lines = [row for row in replaced["Cảnh báo"].iter_rows(values_only=True) if "thay cho tổng" in str(row[2])]
    assert [(line[0], "quý I" in str(line[3])) for line in lines] == [("Huyện ủy Nam Khê", True)]


def test_the_demo_refuses_a_database_that_is_not_its_own(demo: Shell, one_line: OneLine) -> None:
    """Neither demo nor --fresh touches an office's real data."""
    database = sqlite3.connect(demo.folder / "baocao.db")
    database.execute("DELETE FROM meta WHERE key = 'demo'")
    database.commit()
    before = database.execute("SELECT count(*) FROM answer").fetchone()

    assert "không phải bản dùng thử" in one_line(demo.run("demo", "--no-serve"))
    assert "không phải bản dùng thử" in one_line(demo.run("demo", "--fresh", "--no-serve"))
    assert database.execute("SELECT count(*) FROM answer").fetchone() == before


def test_fresh_makes_the_province_anew(demo: Shell) -> None:
    """--fresh forgets what was tried."""
    demo.chat("xa1", {"text": "/tiep"}, {"text": "45; 20; 3"})

    assert demo.run("demo", "--fresh", "--no-serve").returncode == 0
    told = json.loads(demo.run("progress", "kl62-2019", "--unit", "X1", "--json").stdout)
    assert [(unit["code"], unit["status"]) for unit in told["units"]] == [("X1", "not_opened")]


def test_a_used_port_is_one_line(demo: Shell, one_line: OneLine) -> None:
    """A second start says which port is taken and what to do."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        line = one_line(demo.run("demo", "--port", str(port)))

    assert str(port) in line
    assert "--port" in line


def test_damaged_and_newer_databases_are_one_line(demo: Shell, one_line: OneLine) -> None:
    """A file that is no database, or one of a newer program, is never touched."""
    (demo.folder / "other.db").write_bytes(b"not a database at all, but long enough to look at" * 50)
    assert "cơ sở dữ liệu" in one_line(demo.run("form", "list", BAOCAO_DATABASE_URL="sqlite:///other.db")).lower()

    database = sqlite3.connect(demo.folder / "baocao.db")
    database.execute("UPDATE alembic_version SET version_num = '9999_from_the_future'")
    database.commit()
    assert "mới hơn" in one_line(demo.run("progress", "kl62-2019"))


def test_wrong_settings_are_one_line(demo: Shell, one_line: OneLine) -> None:
    """The variable, what it holds and what it may hold."""
    assert "BAOCAO_PORT" in one_line(demo.run("run", BAOCAO_PORT="eighty"))
    assert "BAOCAO_TIMEZONE" in one_line(demo.run("run", BAOCAO_TIMEZONE="Mars/Base"))
    assert "BAOCAO_TELEGRAM_MODE" in one_line(demo.run("run", BAOCAO_TELEGRAM_MODE="pigeon"))
    assert "BAOCAO_DATABASE_URL" in one_line(demo.run("form", "list", BAOCAO_DATABASE="sqlite:///other.db"))


def test_the_service_without_any_door_says_so(empty: Shell, one_line: OneLine) -> None:
    """A missing token is one clear line, not a silent process."""
    assert "BAOCAO_TELEGRAM_TOKEN" in one_line(empty.run("run"))


def test_wrong_use_exits_with_two(empty: Shell) -> None:
    """What the parser refuses is exit 2."""
    assert empty.run().returncode == 2
    assert empty.run("nothing").returncode == 2
    assert empty.run("chat").returncode == 2
    assert empty.run("invite", "X1", "official", "--count", "501").returncode == 2
    assert empty.run("demo", "--port", "65536").returncode == 2
    unreadable = empty.run("progress", "kl62", "--unit", "\udcff")
    assert (unreadable.returncode, "UTF-8" in unreadable.stderr) == (2, True)
