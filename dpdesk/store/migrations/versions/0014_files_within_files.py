"""Files within files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Brings the tables up to date."""
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.add_column(sa.Column("parent_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("how", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("in_file", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("dated", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("sender", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("recipients", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("subject", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("message_id", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("answers", sa.Text(), server_default="", nullable=False))
        batch_op.create_index("ix_documents_parent", ["parent_id"], unique=False)
