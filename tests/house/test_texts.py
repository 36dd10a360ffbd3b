"""Sentences are found where they are looked for: no star import, and a module is called the same everywhere."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("bot", "dialogs", "exports", "storage")


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
