"""The tables of what happens to a report as a whole: who works on which part, sendings, returns, corrections."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, UniqueConstraint

from storage.schema.columns import count, identity, metadata, moment, reference, words

assignment = Table(
    "assignment",
    metadata,
    identity(),
    reference("submission", "submission"),
    words("prefix"),
    reference("person", "person"),
    words("comment"),
    reference("given_by", "person", needed=False),
    moment("at", True),
    moment("until"),
    moment("resolved_at"),
    Column("sees_all", Boolean, nullable=False, server_default="0"),
    moment("done_at"),
    Index(None, "submission"),
    Index(None, "person"),
    comment="A section, appendix or row handed to a colleague; prefix '' is the whole report.",
)

return_ = Table(
    "return",
    metadata,
    identity(),
    reference("submission", "submission"),
    words("prefix"),
    words("comment"),
    reference("given_by", "person", needed=False),
    moment("at", True),
    moment("until"),
    moment("resolved_at"),
    Index(None, "submission"),
    comment="A report or a part of it handed back with a comment; resolved when it is sent again.",
)

sending = Table(
    "sending",
    metadata,
    identity(),
    reference("submission", "submission"),
    Column("number", Integer, nullable=False),
    moment("at", True),
    reference("person", "person", needed=False),
    Column("channel", String(20), nullable=False, server_default=""),
    words("receipt"),
    Column("history", BigInteger, nullable=False, comment="the newest row of its answer_history at that time"),
    UniqueConstraint("submission", "number"),
    comment="Each time a report was sent, from 1; what two sendings differ in is read from the history of its answers.",
)

correction = Table(
    "correction",
    metadata,
    identity(),
    reference("submission", "submission"),
    words("reason"),
    reference("asked_by", "person", needed=False),
    moment("asked_at", True),
    Column("granted", Boolean),
    words("comment"),
    count("sending"),
    reference("settled_by", "person", needed=False),
    moment("settled_at"),
    Index(None, "submission"),
    comment=(
        "A unit's wish to correct what it has sent, in its sending of that number; "
        "granted is empty until it is decided."
    ),
)
