"""Sentences are found where they are looked for: no star import, and a module is called the same everywhere."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("bot", "dialogs", "exports", "storage")
WORDS_OF_THEIR_OWN = {
    "dialogs/reading": "words that people type",
    "dialogs/meaning": "words that people type to the bot",
    "dialogs/forms": "headings as a form has them, and the faults of a form's file beside what finds them",
    "exports": "what is printed on paper",
    "bot/demo": "answers and names that are made up",
}
"""Rooms whose Vietnamese is no sentence to somebody who uses the program, and what it is."""

_VIETNAMESE = re.compile("[À-ỹ]")


def files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def imports(path: Path) -> Iterator[ast.ImportFrom]:
    """The ``from … import …`` of a file, those inside functions and for types only too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node


def named_modules(*folders: str) -> Iterator[tuple[str, str]]:
    """Every import of one of our modules as a module: which, and the name it is given there."""
    for path in files(*folders):
        for node in imports(path):
            for each in node.names:
                module = f"{node.module}.{each.name}"
                if (ROOT / module.replace(".", "/")).with_suffix(".py").exists():
                    yield module, each.asname or each.name


def test_no_star_imports() -> None:
    """What a name means is read in the lines that import it."""
    found = [str(path) for path in files(*PACKAGES, "tests") for node in imports(path) if node.names[0].name == "*"]
    assert found == []


def test_a_module_has_one_name() -> None:
    """``places`` is ``places`` in every file; what shares its name with another module is ``…_texts`` in every file."""
    names: dict[str, set[str]] = defaultdict(set)
    for module, name in named_modules(*PACKAGES):
        names[module].add(name)
    assert {module: found for module, found in names.items() if len(found) > 1} == {}


@pytest.mark.parametrize("package", PACKAGES)
def test_a_name_means_one_module_within_a_package(package: str) -> None:
    modules: dict[str, set[str]] = defaultdict(set)
    for module, name in named_modules(package):
        modules[name].add(module)
    assert {name: found for name, found in modules.items() if len(found) > 1} == {}


def spoken(path: Path) -> Iterator[str]:
    """The Vietnamese in the string literals of a file, docstrings and single letters aside."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in told else ""
        if isinstance(text, str) and len(text) > 1 and _VIETNAMESE.search(text):
            yield f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}: {text}"


def of_texts(path: Path) -> bool:
    return path.is_relative_to(ROOT / "dialogs/texts") or path.stem == "texts" or path.stem.endswith("_texts")


def test_sentences_stand_among_the_texts() -> None:
    """Whoever looks for what a user read finds it in a module of texts."""
    others = [path for path in files(*PACKAGES) if not of_texts(path)]
    wanted = [p for p in others if not any(p.is_relative_to(ROOT / room) for room in WORDS_OF_THEIR_OWN)]
    assert [line for path in wanted for line in spoken(path)] == []
