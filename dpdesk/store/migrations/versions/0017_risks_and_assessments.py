"""Risks, impact assessments and legitimate interests."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Brings the tables up to date."""
    op.create_table(
        "dpias",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("assets", sa.Text(), nullable=True),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("new_technology", sa.String(), nullable=True),
        sa.Column("large_scale", sa.String(), nullable=True),
        sa.Column("monitoring", sa.String(), nullable=True),
        sa.Column("special", sa.String(), nullable=True),
        sa.Column("biometric", sa.String(), nullable=True),
        sa.Column("automated", sa.String(), nullable=True),
        sa.Column("matching", sa.String(), nullable=True),
        sa.Column("children", sa.String(), nullable=True),
        sa.Column("verdict", sa.String(), nullable=True),
        sa.Column("verdict_why", sa.Text(), nullable=True),
        sa.Column("screened_on", sa.Date(), nullable=True),
        sa.Column("screened_by", sa.String(), nullable=True),
        sa.Column("need", sa.Text(), nullable=True),
        sa.Column("nature", sa.Text(), nullable=True),
        sa.Column("scope", sa.Text(), nullable=True),
        sa.Column("context", sa.Text(), nullable=True),
        sa.Column("aims", sa.Text(), nullable=True),
        sa.Column("asked", sa.String(), nullable=True),
        sa.Column("views", sa.Text(), nullable=True),
        sa.Column("not_asked", sa.Text(), nullable=True),
        sa.Column("others", sa.Text(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("works", sa.Text(), nullable=True),
        sa.Column("creep", sa.Text(), nullable=True),
        sa.Column("quality", sa.Text(), nullable=True),
        sa.Column("informed", sa.Text(), nullable=True),
        sa.Column("suppliers", sa.Text(), nullable=True),
        sa.Column("measures_by", sa.String(), nullable=True),
        sa.Column("residual_by", sa.String(), nullable=True),
        sa.Column("advice", sa.Text(), nullable=True),
        sa.Column("advice_kept", sa.String(), nullable=True),
        sa.Column("overruled", sa.Text(), nullable=True),
        sa.Column("views_by", sa.Text(), nullable=True),
        sa.Column("ico_asked_on", sa.Date(), nullable=True),
        sa.Column("ico_answer", sa.Text(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("signed_by", sa.String(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dpias")),
        sa.UniqueConstraint("reference", name=op.f("uq_dpias_reference")),
    )
    with op.batch_alter_table("dpias", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dpias_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_dpias_state"), ["state"], unique=False)

    op.create_table(
        "lias",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("assets", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("benefit", sa.Text(), nullable=True),
        sa.Column("important", sa.Text(), nullable=True),
        sa.Column("unfair", sa.Text(), nullable=True),
        sa.Column("helps", sa.Text(), nullable=True),
        sa.Column("otherwise", sa.Text(), nullable=True),
        sa.Column("relationship", sa.Text(), nullable=True),
        sa.Column("children", sa.String(), nullable=True),
        sa.Column("children_words", sa.Text(), nullable=True),
        sa.Column("sensitive", sa.String(), nullable=True),
        sa.Column("expected", sa.Text(), nullable=True),
        sa.Column("impact", sa.Text(), nullable=True),
        sa.Column("safeguards", sa.Text(), nullable=True),
        sa.Column("opt_out", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("because", sa.Text(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lias")),
        sa.UniqueConstraint("reference", name=op.f("uq_lias_reference")),
    )
    with op.batch_alter_table("lias", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lias_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_lias_state"), ["state"], unique=False)

    op.create_table(
        "risks",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("harm", sa.Text(), nullable=True),
        sa.Column("assets", sa.Text(), nullable=True),
        sa.Column("origin", sa.String(), nullable=True),
        sa.Column("origin_words", sa.String(), nullable=True),
        sa.Column("likelihood", sa.String(), nullable=True),
        sa.Column("severity", sa.String(), nullable=True),
        sa.Column("done", sa.Text(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("more", sa.Text(), nullable=True),
        sa.Column("who", sa.String(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("finished", sa.Date(), nullable=True),
        sa.Column("accepted_by", sa.String(), nullable=True),
        sa.Column("gone_on", sa.Date(), nullable=True),
        sa.Column("gone_why", sa.String(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due", sa.String(), nullable=True),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("changed_at", sa.String(), nullable=False),
        sa.Column("archived_at", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risks")),
        sa.UniqueConstraint("reference", name=op.f("uq_risks_reference")),
    )
    with op.batch_alter_table("risks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_risks_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_risks_state"), ["state"], unique=False)

    op.create_table(
        "dpia_reviews",
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
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
            ["parent_id"], ["dpias.id"], name=op.f("fk_dpia_reviews_parent_id_dpias")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dpia_reviews")),
        sa.UniqueConstraint("reference", name=op.f("uq_dpia_reviews_reference")),
    )
    with op.batch_alter_table("dpia_reviews", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dpia_reviews_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_dpia_reviews_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_dpia_reviews_state"), ["state"], unique=False)

    op.create_table(
        "dpia_risks",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("likelihood", sa.String(), nullable=True),
        sa.Column("severity", sa.String(), nullable=True),
        sa.Column("options", sa.Text(), nullable=True),
        sa.Column("effect", sa.String(), nullable=True),
        sa.Column("residual", sa.String(), nullable=True),
        sa.Column("approved", sa.String(), nullable=True),
        sa.Column("who", sa.String(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
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
            ["parent_id"], ["dpias.id"], name=op.f("fk_dpia_risks_parent_id_dpias")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dpia_risks")),
        sa.UniqueConstraint("reference", name=op.f("uq_dpia_risks_reference")),
    )
    with op.batch_alter_table("dpia_risks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dpia_risks_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_dpia_risks_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_dpia_risks_state"), ["state"], unique=False)

    op.create_table(
        "risk_reviews",
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("verdict", sa.String(), nullable=True),
        sa.Column("likelihood", sa.String(), nullable=True),
        sa.Column("severity", sa.String(), nullable=True),
        sa.Column("by", sa.String(), nullable=True),
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
            ["parent_id"], ["risks.id"], name=op.f("fk_risk_reviews_parent_id_risks")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_reviews")),
        sa.UniqueConstraint("reference", name=op.f("uq_risk_reviews_reference")),
    )
    with op.batch_alter_table("risk_reviews", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_risk_reviews_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_risk_reviews_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_risk_reviews_state"), ["state"], unique=False)
