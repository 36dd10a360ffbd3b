"""``baocao answers import`` as a user runs it: exit codes, what is printed, what a killed import leaves."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from docx import Document
from openpyxl import load_workbook

from bot.imports.csv_file import MAX_CSV_BYTES
from tests.bot.commands.shell import Shell
from tests.bot.imports.test_csv_file import ENCODINGS

OneLine = Callable[[CompletedProcess[str]], str]
HEAD = "unit,field,row,column,value\n"
GOOD = (
    HEAD + "X1,PL3,mttq,xa.tong_so,12\nX1,PL3,mttq,xa.cb_nu,không có\n"
    'X1,II.1,,,"Đã họp.\nHai lần."\nH1,PL3,mttq,xa.cb_nu,40\n'
)

KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from bot.imports.answers_import import OPTIONAL, REQUIRED, Import
from bot.imports.csv_file import read_csv
from storage.schema.database import open_database

left = int(sys.argv[1])

def between():
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

database = open_database("sqlite:///baocao.db")
file = read_csv(Path("a.csv"), REQUIRED, OPTIONAL)
Import(database, lambda: datetime.now(UTC), between, sys.stderr).run("kl62-2019", file, True, False)
"""


def put(shell: Shell, content: str, name: str = "a.csv") -> None:
    (shell.folder / name).write_text(content, encoding="utf-8", newline="")


def answers(folder: Path) -> list[tuple[object, ...]]:
    """What is stored in all reports, and how often anything was written."""
    with closing(sqlite3.connect(folder / "baocao.db")) as connection:
        columns = 'submission, field, "row", "column", version, state, value'
        found = connection.execute(f"SELECT {columns} FROM answer").fetchall()
        return [*sorted(found), *connection.execute("SELECT count(*) FROM answer_history")]


def batches(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "baocao.db")) as connection:
        return [state for (state,) in connection.execute("SELECT state FROM import_batch ORDER BY id")]


def status(shell: Shell, code: str) -> str:
    shown = json.loads(shell.run("progress", "kl62-2019", "--json").stdout)
    return str(next(each["status"] for each in shown["units"] if each["code"] == code))


def test_a_file_is_imported_and_shown_in_the_dialog(demo: Shell) -> None:
    """The changes are printed, the counts, and the official sees the answers at once."""
    put(demo, GOOD)
    dry = demo.run("answers", "import", "kl62-2019", "a.csv", "--dry-run")
    assert (dry.returncode, dry.stderr, status(demo, "X1")) == (0, "", "not_opened")

    result = demo.run("answers", "import", "kl62-2019", "a.csv")

    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "X1 PL3 mttq xa.tong_so: chưa trả lời -> 12",
        "X1 PL3 mttq xa.cb_nu: chưa trả lời -> 0",
        "X1 II.1: chưa trả lời -> Đã họp. Hai lần.",
        "H1 PL3 mttq xa.cb_nu: chưa trả lời -> 40",
        "Mới: 4, thay đổi: 0, giữ nguyên: 0.",
        "Đã nhập tệp a.csv: ghi 4 câu trả lời, 0 giữ nguyên.",
    ]
    assert status(demo, "X1") == "in_progress"
    said = demo.chat("xa1", {"text": "/start"}, {"text": "/sua PL3.1"})
    assert "12" in json.dumps(said[-1], ensure_ascii=False)


def test_the_same_file_again_changes_nothing_and_can_send(demo: Shell) -> None:
    """What is there already is left; --sent then marks the reports as sent, once."""
    put(demo, GOOD)
    demo.run("answers", "import", "kl62-2019", "a.csv")
    before = answers(demo.folder)

    again = demo.run("answers", "import", "kl62-2019", "a.csv", "--sent")

    assert again.stdout.splitlines()[-1] == "Đã nhập tệp a.csv: ghi 0 câu trả lời, 4 giữ nguyên. Đã gửi 2 báo cáo."
    assert (answers(demo.folder), status(demo, "X1"), status(demo, "H1")) == (before, "sent", "sent")
    last = demo.run("answers", "import", "kl62-2019", "a.csv", "--sent")
    assert last.stdout.splitlines()[-1].endswith("Đã gửi 0 báo cáo.")


def test_any_error_names_line_and_cell_and_nothing_changes(demo: Shell) -> None:
    """Every wrong line is told, the good ones are not stored."""
    before = answers(demo.folder)
    put(demo, GOOD + "X1,PL3,mttq,xa.cb_dtts,=1+1\nZ9,PL3,mttq,xa.tong_so,1\nX1,PL3,mttq,xa.tong_so,12\n")

    result = demo.run("answers", "import", "kl62-2019", "a.csv")

    lines = result.stderr.splitlines()
    assert (result.returncode, result.stdout, len(lines)) == (1, "", 4)
    assert "Dòng 7, X1 PL3 mttq xa.cb_dtts" in lines[0]
    assert "Dòng 8, cột unit" in lines[1]
    assert "đã có ở dòng 2" in lines[2]
    assert (answers(demo.folder), batches(demo.folder)) == (before, [])


def test_what_cannot_be_read_at_all_is_one_line(demo: Shell, one_line: OneLine) -> None:
    """A wrong campaign, no file, no columns, no rows, an encoding nobody can tell."""
    put(demo, GOOD)
    put(demo, "unit;field\n", "columns.csv")
    put(demo, HEAD, "rows.csv")
    (demo.folder / "bytes.csv").write_bytes(HEAD.encode() + b"X1,II.1,,,\xe3\xff\xfe\n")
    assert "kl99" in one_line(demo.run("answers", "import", "kl99", "a.csv"))
    assert "missing.csv" in one_line(demo.run("answers", "import", "kl62-2019", "missing.csv"))
    assert "row, column, value" in one_line(demo.run("answers", "import", "kl62-2019", "columns.csv"))
    assert "rows.csv" in one_line(demo.run("answers", "import", "kl62-2019", "rows.csv"))
    assert "UTF-8" in one_line(demo.run("answers", "import", "kl62-2019", "bytes.csv"))
    assert demo.run("answers", "import").returncode == 2


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_answers_are_the_same_from_every_encoding(demo: Shell, encoding: str) -> None:
    """Semicolons, and the code pages that Vietnamese was written in before Unicode."""
    text = HEAD + "X1,II.1,,,Đảng ủy xã đã quán triệt nghị quyết đến từng chi bộ\n"
    (demo.folder / "a.csv").write_bytes(ENCODINGS[encoding](text.replace(",", ";")))
    told = demo.run("answers", "import", "kl62-2019", "a.csv", "--dry-run")
    assert told.stdout.splitlines()[0] == (
        "X1 II.1: chưa trả lời -> Đảng ủy xã đã quán triệt nghị quyết đến từng chi bộ"
    ), told.stderr


def test_a_file_too_large_is_one_line(demo: Shell, one_line: OneLine) -> None:
    with (demo.folder / "large.csv").open("w", encoding="utf-8") as file:
        file.write(HEAD)
        file.truncate(MAX_CSV_BYTES + 1)
    assert "200 MB" in one_line(demo.run("answers", "import", "kl62-2019", "large.csv"))


def test_text_that_xml_forbids_reaches_both_papers(demo: Shell) -> None:
    """Control characters and non-characters are taken out when stored; formulas and tags are text."""
    put(demo, HEAD + 'X1,II.1,,,"=HYPERLINK(1)\x0bMột\ufffe\x01 <w:p/> & ]]>"\n')
    assert demo.run("answers", "import", "kl62-2019", "a.csv", "--sent").returncode == 0

    made = demo.run("compile", "kl62-2019", "--unit", "H1", "--compiled", "--out", "made")

    word, excel = (demo.folder / line for line in made.stdout.splitlines())
    texts = [each.text for each in Document(str(word)).paragraphs]
    assert "Một <w:p/> & ]]>" in texts
    cells = [cell for each in load_workbook(excel)["Dữ liệu"].iter_rows() for cell in each if cell.data_type == "s"]
    assert "=HYPERLINK(1)\nMột <w:p/> & ]]>" in [cell.value for cell in cells]


def killed(shell: Shell, after: int) -> None:
    """An import that is killed after so many transactions."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(after)],
        cwd=shell.folder,
        env=shell.environment(),
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == -9, done.stderr


def test_killed_while_it_reads_the_file_it_leaves_nothing(demo: Shell) -> None:
    """What was only staged is gone with the next command, and the same file can be imported."""
    before = answers(demo.folder)
    put(demo, GOOD)
    killed(demo, 1)
    assert batches(demo.folder) == ["staging"]

    assert status(demo, "X1") == "not_opened"
    assert (answers(demo.folder), batches(demo.folder)) == (before, [])
    assert demo.run("answers", "import", "kl62-2019", "a.csv").returncode == 0


def test_killed_while_it_writes_it_is_finished_by_the_next_command(demo: Shell) -> None:
    """Whichever command comes next writes and sends the rest, and says so."""
    put(demo, GOOD)
    killed(demo, 2)
    assert batches(demo.folder) == ["applying"]

    shown = demo.run("progress", "kl62-2019")

    assert shown.stderr == "Đã làm xong việc nhập tệp a.csv bị dừng giữa chừng (4 câu trả lời).\n"
    assert (batches(demo.folder), status(demo, "X1"), status(demo, "H1")) == (["done"], "sent", "sent")
    again = demo.run("answers", "import", "kl62-2019", "a.csv")
    assert "Mới: 0, thay đổi: 0, giữ nguyên: 4." in again.stdout
