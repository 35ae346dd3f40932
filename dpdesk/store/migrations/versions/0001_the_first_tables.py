"""The first tables of a workspace.

They stand in the SQL file beside this one, written out and never taken from the records of later
days: a file of the first version has just these, however the records change.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None

GUARDS = (
    ("history", "the history cannot be changed"),
    ("kept_papers", "a paper that is kept for good cannot be changed"),
    ("releases", "a release cannot be changed"),
    ("disposal_lines", "the disposal log cannot be changed"),
)
"""Tables whose rows stand for good, with the sentence that refuses to change them."""


def upgrade() -> None:
    """Makes everything in an empty file."""
    written = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    for statement in written.split(";\n"):
        if statement.strip():
            op.execute(statement.strip())
    for table, sentence in GUARDS:
        for refused in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{refused.lower()} BEFORE {refused} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
            )
    op.execute("INSERT INTO search_text(search_text, rank) VALUES('secure-delete', 1)")
