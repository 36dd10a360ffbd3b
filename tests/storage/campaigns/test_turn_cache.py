"""What a turn keeps between turns is what counting anew would give."""

from __future__ import annotations

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from dialogs.forms.answers import Address, Answer, State
from dialogs.forms.form_file import read_form, shipped_text
from dialogs.forms.questions import Questionnaire, Respondent, progress, questions
from storage.campaigns.turn_cache import CachedReport

UNASKED = (Address("VAN_BAN", "", "so"), Address("PL3", "them.1", "xa.tong_so"))


@cache
def asked() -> Questionnaire:
    return Questionnaire(questions(read_form(shipped_text("kl62-2019-xa")), Respondent("xa")))


def addresses() -> tuple[Address, ...]:
    """Few enough that a question is filled, emptied and filled again: blanks, a text, a list, rows."""
    chosen = ("M0", "I.a", "I.b", "IV", "PL3", "PL6")
    return (*(a for q in asked().questions if q.field in chosen for a in q.addresses), *UNASKED)


ANSWERS = st.builds(
    Answer, st.sampled_from(addresses()), st.sampled_from(State), closed=st.booleans(), version=st.integers(1, 3)
)
WRITES = st.lists(st.lists(ANSWERS, min_size=1, max_size=12), max_size=12)


@given(WRITES, st.integers(0, 3))
def test_the_count_that_is_kept_equals_a_recount(writes: list[list[Answer]], first: int) -> None:
    """Whatever is written in one turn, the same address twice included, and whenever the count was first asked for."""
    kept = CachedReport(1, {}, {})
    for number, batch in enumerate(writes):
        if number >= first:
            kept.count(asked())
        with kept.recounted([each.address for each in batch]):
            for each in batch:
                kept.write(each)
        if number >= first:
            assert kept.answered == progress(asked().questions, kept.given)[0]
    assert kept.count(asked()) == progress(asked().questions, kept.given)[0]


@given(st.lists(ANSWERS))
def test_another_questionnaire_is_counted_by_itself(answers: list[Answer]) -> None:
    """A form that changed, or a row that the unit added, asks something else."""
    kept = CachedReport(1, {}, {})
    kept.count(asked())
    for each in answers:
        with kept.recounted([each.address]):
            kept.write(each)
    shorter = Questionnaire(asked().questions[:5])

    assert kept.count(shorter) == progress(shorter.questions, kept.given)[0]
