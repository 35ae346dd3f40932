"""People."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Brings the tables up to date."""
    op.create_table(
        "people",
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("surname", sa.String(), nullable=True),
        sa.Column("forename", sa.String(), nullable=True),
        sa.Column("middle_names", sa.String(), nullable=True),
        sa.Column("known_as", sa.String(), nullable=True),
        sa.Column("other_names", sa.Text(), nullable=True),
        sa.Column("born", sa.Date(), nullable=True),
        sa.Column("year_group", sa.String(), nullable=True),
        sa.Column("form", sa.String(), nullable=True),
        sa.Column("house", sa.String(), nullable=True),
        sa.Column("upn", sa.String(), nullable=True),
        sa.Column("admission_number", sa.String(), nullable=True),
        sa.Column("post", sa.String(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("telephone", sa.String(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("looked_after", sa.String(), nullable=True),
        sa.Column("court_order", sa.String(), nullable=True),
        sa.Column("address_kept", sa.String(), nullable=True),
        sa.Column("care_note", sa.String(), nullable=True),
        sa.Column("competent", sa.String(), nullable=True),
        sa.Column("competent_note", sa.String(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due", sa.String(), nullable=True),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("changed_at", sa.String(), nullable=False),
        sa.Column("archived_at", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("reference", name=op.f("uq_people_reference")),
    )
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_people_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_people_state"), ["state"], unique=False)

    op.create_table(
        "relationships",
        sa.Column("adult", sa.Integer(), nullable=True),
        sa.Column("relationship", sa.String(), nullable=True),
        sa.Column("responsible", sa.String(), nullable=True),
        sa.Column("lives_with", sa.String(), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
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
            ["adult"], ["people.id"], name=op.f("fk_relationships_adult_people")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["people.id"], name=op.f("fk_relationships_parent_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relationships")),
        sa.UniqueConstraint("reference", name=op.f("uq_relationships_reference")),
    )
    with op.batch_alter_table("relationships", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_relationships_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_relationships_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_relationships_state"), ["state"], unique=False)
