"""Health data and opinions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    """Brings the tables up to date."""
    with op.batch_alter_table("requests", schema=None) as batch_op:
        batch_op.add_column(sa.Column("health_data", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("opinion_from", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("opinion_address", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("opinion_asked", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("opinion_given", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("opinion_says", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("opinion_words", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("opinion_why", sa.Text(), nullable=True))
