"""Sharing, suppliers, cameras and decisions by a machine."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Brings the tables up to date."""
    op.create_table(
        "automated",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("assets", sa.Text(), nullable=True),
        sa.Column("effect", sa.Text(), nullable=True),
        sa.Column("sensitive", sa.String(), nullable=True),
        sa.Column("safeguards", sa.Text(), nullable=True),
        sa.Column("told", sa.Text(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due", sa.String(), nullable=True),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("changed_at", sa.String(), nullable=False),
        sa.Column("archived_at", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_automated")),
        sa.UniqueConstraint("reference", name=op.f("uq_automated_reference")),
    )
    with op.batch_alter_table("automated", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_automated_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_automated_state"), ["state"], unique=False)

    op.create_table(
        "ico_fee",
        sa.Column("paid_until", sa.Date(), nullable=True),
        sa.Column("by_debit", sa.String(), nullable=True),
        sa.Column("staff", sa.Integer(), nullable=True),
        sa.Column("turnover", sa.Integer(), nullable=True),
        sa.Column("charity", sa.String(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due", sa.String(), nullable=True),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("changed_at", sa.String(), nullable=False),
        sa.Column("archived_at", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ico_fee")),
        sa.UniqueConstraint("reference", name=op.f("uq_ico_fee_reference")),
    )
    with op.batch_alter_table("ico_fee", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ico_fee_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_ico_fee_state"), ["state"], unique=False)

    op.create_table(
        "processors",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("does", sa.Text(), nullable=True),
        sa.Column("systems", sa.Text(), nullable=True),
        sa.Column("contact", sa.String(), nullable=True),
        sa.Column("stored", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("safeguards", sa.Text(), nullable=True),
        sa.Column("sub_processors", sa.Text(), nullable=True),
        sa.Column("contract", sa.String(), nullable=True),
        sa.Column("contract_kept", sa.String(), nullable=True),
        sa.Column("clauses", sa.Text(), nullable=True),
        sa.Column("clauses_on", sa.Date(), nullable=True),
        sa.Column("began", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("notice_days", sa.Integer(), nullable=True),
        sa.Column("checks", sa.Text(), nullable=True),
        sa.Column("checked_words", sa.Text(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("data_back", sa.String(), nullable=True),
        sa.Column("exit_plan", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due", sa.String(), nullable=True),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("changed_at", sa.String(), nullable=False),
        sa.Column("archived_at", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_processors")),
        sa.UniqueConstraint("reference", name=op.f("uq_processors_reference")),
    )
    with op.batch_alter_table("processors", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_processors_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_processors_state"), ["state"], unique=False)

    op.create_table(
        "cameras",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("sees", sa.String(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("sound", sa.String(), nullable=True),
        sa.Column("sign", sa.String(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("viewers", sa.String(), nullable=True),
        sa.Column("dpia", sa.Integer(), nullable=True),
        sa.Column("assets", sa.Text(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("removed_on", sa.Date(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due", sa.String(), nullable=True),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("changed_at", sa.String(), nullable=False),
        sa.Column("archived_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["dpia"], ["dpias.id"], name=op.f("fk_cameras_dpia_dpias")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cameras")),
        sa.UniqueConstraint("reference", name=op.f("uq_cameras_reference")),
    )
    with op.batch_alter_table("cameras", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cameras_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_cameras_state"), ["state"], unique=False)

    op.create_table(
        "processor_checks",
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("found", sa.Text(), nullable=True),
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
            ["parent_id"], ["processors.id"], name=op.f("fk_processor_checks_parent_id_processors")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_processor_checks")),
        sa.UniqueConstraint("reference", name=op.f("uq_processor_checks_reference")),
    )
    with op.batch_alter_table("processor_checks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_processor_checks_due"), ["due"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_processor_checks_parent_id"), ["parent_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_processor_checks_state"), ["state"], unique=False)

    op.create_table(
        "sharing",
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("whom", sa.String(), nullable=True),
        sa.Column("asked_by", sa.String(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("what", sa.Text(), nullable=True),
        sa.Column("assets", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("less", sa.Text(), nullable=True),
        sa.Column("basis", sa.String(), nullable=True),
        sa.Column("power", sa.String(), nullable=True),
        sa.Column("exemption", sa.String(), nullable=True),
        sa.Column("test", sa.Text(), nullable=True),
        sa.Column("written", sa.String(), nullable=True),
        sa.Column("dpia", sa.Integer(), nullable=True),
        sa.Column("told", sa.String(), nullable=True),
        sa.Column("sent_how", sa.String(), nullable=True),
        sa.Column("agreement", sa.String(), nullable=True),
        sa.Column("agreement_kept", sa.String(), nullable=True),
        sa.Column("kept_for", sa.String(), nullable=True),
        sa.Column("stored", sa.String(), nullable=True),
        sa.Column("safeguards", sa.Text(), nullable=True),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("because", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due", sa.String(), nullable=True),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("changed_at", sa.String(), nullable=False),
        sa.Column("archived_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["dpia"], ["dpias.id"], name=op.f("fk_sharing_dpia_dpias")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sharing")),
        sa.UniqueConstraint("reference", name=op.f("uq_sharing_reference")),
    )
    with op.batch_alter_table("sharing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sharing_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_sharing_state"), ["state"], unique=False)

    op.create_table(
        "camera_viewings",
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("why", sa.String(), nullable=True),
        sa.Column("span", sa.String(), nullable=True),
        sa.Column("given_to", sa.String(), nullable=True),
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
            ["parent_id"], ["cameras.id"], name=op.f("fk_camera_viewings_parent_id_cameras")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_camera_viewings")),
        sa.UniqueConstraint("reference", name=op.f("uq_camera_viewings_reference")),
    )
    with op.batch_alter_table("camera_viewings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_camera_viewings_due"), ["due"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_camera_viewings_parent_id"), ["parent_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_camera_viewings_state"), ["state"], unique=False)

    op.create_table(
        "sharing_given",
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("what", sa.String(), nullable=True),
        sa.Column("how", sa.String(), nullable=True),
        sa.Column("to_whom", sa.String(), nullable=True),
        sa.Column("by", sa.String(), nullable=True),
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
            ["parent_id"], ["sharing.id"], name=op.f("fk_sharing_given_parent_id_sharing")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sharing_given")),
        sa.UniqueConstraint("reference", name=op.f("uq_sharing_given_reference")),
    )
    with op.batch_alter_table("sharing_given", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sharing_given_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_sharing_given_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sharing_given_state"), ["state"], unique=False)
