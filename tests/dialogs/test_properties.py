"""Any sequence of events leaves a valid state, loses nothing that was taken and writes nothing that was not meant."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from dialogs import stored
from dialogs.answering.kept import OldFontAsked
from dialogs.answering.rollup_dialog import REPLACING
from dialogs.forms import document_data
from dialogs.forms.answers import Address, Answer, State
from dialogs.forms.local_rows import ADDED_ROWS, MOST_EXTRA_ROWS, local_rows
from dialogs.forms.prefixes import covers
from dialogs.forms.questions import progress, questions
from dialogs.machine import CATALOG, STATES
from dialogs.reading import clean
from dialogs.turn.session import Session
from dialogs.values.attached import KEPT
from dialogs.values.effects import OpenReport, Reply, SaveAnswer, SendReport
from dialogs.values.events import (
    ChoicePressed,
    Event,
    FileReceived,
    MessageEdited,
    Started,
    TextReceived,
    UnsupportedReceived,
)
from dialogs.values.report_view import Unit
from dialogs.values.status import Status
from tests.dialogs.hostile import invented, now_invented, texts
from tests.world.little_world import DISTRICT, Chat, LittleReport, LittleWorld, commune, district, filled, sheet
from tests.world.neighbours import below, last, merged

LONGEST_REPLY = 4096
ORGANISATION = Unit("TC1", "Đảng đoàn Hội Nông dân tỉnh", "to_chuc", "Tỉnh ủy Hồng Lam", "hnd")


def reports() -> list[LittleReport]:
    nearly = filled(commune(), lambda address: Answer(address, State.ZERO))
    nearly.status = Status.IN_PROGRESS
    return [commune(), district(), district(unit=ORGANISATION), nearly, sheet(), with_rows(), with_neighbours()]


def with_neighbours() -> LittleReport:
    """A district whose communes have given figures, and that reported last time."""
    report = district()
    for column in ("tong_so", "cb_nu", "cb_dtts", "cb_ton_giao"):
        below(report, "PL3.mttq", f"xa.{column}", "12", "5", "-", ".")
        last(report, "PL3.mttq", f"huyen.{column}", 7)
        merged(report, "PL3.hnd", f"huyen.{column}", "4", "3", share="2")
    below(report, "PL6.mttq.xa", "nsnn", "120.5", "80")
    last(report, "P1.I.1.a", "", "Bài của kỳ trước.")
    last(report, "P2.II", "", ("Kiến nghị một", "Kiến nghị hai"))
    return report


def with_rows() -> LittleReport:
    """A report with two rows of the unit's own, at the end of which the person stands soon."""
    report = filled(sheet(), lambda address: Answer(address, State.ZERO))
    report.status = Status.IN_PROGRESS
    for number, name in ((1, "Tặng quà người cao tuổi"), (3, "Quỹ khuyến học")):
        address = Address("TONG_HOP", f"{ADDED_ROWS}{number}", "noi_dung")
        report.answers[address] = Answer(address, State.VALUE, name)
    return report


class Conversation(RuleBasedStateMachine):
    """One official who sends anything, while her report is sent, returned and reopened by others."""

    @initialize(which=st.integers(0, 6), second=st.booleans())
    def begin(self, which: int, second: bool) -> None:
        found = [reports()[which]]
        if second:
            found.append(district(id=18, unit=DISTRICT, title="Báo cáo thứ hai"))
        self.chat = Chat(LittleWorld(found))
        self.pressed: list[str] = []
        self.number = 0

    # What may happen.

    @rule(text=texts)
    def say(self, text: str) -> None:
        self.number += 1
        self.take(TextReceived(text, f"m{self.number}"))

    @rule(which=st.integers(0, 8))
    def press(self, which: int) -> None:
        choices = self.chat.reply.choices
        if choices:
            self.pressed.append(choices[which % len(choices)].id)
            self.take(ChoicePressed(self.pressed[-1]))

    @precondition(lambda self: self.pressed)
    @rule(back=st.integers(0, 30))
    def press_again(self, back: int) -> None:
        """A button of any earlier screen; one that was acted on and is pressed at once again is a double tap."""
        choice = self.pressed[-1 - back % len(self.pressed)]
        self.take(ChoicePressed(choice))

    @precondition(lambda self: self.chat.reply.choices)
    @rule(which=st.integers(0, 8))
    def double_tap(self, which: int) -> None:
        """Two presses of the same button act once."""
        choice = self.chat.reply.choices[which % len(self.chat.reply.choices)].id
        self.take(ChoicePressed(choice))
        self.take(ChoicePressed(choice))
        assert not [e for e in self.chat.effects if isinstance(e, SaveAnswer | SendReport | OpenReport)]

    @rule(choice=invented)
    def press_invented(self, choice: str) -> None:
        self.take(ChoicePressed(choice))

    @rule(action=now_invented)
    def press_forged(self, action: str) -> None:
        session = self.chat.session
        self.take(ChoicePressed(f"{session.report}.{session.question}.{session.mark}:{action}"))

    @precondition(lambda self: self.number)
    @rule(back=st.integers(0, 12), text=texts)
    def edit(self, back: int, text: str) -> None:
        self.take(MessageEdited(text, f"m{max(1, self.number - back)}"))

    @rule(what=st.sampled_from(["sticker", "voice", "photo", "gì đó"]))
    def send_other(self, what: str) -> None:
        self.take(UnsupportedReceived(what))

    @rule(name=st.text(max_size=60), size=st.sampled_from([0, 1, 20 * 1024 * 1024, 60 * 1024 * 1024]))
    def send_file(self, name: str, size: int) -> None:
        self.number += 1
        self.take(FileReceived(name, size, f"m{self.number}", f"{KEPT}{self.number % 4}" if size % 3 else "", name))

    @rule()
    def start(self) -> None:
        self.take(Started())

    @rule(prefix=st.sampled_from(["", "PL3", "I", "P1.II"]))
    def hand_back(self, prefix: str) -> None:
        if self.chat.report.status is Status.SENT:
            self.chat.report.hand_back(prefix, "Đề nghị kiểm tra lại.")

    @rule(status=st.sampled_from([Status.SENT, Status.ACCEPTED, Status.IN_PROGRESS]), often=st.integers(0, 5))
    def others_act(self, status: Status, often: int) -> None:
        if not often:
            self.chat.report.status = status

    @rule(number=st.integers(1, 4), back=st.booleans(), text=texts)
    def colleague_adds_or_drops_a_row(self, number: int, back: bool, text: str) -> None:
        """Somebody else's row comes or goes before the next message: the numbers of the questions move."""
        report = self.chat.report
        if not report.form.open_rows or report.status not in (Status.NOT_OPENED, Status.IN_PROGRESS):
            return
        row = f"{ADDED_ROWS}{number}"
        if back:
            for address in [each for each in report.answers if each.row == row]:
                del report.answers[address]
        else:
            address = Address("TONG_HOP", row, "noi_dung")
            report.answers[address] = Answer(address, State.VALUE, f"Dòng {number}")
        self.number += 1
        self.take(TextReceived(text, f"m{self.number}"))

    @rule(figure=st.sampled_from(["3", "12", "400", "-", "."]), row=st.sampled_from(["PL3.mttq", "PL6.mttq.xa"]))
    def a_commune_sends_again(self, figure: str, row: str) -> None:
        if self.chat.report.below:
            column = "xa.tong_so" if row == "PL3.mttq" else "nsnn"
            below(self.chat.report, row, column, "12", figure)

    @precondition(lambda self: self.chat.report.below)
    @rule(row=st.sampled_from(["PL3.mttq", "PL6.mttq.xa"]), figures=st.sampled_from(["13 1 1 1", "200 4", "1,234"]))
    def replace_a_sum(self, row: str, figures: str) -> None:
        """A random walk seldom comes this far."""
        for text in (f"/capduoi {row}", "thay số", figures):
            self.say(text)

    # What must hold after each event.

    def take(self, event: Event) -> None:
        before = [dict(report.answers) for report in self.chat.world.reports]
        statuses = [report.status for report in self.chat.world.reports]
        session = self.chat.session
        reply = self.chat.take(event)
        self.check_reply(reply)
        self.check_writes(before, statuses)
        if reply.refused:
            assert before == [report.answers for report in self.chat.world.reports], "the value before stays"
        if isinstance(event, ChoicePressed):
            self.check_press(event, session)
        if isinstance(event, TextReceived):
            self.check_text(event.text, session, before)

    def check_reply(self, reply: Reply) -> None:
        assert reply.text.strip()
        assert len(reply.text) <= LONGEST_REPLY
        assert all(len(choice.id.encode()) <= 64 and choice.label.strip() for choice in reply.choices)
        assert len({choice.id for choice in reply.choices}) == len(reply.choices)
        assert len({choice.key for choice in reply.choices}) == len(reply.choices)

    def check_writes(self, before: list[dict[Address, Answer]], statuses: list[Status]) -> None:
        """Only questions of this report are written, only where they may be, and the four states stay apart."""
        for save in self.chat.saved:
            report = self.chat.world.report(save.report)
            assert report is not None
            status = statuses[self.chat.world.reports.index(report)]
            assert status in (Status.NOT_OPENED, Status.IN_PROGRESS, Status.RETURNED)
            returns = report.returns() if status is Status.RETURNED else ()
            assert not returns or any(covers(each.prefix, save.address.field, save.address.row) for each in returns)
            rows = local_rows(report.form, before[self.chat.world.reports.index(report)])
            until_now = questions(report.form, report.respondent, rows)  # a row that is dropped was asked until now
            asked = {address for each in (*until_now, *report.questions) for address in each.addresses}
            summed = {Address(*place, column) for place, row in report.below.items() for column in row}
            assert save.address in asked | summed | set(document_data.question(1).addresses)
            self.check_override(save, save.address in summed)
            assert well_kept(save), save

    def check_override(self, save: SaveAnswer, is_sum: bool) -> None:
        """A figure in place of a sum has a reason and the hash of what it replaces; no other answer has one."""
        assert bool(save.basis) == (is_sum and save.state is not State.EMPTY)
        assert not save.basis or (save.reason.strip() and save.state in (State.VALUE, State.ZERO))

    def check_press(self, event: ChoicePressed, session: Session) -> None:
        """A stale press writes no answer, except that a text in an old font that was waiting is kept."""
        head, _, action = event.choice.partition(":")
        stale = not head.endswith(f".{session.mark}")
        if stale and not isinstance(session.kept, OldFontAsked):
            assert not self.chat.saved
            assert not [e for e in self.chat.effects if isinstance(e, SendReport)]
        if stale and action.partition(":")[0] not in CATALOG.steady | CATALOG.anywhere:
            assert self.chat.reply.refused

    def check_text(self, text: str, session: Session, before: list[dict[Address, Answer]]) -> None:
        """A message taken into a narrative stands at its end, after all that was there."""
        saved = self.chat.saved
        if session.state != "writing" or len(saved) != 1 or not self.chat.reply.text.startswith("Đã nhận"):
            return
        report = self.chat.world.report(session.report)
        assert report is not None
        known = before[self.chat.world.reports.index(report)].get(saved[0].address)
        old = known.value if known and isinstance(known.value, str) else ""
        new = letters(str(saved[0].value))
        assert new.startswith(letters(old))
        assert new.endswith(letters(clean(text)))
        assert len(new) - len(letters(old)) - len(letters(clean(text))) in (0, 1)

    @invariant()
    def rows_of_the_units_own_have_a_name_and_an_end(self) -> None:
        if not hasattr(self, "chat"):
            return
        for report in self.chat.world.reports:
            rows = local_rows(report.form, report.answers)
            assert len(rows) <= MOST_EXTRA_ROWS
            assert all(each.row.label.strip() for each in rows)

    @invariant()
    def session_is_sound(self) -> None:
        if not hasattr(self, "chat"):
            return
        text = self.chat.stored
        assert stored.to_json(stored.from_json(text)) == text
        assert stored.from_json(text) == self.chat.left
        text.encode()
        assert self.chat.session.state in STATES

    @invariant()
    def asks_and_progress_agree_with_the_session(self) -> None:
        if not hasattr(self, "chat") or not self.chat.replies:
            return
        session, reply = self.chat.session, self.chat.reply
        report = self.chat.world.report(session.report)
        if session.state == "naming":
            assert reply.asks is not None and reply.asks.row.startswith(ADDED_ROWS)
            return
        if session.state in REPLACING and report is not None:
            assert reply.asks is not None
            sums = report.proposals(reply.asks.field, reply.asks.row)
            assert reply.asks.columns and set(reply.asks.columns) <= set(sums)
            return
        if session.state not in CATALOG.at_question or report is None:
            assert reply.asks is None
            return
        asked = (*report.questions, document_data.question(len(report.questions) + 1))[session.question - 1]
        assert reply.asks is not None
        assert (reply.asks.field, reply.asks.row) == (asked.field, asked.row)
        part = asked.parts[session.part]
        assert set(reply.asks.columns) <= {column.key for column in part.columns}
        assert bool(reply.asks.columns) == bool(part.columns)
        assert reply.progress == progress(report.questions, report.answers)


def letters(text: str) -> str:
    """For comparison across the seam of two messages, where a letter and its mark may have come together."""
    return unicodedata.normalize("NFD", text)


def well_kept(save: SaveAnswer) -> bool:
    """Zero, none and empty carry no value; a value is never zero, blank or an empty list."""
    if save.state is State.VALUE:
        return save.value not in (None, 0, ()) and bool(str(save.value).strip())
    return save.value in (None, 0) if save.state is State.ZERO else save.value is None


TestConversation = Conversation.TestCase
TestConversation.settings = settings(
    max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.mark.parametrize("typed", [str(number) for number in (*range(13), 26, 99, 100, 1234)])
def test_digits_at_a_figure_are_never_a_choice(typed: str) -> None:
    """At a single count a number typed is the number stored, whatever buttons the screen has."""
    from tests.world.little_world import at

    talk = at("PL1", district())
    talk.walk("không", "không", "không", "không", "không")
    assert talk.reply.asks is not None
    assert talk.reply.asks.kind == "integer"
    talk.say(typed)
    assert talk.report.value("PL1.mttq.so_cuoc_kt_gs") == (int(typed) or "zero")
