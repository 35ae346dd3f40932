"""Writes the next migration from the difference between the records and the last migration.

    python3 packaging/dev.py migration people

An empty file is brought up to the newest revision by the scripts that there are, and compared with
the records of today; what differs becomes the next script. Read it before you commit it: a renamed
column looks like one that went and one that came, and its answers would be lost.
"""

from __future__ import annotations

import re
import sys
import tempfile
import textwrap
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.autogenerate import api
from alembic.migration import MigrationContext

from dpdesk import desk as _every_room  # noqa: F401  # loads the records of all rooms
from dpdesk.store import migrate
from dpdesk.store.database import engine_for
from dpdesk.store.tables import Base

KEY = bytes(32)  # of files that hold nothing and live for a second
_HEAD = '''"""{subject}."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"


def upgrade() -> None:
    """Brings the tables up to date."""
{body}
'''


def difference(scripts: Path = migrate.SCRIPTS, metadata: sa.MetaData = Base.metadata) -> str:
    """What the body of the next script must say; empty where nothing differs."""
    with tempfile.TemporaryDirectory() as folder:
        old, new = Path(folder, "old.db"), Path(folder, "new.db")
        for path in (old, new):
            engine_for(path, KEY, pooled=False).connect().close()
        head = migrate.newest(scripts)
        if head:
            migrate.run_scripts(old, KEY, head, scripts)
        fresh = engine_for(new, KEY, pooled=False)
        metadata.create_all(fresh)
        engine = engine_for(old, KEY, pooled=False)
        try:
            with engine.connect() as connection, fresh.connect() as wanted:
                lines = _tables(connection, metadata)
                lines += _triggers(connection, wanted)
        finally:
            engine.dispose()
            fresh.dispose()
    return "\n".join(f"    {line}" if line else "" for line in lines)


def write(name: str, scripts: Path = migrate.SCRIPTS, body: str | None = None) -> Path | None:
    """Writes the next script and gives its place; None where nothing differs."""
    found = difference(scripts) if body is None else body
    if not found.strip():
        return None
    before = migrate.newest(scripts)
    revision = f"{int(before or 0) + 1:04d}"
    words = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_") or "changes"
    target = scripts / "versions" / f"{revision}_{words}.py"
    subject = words.replace("_", " ").capitalize()
    content = _HEAD.format(subject=subject, revision=revision, before=before, body=found)
    if "sa." not in found:
        content = content.replace("import sqlalchemy as sa\n", "")
    target.write_text(content, encoding="utf-8")
    return target


def _tables(connection: sa.Connection, metadata: sa.MetaData) -> list[str]:
    context = MigrationContext.configure(
        connection,
        opts={
            "target_metadata": metadata,
            "include_object": _ours(metadata),
            "render_as_batch": True,
            "render_item": _plain_type,
            "compare_type": False,  # SQLite keeps what it is given, whatever a column is called
            "compare_server_default": False,
        },
    )
    operations = api.produce_migrations(context, metadata).upgrade_ops
    if operations is None or operations.is_empty():
        return []
    rendered = api.render_python_code(
        operations,
        render_as_batch=True,
        render_item=_plain_type,
        migration_context=context,
    )
    lines = [line for line in rendered.splitlines() if "###" not in line]
    return textwrap.dedent("\n".join(lines)).splitlines()


def _triggers(old: sa.Connection, new: sa.Connection) -> list[str]:
    """Triggers of new tables: Alembic knows nothing of them."""
    asked = sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    here = {row.name for row in old.execute(asked)}
    return [f"op.execute({row.sql!r})" for row in new.execute(asked) if row.name not in here]


def _ours(metadata: sa.MetaData) -> Any:
    def include(_thing: Any, name: str, kind: str, reflected: bool, _beside: Any) -> bool:
        # What the search index keeps for itself, and Alembic's own table, stand in no record.
        if kind == "table" and reflected and name not in metadata.tables:
            return not name.startswith("search_text") and name != "alembic_version"
        return True

    return include


def _plain_type(kind: str, thing: Any, _context: Any) -> Any:
    """A migration is written in plain columns: the program's own types may change later."""
    if kind == "type" and isinstance(thing, sa.TypeDecorator):
        return f"sa.{thing.impl.__class__.__name__}()"
    return False


def main(arguments: list[str]) -> int:
    """Writes it, and says where and what to look at."""
    if len(arguments) != 1:
        print("Say in a word or two what changes: python3 packaging/dev.py migration people")
        return 2
    target = write(arguments[0])
    if target is None:
        print("The records and the last migration agree; nothing was written.")
        return 0
    print(f"Wrote {target.relative_to(Path.cwd())}. Read it before you commit it.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
