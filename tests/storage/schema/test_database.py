"""The schema, its migrations, and what a transaction is worth."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, select, text
from sqlalchemy.exc import IntegrityError

from storage.campaigns.turn_cache import TurnCache
from storage.compiled import unit_data
from storage.people import people
from storage.schema import meta, upgrading
from storage.schema.database import Database, open_database, savepoint
from storage.schema.errors import DatabaseTooNew, DatabaseUnavailable, NotADatabase
from storage.schema.tables import metadata, submission
from storage.units import units
from storage.units.units import NewUnit
from tests.office.province import NOW, TEXT, TOTAL

DUMPS = Path(__file__).parent / "dumps"


def _schema(path: Path) -> dict[str, list[str]]:
    """The statements that made each table and index; the order of constraints within one says nothing."""
    with sqlite3.connect(path) as connection:
        found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql > ''")
        schema = {name: sorted(sql.replace(")", " ").replace(",", " ").split()) for name, sql in found}
    connection.close()
    schema.pop("alembic_version", None)
    return schema


def test_migrations_make_exactly_the_tables_of_the_program_on_sqlite(sqlite_template: Path, tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'tables.db'}")
    metadata.create_all(engine)
    engine.dispose()
    assert _schema(sqlite_template) == _schema(tmp_path / "tables.db")


def test_migrations_make_exactly_the_tables_of_the_program_on_postgres(postgres: Database) -> None:
    with postgres.read() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []


def test_every_table_says_what_it_is_for() -> None:
    assert [table.name for table in metadata.sorted_tables if not table.comment] == []


def test_the_program_works_with_its_newest_migration() -> None:
    assert max(upgrading.known()) == upgrading.HEAD


@pytest.mark.parametrize("dump", sorted(DUMPS.glob("*.sql")), ids=lambda path: path.stem)
def test_a_dump_of_every_released_schema_upgrades(dump: Path, sqlite_template: Path, tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    connection = sqlite3.connect(path)
    connection.executescript(dump.read_text(encoding="utf-8"))
    connection.close()
    database = open_database(f"sqlite:///{path}")
    database.migrate()
    with database.read() as reading:
        assert upgrading.current(reading, "old") == upgrading.HEAD
        number = unit_data.find(reading, "kl62-2019", "X1")
        report = unit_data.read(reading, TurnCache(), number, NOW)
        found = {address: (each.value, each.by) for address, each in report.answers.items()}
        assert found == {TOTAL: (12, "Người của X1"), TEXT: ("Đã họp ba lần.", "Người của X1")}
        assert reading.execute(select(submission.c.receipt).filter_by(id=number)).scalar() == "KL62-0001"
    database.close()
    assert _schema(path) == _schema(sqlite_template)


def test_migrating_twice_and_at_the_same_time_is_harmless(tmp_path: Path) -> None:
    databases = [open_database(f"sqlite:///{tmp_path / 'one.db'}") for _ in range(4)]
    threads = [threading.Thread(target=database.migrate) for database in databases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with databases[0].read() as connection:
        assert upgrading.current(connection, "one") == upgrading.HEAD
    for database in databases:
        database.close()


def test_a_newer_database_is_refused_in_one_line(database: Database) -> None:
    with database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseTooNew, match="mới hơn") as refused:
        database.migrate()
    assert "\n" not in str(refused.value)


def test_a_cleared_database_can_be_made_anew(database: Database) -> None:
    with database.write() as connection:
        people.create_person(connection, "Lan", NOW, "lan")
    database.clear()
    database.migrate()
    with database.read() as connection:
        assert people.with_handles(connection) == ()


def test_a_file_that_is_no_database_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Kính gửi Ban Thường vụ Tỉnh ủy " * 100, encoding="utf-8")
    with pytest.raises(NotADatabase, match="không phải là cơ sở dữ liệu") as refused:
        open_database(f"sqlite:///{path}").migrate()
    assert "\n" not in str(refused.value)


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE song (title TEXT)")
    connection.close()
    database = open_database(f"sqlite:///{path}")
    with pytest.raises(NotADatabase):
        database.migrate()
    assert inspect(database.engine).get_table_names() == ["song"]
    database.close()


@pytest.mark.parametrize(
    "url", ["sqlite:////nowhere/at/all.db", "postgresql://ai:matkhau@127.0.0.1:1/baocao", "nonsense"]
)
def test_a_database_out_of_reach_is_one_line_without_a_password(url: str) -> None:
    with pytest.raises(DatabaseUnavailable) as refused:
        open_database(url).migrate()
    assert "\n" not in str(refused.value)
    assert "matkhau" not in str(refused.value)


def test_sqlite_is_durable_and_checks_references(sqlite: Database) -> None:
    with sqlite.read() as connection:
        facts = {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in PRAGMAS}
    assert facts == PRAGMAS


PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 15_000}


def test_an_exception_in_the_middle_leaves_nothing(database: Database) -> None:
    with pytest.raises(RuntimeError), database.write() as connection:
        people.create_person(connection, "Lan", NOW)
        raise RuntimeError("the plug was pulled")
    with database.read() as connection:
        assert people.with_handles(connection) == ()
        assert connection.execute(text("SELECT count(*) FROM person")).scalar() == 0


def test_a_savepoint_undoes_one_event_alone(database: Database) -> None:
    with database.write() as connection:
        with savepoint(connection):
            people.create_person(connection, "Lan", NOW, "lan")
        with pytest.raises(IntegrityError), savepoint(connection):
            people.create_person(connection, "Hoa", NOW, "hoa")
            people.create_person(connection, "Lan again", NOW, "lan")
        with savepoint(connection):
            people.create_person(connection, "Mai", NOW, "mai")
    with database.read() as connection:
        assert [known.handle for known in people.with_handles(connection)] == ["lan", "mai"]


def test_a_reader_sees_one_snapshot(database: Database) -> None:
    with database.read() as reading:
        assert meta.get(reading, "demo") is None
        with database.write() as writing:
            meta.put(writing, "demo", "1")
        assert meta.get(reading, "demo") is None
    with database.read() as reading:
        assert meta.get(reading, "demo") == "1"


def test_references_must_exist(database: Database) -> None:
    with pytest.raises(IntegrityError), database.write() as connection:
        units.add(connection, NewUnit("X1", "Xã Một", "xa", parent=999), NOW)


def test_errors_do_not_show_what_people_wrote(database: Database) -> None:
    with database.write() as connection:
        people.create_person(connection, "Lan", NOW, "lan")
    with pytest.raises(IntegrityError) as refused, database.write() as connection:
        people.create_person(connection, "bí mật", NOW, "lan")
    assert "bí mật" not in str(refused.value)
