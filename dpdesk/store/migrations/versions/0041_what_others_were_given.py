"""What others were given."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"


def upgrade() -> None:
    """Brings the tables up to date."""
    with op.batch_alter_table("request_recipients", schema=None) as batch_op:
        batch_op.add_column(sa.Column("given", sa.Text(), nullable=True))
