"""tb160-2020: a report for each period; every body answers only for what is assigned to it."""

from __future__ import annotations

import re

import pytest

from dialogs.forms.form import Field, RollUp, Section
from dialogs.forms.form_file import check_form, shipped_text
from dialogs.forms.questions import Respondent, asks_field, questions
from dialogs.kinds import Kind
from tests.dialogs.forms.shipped_forms import shipped

KEY = "tb160-2020"
UNIONS = ("mttq", "ldld", "hnd", "doan", "pn", "ccb")

EVERYBODY = {"I.1", "I.2", *(f"II.{group}.a" for group in range(1, 6)), "IV", "V", "VI"}
ALL_FIGURES = {"II.1.b", "II.2.b", "II.3.b", "II.3.c", "II.4.b", "II.4.c", "II.5.b"}
STUDY = {"III.1.a", "III.1.b"}

ASSIGNED = {
    ("huyen", ""): ALL_FIGURES | STUDY | {"III.4.c", "III.4.d"},
    ("dutt", ""): ALL_FIGURES | STUDY | {"III.4.c", "III.4.d"},
    ("tinh", ""): ALL_FIGURES | {"III.6.a", "III.6.b"},
    ("to_chuc", "hdnd"): STUDY | {"II.4.b", "II.4.c", "III.2.a", "III.2.b"},
    ("to_chuc", "ubnd"): STUDY | {"II.4.b", "II.4.c", "III.2.a", "III.2.b"},
    **{("to_chuc", body): STUDY | {"II.2.b", "II.3.b", "II.3.c", "II.5.b", "III.3.a", "III.3.b"} for body in UNIONS},
    ("to_chuc", "btc"): STUDY | {"II.5.b", "III.4.a", "III.4.b"},
    ("to_chuc", "btg"): STUDY | {"II.1.b", "II.2.b", "III.5.a", "III.5.b"},
    ("to_chuc", "bdv"): STUDY | ALL_FIGURES | {"III.6.a", "III.6.b"},
    ("to_chuc", "van_phong"): STUDY,
    ("to_chuc", ""): STUDY,
}


def asked(kind: str, body: str) -> list[str]:
    return [question.field for question in questions(shipped(KEY), Respondent(kind, body))]


@pytest.mark.parametrize(("kind", "body"), ASSIGNED)
def test_a_body_answers_only_for_what_is_assigned_to_it(kind: str, body: str) -> None:
    found = asked(kind, body)
    assert len(found) == len(set(found))
    assert set(found) == EVERYBODY | ASSIGNED[kind, body]


def test_a_commune_is_not_asked() -> None:
    assert asked("xa", "") == []


def test_every_leaf_is_somebodys() -> None:
    keys = {leaf.key for leaf in shipped(KEY).fields()}
    assert keys == EVERYBODY.union(*ASSIGNED.values())


def test_the_check_has_nothing_to_say() -> None:
    assert check_form(shipped_text(KEY)) == ()


def test_outline_has_the_five_groups_of_the_plan() -> None:
    form = shipped(KEY)
    assert [node.heading.split(" ")[0] for node in form.outline] == ["I-", "II-", "III-", "IV-", "V-", "VI-"]
    groups = form.outline[1]
    assert isinstance(groups, Section)
    assert [node.heading[:33] for node in groups.children] == [
        "1. Tăng cường sự lãnh đạo của các",
        "2. Tuyên truyền, vận động, tập hợ",
        "3. Tiếp tục đổi mới nội dung, phư",
        "4. Tăng cường công tác phối hợp g",
        "5. Kiện toàn tổ chức bộ máy, cán ",
    ]
    assert [leaf.kind for leaf in form.fields() if leaf.key in ("I.1", "II.3.b", "II.4.b")] == [
        *(Kind.DOCUMENTS, Kind.LIST, Kind.DOCUMENTS),
    ]


def test_every_duty_is_a_choice_and_its_evidence() -> None:
    duties = [leaf for leaf in shipped(KEY).fields() if leaf.key.startswith("III.")]
    assert len(duties) == 14
    for level, evidence in zip(duties[::2], duties[1::2], strict=True):
        (choice,) = level.blanks
        assert (choice.key, choice.kind) == ("muc_do", Kind.CHOICE)
        assert [label for _, label in choice.choices] == ["đã hoàn thành", "đang thực hiện", "chưa thực hiện"]
        assert evidence.kind is Kind.NARRATIVE
        assert (level.filled_by, level.bodies) == (evidence.filled_by, evidence.bodies)


def test_figures_have_stable_keys_and_add_up() -> None:
    blanks = [blank for leaf in shipped(KEY).fields() for blank in leaf.blanks if blank.key != "muc_do"]
    assert len(blanks) == 25
    assert len({blank.key for blank in blanks}) == 25
    for blank in blanks:
        assert re.fullmatch("[a-z]+(_[a-z]+)*", blank.key)
        assert blank.rollup is RollUp.SUM
        assert (blank.minimum, blank.example == "") == (0, False)
    assert [blank.measure for blank in blanks if blank.kind is Kind.MONEY] == ["triệu đồng"]
    assert all(len(group) <= 5 for leaf in shipped(KEY).fields() for group in leaf.groups)


def test_parts_of_the_cadres_are_at_most_all_of_them() -> None:
    rules = {(rule.left, rule.op, rule.right, rule.blocking) for rule in shipped(KEY).field("II.5.b").rules}
    assert rules == {((f"can_bo_{part}",), "<=", ("can_bo",), True) for part in ("nu", "dtts", "tre")}


def test_period_and_due_day_come_from_the_campaign() -> None:
    form = shipped(KEY)
    assert (form.deadlines, form.year, form.companions, form.tables) == ((), None, (), ())


@pytest.mark.parametrize(
    ("bodies", "kind", "body", "expected"),
    [
        ((), "huyen", "", True),
        ((), "to_chuc", "btc", True),
        ((), "xa", "", False),
        (("btc",), "to_chuc", "btc", True),
        (("btc",), "to_chuc", "btg", False),
        (("btc",), "to_chuc", "", False),
        (("btc",), "huyen", "", False),
        (("btc", "huyen"), "huyen", "", True),
        (("btc", "xa"), "xa", "", False),
    ],
)
def test_bodies_narrow_the_kinds_that_are_asked(bodies: tuple[str, ...], kind: str, body: str, expected: bool) -> None:
    kinds = frozenset({"huyen", "to_chuc"})
    field = Field("I", "I-", "?", Kind.NARRATIVE, filled_by=kinds, bodies=frozenset(bodies))
    assert asks_field(field, Respondent(kind, body)) is expected


DEFECTS = {
    "nobody to narrow": ("filled_by: [to_chuc]", "filled_by: []", "bodies", "filled_by không có ai"),
    "kind that is not asked": ("bodies: [btc]", "bodies: [btc, huyen]", "bodies[1]", "“huyen” có trong bodies"),
    "body in capitals and signs": ("bodies: [btc]", "bodies: [Ban Tổ chức]", "bodies[0]", "khoảng trắng"),
}


@pytest.mark.parametrize("name", DEFECTS)
def test_a_defect_in_bodies_is_named_with_its_place(name: str) -> None:
    old, new, place, wrong = DEFECTS[name]
    head, mark, tail = shipped_text(KEY).partition("          - key: III.4.a\n")
    problems = check_form(head + mark + tail.replace(old, new, 1))
    assert any(place in p.place and wrong in p.wrong and p.write for p in problems), problems
