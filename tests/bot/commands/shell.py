"""The command line nearly as a user runs it: a process of its own (``forked``), a folder of its own."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bot.commands import forked

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Shell:
    """Runs ``baocao`` with a database in ``folder``."""

    folder: Path

    def environment(self, **extra: str) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("BAOCAO_")}
        return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **extra}

    def run(self, *words: str, given: str = "", **extra: str) -> subprocess.CompletedProcess[str]:
        return forked.run(words, self.folder, self.environment(**extra), given)

    def chat(self, handle: str, *lines: dict[str, Any]) -> list[dict[str, Any]]:
        given = "".join(json.dumps(line) + "\n" for line in lines)
        result = self.run("chat", "--as", handle, "--jsonl", given=given)
        assert result.returncode == 0, result.stderr
        return [json.loads(line) for line in result.stdout.splitlines()]
