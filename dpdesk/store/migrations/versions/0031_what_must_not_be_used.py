"""What must not be used."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    """Brings the tables up to date."""
    with op.batch_alter_table("assets", schema=None) as batch_op:
        batch_op.add_column(sa.Column("flagged", sa.String(), nullable=True))

    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.add_column(sa.Column("flagged", sa.String(), nullable=True))

    with op.batch_alter_table("requests", schema=None) as batch_op:
        batch_op.add_column(sa.Column("flag_assets", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("flag_pictures", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("lifted_why", sa.Text(), nullable=True))
