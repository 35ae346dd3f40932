"""Releases on the shelf: each of their four parts is a paper that is kept for good."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

_PARTS = ("bundle", "schedule", "sealed", "full_copy")
_FACTS = ("pages", "marks", "withheld", "proposed")
_SAME = ("entry_id", "number", "made_at", "made_by")
_OF_PART = ("register", "kind", "paper", "sha256", "answers")
_SUMS = [f"{part}_sha256" for part in _PARTS]
_RELEASES = sa.table("releases", *map(sa.column, ("id", *_SAME, *_FACTS, *_PARTS, *_SUMS)))
_KEPT = sa.table("kept_papers", *map(sa.column, (*_SAME, *_OF_PART)))


def upgrade() -> None:
    """Brings the tables up to date; the table of releases goes, with what guarded it."""
    told = [each for fact in _FACTS for each in (sa.literal(fact), _RELEASES.c[fact])]
    for part in _PARTS:
        rows = sa.select(
            *(_RELEASES.c[name] for name in _SAME),
            sa.literal("releases"),
            sa.literal(part),
            _RELEASES.c[part],
            _RELEASES.c[f"{part}_sha256"],
            sa.func.json_object(*told) if part == "bundle" else sa.literal("{}"),
        ).order_by(_RELEASES.c.id)
        op.execute(_KEPT.insert().from_select([*_SAME, *_OF_PART], rows))
    op.drop_table("releases")
