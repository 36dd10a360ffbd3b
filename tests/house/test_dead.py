"""Nothing dead: what no line of the program names is not kept; what only tests name stands in the tests."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from vulture import Vulture

from tests.house.source import PACKAGES, ROOT, modules, tree

EXCEPTIONS = {
    "EXCEL": "a member found by its value",
    "cache_ok": "read by SQLAlchemy",
    "do_request": "called by python-telegram-bot",
    "down_revision": "read by Alembic",
    "impl": "read by SQLAlchemy",
    "model_config": "read by pydantic",
    "pool_timeout": "named by python-telegram-bot's signature",
    "process_bind_param": "called by SQLAlchemy",
    "process_result_value": "called by SQLAlchemy",
    "published_at": "filled from a row of its table",
    "received_at": "filled from a row of its table",
    "repeated": "what became of an event, for who asks",
    "signer": "set by the name of its key",
    "write_timeout": "named by python-telegram-bot's signature",
}
"""What is not named and alive all the same, and why."""


def test_nothing_is_dead() -> None:
    """The exceptions are those it finds, so that none outlives its reason.

    Attributes are left out: those that are set and not read are of other libraries' objects.
    """
    finder = Vulture()
    finder.scavenge([str(ROOT / package) for package in PACKAGES])
    unused = [each for each in finder.get_unused_code(min_confidence=60) if each.typ != "attribute"]
    found = {each.name: str(each.filename.relative_to(ROOT)) for each in unused}
    assert {name: file for name, file in found.items() if name not in EXCEPTIONS} == {}
    assert EXCEPTIONS.keys() - found.keys() == set()


def test_what_a_module_keeps_to_itself_it_uses() -> None:
    """The finder knows names and not whose they are: a private one may be alive elsewhere and dead here."""
    assert {(module, name) for module in modules() for name in set(_kept(module)) - _read(module)} == set()


def _kept(module: str) -> Iterator[str]:
    """The private names that a module binds at its top."""
    for node in tree(module).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            names = [node.name]
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)]
        else:
            names = []
        yield from (name for name in names if name.startswith("_") and not name.startswith("__"))


def _read(module: str) -> set[str]:
    """The names that it reads anywhere."""
    nodes = (node for node in ast.walk(tree(module)) if isinstance(node, ast.Name))
    return {node.id for node in nodes if isinstance(node.ctx, ast.Load)}
