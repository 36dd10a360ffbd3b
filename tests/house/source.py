"""The program's source as the tests of the house read it: modules, rooms, what imports what, what is defined where."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("bot", "dialogs", "exports", "storage")


@cache
def modules() -> Mapping[str, Path]:
    """Every module of the program by its dotted name; a package's is that of its folder."""
    files = (path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))
    return {_dotted(path): path for path in files}


def _dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def tree(module: str) -> ast.Module:
    """A module's source, parsed."""
    return ast.parse(modules()[module].read_text(encoding="utf-8"))


def imported(source: ast.AST) -> Iterator[str]:
    """The names imported anywhere in a source, for types only and inside functions too, and where they come from."""
    for node in ast.walk(source):
        if isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, "imports are absolute"
            yield node.module
    yield from _wanted(source)


def _wanted(source: ast.AST) -> Iterator[str]:
    for node in ast.walk(source):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def edges() -> Mapping[str, frozenset[str]]:
    """The program's own modules that each module imports; ``from package import module`` is the module."""
    found = modules()
    return {
        name: frozenset(filter(None, (_module(each, found) for each in _wanted(tree(name))))) - {name} for name in found
    }


def _module(name: str, known: Mapping[str, Path]) -> str:
    """The module that an imported name is or is defined in; '' for one of a library."""
    return name if name in known else name.rpartition(".")[0] if name.rpartition(".")[0] in known else ""


def room(module: str) -> str:
    """Where a module stands: "dialogs.desk" for all in that folder, "dialogs.engine" for itself in a package's root."""
    return ".".join(module.split(".")[:2])


@cache
def rooms() -> Mapping[str, Mapping[str, frozenset[tuple[str, str]]]]:
    """For each room those that it imports from, with the modules that do: (importing, imported)."""
    found: dict[str, dict[str, frozenset[tuple[str, str]]]] = {room(module): {} for module in modules()}
    for module, known in edges().items():
        for other in known:
            if room(other) != room(module):
                here = found[room(module)]
                here[room(other)] = here.get(room(other), frozenset()) | {(module, other)}
    return found


def circles(graph: Mapping[str, frozenset[str]]) -> set[frozenset[str]]:
    """The groups of nodes each of which leads to each other one."""
    reach = {node: _reached(graph, node) for node in graph}
    together = {frozenset(other for other in reach[node] if node in reach[other]) for node in graph}
    return {each for each in together if each}


def _reached(graph: Mapping[str, frozenset[str]], start: str) -> frozenset[str]:
    found: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting += graph[node]
    return frozenset(found)
