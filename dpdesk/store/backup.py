"""Backups: the whole workspace in one file, checked after writing, thinned with age.

The file is a plain archive of things that are encrypted already: the wrapped keys, a consistent
copy of the database and the vault's sealed files. A sealed list of contents shows if one is
missing or changed. It opens with the passphrase of its day or with the recovery key.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import os
import re
import secrets
import shutil
import struct
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from sqlalchemy import select

from dpdesk.errors import DamagedWorkspace, DpdeskError, NewerWorkspace
from dpdesk.store import audit
from dpdesk.store.database import connect, translated
from dpdesk.store.files import room, settle_folder, whole_file
from dpdesk.store.keys import KeyFile, Keys
from dpdesk.store.marks import Marks
from dpdesk.store.tables import VaultFile
from dpdesk.store.workspace import DATABASE_NAME, KEYS_NAME, VAULT_NAME, Workspace

SUFFIX: Final = ".dpbackup"
FORMAT: Final = 1
LIST_NAME: Final = "contents.json"
_STAMP: Final = "%Y-%m-%d-%H%M%S"
_NAME: Final = re.compile(r"dpdesk-(\d{4}-\d{2}-\d{2}-\d{6})\.dpbackup")
_PIECE: Final = 1024 * 1024
_MEMBER: Final = re.compile(
    rf"{re.escape(KEYS_NAME)}|{re.escape(DATABASE_NAME)}|{VAULT_NAME}/([0-9a-f]{{2}})/\1[0-9a-f]{{62}}"
)
"""What a file in a backup may be called. Nothing else is ever written when restoring."""

Step = Callable[[int, int], None]
"""Called with (done, total) files; may raise Cancelled."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was written and verified."""

    path: Path
    at: dt.datetime
    files: int
    size: int
    missing: int = 0
    """Files of the vault that were gone already: this backup cannot bring them back, an older
    one may."""


def automatic_name(at: dt.datetime) -> str:
    """The file name of an automatic backup; it holds nothing but the time, in UTC."""
    return f"dpdesk-{at.astimezone(dt.UTC).strftime(_STAMP)}{SUFFIX}"


def _quiet(done: int, total: int) -> None:
    """Nobody is watching."""


def make(
    workspace: Workspace, target: Path, step: Step = _quiet, *, at: dt.datetime | None = None
) -> Backup:
    """Writes a backup to ``target`` and verifies it before it gets that name; ``at`` is now.

    Raises NoRoom or DamagedWorkspace; an older backup of that name then still stands.
    """
    if target.resolve() in {workspace.folder / KEYS_NAME, workspace.folder / DATABASE_NAME}:
        raise DpdeskError(
            "A backup cannot be written over the workspace itself.", "Choose another file name."
        )
    at = at or dt.datetime.now(dt.UTC)
    copy = target.with_name(f".{target.name}.{secrets.token_hex(4)}.db.part")
    with room("The backup"):
        target.parent.mkdir(parents=True, exist_ok=True)
    try:
        workspace.database.copy_to(copy)
        members = [(KEYS_NAME, workspace.folder / KEYS_NAME), (DATABASE_NAME, copy)]
        # The vault only grows, so what it holds now is all that the copied database speaks of.
        names = list(workspace.vault.names())
        members += [
            (f"{VAULT_NAME}/{name[:2]}/{name}", workspace.vault.path(name)) for name in names
        ]
        with workspace.database.reading() as session:
            missing = len(set(session.scalars(select(VaultFile.name))) - set(names))
        with room("The backup"), whole_file(target) as unfinished:
            listed = _write(unfinished, members, workspace.keys, at, step)
            with _whole():
                problems = list(_problems(unfinished, workspace.keys))
                problems += _database_problems(copy, workspace.keys.database)
            if problems:
                raise DamagedWorkspace(
                    f"The backup failed its check after writing ({problems[0]}).",
                    "Try again on another disk; the workspace itself was not touched.",
                )
    finally:
        copy.unlink(missing_ok=True)
    return Backup(target, at, len(listed), target.stat().st_size, missing)


def _write(
    archive: Path, members: list[tuple[str, Path]], keys: Keys, at: dt.datetime, step: Step
) -> dict[str, Any]:
    listed: dict[str, Any] = {}
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as whole:
        for number, (name, path) in enumerate(members):
            step(number, len(members))
            digest = hashlib.sha256()
            with path.open("rb") as source, whole.open(name, "w", force_zip64=True) as out:
                while piece := source.read(_PIECE):
                    digest.update(piece)
                    out.write(piece)
            listed[name] = digest.hexdigest()
        content = {"format": FORMAT, "made": at.isoformat(timespec="seconds"), "files": listed}
        content["seal"] = _seal(content, keys)
        whole.writestr(LIST_NAME, json.dumps(content, indent=0))
    return listed


def _seal(content: dict[str, Any], keys: Keys) -> str:
    plain = json.dumps([content["format"], content["made"], content["files"]], sort_keys=True)
    return hmac.new(keys.derive("backup"), plain.encode(), hashlib.sha256).hexdigest()


def _problems(archive: Path, keys: Keys) -> Iterator[str]:
    with zipfile.ZipFile(archive) as whole:
        content = json.loads(whole.read(LIST_NAME))
        if int(content["format"]) > FORMAT:
            raise NewerWorkspace(
                "This backup was made by a newer version of dpdesk.",
                "Install that version to restore it; nothing was changed.",
            )
        if not hmac.compare_digest(content["seal"], _seal(content, keys)):
            yield "its list of contents was changed"
        names = set(whole.namelist()) - {LIST_NAME}
        if names != set(content["files"]) or not {KEYS_NAME, DATABASE_NAME} <= names:
            yield "a file is missing or was added"
        if not all(_MEMBER.fullmatch(name) for name in names):
            yield "a file in it has a name that leads elsewhere"
        for name, expected in content["files"].items():
            digest = hashlib.sha256()
            with whole.open(name) as source:
                while piece := source.read(_PIECE):
                    digest.update(piece)
            if digest.hexdigest() != expected:
                yield "a file in it was changed"


def _database_problems(path: Path, key: bytes) -> list[str]:
    with translated():
        connection = connect(path, key)
        try:
            sound = connection.execute("PRAGMA cipher_integrity_check").fetchall() == []
            sound = sound and connection.execute("PRAGMA quick_check").fetchone()[0] == "ok"
            return [] if sound else ["its database is damaged"]
        finally:
            connection.close()


def restore(
    archive: Path,
    target: Path,
    *,
    passphrase: str = "",
    recovery_key: str = "",
    step: Step = _quiet,
) -> None:
    """Brings a backup back into a new or empty folder, with either key, verified throughout.

    Raises WrongPassphrase, DamagedWorkspace, NoRoom, or DpdeskError for a folder in use; then
    the target folder is as it was.
    """
    with room("The folder"):
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise DpdeskError("This folder is not empty.", "Choose a new or empty folder.")
    target = target.absolute()
    unfinished = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        with _whole():
            keys = _keys_of(archive, passphrase, recovery_key)
            if next(_problems(archive, keys), None) is not None:
                raise _not_whole()
            with room("The workspace"):
                _extract(archive, unfinished, step)
            if _database_problems(unfinished / DATABASE_NAME, keys.database):
                raise _not_whole()
            _mark_restored(unfinished, keys)
        with room("The workspace"):
            was_there = target.exists()
            if was_there:
                target.rmdir()
            try:
                os.replace(unfinished, target)
            except OSError:
                if was_there:
                    target.mkdir()
                raise
            settle_folder(target.parent)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _mark_restored(folder: Path, keys: Keys) -> None:
    """Leaves a mark beside the database, so that going back to it is known to be meant."""
    with translated():
        connection = connect(folder / DATABASE_NAME, keys.database)
        try:
            asked = "SELECT value FROM meta WHERE key = ?"
            found = connection.execute(asked, (audit.HEAD,)).fetchone()
        finally:
            connection.close()
    end = audit.end_said(keys.history, str(found[0])) if found is not None else None
    if end is not None:
        marks = Marks(keys.history, folder, folder)
        marks.leave(marks.beside, end, restored=True)


@contextmanager
def _whole() -> Iterator[None]:
    """Turns everything that reading a damaged archive can end in into one sentence."""
    try:
        yield
    except (zipfile.BadZipFile, OSError, EOFError, struct.error, zlib.error, MemoryError) as error:
        raise _not_whole() from error
    except (KeyError, ValueError, TypeError, AttributeError, RuntimeError) as error:
        raise _not_whole() from error


def _not_whole() -> DamagedWorkspace:
    return DamagedWorkspace(
        "This is not a dpdesk backup, or it is damaged.", "Try another backup; nothing was changed."
    )


def _keys_of(archive: Path, passphrase: str, recovery_key: str) -> Keys:
    with room("The backup"):
        archive.open("rb").close()
    with zipfile.ZipFile(archive) as whole:
        key_file = KeyFile.read(whole.read(KEYS_NAME))
    if recovery_key:
        return key_file.by_recovery_key(recovery_key)
    return key_file.by_passphrase(passphrase)


def _extract(archive: Path, folder: Path, step: Step) -> None:
    folder.mkdir(parents=True)
    with zipfile.ZipFile(archive) as whole:
        names = [name for name in whole.namelist() if name != LIST_NAME]
        for number, name in enumerate(names):
            step(number, len(names))
            if not _MEMBER.fullmatch(name):
                raise _not_whole()
            path = folder.joinpath(*PurePosixPath(name).parts)
            path.parent.mkdir(parents=True, exist_ok=True)
            with whole.open(name) as source, path.open("wb") as out:
                shutil.copyfileobj(source, out, _PIECE)
                out.flush()
                os.fsync(out.fileno())


def automatic_backups(folder: Path) -> list[tuple[dt.datetime, Path]]:
    """The automatic backups in a folder with their times, newest first."""
    found = []
    if folder.is_dir():
        for path in folder.iterdir():
            if name := _NAME.fullmatch(path.name):
                at = dt.datetime.strptime(name[1], _STAMP).replace(tzinfo=dt.UTC)
                found.append((at, path))
    return sorted(found, reverse=True)


def to_keep(times: list[dt.datetime]) -> set[dt.datetime]:
    """Which backups stay: the newest of each of the last 7 days, 4 weeks and 12 months."""
    kept: set[dt.datetime] = set()
    for parts, number in ((_day, 7), (_week, 4), (_month, 12)):
        newest: dict[Any, dt.datetime] = {}
        for at in sorted(times, reverse=True):
            newest.setdefault(parts(at), at)
        kept.update(sorted(newest.values(), reverse=True)[:number])
    return kept


def _day(at: dt.datetime) -> Any:
    return at.date()


def _week(at: dt.datetime) -> Any:
    return at.isocalendar()[:2]


def _month(at: dt.datetime) -> Any:
    return (at.year, at.month)


def thin(folder: Path) -> list[Path]:
    """Deletes the automatic backups that age has made superfluous; returns what went."""
    found = automatic_backups(folder)
    kept = to_keep([at for at, _ in found])
    gone = [path for at, path in found if at not in kept]
    with room("The backup folder"):
        for path in gone:
            path.unlink(missing_ok=True)
        # Left by a program that was killed while writing a backup; encrypted, but only in the way.
        old = time.time() - 24 * 3600
        for path in folder.glob(".dpdesk-*.part"):
            if path.stat().st_mtime < old:
                path.unlink(missing_ok=True)
    return gone
