"""Who else was told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    """Brings the tables up to date."""
    op.create_table(
        "request_recipients",
        sa.Column("recipient", sa.String(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("known_from", sa.String(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("how", sa.String(), nullable=True),
        sa.Column("reply", sa.String(), nullable=True),
        sa.Column("replied_on", sa.Date(), nullable=True),
        sa.Column("not_told", sa.Text(), nullable=True),
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
            ["parent_id"], ["requests.id"], name=op.f("fk_request_recipients_parent_id_requests")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_recipients")),
        sa.UniqueConstraint("reference", name=op.f("uq_request_recipients_reference")),
    )
    with op.batch_alter_table("request_recipients", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_request_recipients_due"), ["due"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_request_recipients_parent_id"), ["parent_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_request_recipients_state"), ["state"], unique=False)
