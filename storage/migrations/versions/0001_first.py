"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
UNSENT = sa.text("sent_at IS NULL AND dead_at IS NULL")


SQLITE_FROZEN = """
CREATE TRIGGER {table}_{deed}_refused BEFORE {deed} ON {table}
BEGIN SELECT RAISE(ABORT, '{table}: rows are only added'); END
"""
POSTGRES_FROZEN = """
CREATE OR REPLACE FUNCTION {table}_refused() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{table}: rows are only added'; END $$;
CREATE TRIGGER {table}_refused BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_refused()
"""


def upgrade() -> None:
    op.create_table(
        "form_version",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_version")),
        sa.UniqueConstraint("key", "version", name=op.f("uq_form_version_key_version")),
        comment="A published form: its frozen text and hash.",
    )
    op.create_table(
        "guess",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("external", sa.String(length=120), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guess")),
        comment="A wrong invitation code, to slow down whoever tries many.",
    )
    op.create_index(op.f("ix_guess_channel_external_at"), "guess", ["channel", "external", "at"], unique=False)
    op.create_table(
        "job",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("payload", sa.Text(), server_default="{}", nullable=False),
        sa.Column("state", sa.String(length=8), server_default="waiting", nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("not_before", MOMENT, nullable=True),
        sa.Column("claimed_by", sa.String(length=60), nullable=True),
        sa.Column("lease_until", MOMENT, nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        comment="Work for later: waiting, running, done or failed; payload is a JSON object.",
    )
    op.create_index(op.f("ix_job_state_id"), "job", ["state", "id"], unique=False)
    op.create_table(
        "meta",
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("value", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_meta")),
        comment="Facts about the database itself, such as the mark of a demo.",
    )
    op.create_table(
        "person",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("handle", sa.String(length=60), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("handle", name=op.f("uq_person_handle")),
        comment="A human being; the handle signs in demo people.",
    )
    op.create_table(
        "unit",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        comment="A unit through all its dated versions.",
    )
    op.create_table(
        "account",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("external", sa.String(length=120), nullable=False),
        sa.Column("person", ID, nullable=True),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("blocked_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_account_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("channel", "external", name=op.f("uq_account_channel_external")),
        comment="One chat identity of a person on one channel; without a person: a stranger.",
    )
    op.create_index(op.f("ix_account_person"), "account", ["person"], unique=False)
    op.create_table(
        "campaign",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("form_version", ID, nullable=False),
        sa.Column("root", ID, nullable=False),
        sa.Column("reference_date", sa.Date(), nullable=False),
        sa.Column("period", sa.Text(), server_default="", nullable=False),
        sa.Column("previous", ID, nullable=True),
        sa.Column("switches", sa.Text(), server_default="[]", nullable=False),
        sa.Column("settings", sa.Text(), server_default="{}", nullable=False),
        sa.Column("receipts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("opened_by", ID, nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["form_version"], ["form_version.id"], name=op.f("fk_campaign_form_version")),
        sa.ForeignKeyConstraint(["opened_by"], ["person.id"], name=op.f("fk_campaign_opened_by")),
        sa.ForeignKeyConstraint(["previous"], ["campaign.id"], name=op.f("fk_campaign_previous")),
        sa.ForeignKeyConstraint(["root"], ["unit.id"], name=op.f("fk_campaign_root")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("key", name=op.f("uq_campaign_key")),
        comment="One round of reporting; switches and settings are JSON, receipts the last number given.",
    )
    op.create_table(
        "invite",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("unit", ID, nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", ID, nullable=True),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.Column("used_by", ID, nullable=True),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_invite_created_by")),
        sa.ForeignKeyConstraint(["unit"], ["unit.id"], name=op.f("fk_invite_unit")),
        sa.ForeignKeyConstraint(["used_by"], ["person.id"], name=op.f("fk_invite_used_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invite")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_invite_code_hash")),
        comment="A single-use code to join a unit, kept hashed.",
    )
    op.create_table(
        "letterhead",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("unit", ID, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("parent_body", sa.Text(), server_default="", nullable=False),
        sa.Column("issuing_body", sa.Text(), server_default="", nullable=False),
        sa.Column("symbol", sa.Text(), server_default="", nullable=False),
        sa.Column("place", sa.Text(), server_default="", nullable=False),
        sa.Column("authority", sa.Text(), server_default="", nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("signer", sa.Text(), server_default="", nullable=False),
        sa.Column("profile", sa.Text(), server_default="", nullable=False),
        sa.Column("recipients", sa.Text(), server_default="[]", nullable=False),
        sa.ForeignKeyConstraint(["unit"], ["unit.id"], name=op.f("fk_letterhead_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letterhead")),
        sa.UniqueConstraint("unit", "valid_from", name=op.f("uq_letterhead_unit_valid_from")),
        comment="The usual document data of a unit from a day on; recipients is a JSON list.",
    )
    op.create_table(
        "predecessor",
        sa.Column("unit", ID, nullable=False),
        sa.Column("before", ID, nullable=False),
        sa.Column("partly", sa.Boolean(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["before"], ["unit.id"], name=op.f("fk_predecessor_before")),
        sa.ForeignKeyConstraint(["unit"], ["unit.id"], name=op.f("fk_predecessor_unit")),
        sa.PrimaryKeyConstraint("unit", "before", name=op.f("pk_predecessor")),
        comment="Which units a merged unit was made of; partly: only a share went into it.",
    )
    op.create_table(
        "role",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("unit", ID, nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("granted_at", MOMENT, nullable=False),
        sa.Column("granted_by", ID, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_by", ID, nullable=True),
        sa.ForeignKeyConstraint(["ended_by"], ["person.id"], name=op.f("fk_role_ended_by")),
        sa.ForeignKeyConstraint(["granted_by"], ["person.id"], name=op.f("fk_role_granted_by")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_role_person")),
        sa.ForeignKeyConstraint(["unit"], ["unit.id"], name=op.f("fk_role_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
        comment="What a person is in a unit: official, lead, coordinator or administrator, until it is ended.",
    )
    op.create_index(op.f("ix_role_person_unit"), "role", ["person", "unit"], unique=False)
    op.create_index(op.f("ix_role_unit"), "role", ["unit"], unique=False)
    op.create_table(
        "session",
        sa.Column("person", ID, autoincrement=False, nullable=False),
        sa.Column("json", sa.Text(), server_default="", nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_session_person")),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_session")),
        comment="Where a person stands in the dialog, as JSON.",
    )
    op.create_table(
        "unit_version",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("unit", ID, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("parent", ID, nullable=True),
        sa.Column("body", sa.Text(), server_default="", nullable=False),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True, comment="the last day, included; empty: until further notice"),
        sa.ForeignKeyConstraint(["parent"], ["unit.id"], name=op.f("fk_unit_version_parent")),
        sa.ForeignKeyConstraint(["unit"], ["unit.id"], name=op.f("fk_unit_version_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_version")),
        sa.UniqueConstraint("code", "valid_from", name=op.f("uq_unit_version_code_valid_from")),
        comment="How a unit was called and to whom it belonged during some time.",
    )
    op.create_index(op.f("ix_unit_version_parent"), "unit_version", ["parent"], unique=False)
    op.create_index(op.f("ix_unit_version_unit_valid_from"), "unit_version", ["unit", "valid_from"], unique=False)
    op.create_table(
        "campaign_unit",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("campaign", ID, nullable=False),
        sa.Column("unit", ID, nullable=False),
        sa.Column("form_version", ID, nullable=False),
        sa.Column("due", MOMENT, nullable=True),
        sa.Column("required", sa.Boolean(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["campaign"], ["campaign.id"], name=op.f("fk_campaign_unit_campaign")),
        sa.ForeignKeyConstraint(["form_version"], ["form_version.id"], name=op.f("fk_campaign_unit_form_version")),
        sa.ForeignKeyConstraint(["unit"], ["unit.id"], name=op.f("fk_campaign_unit_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_unit")),
        sa.UniqueConstraint("campaign", "unit", name=op.f("uq_campaign_unit_campaign_unit")),
        comment="A unit asked in a campaign, with which form, until when.",
    )
    op.create_index(op.f("ix_campaign_unit_unit"), "campaign_unit", ["unit"], unique=False)
    op.create_table(
        "inbox",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("external", sa.String(length=120), nullable=False),
        sa.Column("account", ID, nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("raw", sa.Text(), server_default="", nullable=False),
        sa.Column("said", sa.Text(), server_default="", nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("handled_at", MOMENT, nullable=True),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name=op.f("fk_inbox_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("channel", "external", name=op.f("uq_inbox_channel_external")),
        comment="Every event taken from a channel, once; raw is what the channel gave.",
    )
    op.create_table(
        "outbox",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("account", ID, nullable=False),
        sa.Column("person", ID, nullable=True),
        sa.Column("inbox", ID, nullable=True),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("priority", sa.SmallInteger(), nullable=False),
        sa.Column("payload", sa.Text(), server_default="{}", nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("not_before", MOMENT, nullable=True),
        sa.Column("claimed_by", sa.String(length=60), nullable=True),
        sa.Column("claimed_at", MOMENT, nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("dead_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name=op.f("fk_outbox_account")),
        sa.ForeignKeyConstraint(["inbox"], ["inbox.id"], name=op.f("fk_outbox_inbox")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_outbox_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        comment="Every message to be sent, written with what it answers; payload is a JSON object.",
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_outbox_due",
        "outbox",
        ["channel", "priority", "id"],
        unique=False,
        sqlite_where=UNSENT,
        postgresql_where=UNSENT,
    )
    op.create_index(
        "ix_outbox_line", "outbox", ["account", "id"], unique=False, sqlite_where=UNSENT, postgresql_where=UNSENT
    )
    op.create_index(op.f("ix_outbox_person_id"), "outbox", ["person", "id"], unique=False)
    op.create_table(
        "submission",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="0", nullable=False),
        sa.Column(
            "stamp",
            sa.BigInteger(),
            server_default="0",
            nullable=False,
            comment="drawn anew at each change of an answer",
        ),
        sa.Column("opened_at", MOMENT, nullable=True),
        sa.Column("first_sent_at", MOMENT, nullable=True),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("sent_by", ID, nullable=True),
        sa.Column("sent_revision", sa.Integer(), nullable=True),
        sa.Column("receipt", sa.Text(), server_default="", nullable=False),
        sa.Column("returned_at", MOMENT, nullable=True),
        sa.Column("accepted_at", MOMENT, nullable=True),
        sa.Column("accepted_by", ID, nullable=True),
        sa.Column("reopened_until", MOMENT, nullable=True),
        sa.Column("reopen_reason", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "status IN ('not_opened', 'in_progress', 'sent', 'returned', 'accepted')", name=op.f("ck_submission_status")
        ),
        sa.ForeignKeyConstraint(["accepted_by"], ["person.id"], name=op.f("fk_submission_accepted_by")),
        sa.ForeignKeyConstraint(["id"], ["campaign_unit.id"], name=op.f("fk_submission_id")),
        sa.ForeignKeyConstraint(["sent_by"], ["person.id"], name=op.f("fk_submission_sent_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        comment="One unit's report in one campaign: how far it has come.",
    )
    op.create_table(
        "answer",
        sa.Column("submission", ID, autoincrement=False, nullable=False),
        sa.Column("field", sa.String(length=120), nullable=False),
        sa.Column("row", sa.String(length=120), nullable=False),
        sa.Column("column", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=1), nullable=False, comment="how value is spelled: see storage.answers"),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=True, comment="the value in millionths; 0 for a zero"),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("basis", sa.Text(), server_default="", nullable=False),
        sa.Column("person", ID, nullable=True),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint("state IN ('value', 'zero', 'none', 'empty')", name=op.f("ck_answer_state")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_answer_person")),
        sa.ForeignKeyConstraint(["submission"], ["submission.id"], name=op.f("fk_answer_submission")),
        sa.PrimaryKeyConstraint("submission", "field", "row", "column", name=op.f("pk_answer")),
        comment="The newest answer at each address of a submission.",
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_answer_override",
        "answer",
        ["submission"],
        unique=False,
        sqlite_where=sa.text("basis <> ''"),
        postgresql_where=sa.text("basis <> ''"),
    )
    op.create_table(
        "answer_history",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("submission", ID, nullable=False),
        sa.Column("field", sa.String(length=120), nullable=False),
        sa.Column("row", sa.String(length=120), nullable=False),
        sa.Column("column", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=1), nullable=False, comment="how value is spelled: see storage.answers"),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=True, comment="the value in millionths; 0 for a zero"),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("basis", sa.Text(), server_default="", nullable=False),
        sa.Column("person", ID, nullable=True),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("account", ID, nullable=True),
        sa.Column("inbox", ID, nullable=True),
        sa.Column("message", sa.String(length=120), server_default="", nullable=False),
        sa.CheckConstraint("state IN ('value', 'zero', 'none', 'empty')", name=op.f("ck_answer_history_state")),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name=op.f("fk_answer_history_account")),
        sa.ForeignKeyConstraint(["inbox"], ["inbox.id"], name=op.f("fk_answer_history_inbox")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_answer_history_person")),
        sa.ForeignKeyConstraint(["submission"], ["submission.id"], name=op.f("fk_answer_history_submission")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_history")),
        comment="Every writing of every answer; rows are only added.",
    )
    op.create_index(op.f("ix_answer_history_submission"), "answer_history", ["submission"], unique=False)
    op.create_table(
        "answer_part",
        sa.Column("submission", ID, autoincrement=False, nullable=False),
        sa.Column("field", sa.String(length=120), nullable=False),
        sa.Column("row", sa.String(length=120), nullable=False),
        sa.Column("column", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("message", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["submission"], ["submission.id"], name=op.f("fk_answer_part_submission")),
        sa.PrimaryKeyConstraint("submission", "field", "row", "column", "position", name=op.f("pk_answer_part")),
        comment="The chat messages a narrative was written in, in order.",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "assignment",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("submission", ID, nullable=False),
        sa.Column("prefix", sa.Text(), server_default="", nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("comment", sa.Text(), server_default="", nullable=False),
        sa.Column("given_by", ID, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=True),
        sa.Column("resolved_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["given_by"], ["person.id"], name=op.f("fk_assignment_given_by")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_assignment_person")),
        sa.ForeignKeyConstraint(["submission"], ["submission.id"], name=op.f("fk_assignment_submission")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        comment="A section, appendix or row handed to a colleague; prefix '' is the whole report.",
    )
    op.create_index(op.f("ix_assignment_person"), "assignment", ["person"], unique=False)
    op.create_index(op.f("ix_assignment_submission"), "assignment", ["submission"], unique=False)
    op.create_table(
        "audit",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("person", ID, nullable=True),
        sa.Column("account", ID, nullable=True),
        sa.Column("verb", sa.String(length=60), nullable=False),
        sa.Column("unit", ID, nullable=True),
        sa.Column("campaign", ID, nullable=True),
        sa.Column("submission", ID, nullable=True),
        sa.Column("detail", sa.Text(), server_default="{}", nullable=False),
        sa.Column("channel", sa.String(length=20), server_default="", nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name=op.f("fk_audit_account")),
        sa.ForeignKeyConstraint(["campaign"], ["campaign.id"], name=op.f("fk_audit_campaign")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_audit_person")),
        sa.ForeignKeyConstraint(["submission"], ["submission.id"], name=op.f("fk_audit_submission")),
        sa.ForeignKeyConstraint(["unit"], ["unit.id"], name=op.f("fk_audit_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        comment="Who decided what, noun.verb; detail is a JSON object; rows are only added.",
    )
    op.create_index(op.f("ix_audit_campaign_at"), "audit", ["campaign", "at"], unique=False)
    op.create_index(op.f("ix_audit_unit_at"), "audit", ["unit", "at"], unique=False)
    op.create_table(
        "file",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("media_type", sa.String(length=120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.Column("owner", ID, nullable=True),
        sa.Column("submission", ID, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["owner"], ["person.id"], name=op.f("fk_file_owner")),
        sa.ForeignKeyConstraint(["submission"], ["submission.id"], name=op.f("fk_file_submission")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file")),
        comment="Evidence sent in and reports made, with their bytes.",
    )
    op.create_index(op.f("ix_file_sha256"), "file", ["sha256"], unique=False)
    op.create_index(op.f("ix_file_submission"), "file", ["submission"], unique=False)
    op.create_table(
        "frozen_sum",
        sa.Column("submission", ID, autoincrement=False, nullable=False),
        sa.Column("field", sa.String(length=120), nullable=False),
        sa.Column("row", sa.String(length=120), nullable=False),
        sa.Column("column", sa.String(length=120), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.Column("counted", sa.Integer(), server_default="0", nullable=False),
        sa.Column("expected", sa.Integer(), server_default="0", nullable=False),
        sa.Column("parts", sa.Text(), server_default="[]", nullable=False),
        sa.ForeignKeyConstraint(["submission"], ["submission.id"], name=op.f("fk_frozen_sum_submission")),
        sa.PrimaryKeyConstraint("submission", "field", "row", "column", "revision", name=op.f("pk_frozen_sum")),
        comment="A proposal as it was when its owner sent; parts is a JSON list.",
    )
    op.create_table(
        "reminder",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("campaign", ID, nullable=False),
        sa.Column("unit", ID, nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("planned_at", MOMENT, nullable=False),
        sa.Column("outbox", ID, nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["campaign"], ["campaign.id"], name=op.f("fk_reminder_campaign")),
        sa.ForeignKeyConstraint(["outbox"], ["outbox.id"], name=op.f("fk_reminder_outbox")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_reminder_person")),
        sa.ForeignKeyConstraint(["unit"], ["unit.id"], name=op.f("fk_reminder_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint("campaign", "unit", "person", "kind", name=op.f("uq_reminder_campaign_unit_person_kind")),
        comment="One reminder to one person about one unit; its uniqueness is what keeps it from going out twice.",
    )
    op.create_table(
        "return",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("submission", ID, nullable=False),
        sa.Column("prefix", sa.Text(), server_default="", nullable=False),
        sa.Column("comment", sa.Text(), server_default="", nullable=False),
        sa.Column("given_by", ID, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=True),
        sa.Column("resolved_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["given_by"], ["person.id"], name=op.f("fk_return_given_by")),
        sa.ForeignKeyConstraint(["submission"], ["submission.id"], name=op.f("fk_return_submission")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return")),
        comment="A report or a part of it handed back with a comment; resolved when it is sent again.",
    )
    op.create_index(op.f("ix_return_submission"), "return", ["submission"], unique=False)
    op.create_table(
        "attachment",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("submission", ID, nullable=False),
        sa.Column("field", sa.Text(), server_default="", nullable=False),
        sa.Column("row", sa.Text(), server_default="", nullable=False),
        sa.Column("file", ID, nullable=False),
        sa.Column("person", ID, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["file"], ["file.id"], name=op.f("fk_attachment_file")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_attachment_person")),
        sa.ForeignKeyConstraint(["submission"], ["submission.id"], name=op.f("fk_attachment_submission")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        comment="A file given as evidence for an item of a report.",
    )
    op.create_index(op.f("ix_attachment_submission"), "attachment", ["submission"], unique=False)
    _only_added("answer_history")
    _only_added("audit")


def _only_added(table: str) -> None:
    """Let the database itself refuse a change of the record."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(POSTGRES_FROZEN.format(table=table))
        return
    for deed in ("UPDATE", "DELETE"):
        op.execute(SQLITE_FROZEN.format(table=table, deed=deed))
