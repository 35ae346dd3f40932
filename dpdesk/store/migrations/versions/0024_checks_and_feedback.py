"""Checks and feedback."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Brings the tables up to date."""
    op.create_table(
        "request_checks",
        sa.Column("request", sa.Integer(), nullable=True),
        sa.Column("drawn_on", sa.Date(), nullable=True),
        sa.Column("in_time", sa.String(), nullable=True),
        sa.Column("identity", sa.String(), nullable=True),
        sa.Column("search", sa.String(), nullable=True),
        sa.Column("reasons", sa.String(), nullable=True),
        sa.Column("others", sa.String(), nullable=True),
        sa.Column("letters", sa.String(), nullable=True),
        sa.Column("handed", sa.String(), nullable=True),
        sa.Column("complete", sa.String(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("checked_by", sa.String(), nullable=True),
        sa.Column("found", sa.Text(), nullable=True),
        sa.Column("learnt", sa.Text(), nullable=True),
        sa.Column("better_by", sa.Date(), nullable=True),
        sa.Column("better_done", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due", sa.String(), nullable=True),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("changed_at", sa.String(), nullable=False),
        sa.Column("archived_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["request"], ["requests.id"], name=op.f("fk_request_checks_request_requests")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_checks")),
        sa.UniqueConstraint("reference", name=op.f("uq_request_checks_reference")),
    )
    with op.batch_alter_table("request_checks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_request_checks_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_request_checks_state"), ["state"], unique=False)

    op.create_table(
        "request_feedback",
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("content", sa.String(), nullable=True),
        sa.Column("said", sa.Text(), nullable=True),
        sa.Column("learnt", sa.Text(), nullable=True),
        sa.Column("done", sa.String(), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due", sa.String(), nullable=True),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("changed_at", sa.String(), nullable=False),
        sa.Column("archived_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["requests.id"], name=op.f("fk_request_feedback_parent_id_requests")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_feedback")),
        sa.UniqueConstraint("reference", name=op.f("uq_request_feedback_reference")),
    )
    with op.batch_alter_table("request_feedback", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_request_feedback_due"), ["due"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_request_feedback_parent_id"), ["parent_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_request_feedback_state"), ["state"], unique=False)
