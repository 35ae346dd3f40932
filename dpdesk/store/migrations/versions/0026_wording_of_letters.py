"""Wording of letters."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """Brings the tables up to date."""
    op.create_table(
        "letter_wordings",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("wording", sa.Text(), nullable=True),
        sa.Column("why", sa.String(), nullable=True),
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
            ["parent_id"], ["school.id"], name=op.f("fk_letter_wordings_parent_id_school")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_wordings")),
        sa.UniqueConstraint("reference", name=op.f("uq_letter_wordings_reference")),
    )
    with op.batch_alter_table("letter_wordings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_wordings_due"), ["due"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_letter_wordings_parent_id"), ["parent_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_letter_wordings_state"), ["state"], unique=False)
