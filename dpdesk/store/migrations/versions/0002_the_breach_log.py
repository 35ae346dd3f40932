"""The breach log: incidents, the parts of the work on them, and reports as they were sent."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

TABLES = (
    """
    CREATE TABLE breaches (
        summary VARCHAR,
        aware VARCHAR,
        occurred VARCHAR,
        occurred_words VARCHAR,
        what TEXT,
        affected TEXT,
        ongoing VARCHAR,
        found_how TEXT,
        found_by VARCHAR,
        first_steps TEXT,
        at_processor VARCHAR,
        processor VARCHAR,
        processor_told VARCHAR,
        assigned_to VARCHAR,
        drill VARCHAR,
        equipment VARCHAR,
        equipment_what VARCHAR,
        equipment_by VARCHAR,
        equipment_how TEXT,
        equipment_reported VARCHAR,
        outcome VARCHAR,
        triaged VARCHAR,
        triaged_by VARCHAR,
        triage_why TEXT,
        incident_type VARCHAR,
        kinds TEXT,
        cyber VARCHAR,
        living VARCHAR,
        data_kinds TEXT,
        data_other VARCHAR,
        people_kinds TEXT,
        people_other VARCHAR,
        people_certainty VARCHAR,
        people INTEGER,
        people_most INTEGER,
        records_certainty VARCHAR,
        records INTEGER,
        assets TEXT,
        harms TEXT,
        consequences TEXT,
        likelihood VARCHAR,
        severity VARCHAR,
        encrypted VARCHAR,
        key_safe VARCHAR,
        recovered VARCHAR,
        cyber_affected VARCHAR,
        cyber_parts TEXT,
        cyber_impact VARCHAR,
        cyber_recovery VARCHAR,
        staff VARCHAR,
        trained VARCHAR,
        trained_on DATE,
        training TEXT,
        measures TEXT,
        decision VARCHAR,
        decision_why TEXT,
        decided VARCHAR,
        decided_by VARCHAR,
        delay_why TEXT,
        report_reason VARCHAR,
        ico_staff VARCHAR,
        first_contact VARCHAR,
        size VARCHAR,
        code_member VARCHAR,
        code_words TEXT,
        case_reference VARCHAR,
        whats_new TEXT,
        rest_by DATE,
        telling VARCHAR,
        telling_other VARCHAR,
        not_telling TEXT,
        for_people TEXT,
        tell_others VARCHAR,
        contained VARCHAR,
        remedy TEXT,
        restored VARCHAR,
        recovery TEXT,
        cause VARCHAR,
        cause_words TEXT,
        lessons TEXT,
        prevention TEXT,
        prevention_by DATE,
        training_change VARCHAR,
        asset_change VARCHAR,
        reviewed DATE,
        resolved DATE,
        notes TEXT,
        id INTEGER NOT NULL,
        reference VARCHAR NOT NULL,
        version INTEGER NOT NULL,
        title VARCHAR NOT NULL,
        state VARCHAR NOT NULL,
        due VARCHAR,
        created_at VARCHAR NOT NULL,
        changed_at VARCHAR NOT NULL,
        archived_at VARCHAR,
        CONSTRAINT pk_breaches PRIMARY KEY (id),
        CONSTRAINT uq_breaches_reference UNIQUE (reference)
    )
    """,
    """
    CREATE TABLE breach_notes (
        at VARCHAR,
        stage VARCHAR,
        done TEXT,
        by_whom VARCHAR,
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
        CONSTRAINT pk_breach_notes PRIMARY KEY (id),
        CONSTRAINT fk_breach_notes_parent_id_breaches FOREIGN KEY(parent_id)
            REFERENCES breaches (id),
        CONSTRAINT uq_breach_notes_reference UNIQUE (reference)
    )
    """,
    """
    CREATE TABLE breach_actions (
        what VARCHAR,
        stage VARCHAR,
        owner VARCHAR,
        "by" DATE,
        done DATE,
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
        CONSTRAINT pk_breach_actions PRIMARY KEY (id),
        CONSTRAINT fk_breach_actions_parent_id_breaches FOREIGN KEY(parent_id)
            REFERENCES breaches (id),
        CONSTRAINT uq_breach_actions_reference UNIQUE (reference)
    )
    """,
    """
    CREATE TABLE breach_told (
        whom VARCHAR,
        name VARCHAR,
        told_at VARCHAR,
        how VARCHAR,
        number_told INTEGER,
        their_reference VARCHAR,
        what TEXT,
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
        CONSTRAINT pk_breach_told PRIMARY KEY (id),
        CONSTRAINT fk_breach_told_parent_id_breaches FOREIGN KEY(parent_id)
            REFERENCES breaches (id),
        CONSTRAINT uq_breach_told_reference UNIQUE (reference)
    )
    """,
    """
    CREATE TABLE breach_reports (
        sent_at VARCHAR,
        kind VARCHAR,
        channel VARCHAR,
        case_reference VARCHAR,
        paper INTEGER,
        note TEXT,
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
        CONSTRAINT pk_breach_reports PRIMARY KEY (id),
        CONSTRAINT fk_breach_reports_parent_id_breaches FOREIGN KEY(parent_id)
            REFERENCES breaches (id),
        CONSTRAINT uq_breach_reports_reference UNIQUE (reference)
    )
    """,
    """
    CREATE TABLE breach_papers (
        id INTEGER NOT NULL,
        breach_id INTEGER NOT NULL,
        number INTEGER NOT NULL,
        kind VARCHAR NOT NULL,
        made_at VARCHAR NOT NULL,
        made_by VARCHAR NOT NULL,
        answers TEXT NOT NULL,
        paper VARCHAR NOT NULL,
        sha256 VARCHAR NOT NULL,
        CONSTRAINT pk_breach_papers PRIMARY KEY (id),
        CONSTRAINT fk_breach_papers_breach_id_breaches FOREIGN KEY(breach_id)
            REFERENCES breaches (id)
    )
    """,
)

INDEXES = (
    "CREATE INDEX ix_breaches_due ON breaches (due)",
    "CREATE INDEX ix_breaches_state ON breaches (state)",
    "CREATE INDEX ix_breach_notes_due ON breach_notes (due)",
    "CREATE INDEX ix_breach_notes_parent_id ON breach_notes (parent_id)",
    "CREATE INDEX ix_breach_notes_state ON breach_notes (state)",
    "CREATE INDEX ix_breach_actions_due ON breach_actions (due)",
    "CREATE INDEX ix_breach_actions_parent_id ON breach_actions (parent_id)",
    "CREATE INDEX ix_breach_actions_state ON breach_actions (state)",
    "CREATE INDEX ix_breach_told_due ON breach_told (due)",
    "CREATE INDEX ix_breach_told_parent_id ON breach_told (parent_id)",
    "CREATE INDEX ix_breach_told_state ON breach_told (state)",
    "CREATE INDEX ix_breach_reports_due ON breach_reports (due)",
    "CREATE INDEX ix_breach_reports_parent_id ON breach_reports (parent_id)",
    "CREATE INDEX ix_breach_reports_state ON breach_reports (state)",
    "CREATE INDEX ix_breach_papers_breach_id ON breach_papers (breach_id)",
)


def upgrade() -> None:
    """Adds the tables of the breach log."""
    for statement in (*TABLES, *INDEXES):
        op.execute(statement)
    for refused in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER breach_papers_no_{refused.lower()} BEFORE {refused} ON breach_papers "
            "BEGIN SELECT RAISE(ABORT, 'a report that was sent cannot be changed'); END"
        )
