"""Retention: the schedule and its editions, holdings, holds, and the log of disposals."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"

TABLES = (
    """
    CREATE TABLE retention_rules (
        code VARCHAR,
        "group" VARCHAR,
        records VARCHAR,
        per_person VARCHAR,
        abuse VARCHAR,
        active VARCHAR,
        action VARCHAR,
        "trigger" VARCHAR,
        period INTEGER,
        unit VARCHAR,
        later_trigger VARCHAR,
        later_period INTEGER,
        later_unit VARCHAR,
        insurer_years INTEGER,
        basis VARCHAR,
        citation VARCHAR,
        confidence VARCHAR,
        checked DATE,
        note TEXT,
        id INTEGER NOT NULL,
        reference VARCHAR NOT NULL,
        version INTEGER NOT NULL,
        title VARCHAR NOT NULL,
        state VARCHAR NOT NULL,
        due VARCHAR,
        created_at VARCHAR NOT NULL,
        changed_at VARCHAR NOT NULL,
        archived_at VARCHAR,
        CONSTRAINT pk_retention_rules PRIMARY KEY (id),
        CONSTRAINT uq_retention_rules_reference UNIQUE (reference)
    )
    """,
    """
    CREATE TABLE retention_editions (
        day DATE,
        signed_by VARCHAR,
        note TEXT,
        id INTEGER NOT NULL,
        reference VARCHAR NOT NULL,
        version INTEGER NOT NULL,
        title VARCHAR NOT NULL,
        state VARCHAR NOT NULL,
        due VARCHAR,
        created_at VARCHAR NOT NULL,
        changed_at VARCHAR NOT NULL,
        archived_at VARCHAR,
        CONSTRAINT pk_retention_editions PRIMARY KEY (id),
        CONSTRAINT uq_retention_editions_reference UNIQUE (reference)
    )
    """,
    """
    CREATE TABLE retention_papers (
        id INTEGER NOT NULL,
        edition_id INTEGER NOT NULL,
        number INTEGER NOT NULL,
        made_at VARCHAR NOT NULL,
        made_by VARCHAR NOT NULL,
        rules TEXT NOT NULL,
        paper VARCHAR NOT NULL,
        sha256 VARCHAR NOT NULL,
        CONSTRAINT pk_retention_papers PRIMARY KEY (id),
        CONSTRAINT fk_retention_papers_edition_id_retention_editions FOREIGN KEY(edition_id)
            REFERENCES retention_editions (id)
    )
    """,
    """
    CREATE TABLE disposals (
        approved_on DATE,
        approved_by VARCHAR,
        method VARCHAR,
        reason TEXT,
        looked VARCHAR,
        withdrawn_why TEXT,
        done_on DATE,
        done_by VARCHAR,
        witness VARCHAR,
        handed_to VARCHAR,
        receipt DATE,
        contractor VARCHAR,
        certificate VARCHAR,
        third_parties TEXT,
        told DATE,
        note TEXT,
        id INTEGER NOT NULL,
        reference VARCHAR NOT NULL,
        version INTEGER NOT NULL,
        title VARCHAR NOT NULL,
        state VARCHAR NOT NULL,
        due VARCHAR,
        created_at VARCHAR NOT NULL,
        changed_at VARCHAR NOT NULL,
        archived_at VARCHAR,
        CONSTRAINT pk_disposals PRIMARY KEY (id),
        CONSTRAINT uq_disposals_reference UNIQUE (reference)
    )
    """,
    """
    CREATE TABLE disposal_lines (
        id INTEGER NOT NULL,
        disposal_id INTEGER NOT NULL,
        number INTEGER NOT NULL,
        holding VARCHAR NOT NULL,
        code VARCHAR NOT NULL,
        records VARCHAR NOT NULL,
        description TEXT NOT NULL,
        form VARCHAR NOT NULL,
        quantity VARCHAR NOT NULL,
        dates VARCHAR NOT NULL,
        period VARCHAR NOT NULL,
        due VARCHAR NOT NULL,
        reason TEXT NOT NULL,
        CONSTRAINT pk_disposal_lines PRIMARY KEY (id),
        CONSTRAINT fk_disposal_lines_disposal_id_disposals FOREIGN KEY(disposal_id)
            REFERENCES disposals (id)
    )
    """,
    """
    CREATE TABLE disposal_papers (
        id INTEGER NOT NULL,
        disposal_id INTEGER NOT NULL,
        made_at VARCHAR NOT NULL,
        made_by VARCHAR NOT NULL,
        paper VARCHAR NOT NULL,
        sha256 VARCHAR NOT NULL,
        CONSTRAINT pk_disposal_papers PRIMARY KEY (id),
        CONSTRAINT fk_disposal_papers_disposal_id_disposals FOREIGN KEY(disposal_id)
            REFERENCES disposals (id)
    )
    """,
    """
    CREATE TABLE holdings (
        what VARCHAR,
        rule INTEGER,
        counts_from TEXT,
        asset INTEGER,
        one_person VARCHAR,
        person VARCHAR,
        safeguarding VARCHAR,
        born DATE,
        "left" DATE,
        employment_ended DATE,
        in_year DATE,
        event_on DATE,
        last_entry DATE,
        expired_on DATE,
        term_ended DATE,
        closed_on DATE,
        consent_ended DATE,
        receipt_on DATE,
        pension_on DATE,
        place VARCHAR,
        form VARCHAR,
        quantity VARCHAR,
        third_parties TEXT,
        note TEXT,
        kept_why TEXT,
        kept_until DATE,
        kept_by VARCHAR,
        held_by VARCHAR NOT NULL,
        disposal_id INTEGER,
        disposed_at VARCHAR,
        seal VARCHAR,
        id INTEGER NOT NULL,
        reference VARCHAR NOT NULL,
        version INTEGER NOT NULL,
        title VARCHAR NOT NULL,
        state VARCHAR NOT NULL,
        due VARCHAR,
        created_at VARCHAR NOT NULL,
        changed_at VARCHAR NOT NULL,
        archived_at VARCHAR,
        CONSTRAINT pk_holdings PRIMARY KEY (id),
        CONSTRAINT fk_holdings_rule_retention_rules FOREIGN KEY(rule)
            REFERENCES retention_rules (id),
        CONSTRAINT fk_holdings_asset_assets FOREIGN KEY(asset)
            REFERENCES assets (id),
        CONSTRAINT fk_holdings_disposal_id_disposals FOREIGN KEY(disposal_id)
            REFERENCES disposals (id),
        CONSTRAINT uq_holdings_reference UNIQUE (reference)
    )
    """,
    """
    CREATE TABLE holding_names (
        id INTEGER NOT NULL,
        part VARCHAR NOT NULL,
        holding_id INTEGER NOT NULL,
        CONSTRAINT pk_holding_names PRIMARY KEY (id),
        CONSTRAINT fk_holding_names_holding_id_holdings FOREIGN KEY(holding_id)
            REFERENCES holdings (id)
    )
    """,
    """
    CREATE TABLE holds (
        reason VARCHAR,
        kind VARCHAR,
        since DATE,
        by_whom VARCHAR,
        review_on DATE,
        everything VARCHAR,
        people TEXT,
        holdings TEXT,
        assets TEXT,
        rules TEXT,
        lifted DATE,
        lifted_by VARCHAR,
        lifted_why TEXT,
        id INTEGER NOT NULL,
        reference VARCHAR NOT NULL,
        version INTEGER NOT NULL,
        title VARCHAR NOT NULL,
        state VARCHAR NOT NULL,
        due VARCHAR,
        created_at VARCHAR NOT NULL,
        changed_at VARCHAR NOT NULL,
        archived_at VARCHAR,
        CONSTRAINT pk_holds PRIMARY KEY (id),
        CONSTRAINT uq_holds_reference UNIQUE (reference)
    )
    """,
)

INDEXES = (
    "CREATE INDEX ix_retention_rules_due ON retention_rules (due)",
    "CREATE INDEX ix_retention_rules_state ON retention_rules (state)",
    "CREATE INDEX ix_retention_editions_due ON retention_editions (due)",
    "CREATE INDEX ix_retention_editions_state ON retention_editions (state)",
    "CREATE INDEX ix_retention_papers_edition_id ON retention_papers (edition_id)",
    "CREATE INDEX ix_disposals_due ON disposals (due)",
    "CREATE INDEX ix_disposals_state ON disposals (state)",
    "CREATE INDEX ix_disposal_lines_disposal_id ON disposal_lines (disposal_id)",
    "CREATE INDEX ix_disposal_papers_disposal_id ON disposal_papers (disposal_id)",
    "CREATE INDEX ix_holdings_asset ON holdings (asset)",
    "CREATE INDEX ix_holdings_disposal_id ON holdings (disposal_id)",
    "CREATE INDEX ix_holdings_due ON holdings (due)",
    "CREATE INDEX ix_holdings_rule ON holdings (rule)",
    "CREATE INDEX ix_holdings_state ON holdings (state)",
    "CREATE INDEX ix_holding_names_holding_id ON holding_names (holding_id)",
    "CREATE INDEX ix_holding_names_part ON holding_names (part, holding_id)",
    "CREATE INDEX ix_holds_due ON holds (due)",
    "CREATE INDEX ix_holds_state ON holds (state)",
)

GUARDED = (
    ("retention_papers", "an edition that was signed off cannot be changed"),
    ("disposal_lines", "the disposal log cannot be changed"),
    ("disposal_papers", "a certificate of disposal cannot be changed"),
)


def upgrade() -> None:
    """Adds the tables of retention, and the ends of the school's years to its particulars."""
    for statement in (*TABLES, *INDEXES):
        op.execute(statement)
    for table, sentence in GUARDED:
        for refused in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{refused.lower()} BEFORE {refused} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
            )
    for year in ("school", "financial"):
        op.execute(f"ALTER TABLE school ADD COLUMN {year}_year_ends VARCHAR")
    # The default of the settings: the end of August.
    op.execute("UPDATE school SET school_year_ends = '8', financial_year_ends = '8'")
