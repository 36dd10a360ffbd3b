"""The compiled Word by itself: its way goes from storage to ``exports.word``, past the workbook."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from docx import Document

from tests.databases import copied_sqlite
from tests.office.compiled_office import CAMPAIGN, OWN_TEXT, TEXT, fill, found_office
from tests.office.province import NOW

_SCRIPT = """
import sys
from datetime import datetime
from pathlib import Path
from bot.documents import compiled_word
from storage.campaigns import campaigns
from storage.campaigns.turn_cache import TurnCache
from storage.compiled import compiled_data
from storage.compiled.compiled_scope import scope_of
from storage.schema.database import open_database
from storage.units import units

address, campaign, at, folder = sys.argv[1:]
database = open_database(address)
with database.read() as connection:
    asked = campaigns.by_key(connection, campaign)
    unit = units.by_code(connection, "T", asked.reference_date)
    scope = scope_of(connection, TurnCache(), asked, unit.id)
    made = compiled_word.write(scope, compiled_data.read(scope, datetime.fromisoformat(at)), Path(folder))
database.close()
print(*(path.name for path in made))
print(*(name for name in sys.modules if name.partition(".")[0] == "openpyxl" or name.startswith("exports.excel")))
"""


def test_a_compiled_word_is_made_without_the_workbook(sqlite_template: Path, tmp_path: Path) -> None:
    """In a process of its own, which then has loaded nothing of ``exports.excel``."""
    with copied_sqlite(sqlite_template, tmp_path / "office.db") as database:
        fill(found_office(database))
    words = [f"sqlite:///{tmp_path / 'office.db'}", CAMPAIGN, NOW.isoformat(), str(tmp_path)]
    result = subprocess.run(
        [sys.executable, "-c", _SCRIPT, *words], capture_output=True, text=True, check=True, timeout=120
    )
    name, loaded = result.stdout.splitlines()
    assert loaded == ""
    texts = [each.text for each in Document(str(tmp_path / name)).paragraphs]
    assert any(OWN_TEXT in text for text in texts)
    assert any(TEXT in text for text in texts)
