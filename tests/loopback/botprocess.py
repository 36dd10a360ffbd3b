"""A bot in a process of its own: started, watched, killed."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

PROGRAM = (sys.executable, "-m", "bot.cli", "run")
_TICK = os.sysconf("SC_CLK_TCK")


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
        command: Sequence[str] = PROGRAM,
        limits: str = "0/0/1",
    ) -> None:
        self._command = list(command)
        self._log = log
        self._environment = {
            **os.environ,
            "BAOCAO_DATABASE_URL": f"sqlite:///{database}",
            "BAOCAO_TELEGRAM_TOKEN": token,
            "BAOCAO_TELEGRAM_BASE_URL": base_url,
            "BAOCAO_TELEGRAM_LIMITS": limits,
        }
        self._process: subprocess.Popen[bytes] | None = None
        self.starts = 0

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        self.starts += 1
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(self._command, env=self._environment, stdout=log, stderr=log)

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


def _ticks(stat: Path) -> float:
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK
