"""Why a withdrawal of consent was closed with nothing of it under Consents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"


def upgrade() -> None:
    """Brings the tables up to date."""
    with op.batch_alter_table("requests", schema=None) as batch_op:
        batch_op.add_column(sa.Column("unrecorded_why", sa.Text(), nullable=True))
