"""The house keeps its walls: which package may know which, and what the pure ones must not know."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import source
from tests.house.source import PACKAGES, ROOT, imported

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
    """The files of a package with their sources."""
    for name, path in source.modules().items():
        if top(name) == package:
            yield str(path.relative_to(ROOT)), source.tree(name)


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


def test_files_stay_short() -> None:
    """No file of the program is longer than 400 lines; a migration is a record and may be."""
    long = {
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if "versions" not in path.parts and len(path.read_text(encoding="utf-8").splitlines()) > 400
    }
    assert long == set()
