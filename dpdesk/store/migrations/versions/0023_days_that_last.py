"""Days that last."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Brings the tables up to date."""
    with op.batch_alter_table("special_days", schema=None) as batch_op:
        batch_op.add_column(sa.Column("last", sa.Date(), nullable=True))
