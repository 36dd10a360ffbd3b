"""``baocao unit``: the list of units that a province gives."""

from __future__ import annotations

import argparse
import sys

from bot.commands import command_texts
from bot.config import running
from bot.config.settings import Settings
from bot.imports import file_texts
from bot.imports.csv_file import CsvFault, read_csv
from bot.runtime.timing import now
from storage.schema.errors import Faulty
from storage.units import unit_import
from storage.units.unit_rows import OPTIONAL, REQUIRED

MAX_UNITS_BYTES = 10 * 1024 * 1024
"""Greatest list that is read: it is checked as a whole, in memory. All units of the country take a few megabytes."""

MOST_FAULTS = 50
MOST_NOTES = 20


def unit_import_file(arguments: argparse.Namespace, settings: Settings) -> int:
    """Take over a CSV list of units, all of it or nothing; say what changed, or everything that is wrong."""
    path = arguments.file
    try:
        rows = [(row.line, row.cells) for row in read_csv(path, REQUIRED, OPTIONAL, MAX_UNITS_BYTES)]
    except CsvFault as fault:
        raise running.Stop(str(fault)) from None
    if not rows:
        raise running.Stop(file_texts.import_no_rows(path.name))
    database = running.open_store(settings)
    try:
        with database.write() as connection:
            done = unit_import.run(connection, rows, now())
    except Faulty as error:
        return _told(path.name, error)
    print(command_texts.units_imported(path.name, done.new, done.changed, done.unchanged))
    for each in done.notes[:MOST_NOTES]:
        print(command_texts.note(each))
    if len(done.notes) > MOST_NOTES:
        print(command_texts.more_notes(len(done.notes) - MOST_NOTES))
    return 0


def _told(name: str, error: Faulty) -> int:
    for fault in error.faults[:MOST_FAULTS]:
        print(fault, file=sys.stderr)
    if len(error.faults) > MOST_FAULTS:
        print(command_texts.more_faults(len(error.faults) - MOST_FAULTS), file=sys.stderr)
    print(command_texts.nothing_imported(name, len(error.faults)), file=sys.stderr)
    return 1
