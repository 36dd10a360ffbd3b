"""Every table; only these and the migrations know how rows look.

Moments are UTC. Numbers of answers are whole millionths, so that sums made by the database are exact. Texts called
JSON in a table's comment hold JSON written by this package. The tables of messages stand in ``message_tables``.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.schema.columns import Id, address, count, identity, metadata, moment, reference, words
from storage.schema.message_tables import attachment, audit, file, inbox, job, meta, outbox, reminder
from storage.schema.staging_tables import import_batch, import_row
from storage.schema.workflow_tables import assignment, correction, return_, sending

# --- units -----------------------------------------------------------------------------------------------------

unit = Table("unit", metadata, identity(), moment("created_at", True), comment="A unit through all its dated versions.")

unit_version = Table(
    "unit_version",
    metadata,
    identity(),
    reference("unit", "unit"),
    Column("code", String(40), nullable=False),
    words("name"),
    Column("kind", String(40), nullable=False),
    reference("parent", "unit", needed=False),
    words("body"),
    count("position"),
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
    identity(),
    reference("unit", "unit"),
    Column("valid_from", Date, nullable=False),
    words("parent_body"),
    words("issuing_body"),
    words("symbol"),
    words("place"),
    words("authority"),
    words("title"),
    words("signer"),
    words("profile"),
    words("recipients", "[]"),
    UniqueConstraint("unit", "valid_from"),
    comment="The usual document data of a unit from a day on; recipients is a JSON list.",
)

# --- people ----------------------------------------------------------------------------------------------------

person = Table(
    "person",
    metadata,
    identity(),
    words("name"),
    Column("handle", String(60), unique=True),
    moment("created_at", True),
    moment("removed_at"),
    moment("quiet_until"),
    comment="A human being; the handle signs in demo people.",
)

account = Table(
    "account",
    metadata,
    identity(),
    Column("channel", String(20), nullable=False),
    Column("external", String(120), nullable=False),
    reference("person", "person", needed=False),
    words("name"),
    moment("created_at", True),
    moment("blocked_at"),
    Column("menu", String(16), nullable=False, server_default="", comment="the version of the menu it was last sent"),
    UniqueConstraint("channel", "external"),
    Index(None, "person"),
    comment="One chat identity of a person on one channel; without a person: a stranger.",
)

role = Table(
    "role",
    metadata,
    identity(),
    reference("person", "person"),
    reference("unit", "unit"),
    Column("role", String(20), nullable=False),
    moment("granted_at", True),
    reference("granted_by", "person", needed=False),
    moment("ended_at"),
    reference("ended_by", "person", needed=False),
    Index(None, "person", "unit"),
    Index(None, "unit"),
    comment="What a person is in a unit: official, lead, coordinator or administrator, until it is ended.",
)

invite = Table(
    "invite",
    metadata,
    identity(),
    Column("code_hash", String(64), nullable=False, unique=True),
    reference("unit", "unit"),
    Column("role", String(20), nullable=False),
    moment("created_at", True),
    reference("created_by", "person", needed=False),
    moment("expires_at", True),
    moment("used_at"),
    reference("used_by", "person", needed=False),
    moment("revoked_at"),
    Column("person", Id, comment="set: the code adds an account to this person instead of giving a role"),
    Column("outbox", Id, comment="the message in which the code still stands in plain"),
    Index("ix_invite_outbox", "outbox"),
    comment="A single-use code to join a unit, kept hashed.",
)

guess = Table(
    "guess",
    metadata,
    identity(),
    Column("channel", String(20), nullable=False),
    Column("external", String(120), nullable=False),
    moment("at", True),
    Index(None, "channel", "external", "at"),
    comment="A wrong invitation code, to slow down whoever tries many.",
)

session = Table(
    "session",
    metadata,
    Column("person", Id, ForeignKey("person.id"), primary_key=True, autoincrement=False),
    words("json"),
    moment("updated_at", True),
    Column("account", Id, comment="the account that spoke last: where messages that answer nothing go"),
    comment="Where a person stands in the dialog, as JSON.",
)

# --- campaigns -------------------------------------------------------------------------------------------------

form_version = Table(
    "form_version",
    metadata,
    identity(),
    Column("key", String(60), nullable=False),
    Column("version", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    words("title"),
    words("text"),
    moment("published_at", True),
    UniqueConstraint("key", "version"),
    comment="A published form: its frozen text and hash.",
)

campaign = Table(
    "campaign",
    metadata,
    identity(),
    Column("key", String(60), nullable=False, unique=True),
    words("title"),
    reference("form_version", "form_version"),
    reference("root", "unit"),
    Column("reference_date", Date, nullable=False),
    words("period"),
    reference("previous", "campaign", needed=False),
    words("switches", "[]"),
    words("settings", "{}"),
    count("receipts"),
    moment("opened_at", True),
    reference("opened_by", "person", needed=False),
    moment("closed_at"),
    comment="One round of reporting; switches and settings are JSON, receipts the last number given.",
)

campaign_unit = Table(
    "campaign_unit",
    metadata,
    identity(),
    reference("campaign", "campaign"),
    reference("unit", "unit"),
    reference("form_version", "form_version"),
    moment("due"),
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
    count("revision"),
    Column("stamp", BigInteger, nullable=False, server_default="0", comment="drawn anew at each change of an answer"),
    moment("opened_at"),
    moment("first_sent_at"),
    moment("sent_at"),
    reference("sent_by", "person", needed=False),
    Column("sent_revision", Integer),
    words("receipt"),
    moment("returned_at"),
    moment("accepted_at"),
    reference("accepted_by", "person", needed=False),
    moment("reopened_until"),
    words("reopen_reason"),
    Column("reopened_from", String(12), comment="the status to go back to if the reopening is undone"),
    moment("reopen_told_at"),
    moment("confirm_asked_at"),
    Column("confirm_asked_by", Id),
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
        words("reason"),
        words("basis"),
        reference("person", "person", needed=False),
        Column("channel", String(20), nullable=False),
        moment("at", True),
        CheckConstraint(f"state IN {STATES}", name="state"),
    )


answer = Table(
    "answer",
    metadata,
    Column("submission", Id, ForeignKey("submission.id"), primary_key=True, autoincrement=False),
    *address(),
    *_content(),
    Index("ix_answer_override", "submission", sqlite_where=text("basis <> ''"), postgresql_where=text("basis <> ''")),
    sqlite_with_rowid=False,
    comment="The newest answer at each address of a submission.",
)

answer_history = Table(
    "answer_history",
    metadata,
    identity(),
    reference("submission", "submission"),
    *(Column(name, String(120), nullable=False) for name in ("field", "row", "column")),
    *_content(),
    reference("account", "account", needed=False),
    reference("inbox", "inbox", needed=False),
    Column("message", String(120), nullable=False, server_default=""),
    Index(None, "submission"),
    comment="Every writing of every answer; rows are only added.",
)

answer_part = Table(
    "answer_part",
    metadata,
    Column("submission", Id, ForeignKey("submission.id"), primary_key=True, autoincrement=False),
    *address(),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("message", String(120), nullable=False),
    words("text"),
    sqlite_with_rowid=False,
    comment="The chat messages a narrative was written in, in order.",
)

frozen_sum = Table(
    "frozen_sum",
    metadata,
    Column("submission", Id, ForeignKey("submission.id"), primary_key=True, autoincrement=False),
    *address(),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("number", BigInteger),
    count("counted"),
    count("expected"),
    words("parts", "[]"),
    comment="A proposal as it was when its owner sent; parts is a JSON list.",
)

__all__ = [
    "account",
    "answer",
    "answer_history",
    "answer_part",
    "assignment",
    "attachment",
    "audit",
    "campaign",
    "campaign_unit",
    "correction",
    "file",
    "form_version",
    "frozen_sum",
    "guess",
    "import_batch",
    "import_row",
    "inbox",
    "invite",
    "job",
    "letterhead",
    "meta",
    "metadata",
    "outbox",
    "person",
    "predecessor",
    "reminder",
    "return_",
    "role",
    "sending",
    "session",
    "submission",
    "unit",
    "unit_version",
]
