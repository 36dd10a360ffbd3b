"""Sums of the units below: exact, live, with who counted and who was expected."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, update

from dialogs.forms.answers import NOT_APPLICABLE, Address, State
from dialogs.values.report_data import Proposed, Rolled
from dialogs.values.report_view import Proposal
from storage.campaigns import campaigns
from storage.campaigns.answers import from_millionths, millionths
from storage.campaigns.campaigns import Opening
from storage.reports import workflow
from storage.schema.database import Database
from storage.schema.tables import unit_version
from storage.sums import rollup
from storage.units import units
from storage.units.units import NewUnit
from tests.office.province import MONEY, NOW, REFERENCE, TOTAL, WOMEN, ZONE, Province, build
from tests.office.stored import set_required


def _sums(province: Province, connection: Connection, code: str) -> Mapping[Address, Rolled]:
    return rollup.sums(connection, province.cache, province.campaign, province.units[code])


def _row(province: Province, connection: Connection, code: str) -> Mapping[str, Proposed]:
    """What is proposed to ``code`` for the row ``mttq`` of appendix 3."""
    unit = province.units[code]
    return rollup.proposals(connection, province.cache, province.campaign, unit, "PL3", "mttq")


def test_nothing_sent_is_an_empty_sum_of_all_expected(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        assert _sums(province, connection, "H1")[TOTAL] == Rolled(None, 0, 3)
        assert _sums(province, connection, "T")[TOTAL] == Rolled(None, 0, 5)
        assert _sums(province, connection, "X1") == {}


def test_only_what_is_sent_counts(province: Province) -> None:
    with province.database.write() as connection:
        for code, value in {"X1": 12, "X2": 30, "X4": 5}.items():
            province.save(connection, code, TOTAL, value)
        province.send(connection, "X1", "X4")
        assert _sums(province, connection, "H1")[TOTAL] == Rolled(12, 1, 3)
        assert _sums(province, connection, "T")[TOTAL] == Rolled(17, 2, 5)
        province.send(connection, "X2")
        assert _sums(province, connection, "H1")[TOTAL] == Rolled(42, 2, 3)
        workflow.return_report(connection, province.reports["X1"], "", "Xem lại", None, NOW)
        assert _sums(province, connection, "H1")[TOTAL] == Rolled(30, 1, 3)


def test_zero_none_and_not_answered_stay_apart(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 0, State.ZERO)
        province.save(connection, "X2", TOTAL, None, State.NONE)
        province.send(connection, "X1", "X2", "X3")
        assert _sums(province, connection, "H1")[TOTAL] == Rolled(0, 1, 3)
        province.save(connection, "X4", TOTAL, None, State.NONE, reason=NOT_APPLICABLE)
        province.send(connection, "X4")
        assert _sums(province, connection, "H2")[TOTAL] == Rolled(None, 0, 1)


def test_a_zero_said_in_words_is_a_figure(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, None, State.ZERO)
        province.send(connection, "X1")
        assert _sums(province, connection, "H1")[TOTAL] == Rolled(0, 1, 3)


def test_an_answer_taken_back_is_no_figure(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 5)
        province.save(connection, "X1", TOTAL, None, State.EMPTY)
        province.send(connection, "X1")
        assert _sums(province, connection, "H1")[TOTAL] == Rolled(None, 0, 3)


def test_decimals_add_up_exactly(province: Province) -> None:
    with province.database.write() as connection:
        for code, value in {"X1": Decimal("0.1"), "X2": Decimal("0.2"), "X3": Decimal("1234.565")}.items():
            province.save(connection, code, MONEY, value)
        province.save(connection, "X4", MONEY, Decimal("1000000000.001"))
        province.save(connection, "X5", MONEY, 10**9)
        province.send(connection, "X1", "X2", "X3", "X4", "X5")
        assert _sums(province, connection, "H1")[MONEY].value == Decimal("1234.865")
        assert _sums(province, connection, "H2")[MONEY].value == Decimal("2000000000.001")


def test_the_greatest_figures_do_not_overflow(province: Province) -> None:
    with province.database.write() as connection:
        for code in ("X1", "X2", "X3"):
            province.save(connection, code, TOTAL, 9_000_000_000_000)
        province.send(connection, "X1", "X2", "X3")
        assert _sums(province, connection, "H1")[TOTAL] == Rolled(27_000_000_000_000, 3, 3)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.decimals(-(10**12), 10**12, places=6, allow_nan=False))
def test_millionths_are_exact(value: Decimal) -> None:
    assert from_millionths(millionths(value)) == value


def test_an_override_replaces_the_figures_below_it_and_travels_up(province: Province) -> None:
    with province.database.write() as connection:
        for code, value in {"X1": 12, "X2": 30, "X4": 5}.items():
            province.save(connection, code, TOTAL, value)
            province.save(connection, code, WOMEN, 1)
        province.send(connection, "X1", "X2", "X4")
        proposed = _row(province, connection, "H1")["xa.tong_so"]
        province.save(connection, "H1", TOTAL, 50, basis=proposed.basis, reason="xã Ba báo qua điện thoại: 8")
        assert _sums(province, connection, "T")[TOTAL] == Rolled(47, 3, 5)
        province.send(connection, "H1")
        assert _sums(province, connection, "T")[TOTAL] == Rolled(55, 3, 5)
        assert _sums(province, connection, "T")[WOMEN] == Rolled(3, 3, 5)
        assert _sums(province, connection, "H1")[TOTAL] == Rolled(42, 2, 3)


def test_of_two_overrides_one_above_the_other_the_upper_one_counts(database: Database) -> None:
    province = build(database)
    with database.write() as connection:
        top = units.add(connection, NewUnit("TW", "Trung ương", "trung_uong"), NOW)
        moved = update(unit_version).where(unit_version.c.unit == province.units["T"]).values(parent=top)
        connection.execute(moved)
        for code, value in {"X1": 12, "X4": 5}.items():
            province.save(connection, code, TOTAL, value)
        province.save(connection, "H1", TOTAL, 20, basis="a")
        province.send(connection, "X1", "X4", "H1")
        assert rollup.sums(connection, province.cache, province.campaign, top)[TOTAL] == Rolled(25, 2, 5)
        province.save(connection, "T", TOTAL, 100, basis="b")
        province.send(connection, "T")
        assert rollup.sums(connection, province.cache, province.campaign, top)[TOTAL] == Rolled(100, 2, 5)
        proposed = rollup.proposals(connection, province.cache, province.campaign, top, "PL3", "mttq")
        assert [(part.unit_code, part.value) for part in proposed["xa.tong_so"].parts] == [("T", 100)]


def test_of_two_overrides_with_no_figure_under_them_the_upper_one_counts(database: Database) -> None:
    province = build(database)
    with database.write() as connection:
        top = units.add(connection, NewUnit("TW", "Trung ương", "trung_uong"), NOW)
        connection.execute(update(unit_version).where(unit_version.c.unit == province.units["T"]).values(parent=top))
        province.save(connection, "H1", TOTAL, 20, basis="a")
        province.save(connection, "T", TOTAL, 100, basis="b")
        province.send(connection, "X1", "H1", "T")
        assert rollup.sums(connection, province.cache, province.campaign, top)[TOTAL] == Rolled(100, 0, 5)


def test_figures_below_zero_add_up_too(province: Province) -> None:
    with province.database.write() as connection:
        for code, value in {"X1": Decimal("-0.5"), "X2": Decimal("-12.25"), "X3": Decimal("0.125")}.items():
            province.save(connection, code, MONEY, value)
        province.send(connection, "X1", "X2", "X3")
        assert _sums(province, connection, "H1")[MONEY].value == Decimal("-12.625")


def test_the_parts_of_a_sum_and_their_hash(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        province.save(connection, "X1", WOMEN, 3)
        province.save(connection, "X2", TOTAL, None, State.NONE)
        province.send(connection, "X1", "X2", "X3")
        first = _row(province, connection, "H1")
        assert first["xa.tong_so"].rolled == Rolled(12, 1, 3)
        assert [(part.unit_name, part.state, part.value) for part in first["xa.tong_so"].parts] == [
            ("Xã Một", State.VALUE, 12),
            ("Xã Hai", State.NONE, None),
        ]
        assert first["xa.cb_dtts"].parts == ()
        workflow.reopen(connection, province.reports["X1"], "sai", None, None, NOW)
        province.save(connection, "X1", TOTAL, 13)
        province.send(connection, "X1")
        second = _row(province, connection, "H1")
    assert first["xa.tong_so"].basis != second["xa.tong_so"].basis
    assert first["xa.cb_nu"].basis == second["xa.cb_nu"].basis
    assert rollup.basis(first["xa.tong_so"].parts) == first["xa.tong_so"].basis


def test_nothing_is_proposed_where_nobody_is_below(province: Province) -> None:
    with province.database.write() as connection:
        assert _row(province, connection, "X1") == {}


def test_the_district_is_shown_proposals_for_the_columns_of_its_communes(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        province.send(connection, "X1")
        shown = province.view(connection, "H1").proposals("PL3", "mttq")
        behind = rollup.proposals(connection, province.cache, province.campaign, province.units["H1"], "PL3", "mttq")
        total = behind["xa.tong_so"]
        assert shown["xa.tong_so"] == Proposal(12, 1, 3, total.parts, total.basis)
        assert sorted(shown) == ["xa.cb_dtts", "xa.cb_nu", "xa.cb_ton_giao", "xa.tong_so"]
        assert province.view(connection, "X1").proposals("PL3", "mttq") == {}
        assert province.view(connection, "H1").proposals("PL1", "mttq") == {}


def test_a_campaign_may_count_drafts_too(database: Database) -> None:
    counted = {"counted": ["in_progress", "sent", "accepted"]}
    province = build(database, Opening("kl62-2019", "T", REFERENCE, settings=counted))
    with database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        assert _sums(province, connection, "H1")[TOTAL] == Rolled(12, 1, 3)


def test_a_unit_that_owes_nothing_is_expected_once_it_has_sent(province: Province) -> None:
    with province.database.write() as connection:
        set_required(connection, province.reports["X3"], False)
        assert _sums(province, connection, "H1")[TOTAL] == Rolled(None, 0, 2)
        province.save(connection, "X3", TOTAL, 4)
        province.send(connection, "X3")
        assert _sums(province, connection, "H1")[TOTAL] == Rolled(4, 1, 3)


def test_two_campaigns_do_not_mix(province: Province) -> None:
    with province.database.write() as connection:
        again = Opening("kl62-2019", "T", REFERENCE, key="kl62-2020")
        other = campaigns.open_campaign(connection, again, NOW, ZONE)
        province.save(connection, "X1", TOTAL, 12)
        province.send(connection, "X1")
        sums = rollup.sums(connection, province.cache, other, province.units["H1"])
        assert sums[TOTAL] == Rolled(None, 0, 3)


@pytest.mark.parametrize("code", ["T", "H1"])
def test_sums_of_one_row_are_those_of_all_rows(province: Province, code: str) -> None:
    with province.database.write() as connection:
        for number, commune in enumerate(["X1", "X2", "X4"]):
            province.save(connection, commune, TOTAL, number)
            province.save(connection, commune, MONEY, number)
        province.send(connection, "X1", "X2", "X4")
        everything = _sums(province, connection, code)
        row = _row(province, connection, code)
    assert {column: each.rolled for column, each in row.items()} == {
        address.column: each for address, each in everything.items() if (address.field, address.row) == ("PL3", "mttq")
    }
