"""The asset register: sets of records, their purposes and reviews; systems and who has access."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"

TABLES = (
    """
    CREATE TABLE systems (
        name VARCHAR,
        what TEXT,
        owner VARCHAR,
        supplier VARCHAR,
        processor VARCHAR,
        contract VARCHAR,
        contract_link VARCHAR,
        contract_start DATE,
        contract_end DATE,
        terms_checked DATE,
        stored VARCHAR,
        country VARCHAR,
        safeguards TEXT,
        accounts VARCHAR,
        admins VARCHAR,
        access_months INTEGER,
        notes TEXT,
        found TEXT,
        contract_until DATE,
        access_due DATE,
        id INTEGER NOT NULL,
        reference VARCHAR NOT NULL,
        version INTEGER NOT NULL,
        title VARCHAR NOT NULL,
        state VARCHAR NOT NULL,
        due VARCHAR,
        created_at VARCHAR NOT NULL,
        changed_at VARCHAR NOT NULL,
        archived_at VARCHAR,
        CONSTRAINT pk_systems PRIMARY KEY (id),
        CONSTRAINT uq_systems_reference UNIQUE (reference)
    )
    """,
    """
    CREATE TABLE access_reviews (
        day DATE,
        by_whom VARCHAR,
        accounts INTEGER,
        leavers VARCHAR,
        idle INTEGER,
        idle_closed INTEGER,
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
        CONSTRAINT pk_access_reviews PRIMARY KEY (id),
        CONSTRAINT fk_access_reviews_parent_id_systems FOREIGN KEY(parent_id)
            REFERENCES systems (id),
        CONSTRAINT uq_access_reviews_reference UNIQUE (reference)
    )
    """,
    """
    CREATE TABLE assets (
        name VARCHAR,
        description TEXT,
        function VARCHAR,
        owner VARCHAR,
        form VARCHAR,
        places TEXT,
        place_words VARCHAR,
        systems TEXT,
        people_count INTEGER,
        records_count INTEGER,
        personal VARCHAR,
        role VARCHAR,
        joint TEXT,
        carried_out VARCHAR,
        people_kinds TEXT,
        people_other VARCHAR,
        data_kinds TEXT,
        data_other VARCHAR,
        origins TEXT,
        origin_words VARCHAR,
        notice VARCHAR,
        automated VARCHAR,
        automated_words VARCHAR,
        recipients TEXT,
        recipients_other VARCHAR,
        processors VARCHAR,
        contract TEXT,
        transfers VARCHAR,
        countries VARCHAR,
        safeguards TEXT,
        safeguard_words VARCHAR,
        retention_rule INTEGER,
        retention_words TEXT,
        retention_link VARCHAR,
        policy_document VARCHAR,
        retention_kept VARCHAR,
        retention_why TEXT,
        measures TEXT,
        measures_words TEXT,
        large_scale VARCHAR,
        new_technology VARCHAR,
        monitoring VARCHAR,
        targeting VARCHAR,
        dpia_screened DATE,
        dpia_required VARCHAR,
        dpia_progress VARCHAR,
        dpia_link VARCHAR,
        confirmed DATE,
        review_months INTEGER,
        breaches_before TEXT,
        notes TEXT,
        found TEXT,
        asked INTEGER NOT NULL,
        answered INTEGER NOT NULL,
        contract_until DATE,
        starter VARCHAR,
        retention_code VARCHAR,
        id INTEGER NOT NULL,
        reference VARCHAR NOT NULL,
        version INTEGER NOT NULL,
        title VARCHAR NOT NULL,
        state VARCHAR NOT NULL,
        due VARCHAR,
        created_at VARCHAR NOT NULL,
        changed_at VARCHAR NOT NULL,
        archived_at VARCHAR,
        CONSTRAINT pk_assets PRIMARY KEY (id),
        CONSTRAINT fk_assets_retention_rule_retention_rules FOREIGN KEY(retention_rule)
            REFERENCES retention_rules (id),
        CONSTRAINT uq_assets_reference UNIQUE (reference)
    )
    """,
    """
    CREATE TABLE asset_purposes (
        purpose VARCHAR,
        basis VARCHAR,
        recognised VARCHAR,
        task_law VARCHAR,
        justification TEXT,
        interests TEXT,
        lia_done DATE,
        lia_link VARCHAR,
        can_withdraw VARCHAR,
        consent_record VARCHAR,
        uses_special VARCHAR,
        art9 VARCHAR,
        sch1 VARCHAR,
        necessary TEXT,
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
        CONSTRAINT pk_asset_purposes PRIMARY KEY (id),
        CONSTRAINT fk_asset_purposes_parent_id_assets FOREIGN KEY(parent_id)
            REFERENCES assets (id),
        CONSTRAINT uq_asset_purposes_reference UNIQUE (reference)
    )
    """,
    """
    CREATE TABLE asset_reviews (
        day DATE,
        with_whom VARCHAR,
        outcome VARCHAR,
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
        CONSTRAINT pk_asset_reviews PRIMARY KEY (id),
        CONSTRAINT fk_asset_reviews_parent_id_assets FOREIGN KEY(parent_id)
            REFERENCES assets (id),
        CONSTRAINT uq_asset_reviews_reference UNIQUE (reference)
    )
    """,
)

INDEXES = (
    "CREATE INDEX ix_systems_due ON systems (due)",
    "CREATE INDEX ix_systems_state ON systems (state)",
    "CREATE INDEX ix_access_reviews_due ON access_reviews (due)",
    "CREATE INDEX ix_access_reviews_parent_id ON access_reviews (parent_id)",
    "CREATE INDEX ix_access_reviews_state ON access_reviews (state)",
    "CREATE INDEX ix_assets_due ON assets (due)",
    "CREATE INDEX ix_assets_state ON assets (state)",
    "CREATE INDEX ix_asset_purposes_due ON asset_purposes (due)",
    "CREATE INDEX ix_asset_purposes_parent_id ON asset_purposes (parent_id)",
    "CREATE INDEX ix_asset_purposes_state ON asset_purposes (state)",
    "CREATE INDEX ix_asset_reviews_due ON asset_reviews (due)",
    "CREATE INDEX ix_asset_reviews_parent_id ON asset_reviews (parent_id)",
    "CREATE INDEX ix_asset_reviews_state ON asset_reviews (state)",
)


def upgrade() -> None:
    """Adds the tables of the asset register, and the links to it from the breach log."""
    for statement in (*TABLES, *INDEXES):
        op.execute(statement)
    op.execute("ALTER TABLE breaches ADD COLUMN asset_links TEXT")
