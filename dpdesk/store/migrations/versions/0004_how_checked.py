"""How checked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Brings the tables up to date."""
    with op.batch_alter_table("disposals", schema=None) as batch_op:
        batch_op.add_column(sa.Column("looked_how", sa.String(), nullable=True))
