"""The linter and the strict type checker are part of the tests, so that one command is enough."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["mypy", "bot", "dialogs", "storage", "exports"],
    ],
    ids=["ruff check", "ruff format", "mypy --strict"],
)
def test_the_checkers_have_nothing_to_say(command: list[str]) -> None:
    """Ruff and mypy pass on the whole tree."""
    result = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-2000:]
