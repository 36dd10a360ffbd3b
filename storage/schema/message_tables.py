"""The tables of what comes in, what goes out, what is left for later and what was decided; see ``tables``."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, SmallInteger, String, Table, UniqueConstraint, text

from storage.schema.columns import count, identity, metadata, moment, reference, words

reminder = Table(
    "reminder",
    metadata,
    identity(),
    reference("campaign", "campaign"),
    reference("unit", "unit"),
    reference("person", "person"),
    Column("kind", String(60), nullable=False),
    moment("planned_at", True),
    reference("outbox", "outbox", needed=False),
    Column("state", String(12), nullable=False),
    moment("settled_at"),
    words("note"),
    UniqueConstraint("campaign", "unit", "person", "kind"),
    Index(None, "outbox"),
    Index(None, "state", "planned_at"),
    comment="One reminder to one person about one unit; its uniqueness is what keeps it from going out twice.",
)

audit = Table(
    "audit",
    metadata,
    identity(),
    reference("person", "person", needed=False),
    reference("account", "account", needed=False),
    Column("verb", String(60), nullable=False),
    reference("unit", "unit", needed=False),
    reference("campaign", "campaign", needed=False),
    reference("submission", "submission", needed=False),
    words("detail", "{}"),
    Column("channel", String(20), nullable=False, server_default=""),
    moment("at", True),
    Index(None, "campaign", "at"),
    Index(None, "unit", "at"),
    comment="Who decided what, noun.verb; detail is a JSON object; rows are only added.",
)

# --- files, jobs, messages -------------------------------------------------------------------------------------

file = Table(
    "file",
    metadata,
    identity(),
    Column("sha256", String(64), nullable=False),
    words("name"),
    Column("media_type", String(120), nullable=False),
    Column("size", Integer, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
    reference("owner", "person", needed=False),
    reference("submission", "submission", needed=False),
    moment("created_at", True),
    moment("came_at"),
    Index(None, "sha256"),
    Index(None, "submission"),
    Index(None, "came_at"),
    comment="Evidence sent in and reports made, with their bytes.",
)

attachment = Table(
    "attachment",
    metadata,
    identity(),
    reference("submission", "submission"),
    words("field"),
    words("row"),
    reference("file", "file"),
    reference("person", "person", needed=False),
    moment("at", True),
    moment("removed_at"),
    words("note"),
    Index(None, "submission"),
    comment="A file given as evidence for an item of a report.",
)

job = Table(
    "job",
    metadata,
    identity(),
    Column("kind", String(40), nullable=False),
    words("payload", "{}"),
    Column("state", String(8), nullable=False, server_default="waiting"),
    moment("created_at", True),
    moment("not_before"),
    Column("claimed_by", String(60)),
    moment("lease_until"),
    count("attempts"),
    words("error"),
    moment("finished_at"),
    Index(None, "state", "id"),
    comment="Work for later: waiting, running, done or failed; payload is a JSON object.",
)

inbox = Table(
    "inbox",
    metadata,
    identity(),
    Column("channel", String(20), nullable=False),
    Column("external", String(120), nullable=False),
    reference("account", "account", needed=False),
    Column("kind", String(40), nullable=False),
    words("raw"),
    words("said"),
    moment("received_at", True),
    moment("handled_at"),
    words("error"),
    UniqueConstraint("channel", "external"),
    comment="Every event taken from a channel, once; raw is what the channel gave.",
)

_UNSENT = "sent_at IS NULL AND dead_at IS NULL"

outbox = Table(
    "outbox",
    metadata,
    identity(),
    Column("channel", String(20), nullable=False),
    reference("account", "account"),
    reference("person", "person", needed=False),
    reference("inbox", "inbox", needed=False),
    Column("kind", String(8), nullable=False),
    Column("priority", SmallInteger, nullable=False),
    words("payload", "{}"),
    moment("created_at", True),
    moment("not_before"),
    Column("claimed_by", String(60)),
    moment("claimed_at"),
    count("attempts"),
    words("error"),
    moment("sent_at"),
    moment("dead_at"),
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
    words("value"),
    comment="Facts about the database itself, such as the mark of a demo.",
)
