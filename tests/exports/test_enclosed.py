"""Files attached to items are named in the unit's and in the compiled Word and Excel, by unit and item."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import docx
import openpyxl
import pytest
from sqlalchemy import Connection

from bot.documents import compiled_files
from bot.documents.unit_documents import unit_documents
from dialogs.forms.answers import Address, State
from dialogs.forms.form_file import shipped_keys
from dialogs.forms.local_rows import name_column
from dialogs.values.effects import SaveAnswer, SendReport
from storage.campaigns.campaigns import Opening
from storage.campaigns.turn_cache import TurnCache
from storage.compiled import unit_data
from storage.effects import apply
from storage.messages.context import Context
from storage.people import people
from storage.reports import evidence
from storage.reports.evidence import Wanted
from storage.schema.database import Database
from tests import evidence_files as made
from tests.office.founding import NOW, REFERENCE, ZONE, Founded

CAMPAIGN = "kl102-2019"
LEAD = "Tài liệu gửi kèm theo báo cáo này:"
LEAD_OF_UNITS = "Tài liệu các đơn vị gửi kèm theo báo cáo:"
TAB = "Tài liệu kèm theo"


class Office:
    """H1 with the communes X1 and X2, each with one official."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.cache = TurnCache()
        self.office = Founded()
        with database.write() as connection:
            self.office.publish(connection, *shipped_keys())
            self._unit(connection, "H1", "Huyện ủy Thanh Sơn", "huyen", "")
            self._unit(connection, "X1", "Đảng ủy xã An Bình", "xa", "H1")
            self._unit(connection, "X2", "Đảng ủy xã Bình Minh", "xa", "H1")
            self.office.open(connection, Opening(CAMPAIGN, "H1", REFERENCE))

    def _unit(self, connection: Connection, code: str, name: str, kind: str, above: str) -> None:
        self.office.add(connection, code, name, kind, above)
        self.office.hire(connection, code, f"Cán bộ {code}", code, people.OFFICIAL, account=("telegram", code))

    def who(self, code: str) -> Context:
        office = self.office
        return Context(office.people[code], office.accounts[code], "telegram", code, None, "1", NOW)

    def report(self, code: str) -> int:
        with self.database.read() as connection:
            return unit_data.find(connection, CAMPAIGN, code)

    def attach(self, code: str, field: str, row: str, name: str, note: str = "") -> None:
        who, report = self.who(code), self.report(code)
        with self.database.write() as connection:
            wanted = Wanted(report, field, row, note, who.person.id, who.account, "telegram")
            evidence.keep(connection, wanted, name, "application/pdf", made.pdf(name.encode().hex().encode()), NOW)

    def send(self, code: str) -> None:
        with self.database.write() as connection:
            apply(connection, [SendReport(self.report_in(connection, code))], self.who(code), self.cache)

    def report_in(self, connection: Connection, code: str) -> int:
        return unit_data.find(connection, CAMPAIGN, code)

    def papers(self, code: str) -> tuple[list[str], list[list[object]]]:
        """The paragraphs of the unit's own Word, the rows of the sheet of files ([]: there is none)."""
        with self.database.read() as connection:
            word, excel = unit_documents(connection, self.cache, self.report(code), NOW, ZONE)
        return paragraphs(word.content), rows(excel.content)


def paragraphs(content: bytes) -> list[str]:
    return [each.text for each in docx.Document(io.BytesIO(content)).paragraphs]


def rows(content: bytes) -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    if TAB not in book.sheetnames:
        return []
    return [[cell.value for cell in row] for row in book[TAB].iter_rows(min_row=2)]


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)


def first_leaves(office: Office) -> tuple[str, str]:
    with office.database.read() as connection:
        form = unit_data.read(connection, office.cache, office.report("X1"), NOW).form
    found = [field.key for field in form.fields()]
    return found[0], found[2]


def after(lead: str, found: Iterable[str]) -> list[str]:
    lines = list(found)
    at = lines.index(lead)
    return lines[at + 1 : at + 3]


def test_a_unit_report_names_its_files_item_by_item(office: Office) -> None:
    """At the end of the text, in the order of the outline and not in that of their coming; in Excel a line each."""
    first, third = first_leaves(office)
    office.attach("X1", third, "", "b.pdf")
    office.attach("X1", first, "", "a.pdf", "Ảnh lễ ký")
    office.attach("X1", first, "", "=c.pdf")
    word, excel = office.papers("X1")
    items = after(LEAD, word)
    assert items[0].endswith(": a.pdf (Ảnh lễ ký); =c.pdf.")
    assert items[1].endswith(": b.pdf.")
    assert [(row[0], row[3], row[5], row[7], row[8]) for row in excel] == [
        ("X1", "a.pdf", "Cán bộ X1", "Ảnh lễ ký", first),
        ("X1", "=c.pdf", "Cán bộ X1", None, first),
        ("X1", "b.pdf", "Cán bộ X1", None, third),
    ]
    assert {row[6] for row in excel} == {datetime(2019, 4, 1, 9, 0)}  # noqa: DTZ001


def test_a_report_without_files_says_nothing_of_them(office: Office) -> None:
    office.attach("X2", first_leaves(office)[0], "", "a.pdf")
    word, excel = office.papers("X1")
    assert LEAD not in word
    assert excel == []


def test_a_row_that_the_unit_added_is_called_by_its_name(office: Office) -> None:
    with office.database.write() as connection:
        report = office.report_in(connection, "X1")
        form = unit_data.read(connection, office.cache, report, NOW).form
        table = next(each for each in form.tables if each.open_rows)
        name = name_column(table)
        assert name is not None
        save = SaveAnswer(report, Address(table.key, "them.1", name.key), State.VALUE, "Tổ hòa giải")
        apply(connection, [save], office.who("X1"), office.cache)
    office.attach("X1", table.key, "them.1", "a.pdf")
    word, _ = office.papers("X1")
    assert "Tổ hòa giải: a.pdf." in after(LEAD, word)[0]


def test_a_compiled_report_names_the_files_of_the_units_that_count(office: Office, tmp_path: Path) -> None:
    """Under each unit's name; of a unit that has not sent nothing is told, not even that it has files."""
    first, third = first_leaves(office)
    office.attach("X1", first, "", "a.pdf")
    office.attach("X1", third, "", "b.pdf")
    office.attach("X2", first, "", "bi-mat.pdf")
    office.send("X1")
    with office.database.read() as connection:
        paths = compiled_files.write(connection, CAMPAIGN, "H1", NOW, ZONE, tmp_path).paths
    files = {path.suffix: path.read_bytes() for path in paths}
    word, excel = paragraphs(files[".docx"]), rows(files[".xlsx"])
    told = after(LEAD_OF_UNITS, word)[0]
    assert told.startswith("Đảng ủy xã An Bình: ")
    assert "a.pdf" in told
    assert "b.pdf" in told
    assert [(row[1], row[3]) for row in excel] == [("Đảng ủy xã An Bình", "a.pdf"), ("Đảng ủy xã An Bình", "b.pdf")]
    assert "bi-mat" not in "\n".join(word)
