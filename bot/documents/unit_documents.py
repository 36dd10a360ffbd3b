"""One unit's Word and Excel: what storage holds becomes a report, the report becomes bytes.

This brings the document libraries with it, a third of the time a command takes to start: import it where it is used.
"""

from __future__ import annotations

from datetime import datetime, tzinfo

from sqlalchemy import Connection

from bot.documents.made_files import EXCEL_TYPE, WORD_TYPE, Made, file_stem
from dialogs.answering import checks
from dialogs.forms.local_rows import local_rows
from dialogs.forms.questions import questions
from dialogs.values.report_data import UnitReportData, Warned
from exports.excel import workbook
from exports.unit.unit_report import unit_report
from exports.word import document
from storage.campaigns.turn_cache import TurnCache
from storage.compiled import unit_data
from storage.compiled.unit_figures import last_of


def unit_documents(
    connection: Connection, cache: TurnCache, report: int, now: datetime, zone: tzinfo
) -> tuple[Made, ...]:
    """Return the Word and the Excel of one unit as its answers stand on the caller's snapshot."""
    data = unit_data.read(connection, cache, report, now.astimezone(zone))
    printed = unit_report(data, _warnings(connection, cache, report, data))
    stem = file_stem(data.campaign, data.unit_code, data.unit_name, data.sent)
    return (
        Made(f"{stem}.docx", WORD_TYPE, document.render(printed)),
        Made(f"{stem}.xlsx", EXCEL_TYPE, workbook.render(printed)),
    )


def _warnings(connection: Connection, cache: TurnCache, report: int, data: UnitReportData) -> tuple[Warned, ...]:
    """Return the findings of the form's checks, with the reasons that were given for keeping the figures."""
    asked = questions(data.form, data.respondent, local_rows(data.form, data.answers))
    found = checks.findings(data.form, asked, data.answers, last_of(connection, cache, report, data.form, asked))
    return tuple(Warned(data.unit_name, *each.addresses[0], each.message, each.explanation) for each in found)
