"""The warnings sheets: what a unit's official was told, last period's figures among it; what stands out among units."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import openpyxl
from sqlalchemy import Connection

from bot.documents.compiled_warnings import warnings
from bot.documents.unit_documents import unit_documents
from dialogs.answering.checks import findings
from dialogs.forms.answers import Address, State
from dialogs.forms.form_file import shipped_text
from dialogs.values.effects import SaveAnswer, SendReport
from storage.campaigns import campaigns, forms
from storage.campaigns.campaigns import Opening
from storage.campaigns.turn_cache import TurnCache
from storage.compiled import compiled_data
from storage.compiled.compiled_scope import scope_of
from storage.units import units
from storage.units.units import NewUnit
from tests.office.province import NOW, REFERENCE, TOTAL, WOMEN, ZONE, Province


def year_after(connection: Connection, province: Province) -> Province:
    """The next campaign of the same form, linked to the first."""
    opening = Opening("kl62-2019", "T", date(2020, 4, 1), key="kl62-2020", previous=province.campaign)
    campaign = campaigns.open_campaign(connection, opening, NOW, ZONE)
    report = campaigns.submission_of(connection, campaign, province.units["X1"])
    assert report is not None
    return replace(province, campaign=campaign, reports={"X1": report}, cache=TurnCache())


def warned(province: Province, connection: Connection) -> list[tuple[str, str]]:
    """The sentences of the warnings sheet with the explanations beside them."""
    _, book = unit_documents(connection, TurnCache(), province.reports["X1"], NOW, ZONE)
    sheet = openpyxl.load_workbook(io.BytesIO(book.content))["Cảnh báo"]
    lines = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
    return [(text, line[-1]) for line in lines for text in line if "so với" in text or "kỳ trước" in text]


def test_a_figure_ten_times_last_periods_is_in_the_units_own_warnings(province: Province) -> None:
    """And with the explanation, once there is one; the dialog says the very same sentence."""
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        province.send(connection, "X1")
        later = year_after(connection, province)
        later.save(connection, "X1", TOTAL, 120, reason="Sáp nhập ba xã.")
        view = later.view(connection, "X1")
        last = {Address("PL3", "mttq", key): each for key, each in view.last("PL3", "mttq").items()}
        (told,) = findings(view.form, view.questions, view.answers, last)
        assert told.message == "Tổng 120 gấp khoảng 10 lần kỳ trước (12)."
        assert warned(later, connection) == [(told.message, "Sáp nhập ba xã.")]


def test_a_campaign_without_one_before_has_its_rules_alone(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        province.save(connection, "X1", WOMEN, 15)
        ((message, explanation),) = warned(province, connection)
        assert message == "Số cán bộ nữ lớn hơn tổng số cán bộ cấp xã (15 so với 12)."
        assert explanation == ""


def test_a_figure_of_the_outline_that_stands_out_among_its_like_is_told_by_name(province: Province) -> None:
    """One of seven districts with a thousand times the people of the others."""
    blank = Address("P1.I.1.a", "", "dan_so")
    with province.database.write() as connection:
        forms.publish(connection, shipped_text("nq25-2023"), NOW)
        for number in range(3, 8):
            units.add(connection, NewUnit(f"H{number}", f"Huyện {number}", "huyen", province.units["T"]), NOW)
        campaign = campaigns.open_campaign(connection, Opening("nq25-2023", "T", REFERENCE), NOW, ZONE)
        for number in range(1, 8):
            unit = units.by_code(connection, f"H{number}", REFERENCE)
            assert unit is not None
            province.units[unit.code] = unit.id
            province.lend(connection, unit.code)
            report = campaigns.submission_of(connection, campaign, unit.id)
            assert report is not None
            figure = 90_000_000 if number == 4 else 90_000 + number
            effect = SaveAnswer(report, blank, State.VALUE, figure)
            province.do(connection, "T", effect, SendReport(report))
        opened = campaigns.by_id(connection, campaign)
        assert opened is not None
        scope = scope_of(connection, TurnCache(), opened, province.units["T"])
        (told,) = warnings(scope, compiled_data.read(scope, NOW.astimezone(ZONE)))
        assert (told.unit_name, told.field, told.row, told.column) == ("Huyện 4", "P1.I.1.a", "", "dan_so")
        assert "90.000.000" in told.message
