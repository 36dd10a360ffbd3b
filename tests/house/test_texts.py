"""Every sentence has one name: what two modules of texts both define would overwrite each other unseen."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "dialogs" / "texts"


def starred() -> list[str]:
    tree = ast.parse((FOLDER / "__init__.py").read_text(encoding="utf-8"))
    return [node.module.rpartition(".")[2] for node in tree.body if isinstance(node, ast.ImportFrom) and node.module]


def defined(path: Path) -> set[str]:
    """The public names that a module binds itself; what it imports is another module's."""
    found: set[str] = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {name.id for each in targets for name in ast.walk(each) if isinstance(name, ast.Name)}
    return {name for name in found if not name.startswith("_")}


def test_no_sentence_overwrites_another() -> None:
    homes: dict[str, list[str]] = defaultdict(list)
    for module in starred():
        for name in defined(FOLDER / f"{module}.py"):
            homes[name].append(module)
    assert {name: modules for name, modules in homes.items() if len(modules) > 1} == {}
