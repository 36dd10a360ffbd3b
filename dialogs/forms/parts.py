"""Parts of a report that are named as a whole: a section, an appendix, a row; '' is the whole report.

A part is a prefix of keys (``prefixes.covers``): "P1.I", "II", "PL3", "PL3.mttq".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dialogs.forms.form import Field, Form, Section
from dialogs.forms.prefixes import covers
from dialogs.forms.question_lookup import find_places, whole
from dialogs.forms.questions import Question
from dialogs.reading import fold


def sections(form: Form, questions: Sequence[Question]) -> tuple[str, ...]:
    """Return the headed sections and the appendices in which a unit is asked anything, in printed order."""
    keys = [*_headed(form.outline), *(table.key for table in form.tables)]
    return tuple(key for key in keys if any(covers(key, each.field, each.row) for each in questions))


def _headed(nodes: Sequence[Section | Field]) -> Iterator[str]:
    """The sections under the parts of an outline ("Phần thứ nhất"), which are too large to be named as one."""
    for node in nodes:
        if isinstance(node, Section) and node.style == "part" and len(node.children) > 1:
            yield from _headed(node.children)
        else:
            yield node.key


def find_part(form: Form, questions: Sequence[Question], typed: str) -> tuple[str, ...]:
    """Return the parts that ``typed`` may mean: "II", "phần 1", "PL3", "PL3.2" (its second row), "12" (a question)."""
    place = fold(typed).replace("phu luc ", "pl").replace("muc ", "").replace("phan ", "p").strip().rstrip(".")
    known = [*_keys(form.outline), *(table.key for table in form.tables)]
    found = [key for key in known if fold(key) == place]
    found = found or [key for key in known if fold(key).endswith(f".{place}")]
    asked = tuple(key for key in found if any(covers(key, each.field, each.row) for each in questions))
    if asked and whole(place) is None:  # digits alone are the number of a question, as in /sua
        return asked
    places = find_places(form, questions, typed)
    return tuple(f"{each.field}.{each.row}" if each.row else each.field for each in places)


def _keys(nodes: Sequence[Section | Field]) -> Iterator[str]:
    for node in nodes:
        yield node.key
        if isinstance(node, Section):
            yield from _keys(node.children)
