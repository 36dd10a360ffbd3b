"""Plays the made-up people through the real turn, on a clock that the replay moves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.channels.incoming import Account, Incoming
from bot.demo.answers import Nature, Official
from bot.demo.units import TERMINAL
from bot.turns.turn import Taken, Turn
from dialogs.values.effects import Reply
from dialogs.values.events import ChoicePressed, Event, TextReceived
from storage.messages import jobs, outbox

ALL = 10_000
"""More questions than any report has."""
LEASE = timedelta(minutes=1)


class DemoClock:
    """A clock that the replay moves, so that answers are days old when the demo begins."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def forward(self, span: timedelta) -> None:
        self.at += span

    def until(self, moment: datetime) -> None:
        """Go on to ``moment``; never back."""
        self.at = max(self.at, moment)


class Player:
    """Plays people through the real turn; whatever is replied counts as seen."""

    def __init__(self, connection: Connection, turn: Turn, clock: DemoClock) -> None:
        self._connection = connection
        self._turn = turn
        self.clock = clock
        self._sent = 0

    def take(self, handle: str, event: Event) -> Taken:
        """One event of one person through the terminal."""
        self._sent += 1
        self.clock.forward(timedelta(seconds=20))
        incoming = Incoming(f"demo.{self._sent}", Account(TERMINAL, handle), event)
        taken = self._turn.handle(self._connection, incoming)
        outbox.sent(self._connection, [row.id for row in taken.outgoing], self.clock.now())
        return taken

    def say(self, handle: str, text: str) -> Reply:
        return _reply(self.take(handle, TextReceived(text, f"demo.{self._sent + 1}")))

    def press(self, handle: str, reply: Reply, action: str) -> Reply:
        """Press the button of ``reply`` that does ``action``. Raises ``LookupError`` if it has none."""
        for choice in reply.choices:
            if choice.id.partition(":")[2] == action:
                return _reply(self.take(handle, ChoicePressed(choice.id)))
        raise LookupError(action)

    def enter(self, handle: str, report: int) -> Reply:
        """Go to one of the person's reports from the first screen."""
        return self.press(handle, self.say(handle, "/start"), f"open:{report}")

    def answer(self, handle: str, reply: Reply, nature: Nature, questions: int = ALL) -> Reply:
        """Answer from the question that ``reply`` asks until ``questions`` are answered or none is left."""
        official = Official(nature)
        for _ in range(2000):
            done = reply.progress[0] if reply.progress else 0
            if reply.asks is None or done >= questions:
                break
            for text in official.messages(reply.asks):
                reply = self.say(handle, text)
        return reply

    def each(self, handle: str, texts: Iterable[str]) -> None:
        for text in texts:
            self.say(handle, text)

    def send(self, handle: str) -> None:
        """Send the report the person stands in; its papers count as handed over."""
        self.press(handle, self.say(handle, "/nop"), "send")
        while (job := jobs.claim(self._connection, TERMINAL, LEASE, self.clock.now())) is not None:
            jobs.finish(self._connection, job.id, self.clock.now())


def _reply(taken: Taken) -> Reply:
    return next(effect for effect in taken.effects if isinstance(effect, Reply))
