"""Prepared statements do what SQLAlchemy's own execution does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from storage.schema.database import Database
from storage.schema.prepared import Prepared
from storage.schema.statements import PerDialect, upsert
from storage.schema.tables import account, campaign, campaign_unit, person, submission, unit_version
from tests.office.province import NOW, Province

QUERIES = [
    (select(person.c.id, person.c.name, person.c.created_at).order_by(person.c.id), {}),
    (select(person).where(person.c.handle == bindparam("handle")), {"handle": "x1"}),
    (select(person.c.id.label("key")).where(person.c.created_at == bindparam("at")).order_by("key"), {"at": NOW}),
    (select(campaign.c.reference_date, campaign.c.opened_at, campaign.c.closed_at), {}),
    (select(campaign_unit.c.required, campaign_unit.c.due).order_by(campaign_unit.c.id), {}),
    (
        select(submission.c.status).where(submission.c.status == "not_opened", submission.c.id == bindparam("id")),
        {"id": 1},
    ),
    (
        select(unit_version.c.code).where(unit_version.c.valid_from <= bindparam("day")).order_by(unit_version.c.code),
        {"day": date(2019, 4, 1)},
    ),
]


@pytest.mark.parametrize(("query", "values"), QUERIES, ids=range(len(QUERIES)))
def test_rows_are_the_same(province: Province, query: Any, values: Mapping[str, Any]) -> None:
    prepared = Prepared(query)
    with province.database.read() as connection:
        rows = [tuple(row) for row in connection.execute(query, values)]
        assert [tuple(row) for row in prepared.all(connection, values)] == rows
        assert tuple(prepared.first(connection, values) or ()) == rows[0]


def test_nothing_found_is_none(database: Database) -> None:
    with database.read() as connection:
        assert Prepared(select(person.c.id)).first(connection, {}) is None


def test_an_insert_gives_its_id_and_stores_moments_in_utc(database: Database) -> None:
    add = Prepared(PerDialect(lambda insert: insert(person), person.c.id), ("name", "created_at"))
    hanoi = datetime(2019, 4, 1, 9, 0, tzinfo=timezone(timedelta(hours=7)))
    with database.write() as connection:
        key = add.new_id(connection, {"name": "Lan", "created_at": hanoi})
        row = connection.execute(select(person.c.id, person.c.handle, person.c.created_at)).one()
    assert tuple(row) == (key, None, datetime(2019, 4, 1, 2, 0, tzinfo=UTC))


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    add = Prepared(insert(person), ("name", "created_at"))
    with pytest.raises(ValueError, match="time zone"), database.write() as connection:
        add.run(connection, {"name": "Lan", "created_at": datetime(2019, 4, 1)})  # noqa: DTZ001


def test_an_insert_that_finds_its_row_gives_no_id(database: Database) -> None:
    note = PerDialect(lambda insert: insert(person).on_conflict_do_nothing(index_elements=["handle"]), person.c.id)
    add = Prepared(note, ("name", "handle", "created_at"))
    with database.write() as connection:
        first = add.new_id(connection, {"name": "Lan", "handle": "lan", "created_at": NOW})
        again = add.new_id(connection, {"name": "Lan", "handle": "lan", "created_at": NOW})
    assert (first is None, again) == (False, None)


def test_an_upsert_writes_over_what_is_there(province: Province) -> None:
    put = Prepared(upsert(person), [column.name for column in person.c])
    row = {"id": province.people["X1"].id, "name": "Tên mới", "handle": "x1", "created_at": NOW}
    with province.database.write() as connection:
        put.many(connection, [row, {**row, "name": "Tên mới hơn"}])
        name = select(person.c.name).where(person.c.id == row["id"])
        assert connection.execute(name).scalar() == "Tên mới hơn"


def test_rows_changed_are_counted(province: Province) -> None:
    rename = Prepared(update(person).where(person.c.name.like(bindparam("like"))).values(name=bindparam("new")))
    with province.database.write() as connection:
        assert rename.run(connection, {"like": "Người của X%", "new": "?"}) == 5
        assert rename.run(connection, {"like": "Người của X%", "new": "?"}) == 0


def test_errors_are_sqlalchemys_and_hide_what_was_written(province: Province) -> None:
    add = Prepared(insert(account), ("channel", "external", "name", "created_at"))
    row = {"channel": "telegram", "external": "chat-X1", "name": "bí mật", "created_at": NOW}
    with pytest.raises(IntegrityError) as refused, province.database.write() as connection:
        add.run(connection, row)
    assert "bí mật" not in str(refused.value)
    with pytest.raises(IntegrityError), province.database.write() as connection:
        add.many(connection, [{**row, "external": "new"}, row])
