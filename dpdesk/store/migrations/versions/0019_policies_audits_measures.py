"""Policies, audits, measures, devices and meetings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Brings the tables up to date."""
    _policies_and_audits()
    _measures_and_devices()


def _policies_and_audits() -> None:
    op.create_table(
        "audits",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("scope", sa.Text(), nullable=True),
        sa.Column("said", sa.Text(), nullable=True),
        sa.Column("planned", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audits")),
        sa.UniqueConstraint("reference", name=op.f("uq_audits_reference")),
    )
    with op.batch_alter_table("audits", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audits_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_audits_state"), ["state"], unique=False)

    op.create_table(
        "awareness",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("term", sa.String(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("how", sa.String(), nullable=True),
        sa.Column("to_whom", sa.String(), nullable=True),
        sa.Column("reached", sa.Integer(), nullable=True),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_awareness")),
        sa.UniqueConstraint("reference", name=op.f("uq_awareness_reference")),
    )
    with op.batch_alter_table("awareness", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_awareness_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_awareness_state"), ["state"], unique=False)

    op.create_table(
        "meetings",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("who", sa.Text(), nullable=True),
        sa.Column("reported", sa.Text(), nullable=True),
        sa.Column("decided", sa.Text(), nullable=True),
        sa.Column("who_does", sa.String(), nullable=True),
        sa.Column("held", sa.String(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due", sa.String(), nullable=True),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("changed_at", sa.String(), nullable=False),
        sa.Column("archived_at", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
        sa.UniqueConstraint("reference", name=op.f("uq_meetings_reference")),
    )
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meetings_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_meetings_state"), ["state"], unique=False)

    op.create_table(
        "policies",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("readers", sa.Text(), nullable=True),
        sa.Column("linked", sa.Text(), nullable=True),
        sa.Column("kept", sa.String(), nullable=True),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policies")),
        sa.UniqueConstraint("reference", name=op.f("uq_policies_reference")),
    )
    with op.batch_alter_table("policies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_policies_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_policies_state"), ["state"], unique=False)

    op.create_table(
        "audit_actions",
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("told", sa.Text(), nullable=True),
        sa.Column("priority", sa.String(), nullable=True),
        sa.Column("done", sa.Text(), nullable=True),
        sa.Column("more", sa.Text(), nullable=True),
        sa.Column("effect", sa.Text(), nullable=True),
        sa.Column("steps", sa.Text(), nullable=True),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
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
            ["parent_id"], ["audits.id"], name=op.f("fk_audit_actions_parent_id_audits")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_actions")),
        sa.UniqueConstraint("reference", name=op.f("uq_audit_actions_reference")),
    )
    with op.batch_alter_table("audit_actions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_actions_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_actions_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_actions_state"), ["state"], unique=False)

    op.create_table(
        "audit_ratings",
        sa.Column("category", sa.String(), nullable=True),
        sa.Column("rating", sa.String(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
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
            ["parent_id"], ["audits.id"], name=op.f("fk_audit_ratings_parent_id_audits")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_ratings")),
        sa.UniqueConstraint("reference", name=op.f("uq_audit_ratings_reference")),
    )
    with op.batch_alter_table("audit_ratings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_ratings_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_ratings_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_ratings_state"), ["state"], unique=False)

    op.create_table(
        "policy_readings",
        sa.Column("person", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("how", sa.String(), nullable=True),
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
            ["parent_id"], ["policies.id"], name=op.f("fk_policy_readings_parent_id_policies")
        ),
        sa.ForeignKeyConstraint(
            ["person"], ["people.id"], name=op.f("fk_policy_readings_person_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_readings")),
        sa.UniqueConstraint("reference", name=op.f("uq_policy_readings_reference")),
    )
    with op.batch_alter_table("policy_readings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_policy_readings_due"), ["due"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_policy_readings_parent_id"), ["parent_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_policy_readings_state"), ["state"], unique=False)

    op.create_table(
        "policy_versions",
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("called", sa.String(), nullable=True),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("changed", sa.Text(), nullable=True),
        sa.Column("read_again", sa.String(), nullable=True),
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
            ["parent_id"], ["policies.id"], name=op.f("fk_policy_versions_parent_id_policies")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_versions")),
        sa.UniqueConstraint("reference", name=op.f("uq_policy_versions_reference")),
    )
    with op.batch_alter_table("policy_versions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_policy_versions_due"), ["due"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_policy_versions_parent_id"), ["parent_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_policy_versions_state"), ["state"], unique=False)


def _measures_and_devices() -> None:
    op.create_table(
        "measures",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("how", sa.Text(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("assets", sa.Text(), nullable=True),
        sa.Column("systems", sa.Text(), nullable=True),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measures")),
        sa.UniqueConstraint("reference", name=op.f("uq_measures_reference")),
    )
    with op.batch_alter_table("measures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_measures_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_measures_state"), ["state"], unique=False)

    op.create_table(
        "devices",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("number_on_it", sa.String(), nullable=True),
        sa.Column("person", sa.Integer(), nullable=True),
        sa.Column("holder", sa.String(), nullable=True),
        sa.Column("personal", sa.String(), nullable=True),
        sa.Column("encrypted", sa.String(), nullable=True),
        sa.Column("password", sa.String(), nullable=True),
        sa.Column("wiped", sa.String(), nullable=True),
        sa.Column("assets", sa.Text(), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("cleared", sa.String(), nullable=True),
        sa.Column("lost_on", sa.Date(), nullable=True),
        sa.Column("breach", sa.String(), nullable=True),
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
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_devices_person_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_devices")),
        sa.UniqueConstraint("reference", name=op.f("uq_devices_reference")),
    )
    with op.batch_alter_table("devices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_devices_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_devices_state"), ["state"], unique=False)

    op.create_table(
        "measure_tests",
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("better", sa.Text(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
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
            ["parent_id"], ["measures.id"], name=op.f("fk_measure_tests_parent_id_measures")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure_tests")),
        sa.UniqueConstraint("reference", name=op.f("uq_measure_tests_reference")),
    )
    with op.batch_alter_table("measure_tests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_measure_tests_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_measure_tests_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_measure_tests_state"), ["state"], unique=False)

    op.create_table(
        "phishing_exercises",
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("sent", sa.Integer(), nullable=True),
        sa.Column("opened", sa.Integer(), nullable=True),
        sa.Column("clicked", sa.Integer(), nullable=True),
        sa.Column("reported", sa.Integer(), nullable=True),
        sa.Column("theme", sa.String(), nullable=True),
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
            ["parent_id"], ["measures.id"], name=op.f("fk_phishing_exercises_parent_id_measures")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phishing_exercises")),
        sa.UniqueConstraint("reference", name=op.f("uq_phishing_exercises_reference")),
    )
    with op.batch_alter_table("phishing_exercises", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_phishing_exercises_due"), ["due"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_phishing_exercises_parent_id"), ["parent_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_phishing_exercises_state"), ["state"], unique=False)

    op.create_table(
        "device_checks",
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("there", sa.String(), nullable=True),
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
            ["parent_id"], ["devices.id"], name=op.f("fk_device_checks_parent_id_devices")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device_checks")),
        sa.UniqueConstraint("reference", name=op.f("uq_device_checks_reference")),
    )
    with op.batch_alter_table("device_checks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_device_checks_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_device_checks_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_device_checks_state"), ["state"], unique=False)

    op.create_table(
        "taken_out",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("device", sa.Integer(), nullable=True),
        sa.Column("assets", sa.Text(), nullable=True),
        sa.Column("person", sa.Integer(), nullable=True),
        sa.Column("holder", sa.String(), nullable=True),
        sa.Column("why", sa.String(), nullable=True),
        sa.Column("secured", sa.Text(), nullable=True),
        sa.Column("out_on", sa.Date(), nullable=True),
        sa.Column("back_by", sa.Date(), nullable=True),
        sa.Column("back_on", sa.Date(), nullable=True),
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
        sa.ForeignKeyConstraint(
            ["device"], ["devices.id"], name=op.f("fk_taken_out_device_devices")
        ),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_taken_out_person_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taken_out")),
        sa.UniqueConstraint("reference", name=op.f("uq_taken_out_reference")),
    )
    with op.batch_alter_table("taken_out", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_taken_out_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_taken_out_state"), ["state"], unique=False)
