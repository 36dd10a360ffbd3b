"""``baocao answers import``: figures gathered before, from a CSV file, all of it or nothing.

First every line is read and checked, and what is right is staged (``storage/manage/staging.py``): nobody sees it, and
the dialog goes on between the small transactions. If anything is wrong the staged rows are dropped and nothing has
changed. Else the changes are shown and the batch is written (``storage/manage/import_commit.py`` says what is atomic
and what a killed process leaves). Memory holds one chunk of rows, the units of the campaign and the readings of short
texts, however long the file.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import TextIO

from sqlalchemy import Connection

from bot.config import running
from bot.config.settings import Settings
from bot.imports import file_texts
from bot.imports.answers_reading import Places, Reader, Unreadable, places
from bot.imports.csv_file import CsvFault, CsvFile, CsvRow, read_csv
from bot.runtime import texts
from bot.runtime.processes import this_process
from bot.runtime.timing import now
from dialogs.forms.answers import Address, State, Value
from dialogs.forms.form import Form
from dialogs.forms.local_rows import MAX_NAME, MOST_EXTRA_ROWS, is_local, is_name, name_column
from dialogs.forms.questions import Respondent
from dialogs.reading import date_text, number_text
from dialogs.reading.cleaning import shorten
from storage.campaigns import answers, campaigns
from storage.campaigns.campaigns import Campaign
from storage.campaigns.scope import ScopedReport, members
from storage.campaigns.turn_cache import TurnCache
from storage.manage import import_commit, staging
from storage.manage.staging import ROWS_AT_ONCE, Staged
from storage.schema.database import Database
from storage.schema.errors import Refused
from storage.units import units

REQUIRED = ("unit", "field", "row", "column", "value")
OPTIONAL = ("reason",)
MOST_SHOWN = 50
"""Errors, and changes, that are printed; the others are counted."""

SHOWN_TEXT = 60
BREATH = 0.005
"""Seconds between two writing transactions, in which a turn that waits gets its own."""


@dataclass(slots=True)
class _Errors:
    """The first errors by line, and how many there are in all."""

    shown: list[tuple[int, str]] = field(default_factory=list)
    count: int = 0

    def add(self, line: int, sentence: Callable[[], str]) -> None:
        """Note an error; its sentence is only made if it will be shown."""
        self.count += 1
        if len(self.shown) < MOST_SHOWN:
            self.shown.append((line, sentence()))


class Roster:
    """The units of a campaign by code, and the cells of each; units that are asked alike share theirs."""

    def __init__(self, connection: Connection, cache: TurnCache, campaign: Campaign) -> None:
        self.campaign = campaign
        everybody = members(connection, campaign, campaign.root)
        self.units = {each.unit.code: each for each in everybody}
        self._below: dict[int, set[tuple[int, Respondent]]] = {}
        for each in everybody:
            for upper in each.above:
                self._below.setdefault(upper, set()).add((each.form_version, each.respondent(campaign)))
        alike = {(each.form_version, each.respondent(campaign)) for each in everybody}
        self._figures = {key: cache.figures(connection, *key) for key in alike}
        self.forms = {version: cache.form(connection, version) for version, _ in alike}
        self._places: dict[tuple[int, Respondent, frozenset[tuple[int, Respondent]]], Places] = {}
        self._of: dict[int, Places] = {}

    def places(self, member: ScopedReport) -> Places:
        """Return the cells that a file may give for a unit."""
        found = self._of.get(member.submission)
        if found is None:
            below = frozenset(self._below.get(member.unit.id, ()))
            key = (member.form_version, member.respondent(self.campaign), below)
            if key not in self._places:
                summed = frozenset(address for each in below for address in self._figures[each])
                self._places[key] = places(self.form(member), key[1], summed)
            found = self._of[member.submission] = self._places[key]
        return found

    def form(self, member: ScopedReport) -> Form:
        return self.forms[member.form_version]


def import_answers(arguments: argparse.Namespace, settings: Settings) -> int:
    """Read, check, show and write a file of answers; 1 with its errors if anything in it is wrong."""
    database = running.open_store(settings)
    try:
        file = read_csv(arguments.file, REQUIRED, OPTIONAL)
        importing = Import(database, now, breathe, sys.stderr)
        return importing.run(arguments.campaign, file, arguments.sent, arguments.dry_run)
    except CsvFault as error:
        raise running.Stop(str(error)) from None


def breathe() -> None:
    """Let others write."""
    time.sleep(BREATH)


class Import:
    """An import into a database. ``between`` is called after every transaction, with nothing open."""

    def __init__(
        self, database: Database, now: Callable[[], datetime], between: Callable[[], None], errors: TextIO
    ) -> None:
        self._database = database
        self._now = now
        self._between = between
        self._out = errors
        self._cache = TurnCache()

    def run(self, campaign_key: str, file: CsvFile, send: bool, dry: bool) -> int:
        """Import a file into a campaign; return the exit code.

        Raises ``CsvFault`` if the file has no rows, ``Stop`` if there is no such campaign, it is closed,
        or another file is on its way into it.
        """
        with self._database.read() as connection:
            campaign = self._campaign(connection, campaign_key)
            roster = Roster(connection, self._cache, campaign)
        with self._database.write() as connection:
            if staging.busy(connection, campaign.id):
                raise running.Stop(file_texts.import_busy(campaign.key))
            batch = staging.begin(connection, campaign.id, file.path.name, send, this_process(), self._now())
        wanted = False
        try:
            errors = self._stage(file, roster, batch)
            if errors.count:
                return self._refuse(file, errors)
            self._show(batch, campaign)
            if dry:
                print(file_texts.IMPORT_DRY)
                return 0
            with self._database.read() as connection:
                order = import_commit.order(connection, batch, campaign)
            with self._database.write() as connection:
                import_commit.start(connection, batch, order, self._now())
            wanted = True
        finally:
            if not wanted:
                staging.drop(self._database, batch, self._between)
        self._write(batch, send)
        return 0

    def _campaign(self, connection: Connection, key: str) -> Campaign:
        found = campaigns.by_key(connection, key)
        if found is None:
            known = ", ".join(each.key for each in campaigns.every(connection))
            raise running.Stop(texts.no_such_campaign(key, known))
        if found.closed_at is not None:
            raise running.Stop(file_texts.import_closed(key))
        return found

    # --- reading and checking -------------------------------------------------------------------------------------

    def _stage(self, file: CsvFile, roster: Roster, batch: int) -> _Errors:
        """Check every row of the file and stage what is right; return what is wrong."""
        errors = _Errors()
        checker = _Checker(self._database, roster, errors)
        bar = _Bar(self._out, file_texts.IMPORT_READING)
        try:
            for rows in checker.chunks(file):
                with self._database.write() as connection:
                    doubles = staging.stage(connection, batch, rows, self._now())
                for each in rows:
                    if each.line in doubles:
                        errors.add(each.line, checker.double(each, doubles[each.line]))
                bar.show(file.read, file.size)
                self._between()
        except CsvFault as fault:
            errors.add(sys.maxsize, partial(str, fault))
        bar.end()
        if not errors.count and not checker.rows:
            raise CsvFault(file_texts.import_no_rows(file.path.name))
        if not errors.count:
            self._look_back(batch, checker)
        return errors

    def _look_back(self, batch: int, checker: _Checker) -> None:
        """Check what only the whole file can tell."""
        campaign = checker.roster.campaign
        with self._database.read() as connection:
            count, changes = staging.over_sent(connection, batch, campaign, MOST_SHOWN)
            checker.local_rows(connection)
        for each in changes:
            sentence = file_texts.import_at(each.line, each.unit, each.address, file_texts.import_over_sent())
            checker.errors.add(each.line, partial(str, sentence))
        checker.errors.count += count - len(changes)

    def _refuse(self, file: CsvFile, errors: _Errors) -> int:
        for _, sentence in sorted(errors.shown):
            print(sentence, file=self._out)
        print(file_texts.import_refused(file.path.name, errors.count, len(errors.shown)), file=self._out)
        return 1

    # --- showing and writing --------------------------------------------------------------------------------------

    def _show(self, batch: int, campaign: Campaign) -> None:
        with self._database.read() as connection:
            tally = staging.tally(connection, batch)
            changes = staging.changes(connection, batch, campaign, MOST_SHOWN)
        for each in changes:
            before = file_texts.IMPORT_NOT_ANSWERED if each.before is None else _shown(*each.before)
            print(file_texts.import_change(each.unit, each.address, before, _shown(*each.after)))
        print(file_texts.import_tally(tally.new, tally.changed, tally.same, len(changes)))

    def _write(self, batch: int, send: bool) -> None:
        bar = _Bar(self._out, file_texts.IMPORT_WRITING)

        def tick(done: int, every: int) -> None:
            bar.show(done, every)
            self._between()

        outcome = import_commit.finish(self._database, self._cache, batch, self._now, tick)
        bar.end()
        print(file_texts.import_done(outcome.name, outcome.written, outcome.same, outcome.sent if send else None))
        if outcome.left_count:
            print(file_texts.import_left(outcome.left_count), file=self._out)
            for unit, address in outcome.left:
                print(" ".join(filter(None, (unit, *address))), file=self._out)


class _Checker:
    """Turns rows of a file into answers to be staged, and notes what is wrong with the others."""

    def __init__(self, database: Database, roster: Roster, errors: _Errors) -> None:
        self.roster = roster
        self.errors = errors
        self.rows = 0
        self._database = database
        self._reader = Reader()
        self._named: dict[tuple[str, str, str], int] = {}

    def chunks(self, file: CsvFile) -> Iterator[list[Staged]]:
        """Yield what is right in the file, some rows at a time, no address twice among them."""
        some: dict[tuple[int, Address], Staged] = {}
        for row in file:
            self.rows += 1
            found = self._checked(row)
            if found is None:
                continue
            first = some.setdefault((found.report, found.address), found)
            if first is not found:
                self.errors.add(found.line, self.double(found, first.line))
            if len(some) >= ROWS_AT_ONCE:
                yield list(some.values())
                some.clear()
        if some:
            yield list(some.values())

    def _checked(self, row: CsvRow) -> Staged | None:
        cells, line = row.cells, row.line
        code = cells["unit"].strip()
        member = self.roster.units.get(code)
        if member is None:
            self.errors.add(line, lambda: self._no_unit(line, code))
            return None
        address = Address(cells["field"].strip(), cells["row"].strip(), cells["column"].strip())
        known = self.roster.places(member)
        place = known.find(address)
        if place is None:
            self.errors.add(
                line, self._at(line, code, address, lambda: file_texts.import_unknown_address(known.near(address)))
            )
            return None
        try:
            meant = self._reader.read(place, cells["value"], cells["reason"])
            self._check_name(member, address, meant.value)
            found = staging.staged(member.submission, address, line, *meant, place.override)
        except (Unreadable, Refused) as error:
            why = str(error)
            self.errors.add(line, self._at(line, code, address, lambda: why))
            return None
        if is_local(address.row):
            self._note_local(member, address, line, meant.state)
        return found

    def _at(self, line: int, code: str, address: Address, why: Callable[[], str]) -> Callable[[], str]:
        shown = [shorten(part, SHOWN_TEXT) for part in address]
        return lambda: file_texts.import_at(line, code, shown, why())

    def double(self, again: Staged, first: int) -> Callable[[], str]:
        """Return the sentence on an address that stands in the file twice."""
        code = next(code for code, each in self.roster.units.items() if each.submission == again.report)
        return self._at(again.line, code, again.address, lambda: file_texts.import_double(first))

    def _no_unit(self, line: int, code: str) -> str:
        day = self.roster.campaign.reference_date
        with self._database.read() as connection:
            known = units.by_code(connection, code, day)
        if known is None:
            return file_texts.import_unknown_unit(line, shorten(code), day)
        return file_texts.import_unit_not_asked(line, code, self.roster.campaign.key)

    # --- rows that units added themselves --------------------------------------------------------------------------

    def _check_name(self, member: ScopedReport, address: Address, value: Value) -> None:
        """Refuse a name of an added row that is longer than the dialog takes."""
        if not (is_local(address.row) and isinstance(value, str) and len(value) > MAX_NAME):
            return
        table = self.roster.form(member).table(address.field)
        if is_name(table, address.row, table.column(address.column)):
            raise Refused(file_texts.import_long_name(len(value), MAX_NAME))

    def _note_local(self, member: ScopedReport, address: Address, line: int, state: State) -> None:
        """Keep which rows there are and on which line; 0 once one is named."""
        column = name_column(self.roster.form(member).table(address.field))
        key = (member.unit.code, address.field, address.row)
        if column is not None and address.column == column.key and state is State.VALUE:
            self._named[key] = 0
        else:
            self._named.setdefault(key, line)

    def local_rows(self, connection: Connection) -> None:
        """Note rows without a name, and units with more rows than one may add."""
        rows: dict[tuple[str, str], set[str]] = {}
        for (code, table, row), line in self._named.items():
            member = self.roster.units[code]
            column = name_column(self.roster.form(member).table(table))
            stored = answers.given(answers.load(connection, member.submission))
            own = rows.setdefault(
                (code, table), {each.row for each in stored if each.field == table and is_local(each.row)}
            )
            own.add(row)
            if line and column is not None and Address(table, row, column.key) not in stored:
                self.errors.add(
                    line, self._at(line, code, Address(table, row), partial(file_texts.import_nameless_row, column.key))
                )
            if len(own) == MOST_EXTRA_ROWS + 1:
                self.errors.add(
                    line,
                    self._at(line, code, Address(table, row), lambda: file_texts.import_too_many_rows(MOST_EXTRA_ROWS)),
                )


class _Bar:
    """How far something is, on a terminal; nothing elsewhere."""

    def __init__(self, out: TextIO, what: str) -> None:
        self._out = out
        self._what = what
        self._last = ""

    def show(self, done: int, every: int) -> None:
        """Draw it anew if it looks different."""
        line = file_texts.import_bar(self._what, done, every)
        if line != self._last and self._out.isatty():
            print(f"\r{line}", end="", file=self._out, flush=True)
        self._last = line

    def end(self) -> None:
        """Leave the line."""
        if self._last and self._out.isatty():
            print(file=self._out)


def _shown(state: State, value: Value) -> str:
    """Return an answer as one short piece of a line."""
    if state is State.ZERO:
        return "0"
    if state is State.NONE:
        return file_texts.IMPORT_NO_FIGURE
    if isinstance(value, int | Decimal):
        return number_text(value)
    if isinstance(value, date):
        return date_text(value)
    return shorten("; ".join(value) if isinstance(value, tuple) else str(value), SHOWN_TEXT)
