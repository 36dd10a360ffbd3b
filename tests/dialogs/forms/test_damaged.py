"""A file that is no form gives one clear problem with its line; whatever the text, the check never raises."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.forms import form_tree
from dialogs.forms.form_file import FormError, check_form, read_form, shipped_text
from dialogs.forms.form_schema import MAX_PROBLEMS
from dialogs.forms.form_tree import MAX_BYTES

LOWER = "kl62-2019-xa"
TEXTS = tuple(shipped_text(key) for key in ("kl62-2019", LOWER))


def line_of(words: str) -> int:
    text = shipped_text(LOWER)
    return text.count("\n", 0, text.index(words)) + 1


def test_a_file_has_a_largest_size() -> None:
    text = shipped_text(LOWER)
    room = MAX_BYTES - len(text.encode())
    assert check_form(text + "#" * room) == ()
    (problem,) = check_form(text + "#" * (room + 1))
    assert str(MAX_BYTES) in problem.wrong


def damaged_cases() -> dict[str, tuple[str, int, str]]:
    text = shipped_text(LOWER)
    return {
        "empty": ("", 1, "rỗng"),
        "comments only": ("# x\n", 1, "rỗng"),
        "list": ("- a\n- b\n", 1, "không phải là một bảng"),
        "words": ("báo cáo", 1, "không phải là một bảng"),
        "tab": (text.replace("  type_name:", "\ttype_name:"), line_of("  type_name"), "dấu Tab"),
        "open quote": (text + 'note: "abc\n', text.count("\n") + 1, "không đóng lại"),
        "colon in words": ("key: a\ntitle: b: c\n", 2, "dấu hai chấm"),
        "anchor": (text.replace("title:", "title: &t", 1), line_of("title:"), "dấu neo"),
        "alias": (text.replace("version: 1", "version: *t", 1), line_of("version:"), "dấu neo"),
        "tag": ("key: !!python/object:os.system x\n", 1, "nhãn kiểu"),
        "deep": ("key: " + "[" * 5000, 1, "lồng nhau"),
        "two documents": ("key: a\n---\nkey: b\n", 2, "nhiều tài liệu"),
        "template without quotes": ("key: a\ntemplate: {{x}}\n", 2, "khóa là một"),
        "control character": ("key: a\n\nb: \x07\n", 3, "U+0007"),
        "half a character": ("key: \ud800\n", 1, "U+D800"),
        "strange version": ("%YAML 3.0\n---\nkey: a\n", 1, "YAML"),
    }


@pytest.mark.parametrize("name", damaged_cases())
def test_a_damaged_file_is_one_clear_problem(name: str) -> None:
    text, line, wrong = damaged_cases()[name]
    (problem,) = check_form(text)
    assert problem.place == f"dòng {line}"
    assert wrong in problem.wrong
    assert problem.write


@pytest.mark.parametrize("name", damaged_cases())
def test_the_parser_written_in_python_says_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text, *_ = damaged_cases()[name]
    native = check_form(text)
    monkeypatch.setattr(form_tree, "_LOADER", yaml.SafeLoader)
    assert [problem.place for problem in check_form(text)] == [problem.place for problem in native]


def test_a_file_of_rubbish_is_told_up_to_a_limit() -> None:
    text = "".join(f"k{n}: x\n" for n in range(MAX_PROBLEMS * 20))
    problems = check_form(text)
    assert len(problems) == MAX_PROBLEMS + 1
    assert "còn lỗi khác" in problems[-1].wrong


def test_marks_of_the_schema_are_no_keys() -> None:
    text = shipped_text(LOWER).replace("  - key: M0\n", "  - key: M0\n    _leaf: 1\n    _section: 2\n")
    places = [problem.place.partition(",")[0] for problem in check_form(text)]
    assert places == ["outline[0]._leaf (mục M0)", "outline[0]._section (mục M0)"]


def sound_or_told(text: str) -> None:
    """Either the text is a form, or every problem says where, what and what to write."""
    problems = check_form(text)
    if not problems:
        assert read_form(text).key
        return
    assert all(problem.place and problem.wrong and problem.write for problem in problems)
    assert all("\n" not in str(problem) for problem in problems)
    with pytest.raises(FormError):
        read_form(text)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_checked_without_raising(text: str) -> None:
    sound_or_told(text)


YAML_BITS = st.sampled_from(
    [
        *[
            "key: ",
            "- ",
            "  ",
            "\n",
            ":",
            "{",
            "}",
            "[",
            "]",
            '"',
            "'",
            "|",
            ">",
            "#",
            "&a",
            "*a",
            "!",
            "?",
            "---",
            ",",
        ],
        *["\t", "outline:\n", "tables:\n", "children:", "columns:", "blanks:", "kind: list", "a", "1", "null", "ữ"],
        *["_leaf: 1\n", "_section: 1\n"],
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(YAML_BITS, max_size=60).map("".join))
def test_yaml_like_text_is_checked_without_raising(text: str) -> None:
    sound_or_told(text)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A shipped form with a few places cut out, doubled, moved or overwritten."""
    text = draw(st.sampled_from(TEXTS))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 200)))
        new = draw(st.one_of(st.just(""), st.just(text[start:end] * 2), YAML_BITS, st.text(max_size=20)))
        text = text[:start] + new + text[end:]
    return text


@settings(max_examples=150, deadline=None)
@given(mutated())
def test_a_mutated_form_is_checked_without_raising(text: str) -> None:
    sound_or_told(text)


@st.composite
def without_lines(draw: st.DrawFn) -> str:
    """A shipped form with some of its lines gone or swapped: often still YAML, seldom still a form."""
    lines = draw(st.sampled_from(TEXTS)).split("\n")
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(lines) - 2))
        lines[at : at + 2] = draw(st.sampled_from([[lines[at]], [lines[at + 1], lines[at]], [lines[at]] * 3]))
    return "\n".join(lines)


@settings(max_examples=150, deadline=None)
@given(without_lines())
def test_a_form_with_lines_gone_is_checked_without_raising(text: str) -> None:
    sound_or_told(text)
