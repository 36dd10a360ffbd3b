"""A made-up province to try everything on, made by replaying events, so that its history is real.

The database is marked as demo; the command refuses one that is not. Deadlines are relative to the day it is made:
communes before their district. ``xa1`` and ``huyen1`` have their report still to begin.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from sqlalchemy import Connection

from bot.demo_answers import Nature, Official
from bot.incoming import Account, Incoming
from bot.turn import Taken, Turn
from dialogs.effects import Reply
from dialogs.events import Event, TextReceived
from dialogs.form_file import shipped_keys, shipped_text
from storage import campaigns, forms, letterheads, meta, outbox, people, units, workflow
from storage.campaigns import Opening
from storage.database import Database
from storage.letterheads import Letterhead
from storage.units import NewUnit

MARK = "demo"
CAMPAIGN = "kl62-2019"
REFERENCE_DATE = date(2019, 4, 10)
DISTRICT_LEVEL_ENDED = date(2025, 6, 30)
TERMINAL, WEB = "terminal", "web"

REPLAYED = timedelta(days=3)
"""How far back the history of the demo begins; deadlines count from its end."""

COMMUNES = ("An Bình", "Hòa Thuận", "Tân Lập", "Minh Tiến", "Phú Lâm", "Yên Sơn")
DISTRICTS = ("Thanh Sơn", "Nam Khê")
PROVINCE = "Hồng Lam"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """``roles`` are (unit code, role); somebody without any is there to be told nothing."""

    handle: str
    name: str
    roles: tuple[tuple[str, str], ...] = ()


PEOPLE = (
    *(
        DemoPerson(f"xa{n}", name, ((f"X{n}", people.OFFICIAL),))
        for n, name in enumerate(("Lan", "Hoa", "Dũng", "Thảo", "Tuấn", "Mai"), 1)
    ),
    DemoPerson("huyen1", "Minh", (("H1", people.OFFICIAL), ("H1", people.COORDINATOR))),
    DemoPerson("huyen2", "Hạnh", (("H2", people.OFFICIAL), ("H2", people.COORDINATOR))),
    DemoPerson("tochuc1", "Nga", (("TC1", people.OFFICIAL),)),
    DemoPerson("tinh", "Bình", (("T", people.OFFICIAL), ("T", people.COORDINATOR))),
    DemoPerson("la", "Khách"),
)


def is_demo(connection: Connection) -> bool:
    """Whether this database holds the made-up province."""
    return meta.get(connection, MARK) is not None


def is_empty(connection: Connection) -> bool:
    """Whether nothing has been put into this database yet."""
    return not people.with_handles(connection) and not campaigns.every(connection)


def build(database: Database, turn: Turn, clock: DemoClock, zone: tzinfo) -> None:
    """Make the province in an empty database, in one transaction."""
    with database.write() as connection:
        meta.put(connection, MARK, clock.now().isoformat())
        found_units(connection, clock.now())
        add_people(connection, clock.now())
        open_campaigns(connection, clock.now(), zone)
        _play(connection, Player(connection, turn, clock), zone)


def found_units(connection: Connection, at: datetime) -> None:
    """The units with their letterheads; the districts and their communes' parents end with the district level."""
    province = units.add(connection, NewUnit("T", f"Tỉnh ủy {PROVINCE}", "tinh", position=0), at)
    head = Letterhead("", f"TỈNH ỦY {PROVINCE.upper()}", "BC/TU", PROVINCE, "T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ")
    letterheads.add(connection, province, units.BEGINNING, head)
    for number, name in enumerate(DISTRICTS, 1):
        _district(connection, number, name, province, at)
    _others(connection, province, at)


def _district(connection: Connection, number: int, name: str, province: int, at: datetime) -> None:
    last = DISTRICT_LEVEL_ENDED
    district = units.add(
        connection,
        NewUnit(f"H{number}", f"Huyện ủy {name}", "huyen", province, valid_to=last, position=number),
        at,
    )
    above = f"ĐẢNG BỘ TỈNH {PROVINCE.upper()}"
    head = Letterhead(above, f"HUYỆN ỦY {name.upper()}", "BC/HU", name, "T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ")
    letterheads.add(connection, district, units.BEGINNING, head)
    for index in range(3 * number - 2, 3 * number + 1):
        commune = COMMUNES[index - 1]
        unit = units.add(
            connection,
            NewUnit(f"X{index}", f"Đảng ủy xã {commune}", "xa", district, valid_to=last, position=index),
            at,
        )
        above = f"ĐẢNG BỘ HUYỆN {name.upper()}"
        head = Letterhead(above, f"ĐẢNG ỦY XÃ {commune.upper()}", "BC/ĐU", commune, "T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ")
        letterheads.add(connection, unit, units.BEGINNING, head)


def _others(connection: Connection, province: int, at: datetime) -> None:
    union = NewUnit(
        "TC1", f"Đảng đoàn Hội Liên hiệp Phụ nữ tỉnh {PROVINCE}", "to_chuc", province, body="pn", position=8
    )
    forces = NewUnit("DU1", f"Đảng ủy Quân sự tỉnh {PROVINCE}", "dutt", province, position=9)
    above = f"TỈNH ỦY {PROVINCE.upper()}"
    head = Letterhead(above, "ĐẢNG ĐOÀN HỘI LIÊN HIỆP PHỤ NỮ", "BC/ĐĐHLHPN", PROVINCE, "T/M ĐẢNG ĐOÀN", "BÍ THƯ")
    letterheads.add(connection, units.add(connection, union, at), units.BEGINNING, head)
    units.add(connection, forces, at)


def add_people(connection: Connection, at: datetime) -> None:
    """The demo people, each with an account on the terminal and the web page."""
    for person in PEOPLE:
        key = people.create_person(connection, person.name, at, person.handle)
        for channel in (TERMINAL, WEB):
            people.add_account(connection, key, channel, person.handle, at, person.name)
        for code, role in person.roles:
            unit = units.by_code(connection, code, REFERENCE_DATE)
            if unit is not None:
                people.grant(connection, key, unit.id, role, at)


def open_campaigns(connection: Connection, at: datetime, zone: tzinfo) -> None:
    """Publish the shipped forms and open their campaigns."""
    for key in shipped_keys():
        forms.publish(connection, shipped_text(key), at)
    today = (at + REPLAYED).astimezone(zone).date()
    due = {
        "xa": today + timedelta(days=5),
        "huyen": today + timedelta(days=12),
        "dutt": today + timedelta(days=12),
        "to_chuc": today + timedelta(days=12),
        "tinh": today + timedelta(days=20),
    }
    opening = Opening(CAMPAIGN, "T", REFERENCE_DATE, due=due, not_required=frozenset({"DU1"}))
    campaigns.open_campaign(connection, opening, at, zone)


def begin(now: datetime) -> datetime:
    """The moment the replayed history starts: a few days ago, so that answers are not all from today."""
    return now - REPLAYED


class DemoClock:
    """A clock that the replay moves, so that answers are days old when the demo begins."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def forward(self, **span: float) -> None:
        self.at += timedelta(**span)


class Player:
    """Plays people through the real turn."""

    def __init__(self, connection: Connection, turn: Turn, clock: DemoClock) -> None:
        self._connection = connection
        self._turn = turn
        self._clock = clock
        self._sent = 0

    def now(self) -> datetime:
        return self._clock.now()

    def take(self, handle: str, event: Event) -> Taken:
        """One event of one person through the terminal; the reply counts as seen."""
        self._sent += 1
        self._clock.forward(seconds=20)
        incoming = Incoming(f"demo.{self._sent}", Account(TERMINAL, handle), event)
        taken = self._turn.handle(self._connection, incoming)
        outbox.sent(self._connection, [row.id for row in taken.outgoing], self._clock.now())
        return taken

    def say(self, handle: str, text: str) -> Reply:
        taken = self.take(handle, TextReceived(text, f"demo.{self._sent + 1}"))
        return next(effect for effect in taken.effects if isinstance(effect, Reply))

    def answer(self, handle: str, nature: Nature, questions: int) -> Reply:
        """Answer until ``questions`` are answered or none is left."""
        official = Official(nature)
        reply = self.say(handle, "/tiep")
        for _ in range(2000):
            done = reply.progress[0] if reply.progress else 0
            if reply.asks is None or done >= questions:
                break
            for text in official.messages(reply.asks):
                reply = self.say(handle, text)
        return reply

    def each(self, handle: str, texts: Iterable[str]) -> Reply:
        reply = Reply("")
        for text in texts:
            reply = self.say(handle, text)
        return reply

    def send(self, handle: str) -> None:
        self.each(handle, ("/nop", "1"))


ALL = 10_000


def _play(connection: Connection, player: Player, zone: tzinfo) -> None:
    """Bring units to every status, with every state of a cell in every table."""
    campaign = campaigns.by_key(connection, CAMPAIGN)
    assert campaign is not None  # noqa: S101 - opened a moment ago
    reports = {code: _report(connection, campaign.id, code) for code in ("X2", "X3", "X4", "X5", "H2", "TC1")}
    boss = people.by_handle(connection, "huyen1")
    _states(player, "xa4")
    for handle, number in (("xa2", 7), ("xa3", ALL), ("xa4", ALL), ("xa5", ALL), ("xa6", 20)):
        place = COMMUNES[int(handle[2:]) - 1]
        player.answer(handle, Nature(int(handle[2:]), place, "II.2" if handle == "xa3" else ""), number)
    for handle in ("xa3", "xa4", "xa5"):
        player.send(handle)
    by = boss.person if boss else None
    at = player.now()
    workflow.accept(connection, reports["X4"], by, at)
    comment = "Số cán bộ nữ của Hội Liên hiệp Phụ nữ thấp bất thường, đề nghị kiểm tra lại."
    workflow.return_report(connection, reports["X5"], "PL3", comment, by, at)
    overdue = campaigns.last_moment(at.astimezone(zone).date() - timedelta(days=2), zone)
    campaigns.set_due(connection, reports["X2"], overdue)
    _states(player, "huyen2")
    player.answer("huyen2", Nature(12, "Nam Khê"), 30)
    player.answer("tochuc1", Nature(21, PROVINCE), ALL)
    player.send("tochuc1")


def _states(player: Player, handle: str) -> None:
    """One answer in each state in each table: a value, a zero, none, a body that does not exist."""
    player.say(handle, "/tiep")
    for number in (1, 2, 3, 4, 6):
        first = player.say(handle, f"/sua PL{number}.1")
        if first.asks is None or first.asks.field != f"PL{number}":
            continue
        player.say(handle, "không có")
        player.each(handle, (f"/sua PL{number}.2", "Không có tổ chức này"))
        player.each(handle, (f"/sua PL{number}.3", "chưa có số liệu"))


def _report(connection: Connection, campaign: int, code: str) -> int:
    unit = units.by_code(connection, code, REFERENCE_DATE)
    found = campaigns.submission_of(connection, campaign, unit.id) if unit else None
    if found is None:
        raise LookupError(code)
    return found
