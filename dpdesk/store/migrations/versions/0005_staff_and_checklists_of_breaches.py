"""Breaches: the staff involved, a checklist for each stage, and the school's settings for both."""

from __future__ import annotations

from alembic import op
from sqlalchemy import column, table

revision = "0005"
down_revision = "0004"

TABLE = """
    CREATE TABLE breach_staff (
        post VARCHAR,
        name VARCHAR,
        trained VARCHAR,
        trained_on DATE,
        parent_id INTEGER NOT NULL,
        id INTEGER NOT NULL,
        reference VARCHAR NOT NULL,
        version INTEGER NOT NULL,
        title VARCHAR NOT NULL,
        state VARCHAR NOT NULL,
        due VARCHAR,
        created_at VARCHAR NOT NULL,
        changed_at VARCHAR NOT NULL,
        archived_at VARCHAR,
        CONSTRAINT pk_breach_staff PRIMARY KEY (id),
        CONSTRAINT fk_breach_staff_parent_id_breaches
            FOREIGN KEY(parent_id) REFERENCES breaches (id),
        CONSTRAINT uq_breach_staff_reference UNIQUE (reference)
    )
    """
STAGES = ("triage", "assess", "report", "remediate", "recover", "review", "resolved")
BODIES = {
    "police": "Police",
    "fraud": "Report Fraud",
    "cyber": "National Cyber Security Centre (NCSC)",
    "insurer": "Insurers",
    "authority": "Local authority",
}
"""The names as they were shipped with this revision."""


def upgrade() -> None:
    """Adds the table and the columns; the settings begin as they do in a new workspace."""
    op.execute(TABLE)
    for key in ("parent_id", "state", "due"):
        op.execute(f"CREATE INDEX ix_breach_staff_{key} ON breach_staff ({key})")
    for stage in STAGES:
        op.execute(f"ALTER TABLE breaches ADD COLUMN check_{stage} TEXT")
    op.execute("ALTER TABLE school ADD COLUMN breach_review_months INTEGER")
    op.execute("UPDATE school SET breach_review_months = 6")
    for code, name in BODIES.items():
        op.execute(f"ALTER TABLE school ADD COLUMN {code}_body VARCHAR")
        school = table("school", column(f"{code}_body"))
        op.execute(school.update().values({f"{code}_body": name}))
