"""Page readings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Brings the tables up to date."""
    op.create_table(
        "page_readings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("engine", sa.String(), server_default="", nullable=False),
        sa.Column("settings", sa.String(), server_default="", nullable=False),
        sa.Column("read_at", sa.String(), nullable=True),
        sa.Column("turn", sa.Integer(), server_default="0", nullable=False),
        sa.Column("word_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("doubtful", sa.Integer(), server_default="0", nullable=False),
        sa.Column("fault", sa.String(), server_default="", nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_page_readings_document_id_documents")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_readings")),
        sa.UniqueConstraint("document_id", "number", name=op.f("uq_page_readings_document_id")),
    )
    with op.batch_alter_table("document_pages", schema=None) as batch_op:
        batch_op.create_index(
            "ix_document_pages_kind", ["kind", "document_id", "number"], unique=False
        )
