"""Five questions of sharing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    """Brings the tables up to date."""
    with op.batch_alter_table("sharing", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sure", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("urgent", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("need", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("against", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("safe", sa.String(), nullable=True))
