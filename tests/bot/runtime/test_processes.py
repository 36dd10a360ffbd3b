"""A process is told from one that is gone, and from another that has its number."""

from __future__ import annotations

import subprocess
import sys

from bot.runtime.processes import is_alive, this_process


def test_only_what_is_surely_gone_counts_as_dead() -> None:
    """This process lives; one that ended does not; another machine's may."""
    host, number, token = this_process().rsplit(":", 2)
    ended = subprocess.Popen([sys.executable, "-c", "pass"])
    ended.wait()

    assert is_alive(this_process())
    assert is_alive(f"{host}:1:{token}")
    assert is_alive(f"elsewhere:{ended.pid}:{token}")
    assert not is_alive(f"{host}:{ended.pid}:{token}")
    assert not is_alive(f"{host}:{number}:another")
