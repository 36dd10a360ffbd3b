"""The house keeps its walls: which package may know which, and what the pure ones must not know."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("bot", "dialogs", "exports", "storage")
MAY_KNOW = {
    "dialogs": {"dialogs"},
    "storage": {"storage", "dialogs"},
    "exports": {"exports", "dialogs"},
    "bot": {"bot", "storage", "exports", "dialogs"},
}
LIBRARIES = {
    "dialogs": {"transitions", "yaml", "pydantic", "pydantic_core"},
    "storage": {"sqlalchemy", "alembic"},
    "exports": {"docx", "openpyxl", "yaml", "pydantic", "lxml", "PIL"},
    "bot": {"sqlalchemy", "aiohttp", "telegram", "transitions", "yarl"},
}
CLOCKS = {"now", "utcnow", "today", "time", "monotonic", "perf_counter"}


def modules(package: str) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((ROOT / package).rglob("*.py")):
        yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, "imports are absolute"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def top(name: str) -> str:
    return name.partition(".")[0]


@pytest.mark.parametrize("package", PACKAGES)
def test_arrows_between_packages_go_one_way(package: str) -> None:
    """A package imports only what stands below it."""
    wrong = {
        (path, name)
        for path, tree in modules(package)
        for name in imported(tree)
        if top(name) in PACKAGES and top(name) not in MAY_KNOW[package]
    }
    assert wrong == set()


@pytest.mark.parametrize("package", PACKAGES)
def test_each_package_knows_only_its_own_libraries(package: str) -> None:
    """No SQL, network or document format where it does not belong."""
    import sys

    allowed = LIBRARIES[package] | set(PACKAGES) | set(sys.stdlib_module_names)
    wrong = {
        (path, top(name)) for path, tree in modules(package) for name in imported(tree) if top(name) not in allowed
    }
    assert wrong == set()


@pytest.mark.parametrize("package", ["dialogs", "exports"])
def test_the_pure_packages_know_no_clock_and_no_network(package: str) -> None:
    """Time and the outside come in as arguments."""
    outside = {"socket", "asyncio", "threading", "subprocess", "urllib.request", "http", "sqlite3", "random", "time"}
    wrong = {(path, name) for path, tree in modules(package) for name in imported(tree) if name in outside}
    for path, tree in modules(package):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
                owner = ast.unparse(node.func.value)
                if owner.rsplit(".", 1)[-1] in ("datetime", "date", "time"):
                    wrong.add((path, ast.unparse(node)))
    assert wrong == set()


def test_a_channel_knows_no_storage() -> None:
    """A door reads payloads and writes requests; it never looks anything up."""
    wrong = {
        (path, name)
        for path, tree in modules("bot")
        if path.startswith("bot/channels/")
        for name in imported(tree)
        if top(name) in ("storage", "sqlalchemy", "exports")
    }
    assert wrong == set()


def test_only_one_file_knows_each_document_library() -> None:
    """Word is ``word/``, Excel is ``excel/``, drawing is ``picture/``: nothing else imports their libraries."""
    homes = {"docx": "word", "openpyxl": "excel", "PIL": "picture"}
    wrong = {
        (path, name)
        for path, tree in modules("exports")
        for name in imported(tree)
        if top(name) in homes and Path(path).parent.name != homes[top(name)]
    }
    assert wrong == set()


def test_no_import_circles() -> None:
    """Modules can be read in an order in which each builds on those before it (types-only imports aside)."""
    trees = {path: tree for package in PACKAGES for path, tree in modules(package)}
    files = {path.removesuffix(".py").removesuffix("/__init__").replace("/", "."): path for path in trees}
    graph = {path: set(_run_time_imports(tree, set(files))) for path, tree in trees.items()}
    edges = {path: {files[name] for name in names if name in files} - {path} for path, names in graph.items()}
    while free := {path for path, needs in edges.items() if not needs & edges.keys()}:
        edges = {path: needs for path, needs in edges.items() if path not in free}
    assert edges == {}


def _run_time_imports(tree: ast.Module, files: set[str]) -> Iterator[str]:
    """Yield the modules imported; ``from package import module`` is the module, not what the package re-exports."""
    for node in tree.body:
        names = set(imported(ast.Module([node], []))) if isinstance(node, ast.Import | ast.ImportFrom) else set()
        modules_named = {name for name in names if name in files}
        inner = {name for name in modules_named if any(other.startswith(name + ".") for other in modules_named)}
        yield from modules_named - inner


def test_files_stay_short() -> None:
    """No file of the program is longer than 400 lines; a migration is a record and may be."""
    long = {
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if "versions" not in path.parts and len(path.read_text(encoding="utf-8").splitlines()) > 400
    }
    assert long == set()
