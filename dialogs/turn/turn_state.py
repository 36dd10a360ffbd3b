"""One turn in the making: the small per-turn model on which the machine's events are fired.

Actions (``narrative``, ``items``, ``cells``, ``review``, ``navigation`` ...) are functions of a ``TurnState``. They
read the world, gather effects and notes, and never do anything themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from transitions import Machine

from dialogs.forms import document_data
from dialogs.forms.answers import NOT_APPLICABLE, Address, Answer, State, Value
from dialogs.forms.form import Column, Field, Form, Row, Table
from dialogs.forms.local_rows import ADDED_ROWS, is_local, local_rows, with_rows
from dialogs.forms.prefixes import covers, within
from dialogs.forms.questions import Prompt, Question, Questionnaire, progress, questions, settled
from dialogs.forms.specs import spec_of
from dialogs.reading import Spec
from dialogs.texts import places
from dialogs.turn.catalog import Catalog
from dialogs.turn.kept import Kept
from dialogs.turn.session import Session
from dialogs.values.effects import Effect, Piece, SaveAnswer
from dialogs.values.events import FileReceived
from dialogs.values.report_lifecycle import ReportLifecycle
from dialogs.values.report_view import Last, ReportView, Return
from dialogs.values.status import Status
from dialogs.values.world import World

K = TypeVar("K", bound=Kept)

OPEN_STATUSES = frozenset({Status.NOT_OPENED, Status.IN_PROGRESS, Status.RETURNED})


_GROUND = frozenset({"report", "question", "part", "columns"})
"""What of a session says where it stands."""


@dataclass(slots=True, eq=False, repr=False)
class TurnState:
    """``state`` is read and written by the machine; ``catalog`` is what the dialogs say of themselves.

    ``text``, ``argument`` and ``message`` are what came in.

    ``notes`` become the first lines of the reply (the receipt for the last answer), ``extras`` choices after those
    of the screen: (action, label). ``offers`` stand before them: they answer what ``body`` asks in its place. ``file``
    is a file that came in.

    Where the session stands is looked up when it changes and not each time it is asked for. ``view`` is the report the
    session is in, None at home or when it is no longer this person's; ``report`` is the same where there is one,
    ``form`` with the rows that this unit has added, ``answers`` as they will be after this turn. ``question``, ``part``
    and ``wanted`` (the columns still to be given) are those stood at, ``leaf``, ``table`` and ``row`` what of the form
    they belong to. To read what is not there is a fault of ours and raises; ``stood`` is the question or None.
    """

    session: Session
    world: World
    machine: Machine
    catalog: Catalog
    state: str
    text: str = ""
    argument: str = ""
    message: str = ""
    effects: list[Effect] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    extras: list[tuple[str, str]] = field(default_factory=list)
    offers: list[tuple[str, str]] = field(default_factory=list)
    file: FileReceived | None = None
    body: str = ""
    refused: str = ""
    view: ReportView | None = None
    report: ReportView = field(init=False)
    form: Form = field(init=False)
    asked: Questionnaire = field(init=False)
    questions: tuple[Question, ...] = field(init=False)
    answers: Mapping[Address, Answer] = field(init=False)
    question: Question = field(init=False)
    part: Prompt = field(init=False)
    wanted: tuple[Column, ...] = field(init=False)
    stood: Question | None = None
    leaf: Field | None = None
    table: Table | None = None
    row: Row | None = None
    _changed: dict[Address, Answer] | None = None
    _progress: tuple[int, int] | None = None
    _returns: tuple[Return, ...] | None = None
    _course: ReportLifecycle | None = None

    def __post_init__(self) -> None:
        if self.session.report:
            self._look_at(self.world.report(self.session.report))

    if not TYPE_CHECKING:  # a type checker would take it for leave to read any name

        def __getattr__(self, name: str) -> NoReturn:
            raise LookupError(f"no {name} where this turn stands")

    def fire(self, trigger: str) -> bool:
        """Take the first way of ``trigger`` from here whose condition holds; False if there is none.

        That is what the machine's own ``trigger`` does (a test compares them), without the objects that it makes and
        the callbacks that it looks for at each event.
        """
        event: Any = self.machine.events.get(trigger)  # whose conditions and actions may be names, says the library
        for way in event.transitions.get(self.state, ()) if event is not None else ():
            if not way.conditions or way.conditions[0].func(self):
                self.state = way.dest or self.state
                for action in way.after:
                    action(self)
                return True
        return False

    def set(self, **changes: Any) -> None:
        """Change the session to be saved."""
        session = self.session
        if not [name for name, value in changes.items() if getattr(session, name) != value]:
            return
        self.session = session._replace(**changes)
        if self.view is not None and not _GROUND.isdisjoint(changes):
            self._stand()

    def begin_anew(self, session: Session) -> None:
        """Leave the report that is no longer this person's."""
        self.session, self.view = session, None
        self._lift()

    def kept(self, what: type[K]) -> K:
        """What the dialog that goes on keeps; ``LookupError`` if it is another dialog's or nothing."""
        found = self.keeps(what)
        if found is None:
            raise LookupError(f"{self.state!r} keeps no {what.__name__}")
        return found

    def keeps(self, what: type[K]) -> K | None:
        """What the dialog that goes on keeps, if it is one of these; None if it is another dialog's or nothing."""
        found = self.session.kept
        return found if isinstance(found, what) else None

    def refuse(self, why: str) -> None:
        """Say why the last message was not taken; the value before stays."""
        self.refused = why
        self.set(misses=self.session.misses + 1)

    def enter(self, report: int) -> bool:
        """Stand in another report; False if it is not this person's. In this one what the turn has changed stands."""
        if self.view is not None and report == self.session.report:
            return True
        self._look_at(self.world.report(report))
        if self.view is None:
            return False
        if report != self.session.report:
            self.set(report=report, question=0, part=0, columns=(), kept=None, resume=0, page=0)
        return True

    def _look_at(self, view: ReportView | None) -> None:
        self.view, self._changed, self._returns, self._course = view, None, None, None
        self._progress = None
        if view is not None:
            self.report, self.answers, self.asked, self.form = view, view.answers, view.asked, view.form
            self.questions = self.asked.questions
            if self.form.open_rows:
                self.form = with_rows(self.form, local_rows(self.form, self.answers))
            self._stand()

    def _stand(self) -> None:
        """Look up what the session stands at; at no question nothing of the one before is left."""
        question = self.stood = self.at(self.session.question)
        at, wanted = self.session.part, self.session.columns
        if question is None or at >= len(question.parts):
            self._lift()
            self.stood = question
        if question is None:
            return
        self.question = question
        self.leaf, self.table = self.form.leaves.get(question.field), self.form.tables_by_key.get(question.field)
        self.row = self.table.rows_by_key.get(question.row) if self.table else None
        if at < len(question.parts):
            self.part = question.parts[at]
            columns = self.part.columns
            self.wanted = tuple([each for each in columns if each.key in wanted]) if wanted else columns

    def _lift(self) -> None:
        self.stood = self.leaf = self.table = self.row = None
        for name in ("question", "part", "wanted"):
            with suppress(AttributeError):
                delattr(self, name)

    def answer(self, address: Address) -> Answer | None:
        return self.answers.get(address)

    def is_colleagues(self, answer: Answer | None) -> bool:
        """Whether an answer was written by another person."""
        return answer is not None and answer.who not in (0, self.world.person.id)

    def pieces(self, address: Address) -> tuple[Piece, ...]:
        """The messages a long answer is made of, as they will be after this turn."""
        written = [e for e in self.effects if isinstance(e, SaveAnswer) and e.address == address]
        if written and written[-1].pieces is not None:
            return written[-1].pieces
        return self.report.pieces(address)

    def save(
        self,
        address: Address,
        state: State,
        value: Value = None,
        *,
        closed: bool = True,
        reason: str = "",
        basis: str = "",
        pieces: tuple[Piece, ...] | None = None,
    ) -> None:
        """Write one address: an effect, and at once in this turn's own view of the answers.

        A figure that is given again as it was keeps the reason it stands with; another one needs its own.
        """
        before = self.answers.get(address)
        reason = reason or (self.kept_reason(address, state, value) if before else "")
        self.effects.append(SaveAnswer(self.report.id, address, state, value, closed, reason, basis, pieces))
        version = before.version + 1 if before else 1
        changed, by = self._own_answers(), self.world.person
        changed[address] = Answer(
            address, state, value, version, closed, reason, basis, by.name, self.world.now, who=by.id
        )
        if state is State.EMPTY:
            del changed[address]
        if address.row.startswith(ADDED_ROWS):
            self._take_rows()

    def _own_answers(self) -> dict[Address, Answer]:
        """The answers as this turn changes them; what is stored stays as it is."""
        self._progress = None
        if self._changed is None:
            self.answers = self._changed = dict(self.answers)
        return self._changed

    def retract(self, addresses: Collection[Address]) -> None:
        """Take back what this turn has written at ``addresses``: they stand again as they are stored."""
        mine = [e for e in self.effects if isinstance(e, SaveAnswer) and e.report == self.report.id]
        gone = [effect for effect in mine if effect.address in addresses]
        self.effects = [effect for effect in self.effects if effect not in gone]
        changed, stored = self._own_answers(), self.report.answers
        for address in addresses:
            changed.pop(address, None)
            if address in stored:
                changed[address] = stored[address]
        if any(is_local(address.row) for address in addresses):
            self._take_rows()

    def kept_reason(self, address: Address, state: State, value: Value) -> str:
        """The reason that a figure stands with, if this is the same figure again; '' for any other."""
        before = self.answers.get(address)
        if before is None or before.reason == NOT_APPLICABLE or state not in FIGURES:
            return ""
        return before.reason if (before.state, before.value) == (state, value) else ""

    def earlier(self, question: Question) -> Mapping[Address, Last]:
        """What the unit gave last period for ``question``, by address."""
        found = self.report.last(question.field, question.row) if self.report.has_last else {}
        return {Address(question.field, question.row, column): last for column, last in found.items()}

    def _take_rows(self) -> None:
        """A row that the unit added came, went or was named: the questions are numbered anew."""
        form = self.report.form
        rows = local_rows(form, self.answers)
        self.form = with_rows(form, rows)
        self.questions = within(self.report.parts, questions(form, self.report.respondent, rows))
        self.asked = Questionnaire(self.questions)
        self._stand()

    def at(self, number: int) -> Question | None:
        """The question with ``number``; one past the last is "Thông tin văn bản"."""
        questions = self.questions
        if 1 <= number <= len(questions):
            return questions[number - 1]
        return document_data.question(number) if number == self.document_number and not self.limited else None

    @property
    def limited(self) -> bool:
        """Whether the person was handed parts of the report and sees nothing else of it."""
        return self.report.parts is not None

    @property
    def document_number(self) -> int:
        return len(self.questions) + 1

    @property
    def place(self) -> str:
        """The short name of the present question: "II.3", "Phụ lục 3 – Hội Nông dân"."""
        return places.question_place(self.form, self.question)

    @property
    def part_place(self) -> str:
        """``place``, with the column where the present part is one list of a row: "Phụ lục 1 – MTTQ, Nghị quyết"."""
        columns = self.part.columns
        alone = len(columns) == 1 and len(self.question.parts) > 1
        return f"{self.place}, {places.column_name(columns[0])}" if alone else self.place

    @property
    def address(self) -> Address:
        """Where the current part's one answer lives (a narrative or a list)."""
        return self.question.part_addresses(self.part)[0]

    def cell(self, column: Column) -> Address:
        return self.question.cells[column.key]

    def spec(self, column: Column) -> Spec:
        """What ``column`` accepts in this form."""
        return spec_of(column, self.form.year)

    @property
    def numbers_wanted(self) -> bool:
        """Whether digits are a legal answer here, so that choices are typed by letter."""
        return self.state in self.catalog.lettered

    def progress(self) -> tuple[int, int]:
        """How many questions are answered after this turn, of how many: the count that is kept, and what changed."""
        if self._progress is None:
            self._progress = self._counted(), len(self.questions)
        return self._progress

    def _counted(self) -> int:
        asked, stored = self.asked, self.report
        if self._changed is None:
            return stored.answered
        if asked is not stored.asked:
            return progress(self.questions, self.answers)[0]
        at = [each.address for each in self.effects if isinstance(each, SaveAnswer) and each.report == stored.id]
        return stored.answered + asked.answered(self.answers, at) - asked.answered(stored.answers, at)

    def is_settled(self, question: Question) -> bool:
        return settled(question, self.answers)

    def may_write(self, question: Question) -> bool:
        """Whether ``question`` may be answered now: the report is open, or this part of it was returned."""
        if self.report.status is not Status.RETURNED:
            return self.report.status in OPEN_STATUSES
        if self.over:
            return False
        return not self.returns or any(covers(each.prefix, question.field, question.row) for each in self.returns)

    @property
    def course(self) -> ReportLifecycle:
        """What is under way about the report as a whole, asked for once."""
        if self._course is None:
            self._course = self.world.course(self.report.id)
        return self._course

    @property
    def over(self) -> bool:
        """Whether the report had been opened for correction until a moment that has passed."""
        return self.report.status is Status.RETURNED and self.course.ended(self.world.now)

    @property
    def returns(self) -> tuple[Return, ...]:
        """The open returns of the report, asked for once; none unless it is returned."""
        if self._returns is None:
            self._returns = self.report.returns() if self.report.status is Status.RETURNED else ()
        return self._returns


FIGURES = (State.VALUE, State.ZERO)
