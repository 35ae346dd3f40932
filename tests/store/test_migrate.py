"""Migrations: what fresh files and migrated files have in common, and what happens on failure."""

from __future__ import annotations

import difflib
import hashlib
import json
import re
import sys
from pathlib import Path

import pytest
from sqlalchemy import Table, text

from dpdesk import desk as _every_room  # noqa: F401 — loads the tables of all rooms
from dpdesk.errors import DamagedWorkspace, DpdeskError, NewerWorkspace, NoRoom
from dpdesk.store import audit, migrate, seals
from dpdesk.store.database import connect, engine_for
from dpdesk.store.tables import Base
from dpdesk.store.workspace import Workspace
from tests.builders import PASSPHRASE, Template

KEY = b"k" * 32
AUDIT = b"a" * 32

STEPS = {
    "0002": """
def upgrade():
    with op.batch_alter_table("parents", recreate="always") as batch:
        batch.add_column(sa.Column("colour", sa.String))
""",
    "0003": """
def upgrade():
    op.add_column("parents", sa.Column("age", sa.Integer))
    op.execute("INSERT INTO parents(id, name) VALUES (99, 'half done')")
    op.execute("DROP TABLE there_is_no_such_table")
""",
}


def _invented() -> set[str]:
    """Registers that other tests make up; in the same list of tables when all tests run."""
    return {
        table.name
        for mapper in Base.registry.mappers
        if not mapper.class_.__module__.startswith("dpdesk.")
        and isinstance(table := mapper.local_table, Table)
    }


def _shape(path: Path) -> dict[str, str]:
    """Every table, index and trigger with its words, blanks and the order of columns made equal.

    Columns are read by their names; one that was added by a migration stands last, and may.
    """
    invented = _invented()
    connection = connect(path, KEY)
    try:
        return {
            f"{kind} {name}": _in_order(
                re.sub(r"\s*([(),])\s*", r"\1", " ".join((sql or "").split()))
            )
            for kind, name, table, sql in connection.execute(
                "SELECT type, name, tbl_name, sql FROM sqlite_master"
            )
            if table not in invented
        }
    finally:
        connection.close()


def _in_order(sql: str) -> str:
    """A statement that makes a table, its columns and constraints in alphabetical order.

    A table that a migration copied has its name in quotation marks, which say nothing.
    """
    sql = re.sub(r'^CREATE TABLE "(\w+)"', r"CREATE TABLE \1", sql)
    found = re.fullmatch(r"(CREATE TABLE [^(]+)\((.*)\)", sql)
    if not found:
        return sql
    parts = re.split(r",(?![^(]*\))", found[2])
    return f"{found[1]}({','.join(sorted(parts))})"


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    path = tmp_path / "dpdesk.db"
    engine = engine_for(path, KEY, pooled=False)
    migrate.create(engine, AUDIT)
    engine.dispose()
    return path


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """A folder of migration scripts of its own: the real first one, and two invented ones."""
    folder = tmp_path / "scripts"
    (folder / "versions").mkdir(parents=True)
    for name in ("env.py", "script.py.mako"):
        (folder / name).write_bytes((migrate.SCRIPTS / name).read_bytes())
    before = "0001"
    (folder / "versions" / "0001.py").write_text(
        "revision = '0001'\ndown_revision = None\ndef upgrade():\n    pass\n"
    )
    for number, body in STEPS.items():
        (folder / "versions" / f"{number}.py").write_text(
            "import sqlalchemy as sa\nfrom alembic import op\n"
            f"revision = {number!r}\ndown_revision = {before!r}\n{body}"
        )
        before = number
    return folder


@pytest.fixture
def populated(fresh: Path) -> Path:
    """A file of the first version, with a parent and two children that would fall with it."""
    connection = connect(fresh, KEY)
    connection.executescript(
        """
        PRAGMA foreign_keys = ON;
        CREATE TABLE parents (id INTEGER PRIMARY KEY, name TEXT);
        CREATE TABLE children (id INTEGER PRIMARY KEY, name TEXT, parent INTEGER NOT NULL
            CONSTRAINT fk_children_parent REFERENCES parents(id) ON DELETE CASCADE);
        INSERT INTO parents VALUES (1, 'Ada Invented'), (2, 'Bo Invented');
        INSERT INTO children VALUES (1, 'Cy Invented', 1), (2, 'Di Invented', 1);
        UPDATE alembic_version SET version_num = '0001';
        """
    )
    connection.close()
    return fresh


def _rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all ordinary tables, and the shape, to compare what a file holds."""
    connection = connect(path, KEY)
    try:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type='table' AND sql NOT LIKE '%VIRTUAL%'"
        ).fetchall()
        found = {
            name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for (name,) in tables
        }
        found["shape"] = sorted(_shape(path).items())
        return found
    finally:
        connection.close()


# --- the first tables --------------------------------------------------------------------


def test_a_migrated_file_has_just_the_tables_of_a_fresh_one(fresh, tmp_path):
    migrated = tmp_path / "migrated.db"
    engine_for(migrated, KEY, pooled=False).connect().close()
    migrate.run_scripts(migrated, KEY, migrate.HEAD, migrate.SCRIPTS)
    wanted, found = _shape(fresh), _shape(migrated)
    names = sorted(wanted.keys() | found.keys())
    differing = [
        "\n".join(
            difflib.unified_diff(
                found.get(name, "").replace(",", ",\n").splitlines(),
                wanted.get(name, "").replace(",", ",\n").splitlines(),
                f"the migrations make of {name}",
                f"today's classes make of {name}",
                lineterm="",
            )
        )
        for name in names
        if wanted.get(name) != found.get(name)
    ]
    assert not differing, (
        "The records and the migrations differ. Write the next migration with: "
        "python3 packaging/dev.py migration NAME\n\n" + "\n\n".join(differing)
    )


def test_the_search_index_is_set_up_alike(fresh, tmp_path):
    migrated = tmp_path / "migrated.db"
    engine_for(migrated, KEY, pooled=False).connect().close()
    migrate.run_scripts(migrated, KEY, migrate.HEAD, migrate.SCRIPTS)
    settings = "SELECT k, v FROM search_text_config ORDER BY k"
    found = []
    for path in (fresh, migrated):
        connection = connect(path, KEY)
        found.append(connection.execute(settings).fetchall())
        connection.close()
    assert found[0] == found[1]
    assert ("secure-delete", 1) in found[0]


def test_the_scripts_follow_each_other_up_to_the_revision_of_fresh_files():
    from alembic.script import ScriptDirectory

    assert ScriptDirectory(str(migrate.SCRIPTS)).get_current_head() == migrate.HEAD


def test_the_migrations_import_nothing_of_todays_program():
    for script in (migrate.SCRIPTS / "versions").glob("*.py"):
        assert "dpdesk" not in script.read_text(encoding="utf-8"), script.name


def test_every_constraint_has_a_name(fresh):
    for name, sql in _shape(fresh).items():
        if name.startswith("table ") and "search_text" not in name:
            loose = re.sub(r"CONSTRAINT \w+ (PRIMARY KEY|FOREIGN KEY|UNIQUE|CHECK)", "", sql)
            assert not re.search(r"PRIMARY KEY|FOREIGN KEY|UNIQUE|CHECK", loose), name


# --- bringing a file up to date ----------------------------------------------------------


def test_a_file_of_today_is_left_alone(fresh, tmp_path):
    before = hashlib.sha256(fresh.read_bytes()).digest()
    assert migrate.bring_up_to_date(fresh, KEY, tmp_path / "backups") is False
    assert hashlib.sha256(fresh.read_bytes()).digest() == before
    assert not (tmp_path / "backups").exists()


def test_rebuilding_a_parent_loses_no_child(populated, scripts, tmp_path):
    before = _rows(populated)
    assert migrate.bring_up_to_date(
        populated, KEY, tmp_path / "backups", head="0002", scripts=scripts
    )
    after = _rows(populated)
    assert after["children"] == before["children"]
    assert after["parents"] == [(1, "Ada Invented", None), (2, "Bo Invented", None)]
    assert after["alembic_version"] == [("0002",)]
    assert after["history"] == before["history"]


def test_rows_of_an_earlier_version_get_the_sums_of_their_files(tmp_path):
    path = tmp_path / "dpdesk.db"
    engine_for(path, KEY, pooled=False).connect().close()
    migrate.run_scripts(path, KEY, "0002", migrate.SCRIPTS)
    connection = connect(path, KEY)
    for table, named in (("documents", "drawn"), ("releases", "full_copy")):
        columns = [row[1:3] for row in connection.execute(f"PRAGMA table_info({table})")]
        row = {name: 1 if kind == "INTEGER" else "gone" for name, kind in columns} | {named: "n"}
        places = ", ".join("?" * len(row))
        connection.execute(
            f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})", list(row.values())
        )
    connection.execute("INSERT INTO vault_files (name, sha256, size) VALUES ('n', 'abc', 1)")
    connection.commit()
    migrate.run_scripts(path, KEY, migrate.HEAD, migrate.SCRIPTS)
    found = connection.execute("SELECT drawn_sha256 FROM documents").fetchall()
    found += connection.execute(
        "SELECT kind, paper, sha256 FROM kept_papers WHERE register = 'releases' AND entry_id = 1 "
        "AND number = 1 ORDER BY id"
    ).fetchall()
    assert found == [
        ("abc",),
        ("bundle", "gone", "gone"),
        ("schedule", "gone", ""),
        ("sealed", "gone", ""),
        ("full_copy", "n", "abc"),
    ]
    facts = connection.execute("SELECT answers FROM kept_papers WHERE kind = 'bundle'").fetchone()
    assert json.loads(facts[0]) == {"pages": 1, "marks": 1, "withheld": 1, "proposed": ""}
    with pytest.raises(Exception, match="kept for good cannot be changed"):
        connection.execute("UPDATE kept_papers SET sha256 = 'other'")
    connection.close()


def _sealed(path: Path) -> tuple[audit.Tally | None, list[seals.Odd]]:
    """What the end mark says of the seals, and the rows that they do not fit."""
    engine = engine_for(path, KEY, pooled=False)
    seals.attach(engine, AUDIT)
    with engine.connect() as connection:
        end = audit.end_of(connection, AUDIT)
        assert end is not None
        found = list(seals.verify(connection, end.sealed, [0]))
    engine.dispose()
    return end.sealed, found


def test_what_was_altered_before_an_update_is_kept_in_the_history(populated, scripts, tmp_path):
    assert {odd.table for odd in _sealed(populated)[1]} >= {"parents", "children"}

    migrate.bring_up_to_date(
        populated, KEY, tmp_path / "backups", AUDIT, head="0002", scripts=scripts
    )

    tally, odd = _sealed(populated)
    assert odd == []
    assert tally is not None
    assert tally.rows >= 2
    assert "altered outside it" in str(_rows(populated)["history"][-1])


def test_a_copy_of_before_is_kept_and_opens_with_the_same_key(populated, scripts, tmp_path):
    before = _rows(populated)
    migrate.bring_up_to_date(populated, KEY, tmp_path / "backups", head="0002", scripts=scripts)
    (copy,) = (tmp_path / "backups").iterdir()
    assert re.fullmatch(r"dpdesk-before-0001-\d{8}-\d{6}\.db", copy.name)
    assert _rows(copy) == before
    assert b"Invented" not in copy.read_bytes()


def test_a_second_try_in_the_same_second_takes_the_place_of_the_first(populated, scripts, tmp_path):
    for _ in range(3):
        with pytest.raises(DpdeskError, match="as it was before"):
            migrate.bring_up_to_date(
                populated, KEY, tmp_path / "backups", head="0003", scripts=scripts
            )
    for copy in (tmp_path / "backups").iterdir():
        assert re.fullmatch(r"dpdesk-before-0001-\d{8}-\d{6}\.db", copy.name)
        assert _rows(copy) == _rows(populated)


@pytest.mark.skipif(sys.platform == "win32", reason="limits of file sizes are set by Unix calls")
def test_a_copy_that_cannot_be_finished_leaves_nothing_and_says_why(populated, scripts, tmp_path):
    import resource

    before = populated.read_bytes()
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) // 2, usual[1]))
    try:
        with pytest.raises(NoRoom, match="larger than this disk allows"):
            migrate.bring_up_to_date(
                populated, KEY, tmp_path / "backups", head="0002", scripts=scripts
            )
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert list((tmp_path / "backups").iterdir()) == []
    assert populated.read_bytes() == before


def test_a_failing_step_leaves_the_file_as_it_was(populated, scripts, tmp_path):
    before, content = _rows(populated), populated.read_bytes()
    with pytest.raises(DpdeskError) as refused:
        migrate.bring_up_to_date(populated, KEY, tmp_path / "backups", head="0003", scripts=scripts)
    assert "as it was before" in refused.value.sentence
    (copy,) = (tmp_path / "backups").iterdir()
    assert copy.name in refused.value.next_step
    assert _rows(populated) == before
    assert populated.read_bytes() == content
    assert _rows(copy) == before


def test_a_step_that_cuts_the_link_between_rows_is_rolled_back(populated, scripts, tmp_path):
    (scripts / "versions" / "0003.py").write_text(
        "from alembic import op\nrevision = '0003'\ndown_revision = '0002'\n"
        "def upgrade():\n    op.execute('DELETE FROM parents WHERE id = 1')\n"
    )
    before = _rows(populated)
    with pytest.raises(DpdeskError):
        migrate.bring_up_to_date(populated, KEY, tmp_path / "backups", head="0003", scripts=scripts)
    assert _rows(populated) == before


# --- files that are not ours to touch ------------------------------------------------------


def test_a_file_of_a_newer_version_is_refused_and_untouched(template: Template, tmp_path):
    folder = template.copy(tmp_path / "workspace")
    workspace = Workspace.open(folder, PASSPHRASE)
    with workspace.database.engine.connect().execution_options(dpdesk_writing=True) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0999'"))
        connection.execute(text("UPDATE meta SET value = '7.3' WHERE key = 'program'"))
        connection.commit()
    workspace.close()
    before = {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}
    with pytest.raises(NewerWorkspace) as refused:
        Workspace.open(folder, PASSPHRASE)
    assert "7.3" in refused.value.sentence
    after = {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}
    assert after["dpdesk.db"] == before["dpdesk.db"]
    assert not (folder / "backups").exists()


@pytest.mark.parametrize(
    "content", [b"", b"not a database at all" * 400, bytes(8192)], ids=["empty", "text", "zeros"]
)
def test_a_file_that_is_no_database_is_refused_and_untouched(template, tmp_path, content):
    folder = template.copy(tmp_path / "workspace")
    (folder / "dpdesk.db").write_bytes(content)
    with pytest.raises(DamagedWorkspace) as refused:
        Workspace.open(folder, PASSPHRASE)
    assert "estore" in refused.value.next_step
    assert (folder / "dpdesk.db").read_bytes() == content


def test_a_database_of_another_program_is_refused(fresh):
    connection = connect(fresh, KEY)
    connection.execute("PRAGMA application_id = 7")
    connection.close()
    with pytest.raises(DamagedWorkspace):
        migrate.revision(fresh, KEY)


def test_a_database_without_a_revision_is_refused(fresh):
    connection = connect(fresh, KEY)
    connection.execute("DELETE FROM alembic_version")
    connection.close()
    with pytest.raises(DamagedWorkspace):
        migrate.revision(fresh, KEY)
    connection = connect(fresh, KEY)
    connection.execute("DROP TABLE alembic_version")
    connection.close()
    with pytest.raises(DamagedWorkspace):
        migrate.revision(fresh, KEY)


def test_opening_needs_no_alembic():
    """Loading it costs most of a second, so it waits until there is a migration to run."""
    import subprocess
    import sys

    code = (
        "import sys, dpdesk.desk\n"
        "from dpdesk.store import migrate\n"
        "assert 'alembic' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_fresh_history_has_its_end_mark(fresh):
    engine = engine_for(fresh, KEY, pooled=False)
    with engine.connect() as connection:
        assert list(audit.verify(connection, AUDIT)) == []
    engine.dispose()
