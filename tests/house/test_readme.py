"""The README is true: every variable and command it should name is there, and CI runs what it says."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from bot.config.doors import DOORS
from bot.config.settings import NAMES, PREFIX
from dialogs.values.rights import as_table

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_environment_variable_is_documented() -> None:
    """What ``bot/config/settings.py`` reads stands in the README, the variables of every door among it."""
    of_doors = {setting.name for door in DOORS for setting in door.settings}
    read = {f"{PREFIX}{name}" for name in {*NAMES, *of_doors}}

    assert len(read) >= 7
    assert {name for name in read if name not in README} == set()


def test_the_environment_is_read_in_one_file() -> None:
    """Nobody else looks into ``os.environ`` for a setting."""
    readers = {
        str(path.relative_to(ROOT))
        for package in ("bot", "dialogs", "storage", "exports")
        for path in (ROOT / package).rglob("*.py")
        if "environ" in path.read_text(encoding="utf-8")
    }

    assert readers == {"bot/cli.py", "bot/config/settings.py"}


def test_every_command_is_documented() -> None:
    """Each command of the command line is shown with its name."""
    source = (ROOT / "bot" / "cli.py").read_text(encoding="utf-8")
    names = set(re.findall(r'_add\(found, "([a-z]+)"', source))

    assert {"demo", "run", "chat", "compile", "progress", "read", "diagram", "invite"} <= names
    assert {name for name in names if f"baocao {name}" not in README} == set()


def test_ci_finds_the_lines_it_runs() -> None:
    """The optional line and the test command stand in the README as ``.ci/run`` looks for them."""
    assert len(re.findall(r"^    apt-get update .*$", README, flags=re.M)) == 1
    assert len(re.findall(r"^    uv run --group test .*pytest.*$", README, flags=re.M)) == 1
    assert "pip install uv && uv run baocao demo" in README


def test_the_demo_does_not_bring_the_test_tools() -> None:
    """Test tools are a group of their own, and no group is installed by itself."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime = " ".join(project["project"]["dependencies"])

    assert project["tool"]["uv"]["default-groups"] == []
    assert not re.search(r"pgserver|playwright|pytest|hypothesis|mypy|ruff", runtime)


def test_linked_files_exist() -> None:
    """No link or picture of the README leads nowhere."""
    targets = re.findall(r"\]\((?!http)([^)#]+)\)", README)

    assert targets
    assert {target for target in targets if not (ROOT / target).exists()} == set()


def test_the_map_of_the_house_is_true() -> None:
    """Every file and folder that it names is there."""
    named = set(re.findall(r"`((?:bot|dialogs|storage|exports|tests)/[\w/.]*)`", README))

    assert len(named) >= 20
    assert {path for path in named if not (ROOT / path).exists()} == set()


def test_the_table_of_rights_is_the_programs_own() -> None:
    """What the README prints is what is asked at every event."""
    assert as_table() in README
