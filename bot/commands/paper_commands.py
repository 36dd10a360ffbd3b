"""The command that writes documents: it brings the document libraries with it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection

from bot.commands import acting
from bot.config.running import Stop, open_store
from bot.config.settings import Settings
from bot.documents import compiled_files
from bot.documents.compiled_word import MOST_WORD_UNITS
from bot.documents.made_files import put_bytes
from bot.documents.unit_documents import unit_documents
from bot.runtime import texts
from bot.runtime.timing import now
from dialogs.values.rights import Right
from storage.campaigns.turn_cache import TurnCache
from storage.compiled import unit_data


def compile_report(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the Word and the Excel of one unit, or of it and everything below it, and print their paths."""
    database = open_store(settings)
    write = _write_compiled if arguments.compiled else _write_own
    try:
        with database.read() as connection:
            if arguments.handle:
                right = Right.REPORT_COMPILE if arguments.compiled else Right.REPORT_READ
                acting.require(connection, arguments.handle, right, arguments.campaign, arguments.unit, now())
            paths = write(connection, arguments, settings)
    except OSError as error:
        raise Stop(texts.cannot_write(str(arguments.out), error.strerror or "")) from error
    for path in paths:
        print(path)
    return 0


def _write_own(connection: Connection, arguments: argparse.Namespace, settings: Settings) -> Sequence[Path]:
    report = unit_data.find(connection, arguments.campaign, arguments.unit)
    made = unit_documents(connection, TurnCache(), report, now(), settings.zone)
    arguments.out.mkdir(parents=True, exist_ok=True)
    return [put_bytes(arguments.out / each.name, each.content) for each in made]


def _write_compiled(connection: Connection, arguments: argparse.Namespace, settings: Settings) -> Sequence[Path]:
    compiled_files.find(connection, arguments.campaign, arguments.unit)
    arguments.out.mkdir(parents=True, exist_ok=True)
    made = compiled_files.write(connection, arguments.campaign, arguments.unit, now(), settings.zone, arguments.out)
    print(texts.compiled_from(made.unit_name, made.counted, made.owing), file=sys.stderr)
    if made.words > 1:
        print(texts.compiled_in_parts(made.words, MOST_WORD_UNITS), file=sys.stderr)
    return made.paths
