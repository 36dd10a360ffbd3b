"""One reading: a text typed in the dialog means what ``read`` says of it, for every kind of answer."""

from __future__ import annotations

import codecs
import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest

from dialogs.answering.narrative import is_count
from dialogs.forms.answers import Address
from dialogs.forms.form import Column, Field
from dialogs.kinds import LONG, Kind
from dialogs.machine import CATALOG
from dialogs.reading import Option, Outcome, Reading, Spec, legacy, read
from tests.world.little_world import Chat, LittleReport, chat, commune, form

TABLE = Path(__file__).with_name("reading_cases.csv")
CASES = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
KINDS = {"nodata": "integer"}
ASKED = [case for case in CASES if KINDS.get(case["kind"], case["kind"]) in set(Kind) - {"choice"}]
CHOICES = (("bac", "Bắc"), ("nam", "Nam"), ("dong_bac", "Đông bắc"), ("dong_nam", "Đông nam"))
_ESCAPE = re.compile(r"\\(?:u[0-9a-f]{4}|x[0-9a-f]{2}|n|t)")


def asking(kind: Kind, measure: str, year: int | None) -> Chat:
    """A chat in which one answer of ``kind`` is asked, and nothing else."""
    column = Column("o", "Ô", kind, measure=measure, filled_by=frozenset({"xa"}), choices=CHOICES)
    leaf = Field("I", "", "Câu hỏi?", kind, filled_by=frozenset({"xa"}))
    if kind not in LONG:
        leaf = replace(leaf, blanks=(column,), template="{o}", groups=(("o",),))
    little = replace(form("kl62-2019-xa"), key="little", outline=(leaf,), tables=(), year=year)
    talk = chat(LittleReport(little, commune().unit))
    talk.walk("/start", "[Bắt đầu]")
    return talk


def typed(case: dict[str, str]) -> str:
    return _ESCAPE.sub(lambda found: codecs.decode(found.group(), "unicode_escape"), case["text"])


def name_of(case: dict[str, str]) -> str:
    return f"{case['kind']}-{case['measure']}-{case['text']}"


READ = [case for case in ASKED if CATALOG.commands.parse(typed(case)) is None]
"""The cases that are answers: a command is done, not read."""


@pytest.mark.parametrize("case", READ, ids=name_of)
def test_the_dialog_reads_as_the_reading_does(case: dict[str, str]) -> None:
    """State, value and refusal are the same; what is asked back is asked back with the same options."""
    kind, year = Kind(KINDS.get(case["kind"], case["kind"])), int(case["year"]) if case["year"] else None
    talk, text = asking(kind, case["measure"], year), typed(case)
    if kind in LONG and is_count(text):
        asked_whether_content(talk, text)
        return
    agrees(talk, text, read(text, Spec(kind.value, case["measure"], year=year, choices=CHOICES)))


@pytest.mark.parametrize(
    "text", ["bắc", "NAM", "dong bac", "đông", "Đông", "giữa", "không", "chưa có số liệu", "1", "-"]
)
def test_a_choice_is_read_as_the_reading_does(text: str) -> None:
    """A choice is answered by its label, without diacritics too; a beginning that fits two labels is asked back."""
    agrees(asking(Kind.CHOICE, "", None), text, read(text, Spec(Kind.CHOICE, choices=CHOICES)))


def asked_whether_content(talk: Chat, text: str) -> None:
    """A number alone at a narrative or a list: somebody's count, or a button that was meant. A press stores it."""
    talk.say(text)
    assert not talk.saved
    talk.press_id(next(choice.id for choice in talk.reply.choices if ":option:" in choice.id))
    assert stored(talk) == ("value", text)


def agrees(talk: Chat, text: str, reading: Reading) -> None:
    reply = talk.say(text)
    if reading.outcome is Outcome.REFUSED:
        assert reading.why in reply.refused
        assert not talk.saved
    elif reading.outcome is Outcome.ASK:
        assert not talk.saved
        assert talk.session.state == "asked_back"
        options_agree(talk, reading, text)
    else:
        assert stored(talk) == shown(reading)


def options_agree(talk: Chat, reading: Reading, text: str) -> None:
    """Each option, pressed, stores the answer it stands for."""
    offered = [choice for choice in talk.reply.choices if ":option:" in choice.id]
    assert len(offered) == len(reading.options)
    before, report = talk.stored, talk.report
    for choice, option in zip(offered, reading.options, strict=True):
        talk.stored = before
        report.answers.clear()
        talk.press_id(choice.id)
        assert stored(talk) == shown(option), text
    assert legacy(text) is None or offered[0].label


def stored(talk: Chat) -> tuple[str, object]:
    answers = list(talk.report.answers.values())
    assert len(answers) == 1
    assert answers[0].address.field == Address("I").field
    value = answers[0].value
    return answers[0].state.value, "\n".join(value) if isinstance(value, tuple) else value


def shown(reading: Reading | Option) -> tuple[str, object]:
    return reading.outcome.value, reading.value
