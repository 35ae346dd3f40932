"""Policy places."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    """Brings the tables up to date."""
    with op.batch_alter_table("policies", schema=None) as batch_op:
        batch_op.add_column(sa.Column("left_places", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("left_why", sa.Text(), nullable=True))
