"""Releases on the shelf: each of their four parts is a paper that is kept for good."""

from __future__ import annotations

from alembic import op

revision = "0029"
down_revision = "0028"

_PARTS = ("bundle", "schedule", "sealed", "full_copy")
_FACTS = "json_object('pages', pages, 'marks', marks, 'withheld', withheld, 'proposed', proposed)"


def upgrade() -> None:
    """Brings the tables up to date; the table of releases goes, with what guarded it."""
    for part in _PARTS:
        answers = _FACTS if part == "bundle" else "'{}'"
        op.execute(  # what is put together stands above
            "INSERT INTO kept_papers "
            "(register, entry_id, number, kind, made_at, made_by, answers, paper, sha256) "
            f"SELECT 'releases', entry_id, number, '{part}', made_at, made_by, {answers}, "
            f"{part}, {part}_sha256 FROM releases ORDER BY id"  # noqa: S608
        )
    op.drop_table("releases")
