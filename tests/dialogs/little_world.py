"""A world in memory for the pure dialogs: one person, one report, effects applied to dictionaries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from dialogs.answers import Address, Answer, State
from dialogs.effects import Effect, OpenReport, Piece, Reply, SaveAnswer, SendReport
from dialogs.engine import advance
from dialogs.events import ChoicePressed, Event, MessageEdited, TextReceived
from dialogs.form import Form
from dialogs.form_file import read_form, shipped_text
from dialogs.questions import Question, Respondent, progress, questions
from dialogs.session import Session
from dialogs.world import Card, Invitation, Person, Proposal, Return, Status, Unit

NOW = datetime(2019, 4, 1, 2, 0, tzinfo=UTC)


@dataclass
class LittleReport:
    form: Form
    unit: Unit
    id: int = 17
    campaign: str = "kl62-2019"
    title: str = "Tổng kết 10 năm Kết luận 62"
    status: Status = Status.NOT_OPENED
    due: datetime | None = NOW + timedelta(days=5)
    first_sent_at: datetime | None = None
    sent_at: datetime | None = None
    receipt: str = ""
    reference_date: date = date(2019, 4, 10)
    answers: dict[Address, Answer] = field(default_factory=dict)
    stored_pieces: dict[Address, tuple[Piece, ...]] = field(default_factory=dict)
    messages: dict[str, list[Address]] = field(default_factory=dict)
    returned: tuple[Return, ...] = ()
    usual: Mapping[str, str] = field(default_factory=dict)

    @property
    def respondent(self) -> Respondent:
        return Respondent(self.unit.kind, self.unit.body)

    @property
    def questions(self) -> tuple[Question, ...]:
        return questions(self.form, self.respondent)

    def next_receipt(self) -> str:
        return "KL62-0017"

    def pieces(self, address: Address) -> tuple[Piece, ...]:
        return self.stored_pieces.get(address, ())

    def answered_by(self, message: str) -> tuple[Address, ...]:
        return tuple(self.messages.get(message, ()))

    def proposals(self, field: str, row: str) -> Mapping[str, Proposal]:
        return {}

    def defaults(self) -> Mapping[str, str]:
        return self.usual

    def returns(self) -> tuple[Return, ...]:
        return self.returned


@dataclass
class LittleWorld:
    report_: LittleReport | None
    now: datetime = NOW
    zone: tzinfo = ZoneInfo("Asia/Ho_Chi_Minh")
    person: Person = Person(1, "Lan")
    invitations: dict[str, Invitation] = field(default_factory=dict)
    guessed: int = 0

    def cards(self) -> tuple[Card, ...]:
        report = self.report_
        if report is None:
            return ()
        answered, total = progress(report.questions, report.answers)
        opened = report.status is not Status.NOT_OPENED
        return (
            Card(
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
            ),
        )

    def invitation(self, code: str) -> Invitation | None:
        return self.invitations.get(code)

    def guesses(self) -> int:
        return self.guessed

    def belongs(self) -> bool:
        return self.report_ is not None

    def report(self, report: int) -> LittleReport | None:
        return self.report_ if self.report_ and report == self.report_.id else None


class Chat:
    """One person talking; the session is written down and read back between every two events."""

    def __init__(self, world: LittleWorld) -> None:
        self.world = world
        self.stored = Session().to_json()
        self.sent = 0
        self.reply = Reply("")
        self.effects: tuple[Effect, ...] = ()

    @property
    def session(self) -> Session:
        return Session.from_json(self.stored)

    def take(self, event: Event) -> Reply:
        session, self.effects = advance(self.session, event, self.world)
        self.stored = session.to_json()
        for effect in self.effects:
            self._apply(effect, event.message)
        replies = [effect for effect in self.effects if isinstance(effect, Reply)]
        assert len(replies) == 1
        self.reply = replies[0]
        return self.reply

    def say(self, text: str) -> Reply:
        self.sent += 1
        return self.take(TextReceived(text, f"m{self.sent}"))

    def press(self, label: str) -> Reply:
        choice = next(choice for choice in self.reply.choices if choice.label == label)
        return self.take(ChoicePressed(choice.id))

    def press_id(self, choice: str) -> Reply:
        return self.take(ChoicePressed(choice))

    def edit(self, number: int, text: str) -> Reply:
        return self.take(MessageEdited(text, f"m{number}"))

    def _apply(self, effect: Effect, message: str) -> None:
        report = self.world.report_
        if report is None:
            return
        if isinstance(effect, OpenReport):
            report.status = Status.IN_PROGRESS
        elif isinstance(effect, SendReport):
            report.status, report.sent_at, report.receipt = Status.SENT, self.world.now, effect.receipt
            report.first_sent_at = report.first_sent_at or self.world.now
        elif isinstance(effect, SaveAnswer):
            self._save(report, effect, message)

    def _save(self, report: LittleReport, effect: SaveAnswer, message: str) -> None:
        before = report.answers.get(effect.address)
        version = before.version + 1 if before else 1
        answer = Answer(
            effect.address, effect.state, effect.value, version, effect.closed, effect.reason, at=self.world.now
        )
        if effect.state is State.EMPTY:
            report.answers.pop(effect.address, None)
        else:
            report.answers[effect.address] = answer
        if effect.pieces is not None:
            report.stored_pieces[effect.address] = effect.pieces
        report.messages.setdefault(message, []).append(effect.address)


def commune(**changes: object) -> LittleReport:
    report = LittleReport(
        read_form(shipped_text("kl62-2019-xa")), Unit("X1", "Đảng ủy xã An Bình", "xa", "Huyện ủy Thanh Sơn")
    )
    return replace(report, **changes)  # type: ignore[arg-type]


def district(**changes: object) -> LittleReport:
    report = LittleReport(
        read_form(shipped_text("kl62-2019")), Unit("H1", "Huyện ủy Thanh Sơn", "huyen", "Tỉnh ủy Hồng Lam")
    )
    return replace(report, **changes)  # type: ignore[arg-type]


def chat(report: LittleReport | None = None) -> Chat:
    return Chat(LittleWorld(report or commune()))
