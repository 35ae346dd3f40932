"""Who may ask."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Brings the tables up to date."""
    with op.batch_alter_table("requests", schema=None) as batch_op:
        batch_op.add_column(sa.Column("subject_person", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("requester_person", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("parent_1996", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("authority_seen", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("authority_covers", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("court_orders", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("order_seen", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("order_says", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("capacity_by", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("capacity_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("capacity_why", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("child_agrees", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("identity_seen", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("ready_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("ready_by", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("ready_why", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("advice_sought", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("advice_from", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("advice_said", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("unsearched_why", sa.Text(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_requests_subject_person_people"), "people", ["subject_person"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_requests_requester_person_people"),
            "people",
            ["requester_person"],
            ["id"],
        )
