"""Who is signed in. It is kept in memory: after a restart the demo's page signs in again, and who came by an
invitation is found by the name of their account."""

from __future__ import annotations

import hashlib
import secrets

from bot.channels.host import Visitor

COOKIE = "baocao_session"
MAX_SESSIONS = 10_000
LINKED = "link-"
"""Before the name of an account that was made by an invitation; no handle of the demo begins so."""


def new_token() -> str:
    """Return a token that nobody has."""
    return secrets.token_urlsafe(32)


def external_of(token: str) -> str:
    """Return what the account of somebody who came by an invitation is called: the hash of their token.

    So the session outlives a restart, and neither the database nor a copy of it signs anybody in.
    """
    return LINKED + _hash(token)[:40]


class Sessions:
    """Random tokens, each for one person. Only their hashes are held, so that a memory dump signs nobody in."""

    def __init__(self) -> None:
        self._people: dict[str, Visitor | None] = {}

    def begin(self, person: Visitor) -> str:
        """Return a new token for ``person``; the oldest session gives way when there are too many."""
        token = new_token()
        self.hold(token, person)
        return token

    def hold(self, token: str, person: Visitor) -> None:
        """Let a token stand for ``person``."""
        while len(self._people) >= MAX_SESSIONS and _hash(token) not in self._people:
            self._people.pop(next(iter(self._people)))
        self._people[_hash(token)] = person

    def find(self, token: str) -> Visitor | None:
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
