"""The checks of a form as data: the default set, other limits, off, and what is wrong with them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dialogs.forms.form import Checks, Jump, UnitSlip
from dialogs.forms.form_file import check_form, read_form, shipped_keys, shipped_text

KEY = "kl62-2019-xa"


def with_checks(text: str) -> str:
    return shipped_text(KEY) + text


@pytest.mark.parametrize("key", shipped_keys())
def test_a_form_that_says_nothing_has_the_default_set(key: str) -> None:
    """Both checks, neither of them blocking."""
    found = read_form(shipped_text(key)).checks
    assert found == Checks(UnitSlip(Decimal(300), 3), Jump(Decimal(10), Decimal(10)))
    assert found.unit_slip is not None and not found.unit_slip.blocking
    assert found.jump is not None and not found.jump.blocking


def test_limits_and_blocking_are_read() -> None:
    form = read_form(
        with_checks("checks:\n  unit_slip: {times: 900, rows: 5, blocking: true}\n  jump: {times: 2.5, floor: 100}\n")
    )
    assert form.checks == Checks(UnitSlip(Decimal(900), 5, True), Jump(Decimal("2.5"), Decimal(100)))


def test_a_check_may_be_left_out() -> None:
    assert read_form(with_checks("checks:\n  jump: {used: false}\n")).checks == Checks(UnitSlip(), None)
    assert read_form(with_checks("checks:\n  unit_slip: {used: false}\n")).checks == Checks(None, Jump())


@pytest.mark.parametrize(
    ("text", "place", "wrong"),
    [
        ("checks:\n  jump: {times: 1}\n", "checks.jump.times", "số nào cũng thành đáng ngờ"),
        ("checks:\n  unit_slip: {times: 0.5}\n", "checks.unit_slip.times", "số nào cũng thành đáng ngờ"),
        ("checks:\n  unit_slip: {rows: 0}\n", "checks.unit_slip.rows", "nhỏ hơn 1"),
        ("checks:\n  jump: {floor: -1}\n", "checks.jump.floor", "số âm"),
        ("checks:\n  jump: {floor: nhiều}\n", "checks.jump.floor", "phải là số"),
        ("checks:\n  jump: {blocking: có}\n", "checks.jump.blocking", "phải là true hoặc false"),
        ("checks:\n  jumps: {times: 5}\n", "checks.jumps", "không có khóa “jumps”"),
        ("checks: nhiều\n", "checks", "không đúng dạng"),
    ],
)
def test_what_is_wrong_is_named_at_its_place(text: str, place: str, wrong: str) -> None:
    (problem,) = check_form(with_checks(text))
    assert place in problem.place
    assert wrong in problem.wrong
    assert problem.write


def test_the_near_key_is_offered() -> None:
    (problem,) = check_form(with_checks("checks:\n  jumps: {times: 5}\n"))
    assert "jump" in problem.write
