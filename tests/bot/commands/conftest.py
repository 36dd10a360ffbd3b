"""The command line as a user runs it: a process of its own, a folder of its own."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bot.commands.shell import Shell


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's database, made once."""
    folder = tmp_path_factory.mktemp("demo")
    result = Shell(folder).run("demo", "--no-serve")
    assert result.returncode == 0, result.stderr
    return folder / "baocao.db"


@pytest.fixture
def demo(demo_file: Path, tmp_path: Path) -> Shell:
    """A shell in a folder with a fresh copy of the demo."""
    (tmp_path / "baocao.db").write_bytes(demo_file.read_bytes())
    return Shell(tmp_path)


@pytest.fixture
def empty(tmp_path: Path) -> Shell:
    """A shell in an empty folder."""
    return Shell(tmp_path)


@pytest.fixture
def one_line() -> Callable[[subprocess.CompletedProcess[str]], str]:
    """Assert exit 1 with exactly one line and no trace of Python; return the line."""

    def check(result: subprocess.CompletedProcess[str]) -> str:
        lines = result.stderr.strip().splitlines()
        assert result.returncode == 1, result
        assert len(lines) == 1, result.stderr
        assert "Traceback" not in result.stderr
        return lines[0]

    return check
