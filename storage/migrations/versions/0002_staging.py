"""Answers from files wait in tables of their own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "import_batch",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("campaign", ID, nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("send", sa.Boolean(), nullable=False),
        sa.Column("process", sa.String(length=120), nullable=False),
        sa.Column("touched_at", MOMENT, nullable=False),
        sa.Column("reports", sa.Text(), server_default="[]", nullable=False),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.Column("written", sa.Integer(), server_default="0", nullable=False),
        sa.Column("same", sa.Integer(), server_default="0", nullable=False),
        sa.Column("sent", sa.Integer(), server_default="0", nullable=False),
        sa.Column("left_out", sa.Text(), server_default="[]", nullable=False),
        sa.Column("left_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.CheckConstraint("state IN ('staging', 'dropped', 'applying', 'done')", name=op.f("ck_import_batch_state")),
        sa.ForeignKeyConstraint(["campaign"], ["campaign.id"], name=op.f("fk_import_batch_campaign")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
        comment=(
            "A file of answers on its way in; reports is the JSON list of those still to be worked, in their order."
        ),
    )
    op.create_index(op.f("ix_import_batch_state"), "import_batch", ["state"], unique=False)
    op.create_table(
        "import_row",
        sa.Column("batch", ID, autoincrement=False, nullable=False),
        sa.Column("submission", ID, autoincrement=False, nullable=False),
        sa.Column("field", sa.String(length=120), nullable=False),
        sa.Column("row", sa.String(length=120), nullable=False),
        sa.Column("column", sa.String(length=120), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=1), nullable=False, comment="how value is spelled: see storage.answers"),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("override", sa.Boolean(), nullable=False),
        sa.Column("basis", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "before",
            sa.Integer(),
            nullable=False,
            comment="the version that stood at the address when it was staged",
        ),
        sa.ForeignKeyConstraint(["batch"], ["import_batch.id"], name=op.f("fk_import_row_batch")),
        sa.ForeignKeyConstraint(["submission"], ["submission.id"], name=op.f("fk_import_row_submission")),
        sa.PrimaryKeyConstraint("batch", "submission", "field", "row", "column", name=op.f("pk_import_row")),
        comment="An answer of a file, read and checked, that is not yet written.",
        sqlite_with_rowid=False,
    )
