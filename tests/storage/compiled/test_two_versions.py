"""What was written under a leaf that the printed version of a form lacks is printed all the same (C12, C23)."""

from __future__ import annotations

from sqlalchemy import Connection, update

from dialogs.forms.answers import Address, State
from dialogs.forms.form_file import shipped_text
from dialogs.values.report_data import CompiledReportData
from storage.campaigns import campaigns, forms
from storage.compiled import compiled_data
from storage.compiled.compiled_scope import scope_of
from storage.schema.tables import campaign_unit
from tests.office.province import NOW, TEXT, ZONE, Province

OLD, NEW = "P1.I.2.a", "P1.I.2.z"


def publish(connection: Connection) -> tuple[int, int]:
    """Version 2 of both forms: the leaf P1.I.2.a has given way to another one, which II.1 feeds now."""
    above = shipped_text("kl62-2019").replace(f"key: {OLD}\n", f"key: {NEW}\n", 1)
    below = shipped_text("kl62-2019-xa").replace(OLD, NEW)
    published = [forms.publish(connection, each.replace("version: 1", "version: 2", 1), NOW) for each in (above, below)]
    return published[0], published[1]


def ask(connection: Connection, province: Province, version: int, *codes: str) -> None:
    for code in codes:
        where = campaign_unit.c.id == province.reports[code]
        connection.execute(update(campaign_unit).where(where).values(form_version=version))


def read(province: Province, connection: Connection, code: str = "T") -> CompiledReportData:
    found = campaigns.by_id(connection, province.campaign)
    assert found is not None
    scope = scope_of(connection, province.cache, found, province.units[code])
    return compiled_data.read(scope, NOW.astimezone(ZONE))


def leaves(found: CompiledReportData) -> list[str]:
    keys = [leaf.key for leaf in found.form.fields()]
    return keys[keys.index("P1.I.1.b") + 1 : keys.index("P1.I.2.b")]


def told(found: CompiledReportData, leaf: str) -> list[tuple[str, object]]:
    return [(found.standings[each.unit].code, each.value) for each in found.contributions(leaf)]


def test_texts_of_both_versions_stand_under_their_own_leaf(province: Province) -> None:
    with province.database.write() as connection:
        above, below = publish(connection)
        ask(connection, province, above, "T")
        ask(connection, province, below, "X2", "X3")
        province.save(connection, "H1", Address(OLD), "Lời của huyện")
        for code in ("X1", "X2", "X3"):
            province.save(connection, code, TEXT, f"Lời của {code}")
        province.send(connection, "H1", "X1", "X2")

        found = read(province, connection)

        assert (found.form.version, leaves(found)) == (2, [OLD, NEW])
        assert told(found, OLD) == [("H1", "Lời của huyện"), ("X1", "Lời của X1")]
        assert told(found, NEW) == [("X2", "Lời của X2")]


def test_a_newer_leaf_is_printed_by_a_unit_that_sent_with_the_older_version(province: Province) -> None:
    with province.database.write() as connection:
        _, below = publish(connection)
        ask(connection, province, below, "X2")
        province.save(connection, "X2", TEXT, "Lời của X2")
        province.send(connection, "X2", "H1")

        found = read(province, connection, "H1")

        assert (found.form.version, leaves(found)) == (1, [NEW, OLD])
        assert told(found, NEW) == [("X2", "Lời của X2")]


def test_a_leaf_that_nobody_answered_is_not_printed(province: Province) -> None:
    """Not what was never said, not what was not sent, and not what a unit that moved is no longer asked."""
    with province.database.write() as connection:
        above, below = publish(connection)
        province.save(connection, "H1", Address(OLD), "Lời của huyện")
        province.save(connection, "H2", Address(OLD), None, State.EMPTY)
        province.save(connection, "X1", TEXT, "chưa gửi")
        ask(connection, province, above, "T", "H1")
        ask(connection, province, below, "X2", "X3", "X4", "X5")
        province.send(connection, "H1", "H2", "X2")

        found = read(province, connection)

        assert leaves(found) == [NEW]
        assert [each.value for each in found.entries()] == ["Lời của huyện"]


def test_a_section_that_was_dropped_comes_back_with_its_answered_leaf_alone(province: Province) -> None:
    text = shipped_text("kl62-2019").replace("version: 1", "version: 2", 1)
    start, end = text.index("          - key: P1.I.2\n"), text.index("      - key: P1.II\n")
    with province.database.write() as connection:
        above = forms.publish(connection, text[:start] + text[end:], NOW)
        ask(connection, province, above, "T")
        province.save(connection, "H1", Address(OLD), "Lời của huyện")
        province.send(connection, "H1")

        found = read(province, connection)

        keys = [leaf.key for leaf in found.form.fields()]
        assert keys[keys.index("P1.I.1.b") : keys.index("P1.II.1") + 1] == ["P1.I.1.b", OLD, "P1.II.1"]
        assert told(found, OLD)[0] == ("H1", "Lời của huyện")
