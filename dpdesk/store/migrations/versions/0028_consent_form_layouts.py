"""Consent form layouts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    """Brings the tables up to date."""
    with op.batch_alter_table("consent_forms", schema=None) as batch_op:
        batch_op.add_column(sa.Column("layout", sa.Text(), server_default="", nullable=False))
