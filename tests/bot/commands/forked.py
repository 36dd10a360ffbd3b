"""A command in a process of its own, forked from one that has the program in memory: starting costs a tenth."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from multiprocessing.context import ForkServerContext
from pathlib import Path

PATIENCE = 120
_STREAMS = ((0, "in", os.O_RDONLY), (1, "out", os.O_WRONLY | os.O_CREAT), (2, "err", os.O_WRONLY | os.O_CREAT))


def run(
    words: Sequence[str], folder: Path, environment: Mapping[str, str], given: str
) -> subprocess.CompletedProcess[str]:
    """Run ``baocao`` with ``words`` in ``folder`` and return what it printed, as ``subprocess.run`` would."""
    with tempfile.TemporaryDirectory() as streams:
        Path(streams, "in").write_text(given, encoding="utf-8", newline="")
        process = _context().Process(target=_command, args=(list(words), str(folder), dict(environment), streams))
        process.start()
        process.join(PATIENCE)
        if process.exitcode is None:
            process.kill()
            raise TimeoutError(f"baocao {' '.join(words)} took more than {PATIENCE} seconds")
        told, complained = (Path(streams, name).read_text(encoding="utf-8") for name in ("out", "err"))
    return subprocess.CompletedProcess(["baocao", *words], process.exitcode, told, complained)


def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["bot.cli", "bot.commands.paper_commands"])
    return context


def _command(words: list[str], folder: str, environment: dict[str, str], streams: str) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for number, name, mode in _STREAMS:
        os.dup2(os.open(Path(streams, name), mode, 0o600), number)
    # As Python opens them in its UTF-8 mode.
    sys.stdin = open(0, encoding="utf-8", errors="surrogateescape", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", errors="surrogateescape", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False, buffering=1)  # noqa: SIM115

    from bot import cli

    raise SystemExit(cli.main(words))
