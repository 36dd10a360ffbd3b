"""A world in memory for the pure dialogs: one person, her reports, effects applied to dictionaries."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, tzinfo
from functools import cache, cached_property
from zoneinfo import ZoneInfo

from transitions import Machine

from dialogs import stored
from dialogs.engine import MACHINE, advance
from dialogs.forms.answers import Address, Answer, State, Value
from dialogs.forms.form import Form
from dialogs.forms.form_file import read_form, shipped_text
from dialogs.forms.local_rows import local_rows
from dialogs.forms.questions import Question, Questionnaire, Respondent, progress, questions
from dialogs.people.joining import normalised
from dialogs.turn.session import Session
from dialogs.values.attached import KEPT, Evidence
from dialogs.values.decisions import AttachEvidence, RemoveEvidence
from dialogs.values.desk_world import Desk, DeskScope, ReportRow
from dialogs.values.effects import Effect, Guessed, Join, OpenReport, Piece, Reply, SaveAnswer, SendReport
from dialogs.values.events import ChoicePressed, Event, FileReceived, MessageEdited, TextReceived, UnsupportedReceived
from dialogs.values.outstanding import Outlook
from dialogs.values.report_lifecycle import CellChange, ReportLifecycle
from dialogs.values.report_view import Last, Proposal, Return, Unit
from dialogs.values.rights import Right
from dialogs.values.status import Status
from dialogs.values.team import Team
from dialogs.values.world import Card, Compilable, Invitation, Person
from tests.world.little_staff import LittleStaff

NOW = datetime(2019, 4, 1, 2, 0, tzinfo=UTC)
DUE = datetime(2019, 4, 5, 17, 0, tzinfo=UTC)  # 24:00 of 5 April in Việt Nam
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
COMMUNE = Unit("X1", "Đảng ủy xã An Bình", "xa", "Huyện ủy Thanh Sơn")
DISTRICT = Unit("H1", "Huyện ủy Thanh Sơn", "huyen", "Tỉnh ủy Hồng Lam")
LETTERHEAD = {
    "dia_danh": "An Bình",
    "ky_hieu": "BC/ĐU",
    "co_quan_cap_tren": "ĐẢNG BỘ HUYỆN THANH SƠN",
    "co_quan": "ĐẢNG ỦY XÃ AN BÌNH",
    "noi_nhan": "Ban Thường vụ Huyện ủy (để báo cáo)\nLưu Văn phòng Đảng ủy",
}


@dataclass
class LittleReport:
    form: Form
    unit: Unit
    id: int = 17
    campaign: str = "kl62-2019"
    title: str = "Tổng kết 10 năm Kết luận 62"
    status: Status = Status.NOT_OPENED
    due: datetime | None = DUE
    first_sent_at: datetime | None = None
    sent_at: datetime | None = None
    receipt: str = ""
    reference_date: date = date(2019, 4, 10)
    answers: dict[Address, Answer] = field(default_factory=dict)
    stored_pieces: dict[Address, tuple[Piece, ...]] = field(default_factory=dict)
    messages: dict[str, list[Address]] = field(default_factory=dict)
    history: list[Answer] = field(default_factory=list)
    returned: tuple[Return, ...] = ()
    usual: Mapping[str, str] = field(default_factory=dict)
    below: Mapping[tuple[str, str], Mapping[str, Proposal]] = field(default_factory=dict)
    before: Mapping[tuple[str, str], Mapping[str, Last]] = field(default_factory=dict)
    sendings: int = 0
    renderings: int = 0
    attached: list[Evidence] = field(default_factory=list)
    course: ReportLifecycle = field(default_factory=ReportLifecycle)
    changes: tuple[CellChange, ...] = ()

    @property
    def respondent(self) -> Respondent:
        return Respondent(self.unit.kind, self.unit.body)

    @property
    def asked(self) -> Questionnaire:
        rows = local_rows(self.form, self.answers)
        return Questionnaire(questions(self.form, self.respondent, rows)) if rows else self._asked

    @cached_property
    def _asked(self) -> Questionnaire:
        return Questionnaire(questions(self.form, self.respondent))

    @property
    def questions(self) -> tuple[Question, ...]:
        return self.asked.questions

    @property
    def answered(self) -> int:
        return progress(self.questions, self.answers)[0]

    def next_receipt(self) -> str:
        return f"KL62-{17 + self.sendings:04d}"

    @property
    def parts(self) -> tuple[str, ...] | None:
        """The whole report is this person's; see ``little_team`` for somebody who was handed a part."""
        return None

    def said(self, address: Address, version: int) -> Value:
        return None

    def pieces(self, address: Address) -> tuple[Piece, ...]:
        return self.stored_pieces.get(address, ())

    def answered_by(self, message: str) -> tuple[Address, ...]:
        return tuple(dict.fromkeys(self.messages.get(message, ())))

    def proposals(self, field: str, row: str) -> Mapping[str, Proposal]:
        return self.below.get((field, row), {})

    def sums(self) -> Mapping[Address, Proposal]:
        return {Address(*place, column): each for place, row in self.below.items() for column, each in row.items()}

    @property
    def has_last(self) -> bool:
        return bool(self.before)

    def last(self, field: str, row: str) -> Mapping[str, Last]:
        return self.before.get((field, row), {})

    def defaults(self) -> Mapping[str, str]:
        return self.usual

    def evidence(self) -> tuple[Evidence, ...]:
        return tuple(self.attached)

    def returns(self) -> tuple[Return, ...]:
        return self.returned if self.status is Status.RETURNED else ()

    def hand_back(self, prefix: str, comment: str) -> None:
        """The district returns the report, or the addresses under ``prefix``."""
        self.status = Status.RETURNED
        self.returned = (*self.returned, Return(prefix, comment, NOW, "Huyện ủy Thanh Sơn"))

    def value(self, place: str) -> object:
        """What is stored at "PL3.hnd.xa.tong_so" or "I.b": the value, or the name of the state."""
        answer = next((a for key, a in self.answers.items() if spelled(key) == place), None)
        return "empty" if answer is None else answer.value if answer.state is State.VALUE else answer.state.value


class EmptyDesk:
    """Of somebody who coordinates nothing."""

    def holds(self, right: Right) -> bool:
        return False

    def scopes(self, right: Right) -> tuple[DeskScope, ...]:
        return ()

    def reports(self, scope: DeskScope, right: Right) -> tuple[ReportRow, ...]:
        return ()

    def report(self, report: int, right: Right) -> None:
        return None

    def paper(self, report: int, right: Right) -> None:
        return None

    def decided(self, report: int) -> None:
        return None

    def changes(self, report: int, right: Right) -> tuple[str, ...]:
        return ()


class NoPlans:
    """Of somebody who opens no campaigns."""

    def may_open(self) -> bool:
        return False


class FollowsNothing:
    """Of somebody who follows no units and reads no record."""

    def board(self, campaign: int, unit: int) -> None:
        return None

    def page(self, campaign: int, unit: int, page: int) -> None:
        return None


@dataclass
class LittleWorld:
    reports: list[LittleReport]
    now: datetime = NOW
    zone: tzinfo = ZONE
    person: Person = field(default_factory=lambda: Person(1, "Lan"))
    member: bool = True
    invited: Mapping[str, Invitation] = field(default_factory=dict)
    guessed: int = 0
    crew: Team = field(default_factory=Team)
    coordinated: tuple[Compilable, ...] = ()
    staff: LittleStaff = field(default_factory=LittleStaff)
    desk: Desk = field(default_factory=EmptyDesk)
    following: FollowsNothing = field(default_factory=FollowsNothing)
    recording: FollowsNothing = field(default_factory=FollowsNothing)
    plans: NoPlans = field(default_factory=NoPlans)

    def cards(self) -> tuple[Card, ...]:
        return tuple(_card(report) for report in self.reports if report.status is not Status.NOT_REQUIRED)

    def belongs(self) -> bool:
        return self.member

    def invitation(self, code: str) -> Invitation | None:
        return self.invited.get(normalised(code))

    def still_open(self, invite: int) -> bool:
        return any(each.id == invite for each in self.invited.values())

    def guesses(self) -> int:
        return self.guessed

    def course(self, report: int) -> ReportLifecycle:
        found = self.report(report)
        return found.course if found else ReportLifecycle()

    def changes(self, report: int) -> tuple[CellChange, ...]:
        found = self.report(report)
        return found.changes if found else ()

    def resent(self, report: int) -> tuple[CellChange, ...]:
        return self.changes(report)

    def outlook(self, reports: Sequence[int]) -> Outlook:
        return Outlook((), self.now)

    def compilable(self) -> tuple[Compilable, ...]:
        return self.coordinated

    def report(self, report: int) -> LittleReport | None:
        return next((each for each in self.reports if each.id == report), None)

    def stored(self, report: int) -> LittleReport | None:
        """The report as it is, whoever may see how much of it."""
        return next((each for each in self.reports if each.id == report), None)

    def team(self, report: int) -> Team:
        return self.crew


def _card(report: LittleReport) -> Card:
    answered, total = progress(report.questions, report.answers)
    opened = report.status is not Status.NOT_OPENED
    return Card(
        report.id,
        report.campaign,
        report.title,
        report.unit,
        report.status,
        report.due,
        answered,
        total,
        report.first_sent_at,
        report.sent_at,
        opened,
    )


class Chat:
    """One person talking; the session is written down and read back between every two events."""

    def __init__(self, world: LittleWorld, machine: Machine = MACHINE) -> None:
        self.world = world
        self.machine = machine
        self.left = Session()
        self.stored = stored.to_json(self.left)
        self.sent = 0
        self.files = 0
        self.reply = Reply("")
        self.replies: list[Reply] = []
        self.effects: tuple[Effect, ...] = ()

    @property
    def session(self) -> Session:
        return stored.from_json(self.stored)

    @property
    def report(self) -> LittleReport:
        return self.world.reports[0]

    def take(self, event: Event) -> Reply:
        session, self.effects = advance(self.session, event, self.world, self.machine)
        self.left, self.stored = session, stored.to_json(session)
        for effect in self.effects:
            self._apply(effect, event.message)
        replies = [effect for effect in self.effects if isinstance(effect, Reply)]
        assert len(replies) == 1
        self.reply = replies[0]
        self.replies.append(self.reply)
        return self.reply

    def say(self, text: str) -> Reply:
        self.sent += 1
        return self.take(TextReceived(text, f"m{self.sent}"))

    def press(self, label: str) -> Reply:
        return self.take(ChoicePressed(self.choice(self.reply, label)))

    def press_earlier(self, back: int, label: str) -> Reply:
        """Press a button of the reply ``back`` turns before the last one."""
        return self.take(ChoicePressed(self.choice(self.replies[-1 - back], label)))

    @staticmethod
    def choice(reply: Reply, label: str) -> str:
        found = [choice.id for choice in reply.choices if choice.label == label]
        assert found, f"no button {label!r} among {[choice.label for choice in reply.choices]}"
        return found[0]

    def press_id(self, choice: str) -> Reply:
        return self.take(ChoicePressed(choice))

    def edit(self, number: int, text: str) -> Reply:
        return self.take(MessageEdited(text, f"m{number}"))

    def send_file(self, name: str, caption: str = "", size: int = 18_231) -> Reply:
        """A file whose bytes are here, with words under it perhaps."""
        self.files += 1
        return self.take(FileReceived(name, size, f"f{self.files}", f"{KEPT}{self.files}", caption))

    def send_other(self, what: str) -> Reply:
        return self.take(UnsupportedReceived(what))

    def walk(self, *lines: str) -> Reply:
        """Say each line; one in brackets is a button."""
        for line in lines:
            if line.startswith("["):
                self.press(line[1:-1])
            else:
                self.say(line)
        return self.reply

    @property
    def saved(self) -> list[SaveAnswer]:
        return [effect for effect in self.effects if isinstance(effect, SaveAnswer)]

    def _apply(self, effect: Effect, message: str) -> None:
        if isinstance(effect, Join):
            self.world.member, self.world.reports = True, [commune()]
        self.world.guessed += isinstance(effect, Guessed)
        self.world.staff.apply(effect)
        report = self.world.stored(getattr(effect, "report", 0))
        if report is None:
            return
        if isinstance(effect, AttachEvidence | RemoveEvidence):
            attach(report, effect, self.world)
        elif isinstance(effect, OpenReport):
            report.status = Status.IN_PROGRESS
        elif isinstance(effect, SendReport):
            report.status, report.sent_at, report.receipt = Status.SENT, self.world.now, effect.receipt
            report.first_sent_at = report.first_sent_at or self.world.now
            report.sendings += 1
        elif isinstance(effect, SaveAnswer):
            self._save(report, effect, message)
        else:
            report.renderings += 1

    def _save(self, report: LittleReport, effect: SaveAnswer, message: str) -> None:
        before = report.answers.get(effect.address)
        version = before.version + 1 if before else 1
        told = (effect.address, effect.state, effect.value, version, effect.closed, effect.reason, effect.basis)
        who = self.world.person
        answer = Answer(*told, by=who.name, at=self.world.now, who=who.id)
        report.history.append(answer)
        if effect.state is State.EMPTY:
            report.answers.pop(effect.address, None)
        else:
            report.answers[effect.address] = answer
        report.stored_pieces[effect.address] = effect.pieces or ()
        report.messages.setdefault(message, []).append(effect.address)


def attach(report: LittleReport, effect: AttachEvidence | RemoveEvidence, world: LittleWorld) -> None:
    """A file whose bytes are here is attached at once; one that is to be fetched comes later."""
    if isinstance(effect, RemoveEvidence):
        report.attached = [each for each in report.attached if each.id != effect.attachment]
    elif effect.source.startswith(KEPT):
        file, who = int(effect.source.removeprefix(KEPT)), world.person
        told = (effect.name, "image/jpeg", effect.size, who.id, who.name, world.now, effect.note)
        report.attached.append(Evidence(100 + file, effect.field, effect.row, file, *told))


def spelled(address: Address) -> str:
    """ "PL3.hnd.xa.tong_so"."""
    return ".".join(part for part in (address.field, address.row, address.column) if part)


@cache
def form(key: str) -> Form:
    return read_form(shipped_text(key))


def commune(**changes: object) -> LittleReport:
    return replace(LittleReport(form("kl62-2019-xa"), COMMUNE), **changes)  # type: ignore[arg-type]


def district(**changes: object) -> LittleReport:
    return replace(LittleReport(form("kl62-2019"), DISTRICT), **changes)  # type: ignore[arg-type]


def sheet(**changes: object) -> LittleReport:
    """A commune's report with a table to which a unit adds rows of its own."""
    title = "Sơ kết 5 năm Kết luận 102"
    report = LittleReport(form("kl102-2019"), COMMUNE, campaign="kl102-2019", title=title)
    return replace(report, **changes)  # type: ignore[arg-type]


def chat(*reports: LittleReport, machine: Machine = MACHINE) -> Chat:
    return Chat(LittleWorld(list(reports) or [commune()]), machine)


def stranger(machine: Machine = MACHINE) -> Chat:
    """Somebody without any role, who holds a code for the commune and one by which an account becomes Lan's."""
    lan = Invitation(2, "account", COMMUNE, owner=Person(9, "Lan"))
    invited = {"K7Q2M4XP": Invitation(1, "official", COMMUNE), "N5R3T8WY": lan}
    return Chat(LittleWorld([], member=False, invited=invited), machine)


def at(place: str, report: LittleReport | None = None) -> Chat:
    """A chat in which the question ``place`` ("PL3.2", "I.b", "12") is asked."""
    talk = chat(report or commune())
    talk.walk("/start", "[Bắt đầu]", f"/sua {place}")
    assert not talk.reply.refused
    return talk


def filled(report: LittleReport, given: Callable[[Address], Answer]) -> LittleReport:
    """The same report with every question answered by ``given``."""
    for question in report.questions:
        report.answers.update({address: given(address) for address in question.addresses})
    return report
