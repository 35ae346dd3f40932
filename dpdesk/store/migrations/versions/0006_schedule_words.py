"""Schedule words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Brings the tables up to date."""
    with op.batch_alter_table("retention_rules", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kept_for", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("also", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("says", sa.Text(), nullable=True))
