"""Every table, in the words of DESIGN section 2. Only this file and the migrations know how rows look.

Moments are UTC. Numbers of answers are whole millionths, so that sums made by the database are exact. Texts that end
in "JSON" in their comment hold JSON written by this package.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
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


def _id() -> Column[int]:
    return Column("id", Id, primary_key=True, autoincrement=True)


def _text(name: str, default: str = "") -> Column[str]:
    return Column(name, Text, nullable=False, server_default=default)


def _moment(name: str, needed: bool = False) -> Column[datetime]:
    return Column(name, Moment, nullable=not needed)


def _ref(name: str, target: str, needed: bool = True) -> Column[int]:
    return Column(name, Id, ForeignKey(f"{target}.id"), nullable=not needed)


def _count(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default="0")


def _address() -> tuple[Column[Any], ...]:
    return tuple(Column(name, String(120), primary_key=True) for name in ("field", "row", "column"))


# --- units -----------------------------------------------------------------------------------------------------

unit = Table("unit", metadata, _id(), _moment("created_at", True), comment="A unit through all its dated versions.")

unit_version = Table(
    "unit_version",
    metadata,
    _id(),
    _ref("unit", "unit"),
    Column("code", String(40), nullable=False),
    _text("name"),
    Column("kind", String(40), nullable=False),
    _ref("parent", "unit", needed=False),
    _text("body"),
    _count("position"),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date, comment="the last day, included; empty: until further notice"),
    UniqueConstraint("code", "valid_from"),
    Index(None, "unit", "valid_from"),
    Index(None, "parent"),
    comment="How a unit was called and to whom it belonged during some time.",
)

predecessor = Table(
    "predecessor",
    metadata,
    Column("unit", Id, ForeignKey("unit.id"), primary_key=True),
    Column("before", Id, ForeignKey("unit.id"), primary_key=True),
    Column("partly", Boolean, nullable=False, server_default="0"),
    comment="Which units a merged unit was made of; partly: only a share went into it.",
)

letterhead = Table(
    "letterhead",
    metadata,
    _id(),
    _ref("unit", "unit"),
    Column("valid_from", Date, nullable=False),
    _text("parent_body"),
    _text("issuing_body"),
    _text("symbol"),
    _text("place"),
    _text("authority"),
    _text("title"),
    _text("signer"),
    _text("profile"),
    _text("recipients", "[]"),
    UniqueConstraint("unit", "valid_from"),
    comment="The usual document data of a unit from a day on; recipients is a JSON list.",
)

# --- people ----------------------------------------------------------------------------------------------------

person = Table(
    "person",
    metadata,
    _id(),
    _text("name"),
    Column("handle", String(60), unique=True),
    _moment("created_at", True),
    _moment("removed_at"),
    comment="A human being; the handle signs in demo people.",
)

account = Table(
    "account",
    metadata,
    _id(),
    Column("channel", String(20), nullable=False),
    Column("external", String(120), nullable=False),
    _ref("person", "person", needed=False),
    _text("name"),
    _moment("created_at", True),
    _moment("blocked_at"),
    UniqueConstraint("channel", "external"),
    Index(None, "person"),
    comment="One chat identity of a person on one channel; without a person: a stranger.",
)

role = Table(
    "role",
    metadata,
    _id(),
    _ref("person", "person"),
    _ref("unit", "unit"),
    Column("role", String(20), nullable=False),
    _moment("granted_at", True),
    _ref("granted_by", "person", needed=False),
    _moment("ended_at"),
    _ref("ended_by", "person", needed=False),
    Index(None, "person", "unit"),
    Index(None, "unit"),
    comment="What a person is in a unit: official, lead, coordinator or administrator, until it is ended.",
)

invite = Table(
    "invite",
    metadata,
    _id(),
    Column("code_hash", String(64), nullable=False, unique=True),
    _ref("unit", "unit"),
    Column("role", String(20), nullable=False),
    _moment("created_at", True),
    _ref("created_by", "person", needed=False),
    _moment("expires_at", True),
    _moment("used_at"),
    _ref("used_by", "person", needed=False),
    _moment("revoked_at"),
    comment="A single-use code to join a unit, kept hashed.",
)

guess = Table(
    "guess",
    metadata,
    _id(),
    Column("channel", String(20), nullable=False),
    Column("external", String(120), nullable=False),
    _moment("at", True),
    Index(None, "channel", "external", "at"),
    comment="A wrong invitation code, to slow down whoever tries many.",
)

session = Table(
    "session",
    metadata,
    Column("person", Id, ForeignKey("person.id"), primary_key=True, autoincrement=False),
    _text("json"),
    _moment("updated_at", True),
    comment="Where a person stands in the dialog, as JSON.",
)

# --- campaigns -------------------------------------------------------------------------------------------------

form_version = Table(
    "form_version",
    metadata,
    _id(),
    Column("key", String(60), nullable=False),
    Column("version", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    _text("title"),
    _text("text"),
    _moment("published_at", True),
    UniqueConstraint("key", "version"),
    comment="A published form: its frozen text and hash.",
)

campaign = Table(
    "campaign",
    metadata,
    _id(),
    Column("key", String(60), nullable=False, unique=True),
    _text("title"),
    _ref("form_version", "form_version"),
    _ref("root", "unit"),
    Column("reference_date", Date, nullable=False),
    _text("period"),
    _ref("previous", "campaign", needed=False),
    _text("switches", "[]"),
    _text("settings", "{}"),
    _count("receipts"),
    _moment("opened_at", True),
    _ref("opened_by", "person", needed=False),
    _moment("closed_at"),
    comment="One round of reporting; switches and settings are JSON, receipts the last number given.",
)

campaign_unit = Table(
    "campaign_unit",
    metadata,
    _id(),
    _ref("campaign", "campaign"),
    _ref("unit", "unit"),
    _ref("form_version", "form_version"),
    _moment("due"),
    Column("required", Boolean, nullable=False, server_default="1"),
    UniqueConstraint("campaign", "unit"),
    Index(None, "unit"),
    comment="A unit asked in a campaign, with which form, until when.",
)

STATUSES = ("not_opened", "in_progress", "sent", "returned", "accepted")

submission = Table(
    "submission",
    metadata,
    Column("id", Id, ForeignKey("campaign_unit.id"), primary_key=True, autoincrement=False),
    Column("status", String(12), nullable=False),
    _count("revision"),
    Column("stamp", BigInteger, nullable=False, server_default="0", comment="drawn anew at each change of an answer"),
    _moment("opened_at"),
    _moment("first_sent_at"),
    _moment("sent_at"),
    _ref("sent_by", "person", needed=False),
    Column("sent_revision", Integer),
    _text("receipt"),
    _moment("returned_at"),
    _moment("accepted_at"),
    _ref("accepted_by", "person", needed=False),
    _moment("reopened_until"),
    _text("reopen_reason"),
    CheckConstraint(f"status IN {STATUSES}", name="status"),
    comment="One unit's report in one campaign: how far it has come.",
)

# --- answers ---------------------------------------------------------------------------------------------------

STATES = ("value", "zero", "none", "empty")


def _content() -> tuple[Any, ...]:
    return (
        Column("version", Integer, nullable=False),
        Column("state", String(8), nullable=False),
        Column("kind", String(1), nullable=False, comment="how value is spelled: see storage.answers"),
        Column("value", Text),
        Column("number", BigInteger, comment="the value in millionths; 0 for a zero"),
        Column("closed", Boolean, nullable=False),
        _text("reason"),
        _text("basis"),
        _ref("person", "person", needed=False),
        Column("channel", String(20), nullable=False),
        _moment("at", True),
        CheckConstraint(f"state IN {STATES}", name="state"),
    )


answer = Table(
    "answer",
    metadata,
    Column("submission", Id, ForeignKey("submission.id"), primary_key=True, autoincrement=False),
    *_address(),
    *_content(),
    sqlite_with_rowid=False,
    comment="The newest answer at each address of a submission.",
)

answer_history = Table(
    "answer_history",
    metadata,
    _id(),
    _ref("submission", "submission"),
    *(Column(name, String(120), nullable=False) for name in ("field", "row", "column")),
    *_content(),
    _ref("account", "account", needed=False),
    _ref("inbox", "inbox", needed=False),
    Column("message", String(120), nullable=False, server_default=""),
    Index(None, "submission"),
    comment="Every writing of every answer; rows are only added.",
)

answer_part = Table(
    "answer_part",
    metadata,
    Column("submission", Id, ForeignKey("submission.id"), primary_key=True, autoincrement=False),
    *_address(),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("message", String(120), nullable=False),
    _text("text"),
    sqlite_with_rowid=False,
    comment="The chat messages a narrative was written in, in order.",
)

frozen_sum = Table(
    "frozen_sum",
    metadata,
    Column("submission", Id, ForeignKey("submission.id"), primary_key=True, autoincrement=False),
    *_address(),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("number", BigInteger),
    _count("counted"),
    _count("expected"),
    _text("parts", "[]"),
    comment="A proposal as it was when its owner sent; parts is a JSON list.",
)

# --- workflow --------------------------------------------------------------------------------------------------

assignment = Table(
    "assignment",
    metadata,
    _id(),
    _ref("submission", "submission"),
    _text("prefix"),
    _ref("person", "person"),
    _text("comment"),
    _ref("given_by", "person", needed=False),
    _moment("at", True),
    _moment("until"),
    _moment("resolved_at"),
    Index(None, "submission"),
    Index(None, "person"),
    comment="A section, appendix or row handed to a colleague; prefix '' is the whole report.",
)

return_ = Table(
    "return",
    metadata,
    _id(),
    _ref("submission", "submission"),
    _text("prefix"),
    _text("comment"),
    _ref("given_by", "person", needed=False),
    _moment("at", True),
    _moment("until"),
    _moment("resolved_at"),
    Index(None, "submission"),
    comment="A report or a part of it handed back with a comment; resolved when it is sent again.",
)

reminder = Table(
    "reminder",
    metadata,
    _id(),
    _ref("campaign", "campaign"),
    _ref("unit", "unit"),
    _ref("person", "person"),
    Column("kind", String(60), nullable=False),
    _moment("planned_at", True),
    _ref("outbox", "outbox", needed=False),
    Column("state", String(12), nullable=False),
    _moment("settled_at"),
    UniqueConstraint("campaign", "unit", "person", "kind"),
    comment="One reminder to one person about one unit; its uniqueness is what keeps it from going out twice.",
)

audit = Table(
    "audit",
    metadata,
    _id(),
    _ref("person", "person", needed=False),
    _ref("account", "account", needed=False),
    Column("verb", String(60), nullable=False),
    _ref("unit", "unit", needed=False),
    _ref("campaign", "campaign", needed=False),
    _ref("submission", "submission", needed=False),
    _text("detail", "{}"),
    Column("channel", String(20), nullable=False, server_default=""),
    _moment("at", True),
    Index(None, "campaign", "at"),
    Index(None, "unit", "at"),
    comment="Who decided what, noun.verb; detail is a JSON object; rows are only added.",
)

# --- files, jobs, messages -------------------------------------------------------------------------------------

file = Table(
    "file",
    metadata,
    _id(),
    Column("sha256", String(64), nullable=False),
    _text("name"),
    Column("media_type", String(120), nullable=False),
    Column("size", Integer, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
    _ref("owner", "person", needed=False),
    _ref("submission", "submission", needed=False),
    _moment("created_at", True),
    Index(None, "sha256"),
    Index(None, "submission"),
    comment="Evidence sent in and reports made, with their bytes.",
)

attachment = Table(
    "attachment",
    metadata,
    _id(),
    _ref("submission", "submission"),
    _text("field"),
    _text("row"),
    _ref("file", "file"),
    _ref("person", "person", needed=False),
    _moment("at", True),
    _moment("removed_at"),
    Index(None, "submission"),
    comment="A file given as evidence for an item of a report.",
)

job = Table(
    "job",
    metadata,
    _id(),
    Column("kind", String(40), nullable=False),
    _text("payload", "{}"),
    Column("state", String(8), nullable=False, server_default="waiting"),
    _moment("created_at", True),
    _moment("not_before"),
    Column("claimed_by", String(60)),
    _moment("lease_until"),
    _count("attempts"),
    _text("error"),
    _moment("finished_at"),
    Index(None, "state", "id"),
    comment="Work for later: waiting, running, done or failed; payload is a JSON object.",
)

inbox = Table(
    "inbox",
    metadata,
    _id(),
    Column("channel", String(20), nullable=False),
    Column("external", String(120), nullable=False),
    _ref("account", "account", needed=False),
    Column("kind", String(40), nullable=False),
    _text("raw"),
    _text("said"),
    _moment("received_at", True),
    _moment("handled_at"),
    _text("error"),
    UniqueConstraint("channel", "external"),
    comment="Every event taken from a channel, once; raw is what the channel gave.",
)

_UNSENT = "sent_at IS NULL AND dead_at IS NULL"

outbox = Table(
    "outbox",
    metadata,
    _id(),
    Column("channel", String(20), nullable=False),
    _ref("account", "account"),
    _ref("person", "person", needed=False),
    _ref("inbox", "inbox", needed=False),
    Column("kind", String(8), nullable=False),
    Column("priority", SmallInteger, nullable=False),
    _text("payload", "{}"),
    _moment("created_at", True),
    _moment("not_before"),
    Column("claimed_by", String(60)),
    _moment("claimed_at"),
    _count("attempts"),
    _text("error"),
    _moment("sent_at"),
    _moment("dead_at"),
    Index(None, "person", "id"),
    sqlite_autoincrement=True,
    comment="Every message to be sent, written with what it answers; payload is a JSON object.",
)

for _name, _columns in {"ix_outbox_due": ("channel", "priority", "id"), "ix_outbox_line": ("account", "id")}.items():
    Index(
        _name, *(outbox.c[_column] for _column in _columns), sqlite_where=text(_UNSENT), postgresql_where=text(_UNSENT)
    )

meta = Table(
    "meta",
    metadata,
    Column("key", String(60), primary_key=True),
    _text("value"),
    comment="Facts about the database itself, such as the mark of a demo.",
)
