"""Sharing, sendings, corrections, reopening and reminders."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _columns()
    _sending()
    _correction()
    _sent_before()


def _columns() -> None:
    op.add_column("person", sa.Column("quiet_until", MOMENT, nullable=True))
    op.add_column("invite", _told("person", "set: the code adds an account to this person instead of giving a role"))
    op.add_column("invite", _told("outbox", "the message in which the code still stands in plain"))
    op.create_index("ix_invite_outbox", "invite", ["outbox"], unique=False)
    last_sent = "the version of the menu it was last sent"
    menu = sa.Column("menu", sa.String(length=16), server_default="", nullable=False, comment=last_sent)
    op.add_column("account", menu)
    op.add_column("session", _told("account", "the account that spoke last: where messages that answer nothing go"))
    back = sa.Column(
        "reopened_from", sa.String(length=12), comment="the status to go back to if the reopening is undone"
    )
    op.add_column("submission", back)
    op.add_column("submission", sa.Column("reopen_told_at", MOMENT, nullable=True))
    op.add_column("submission", sa.Column("confirm_asked_at", MOMENT, nullable=True))
    op.add_column("submission", sa.Column("confirm_asked_by", ID, nullable=True))
    op.add_column("assignment", sa.Column("sees_all", sa.Boolean(), server_default="0", nullable=False))
    op.add_column("assignment", sa.Column("done_at", MOMENT, nullable=True))
    op.add_column("attachment", sa.Column("note", sa.Text(), server_default="", nullable=False))
    op.add_column("file", sa.Column("came_at", MOMENT, nullable=True))
    op.create_index(op.f("ix_file_came_at"), "file", ["came_at"], unique=False)
    op.add_column("reminder", sa.Column("note", sa.Text(), server_default="", nullable=False))
    op.create_index(op.f("ix_reminder_outbox"), "reminder", ["outbox"], unique=False)
    op.create_index(op.f("ix_reminder_state_planned_at"), "reminder", ["state", "planned_at"], unique=False)


def _told(name: str, comment: str) -> sa.Column[int]:
    return sa.Column(name, ID, nullable=True, comment=comment)


def _sending() -> None:
    op.create_table(
        "sending",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("submission", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("person", ID, nullable=True),
        sa.Column("channel", sa.String(length=20), server_default="", nullable=False),
        sa.Column("receipt", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "history", sa.BigInteger(), nullable=False, comment="the newest row of its answer_history at that time"
        ),
        sa.ForeignKeyConstraint(["submission"], ["submission.id"], name=op.f("fk_sending_submission")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_sending_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sending")),
        sa.UniqueConstraint("submission", "number", name=op.f("uq_sending_submission_number")),
        comment=(
            "Each time a report was sent, from 1; what two sendings differ in is read from the history of its answers."
        ),
    )


def _correction() -> None:
    op.create_table(
        "correction",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("submission", ID, nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("asked_by", ID, nullable=True),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("comment", sa.Text(), server_default="", nullable=False),
        sa.Column("sending", sa.Integer(), server_default="0", nullable=False),
        sa.Column("settled_by", ID, nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["submission"], ["submission.id"], name=op.f("fk_correction_submission")),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_correction_asked_by")),
        sa.ForeignKeyConstraint(["settled_by"], ["person.id"], name=op.f("fk_correction_settled_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
        comment=(
            "A unit's wish to correct what it has sent, in its sending of that number; "
            "granted is empty until it is decided."
        ),
    )
    op.create_index(op.f("ix_correction_submission"), "correction", ["submission"], unique=False)


def _sent_before() -> None:
    """What was sent by an older version counts as one sending, with the answers written until then."""
    op.execute(
        sa.text(
            "INSERT INTO sending (submission, number, at, person, channel, receipt, history) "
            "SELECT s.id, 1, s.sent_at, s.sent_by, '', s.receipt, COALESCE("
            "(SELECT MAX(h.id) FROM answer_history h WHERE h.submission = s.id AND h.at <= s.sent_at), 0) "
            "FROM submission s WHERE s.sent_at IS NOT NULL"
        )
    )
