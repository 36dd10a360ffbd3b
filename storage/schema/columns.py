"""What columns are made of: ids, texts, moments in UTC, references; and the one ``metadata`` all tables are in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Id = BigInteger().with_variant(Integer(), "sqlite")


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC by either database; a naive one is refused rather than guessed."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs a time zone: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def identity() -> Column[int]:
    """The row's own number, given by the database."""
    return Column("id", Id, primary_key=True, autoincrement=True)


def words(name: str, default: str = "") -> Column[str]:
    """A text that is never NULL."""
    return Column(name, Text, nullable=False, server_default=default)


def moment(name: str, needed: bool = False) -> Column[datetime]:
    """A moment in UTC."""
    return Column(name, Moment, nullable=not needed)


def reference(name: str, target: str, needed: bool = True) -> Column[int]:
    """The id of a row of another table."""
    return Column(name, Id, ForeignKey(f"{target}.id"), nullable=not needed)


def count(name: str) -> Column[int]:
    """A whole number that begins at 0."""
    return Column(name, Integer, nullable=False, server_default="0")


def address() -> tuple[Column[Any], ...]:
    """The three parts of an answer's address, as part of the primary key."""
    return tuple(Column(name, String(120), primary_key=True) for name in ("field", "row", "column"))
