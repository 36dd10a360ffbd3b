"""Who is signed in. The demo keeps it in memory: a restart ends every session, and the page signs in again."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

COOKIE = "baocao_session"
MAX_SESSIONS = 10_000


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody on the demo's sign-in list; ``unit`` is '' for somebody without one."""

    handle: str
    name: str
    unit: str = ""


class Sessions:
    """Random tokens, each for one person. Only their hashes are held, so that a memory dump signs nobody in."""

    def __init__(self) -> None:
        self._people: dict[str, DemoPerson | None] = {}

    def begin(self, person: DemoPerson) -> str:
        """Return a new token for ``person``; the oldest session gives way when there are too many."""
        while len(self._people) >= MAX_SESSIONS:
            self._people.pop(next(iter(self._people)))
        token = secrets.token_urlsafe(32)
        self._people[_hash(token)] = person
        return token

    def find(self, token: str) -> DemoPerson | None:
        """Return whose token this is, or None."""
        return self._people.get(_hash(token))

    def lost(self, token: str) -> bool:
        """Whether this is a token that nobody ended: it is from before a restart."""
        return bool(token) and _hash(token) not in self._people

    def end(self, token: str) -> None:
        """End the session; that it was ended is remembered."""
        if _hash(token) in self._people:
            self._people[_hash(token)] = None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
