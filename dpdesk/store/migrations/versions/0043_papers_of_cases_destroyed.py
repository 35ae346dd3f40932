"""Papers of cases that were destroyed, and rows of the history that were emptied."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"


def upgrade() -> None:
    """Brings the tables up to date."""
    op.create_table(
        "erased_notes",
        sa.Column("history_id", sa.Integer(), nullable=False),
        sa.Column("proof", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("history_id", name=op.f("pk_erased_notes")),
    )
    with op.batch_alter_table("requests", schema=None) as batch_op:
        batch_op.add_column(sa.Column("disposed_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("disposal", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_requests_disposal_disposals"), "disposals", ["disposal"], ["id"]
        )
