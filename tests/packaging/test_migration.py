"""The next migration is written from what the records changed, and loses nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import migration
import pytest
import sqlalchemy as sa

from dpdesk.store import migrate
from dpdesk.store.database import connect
from dpdesk.store.tables import Base, CodeList
from tests.builders import a_request


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """The scripts of today, to add to."""
    ignored = shutil.ignore_patterns("__pycache__")
    return Path(shutil.copytree(migrate.SCRIPTS, tmp_path / "scripts", ignore=ignored))


def of_the_program() -> sa.MetaData:
    """The tables of today, without those of registers that other tests make up."""
    found = sa.MetaData(naming_convention=Base.metadata.naming_convention)
    for table in Base.metadata.sorted_tables:
        if not table.name.startswith(("test_", "invented_")):
            table.to_metadata(found)
    return found


@pytest.fixture
def tomorrow() -> sa.MetaData:
    """The same, with a column more in one of them and a table more."""
    found = of_the_program()
    found.tables["requests"].append_column(sa.Column("mood", CodeList, nullable=True))
    sa.Table(
        "lanterns",
        found,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("request", sa.Integer, sa.ForeignKey("requests.id"), index=True),
    )
    return found


def test_nothing_is_written_where_records_and_migrations_agree(scripts):
    found = migration.difference(scripts, of_the_program())
    assert found == ""
    before = sorted(scripts.rglob("*.py"))
    assert migration.write("nothing", scripts, found) is None
    assert sorted(scripts.rglob("*.py")) == before


def test_a_workspace_of_before_keeps_every_row(desk, tmp_path, scripts, tomorrow):
    kept = [a_request(desk, subject=f"Robin Example {number}").reference for number in range(3)]
    folder, key = desk.workspace.folder, desk.workspace.keys.database
    desk.close()
    written = migration.write("Lanterns!", scripts, migration.difference(scripts, tomorrow))
    assert written is not None
    assert written.name == f"{int(migrate.HEAD) + 1:04d}_lanterns.py"
    said = written.read_text(encoding="utf-8")
    assert "sa.Text()" in said
    assert "dpdesk" not in said, "a migration is written in plain columns"

    database = folder / "dpdesk.db"
    migrate.bring_up_to_date(
        database, key, tmp_path / "copies", head=migrate.newest(scripts), scripts=scripts
    )
    connection = connect(database, key)
    found = connection.execute("SELECT reference, mood FROM requests ORDER BY id").fetchall()
    indexes = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    connection.close()
    assert found == [(reference, None) for reference in kept]
    assert "ix_lanterns_request" in indexes
    assert not migration.difference(scripts, tomorrow).strip(), "one script is enough"
