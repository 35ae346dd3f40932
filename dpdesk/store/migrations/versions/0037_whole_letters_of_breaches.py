"""Whole letters of breaches."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    """Brings the tables up to date."""
    with op.batch_alter_table("breach_letters", schema=None) as batch_op:
        batch_op.add_column(sa.Column("subject", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("salutation", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("words", sa.Text(), nullable=True))
