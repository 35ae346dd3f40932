"""Consents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Brings the tables up to date."""
    op.create_table(
        "photo_uses",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("renewal", sa.String(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due", sa.String(), nullable=True),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("changed_at", sa.String(), nullable=False),
        sa.Column("archived_at", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo_uses")),
        sa.UniqueConstraint("reference", name=op.f("uq_photo_uses_reference")),
    )
    with op.batch_alter_table("photo_uses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_photo_uses_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_photo_uses_state"), ["state"], unique=False)

    op.create_table(
        "consents",
        sa.Column("pupil", sa.Integer(), nullable=True),
        sa.Column("use", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("by_whom", sa.Integer(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("how", sa.String(), nullable=True),
        sa.Column("wording", sa.Integer(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("wish", sa.String(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("told_others", sa.Date(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
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
            ["by_whom"], ["people.id"], name=op.f("fk_consents_by_whom_people")
        ),
        sa.ForeignKeyConstraint(["pupil"], ["people.id"], name=op.f("fk_consents_pupil_people")),
        sa.ForeignKeyConstraint(
            ["use"], ["photo_uses.id"], name=op.f("fk_consents_use_photo_uses")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
        sa.UniqueConstraint("reference", name=op.f("uq_consents_reference")),
    )
    with op.batch_alter_table("consents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consents_due"), ["due"], unique=False)
        batch_op.create_index("ix_consents_pupil_use", ["pupil", "use"], unique=False)
        batch_op.create_index(batch_op.f("ix_consents_state"), ["state"], unique=False)

    op.create_table(
        "use_wordings",
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("called", sa.String(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("same", sa.String(), nullable=True),
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
            ["parent_id"], ["photo_uses.id"], name=op.f("fk_use_wordings_parent_id_photo_uses")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_use_wordings")),
        sa.UniqueConstraint("reference", name=op.f("uq_use_wordings_reference")),
    )
    with op.batch_alter_table("use_wordings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_use_wordings_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_use_wordings_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_use_wordings_state"), ["state"], unique=False)
