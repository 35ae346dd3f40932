"""Set asides."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    """Brings the tables up to date."""
    op.create_table(
        "set_asides",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("copy_of", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("back_at", sa.String(), nullable=True),
        sa.Column("back_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_set_asides_document_id_documents")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_set_asides")),
    )
    with op.batch_alter_table("set_asides", schema=None) as batch_op:
        batch_op.create_index("ix_set_asides_document", ["document_id", "page"], unique=False)
