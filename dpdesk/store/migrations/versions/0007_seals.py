"""Seals: what every row held when the program last wrote it."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"

TABLE = """
    CREATE TABLE row_seals (
        in_table VARCHAR NOT NULL,
        row_key BLOB NOT NULL,
        seal BLOB NOT NULL,
        CONSTRAINT pk_row_seals PRIMARY KEY (in_table, row_key)
    ) WITHOUT ROWID
    """


def upgrade() -> None:
    """Adds the empty table; the rows are sealed when the workspace is opened after this."""
    op.execute(TABLE)
