"""Letters of requests."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Brings the tables up to date."""
    op.create_table(
        "request_letters",
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("salutation", sa.String(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("how", sa.String(), nullable=True),
        sa.Column("to_whom", sa.String(), nullable=True),
        sa.Column("paper", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
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
            ["parent_id"], ["requests.id"], name=op.f("fk_request_letters_parent_id_requests")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_letters")),
        sa.UniqueConstraint("reference", name=op.f("uq_request_letters_reference")),
    )
    with op.batch_alter_table("request_letters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_request_letters_due"), ["due"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_request_letters_parent_id"), ["parent_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_request_letters_state"), ["state"], unique=False)

    with op.batch_alter_table("requests", schema=None) as batch_op:
        batch_op.add_column(sa.Column("salutation", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("spoken_of", sa.String(), nullable=True))
