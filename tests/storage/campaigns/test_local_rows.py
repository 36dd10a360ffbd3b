"""Rows that a unit adds itself, in the database: the same count in the dialog and in progress, and in no sum."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection

from dialogs.forms.answers import Address, State, Value
from dialogs.forms.form_file import shipped_text
from dialogs.forms.questions import progress as answered_of
from dialogs.values.effects import SaveAnswer
from storage.campaigns import campaigns, forms
from storage.campaigns.campaigns import Opening
from storage.campaigns.turn_cache import TurnCache
from storage.compiled import progress, unit_data
from storage.sums import rollup
from tests.office.province import NOW, REFERENCE, ZONE, Province


@pytest.fixture
def province_of_the_sheet(province: Province) -> Province:
    """The province asked with kl102-2019, whose sheet takes rows of a unit's own."""
    with province.database.write() as connection:
        forms.publish(connection, shipped_text("kl102-2019"), NOW)
        opening = Opening("kl102-2019", "T", REFERENCE, key="kl102")
        province.campaign = campaigns.open_campaign(connection, opening, NOW, ZONE)
        for code, unit in province.units.items():
            report = campaigns.submission_of(connection, province.campaign, unit)
            assert report is not None
            province.reports[code] = report
    return province


def row(province: Province, connection: Connection, code: str, key: str, **cells: Value) -> None:
    for column, value in cells.items():
        state = State.VALUE if value else State.ZERO
        address = Address("TONG_HOP", key, column)
        province.do(connection, code, SaveAnswer(province.reports[code], address, state, value or None))


def counts(province: Province, connection: Connection, cache: TurnCache) -> dict[str, tuple[int, int]]:
    campaign = campaigns.by_id(connection, province.campaign)
    assert campaign is not None
    found = progress.of_campaign(connection, cache, campaign, NOW)
    return {each.code: (each.answered, each.total) for each in found}


def test_the_dialog_and_progress_count_added_rows_alike(province_of_the_sheet: Province) -> None:
    """One answered row, one with its name alone; units without one count as before."""
    province = province_of_the_sheet
    with province.database.write() as connection:
        row(province, connection, "X1", "them.1", noi_dung="Quỹ khuyến học", so_luong=3, kinh_phi=0)
        row(province, connection, "X1", "them.2", noi_dung="Tặng quà Tết")
    with province.database.read() as connection:
        for cache in (province.cache, TurnCache()):
            view = province.view(connection, "X1", cache)
            assert answered_of(view.questions, view.answers) == (1, 43)
            (card,) = (each for each in province.world(connection, "X1", cache).cards() if each.report == view.id)
            assert (card.answered, card.total) == (1, 43)
            told = counts(province, connection, cache)
            assert told["X1"] == (1, 43)
            assert told["X2"] == (0, 41)


def test_a_dropped_row_is_asked_no_more(province_of_the_sheet: Province) -> None:
    """Every cell emptied: the count is what it was, and the history keeps what was written."""
    province = province_of_the_sheet
    with province.database.write() as connection:
        row(province, connection, "X1", "them.1", noi_dung="Quỹ khuyến học", so_luong=3)
        for key in ("noi_dung", "so_luong"):
            address = Address("TONG_HOP", "them.1", key)
            province.do(connection, "X1", SaveAnswer(province.reports["X1"], address, State.EMPTY))
        assert len(province.view(connection, "X1").questions) == 41
        assert counts(province, connection, TurnCache())["X1"] == (0, 41)


def test_rows_of_two_units_are_never_added_up(province_of_the_sheet: Province) -> None:
    """The key is the same, what it counts is not; the form's own rows add up as ever."""
    province = province_of_the_sheet
    with province.database.write() as connection:
        for code in ("X1", "X2"):
            row(province, connection, code, "them.1", noi_dung=f"Việc của {code}", so_luong=3)
            row(province, connection, code, "xay_cau", so_luong=2)
        province.send(connection, "X1", "X2")
        sums = rollup.sums(connection, TurnCache(), province.campaign, province.units["H1"])
        assert not [address for address in sums if address.row.startswith("them.")]
        assert sums[Address("TONG_HOP", "xay_cau", "so_luong")].value == 4


def test_the_paper_has_the_row_of_its_unit_alone(province_of_the_sheet: Province) -> None:
    province = province_of_the_sheet
    with province.database.write() as connection:
        row(province, connection, "X1", "them.1", noi_dung="Quỹ khuyến học", so_luong=3)
        own = unit_data.read(connection, TurnCache(), province.reports["X1"], NOW)
        assert own.answers[Address("TONG_HOP", "them.1", "noi_dung")].value == "Quỹ khuyến học"
        above = unit_data.read(connection, TurnCache(), province.reports["H1"], NOW)
        assert not [address for address in (*above.answers, *above.rolled) if address.row.startswith("them.")]
