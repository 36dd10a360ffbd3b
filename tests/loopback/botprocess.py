"""A bot in a process of its own: started, watched, killed."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

PROGRAM = (sys.executable, "-m", "bot.cli", "run")
PRELOADED = ["bot.cli", "bot.commands.paper_commands", "bot.service.app"]
"""What a forked process has in memory when it starts."""

_TICK = os.sysconf("SC_CLK_TCK")

Command = Sequence[str] | Callable[[], object]
"""Words for a new Python, or a function for a process forked from one that has the program in memory.

The second starts in a tenth of the time and dies in the same way; the function must be one that can be pickled.
"""


class _Process(Protocol):
    """As much of ``subprocess.Popen`` as is used here."""

    @property
    def pid(self) -> int: ...
    def poll(self) -> int | None: ...
    def kill(self) -> None: ...
    def wait(self, timeout: float | None = None) -> int: ...
    def send_signal(self, sig: int) -> None: ...


class BotProcess:
    """Runs ``command`` (the real service, unless told otherwise) against a loopback Bot API and one SQLite file.

    ``limits`` is how fast it may send: as fast as it can where a test or bench is about something else.
    """

    def __init__(
        self,
        base_url: str,
        token: str,
        database: Path,
        log: Path,
        command: Command = PROGRAM,
        limits: str = "0/0/1",
    ) -> None:
        self._command = command
        self._log = log
        self._environment = {
            **os.environ,
            "BAOCAO_DATABASE_URL": f"sqlite:///{database}",
            "BAOCAO_TELEGRAM_TOKEN": token,
            "BAOCAO_TELEGRAM_BASE_URL": base_url,
            "BAOCAO_TELEGRAM_LIMITS": limits,
        }
        self._process: _Process | None = None
        self.starts = 0

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        self.starts += 1
        if callable(self._command):
            self._process = _Forked(self._command, self._environment, self._log)
            return
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(list(self._command), env=self._environment, stdout=log, stderr=log)

    def kill(self) -> None:
        """kill -9, and wait until it is gone."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    async def stop(self) -> int:
        """Ask it to end (SIGTERM) and return its exit code."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        return await asyncio.to_thread(self._process.wait, 30)

    def cpu_seconds(self) -> float:
        """Return the processor time of all its threads so far, by the kernel's count (ticks of 10 ms)."""
        assert self._process is not None
        return _ticks(Path(f"/proc/{self._process.pid}/stat"))

    def loop_cpu_seconds(self) -> float:
        """Return the processor time of its main thread, where the event loop runs."""
        assert self._process is not None
        return _ticks(Path(f"/proc/{self._process.pid}/task/{self._process.pid}/stat"))

    def peak_mebibytes(self) -> float:
        """Return the most memory it has had resident."""
        assert self._process is not None
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024

    def log(self) -> str:
        return self._log.read_text(errors="replace") if self._log.exists() else ""


class _Forked:
    """A process that runs ``work`` with this environment, its output added to ``log``."""

    def __init__(self, work: Callable[[], object], environment: Mapping[str, str], log: Path) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(PRELOADED)
        self._process = context.Process(target=_work, args=(work, dict(environment), str(log)), daemon=True)
        self._process.start()

    @property
    def pid(self) -> int:
        return self._process.pid or 0

    def poll(self) -> int | None:
        return self._process.exitcode

    def kill(self) -> None:
        self._process.kill()

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise TimeoutError
        return self._process.exitcode

    def send_signal(self, sig: int) -> None:
        os.kill(self.pid, sig)


def _work(work: Callable[[], object], environment: dict[str, str], log: str) -> None:
    os.environ.clear()
    os.environ.update(environment)
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for stream in (1, 2):
        os.dup2(out, stream)
    work()


def _ticks(stat: Path) -> float:
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK
