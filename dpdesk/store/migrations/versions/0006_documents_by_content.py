"""Documents: found by their content and in their order, however many an entry has."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Puts the indexes in place."""
    op.execute("DROP INDEX ix_documents_entry")
    op.execute("CREATE INDEX ix_documents_entry ON documents (register, entry_id, position)")
    op.execute("CREATE INDEX ix_documents_content ON documents (register, entry_id, sha256)")
