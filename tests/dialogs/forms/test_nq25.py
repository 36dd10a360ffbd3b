"""nq25-2023: 19 leaves, the ten figures of P1.I.1.a as lines with blanks, three groups of deadlines."""

from __future__ import annotations

import re

import pytest

from dialogs.answering.checks import broken
from dialogs.forms.addresses import addresses
from dialogs.forms.answers import Address, Answer, State
from dialogs.forms.form import RollUp, Section
from dialogs.forms.form_file import check_form, shipped_text
from dialogs.forms.questions import Respondent, questions
from dialogs.kinds import Kind
from tests.dialogs.forms.shipped_forms import contract, shipped

KEY, FIGURES = "nq25-2023", "P1.I.1.a"


def test_addresses_and_labels_are_those_of_the_contract() -> None:
    form, wanted = shipped(KEY), contract(KEY)
    assert list(addresses(form)) == [address for address, _ in wanted.values()]
    assert len(list(form.fields())) == 19
    assert all(
        label == form.field(field).label == form.field(field).heading for (field, *_), (_, label) in wanted.items()
    )


def test_the_check_has_nothing_to_say() -> None:
    assert check_form(shipped_text(KEY)) == ()


def test_outline_keeps_the_numbering_of_the_source() -> None:
    first, second = (node for node in shipped(KEY).outline if isinstance(node, Section))
    assert [node.heading.split(" ")[0] for node in first.children] == ["I-", "II-", "III-", "IV-", "V-"]
    assert [node.heading[:2] for node in second.children] == ["1-", "2-"]
    assert second.heading.startswith("NHIỆM VỤ VÀ GIẢI PHÁP, KIẾN NGHỊ")
    third = first.children[2]
    assert isinstance(third, Section)
    assert [node.heading[:2] for node in third.children] == [f"{number}-" for number in range(1, 9)]


def test_the_ten_figures_are_asked_in_small_groups_and_printed_in_order() -> None:
    field = shipped(KEY).field(FIGURES)
    keys = [blank.key for blank in field.blanks]
    assert len(keys) == 10
    assert [key for group in field.groups for key in group] == keys
    assert max(map(len, field.groups)) <= 5
    assert re.findall(r"\{(\w+)\}", field.template) == keys
    assert all(line.startswith("+ ") and line.endswith(".") for line in field.template.split("\n"))


def test_figures_add_up_and_words_do_not() -> None:
    for blank in shipped(KEY).field(FIGURES).blanks:
        assert blank.rollup is (RollUp.NONE if blank.kind is Kind.TEXT else RollUp.SUM)
        assert blank.example


@pytest.mark.parametrize(
    ("dtts", "ton_giao", "wrong"),
    [(12, 3, []), (40, 40, []), (41, 3, ["dang_vien_dtts"]), (41, 50, ["dang_vien_dtts", "dang_vien_ton_giao"])],
)
def test_no_group_of_party_members_is_larger_than_all(dtts: int, ton_giao: int, wrong: list[str]) -> None:
    form = shipped(KEY)
    (question,) = (q for q in questions(form, Respondent("huyen")) if q.field == FIGURES)
    figures = {"dang_vien": 40, "dang_vien_dtts": dtts, "dang_vien_ton_giao": ton_giao}
    places = {Address(FIGURES, "", key): value for key, value in figures.items()}
    answers = {place: Answer(place, State.VALUE, value) for place, value in places.items()}
    found = list(broken(form, question, answers))
    assert [finding.addresses[0].column for finding in found] == wrong
    assert all(finding.blocking for finding in found)


def test_neither_believers_nor_party_members_are_more_than_the_people() -> None:
    """Larger than the population is told, but holds nothing back: a unit may count believers from elsewhere."""
    form = shipped(KEY)
    (question,) = (q for q in questions(form, Respondent("huyen")) if q.field == FIGURES)
    figures = {"dan_so": 1000, "tin_do": 1001, "dang_vien": 1000}
    places = {Address(FIGURES, "", key): value for key, value in figures.items()}
    answers = {place: Answer(place, State.VALUE, value) for place, value in places.items()}
    (found,) = broken(form, question, answers)
    assert found.message == "Số tín đồ tôn giáo lớn hơn dân số (1.001 so với 1.000)."
    assert not found.blocking


@pytest.mark.parametrize("kind", ["huyen", "dutt", "to_chuc", "tinh"])
def test_every_unit_is_asked_the_whole_outline(kind: str) -> None:
    assert len(questions(shipped(KEY), Respondent(kind, "pn" if kind == "to_chuc" else ""))) == 19


def test_a_commune_is_not_asked() -> None:
    assert questions(shipped(KEY), Respondent("xa")) == ()


def test_the_statistics_table_is_named_as_missing() -> None:
    (table,) = shipped(KEY).tables
    assert table.number_line == "BIỂU THỐNG KÊ"
    assert "không kèm" in table.missing
    assert (table.columns, table.rows, table.header) == ((), (), ())


def test_deadlines_as_the_plan_words_them() -> None:
    form = shipped(KEY)
    assert (form.year, form.companions) == (2023, ())
    assert {(deadline.kinds, deadline.day) for deadline in form.deadlines} == {
        (frozenset({"huyen", "dutt"}), "2023-07-19"),
        (frozenset({"to_chuc"}), "2023-07-31"),
        (frozenset({"tinh"}), "2023-08-19"),
    }
