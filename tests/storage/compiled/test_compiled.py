"""A compiled report read from the database: who gave what, what is added, and nothing twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Connection, update

from dialogs.forms.answers import DOCUMENT_DATA, NOT_APPLICABLE, Address, State
from dialogs.forms.form_file import shipped_text
from dialogs.forms.outline_figures import FIGURE, OUTLINE, outline_row
from dialogs.values.effects import SaveAnswer
from dialogs.values.report_data import CompiledReportData, Contribution, Override, Rolled, Told, UnitCells
from dialogs.values.status import Status
from storage.campaigns import campaigns, forms
from storage.campaigns.campaigns import Campaign, Opening
from storage.campaigns.turn_cache import TurnCache
from storage.compiled import compiled_data, progress, unit_figures
from storage.compiled.compiled_scope import CompiledScope, scope_of
from storage.reports import letterheads, workflow
from storage.reports.letterheads import UnitLetterhead
from storage.schema.database import Database
from storage.schema.errors import Refused
from storage.schema.tables import campaign, campaign_unit, unit_version
from storage.sums import rollup
from storage.units import units
from storage.units.units import NewUnit
from tests.office.province import MONEY, NOW, REFERENCE, TEXT, TOTAL, WOMEN, ZONE, Province, build

OWN = Address("PL1", "mttq", "so_cuoc_kt_gs")
"""A cell of no level: every unit's own."""
OF_DISTRICT = Address("PL3", "mttq", "huyen.tong_so")
OF_PROVINCE = Address("PL3", "mttq", "tinh.tong_so")
DOCUMENTS = Address("PL1", "mttq", "cong_van")
LEAF = Address("P1.I.2.a")


def _campaign(connection: Connection, province: Province) -> Campaign:
    found = campaigns.by_id(connection, province.campaign)
    assert found is not None
    return found


def _read(province: Province, connection: Connection, code: str = "T") -> CompiledReportData:
    return compiled_data.read(_scope(province, connection, code), NOW.astimezone(ZONE))


def _scope(province: Province, connection: Connection, code: str = "T") -> CompiledScope:
    return scope_of(connection, province.cache, _campaign(connection, province), province.units[code])


def _overrides(province: Province, connection: Connection, code: str = "T") -> tuple[Override, ...]:
    return unit_figures.overridden(_scope(province, connection, code))


def _names(found: CompiledReportData, given: Iterable[Contribution | UnitCells]) -> list[str]:
    return [found.standings[each.unit].code for each in given]


# --- standings and heads ---------------------------------------------------------------------------------------


def test_the_standings_are_the_facts_of_the_progress(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        province.send(connection, "X1", "H2")
        workflow.return_report(connection, province.reports["H2"], "", "Xem lại", None, NOW)
        found = _read(province, connection)
        known = progress.of_campaign(connection, TurnCache(), _campaign(connection, province), NOW)
        assert [each.code for each in found.standings] == ["T", "H1", "X1", "X2", "X3", "H2", "X4", "X5"]
        assert found.standings == known
        listed = progress.as_json(_campaign(connection, province), known)["units"]
        assert [(each.code, each.status, each.late, each.answered, each.total) for each in found.standings] == [
            (each["code"], each["status"], each["late"], each["answered"], each["total"]) for each in listed
        ]
        first = found.standings[2]
        assert (first.depth, first.status, first.counted, first.answered) == (2, Status.SENT, True, 0)
        returned = found.standings[5]
        assert (returned.depth, returned.status, returned.counted) == (1, Status.RETURNED, False)


def test_the_head_is_that_of_the_compiling_unit(province: Province) -> None:
    with province.database.write() as connection:
        letterheads.add(connection, province.units["H1"], REFERENCE, UnitLetterhead(place="An Bình", profile="front"))
        province.save(connection, "H1", Address(DOCUMENT_DATA, "", "so"), "5")
        province.save(connection, "H1", LEAF, "Lời của huyện")
        changed = update(campaign).where(campaign.c.id == province.campaign).values(period="Năm 2019")
        connection.execute(changed)
        found = _read(province, connection, "H1")
        assert (found.unit_code, found.unit_name, found.parent_name) == ("H1", "Huyện Một", "Tỉnh T")
        title = _scope(province, connection, "H1").campaign.title
        assert (title, found.period) == ("Tổng kết 10 năm Kết luận 62", "Năm 2019")
        assert [(at, each.value) for at, each in found.own.items()] == [(LEAF, "Lời của huyện")]
        assert {key: each.value for key, each in found.document.items()} == {"so": "5"}
        assert (found.letterhead["dia_danh"], found.profile, found.sent) == ("An Bình", "front", False)
        assert (found.form.key, found.respondent.kind, found.counted) == ("kl62-2019", "huyen", ("sent", "accepted"))
        province.send(connection, "H1")
        assert _read(province, connection, "H1").sent


def test_a_commune_by_itself_is_printed_in_its_own_form(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TEXT, "Lời của xã")
        found = _read(province, connection, "X1")
        assert found.form.key == "kl62-2019-xa"
        assert found.own[TEXT].value == "Lời của xã"
        assert list(found.contributions("II.1")) == []


def test_a_unit_over_others_that_answered_a_companion_form_contributes_too(province: Province) -> None:
    with province.database.write() as connection:
        _move(connection, province.units["X2"], province.units["X1"])
        province.save(connection, "X1", TEXT, "Lời của xã Một")
        province.save(connection, "X2", TEXT, "Lời của xã Hai")
        province.send(connection, "X2")
        found = _read(province, connection, "X1")
        assert found.form.key == "kl62-2019"
        assert [(each.unit, each.value) for each in found.contributions("P1.I.2.a")] == [
            (0, "Lời của xã Một"),
            (1, "Lời của xã Hai"),
        ]


def test_a_unit_outside_the_campaign_is_refused(province: Province) -> None:
    with province.database.write() as connection:
        other = units.add(connection, NewUnit("Y", "Tỉnh Y", "tinh"), NOW)
        with pytest.raises(Refused, match="Đơn vị Y không thuộc đợt báo cáo kl62-2019"):
            scope_of(connection, province.cache, _campaign(connection, province), other)
        with pytest.raises(Refused, match="không thuộc"):
            scope_of(connection, province.cache, _campaign(connection, province), 999_999)


# --- texts -----------------------------------------------------------------------------------------------------


def test_every_counted_unit_below_contributes_in_administrative_order(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "T", LEAF, "Lời của tỉnh")
        province.save(connection, "H1", LEAF, "Lời của huyện Một")
        province.save(connection, "X2", TEXT, "Dòng một\nDòng hai")
        province.save(connection, "X4", TEXT, None, State.ZERO)
        province.save(connection, "X5", TEXT, "Chưa gửi")
        province.send(connection, "T", "H1", "X1", "X2", "X4")
        found = _read(province, connection)
        given = list(found.contributions("P1.I.2.a"))
        assert [
            (name, each.field.key, each.state, each.value)
            for name, each in zip(_names(found, given), given, strict=True)
        ] == [
            ("H1", "P1.I.2.a", State.VALUE, "Lời của huyện Một"),
            ("X1", "II.1", State.EMPTY, None),
            ("X2", "II.1", State.VALUE, "Dòng một\nDòng hai"),
            ("X4", "II.1", State.ZERO, None),
        ]
        assert list(found.contributions("P1.I.2.a")) == given
        assert found.own[LEAF].value == "Lời của tỉnh"


def test_several_leaves_of_a_companion_feed_one(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", Address("I.a", "", "dan_so"), 6540)
        province.save(connection, "X1", Address("I.a", "", "ten_xa"), "Một")
        province.save(connection, "X1", Address("I.b"), None, State.NONE)
        province.send(connection, "X1", "X2")
        given = list(_read(province, connection, "H1").contributions("P1.I.1.a"))
        assert [(each.unit, each.field.key, each.state, each.blanks) for each in given] == [
            (1, "I.a", State.VALUE, {"dan_so": Told(State.VALUE, 6540), "ten_xa": Told(State.VALUE, "Một")}),
            (1, "I.b", State.NONE, None),
            (2, "I.a", State.EMPTY, {}),
            (2, "I.b", State.EMPTY, None),
        ]


def test_a_leaf_that_nobody_below_is_asked_has_no_contributions(province: Province) -> None:
    with province.database.write() as connection:
        province.send(connection, "X1", "X2")
        assert list(_read(province, connection, "H1").contributions("P2.III.5")) == []
        assert list(_read(province, connection, "H1").contributions("khong.co")) == []


# --- cells and totals ------------------------------------------------------------------------------------------


def test_cells_of_each_unit_and_their_totals(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "T", OWN, 2)
        province.save(connection, "H1", OWN, 3)
        province.save(connection, "H1", DOCUMENTS, ("Công văn số 1", "Công văn số 2"))
        province.save(connection, "H2", OWN, None, State.NONE)
        province.send(connection, "H1", "H2")
        found = _read(province, connection)
        cells = list(found.cells("PL1"))
        assert _names(found, cells) == ["T", "H1", "H2"]
        assert cells[0].cells == {("mttq", "so_cuoc_kt_gs"): Told(State.VALUE, 2)}
        assert cells[1].cells[("mttq", "cong_van")] == Told(State.VALUE, ("Công văn số 1", "Công văn số 2"))
        assert cells[2].cells == {("mttq", "so_cuoc_kt_gs"): Told(State.NONE)}
        assert [each.replaced for each in cells] == [{}, {}, {}]
        assert found.totals[OWN] == Rolled(5, 2, 3)
        assert found.totals[TOTAL] == Rolled(None, 0, 5)
        assert found.totals[Address("PL3", "mttq", "tw.tong_so")] == Rolled(None, 0, 0)
        assert list(found.cells("PL3")) == []
        assert list(found.cells("PL5")) == []
        assert list(found.cells("khong.co")) == []


def test_the_four_states_stay_apart(province: Province) -> None:
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        province.save(connection, "X2", TOTAL, None, State.ZERO)
        province.save(connection, "X3", TOTAL, None, State.NONE, reason=NOT_APPLICABLE)
        province.save(connection, "X4", TOTAL, None, State.NONE)
        province.save(connection, "X5", TOTAL, 7)
        province.save(connection, "X5", TOTAL, None, State.EMPTY)
        province.send(connection, "X1", "X2", "X3", "X4", "X5")
        found = _read(province, connection)
        here = ("mttq", "xa.tong_so")
        cells = list(found.cells("PL3"))
        assert dict(zip(_names(found, cells), [each.cells[here] for each in cells], strict=True)) == {
            "X1": Told(State.VALUE, 12),
            "X2": Told(State.ZERO),
            "X3": Told(State.NONE),
            "X4": Told(State.NONE),
        }
        assert found.totals[TOTAL] == Rolled(12, 2, 4)
        assert {(each.unit, each.state) for each in found.entries()} == {
            ("X1", State.VALUE),
            ("X2", State.ZERO),
            ("X3", State.NONE),
            ("X4", State.NONE),
        }


def _organisations(database: Database, settings: Mapping[str, Sequence[str]] | None = None) -> Province:
    """The province with an organisation of body "mttq" beside its districts, and the campaign asked of all."""
    province = build(database)
    with database.write() as connection:
        new = NewUnit("TC", "Đảng đoàn MTTQ tỉnh", "to_chuc", province.units["T"], body="mttq", position=-1)
        province.units["TC"] = units.add(connection, new, NOW)
        opening = Opening("kl62-2019", "T", REFERENCE, key="kl62-lai", settings=settings or {})
        province.campaign = campaigns.open_campaign(connection, opening, NOW, ZONE)
        for code, unit in province.units.items():
            report = campaigns.submission_of(connection, province.campaign, unit)
            assert report is not None
            province.reports[code] = report
        province.lend(connection, "TC")
    return province


def test_the_provinces_own_figure_of_its_level_stands_in_place_of_the_organisations(database: Database) -> None:
    province = _organisations(database)
    with database.write() as connection:
        province.save(connection, "TC", OF_PROVINCE, 40)
        province.send(connection, "TC")
        found = _read(province, connection)
        assert found.totals[OF_PROVINCE] == Rolled(40, 1, 2)
        province.save(connection, "T", OF_PROVINCE, None, State.NONE)
        assert _read(province, connection).totals[OF_PROVINCE] == Rolled(40, 1, 2)
        province.save(connection, "T", OF_PROVINCE, 45)
        found = _read(province, connection)
        assert found.totals[OF_PROVINCE] == Rolled(45, 2, 2)
        own, organisation = found.cells("PL3")
        assert own.cells == {("mttq", "tinh.tong_so"): Told(State.VALUE, 45)}
        assert (organisation.cells, organisation.replaced) == (
            {},
            {("mttq", "tinh.tong_so"): Told(State.VALUE, 40)},
        )
        proposed = rollup.proposals(connection, province.cache, province.campaign, province.units["T"], "PL3", "mttq")
        assert proposed["tinh.tong_so"].rolled == Rolled(40, 1, 1)


def test_own_figures_of_no_level_are_added_to_those_below(database: Database) -> None:
    province = _organisations(database)
    with database.write() as connection:
        for code, value in {"T": 1, "TC": 10, "H1": 100}.items():
            province.save(connection, code, OWN, value)
        province.send(connection, "T", "TC", "H1")
        assert _read(province, connection).totals[OWN] == Rolled(111, 3, 4)


def test_kinds_that_are_not_added_stay_in_the_data_but_in_no_sum(database: Database) -> None:
    province = _organisations(database, {"not_added": ["to_chuc"]})
    with database.write() as connection:
        for code, value in {"T": 1, "TC": 10, "H1": 100}.items():
            province.save(connection, code, OWN, value)
        province.save(connection, "TC", OF_PROVINCE, 40)
        province.save(connection, "TC", DOCUMENTS, ("Công văn số 9",))
        province.send(connection, "T", "TC", "H1")
        found = _read(province, connection)
        assert found.totals[OWN] == Rolled(101, 2, 3)
        assert found.totals[OF_PROVINCE] == Rolled(40, 1, 2)
        (organisation,) = (each for each in found.cells("PL1") if found.standings[each.unit].code == "TC")
        assert organisation.replaced == {("mttq", "so_cuoc_kt_gs"): Told(State.VALUE, 10)}
        assert organisation.cells == {("mttq", "cong_van"): Told(State.VALUE, ("Công văn số 9",))}
        assert [each.value for each in found.entries() if (each.unit, each.column) == ("TC", OWN.column)] == [10]
        assert "TC" in [each.code for each in found.standings]
        proposed = rollup.proposals(connection, province.cache, province.campaign, province.units["T"], "PL1", "mttq")
        assert proposed["so_cuoc_kt_gs"].rolled == Rolled(100, 1, 2)
        assert [part.unit_code for part in proposed["so_cuoc_kt_gs"].parts] == ["H1"]
        assert _read(province, connection, "TC").totals[OWN] == Rolled(10, 1, 1)


def test_an_override_that_is_not_added_replaces_nothing(database: Database) -> None:
    province = _organisations(database, {"not_added": ["huyen"]})
    with database.write() as connection:
        _move(connection, province.units["TC"], province.units["H1"])
        province.save(connection, "TC", OWN, 10)
        province.save(connection, "H1", OWN, 100, basis="x", reason="r")
        province.send(connection, "TC", "H1")
        assert _read(province, connection).totals[OWN] == Rolled(10, 1, 2)
        assert _read(province, connection, "H1").totals[OWN] == Rolled(100, 1, 2)


def test_a_cluster_between_adds_nothing_and_loses_nothing(database: Database) -> None:
    """Province, a cluster without a report of its own, districts, communes; and a commune right under the province."""
    province = build(database)
    with database.write() as connection:
        cluster = units.add(connection, NewUnit("C1", "Cụm Một", "cum", province.units["T"]), NOW)
        province.units["C1"] = cluster
        lone = units.add(connection, NewUnit("X9", "Xã Chín", "xa", province.units["T"], position=99), NOW)
        _move(connection, province.units["H1"], cluster)
        opening = Opening("kl62-2019", "T", REFERENCE, key="kl62-cum")
        province.campaign = campaigns.open_campaign(connection, opening, NOW, ZONE)
        province.units["X9"] = lone
        province.lend(connection, "X9")
        for code, unit in province.units.items():
            report = campaigns.submission_of(connection, province.campaign, unit)
            if report is not None:
                province.reports[code] = report
        for code, value in {"X1": 1, "X2": 20, "X4": 300, "X9": 4000}.items():
            province.save(connection, code, TOTAL, value)
            province.save(connection, code, TEXT, f"Lời của {code}")
        province.send(connection, "X1", "X2", "X4", "X9")
        top, here = _read(province, connection), _read(province, connection, "C1")
        assert top.totals[TOTAL] == Rolled(4321, 4, 6)
        assert [each.code for each in top.standings] == ["T", "H1", "X1", "X2", "X3", "H2", "X4", "X5", "X9"]
        assert [each.depth for each in top.standings] == [0, 2, 3, 3, 3, 1, 2, 2, 1]
        assert here.totals[TOTAL] == Rolled(21, 2, 3)
        assert (here.unit_name, here.own, here.sent, here.form.key) == ("Cụm Một", {}, False, "kl62-2019")
        assert [each.code for each in here.standings] == ["H1", "X1", "X2", "X3"]
        assert [each.value for each in here.contributions("P1.I.2.a")] == ["Lời của X1", "Lời của X2"]
        assert [(each.unit, each.cells) for each in here.cells("PL3")] == [
            (1, {("mttq", "xa.tong_so"): Told(State.VALUE, 1)}),
            (2, {("mttq", "xa.tong_so"): Told(State.VALUE, 20)}),
        ]


def _move(connection: Connection, unit: int, parent: int) -> None:
    connection.execute(update(unit_version).where(unit_version.c.unit == unit).values(parent=parent))


def test_figures_in_the_sentences_of_the_outline_are_cells_too(database: Database) -> None:
    """Of a whole territory: a district's own figure stands in place of those below it, as in the totals (C16)."""
    province = _of_form(database, "nq25-2023")
    people, area = (Address("P1.I.1.a", "", blank) for blank in ("dan_so", "dien_tich"))
    with database.write() as connection:
        for code, value in {"H1": 100, "TC": 30, "H2": 7}.items():
            province.save(connection, code, people, value)
        province.save(connection, "H1", area, None, State.NONE)
        province.save(connection, "TC", area, Decimal("2.5"))
        province.save(connection, "H2", area, None, State.ZERO)
        province.save(connection, "H1", Address("P1.I.1.a", "", "thanh_phan_dan_toc"), "Kinh, Thái")
        province.save(connection, "H1", LEAF, "Không phải số liệu")
        province.send(connection, "H1", "TC")
        given = list(_read(province, connection).cells(OUTLINE))
        assert [each.unit for each in given] == [1, 2]
        province.send(connection, "H2")
        found = _read(province, connection)
        here = {address: (outline_row(address), FIGURE) for address in (people, area)}
        cells = {_names(found, [each])[0]: (each.cells, each.replaced) for each in found.cells(OUTLINE)}
        assert cells == {
            "H1": ({here[people]: Told(State.VALUE, 100), here[area]: Told(State.NONE)}, {}),
            "TC": ({here[area]: Told(State.VALUE, Decimal("2.5"))}, {here[people]: Told(State.VALUE, 30)}),
            "H2": ({here[people]: Told(State.VALUE, 7), here[area]: Told(State.ZERO)}, {}),
        }
        assert list(cells) == ["H1", "TC", "H2"]
        assert (found.totals[people].value, found.totals[area].value) == (107, Decimal("2.5"))


def test_an_outline_without_figures_has_no_cells(province: Province) -> None:
    """Also where communes gave some in the sentences of their own form, which is not the one that is printed."""
    with province.database.write() as connection:
        province.save(connection, "X1", Address("I.a", "", "dan_so"), 6540)
        province.send(connection, "X1")
        assert list(_read(province, connection).cells(OUTLINE)) == []
        (commune,) = _read(province, connection, "X1").cells(OUTLINE)
        assert commune.cells == {(outline_row(Address("I.a", "", "dan_so")), FIGURE): Told(State.VALUE, 6540)}


def _of_form(database: Database, key: str) -> Province:
    """The province with an organisation under its first district, asked with another form."""
    province = build(database)
    with database.write() as connection:
        forms.publish(connection, shipped_text(key), NOW)
        new = NewUnit("TC", "Đảng đoàn MTTQ", "to_chuc", province.units["H1"], body="mttq")
        province.units["TC"] = units.add(connection, new, NOW)
        province.campaign = campaigns.open_campaign(connection, Opening(key, "T", REFERENCE), NOW, ZONE)
        for code, unit in province.units.items():
            report = campaigns.submission_of(connection, province.campaign, unit)
            if report is not None:
                province.reports[code] = report
        province.lend(connection, "TC")
    return province


# --- two versions of a form ------------------------------------------------------------------------------------


def test_two_versions_of_a_form_compile_together(province: Province) -> None:
    """A column retired in mid-campaign (C23): both versions count, each unit is expected what it was asked."""
    with province.database.write() as connection:
        newer = forms.publish(connection, _retired("kl62-2019-xa"), NOW)
        newer_above = forms.publish(connection, _retired("kl62-2019"), NOW)
        for code, version in {"X2": newer, "X3": newer, "T": newer_above}.items():
            moved = update(campaign_unit).where(campaign_unit.c.id == province.reports[code])
            connection.execute(moved.values(form_version=version))
        for code, value in {"X1": 12, "X2": 30}.items():
            province.save(connection, code, TOTAL, value)
        province.save(connection, "X1", WOMEN, 5)
        province.send(connection, "X1", "X2")
        district, top = _read(province, connection, "H1"), _read(province, connection)
        assert (district.form.version, top.form.version) == (1, 2)
        assert (district.totals[TOTAL], district.totals[WOMEN]) == (Rolled(42, 2, 3), Rolled(5, 1, 1))
        assert top.totals[TOTAL] == Rolled(42, 2, 5)
        assert top.totals[Address("PL3", "mttq", "xa.nu")] == Rolled(None, 0, 2)
        assert WOMEN not in top.totals
        kept, total = ("mttq", "xa.cb_nu"), ("mttq", "xa.tong_so")
        assert [sorted(each.cells) for each in district.cells("PL3")] == [[kept, total], [total]]
        assert [sorted(each.cells) for each in top.cells("PL3")] == [[total], [total]]
        assert [(each.unit, each.value) for each in top.entries() if each.column == "xa.cb_nu"] == [("X1", 5)]


def _retired(key: str) -> str:
    """The next version of a form, in which "xa.cb_nu" has given way to a new column."""
    text = shipped_text(key)
    assert "xa.cb_nu" in text
    return text.replace("xa.cb_nu", "xa.nu").replace("version: 1", "version: 2", 1)


# --- overrides and lines ---------------------------------------------------------------------------------------


def test_overrides_say_what_they_replaced_and_whether_it_has_changed(province: Province) -> None:
    with province.database.write() as connection:
        for code, value in {"X1": 12, "X2": 30}.items():
            province.save(connection, code, TOTAL, value)
            province.save(connection, code, WOMEN, 1)
        province.send(connection, "X1", "X2")
        behind = rollup.proposals(connection, province.cache, province.campaign, province.units["H1"], "PL3", "mttq")
        for address in (TOTAL, WOMEN):
            basis = behind[address.column].basis
            province.save(connection, "H1", address, 50, basis=basis, reason="xã Ba báo qua điện thoại")
        assert _overrides(province, connection) == ()
        province.send(connection, "H1")
        before = _read(province, connection)
        assert _overrides(province, connection) == (
            _override(WOMEN, Rolled(2, 2, 3), changed=False),
            _override(TOTAL, Rolled(42, 2, 3), changed=False),
        )
        assert before.totals[TOTAL] == Rolled(50, 2, 5)
        assert [(_names(before, [each]), each.replaced) for each in before.cells("PL3") if each.replaced] == [
            (["X1"], {("mttq", "xa.tong_so"): Told(State.VALUE, 12), ("mttq", "xa.cb_nu"): Told(State.VALUE, 1)}),
            (["X2"], {("mttq", "xa.tong_so"): Told(State.VALUE, 30), ("mttq", "xa.cb_nu"): Told(State.VALUE, 1)}),
        ]
        province.save(connection, "X3", TOTAL, 8)
        province.send(connection, "X3")
        for code in ("T", "H1"):
            assert _overrides(province, connection, code) == (
                _override(WOMEN, Rolled(2, 2, 3), changed=False),
                _override(TOTAL, Rolled(50, 3, 3), changed=True),
            )


def _override(address: Address, below: Rolled, *, changed: bool) -> Override:
    told = Told(State.VALUE, 50)
    return Override("H1", "Huyện Một", address, told, below, "xã Ba báo qua điện thoại", changed)


def test_the_lines_are_all_answers_in_the_order_of_the_form(province: Province) -> None:
    late = NOW + timedelta(hours=20)
    with province.database.write() as connection:
        answers = (
            (MONEY, Decimal("1.5")),
            (TOTAL, 12),
            (TEXT, "Một\nHai"),
            (Address("I.a", "", "dan_so"), 6540),
            (Address("M0", "", "ke_hoach_so"), "45"),
            (Address(DOCUMENT_DATA, "", "so"), "5"),
        )
        for address, value in answers:
            effect = SaveAnswer(province.reports["X1"], address, State.VALUE, value)
            province.do(connection, "X1", effect, at=late)
        province.save(connection, "T", TOTAL, 1, basis="x", reason="r")
        province.send(connection, "X1")
        lines = list(_read(province, connection).entries())
        assert [(each.unit, each.field, each.row, each.column, each.value) for each in lines] == [
            ("T", "PL3", "mttq", "xa.tong_so", 1),
            ("X1", "M0", "", "ke_hoach_so", "45"),
            ("X1", "I.a", "", "dan_so", 6540),
            ("X1", "II.1", "", "", "Một\nHai"),
            ("X1", "PL3", "mttq", "xa.tong_so", 12),
            ("X1", "PL6", "mttq.xa", "nsnn", Decimal("1.5")),
        ]
        last = lines[-1]
        assert (last.unit_name, last.by, last.channel, last.state) == (
            "Xã Một",
            "Người của X1",
            "telegram",
            State.VALUE,
        )
        assert last.at is not None and last.at.isoformat() == "2019-04-02T05:00:00+07:00"


def test_a_text_where_a_figure_is_printed_stays_in_the_lines(province: Province) -> None:
    """An earlier version of the form may have asked a text there."""
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, "khoảng mười người")
        province.save(connection, "X1", WOMEN, 3)
        province.send(connection, "X1")
        found = _read(province, connection)
        assert [sorted(each.cells) for each in found.cells("PL3")] == [[("mttq", "xa.cb_nu")]]
        assert "khoảng mười người" in [each.value for each in found.entries()]
        assert found.totals[TOTAL] == Rolled(None, 0, 5)


def test_rows_added_locally_are_cells_of_their_unit_and_no_sum(database: Database) -> None:
    province = build(database)
    with database.write() as connection:
        forms.publish(connection, shipped_text("kl102-2019"), NOW)
        opening = Opening("kl102-2019", "T", REFERENCE)
        province.campaign = campaigns.open_campaign(connection, opening, NOW, ZONE)
        for code in ("H1", "X1"):
            report = campaigns.submission_of(connection, province.campaign, province.units[code])
            assert report is not None
            province.reports[code] = report
            province.save(connection, code, Address("TONG_HOP", "them.1", "noi_dung"), f"Việc của {code}")
            province.save(connection, code, Address("TONG_HOP", "them.1", "so_luong"), 5)
            province.send(connection, code)
        found = _read(province, connection)
        assert [(_names(found, [each]), each.cells, each.replaced) for each in found.cells("TONG_HOP")] == [
            (
                [code],
                {
                    ("them.1", "noi_dung"): Told(State.VALUE, f"Việc của {code}"),
                    ("them.1", "so_luong"): Told(State.VALUE, 5),
                },
                {},
            )
            for code in ("H1", "X1")
        ]
        assert not [address for address in found.totals if address.row.startswith("them")]
