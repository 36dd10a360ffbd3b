"""Forms that are opened together must fit together."""

from __future__ import annotations

import pytest

from dialogs.forms.form_file import check_companions, read_form, shipped_text

UPPER, LOWER = "kl62-2019", "kl62-2019-xa"


def swap(key: str, old: str, new: str) -> str:
    """Return the shipped form with the first ``old`` replaced."""
    text = shipped_text(key)
    assert old in text
    return text.replace(old, new, 1)


COMPANIONS = {
    "feeds": (LOWER, "feeds: [P1.II.2]", "feeds: [P1.II.9]", "kl62-2019-xa: mục II.2", "“P1.II.9”"),
    "kind": (UPPER, "filled_by: [huyen], minimum", "filled_by: [huyenn], minimum", "kl62-2019: PL3", "“huyenn”"),
    "measure": (LOWER, "measure: triệu đồng/năm", "measure: đồng", "kl62-2019-xa: PL6", "cột nsnn"),
    "table": (LOWER, "- key: PL4\n", "- key: PL7\n", "kl62-2019-xa: PL7", "không có phụ lục “PL7”"),
}


@pytest.mark.parametrize("name", COMPANIONS)
def test_forms_that_do_not_fit_together(name: str) -> None:
    key, old, new, place, wrong = COMPANIONS[name]
    text = swap(key, old, new).replace("tables: [PL3, PL4, PL6]", "tables: [PL3, PL6]")
    other = UPPER if key == LOWER else LOWER
    problems = check_companions([read_form(text), read_form(shipped_text(other))])
    assert any(p.place == place and wrong in p.wrong for p in problems), problems


def test_a_companion_that_is_not_there() -> None:
    (problem,) = check_companions([read_form(shipped_text(UPPER))])
    assert (problem.place, problem.wrong) == ("kl62-2019: companions", "không có mẫu đi cùng “kl62-2019-xa”")
