"""Flags found sooner."""

from __future__ import annotations

from alembic import op

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    """An index for the few requests that put a flag on somebody."""
    with op.batch_alter_table("requests", schema=None) as batch_op:
        batch_op.create_index("ix_requests_flag_from", ["flag_from"], unique=False)
