"""Pages that were read in part."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"


def upgrade() -> None:
    """Brings the tables up to date."""
    with op.batch_alter_table("page_readings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("unread", sa.Integer(), server_default="0", nullable=False))
