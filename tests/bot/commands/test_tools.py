"""Forms, readings, compiling and the diagram from the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from zipfile import ZipFile

from dialogs.forms.form_file import shipped_text
from tests.bot.commands.shell import Shell

OneLine = Callable[[CompletedProcess[str]], str]


def test_the_installed_command_starts_anew_and_ends_with_its_code(demo: Shell) -> None:
    """As the README says to call it: its own interpreter, no UTF-8 mode asked for, both streams in Vietnamese."""
    environment = {key: value for key, value in demo.environment(LC_ALL="C.UTF-8").items() if key != "PYTHONUTF8"}

    def command(*words: str) -> tuple[int, str, str]:
        program = Path(sys.executable).with_name("baocao")
        done = subprocess.run([program, *words], cwd=demo.folder, env=environment, capture_output=True, check=False)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    code, told, _ = command("campaign", "list")
    assert (code, "Tỉnh ủy Hồng Lam" in told) == (0, True)
    code, _, told = command("progress", "kl99")
    assert (code, "đợt báo cáo" in told, told.count("\n")) == (1, True, 1)


def test_compile_writes_both_files_and_prints_their_paths(demo: Shell) -> None:
    """One unit, any status; the names survive every phone."""
    result = demo.run("compile", "kl62-2019", "--unit", "X4", "--out", "made/here")

    paths = [demo.folder / line for line in result.stdout.splitlines()]
    assert [path.suffix for path in paths] == [".docx", ".xlsx"]
    assert all(path.name.isascii() and ZipFile(path).testzip() is None for path in paths)


def test_compile_and_progress_name_what_does_not_exist(demo: Shell, one_line: OneLine) -> None:
    """A wrong campaign or unit is one line."""
    assert "kl99" in one_line(demo.run("compile", "kl99", "--unit", "X4", "--out", "o"))
    assert "Z9" in one_line(demo.run("compile", "kl62-2019", "--unit", "Z9", "--out", "o"))
    assert "kl62-2019" in one_line(demo.run("progress", "kl99"))


def test_read_prints_one_object_a_line() -> None:
    """State, value, options and why, as the contract says."""
    result = Shell(Path.cwd()).run("read", "integer", "--measure", "người", given="12\nkhông\n1,234\n-5\n\n")

    read = [json.loads(line) for line in result.stdout.splitlines()]
    assert [each["state"] for each in read] == ["value", "zero", "ask", "refused", "refused"]
    assert read[0]["value"] == 12
    assert read[2]["options"] == [1234]
    assert all(set(each) == {"state", "value", "options", "why"} for each in read)


def test_read_takes_json_strings_too() -> None:
    """With --jsonl a line may hold line ends and every kind of character."""
    given = json.dumps("1\u200b000") + "\n" + json.dumps({"text": "kho\u0302ng co\u0301"}) + "\n"

    result = Shell(Path.cwd()).run("read", "integer", "--jsonl", given=given)

    assert [json.loads(line)["state"] for line in result.stdout.splitlines()] == ["value", "zero"]


def test_form_check_names_file_place_wrong_and_remedy(empty: Shell) -> None:
    """A damaged form is told line by line; a good one passes."""
    text = shipped_text("kl62-2019-xa")
    (empty.folder / "good.yaml").write_text(text, encoding="utf-8")
    (empty.folder / "bad.yaml").write_text(text.replace("filled_by: [xa]", "filled_bi: [xa]", 1), encoding="utf-8")
    (empty.folder / "noise.yaml").write_bytes(b"\xff\xfe\x00bad")

    assert empty.run("form", "check", "good.yaml").returncode == 0
    bad = empty.run("form", "check", "bad.yaml")
    assert bad.returncode == 1
    assert "bad.yaml" in bad.stderr
    assert "filled_bi" in bad.stderr
    assert "dòng" in bad.stderr
    assert "UTF-8" in empty.run("form", "check", "noise.yaml").stderr
    assert empty.run("form", "check", "missing.yaml").returncode == 1


def test_a_published_form_is_frozen(empty: Shell, one_line: OneLine) -> None:
    """The same version with another text is refused; a higher version is taken; both are listed."""
    text = shipped_text("kl62-2019-xa")
    (empty.folder / "form.yaml").write_text(text, encoding="utf-8")
    assert empty.run("form", "publish", "form.yaml").returncode == 0
    assert empty.run("form", "publish", "form.yaml").returncode == 0

    (empty.folder / "form.yaml").write_text(text + "\n# another text\n", encoding="utf-8")
    assert "kl62-2019-xa" in one_line(empty.run("form", "publish", "form.yaml"))

    listed = empty.run("form", "list").stdout
    assert "kl62-2019-xa phiên bản 1" in listed
    assert "đã phát hành" in listed


def test_the_diagram_is_drawn_from_the_table(empty: Shell) -> None:
    """Mermaid, with every state."""
    drawn = empty.run("diagram").stdout

    assert drawn.startswith("stateDiagram-v2")
    assert "home --> writing: arrive" in drawn
