"""Letters that give reasons."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Brings the tables up to date."""
    with op.batch_alter_table("clarifications", schema=None) as batch_op:
        batch_op.add_column(sa.Column("why", sa.Text(), nullable=True))

    with op.batch_alter_table("requests", schema=None) as batch_op:
        batch_op.add_column(sa.Column("identity_why", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("fee_why", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("refusal_exemptions", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("refused_part", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("refusal_why", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("refusal_help", sa.Text(), nullable=True))

    with op.batch_alter_table("school", schema=None) as batch_op:
        batch_op.add_column(sa.Column("how_to_complain", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("regulator_checked", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("regulator_report_page", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("regulator_report_email", sa.String(), nullable=True))
