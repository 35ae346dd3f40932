"""Brings an older workspace up to date, or leaves it exactly as it was.

A fresh file is made at the newest revision at once. Alembic, slow to load, is touched only when
there is something to do. The order of steps matters and is tested with failing migrations:
look, refuse what is newer, copy and check the copy, then all steps in one transaction with
foreign keys off (a rebuilt table would take its children with it), check, commit.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any, Final

import sqlcipher3
from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import Session

import dpdesk
from dpdesk.errors import DamagedWorkspace, DpdeskError, NewerWorkspace, NoRoom
from dpdesk.store import audit, seals
from dpdesk.store.database import connect, engine_for, explained, translated
from dpdesk.store.files import room, whole_file
from dpdesk.store.folder import private_folder
from dpdesk.store.tables import Base
from dpdesk.store.thinning import copy_name

APPLICATION_ID: Final = 0x64706431
SCRIPTS: Final = Path(__file__).parent / "migrations"


def newest(scripts: Path = SCRIPTS) -> str:
    """The newest revision, by the names of the scripts; empty where there is none."""
    return max((path.name[:4] for path in (scripts / "versions").glob("[0-9]*.py")), default="")


HEAD: Final = newest()
"""The revision that this program works with."""


def create(engine: Engine, audit_key: bytes) -> None:
    """Makes all tables in a fresh file, begins the history and marks it with the newest revision.

    The tables are those of the rooms that are loaded; ``dpdesk.desk`` loads them all.
    """
    seals.attach(engine, audit_key, triggers=False)
    with translated(), engine.connect() as opened:
        raw = opened.connection.driver_connection
        assert raw is not None
        raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection = opened.execution_options(dpdesk_writing=True)
        Base.metadata.create_all(connection)
        connection.execute(
            text(
                "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
                "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
            )
        )
        connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})
        _remember_program(connection)
        with Session(connection) as session:
            audit.begin(session, audit_key)
            session.flush()
            seals.begin(connection, audit_key)
            session.commit()
        connection.commit()


def _remember_program(connection: Connection) -> None:
    connection.execute(
        text("INSERT OR REPLACE INTO meta(key, value) VALUES ('program', :version)"),
        {"version": dpdesk.__version__},
    )


def _not_ours() -> DamagedWorkspace:
    return DamagedWorkspace(
        "The file dpdesk.db in this folder is not a database of dpdesk.",
        "It was left untouched. Restore the last backup into another folder.",
    )


def revision(path: Path, key: bytes) -> tuple[str, str]:
    """The revision of a file and the program version that last wrote its tables.

    Only reads. Raises DamagedWorkspace where the file is not a dpdesk database.
    """
    with translated():
        connection = connect(path, key)
        try:
            if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                raise _not_ours()
            try:
                found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
                program = connection.execute(
                    "SELECT value FROM meta WHERE key='program'"
                ).fetchone()
            except sqlcipher3.OperationalError as error:
                if "no such table" not in str(error):
                    raise
                raise _not_ours() from error
            if found is None:
                raise _not_ours()
            return str(found[0]), str(program[0] if program else "unknown")
        finally:
            connection.close()


def bring_up_to_date(
    path: Path,
    key: bytes,
    backups: Path,
    audit_key: bytes | None = None,
    *,
    head: str = HEAD,
    scripts: Path = SCRIPTS,
    owner: str = "",
) -> bool:
    """Migrates the file if it is older than this program; says whether it did.

    With ``audit_key`` its rows are sealed afresh in the same transaction. ``owner`` is the
    number of the workspace, for the name of a copy that is not finished.

    Raises NewerWorkspace for a file of a later version and DpdeskError if a step fails; in
    both cases the file is as it was before.
    """
    present, program = revision(path, key)
    if present == head:
        return False
    known = known_revisions(scripts)
    if present not in known:
        raise NewerWorkspace(
            f"This workspace was last used by a newer dpdesk (version {program}).",
            "Install that version to open it; nothing was changed.",
        )
    copy = _safe_copy(path, key, backups, present, owner)
    try:
        with explained(path), translated():
            run_scripts(path, key, head, scripts, audit_key)
    except NoRoom:
        raise
    except Exception as error:
        raise DpdeskError(
            "The workspace could not be updated; it is as it was before.",
            f"A checked copy is kept as {copy.name}. Please report this with the crash log.",
        ) from error
    return True


def known_revisions(scripts: Path = SCRIPTS) -> set[str]:
    """All revisions that the migration scripts know."""
    from alembic.script import ScriptDirectory

    return {script.revision for script in ScriptDirectory(str(scripts)).walk_revisions()}


def _safe_copy(path: Path, key: bytes, backups: Path, present: str, owner: str) -> Path:
    """A copy of the database as it is, checked before it gets its name. Raises NoRoom."""
    copy = backups / copy_name(dt.datetime.now(dt.UTC), present)
    with room("A copy of the workspace"):
        private_folder(backups)
        with (
            whole_file(copy, own=True, owner=owner) as unfinished,
            explained(path, backups, what="A copy of the workspace"),
            translated(),
        ):
            connection = connect(path, key)
            try:
                connection.execute("VACUUM INTO ?", (str(unfinished),))
            finally:
                connection.close()
            connection = connect(unfinished, key)
            try:
                sound = connection.execute("PRAGMA quick_check").fetchone()[0] == "ok"
            finally:
                connection.close()
            if not sound:
                raise DamagedWorkspace(
                    "A complete copy of the workspace could not be made, so it was not updated.",
                    "Restore the last backup into another folder.",
                )
    return copy


def run_scripts(
    path: Path, key: bytes, head: str, scripts: Path = SCRIPTS, audit_key: bytes | None = None
) -> None:
    """Takes a file through the scripts up to a revision, in one transaction.

    With ``audit_key`` its rows are sealed afresh. Raises whatever a step raises; then the file is
    as it was before.
    """
    from alembic import command
    from alembic.config import Config

    engine = engine_for(path, key, foreign_keys=False, pooled=False)
    if audit_key:
        seals.attach(engine, audit_key, triggers=False)
    config = Config()
    config.set_main_option("script_location", str(scripts))
    try:
        with engine.connect().execution_options(dpdesk_writing=True) as connection:
            connection.begin()
            config.attributes["connection"] = connection
            altered = seals.altered(connection, audit_key) if audit_key else 0
            command.upgrade(config, head)
            broken: list[Any] = list(connection.execute(text("PRAGMA foreign_key_check")))
            if broken:
                raise DamagedWorkspace("A migration step lost the links between some rows.")
            _remember_program(connection)
            if audit_key:
                seals.begin(connection, audit_key, altered)
            connection.commit()
    finally:
        engine.dispose()
