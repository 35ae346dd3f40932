"""${message}."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Forward only: a failed step rolls the whole migration back, and a backup stands ready."""
    ${upgrades if upgrades else "pass"}
