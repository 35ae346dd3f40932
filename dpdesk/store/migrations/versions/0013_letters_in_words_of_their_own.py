"""Letters in words of their own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Brings the tables up to date."""
    op.create_table(
        "breach_letters",
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("happened", sa.Text(), nullable=True),
        sa.Column("consequences", sa.Text(), nullable=True),
        sa.Column("done", sa.Text(), nullable=True),
        sa.Column("planned", sa.Text(), nullable=True),
        sa.Column("advice", sa.Text(), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due", sa.String(), nullable=True),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("changed_at", sa.String(), nullable=False),
        sa.Column("archived_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["breaches.id"], name=op.f("fk_breach_letters_parent_id_breaches")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breach_letters")),
        sa.UniqueConstraint("reference", name=op.f("uq_breach_letters_reference")),
    )
    with op.batch_alter_table("breach_letters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_breach_letters_due"), ["due"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_breach_letters_parent_id"), ["parent_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_breach_letters_state"), ["state"], unique=False)

    # Without copying the table: its name would come out in quotation marks.
    op.add_column("breaches", sa.Column("high_risk", sa.String(), nullable=True))
    op.drop_column("breaches", "case_reference")
    op.drop_column("breaches", "for_people")
