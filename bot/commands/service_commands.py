"""What each command of the command line does. Expected failures are ``Stop``: one line, exit 1."""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import sys
from pathlib import Path
from typing import Any

from bot.commands import chat
from bot.config.running import Stop, open_store
from bot.config.settings import Settings
from bot.demo import building
from bot.demo.units import PEOPLE
from bot.documents.workshop import Workshop
from bot.runtime import texts
from bot.runtime.timing import now
from bot.turns.turn import Turn
from dialogs import machine
from dialogs.forms.answers import json_value
from dialogs.forms.form_file import FormError, check_form, read_form, shipped_keys, shipped_text
from dialogs.kinds import KINDS, READ, Kind
from dialogs.reading import Option, Outcome, Reading, Spec, read
from dialogs.values.rights import as_table
from storage.campaigns import campaigns, forms
from storage.campaigns.turn_cache import TurnCache
from storage.compiled import progress
from storage.schema import meta
from storage.schema.database import Database

READ_KINDS = {each.value: each for each in KINDS if each in READ} | {"nodata": Kind.INTEGER}
"""The kinds that ``baocao read`` takes, by name; "nodata" is another name of a whole number."""
PROCESS = "cli"


# --- the service --------------------------------------------------------------------------------------------------


def demo(arguments: argparse.Namespace, settings: Settings) -> int:
    """Make the made-up province if it is not there, then serve the web chat."""
    database = open_store(settings)
    with database.read() as connection:
        marked, empty = building.is_demo(connection), building.is_empty(connection)
    if not marked and not empty:
        raise Stop(texts.not_demo(database.name))
    if marked and arguments.fresh:
        database = _anew(database, settings)
        marked = False
    if not marked:
        _build(database, settings)
    if not arguments.no_serve:
        port = settings.port if arguments.port is None else arguments.port
        _serve(settings, database, port, demo=True)
    return 0


def _anew(database: Database, settings: Settings) -> Database:
    database.clear()
    database.close()
    return open_store(settings)


def _build(database: Database, settings: Settings) -> None:
    print(texts.DEMO_BUILDING, file=sys.stderr, flush=True)
    building.build(database, now(), settings.zone)
    with database.read() as connection:
        opened = campaigns.by_key(connection, building.CAMPAIGN)
        asked = len(progress.of_campaign(connection, TurnCache(), opened, now())) if opened else 0
    print(texts.demo_ready(asked, len(PEOPLE)), file=sys.stderr, flush=True)


def run(_: argparse.Namespace, settings: Settings) -> int:
    """Every door that has a token, the sender and the workshop; the web chat where it has an address, or is a demo."""
    database = open_store(settings)
    with database.read() as connection:
        is_demo = meta.get(connection, building.MARK) is not None
    _serve(settings, database, settings.port, is_demo)
    return 0


def _serve(settings: Settings, database: Database, port: int, demo: bool) -> None:
    # The doors bring the web server and the Telegram library with them; the other commands start without either.
    from bot.service import app

    _keep_what_is_there()
    asyncio.run(app.serve(settings, database, now, port, demo))


def _keep_what_is_there() -> None:
    """Spare the program itself, which is no garbage, the collector's looks: they were a tenth of what a turn costs.

    A turn leaves few circles behind, so that there is no hurry to look for them either.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 50, 50)


def talk(arguments: argparse.Namespace, settings: Settings) -> int:
    """The dialog in the terminal, for a person or as JSON lines."""
    database = open_store(settings)
    workshop = Workshop(database, now, settings.zone, PROCESS)
    terminal = chat.open_terminal(database, Turn(now, settings.zone), workshop, arguments.handle)
    if arguments.jsonl:
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        chat.json_lines(terminal, chat.standard_input(), sys.stdout)
        return 0
    try:
        record = arguments.transcript.open("w", encoding="utf-8") if arguments.transcript else None
    except OSError as error:
        raise Stop(texts.cannot_write(str(arguments.transcript), error.strerror or "")) from None
    try:
        chat.talk(terminal, input, print, record)
    finally:
        if record is not None:
            record.close()
    return 0


# --- the paper ----------------------------------------------------------------------------------------------------


def compile_report(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the Word and the Excel of one unit, or of it and everything below it, and print their paths."""
    # The paper brings the document libraries with it; the other commands start without them.
    from bot.commands import paper_commands

    return paper_commands.compile_report(arguments, settings)


# --- forms --------------------------------------------------------------------------------------------------------


def _form_text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError:
        raise Stop(texts.no_such_file(str(path))) from None
    except UnicodeDecodeError:
        raise Stop(texts.not_utf8(str(path))) from None


def form_check(arguments: argparse.Namespace, _: Settings) -> int:
    """Print every problem of a form file: file, place, what is wrong, what to write instead."""
    problems = check_form(_form_text(arguments.file))
    for problem in problems:
        print(f"{arguments.file}: {problem.place}: {problem.wrong} {problem.write}", file=sys.stderr)
    if not problems:
        print(texts.form_good(str(arguments.file)))
    return 1 if problems else 0


def form_publish(arguments: argparse.Namespace, settings: Settings) -> int:
    """Freeze a form in the database; the same version with another text is refused."""
    text = _form_text(arguments.file)
    problems = check_form(text)
    if problems:
        return form_check(arguments, settings)
    database = open_store(settings)
    try:
        with database.write() as connection:
            forms.publish(connection, text, now())
    except FormError as error:
        raise Stop(str(error)) from None
    print(texts.form_published(str(arguments.file)))
    return 0


def form_list(_: argparse.Namespace, settings: Settings) -> int:
    """Print the forms that are shipped with the program and those published in the database."""
    database = open_store(settings)
    with database.read() as connection:
        published = {(each.key, each.version): each for each in forms.published(connection)}
    for key in shipped_keys():
        form = read_form(shipped_text(key))
        state = texts.FORM_PUBLISHED if (form.key, form.version) in published else texts.FORM_SHIPPED
        published.pop((form.key, form.version), None)
        print(texts.form_line(form.key, form.version, form.short_title, state))
    for each in published.values():
        print(texts.form_line(each.key, each.version, each.title, texts.FORM_PUBLISHED))
    return 0


def rights(_: argparse.Namespace, __: Settings) -> int:
    """Print who may do what where, as a Markdown table."""
    print(as_table(), end="")
    return 0


def diagram(_: argparse.Namespace, __: Settings) -> int:
    """Print the dialog's states and ways, drawn from the table that runs it."""
    print(machine.diagram(), end="")
    return 0


# --- reading ------------------------------------------------------------------------------------------------------


def read_lines(arguments: argparse.Namespace, _: Settings) -> int:
    """Read one typed answer a line and print how it is understood, one JSON object a line."""
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    kind = READ_KINDS[arguments.kind]
    spec = Spec(kind, arguments.measure or KINDS[kind].measure)
    for line in chat.standard_input():
        text = _line_text(line.rstrip("\r\n"), arguments.jsonl)
        print(json.dumps(reading_json(read(text, spec)), ensure_ascii=False), flush=True)
    return 0


def _line_text(line: str, as_json: bool) -> str:
    if not as_json:
        return line
    try:
        given: Any = json.loads(line)
    except ValueError:
        return line
    if isinstance(given, dict):
        given = given.get("text", "")
    return given if isinstance(given, str) else line


def reading_json(reading: Reading) -> dict[str, Any]:
    """Return a reading as ``baocao read`` prints it."""
    options = [_option(option) for option in reading.options]
    value = 0 if reading.outcome is Outcome.ZERO else json_value(reading.value)
    why = reading.why or reading.echo
    return {"state": reading.outcome.value, "value": value, "options": options, "why": why}


def _option(option: Option) -> Any:
    if option.outcome in (Outcome.ZERO, Outcome.NONE):
        return option.outcome.value
    value = option.value
    return json_value(value)
