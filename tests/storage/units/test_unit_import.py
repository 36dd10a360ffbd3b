"""Lists of units: what is taken over, what is refused, and that a refused list changes nothing."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select

from dialogs.forms.form_file import shipped_text
from dialogs.reading import clean
from storage.campaigns import campaigns, forms
from storage.campaigns.campaigns import Opening
from storage.campaigns.turn_cache import TurnCache
from storage.compiled import progress
from storage.schema import audit
from storage.schema.database import Database
from storage.schema.errors import Faulty
from storage.schema.tables import unit, unit_version
from storage.units import predecessors, unit_import, units
from storage.units.unit_import import Imported
from storage.units.unit_rows import COLUMNS
from storage.units.units import BEGINNING

NOW = datetime(2025, 7, 2, 3, 0, tzinfo=UTC)
BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)
END, START = "30/06/2025", "2025-07-01"

Row = tuple[str, ...]

OLD: tuple[Row, ...] = (
    ("01", "Tỉnh T", "tinh", "", "", ""),
    ("H1", "Huyện Một", "huyen", "01", "", END),
    ("00001", "Xã A", "xa", "H1", "", END),
    ("00002", "Xã B", "xa", "H1", "", END),
    ("00003", "Xã C", "xa", "H1", "", END),
)
MERGED: Row = ("00001", "Xã AB", "xa", "01", START, "", "", "00001; 00002 00003*")
REST: Row = ("00003", "Xã C mới", "xa", "01", START, "", "", "00003*")


def listed(*rows: Sequence[str]) -> list[tuple[int, Mapping[str, str]]]:
    """Rows as a file of these columns has them, from line 2 on."""
    return [(line, dict(zip(COLUMNS, row, strict=False))) for line, row in enumerate(rows, 2)]


def take(database: Database, *rows: Sequence[str]) -> Imported:
    with database.write() as connection:
        return unit_import.run(connection, listed(*rows), NOW)


def refused(database: Database, *rows: Sequence[str]) -> list[str]:
    """The faults of a list that is refused; nothing at all has changed."""
    before = everything(database)
    with pytest.raises(Faulty) as caught:
        take(database, *rows)
    assert everything(database) == before
    return [str(fault) for fault in caught.value.faults]


def everything(database: Database) -> list[object]:
    with database.read() as connection:
        versions = connection.execute(select(unit_version).order_by(unit_version.c.id)).all()
        return [versions, connection.execute(select(unit)).all(), predecessors.every(connection)]


def found(connection: Connection, code: str, day: date) -> units.UnitAt:
    here = units.by_code(connection, code, day)
    assert here is not None
    return here


# --- what is taken over -----------------------------------------------------------------------------------------


def test_a_list_becomes_units_whatever_order_it_is_in(database: Database) -> None:
    """A parent may stand later; codes keep their zeros; siblings stand in the order of the list."""
    assert take(database, *reversed(OLD)) == Imported(5, 0, 0)
    with database.read() as connection:
        top = found(connection, "01", BEFORE)
        tree = units.descendants(connection, top.id, BEFORE)
        assert [(each.code, each.depth) for each in tree] == [
            ("01", 0),
            ("H1", 1),
            ("00003", 2),
            ("00002", 2),
            ("00001", 2),
        ]
        assert units.by_code(connection, "01", BEGINNING) is not None
        assert [each.code for each in units.descendants(connection, top.id, AFTER)] == ["01"]
        assert [deed.detail for deed in audit.read(connection)] == [{"new": 5, "changed": 0, "unchanged": 0}]


def test_the_same_list_again_changes_nothing(database: Database) -> None:
    take(database, *OLD, MERGED, REST)
    before = everything(database)
    assert take(database, *OLD, MERGED, REST) == Imported(0, 0, 7)
    assert everything(database) == before


def test_versions_of_one_code_are_one_unit_and_a_merged_one_is_new(database: Database) -> None:
    """The merged unit takes over a code; the renamed one stays who it is (C24)."""
    take(database, *OLD)
    renamed = ("01", "Thành phố T", "tinh", "", START, "")
    take(database, ("01", "Tỉnh T", "tinh", "", "", END), renamed, MERGED, REST)
    with database.read() as connection:
        assert found(connection, "01", BEFORE).id == found(connection, "01", AFTER).id
        assert found(connection, "01", AFTER).name == "Thành phố T"
        old = {code: found(connection, code, BEFORE).id for code in ("00001", "00002", "00003")}
        merged, rest = found(connection, "00001", AFTER), found(connection, "00003", AFTER)
        assert merged.id not in old.values()
        assert predecessors.of(connection, merged.id) == {old["00001"]: False, old["00002"]: False, old["00003"]: True}
        assert predecessors.of(connection, rest.id) == {old["00003"]: True}
        assert predecessors.lineage(connection, merged.id) == (merged.id, *old.values())


def test_a_version_before_the_first_one_is_the_same_unit(database: Database) -> None:
    take(database, ("A", "Mới", "xa", "", "2020-01-01", ""))
    take(database, ("A", "Cũ", "xa", "", "2010-01-01", "2019-12-31"))
    with database.read() as connection:
        assert found(connection, "A", date(2015, 1, 1)).id == found(connection, "A", AFTER).id
        assert connection.execute(select(func.count()).select_from(unit)).scalar_one() == 1


def test_a_row_that_is_there_is_changed_and_counted(database: Database) -> None:
    """Name, kind, parent and last day are taken over; empty body, position and predecessors are left alone."""
    take(database, *OLD, ("TC", "Hội", "to_chuc", "01", "", "", "pn", "", "7"), MERGED, REST)
    changed = ("TC", "Hội Phụ nữ", "to_chuc", "", "", "")
    assert take(database, changed, OLD[0], (*MERGED[:6], "", "")) == Imported(0, 1, 2)
    with database.read() as connection:
        here = found(connection, "TC", BEFORE)
        assert (here.name, here.parent, here.body, here.position) == ("Hội Phụ nữ", None, "pn", 7)
        assert len(predecessors.of(connection, found(connection, "00001", AFTER).id)) == 3
    assert take(database, (*changed, "-"), (*MERGED[:6], "", "-")) == Imported(0, 2, 0)
    with database.read() as connection:
        assert found(connection, "TC", BEFORE).body == ""
        assert predecessors.of(connection, found(connection, "00001", AFTER).id) == {}


def test_names_are_text_and_only_cleaned(database: Database) -> None:
    """A formula, decomposed letters and invisible characters: text, NFC, out."""
    take(database, ("=1+1", "=cmd()|A1\u200b Đa\u0323o", "xa", "", "", ""))
    with database.read() as connection:
        assert found(connection, "=1+1", AFTER).name == "=cmd()|A1 Đạo"


def test_odd_things_are_said_and_taken(database: Database) -> None:
    done = take(
        database,
        ("01", "Tỉnh T", "tinh", "", "", ""),
        ("1", "Phường Văn Lang", "phuong", "01", "", ""),
        ("00002", "phường văn lang", "phuong", "01", "", ""),
    )
    assert done.new == 3
    assert any("cùng tên" in note and "1" in note for note in done.notes)
    assert any("phuong không có trong các loại thường dùng" in note for note in done.notes)
    assert any("số 0 ở đầu" in note for note in done.notes)


# --- what is refused --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "place", "words"),
    [
        (("", "Tên", "xa", "", "", ""), "Dòng 2, cột code", "ô trống"),
        (("A B", "Tên", "xa", "", "", ""), "Dòng 2, cột code", "“A B”"),
        (("A*", "Tên", "xa", "", "", ""), "Dòng 2, cột code", "“A*”"),
        (("A" * 41, "Tên", "xa", "", "", ""), "Dòng 2, cột code", "nhiều nhất 40"),
        (("A", "\u200b", "xa", "", "", ""), "Dòng 2, cột name", "ô trống"),
        (("A", "T" * 201, "xa", "", "", ""), "Dòng 2, cột name", "nhiều nhất 200"),
        (("A", "Hai\ndòng", "xa", "", "", ""), "Dòng 2, cột name", "một dòng"),
        (("A", "Tên", "Xã", "", "", ""), "Dòng 2, cột kind", "trung_uong, tinh, huyen, xa"),
        (("A", "Tên", "xa", "B", "", ""), "Dòng 2, cột parent", "“B”; không có đơn vị mã này"),
        (("A", "Tên", "xa", "A", "", ""), "Dòng 2, cột parent", "chính mình"),
        (("A", "Tên", "xa", "", "30/02/2025", ""), "Dòng 2, cột valid_from", "“30/02/2025”"),
        (("A", "Tên", "xa", "", "2025-7", ""), "Dòng 2, cột valid_from", "2025-07-01 hoặc 01/07/2025"),
        (("A", "Tên", "xa", "", "", "31/12/9999"), "Dòng 2, cột valid_to", "để trống"),
        (("A", "Tên", "xa", "", "2025-07-01", "30/06/2025"), "Dòng 2, cột valid_to", "trước khi bắt đầu"),
        (("A", "Tên", "xa", "", "", "", "b" * 41), "Dòng 2, cột body", "nhiều nhất 40"),
        (("A", "Tên", "xa", "", "", "", "", "", "-1"), "Dòng 2, cột position", "“-1”"),
        (("A", "Tên", "xa", "", "", "", "", "B"), "Dòng 2, cột valid_from", "cần ngày bắt đầu"),
        (("A", "Tên", "xa", "", START, "", "", "B"), "Dòng 2, cột predecessors", "không có đơn vị mã này vào ngày"),
        (("A", "Tên", "xa", "", START, "", "", "B B"), "Dòng 2, cột predecessors", "một lần"),
        (("A", "Tên", "xa", "", START, "", "", "*B"), "Dòng 2, cột predecessors", "*"),
    ],
)
def test_a_wrong_cell_is_named_with_what_is_accepted(sqlite: Database, row: Row, place: str, words: str) -> None:
    (fault,) = refused(sqlite, row)
    assert fault.startswith(place + ":")
    assert words in fault


@pytest.mark.parametrize(
    ("rows", "place", "words"),
    [
        ((OLD[0], OLD[0]), "Dòng 3, cột code", "dòng 2"),
        ((OLD[0], ("01", "T", "tinh", "", START, "")), "Dòng 3, cột valid_from", "30/06/2025"),
        ((*OLD[:2], ("X", "X", "xa", "H1", "", "")), "Dòng 4, cột parent", "không có vào ngày 01/07/2025"),
        ((*OLD[:2], ("X", "X", "xa", "H1", START, "")), "Dòng 4, cột parent", "không có vào ngày"),
        ((("A", "A", "xa", "B", "", ""), ("B", "B", "xa", "A", "", "")), "Dòng 2, cột parent", "A → B → A"),
        ((*OLD, (*MERGED[:6], "", "00001 00009")), "Dòng 7, cột predecessors", "“00009”"),
        ((*OLD[:4], (*OLD[4][:5], ""), (*MERGED[:6], "", "00003")), "Dòng 6, cột parent", "H1"),
        ((*OLD, (*MERGED[:6], "", "01")), "Dòng 7, cột predecessors", "01*"),
        ((*OLD, MERGED, (*REST[:6], "", "00002 00003*")), "Dòng 8, cột predecessors", "00002*"),
        ((*OLD, MERGED, ("X", "X", "xa", "00001", "", "")), "Dòng 8, cột parent", "tách dòng thành hai"),
    ],
)
def test_rows_that_do_not_fit_together_are_refused(
    sqlite: Database, rows: Sequence[Row], place: str, words: str
) -> None:
    faults = refused(sqlite, *rows)
    assert any(fault.startswith(place + ":") and words in fault for fault in faults), faults


def test_a_tree_deeper_than_is_followed_is_refused(sqlite: Database) -> None:
    chain = [("U0", "U", "xa", "", "", "")]
    chain += [(f"U{n}", "U", "xa", f"U{n - 1}", "", "") for n in range(1, units.MAX_DEPTH + 1)]
    (fault,) = refused(sqlite, *chain)
    assert f"hơn {units.MAX_DEPTH} cấp" in fault
    assert take(sqlite, *chain[:-1]).new == units.MAX_DEPTH


def test_a_circle_through_what_is_stored_is_found_on_its_day(database: Database) -> None:
    """A begins under nobody, later B stands under it; moving A under B closes the circle only then."""
    take(database, ("A", "A", "xa", "", "", ""), ("B", "B", "xa", "", "", END), ("B", "B", "xa", "A", START, ""))
    (fault,) = refused(database, ("A", "A", "xa", "B", "", ""))
    assert "01/07/2025" in fault
    assert take(database, ("A", "A", "xa", "B", "", END), ("A", "A", "xa", "", START, "")).changed == 1


def test_units_are_not_left_without_the_unit_above(database: Database) -> None:
    """Ending a district names the communes that still stand under it."""
    take(database, *OLD[:2], (*OLD[2][:5], END))
    (fault,) = refused(database, (*OLD[1][:5], "31/12/2024"))
    assert fault.startswith("Dòng 2, cột valid_to:")
    assert "00001" in fault
    assert take(database, (*OLD[1][:5], "31/12/2024"), (*OLD[2][:5], "31/12/2024")).changed == 2


def test_everything_that_is_wrong_is_told_at_once_by_line(sqlite: Database) -> None:
    faults = refused(sqlite, ("", "", "X", "", "", ""), OLD[0], ("A", "", "xa", "", "x", "y"))
    assert [fault.split(":")[0] for fault in faults] == [
        "Dòng 2, cột code",
        "Dòng 2, cột name",
        "Dòng 2, cột kind",
        "Dòng 4, cột name",
        "Dòng 4, cột valid_from",
        "Dòng 4, cột valid_to",
    ]


# --- campaigns that were opened ---------------------------------------------------------------------------------


def _opened(database: Database, day: date = BEFORE) -> None:
    take(database, *OLD)
    with database.write() as connection:
        forms.publish(connection, shipped_text("kl62-2019-xa"), NOW)
        campaigns.open_campaign(connection, Opening("kl62-2019-xa", "01", day, key="k"), NOW, UTC)


def _asked(database: Database) -> list[tuple[str, str]]:
    with database.read() as connection:
        here = campaigns.by_key(connection, "k")
        assert here is not None
        return [(each.code, each.name) for each in progress.of_campaign(connection, TurnCache(), here, NOW)]


def test_a_merger_after_the_reference_date_leaves_the_campaign_as_it_is(database: Database) -> None:
    """The units of a campaign are those of its day: nobody leaves it or is counted twice (C7)."""
    _opened(database)
    before = _asked(database)
    take(database, MERGED, REST)
    assert _asked(database) == before == [("00001", "Xã A"), ("00002", "Xã B"), ("00003", "Xã C")]


def test_a_report_of_a_campaign_is_never_lost_by_a_list(database: Database) -> None:
    _opened(database)
    (fault,) = refused(database, (*OLD[2][:5], "01/01/2025"))
    assert fault.startswith("Dòng 2, cột code:")
    assert "đợt k" in fault
    faults = refused(database, ("99", "Tỉnh khác", "tinh", "", "", ""), ("H1", "Huyện Một", "huyen", "99", "", END))
    assert len(faults) == 3 and all("cột code" in fault for fault in faults)
    assert take(database, ("00001", "Xã A Một", "xa", "01", "", END)).changed == 1
    assert ("00001", "Xã A Một") in _asked(database)


def test_another_kind_in_an_open_campaign_is_said(database: Database) -> None:
    _opened(database)
    done = take(database, ("00001", "Xã A", "dutt", "H1", "", END))
    assert any("đợt k" in note and "00001" in note for note in done.notes)


# --- inputs without end -----------------------------------------------------------------------------------------


class _Undo(Exception):
    """Thrown to leave a transaction without a trace."""


@contextmanager
def undone(database: Database) -> Iterator[Connection]:
    with pytest.raises(_Undo), database.write() as connection:
        yield connection
        raise _Undo


@st.composite
def forests(draw: st.DrawFn) -> list[Row]:
    """Valid lists: trees of up to four levels, some units renamed or ended on one day, in any order."""
    rows: list[Row] = []
    above: list[tuple[str, int]] = []
    for number in range(draw(st.integers(1, 25))):
        code = f"{number:03}"
        parent, depth = draw(st.sampled_from([("", 0), *above]))
        name = draw(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12))
        renamed = draw(st.booleans())
        rows.append((code, name, f"k{depth}", parent, "", END if renamed else "", "", "", str(number)))
        if renamed:
            rows.append((code, f"{name}2", f"k{depth}", parent, START, "", "", "", str(number)))
        if depth < 3:
            above.append((code, depth + 1))
    return draw(st.permutations(rows))


PROPERTY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@PROPERTY
@given(rows=forests())
def test_any_sound_list_comes_back_as_it_was(sqlite: Database, rows: list[Row]) -> None:
    with undone(sqlite) as connection:
        assert unit_import.run(connection, listed(*rows), NOW).new == len(rows)
        for code, name, kind, parent, first, last, *_ in rows:
            day = AFTER if first else BEFORE
            here = found(connection, code, day)
            above = units.by_id(connection, here.parent, day) if here.parent else None
            assert (here.kind, above.code if above else "") == (kind, parent)
            assert here.name.startswith(clean(name).strip())
            assert last or found(connection, code, date(2100, 1, 1)).id == here.id
        again = unit_import.run(connection, listed(*rows), NOW)
        assert (again.new, again.changed, again.unchanged) == (0, 0, len(rows))


@PROPERTY
@given(rows=forests(), seed=st.integers(0, 10_000))
def test_any_damage_is_refused_with_its_line(sqlite: Database, rows: list[Row], seed: int) -> None:
    chance = random.Random(seed)
    line = chance.randrange(len(rows))
    column, text = chance.choice(
        [(0, ""), (0, "a b"), (1, ""), (2, "XÃ"), (2, ""), (3, "nowhere"), (4, "0/0/0"), (5, "01/01/1900x"), (8, "x")]
    )
    damaged = [
        tuple(text if (n, m) == (line, column) else cell for m, cell in enumerate(row)) for n, row in enumerate(rows)
    ]
    with undone(sqlite) as connection:
        with pytest.raises(Faulty) as caught:
            unit_import.run(connection, listed(*damaged), NOW)
        assert connection.execute(select(func.count()).select_from(unit_version)).scalar_one() == 0
    assert any(fault.line == line + 2 and fault.column == COLUMNS[column] for fault in caught.value.faults)


def test_ten_thousand_units_in_one_list(database: Database) -> None:
    """A whole country's communes."""
    rows = [("T", "Tỉnh", "tinh", "", "", "")]
    rows += [(f"{n:05}", f"Xã {n}", "xa", "T", "", "") for n in range(10_000)]
    assert take(database, *rows) == Imported(10_001, 0, 0)
    with database.read() as connection:
        assert len(units.descendants(connection, found(connection, "T", AFTER).id, AFTER)) == 10_001
