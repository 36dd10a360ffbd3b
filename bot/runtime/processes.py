"""Which process is which, so that work that a dead one left can be told from work that is under way."""

from __future__ import annotations

import os
import socket
import uuid

_HOST = socket.gethostname()[:80]
_TOKEN = uuid.uuid4().hex[:12]


def this_process() -> str:
    """Return a name for this process: machine, number, and a token that no other process has."""
    return f"{_HOST}:{os.getpid()}:{_TOKEN}"


def is_alive(name: str) -> bool:
    """Whether the process with this name may still run; one on another machine may, for all that can be seen here."""
    host, number, token = name.rsplit(":", 2)
    if host != _HOST or os.name != "posix":
        return True
    if int(number) == os.getpid():
        return token == _TOKEN
    try:
        os.kill(int(number), 0)
    except OSError as error:
        return not isinstance(error, ProcessLookupError)
    return True
