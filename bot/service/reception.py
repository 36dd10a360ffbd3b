"""Where the doors bring what came in: it is handled, and what it was answered with is on its way."""

from __future__ import annotations

from collections.abc import Sequence

from bot.channels.incoming import Incoming
from bot.sending.sender import Sender
from bot.turns.turn import Turns


class Reception:
    """``take`` returns after the commit of all of them; the replies to them are then with the sender."""

    def __init__(self, turns: Turns, sender: Sender) -> None:
        self._turns = turns
        self._sender = sender

    async def take(self, incomings: Sequence[Incoming]) -> None:
        """Handle events in order. Raises what kept them from being stored; whoever brought them brings them again."""
        try:
            done = await self._turns.take(incomings)
        except Exception:
            # Some of the batch may be committed all the same; when they come again they are met with silence.
            self._sender.reclaim()
            raise
        for taken in done:
            self._sender.post(taken.outgoing)
