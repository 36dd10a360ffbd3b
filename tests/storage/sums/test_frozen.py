"""Sums kept as they were when their owner sent, and the news that they have changed since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, delete, event, func, select

from dialogs.forms.answers import NOT_APPLICABLE, Address, State
from dialogs.values.report_data import Changed, Rolled, SumPart, UnitReportData
from storage.campaigns import campaigns
from storage.campaigns.turn_cache import TurnCache
from storage.compiled import unit_data, unit_figures
from storage.compiled.compiled_scope import scope_of
from storage.reports import workflow
from storage.schema.tables import frozen_sum
from storage.sums import frozen, rollup
from tests.office.province import NOW, TEXT, TOTAL, WOMEN, Province

OF_DISTRICT = Address("PL3", "mttq", "huyen.tong_so")


def _source(province: Province, connection: Connection, code: str = "H1") -> UnitReportData:
    return unit_data.read(connection, TurnCache(), province.reports[code], NOW)


def _kept(province: Province, connection: Connection, code: str = "H1") -> Mapping[Address, rollup.Behind]:
    report = province.reports[code]
    return frozen.of(connection, [report]).get(report, {})


def _changed(province: Province, connection: Connection, code: str = "T") -> tuple[Changed, ...]:
    campaign = campaigns.by_id(connection, province.campaign)
    assert campaign is not None
    scope = scope_of(connection, province.cache, campaign, province.units[code])
    return unit_figures.changed_after_sending(scope)


def _again(province: Province, connection: Connection, code: str, value: int) -> None:
    """A commune corrects its figure and sends again."""
    workflow.reopen(connection, province.reports[code], "sai", None, None, NOW)
    province.save(connection, code, TOTAL, value)
    province.send(connection, code)


def test_the_paper_is_what_was_sent(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        province.save(connection, "X2", TOTAL, None, State.NONE)
        province.send(connection, "X1", "X2")
        assert _source(province, connection).rolled[TOTAL] == Rolled(12, 1, 3)
        province.send(connection, "H1")
        _again(province, connection, "X1", 100)
        source = _source(province, connection)
        assert source.rolled[TOTAL] == Rolled(12, 1, 3)
        assert [part for part in source.details if part.address == TOTAL] == [
            SumPart("X1", "Xã Một", TOTAL, State.VALUE, 12),
            SumPart("X2", "Xã Hai", TOTAL, State.NONE, None),
        ]
        workflow.return_report(connection, province.reports["H1"], "", "Xem lại", None, NOW)
        assert _source(province, connection).rolled[TOTAL] == Rolled(100, 1, 3)


def test_the_province_adds_what_the_communes_give_now(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        province.send(connection, "X1", "H1")
        _again(province, connection, "X1", 100)
        assert _source(province, connection, "T").rolled[TOTAL] == Rolled(100, 1, 5)
        sums = rollup.sums(connection, province.cache, province.campaign, province.units["T"])
        assert sums[TOTAL] == Rolled(100, 1, 5)


def test_only_sums_that_the_unit_did_not_touch_are_kept(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        province.save(connection, "X1", WOMEN, 3)
        province.save(connection, "X3", TOTAL, None, State.NONE, reason=NOT_APPLICABLE)
        province.send(connection, "X1", "X3")
        province.save(connection, "H1", WOMEN, 5, basis="x", reason="thiếu một xã")
        province.save(connection, "H1", OF_DISTRICT, 9)
        province.send(connection, "H1")
        kept = _kept(province, connection)
        assert kept[TOTAL].rolled == Rolled(12, 1, 2)
        assert WOMEN not in kept and OF_DISTRICT not in kept and TEXT not in kept
        assert kept[Address("PL3", "ldld", "xa.tong_so")] == (Rolled(None, 0, 3), ())
        assert set(_source(province, connection).rolled) == set(kept)


def test_sending_again_keeps_the_sums_anew(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        province.send(connection, "X1", "H1")
        _again(province, connection, "X1", 13)
        workflow.reopen(connection, province.reports["H1"], "xã sửa", None, None, NOW)
        province.send(connection, "H1")
        assert _kept(province, connection)[TOTAL].rolled == Rolled(13, 1, 3)
        _again(province, connection, "X1", 14)
        workflow.reopen(connection, province.reports["H1"], "xã sửa", None, None, NOW)
        province.save(connection, "H1", OF_DISTRICT, 9)
        province.send(connection, "H1")
        assert _kept(province, connection)[TOTAL].rolled == Rolled(14, 1, 3)


def test_a_second_press_of_send_keeps_what_the_first_sent(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        province.send(connection, "X1", "H1")
        _again(province, connection, "X1", 13)
        province.send(connection, "H1")
        assert _kept(province, connection)[TOTAL].rolled == Rolled(12, 1, 3)


def test_a_report_sent_before_sums_were_kept_shows_them_live(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        province.send(connection, "X1", "H1")
        connection.execute(delete(frozen_sum))
        _again(province, connection, "X1", 13)
        assert _source(province, connection).rolled[TOTAL] == Rolled(13, 1, 3)


def test_a_sum_too_great_for_the_database_is_kept_exactly(province: Province) -> None:
    with province.database.write() as connection:
        for code in ("X1", "X2", "X3"):
            province.save(connection, code, TOTAL, 9_000_000_000_000)
        province.send(connection, "X1", "X2", "X3", "H1")
        assert _kept(province, connection)[TOTAL].rolled == Rolled(27_000_000_000_000, 3, 3)


def test_a_unit_with_nothing_below_pays_one_statement(province: Province) -> None:
    with province.database.write() as connection:
        province.send(connection, "X1", "H1")
        with _statements(connection) as said:
            frozen.freeze(connection, province.cache, province.reports["X1"])
        assert said == []
        with _statements(connection) as said:
            frozen.freeze(connection, province.cache, province.reports["H1"])
        assert any("frozen_sum" in each for each in said)
        kept = select(func.count()).where(frozen_sum.c.submission == province.reports["X1"])
        assert connection.execute(kept).scalar_one() == 0


@contextmanager
def _statements(connection: Connection) -> Iterator[list[str]]:
    """The statements that went through SQLAlchemy's execution; prepared ones do not."""
    said: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, _p: Any, _context: Any, _many: bool) -> None:
        said.append(statement)

    event.listen(connection, "before_cursor_execute", note)
    yield said
    event.remove(connection, "before_cursor_execute", note)


def test_what_changed_after_sending_is_told_from_above_and_from_the_unit(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        province.send(connection, "X1", "H1", "H2")
        assert _changed(province, connection) == ()
        province.save(connection, "X2", TOTAL, 0, State.ZERO)
        province.send(connection, "X2")
        told = Changed("H1", "Huyện Một", TOTAL, Rolled(12, 1, 3), Rolled(12, 2, 3))
        assert _changed(province, connection) == (told,)
        assert _changed(province, connection, "H1") == (told,)
        assert _changed(province, connection, "H2") == ()
        workflow.return_report(connection, province.reports["H1"], "", "Xem lại", None, NOW)
        assert _changed(province, connection) == ()
