"""Officials who fill in a whole report over the loopback Bot API, one message at a time, and remember what they sent.

An official goes by what the screen says, as a person does: the number of the question is in the buttons, the wanted
figures are named in the text. She never answers the same screen twice, so a reply that comes again changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from bot.demo.answers import Nature
from bot.demo.answers import Official as Words
from dialogs.forms.answers import Address, State, Value
from dialogs.forms.form_file import read_form, shipped_text
from dialogs.forms.questions import Prompt, Question, Respondent, questions
from dialogs.values.effects import Asks
from tests.loopback.office import CAMPAIGN, FORM, place
from tests.loopback.people import Person, Seen

_NUMBER = re.compile(r"\d{1,3}(\.\d{3})+(,\d+)?|\d+(,\d+)?")
_CHOICE = re.compile(r"(\d+)\.(\d+)\.(\d+):(.+)")


def commune_questions() -> tuple[Question, ...]:
    """What the commune form asks, in order."""
    return questions(read_form(shipped_text(FORM)), Respondent("xa"))


@dataclass
class Turn:
    """One thing she did, what it should have stored, and the screen that answered it."""

    text: str = ""
    press: str = ""
    stores: dict[Address, str] = field(default_factory=dict)
    seen: Seen | None = None


class Official:
    """Drives one ``Person``. ``done`` is called when her report is ready (or sent, where she ``sends``)."""

    def __init__(
        self, person: Person, number: int, asked: tuple[Question, ...], done: Callable[[Official], None], sends: bool
    ) -> None:
        self.person = person
        self.number = number
        self.turns: list[Turn] = []
        self.repeats = 0
        self.strange: list[str] = []
        self.receipt = ""
        self.finished = False
        self._asked = asked
        self._done = done
        self._sends = sends
        self._words = Words(Nature(number, place(number)))
        self._plan: list[Turn] = []
        self._last: tuple[str, str] = ("", "")
        person.on_message = self._see

    @property
    def acknowledged(self) -> dict[Address, str]:
        """What the bot has said it keeps: the newest text for every address."""
        found: dict[Address, str] = {}
        for turn in self.turns:
            if turn.seen is not None:
                found.update(turn.stores)
        return found

    def begin(self) -> None:
        """Open the conversation."""
        self._act(Turn(text="/tiep"))

    def nudge(self) -> None:
        """Do what somebody does who got no answer: ask for the question again."""
        self.turns.append(Turn(text="/tiep"))
        self._plan = []
        self.person.type("/tiep")

    # ------------------------------------------------------------ what she sees

    def _see(self, seen: Seen) -> None:
        if seen.document is not None or not seen.buttons:
            return
        screen = (seen.text, str(seen.keyboard))
        if screen == self._last or self.finished:
            self.repeats += 1
            return
        self._last = screen
        if self.turns and self.turns[-1].seen is None:
            self.turns[-1].seen = seen
        else:
            self.strange.append(f"unasked: {seen.text[:80]}")
        self._react(seen)

    def _react(self, seen: Seen) -> None:
        if not self._plan:
            self._plan = self._next(seen)
        if self._plan:
            self._act(self._plan.pop(0), seen)

    def _next(self, seen: Seen) -> list[Turn]:
        """Decide what to do on a screen with nothing left of the plan for the last one."""
        if "biên nhận" in seen.text or (not self._sends and "trước khi gửi" in seen.text):
            self.receipt = seen.text
            self.finished = True
            self._done(self)
            return []
        if "trước khi gửi" in seen.text:
            return [Turn(press="Gửi")]
        match = _CHOICE.fullmatch(seen.buttons[0][1])
        number = int(match[2]) if match else 0
        part = _part(self._asked[number - 1], seen.text) if number else None
        if part is None:
            self.strange.append(seen.text[:200])
            return [Turn(text="/tiep")] if len(self.strange) < 20 else []
        return self._answers(self._asked[number - 1], part)

    def _answers(self, question: Question, part: Prompt) -> list[Turn]:
        columns = tuple(column.key for column in part.columns)
        asks = Asks(CAMPAIGN, FORM, question.field, question.row, columns, part.kind)
        *texts, last = self._words.messages(asks)
        if last != "Tiếp":
            return [Turn(text=last, stores=_stored(question, part, last))]
        whole = Turn(press="Tiếp", stores={question.part_addresses(part)[0]: "\n".join(texts)})
        return [*(Turn(text=text) for text in texts), whole]

    def _act(self, turn: Turn, seen: Seen | None = None) -> None:
        self.turns.append(turn)
        if not turn.press:
            self.person.type(turn.text)
        elif seen is not None and any(turn.press in label for label, _ in seen.buttons):
            self.person.press(seen, turn.press)
        else:
            self.strange.append(f"no button {turn.press} on {seen.text[:200] if seen else ''}")


def _part(question: Question, text: str) -> Prompt | None:
    """Return the part that a screen asks for, by the names of the columns it wants."""
    if len(question.parts) == 1:
        return question.parts[0]
    wanted = text.rpartition("theo thứ tự:")[2]
    for part in question.parts:
        if all((column.short or column.label) in wanted for column in part.columns):
            return part
    return None


def _stored(question: Question, part: Prompt, text: str) -> dict[Address, str]:
    pieces = text.split("; ") if part.columns else [text]
    return {address: plain(piece) for address, piece in zip(question.part_addresses(part), pieces, strict=True)}


def plain(text: str) -> str:
    """Return a typed figure in one spelling, everything else as it is: "1.234,5" is "1234.5"."""
    if not _NUMBER.fullmatch(text):
        return text
    return format(Decimal(text.replace(".", "").replace(",", ".")).normalize(), "f")


def shown(state: State, value: Value) -> str:
    """Return a stored answer in the spelling of what she typed."""
    if isinstance(value, tuple):
        return "\n".join(value)
    if isinstance(value, int | Decimal):
        return plain(str(value).replace(".", ","))
    return "0" if state is State.ZERO else str(value)
