"""Units from the command line: a list is taken over whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from bot.commands.unit_commands import MAX_UNITS_BYTES
from tests.bot.commands.shell import Shell
from tests.bot.imports.test_csv_file import ENCODINGS

OneLine = Callable[[CompletedProcess[str]], str]

HEADER = "code,name,kind,parent,valid_from,valid_to"
SOUND = f"""{HEADER}
01,Tỉnh Hồng Lam,tinh,,,
H1,Huyện Thanh Sơn,huyen,01,,30/06/2025
00001,Xã An Bình,xa,H1,,2025-06-30
00002,Xã Hòa Thuận,xa,H1,,2025-06-30
"""
MERGED = """code;name;kind;parent;valid_from;valid_to;body;predecessors
00001;Xã An Hòa;xa;01;01/07/2025;;;00001 00002
"""


def write(shell: Shell, text: str, name: str = "units.csv", encoding: str = "utf-8") -> str:
    (shell.folder / name).write_text(text, encoding=encoding)
    return name


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    return sqlite3.connect(folder / "baocao.db").execute(query).fetchall()


def test_a_list_is_taken_over_and_counted(empty: Shell) -> None:
    """New, changed and unchanged are told; the same list again changes nothing and says so."""
    name = write(empty, SOUND)
    first = empty.run("unit", "import", name)
    again = empty.run("unit", "import", name)
    write(empty, SOUND.replace("Xã An Bình", "Xã An Bình Một") + "00003,Xã Tân Lập,xa,H1,,2025-06-30\n")
    changed = empty.run("unit", "import", name)

    assert (first.returncode, first.stdout) == (0, "units.csv: 4 dòng mới, 0 dòng thay đổi, 0 dòng giữ nguyên.\n")
    assert (again.returncode, again.stdout) == (0, "units.csv: không có gì thay đổi (4 dòng giống như đã lưu).\n")
    assert changed.stdout == "units.csv: 1 dòng mới, 1 dòng thay đổi, 3 dòng giữ nguyên.\n"
    stored = rows(empty.folder, "SELECT code, name, valid_to FROM unit_version ORDER BY position")
    assert stored[2] == ("00001", "Xã An Bình Một", "2025-06-30")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_merged_unit_comes_from_another_spreadsheet(empty: Shell, encoding: str) -> None:
    """Semicolons and the encodings of spreadsheets; the code of a predecessor is taken over."""
    empty.run("unit", "import", write(empty, SOUND))
    done = empty.run("unit", "import", write(empty, MERGED, "new.csv", encoding))

    assert done.returncode == 0, done.stderr
    assert rows(empty.folder, "SELECT count(DISTINCT unit) FROM unit_version WHERE code = '00001'") == [(2,)]
    assert rows(empty.folder, "SELECT count(*) FROM predecessor WHERE partly = 0") == [(2,)]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_names_are_the_same_from_every_encoding(empty: Shell, encoding: str) -> None:
    """Old code pages of Vietnamese are told from the content alone."""
    (empty.folder / "units.csv").write_bytes(ENCODINGS[encoding](SOUND.replace(",", "\t")))
    done = empty.run("unit", "import", "units.csv")

    assert done.returncode == 0, done.stderr
    names = [name for (name,) in rows(empty.folder, "SELECT name FROM unit_version ORDER BY position")]
    assert names == ["Tỉnh Hồng Lam", "Huyện Thanh Sơn", "Xã An Bình", "Xã Hòa Thuận"]


def test_formulas_and_letters_that_no_paper_holds(empty: Shell) -> None:
    """A formula is a name like any other; what XML forbids is taken out before it is stored."""
    text = f"{HEADER}\nT,=1+1,tinh,,,\nH,A\x01\ufffeB,huyen,T,,\n"
    assert empty.run("unit", "import", write(empty, text)).returncode == 0
    assert rows(empty.folder, "SELECT name FROM unit_version ORDER BY position") == [("=1+1",), ("AB",)]


def test_a_list_too_large_is_one_line(empty: Shell, one_line: OneLine) -> None:
    """A list is checked as a whole, in memory; so it has a limit of its own."""
    with (empty.folder / "large.csv").open("w", encoding="utf-8") as file:
        file.write(f"{HEADER}\n")
        file.truncate(MAX_UNITS_BYTES + 1)
    assert "10 MB" in one_line(empty.run("unit", "import", "large.csv"))


def test_every_fault_is_one_line_with_its_place_and_nothing_changes(empty: Shell) -> None:
    """Line, column, what was read, what is accepted; then how many and that nothing was written."""
    empty.run("unit", "import", write(empty, SOUND))
    bad = f"{HEADER}\n00003,Xã Tân Lập,xa,H1,,\n00004,,Xã,H9,31/02/2025,\n"
    result = empty.run("unit", "import", write(empty, bad))

    lines = result.stderr.splitlines()
    assert result.returncode == 1
    assert result.stdout == ""
    assert [line.split(":")[0] for line in lines[:-1]] == [
        "Dòng 3, cột name",
        "Dòng 3, cột kind",
        "Dòng 3, cột valid_from",
    ]
    assert "“31/02/2025”" in lines[2]
    assert "2025-07-01 hoặc 01/07/2025" in lines[2]
    assert lines[-1] == "Tệp units.csv có 3 lỗi; chưa ghi gì vào cơ sở dữ liệu."
    assert rows(empty.folder, "SELECT count(*) FROM unit_version") == [(4,)]


def test_fifty_faults_are_shown_and_the_rest_counted(empty: Shell) -> None:
    text = HEADER + "\n" + "".join(f"{n:03},,xa,,,\n" for n in range(70))
    lines = empty.run("unit", "import", write(empty, text)).stderr.splitlines()

    assert len(lines) == 52
    assert lines[49].startswith("Dòng 51, cột name")
    assert lines[50] == "… và 20 lỗi nữa."
    assert "70 lỗi" in lines[51]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "trống"),
        (f"{HEADER}\n", "không có dòng nào"),
        ("code,name,kind,valid_from,valid_to\n1,a,xa,,\n", "parent"),
        (f'{HEADER}\n1,"a,xa,,,\n', "ngoặc kép"),
        (f"{HEADER}\n1,a,xa,,,,x,y\n", "Dòng 2"),
        (f"{HEADER},Code\n1,a,xa,,,,2\n", "cột Code có hai lần"),
    ],
)
def test_a_file_that_is_no_list_is_one_line(empty: Shell, one_line: OneLine, text: str, words: str) -> None:
    assert words in one_line(empty.run("unit", "import", write(empty, text)))


def test_a_file_that_is_not_there_is_one_line(empty: Shell, one_line: OneLine) -> None:
    assert "nowhere.csv" in one_line(empty.run("unit", "import", "nowhere.csv"))


def test_odd_things_are_noted_on_success(empty: Shell) -> None:
    done = empty.run("unit", "import", write(empty, SOUND + "00005,xã an bình,xa,H1,,2025-06-30\n"))

    assert done.returncode == 0
    assert "Lưu ý: 00001 và 00005 cùng tên" in done.stdout
