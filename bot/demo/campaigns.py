"""The demo's five campaigns, each at another stage, and who did what in them.

``kl62-2019`` is running with a unit in every status; ``kl62-2019-xa`` was opened by one district for its communes
alone; ``kl102-2019`` is finished and closed; ``nq25-2023`` has just begun; ``tb160-2020`` is in its second period and
shows what was reported in the first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from sqlalchemy import Connection

from bot.demo.answers import Nature
from bot.demo.player import ALL, Player
from bot.demo.units import COMMUNES, PROVINCE
from storage.campaigns import campaigns
from storage.campaigns.campaigns import Opening
from storage.people import people
from storage.reports import workflow
from storage.units import units

CAMPAIGN = "kl62-2019"
HISTORY = timedelta(days=42)
"""How far back the history of the demo begins."""

RUNNING = timedelta(days=3)
"""How long the running campaign is open."""

RUNNING_DUE = {"xa": 5, "huyen": 12, "dutt": 12, "to_chuc": 12, "tinh": 20}
"""Days from today to its last day, by unit kind."""

NO_REPORT = frozenset({"DU1", "TC2"})
"""Units that are listed and owe nothing."""

ADDED_ROW = (
    "/sua TONG_HOP.moi_truong",
    "Thêm dòng",
    "Tặng quà người cao tuổi",
    "suất quà",
    "125; 62,5; Hội Người cao tuổi",
)
"""What a commune writes to add a row of its own to the sheet of Kết luận 102."""

REPLACED_SUM = (
    "/sua PL3.5",
    "Số cấp dưới",
    "Thay số",
    "Chỉ thay Tổng",
    "38",
    "Xã Phú Lâm đang rà soát lại; huyện lấy theo danh sách trả lương quý I",
    "Trở lại báo cáo",
)
"""What a district writes to put a figure of its own, with the reason, in place of the sum of its communes."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the replay is: the campaigns' database, the people, today, and the zone of deadlines."""

    connection: Connection
    player: Player
    now: datetime
    zone: tzinfo

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def opened(self, opening: Opening) -> dict[str, int]:
        """Open a campaign at the replay's moment and return its reports by unit code."""
        at = self.player.clock.now()
        campaign_id = campaigns.open_campaign(self.connection, opening, at, self.zone)
        return reports_of(self.connection, campaign_id, opening)

    def days(self, **after: int) -> dict[str, date]:
        """Return the last days of unit kinds, counted from today."""
        return {kind: self.today + timedelta(days=days) for kind, days in after.items()}

    def ago(self, days: float) -> None:
        """Let the replay's clock go on to so many days before today's moment."""
        self.player.clock.until(self.now - timedelta(days=days))

    def fill(self, handle: str, report: int, nature: Nature, questions: int = ALL) -> None:
        self.player.answer(handle, self.player.enter(handle, report), nature, questions)

    def finish(self, handle: str, report: int, nature: Nature) -> None:
        """Answer everything and send."""
        self.fill(handle, report, nature)
        self.player.send(handle)

    def accept(self, report: int, handle: str) -> None:
        known = people.by_handle(self.connection, handle)
        workflow.accept(self.connection, report, known.person if known else None, self.player.clock.now())


def reports_of(connection: Connection, campaign_id: int, opening: Opening) -> dict[str, int]:
    """Return the reports of a campaign by unit code."""
    top = units.by_code(connection, opening.unit, opening.reference_date)
    tree = units.descendants(connection, top.id, opening.reference_date) if top else ()
    asked = ((each.code, campaigns.submission_of(connection, campaign_id, each.id)) for each in tree)
    return {code: report for code, report in asked if report is not None}


def play(connection: Connection, player: Player, now: datetime, zone: tzinfo) -> None:
    """Let the people of the demo live through its campaigns, oldest first."""
    stage = Stage(connection, player, now, zone)
    _kl102(stage)
    first = _tb160_first(stage)
    stage.ago(RUNNING.days)
    reports = stage.opened(running(stage.today))
    _tb160_second(stage, first)
    _nq25(stage)
    _district_alone(stage)
    _kl62(stage, reports)


def running(today: date) -> Opening:
    """Return what the campaign of Kết luận 62 is opened with for the whole province."""
    due = {kind: today + timedelta(days=days) for kind, days in RUNNING_DUE.items()}
    return Opening(CAMPAIGN, "T", date(2019, 4, 10), due=due, not_required=NO_REPORT)


# --- finished: Kết luận 102 ----------------------------------------------------------------------------------------


def _kl102(stage: Stage) -> None:
    """Everybody sent, one district late; everything is accepted and the campaign closed."""
    due = stage.days(xa=-34, huyen=-30, dutt=-30, to_chuc=-30, tinh=-24)
    settings = {"not_added": ["to_chuc"]}
    opening = Opening(
        "kl102-2019", "T", date(2019, 3, 10), due=due, settings=settings, not_required=frozenset({"DU1", "TC2"})
    )
    reports = stage.opened(opening)
    stage.player.enter("xa1", reports["X1"])
    stage.player.each("xa1", ADDED_ROW)
    _communes(stage, reports, range(1, 7))
    stage.finish("huyen1", reports["H1"], Nature(111, "Thanh Sơn"))
    stage.finish("tochuc1", reports["TC1"], Nature(121, PROVINCE))
    stage.ago(29)
    stage.finish("huyen2", reports["H2"], Nature(112, "Nam Khê"))
    for code in ("H1", "H2", "TC1"):
        stage.accept(reports[code], "tinh")
    stage.ago(26)
    stage.finish("tinh", reports["T"], Nature(131, PROVINCE))
    found = campaigns.by_key(stage.connection, "kl102-2019")
    if found is not None:
        campaigns.close(stage.connection, found.id, stage.player.clock.now())


def _communes(stage: Stage, reports: Mapping[str, int], numbers: range) -> None:
    for number in numbers:
        report = reports[f"X{number}"]
        stage.finish(f"xa{number}", report, Nature(100 + number, COMMUNES[number - 1]))
        stage.accept(report, "huyen1" if number <= 3 else "huyen2")


# --- periodic: Thông báo 160 ---------------------------------------------------------------------------------------


def _tb160_first(stage: Stage) -> int:
    """The first period: all reported, accepted and closed; return the campaign's id."""
    due = stage.days(huyen=-14, dutt=-14, to_chuc=-14, tinh=-10)
    opening = Opening(
        "tb160-2020",
        "T",
        date(2020, 6, 30),
        key="tb160-2020-ky1",
        due=due,
        period="6 tháng đầu năm 2020",
        not_required=frozenset({"DU1"}),
    )
    stage.ago(24)
    reports = stage.opened(opening)
    stage.finish("huyen1", reports["H1"], Nature(211, "Thanh Sơn"))
    stage.finish("huyen2", reports["H2"], Nature(212, "Nam Khê"))
    stage.finish("tochuc1", reports["TC1"], Nature(221, PROVINCE))
    stage.finish("danvan", reports["TC2"], Nature(222, PROVINCE))
    for code in ("H1", "H2", "TC1", "TC2"):
        stage.accept(reports[code], "tinh")
    stage.ago(11)
    stage.finish("tinh", reports["T"], Nature(231, PROVINCE))
    found = campaigns.by_key(stage.connection, "tb160-2020-ky1")
    if found is None:
        raise LookupError("tb160-2020-ky1")
    campaigns.close(stage.connection, found.id, stage.player.clock.now())
    return found.id


def _tb160_second(stage: Stage, first: int) -> None:
    """The second period: one organisation has sent, one district is on its way."""
    due = stage.days(huyen=18, dutt=18, to_chuc=18, tinh=26)
    opening = Opening(
        "tb160-2020",
        "T",
        date(2020, 12, 31),
        due=due,
        period="Năm 2020",
        previous=first,
        not_required=frozenset({"DU1"}),
    )
    reports = stage.opened(opening)
    stage.finish("danvan", reports["TC2"], Nature(232, PROVINCE))
    stage.fill("huyen2", reports["H2"], Nature(233, "Nam Khê"), 6)


# --- just begun: Nghị quyết 25 and the district's own ---------------------------------------------------------------


def _nq25(stage: Stage) -> None:
    """Three groups with three deadlines; one district has sent, an organisation has begun."""
    due = stage.days(huyen=15, dutt=15, to_chuc=21, tinh=30)
    reports = stage.opened(Opening("nq25-2023", "T", date(2023, 7, 20), due=due, not_required=NO_REPORT))
    stage.finish("huyen2", reports["H2"], Nature(312, "Nam Khê"))
    stage.fill("tochuc1", reports["TC1"], Nature(321, PROVINCE), 5)


def _district_alone(stage: Stage) -> None:
    """A district asks its communes alone, the two lists of documents included."""
    opening = Opening("kl62-2019-xa", "H2", date(2019, 4, 10), due=stage.days(xa=9), switches=frozenset({"pl1_pl2"}))
    reports = stage.opened(opening)
    stage.finish("xa5", reports["X5"], Nature(415, COMMUNES[4]))
    stage.fill("xa6", reports["X6"], Nature(416, COMMUNES[5]), 8)


# --- running: Kết luận 62 -------------------------------------------------------------------------------------------


def _kl62(stage: Stage, reports: Mapping[str, int]) -> None:
    """Bring units to every status, with every state of a cell in every table."""
    player = stage.player
    _states(player, "xa4", reports["X4"])
    for number, questions in ((2, 7), (3, ALL), (4, ALL), (5, ALL), (6, 20)):
        long = "II.2" if number == 3 else ""
        stage.fill(f"xa{number}", reports[f"X{number}"], Nature(number, COMMUNES[number - 1], long), questions)
        if number in (3, 4, 5):
            player.send(f"xa{number}")
    stage.accept(reports["X4"], "huyen2")
    comment = "Số cán bộ nữ của Hội Liên hiệp Phụ nữ thấp bất thường, đề nghị kiểm tra lại."
    boss = people.by_handle(stage.connection, "huyen2")
    by = boss.person if boss else None
    workflow.return_report(stage.connection, reports["X5"], "PL3", comment, by, player.clock.now())
    overdue = campaigns.last_moment(stage.today - timedelta(days=2), stage.zone)
    campaigns.set_due(stage.connection, reports["X2"], overdue)
    _states(player, "huyen2", reports["H2"])
    stage.fill("huyen2", reports["H2"], Nature(12, "Nam Khê"), 30)
    player.each("huyen2", REPLACED_SUM)
    stage.finish("tochuc1", reports["TC1"], Nature(21, PROVINCE))
    stage.fill("tinh", reports["T"], Nature(31, PROVINCE), 8)


def _states(player: Player, handle: str, report: int) -> None:
    """One answer in each state in each table: a value, a zero, none, a body that does not exist."""
    player.enter(handle, report)
    for number in (1, 2, 3, 4, 6):
        first = player.say(handle, f"/sua PL{number}.1")
        if first.asks is None or first.asks.field != f"PL{number}":
            continue
        player.say(handle, "không có")
        player.each(handle, (f"/sua PL{number}.2", "Không có tổ chức này"))
        player.each(handle, (f"/sua PL{number}.3", "chưa có số liệu"))
