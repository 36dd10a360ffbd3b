"""A small made-up province in a database, and one line for what a person does in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from dialogs.forms.answers import Address, State, Value
from dialogs.values.effects import Effect, Piece, SaveAnswer, SendReport
from dialogs.values.report_view import ReportView
from storage.campaigns.campaigns import Opening
from storage.campaigns.turn_cache import TurnCache
from storage.effects import Applied, apply
from storage.messages.context import Context
from storage.people import people
from storage.schema.database import Database
from storage.world import StoredWorld
from tests.office.founding import NOW, REFERENCE, ZONE, Founded

__all__ = ["NOW", "REFERENCE", "ZONE", "Province", "build"]

TOTAL = Address("PL3", "mttq", "xa.tong_so")
WOMEN = Address("PL3", "mttq", "xa.cb_nu")
MONEY = Address("PL6", "mttq.xa", "nsnn")
TEXT = Address("II.1")


@dataclass
class Province(Founded):
    """T over H1 (X1, X2, X3) and H2 (X4, X5), everybody with one official, asked with kl62-2019 and its companion."""

    database: Database
    cache: TurnCache = field(default_factory=TurnCache)
    messages: int = 0

    def view(self, connection: Connection, code: str, cache: TurnCache | None = None, at: datetime = NOW) -> ReportView:
        """The report of ``code`` as its official sees it."""
        report = self.world(connection, code, cache, at).report(self.reports[code])
        assert report is not None
        return report

    def world(
        self, connection: Connection, code: str, cache: TurnCache | None = None, at: datetime = NOW
    ) -> StoredWorld:
        return StoredWorld(connection, self.people[code], "telegram", at, ZONE, cache or self.cache, lock=False)

    def context(self, code: str, message: str = "", at: datetime = NOW, process: str = "") -> Context:
        self.messages += 1
        return Context(
            person=self.people[code],
            account=self.accounts[code],
            channel="telegram",
            external=f"chat-{code}",
            inbox=None,
            message=message or str(self.messages),
            at=at,
            process=process,
        )

    def do(self, connection: Connection, code: str, *effects: Effect, at: datetime = NOW, message: str = "") -> Applied:
        """Apply effects as the official of ``code``."""
        return apply(connection, effects, self.context(code, message, at), self.cache)

    def lend(self, connection: Connection, code: str, to: str = "T") -> None:
        """Let the person of one unit fill in another one's report as well."""
        people.grant(connection, self.people[to].id, self.units[code], people.OFFICIAL, NOW)
        self.people[code], self.accounts[code] = self.people[to], self.accounts[to]

    def save(
        self,
        connection: Connection,
        code: str,
        address: Address,
        value: Value,
        state: State = State.VALUE,
        *,
        basis: str = "",
        reason: str = "",
        pieces: tuple[Piece, ...] | None = None,
        message: str = "",
    ) -> None:
        """Store one answer of the unit ``code``."""
        effect = SaveAnswer(self.reports[code], address, state, value, basis=basis, reason=reason, pieces=pieces)
        self.do(connection, code, effect, message=message)

    def send(self, connection: Connection, *codes: str, at: datetime = NOW) -> None:
        for code in codes:
            self.do(connection, code, SendReport(self.reports[code]), at=at)


TREE = {
    "T": ("Tỉnh T", "tinh", ""),
    "H1": ("Huyện Một", "huyen", "T"),
    "X1": ("Xã Một", "xa", "H1"),
    "X2": ("Xã Hai", "xa", "H1"),
    "X3": ("Xã Ba", "xa", "H1"),
    "H2": ("Huyện Hai", "huyen", "T"),
    "X4": ("Xã Bốn", "xa", "H2"),
    "X5": ("Xã Năm", "xa", "H2"),
}


def build(database: Database, opening: Opening | None = None) -> Province:
    """Store the province and open the campaign."""
    province = Province(database)
    with database.write() as connection:
        province.publish(connection, "kl62-2019-xa", "kl62-2019")
        for code, (name, kind, above) in TREE.items():
            province.add(connection, code, name, kind, above)
            told = (code, f"Người của {code}", code, people.OFFICIAL)
            province.hire(connection, *told, account=("telegram", f"chat-{code}"), handle=code.lower())
        province.open(connection, opening or Opening("kl62-2019", "T", REFERENCE))
    return province
