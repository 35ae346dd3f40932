"""Trainings by person."""

from __future__ import annotations

from alembic import op

revision = "0047"
down_revision = "0046"


def upgrade() -> None:
    """Brings the tables up to date."""
    with op.batch_alter_table("training", schema=None) as batch_op:
        batch_op.create_index("ix_training_person_course", ["person", "course"], unique=False)
