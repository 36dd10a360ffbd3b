"""The rooms of the house: who may import whom, how many files stand in one, and what its first lines say."""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from tests.house.source import PACKAGES, ROOT, circles, edges, modules, room, rooms, tree

_GROUND = "kinds reading forms values texts"
MAY_IMPORT = {
    "dialogs": {
        "kinds": "",
        "reading": "kinds",
        "forms": "kinds reading",
        "values": "kinds forms",
        "texts": "kinds reading forms values",
        "meaning": "kinds reading forms",
        "turn": "kinds reading forms values texts",
        "reminders": "reading forms values texts turn",
        "answering": f"{_GROUND} meaning turn",
        "desk": f"{_GROUND} turn reminders answering",
        "colleagues": f"{_GROUND} turn answering desk",
        "campaigns": f"{_GROUND} turn reminders desk",
        "people": "reading forms values texts turn desk",
        "overview": "kinds reading meaning forms values texts turn answering desk colleagues",
        "machine": "turn reminders answering desk colleagues campaigns people overview",
        "stored": "forms values turn machine",
        "engine": f"{_GROUND} turn answering colleagues people overview machine",
    },
    "storage": {
        "schema": "",
        "migrations": "schema",
        "units": "schema",
        "campaigns": "schema units",
        "messages": "schema",
        "people": "schema units campaigns messages",
        "sums": "schema campaigns",
        "reports": "schema units campaigns messages people sums",
        "compiled": "schema units campaigns messages people sums reports",
        "reminders": "schema units campaigns messages people reports",
        "record": "schema campaigns messages people compiled",
        "desk": "schema units campaigns people reports compiled",
        "manage": "schema units campaigns messages people sums reports",
        "decision_handlers": "campaigns messages people reports compiled reminders record manage",
        "effects": "schema campaigns messages people reports decision_handlers",
        "world": "schema campaigns people reports compiled reminders record desk manage",
    },
    "exports": {
        "figures": "",
        "report": "",
        "profiles": "figures",
        "standings": "",
        "sheet_names": "",
        "text_metrics": "",
        "place_names": "report sheet_names",
        "extra_rows": "figures report",
        "enclosed": "report",
        "total_notes": "report sheet_names",
        "unit": "figures report profiles extra_rows enclosed",
        "compiled": "figures report profiles standings extra_rows enclosed unit",
        "word": "figures report profiles standings sheet_names text_metrics total_notes",
        "excel": "figures report profiles standings sheet_names text_metrics place_names extra_rows total_notes",
        "picture": "",
    },
    "bot": {
        "runtime": "",
        "channels": "runtime",
        "inspecting": "channels",
        "web": "runtime channels inspecting",
        "config": "runtime channels web",
        "documents": "runtime",
        "turns": "runtime channels inspecting",
        "sending": "runtime channels",
        "imports": "runtime config",
        "demo": "channels turns",
        "service": "runtime channels web config documents turns sending demo",
        "commands": "runtime channels inspecting config documents turns imports demo service",
        "cli": "runtime channels config imports commands",
    },
}
"""Room by room of each package, from the ground up: what it may import of its own package. A room here is a folder
of the package, or a module in its root."""

FROM_BELOW = {
    ("storage", "dialogs"): "machine kinds reading forms values texts turn reminders people stored",
    ("exports", "dialogs"): "kinds reading forms values texts",
    ("bot", "dialogs"): "kinds reading forms values texts turn answering people machine engine",
    ("bot", "exports"): "report standings place_names unit compiled word excel picture",
    ("bot", "storage"): "schema units campaigns messages people reports compiled reminders record manage effects world",
}
"""What a package may import of those that it stands on."""


def permitted(here: str, there: str) -> bool:
    """Whether the tables let one room import another."""
    package, _, name = here.partition(".")
    other, _, wanted = there.partition(".")
    told = MAY_IMPORT[package].get(name, "") if package == other else FROM_BELOW.get((package, other), "")
    return wanted in told.split()


def test_every_room_stands_in_the_table() -> None:
    """And none that is gone."""
    known = {f"{package}.{name}" for package, told in MAY_IMPORT.items() for name in told}
    assert known == set(rooms()) - set(PACKAGES)


@pytest.mark.parametrize("package", PACKAGES)
def test_the_table_is_in_the_order_of_building(package: str) -> None:
    """A room may import only rooms that stand before it: so the table has no circle."""
    names = list(MAY_IMPORT[package])
    wrong = {
        (name, other)
        for at, name in enumerate(names)
        for other in MAY_IMPORT[package][name].split()
        if other not in names[:at]
    }
    assert wrong == set()


def test_a_room_imports_only_what_the_table_says() -> None:
    """For types, inside functions, anywhere."""
    wrong = {
        (here, there): " ".join(sorted({module.rpartition(".")[2] for module, _ in through}))
        for here, known in rooms().items()
        for there, through in known.items()
        if not permitted(here, there)
    }
    assert wrong == {}


def test_nothing_is_permitted_in_advance() -> None:
    """What no module makes use of is struck from the tables."""
    known = {(here, there) for here, through in rooms().items() for there in through}
    told = {
        (f"{package}.{name}", f"{package}.{other}")
        for package in PACKAGES
        for name, may in MAY_IMPORT[package].items()
        for other in may.split()
    }
    assert told - known == set()
    between = {(here.partition(".")[0], there) for here, there in known}
    assert {(above, f"{below}.{name}") for (above, below), may in FROM_BELOW.items() for name in may.split()} <= between


def test_no_import_circles() -> None:
    """Modules can be read in an order in which each builds on those before it, whatever they import for and where."""
    assert circles(edges()) == set()


def test_no_folder_is_a_warehouse() -> None:
    """At most 12 modules in a package's root, 20 in a room; the readings keep their 25 behind one facade."""
    counts = Counter(path.parent.relative_to(ROOT) for path in modules().values() if path.name != "__init__.py")
    most = {Path(package): 12 for package in PACKAGES} | {Path("dialogs/reading"): 25}
    assert {str(folder): count for folder, count in counts.items() if count > most.get(folder, 20)} == {}


def test_the_tests_mirror_the_rooms() -> None:
    """A folder of tests stands for a room; beside them are only checkers of files that know none of the program."""
    kept = {"dialogs/transcripts", "dialogs/dumps", "storage/schema/dumps", "exports/docx", "exports/xlsx"}
    folders = {
        path.parent.relative_to(ROOT / "tests") for path in (ROOT / "tests").rglob("*.*") if path.suffix != ".pyc"
    }
    mirrored = {each for each in folders if each.parts and each.parts[0] in PACKAGES}
    assert {str(each) for each in mirrored if not (ROOT / each).is_dir()} <= kept


def test_no_public_class_name_twice() -> None:
    """One name, one thing."""
    homes: dict[str, list[str]] = defaultdict(list)
    for module in modules():
        for node in tree(module).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes[node.name].append(module)
    assert {name for name, where in homes.items() if len(where) > 1} == set()


def test_sentences_are_made_of_values() -> None:
    """No text knows a turn in the making."""
    texts = [module for module in modules() if room(module) == "dialogs.texts"]
    knowing = {
        module
        for module in texts
        for node in ast.walk(tree(module))
        if "TurnState" in (getattr(node, "id", ""), getattr(node, "name", ""), getattr(node, "attr", ""))
    }
    assert knowing == set()


FOLDERS = sorted(name for name in rooms() if name not in PACKAGES and modules()[name].name == "__init__.py")


@pytest.mark.parametrize("name", FOLDERS)
def test_a_room_says_what_it_is_for(name: str) -> None:
    """Its first lines: for what it is, what it may import, in which order to read it, each true."""
    said = ast.get_docstring(tree(name)) or ""
    package, _, here = name.partition(".")
    may = ", ".join(MAY_IMPORT[package][here].split()) or "nothing of its package"
    told = re.search(rf"\A[A-Z].+\n\n(?:.+\n)*May import: {may}\.\nRead: (.+(?:\n.+)*)\Z", said)
    assert told is not None, said
    inside = {module.rpartition(".")[2] for module in modules() if module.startswith(f"{name}.")}
    assert inside & set(re.findall(r"[a-z_]+", told[1]))
    assert {word for word in re.findall(r"[a-z]+_[a-z_]+", told[1]) if word not in inside} == set()


def test_a_docstring_speaks_of_its_own_thing() -> None:
    """Read alone, as an editor shows it: "The same" says nothing there."""
    texts = {module: path.read_text(encoding="utf-8") for module, path in modules().items()}
    assert {module for module, text in texts.items() if re.search(r'"""\s*(The same|As above|Likewise)', text)} == set()


def test_what_the_source_points_to_is_there() -> None:
    """A file of the house that a comment or a docstring names has not moved away."""
    path = re.compile(r"(?<![\w/.])(?:bot|dialogs|storage|exports|tests)/[\w/]+\.\w+")
    sources = {str(file.relative_to(ROOT)): file.read_text(encoding="utf-8") for file in modules().values()}
    gone = {(file, each) for file, text in sources.items() for each in path.findall(text) if not (ROOT / each).exists()}
    dotted = re.compile(r"``((?:bot|dialogs|storage|exports|tests)(?:\.\w+)+)``")
    gone |= {(file, each) for file, text in sources.items() for each in dotted.findall(text) if not _is_there(each)}
    assert gone == set()


def _is_there(dotted: str) -> bool:
    """Whether a dotted name is a module, a folder, or something that a module defines."""
    above, _, name = dotted.rpartition(".")
    places = (ROOT.joinpath(*dotted.split(".")), ROOT.joinpath(*dotted.split(".")).with_suffix(".py"))
    return any(place.exists() for place in places) or (
        above in modules() and name in modules()[above].read_text("utf-8")
    )
