"""Transcripts: readable conversations that are run line by line.

A transcript is a text file. What the person does stands at the margin, what the bot says is indented::

    # a comment
    ! district                     a new chat (commune, district, sheet or stranger)
    ! returned FIELD COMMENT       the report is handed back; "taken": a colleague has sent it
    > 12 5 0 1                     a message; lines that follow each other are one message
    [Tiếp]                         a button of the last reply; "[Tiếp] 3": of the reply three turns before
    ! edit 5                       the person's 5th message is changed to the text below it
    ! below PL3.mttq xa.tong_so 12 8 -       what units below give for a cell ("-": no figures, ".": not sent)
    ! last PL3.mttq xa.tong_so 12            what the unit gave last time; column "-" for a field that is one answer
    ! merged PL3.mttq xa.tong_so 12 10 share=8   what the units gave that it was made of
    ! office [district]            a unit of three with one report: Lan, who leads, speaks; Mai and Hùng are colleagues
    ! as Mai                       from here on she speaks; "gone Mai": she left; "unled": nobody leads any more
    ! compiles kl62-2019 H1 12/14 1 TITLE    a campaign that the person may have compiled: sent of all, late
    ! nfd | tcvn3 | vni            the text below it is typed in that encoding
    ! paste 9000                   a made-up text so long, in the pieces that a chat program cuts it into
    ! sticker | voice | file NAME  something else arrives
    ! another                      the person has a second report, of the form with rows of its own
    ! press 17.0.0:files:17:II.1   a button that came with a notice

``= place value`` lines under a reply say what was stored, ``= compile CAMPAIGN CODE`` what was queued.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

from transitions import Machine

from dialogs.forms.answers import State, json_value
from dialogs.turn.message_parts import CHUNK
from dialogs.values.decisions import AssignPart, EndAssignment, TellPartDone
from dialogs.values.effects import CompileReport, Reply
from dialogs.values.events import TextReceived
from dialogs.values.status import Status
from dialogs.values.world import Compilable
from tests.dialogs.old_fonts import in_tcvn3, in_vni
from tests.world import neighbours
from tests.world.little_team import Office
from tests.world.little_world import (
    DISTRICT,
    LETTERHEAD,
    Chat,
    LittleReport,
    LittleWorld,
    commune,
    district,
    sheet,
    spelled,
    stranger,
)

FOLDER = Path(__file__).with_name("transcripts")
ENCODINGS: dict[str, Callable[[str], str]] = {
    "nfd": lambda text: unicodedata.normalize("NFD", text),
    "tcvn3": in_tcvn3,
    "vni": in_vni,
}
STARTS: dict[str, Callable[[], LittleReport]] = {
    "commune": lambda: commune(usual=LETTERHEAD),
    "district": district,
    "sheet": sheet,
}
_SENTENCE = "Câu thứ {number} của một đoạn báo cáo dài, đủ dấu để thử việc nối các tin bị cắt. "


def long_text(length: int) -> str:
    """A made-up text of exactly ``length`` characters, no two stretches of it alike."""
    text, number = "", 0
    while len(text) < length:
        number += 1
        text += _SENTENCE.format(number=number)
    return text[:length]


def chunks(text: str) -> list[str]:
    """The messages a chat program makes of one long paste."""
    return [text[at : at + CHUNK] for at in range(0, len(text), CHUNK)]


def steps(text: str) -> Iterator[tuple[str, str]]:
    """What the person does in a transcript: (line, the message that stands with it)."""
    typed: list[str] = []
    head = ""
    for line in (*text.splitlines(), ""):
        if line.startswith(">"):
            typed.append(line[2:])
            continue
        if typed:
            yield head, "\n".join(typed)
            head, typed = "", []
        if line.startswith("! ") and line.split()[1] in (*ENCODINGS, "edit"):
            head = line
        elif line.startswith(("!", "[", "#")):
            yield line, ""


class Otherwise(Exception):
    """The conversation goes otherwise than it is written."""


class Play:
    """One transcript being run. ``watched`` is how it is written; the first other line raises ``Otherwise``."""

    def __init__(self, machine: Machine, watched: str = "") -> None:
        self.machine = machine
        self.watched = watched.split("\n") if watched else []
        self.chat = Chat(LittleWorld([commune(usual=LETTERHEAD)]), machine)
        self.lines: list[str] = []
        self.office = Office(machine=machine)

    def run(self, text: str) -> str:
        """Return the transcript as it should be: what the person does, with what the bot says now."""
        for line, message in steps(text):
            if line:
                self.lines.append(line)
            self.lines += [f"> {part}".rstrip() for part in message.split("\n")] if message else []
            if line.startswith("["):
                label, _, back = line[1:].rpartition("]")
                self.tell(self.chat.press_earlier(int(back or 0), label))
            elif line.startswith("!"):
                self.do(line[1:].split(), message)
            elif message:
                self.tell(self.chat.say(message))
        return "\n".join(self.lines) + "\n"

    def do(self, words: list[str], message: str) -> None:
        what, rest = words[0], words[1:]
        if what in STARTS:
            report = STARTS[what]()
            self.chat = Chat(LittleWorld([report]), self.machine)
        elif what == "office":
            self.office = Office(STARTS[rest[0]]() if rest else commune(), self.machine)
            self.chat = self.office["Lan"]
        elif what in ("as", "gone", "unled"):
            self.colleagues(what, *rest)
        elif what == "stranger":
            self.chat = stranger(self.machine)
        elif what in ("below", "last", "merged"):
            self.neighbours(what, rest)
        elif what == "compiles":
            self.compiles(*rest[:4], title=" ".join(rest[4:]))
        elif what == "returned":
            self.chat.report.hand_back(rest[0].replace("*", ""), " ".join(rest[1:]))
        elif what == "taken":
            self.chat.report.status, self.chat.report.sent_at = Status.SENT, self.chat.world.now
        elif what == "edit":
            self.tell(self.chat.edit(int(rest[0]), message))
        elif what == "paste":
            for piece in chunks(long_text(int(rest[0]))):
                self.tell(self.chat.say(piece))
        elif what == "another":
            self.chat.world.reports.append(sheet(id=18))
        elif what == "press":
            self.tell(self.chat.press_id(rest[0]))
        elif what == "file":
            self.tell(self.chat.send_file(" ".join(rest)))
        elif what in ENCODINGS:
            self.tell(self.chat.take(TextReceived(ENCODINGS[what](message), "encoded")))
        else:
            self.tell(self.chat.send_other(what))

    def neighbours(self, what: str, words: list[str]) -> None:
        place, column, *rest = words
        if what == "below":
            neighbours.below(self.chat.report, place, column, *rest)
        elif what == "merged":
            shares = [word for word in rest if word.startswith("share=")]
            share = "".join(word.removeprefix("share=") for word in shares)
            neighbours.merged(self.chat.report, place, column, *(w for w in rest if w not in shares), share=share)
        else:
            value = " ".join(rest)
            given = int(value) if value.isdecimal() else tuple(value.split(" | ")) if " | " in value else value
            neighbours.last(self.chat.report, place, column.strip("-"), given)

    def colleagues(self, what: str, name: str = "") -> None:
        """Somebody else of the office speaks; somebody left; nobody hands out parts any more."""
        if what == "as":
            self.chat = self.office[name]
        elif what == "gone":
            self.office.gone.add(name)
        else:
            self.office.leads = set()

    def compiles(self, campaign: str, code: str, sent: str, late: str, title: str) -> None:
        world = self.chat.world
        number, (given, whole) = len(world.coordinated) + 1, sent.split("/")
        counts = (int(given), int(whole), int(late))
        name = DISTRICT.name if code == DISTRICT.code else f"Đơn vị {code}"
        found = Compilable(f"{number}.1", campaign, title, code, name, *counts)
        world.coordinated = (*world.coordinated, found)

    def tell(self, reply: Reply) -> None:
        self.lines += [f"  {line}".rstrip() for line in reply.text.split("\n")]
        if reply.choices:
            self.lines.append(
                "  " + " ".join(f"[{f'{choice.short_key} {choice.label}'.strip()}]" for choice in reply.choices)
            )
        self.lines += [f"  = {spelled(save.address)} {_stored(save.state, save.value)}" for save in self.chat.saved]
        shared = (each for each in self.chat.effects if isinstance(each, AssignPart | EndAssignment | TellPartDone))
        self.lines += [f"  = {_decided(each)}" for each in shared]
        queued = (each for each in self.chat.effects if isinstance(each, CompileReport))
        self.lines += [f"  = compile {each.campaign} {each.unit}" for each in queued]
        self.lines.append("")
        if self.watched and self.watched[: len(self.lines)] != self.lines:
            raise Otherwise


def _decided(effect: AssignPart | EndAssignment | TellPartDone) -> str:
    if isinstance(effect, AssignPart):
        sight = " và cả báo cáo" if effect.sees_all else ""
        return f"giao {effect.prefix} cho {effect.person}{sight}: {effect.comment or '-'}"
    return f"thu lại {effect.assignment}" if isinstance(effect, EndAssignment) else "báo đã xong"


def _stored(state: State, value: object) -> str:
    if state is not State.VALUE:
        return f"({state.value})"
    found = json_value(value)  # type: ignore[arg-type]
    whole = " | ".join(found) if isinstance(found, list) else str(found)
    shown = whole.replace("\n", " ⏎ ")
    return shown if len(whole) <= 100 else f"{shown[:60]} … ({len(whole)} ký tự)"


def transcripts() -> list[Path]:
    return sorted(FOLDER.glob("*.txt"))
