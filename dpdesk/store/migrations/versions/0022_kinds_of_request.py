"""Kinds of request."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Brings the tables up to date."""
    op.create_table(
        "request_settings",
        sa.Column("target_days", sa.Integer(), nullable=True),
        sa.Column("outcome_days", sa.Integer(), nullable=True),
        sa.Column("withdrawal_days", sa.Integer(), nullable=True),
        sa.Column("promised", sa.String(), nullable=True),
        sa.Column("remind_days", sa.Integer(), nullable=True),
        sa.Column("case_years", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due", sa.String(), nullable=True),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("changed_at", sa.String(), nullable=False),
        sa.Column("archived_at", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_settings")),
        sa.UniqueConstraint("reference", name=op.f("uq_request_settings_reference")),
    )
    with op.batch_alter_table("request_settings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_request_settings_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_request_settings_state"), ["state"], unique=False)

    with op.batch_alter_table("requests", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("about_requests", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("about_breaches", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("use", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("marketing", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("says_wrong", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("should_say", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("machine_decision", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("marks_asked", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("marks_announced", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("erasure_grounds", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("restriction_cases", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("portable_basis", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("portable_held", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("decision", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("decided_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("decided_by", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("decision_note", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("done_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("done_where", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("flag_from", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("flag_says", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("flag_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("lifting_told", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("told_none", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("infringement", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("acknowledged", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("acknowledged_how", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("outcome_by", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("outcome_told", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("remedy", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("learnt", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("escalated", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("escalated_reference", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("burden", sa.Text(), nullable=True))
