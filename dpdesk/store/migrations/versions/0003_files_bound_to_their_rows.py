"""Files bound to their rows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_BOUND = (
    ("documents", "drawn"),
    ("releases", "schedule"),
    ("releases", "sealed"),
    ("releases", "full_copy"),
)
_SUMS = sa.table("vault_files", sa.column("name"), sa.column("sha256"))


def upgrade() -> None:
    """Brings the tables up to date."""
    named = sa.text("SELECT sql FROM sqlite_master WHERE name = 'releases_no_update'")
    guard = op.get_bind().execute(named).scalar_one()
    op.execute("DROP TRIGGER releases_no_update")
    for table, column in _BOUND:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(
                sa.Column(f"{column}_sha256", sa.String(), server_default="", nullable=False)
            )
        row = sa.table(table, sa.column(column), sa.column(f"{column}_sha256"))
        found = sa.select(_SUMS.c.sha256).where(_SUMS.c.name == row.c[column]).scalar_subquery()
        op.execute(sa.update(row).values({f"{column}_sha256": sa.func.coalesce(found, "")}))
    op.execute(guard)
