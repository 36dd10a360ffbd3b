"""Every row of reading_cases.csv: a typed text, the column it was typed in, and what it must be understood as.

``text`` holds Python escapes (\\u200b) where a character would not be seen; ``options`` are the values of an ASK,
a state by its name, separated by " | "; ``year`` is the campaign's year; ``value`` and ``options`` write \\n for
a line break.
"""

from __future__ import annotations

import codecs
import csv
import re
from pathlib import Path

import pytest

from dialogs.kinds import Kind
from dialogs.reading import Option, Outcome, Reading, Spec, read, sentences

CASES = list(csv.DictReader(Path(__file__).with_name("reading_cases.csv").read_text(encoding="utf-8").splitlines()))
_ESCAPE = re.compile(r"\\(?:u[0-9a-f]{4}|x[0-9a-f]{2}|n|t)")


def kind_named(name: str) -> Kind:
    """ "nodata" is another name of a whole number, for support's questions about zero and nothing."""
    return Kind("integer" if name == "nodata" else name)


def typed(case: dict[str, str]) -> str:
    return _ESCAPE.sub(lambda m: codecs.decode(m.group(), "unicode_escape"), case["text"])


def shown(thing: Reading | Option) -> str:
    """A value as the table writes it; a state without a value by its name."""
    if thing.value is None:
        return "" if isinstance(thing, Reading) else thing.outcome.value
    return str(thing.value).replace("\n", "\\n")


def reading_of(case: dict[str, str]) -> Reading:
    year = int(case["year"]) if case["year"] else None
    return read(typed(case), Spec(kind_named(case["kind"]), case["measure"], year=year))


def name_of(case: dict[str, str]) -> str:
    return f"{case['kind']}-{case['measure']}-{case['text']}"


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_a_typed_text_means(case: dict[str, str]) -> None:
    reading = reading_of(case)
    got = {
        "state": reading.outcome.value,
        "value": shown(reading),
        "options": " | ".join(map(shown, reading.options)),
        "code": reading.code,
        "remark": "yes" if reading.remark else "",
    }
    assert got == {key: case[key] for key in got}


def test_the_table_is_as_large_as_the_rules_are_many() -> None:
    assert len(CASES) >= 300
    assert {case["state"] for case in CASES} == set(Outcome)


@pytest.mark.parametrize("case", [c for c in CASES if c["state"] == "refused"], ids=name_of)
def test_a_refusal_says_what_was_read_and_what_is_accepted(case: dict[str, str]) -> None:
    reading = reading_of(case)
    assert reading.code in sentences.PROBLEMS
    assert reading.why.endswith(sentences.accepted(Spec(kind_named(case["kind"]), case["measure"])))
    assert not reading.options


@pytest.mark.parametrize("case", [c for c in CASES if c["state"] == "ask"], ids=name_of)
def test_a_question_offers_answers_and_ends_as_a_question(case: dict[str, str]) -> None:
    reading = reading_of(case)
    assert reading.options
    assert reading.why.endswith(("?", "là:"))
    assert all(option.outcome in (Outcome.VALUE, Outcome.ZERO, Outcome.NONE) for option in reading.options)
    assert len({option.label for option in reading.options}) == len(reading.options)


@pytest.mark.parametrize("case", [c for c in CASES if c["state"] == "zero" and c["text"].lower() != "0"], ids=name_of)
def test_a_zero_is_never_silent(case: dict[str, str]) -> None:
    assert reading_of(case).echo


@pytest.mark.parametrize("kind, measure", [("integer", "người"), ("decimal", "ha"), ("date", "")])
def test_a_long_text_is_quoted_back_shortly(kind: str, measure: str) -> None:
    reading = read("rất dài " * 2500, Spec(kind_named(kind), measure))
    assert reading.outcome is Outcome.REFUSED
    assert reading.code == "too_long"
    assert len(reading.why) < 200


def test_screens_ask_as_they_were_drawn() -> None:
    area = read("1,234", Spec(Kind.DECIMAL, "ha"))
    assert area.why == "“1,234” có thể hiểu hai cách (ha). Ý đồng chí là:"
    assert [o.label for o in area.options] == [
        "1,234 (một phẩy hai trăm ba mươi tư phần nghìn)",
        "1.234 (một nghìn hai trăm ba mươi tư)",
    ]
    count = read("1,234", Spec(Kind.INTEGER, "người"))
    assert count.why == "“1,234” là 1.234 (một nghìn hai trăm ba mươi tư) người, đúng không?"


@pytest.mark.parametrize(
    "text, kind, measure, echo",
    [
        ("1234", "integer", "người", "1.234 người"),
        ("1,2 tỷ", "money", "triệu đồng", "1.200 triệu đồng"),
        ("không có", "integer", "người", "0 (không phát sinh)"),
        ("10-4-2019", "date", "", "ngày 10/04/2019"),
        ("15,5", "percent", "%", "15,5%"),
        ("chưa có số liệu", "integer", "người", "Chưa có số liệu"),
    ],
)
def test_a_value_is_read_back(text: str, kind: str, measure: str, echo: str) -> None:
    assert read(text, Spec(kind_named(kind), measure)).echo == echo
