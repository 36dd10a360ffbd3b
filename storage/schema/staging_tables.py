"""The tables in which the answers of a file wait, checked but not yet anybody's; see ``staging``."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, String, Table, Text

from storage.schema.columns import Id, address, count, identity, metadata, moment, reference, words

BATCH_STATES = ("staging", "dropped", "applying", "done")

import_batch = Table(
    "import_batch",
    metadata,
    identity(),
    reference("campaign", "campaign"),
    words("name"),
    Column("state", String(8), nullable=False),
    Column("send", Boolean, nullable=False),
    Column("process", String(120), nullable=False),
    moment("touched_at", True),
    words("reports", "[]"),
    count("position"),
    count("written"),
    count("same"),
    count("sent"),
    words("left_out", "[]"),
    count("left_count"),
    moment("created_at", True),
    moment("finished_at"),
    CheckConstraint(f"state IN {BATCH_STATES}", name="state"),
    Index(None, "state"),
    comment="A file of answers on its way in; reports is the JSON list of those still to be worked, in their order.",
)

import_row = Table(
    "import_row",
    metadata,
    Column("batch", Id, ForeignKey("import_batch.id"), primary_key=True, autoincrement=False),
    Column("submission", Id, ForeignKey("submission.id"), primary_key=True, autoincrement=False),
    *address(),
    Column("line", Integer, nullable=False),
    Column("state", String(8), nullable=False),
    Column("kind", String(1), nullable=False, comment="how value is spelled: see storage.answers"),
    Column("value", Text),
    Column("number", BigInteger),
    words("reason"),
    Column("override", Boolean, nullable=False),
    words("basis"),
    Column("before", Integer, nullable=False, comment="the version that stood at the address when it was staged"),
    sqlite_with_rowid=False,
    comment="An answer of a file, read and checked, that is not yet written.",
)

__all__ = ["BATCH_STATES", "import_batch", "import_row"]
