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
import shutil
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Final

from sqlalchemy import select

from dpdesk.errors import (
    DamagedWorkspace,
    DpdeskError,
    NewerWorkspace,
    NoRoom,
    StepDone,
    WorkspaceBusy,
)
from dpdesk.store import audit, leftovers
from dpdesk.store.database import connect, translated
from dpdesk.store.files import (
    patiently,
    replace_patiently,
    room,
    settle_folder,
    unlink_patiently,
    whole_file,
)
from dpdesk.store.folder import (
    DATABASE_NAME,
    KEYS_NAME,
    VAULT_NAME,
    private_file,
    private_folder,
    refuse_own_place,
    tighten,
)
from dpdesk.store.keys import KeyFile, Keys
from dpdesk.store.lock import LOCK_NAME, FolderLock
from dpdesk.store.marks import Marks
from dpdesk.store.tables import VaultFile
from dpdesk.store.thinning import (
    SUFFIX,
    ahead,
    automatic_backups,
    automatic_name,
    still_held,
    thin,
    thin_copies,
    to_keep,
)
from dpdesk.store.workspace import Workspace

__all__ = [
    "SUFFIX",
    "Backup",
    "ahead",
    "automatic_backups",
    "automatic_name",
    "clear_restores",
    "make",
    "restore",
    "still_held",
    "thin",
    "thin_copies",
    "to_keep",
]

FORMAT: Final = 1
LIST_NAME: Final = "contents.json"
_PIECE: Final = 1024 * 1024
_PATIENCE: Final = 30.0
"""Seconds to wait until nobody has a file of the restored folder open."""
_MEMBER: Final = re.compile(
    rf"{re.escape(KEYS_NAME)}|{re.escape(DATABASE_NAME)}|{VAULT_NAME}/([0-9a-f]{{2}})/\1[0-9a-f]{{62}}"
)
"""What a file in a backup may be called. Nothing else is ever written when restoring."""


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


def _quiet(done: int, total: int) -> None:
    """Says nothing: the work goes on unwatched."""


def make(
    workspace: Workspace, target: Path, step: StepDone = _quiet, *, at: dt.datetime | None = None
) -> Backup:
    """Writes a backup to ``target`` and verifies it before it gets that name; ``at`` is now.

    Raises NoRoom or DamagedWorkspace, or DpdeskError for a place inside a workspace; an older
    backup of that name then still stands.
    """
    workspace.present()
    # No key would open a backup that holds a damaged key file.
    workspace.mend_keys()
    refuse_own_place(target, backup=True)
    at = at or dt.datetime.now(dt.UTC)
    with room("The backup"):
        if not target.name:
            raise IsADirectoryError(target)
        private_folder(target.parent)
        leftovers.clear_of(target.parent, workspace.number)
    copy = leftovers.part_beside(target, workspace.number, "db.part")
    with leftovers.living(copy):
        try:
            with room("The backup"):
                private_file(copy)
            workspace.database.copy_to(copy)
            files, missing = _make(workspace, target, copy, at, step)
        finally:
            unlink_patiently(copy)
    with room("The backup"):
        return Backup(target, at, files, target.stat().st_size, missing)


def _make(
    workspace: Workspace, target: Path, copy: Path, at: dt.datetime, step: StepDone
) -> tuple[int, int]:
    """The archive around a copy of the database; how many files it holds, how many are gone."""
    members = [(KEYS_NAME, workspace.folder / KEYS_NAME), (DATABASE_NAME, copy)]
    # Files come before the rows that name them, so the vault has all that the copied database
    # speaks of, and perhaps more.
    with workspace.database.reading() as session:
        named = set(session.scalars(select(VaultFile.name)))
    there = set(workspace.vault.names())
    members += [
        (f"{VAULT_NAME}/{name[:2]}/{name}", workspace.vault.path(name))
        for name in sorted(there & named)
    ]
    with room("The backup"), whole_file(target, backup=True, owner=workspace.number) as unfinished:
        listed = _write(unfinished, members, workspace.keys, at, step)
        with _whole():
            problems = list(_problems(unfinished, workspace.keys))
            problems += _database_problems(copy, workspace.keys.database)
        if problems:
            raise DamagedWorkspace(
                f"The backup failed its check after writing ({problems[0]}).",
                "Try again on another disk; the workspace itself was not touched.",
            )
        workspace.present()
    return len(listed), len(named - there)


def _write(
    archive: Path, members: list[tuple[str, Path]], keys: Keys, at: dt.datetime, step: StepDone
) -> dict[str, Any]:
    listed: dict[str, Any] = {}
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as whole:
        for number, (name, path) in enumerate(members):
            step(number, len(members))
            digest = hashlib.sha256()
            with _opened(path) as source, whole.open(name, "w", force_zip64=True) as out:
                while piece := source.read(_PIECE):
                    digest.update(piece)
                    out.write(piece)
            listed[name] = digest.hexdigest()
        content = {"format": FORMAT, "made": at.isoformat(timespec="seconds"), "files": listed}
        content["seal"] = _seal(content, keys)
        whole.writestr(LIST_NAME, json.dumps(content, indent=0))
    return listed


def _opened(path: Path) -> BinaryIO:
    """A file for reading, also where another program holds it for a moment. Raises OSError."""
    return patiently(lambda: path.open("rb"))


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
    step: StepDone = _quiet,
) -> None:
    """Brings a backup back into a new or empty folder, with either key, verified throughout.

    Raises WrongPassphrase, DamagedWorkspace, NoRoom, or DpdeskError for a folder in use; then
    the target folder is as it was. Where everything was restored and only the last step, giving
    it its name, was not allowed, the error names the folder in which it lies.
    """
    target = target.absolute()
    with room("The folder"):
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise DpdeskError("This folder is not empty.", "Choose a new or empty folder.")
        if not target.name:
            raise DpdeskError("This is a whole disk.", "Choose a new or empty folder on it.")
    refuse_own_place(target)
    clear_restores(target)
    unfinished = leftovers.part_beside(target)
    lock = FolderLock(unfinished)
    try:
        with room("The workspace"):
            target.parent.mkdir(parents=True, exist_ok=True)
            unfinished.mkdir(mode=0o700)
        lock.hold()
        with _whole():
            keys = _keys_of(archive, passphrase, recovery_key)
            if next(_problems(archive, keys), None) is not None:
                raise _not_whole()
            with room("The workspace"):
                _extract(archive, unfinished, step)
            if _database_problems(unfinished / DATABASE_NAME, keys.database):
                raise _not_whole()
            _mark_restored(unfinished, keys)
        tighten(unfinished)
    except BaseException:
        lock.release()
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    # An open file in it would keep Windows from giving the folder another name.
    lock.release()
    unlink_patiently(unfinished / LOCK_NAME)
    _give_place(unfinished, target)


def _give_place(unfinished: Path, target: Path) -> None:
    """Gives the restored folder its name. Raises NoRoom; what was restored is never lost."""
    try:
        was_there = target.exists()
        if was_there:
            target.rmdir()
        try:
            replace_patiently(unfinished, target, seconds=_PATIENCE)
        except OSError:
            # Somebody has a file in it open, a virus scanner perhaps: its parts may go singly.
            target.mkdir(mode=0o700, exist_ok=True)
            _move_singly(unfinished, target)
        settle_folder(target.parent)
    except OSError as error:
        said = f"It is all in the folder {unfinished}. Rename that folder, and open it."
        if target.is_dir() and any(target.iterdir()):
            said = f"Close other programs and move everything in {unfinished} into {target}."
        raise NoRoom(
            "Everything was restored, but another program is stopping dpdesk from giving "
            "the folder its name.",
            said,
        ) from error


def _move_singly(source: Path, target: Path) -> None:
    """Moves what lies in a folder, the key file last: without it, it is no workspace yet.

    Raises OSError; then everything lies where it was, unless even that was not allowed.
    """
    names = sorted(path.name for path in source.iterdir())
    names.sort(key=lambda name: name == KEYS_NAME)
    moved: list[str] = []
    try:
        for name in names:
            replace_patiently(source / name, target / name)
            moved.append(name)
    except OSError:
        for name in reversed(moved):
            replace_patiently(target / name, source / name)
        with suppress(OSError):
            target.rmdir()
        raise
    shutil.rmtree(source, ignore_errors=True)


def clear_restores(target: Path) -> None:
    """Deletes folders that restoring into ``target`` left half-made when it was killed.

    A folder that another program is restoring into now is locked, and stays.
    """
    form = re.compile(rf"\.{re.escape(leftovers.part_stem(target))}\.[0-9a-f]{{8}}\.part")
    with suppress(OSError):
        for folder in target.absolute().parent.iterdir():
            if form.fullmatch(folder.name) and folder.is_dir() and not folder.is_symlink():
                _clear_restore(folder)


def _clear_restore(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()  # killed before there was anything in it
    # Without a lock it was never ours, or it is whole and waits to be named.
    if not (folder / LOCK_NAME).is_file():
        return
    lock = FolderLock(folder)
    with suppress(WorkspaceBusy, NoRoom):
        lock.hold()
        lock.release()
        shutil.rmtree(folder, ignore_errors=True)


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


def _extract(archive: Path, folder: Path, step: StepDone) -> None:
    with zipfile.ZipFile(archive) as whole:
        names = [name for name in whole.namelist() if name != LIST_NAME]
        for number, name in enumerate(names):
            step(number, len(names))
            if not _MEMBER.fullmatch(name):
                raise _not_whole()
            path = folder.joinpath(*PurePosixPath(name).parts)
            path.parent.mkdir(parents=True, exist_ok=True)
            private_file(path)
            with whole.open(name) as source, path.open("wb") as out:
                shutil.copyfileobj(source, out, _PIECE)
                out.flush()
                os.fsync(out.fileno())
