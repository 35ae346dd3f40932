"""Enquiries into complaints."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    """Brings the tables up to date."""
    op.create_table(
        "request_enquiries",
        sa.Column("asked_whom", sa.String(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
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
            ["parent_id"], ["requests.id"], name=op.f("fk_request_enquiries_parent_id_requests")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_enquiries")),
        sa.UniqueConstraint("reference", name=op.f("uq_request_enquiries_reference")),
    )
    with op.batch_alter_table("request_enquiries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_request_enquiries_due"), ["due"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_request_enquiries_parent_id"), ["parent_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_request_enquiries_state"), ["state"], unique=False)
