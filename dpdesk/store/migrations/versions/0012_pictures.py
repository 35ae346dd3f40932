"""Pictures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Brings the tables up to date."""
    op.create_table(
        "photos",
        sa.Column("what", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("event", sa.String(), nullable=True),
        sa.Column("taken_on", sa.Date(), nullable=True),
        sa.Column("people", sa.Text(), nullable=True),
        sa.Column("everybody", sa.String(), nullable=True),
        sa.Column("caption", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("deleted_on", sa.Date(), nullable=True),
        sa.Column("deleted_by", sa.String(), nullable=True),
        sa.Column("holds_until", sa.Date(), nullable=True),
        sa.Column("named", sa.String(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due", sa.String(), nullable=True),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("changed_at", sa.String(), nullable=False),
        sa.Column("archived_at", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photos")),
        sa.UniqueConstraint("reference", name=op.f("uq_photos_reference")),
    )
    with op.batch_alter_table("photos", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_photos_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_photos_state"), ["state"], unique=False)

    op.create_table(
        "photo_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("photo", sa.Integer(), nullable=False),
        sa.Column("original", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("small", sa.String(), nullable=True),
        sa.Column("small_sha256", sa.String(), nullable=True),
        sa.Column("taken", sa.String(), nullable=False),
        sa.Column("camera", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["photo"], ["photos.id"], name=op.f("fk_photo_files_photo_photos")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo_files")),
        sa.UniqueConstraint("photo", name=op.f("uq_photo_files_photo")),
    )
    op.create_table(
        "photo_places",
        sa.Column("use", sa.Integer(), nullable=True),
        sa.Column("where", sa.String(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("down_on", sa.Date(), nullable=True),
        sa.Column("down_by", sa.String(), nullable=True),
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
            ["parent_id"], ["photos.id"], name=op.f("fk_photo_places_parent_id_photos")
        ),
        sa.ForeignKeyConstraint(
            ["use"], ["photo_uses.id"], name=op.f("fk_photo_places_use_photo_uses")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo_places")),
        sa.UniqueConstraint("reference", name=op.f("uq_photo_places_reference")),
    )
    with op.batch_alter_table("photo_places", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_photo_places_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_photo_places_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_photo_places_state"), ["state"], unique=False)
