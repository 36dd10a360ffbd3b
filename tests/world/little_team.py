"""A unit whose people work on one report in memory, each in a conversation of their own."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from transitions import Machine

from dialogs.engine import MACHINE
from dialogs.forms.answers import Address, Answer, State, Value
from dialogs.forms.prefixes import owns, within
from dialogs.forms.questions import Question, Questionnaire, progress
from dialogs.values.decisions import AssignPart, EndAssignment, TellPartDone
from dialogs.values.desk_world import DeskScope, ReportRow
from dialogs.values.effects import Effect, SaveAnswer
from dialogs.values.rights import Right
from dialogs.values.team import Assigned, Colleague, Team
from dialogs.values.world import Card, Person
from tests.world.little_world import NOW, Chat, EmptyDesk, LittleReport, LittleWorld, _card, commune, spelled

NAMES = ("Lan", "Mai", "Hùng")


class Seen:
    """The report as one person sees it: all of it, or the parts they were handed."""

    def __init__(self, whole: LittleReport, person: int, parts: tuple[str, ...] | None) -> None:
        self.whole = whole
        self.person = person
        self.parts = parts

    def __getattr__(self, name: str) -> Any:
        return getattr(self.whole, name)

    @property
    def asked(self) -> Questionnaire:
        return Questionnaire(within(self.parts, self.whole.questions))

    @property
    def questions(self) -> tuple[Question, ...]:
        return self.asked.questions

    @property
    def answered(self) -> int:
        return progress(self.questions, self.answers)[0]

    @property
    def answers(self) -> dict[Address, Answer]:
        return {at: each for at, each in self.whole.answers.items() if owns(self.parts, at.field, at.row)}

    def said(self, address: Address, version: int) -> Value:
        """A version, or (0) the newest of this person's."""
        here = [each for each in self.whole.history if each.address == address]
        found = [each for each in here if (each.version == version if version else each.who == self.person)]
        return found[-1].value if found else None

    def answered_by(self, message: str) -> tuple[Address, ...]:
        found = dict.fromkeys(self.whole.messages.get(f"{self.person} {message}", ()))
        return tuple(each for each in found if owns(self.parts, each.field, each.row))


class OfficeDesk(EmptyDesk):
    """The report of the own unit may be fetched with "/baocao"."""

    def __init__(self, report: LittleReport) -> None:
        self.whole = report

    def scopes(self, right: Right) -> tuple[DeskScope, ...]:
        whole, unit = self.whole, self.whole.unit
        told = (whole.campaign, whole.title, 1, unit.code, unit.name, whole.reference_date)
        return (DeskScope(1, *told, closed=False, own=True, below=False),) if right is Right.REPORT_READ else ()

    def reports(self, scope: DeskScope, right: Right) -> tuple[ReportRow, ...]:
        found = self.report(self.whole.id, right)
        return (found,) if found is not None else ()

    def report(self, report: int, right: Right) -> ReportRow | None:
        whole, unit = self.whole, self.whole.unit
        if report != whole.id or right is not Right.REPORT_READ:
            return None
        told = (unit.code, unit.name, unit.kind, unit.parent_name, 0, whole.status, False, whole.due)
        return ReportRow(whole.id, whole.campaign, whole.title, 1, *told, whole.first_sent_at, whole.sent_at)


@dataclass
class OfficeWorld(LittleWorld):
    """One person's view of the office. The clock is the office's."""

    office: Office = field(kw_only=True)

    def report(self, report: int) -> Any:
        whole = self.stored(report)
        parts = self.team(report).parts_of(self.person.id)
        return None if whole is None or not self.member else Seen(whole, self.person.id, parts)

    def team(self, report: int) -> Team:
        office = self.office
        working = [each for each in office.people.values() if each.name not in office.gone]
        colleagues = tuple(Colleague(each.id, each.name, each.name in office.leads) for each in working)
        assigned = tuple(each for each in office.assigned if each.name not in office.gone)
        return Team(colleagues, assigned, self.person.name in office.leads)

    def cards(self) -> tuple[Card, ...]:
        return tuple(_card(self.report(each.id)) for each in self.reports if self.member)


class OfficeChat(Chat):
    """One person's conversation."""

    world: OfficeWorld

    def _apply(self, effect: Effect, message: str) -> None:
        if isinstance(effect, AssignPart | EndAssignment | TellPartDone):
            self.world.office.decide(effect, self.world.person)
        else:
            super()._apply(effect, message)

    def _save(self, report: LittleReport, effect: SaveAnswer, message: str) -> None:
        """As it is stored: a version counts on after an answer was emptied, and who wrote it stays who wrote it."""
        version = sum(each.address == effect.address for each in report.history) + 1
        told = (effect.address, effect.state, effect.value, version, effect.closed, effect.reason, effect.basis)
        person, at = self.world.person, self.world.now
        answer = Answer(*told, by=person.name, at=at, who=person.id)
        report.history.append(answer)
        before = report.answers.pop(effect.address, None)
        if before is not None and (before.state, before.value) == (effect.state, effect.value):
            answer = answer._replace(by=before.by, at=before.at, who=before.who)
        if effect.state is not State.EMPTY:
            report.answers[effect.address] = answer
        report.stored_pieces[effect.address] = effect.pieces or ()
        report.messages.setdefault(f"{person.id} {message}", []).append(effect.address)


class Office:
    """Lan leads, Mai and Hùng are colleagues; a minute passes with every event."""

    def __init__(self, report: LittleReport | None = None, machine: Machine = MACHINE) -> None:
        self.report = report or commune()
        self.people = {name: Person(number, name) for number, name in enumerate(NAMES, 1)}
        self.leads = {"Lan"}
        self.gone: set[str] = set()
        self.assigned: list[Assigned] = []
        self.decisions: list[Effect] = []
        self.now = NOW
        self.chats = {name: OfficeChat(self.world(person), machine) for name, person in self.people.items()}

    def world(self, person: Person) -> OfficeWorld:
        return OfficeWorld([self.report], office=self, person=person, desk=OfficeDesk(self.report))

    def __getitem__(self, name: str) -> OfficeChat:
        """Whose turn it is; the clock has moved on."""
        self.now += timedelta(minutes=1)
        self.chats[name].world.now = self.now
        self.chats[name].world.member = name not in self.gone
        return self.chats[name]

    def decide(self, effect: AssignPart | EndAssignment | TellPartDone, by: Person) -> None:
        self.decisions.append(effect)
        if isinstance(effect, AssignPart):
            name = next(each.name for each in self.people.values() if each.id == effect.person)
            number = len(self.decisions)
            told = (effect.prefix, effect.person, name, effect.sees_all, effect.comment, self.now)
            self.assigned = [e for e in self.assigned if (e.prefix, e.person) != (effect.prefix, effect.person)]
            self.assigned.append(Assigned(number, *told))
        elif isinstance(effect, EndAssignment):
            self.assigned = [each for each in self.assigned if each.id != effect.assignment]
        else:
            mine = [replace(each, done_at=self.now) if each.person == by.id else each for each in self.assigned]
            self.assigned = mine

    def hand(self, prefix: str, name: str, sees_all: bool = False) -> None:
        """Lan hands a part over."""
        given = AssignPart(self.report.id, prefix, self.people[name].id, sees_all)
        self.decide(given, self.people["Lan"])

    def at(self, name: str, place: str) -> OfficeChat:
        """Somebody's conversation at a question."""
        talk = self[name]
        talk.say("/start")
        talk.press_id(f"{self.report.id}.0.0:open:{self.report.id}")
        if place:
            talk.say(f"/sua {place}")
            assert not talk.reply.refused, talk.reply.text
        return talk

    def texts_of(self, place: str) -> list[object]:
        """Every value that was ever written at a place."""
        return [each.value for each in self.report.history if spelled(each.address) == place]
