"""Pages that wait to be read are found without going through all that were read."""

from __future__ import annotations

from alembic import op

revision = "0045"
down_revision = "0044"


def upgrade() -> None:
    """Brings the tables up to date."""
    with op.batch_alter_table("page_readings", schema=None) as batch_op:
        batch_op.create_index(
            "ix_page_readings_read_at", ["read_at", "document_id", "number"], unique=False
        )
