"""A workspace: one folder that holds everything the school has recorded.

dpdesk.keys.json   the wrapped master key
dpdesk.db          the encrypted database
vault/             encrypted files
backups/           where backups go unless the user chooses another place
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from dpdesk.errors import DamagedWorkspace, DpdeskError, NotFound
from dpdesk.store import leftovers, migrate
from dpdesk.store.database import Database, engine_for
from dpdesk.store.files import replace_patiently, room, settle_folder, unlink_patiently
from dpdesk.store.folder import (
    BACKUPS_NAME,
    DATABASE_NAME,
    KEYS_NAME,
    MAKING_NAME,
    VAULT_NAME,
    is_half_made,
    is_workspace,
    private_file,
    refuse_own_place,
    tighten,
)
from dpdesk.store.keys import Cost, KeyFile, Keys, new_recovery_key
from dpdesk.store.lock import HOLDER_NAME, LOCK_NAME, FolderLock
from dpdesk.store.marks import Marks, Notice
from dpdesk.store.paths import marks_folder
from dpdesk.store.vault import Vault

__all__ = [
    "BACKUPS_NAME",
    "DATABASE_NAME",
    "KEYS_NAME",
    "VAULT_NAME",
    "Workspace",
    "is_free",
    "is_workspace",
]

_OF_DATABASE = tuple(f"{DATABASE_NAME}{ending}" for ending in ("", "-wal", "-shm", "-journal"))


def is_free(folder: Path) -> bool:
    """May a workspace be made here? Raises NoRoom where the folder cannot be looked into.

    It may hold what systems or a lock leave there, and what is left of a workspace whose making
    was interrupted: there is nothing in it yet.
    """
    mine = {LOCK_NAME, HOLDER_NAME, "desktop.ini", "Thumbs.db"}
    if is_half_made(folder):
        mine |= {*_OF_DATABASE}
    with room("The folder"):
        if not folder.exists():
            return True
        return folder.is_dir() and all(
            path.name in mine or path.name.startswith(".") for path in folder.iterdir()
        )


def _refuse_taken(folder: Path) -> None:
    """Raises DpdeskError where the folder is in use, or lies in a workspace."""
    if not is_free(folder):
        raise DpdeskError(
            "This folder is not empty.", "Choose a new or empty folder for the workspace."
        )
    refuse_own_place(folder)


@dataclass
class Workspace:
    """An unlocked workspace, held by this program alone until it is closed."""

    folder: Path
    keys: Keys
    database: Database
    vault: Vault
    lock: FolderLock
    key_file: KeyFile
    """The key file as it was when it opened the workspace, or was written last."""
    migrated: bool = False
    notice: Notice | None = None
    """What was found missing when it was opened, or that it was restored."""

    @property
    def number(self) -> str:
        """What tells this workspace from others on file names; nothing about the school."""
        return self.key_file.workspace

    @classmethod
    def create(
        cls,
        folder: Path,
        passphrase: str,
        *,
        who: str = "",
        cost: Cost = Cost(),
        first: Callable[[Database], object] | None = None,
    ) -> tuple[Workspace, str]:
        """Makes a workspace in an empty or new folder; returns it with its recovery key.

        ``first`` writes what every workspace must have. All is made in a folder apart and then
        given its place, the key file last, so that a workspace that can be opened is never
        without it; what an interrupted making left is cleared away and begun again. Raises
        DpdeskError where the folder is in use, NoRoom where it cannot be written, and whatever
        ``first`` raises; then the folder is as empty as before.
        """
        with room("The workspace"):
            _refuse_taken(folder)
            folder.mkdir(parents=True, exist_ok=True)
        lock = FolderLock(folder)
        lock.acquire()
        begun = False
        try:
            # Once more, now that nobody else can be making one here.
            _refuse_taken(folder)
            _clear_half_made(folder)
            leftovers.clear_inside(folder)
            recovery = new_recovery_key()
            key_file, keys = KeyFile.create(passphrase, recovery, cost)
            making = folder / MAKING_NAME
            begun = True
            with room("The workspace"):
                making.mkdir(mode=0o700)
                private_file(making / DATABASE_NAME)
            _fill(making / DATABASE_NAME, keys, who, first)
            key_file.write(making / KEYS_NAME)
            with room("The workspace"):
                replace_patiently(making / DATABASE_NAME, folder / DATABASE_NAME)
                settle_folder(folder)
                replace_patiently(making / KEYS_NAME, folder / KEYS_NAME)
                settle_folder(folder)
            made = cls._unlocked(folder, keys, key_file, lock, who)
        except BaseException:
            if begun:
                unlink_patiently(folder / KEYS_NAME)
                with suppress(DpdeskError, OSError):
                    _clear_half_made(folder)
            lock.release()
            raise
        with suppress(OSError):
            making.rmdir()
        tighten(folder)
        made.follow_marks()
        return made, recovery

    @classmethod
    def open(cls, folder: Path, passphrase: str, *, who: str = "") -> Workspace:
        """Unlocks a workspace with its passphrase.

        Raises WrongPassphrase, WorkspaceBusy, NewerWorkspace, DamagedWorkspace or NotFound.
        """
        return cls._open(folder, lambda key_file: key_file.by_passphrase(passphrase), who)

    @classmethod
    def open_with_recovery_key(cls, folder: Path, typed: str, *, who: str = "") -> Workspace:
        """Unlocks a workspace with the printed recovery key; raises as :meth:`open`."""
        return cls._open(folder, lambda key_file: key_file.by_recovery_key(typed), who)

    @classmethod
    def _open(cls, folder: Path, unwrap: Callable[[KeyFile], Keys], who: str) -> Workspace:
        if (folder / KEYS_NAME).is_file() and not (folder / DATABASE_NAME).is_file():
            raise DamagedWorkspace(
                "The database of this workspace, dpdesk.db, is missing from its folder.",
                "Put it back, or restore the last backup into another folder.",
            )
        if is_half_made(folder):
            raise NotFound(
                "Setting up this workspace was interrupted; there is nothing in it yet.",
                "Set up your school again in this folder.",
            )
        if not is_workspace(folder):
            raise NotFound(
                "There is no workspace in this folder.",
                "Choose the folder that holds the file dpdesk.keys.json, or set up a new "
                "workspace.",
            )
        lock = FolderLock(folder)
        lock.acquire()
        try:
            with room("The workspace"):
                raw = (folder / KEYS_NAME).read_bytes()
            key_file = KeyFile.read(raw)
            keys = unwrap(key_file)
            tighten(folder)
            leftovers.clear_inside(folder)
            leftovers.clear_of(folder / BACKUPS_NAME, key_file.workspace)
            migrated = migrate.bring_up_to_date(
                folder / DATABASE_NAME,
                keys.database,
                folder / BACKUPS_NAME,
                keys.history,
                owner=key_file.workspace,
            )
            opened = cls._unlocked(folder, keys, key_file, lock, who)
            opened.migrated = migrated
            opened.vault.clear_unfinished()
            with suppress(OSError):
                # Left where the program ended between the last two steps of making it.
                (folder / MAKING_NAME).rmdir()
            opened.follow_marks(folder / BACKUPS_NAME)
            return opened
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _unlocked(
        cls, folder: Path, keys: Keys, key_file: KeyFile, lock: FolderLock, who: str
    ) -> Workspace:
        lock.watch(folder / DATABASE_NAME)
        database = Database(
            folder / DATABASE_NAME, keys.database, keys.history, who, present=lock.present
        )
        vault = Vault(folder / VAULT_NAME, keys, present=lock.present)
        return cls(folder, keys, database, vault, lock, key_file)

    def present(self) -> None:
        """Raises NoRoom unless the folder is still the one that was opened."""
        self.lock.present()

    def follow_marks(self, *backups: Path) -> None:
        """Compares with what was noted outside the database, in these backup folders too."""
        if self.notice is None:
            marks = self.marks()
            self.notice = self.database.follow(marks, [marks.elsewhere(each) for each in backups])

    def mark_backup(self, folder: Path) -> None:
        """Notes in a folder of backups how far the workspace had come."""
        end, marks = self.database.end(), self.marks()
        if end is not None:
            marks.leave(marks.elsewhere(folder), end)

    def marks(self) -> Marks:
        """Where it is noted outside the database how far the workspace has come."""
        return Marks(self.keys.history, self.folder, marks_folder())

    def change_passphrase(self, present: str, new: str, cost: Cost = Cost()) -> None:
        """Wraps the master key by another passphrase. Raises WrongPassphrase for ``present``."""
        key_file = self._key_file()
        key_file.by_passphrase(present)
        key_file.set_passphrase(self.keys, new, cost)
        self._write_keys(key_file)

    def set_passphrase(self, new: str, cost: Cost = Cost()) -> None:
        """The same after opening with the recovery key, when the old one is forgotten."""
        key_file = self._key_file()
        key_file.set_passphrase(self.keys, new, cost)
        self._write_keys(key_file)

    def set_recovery_key(self, recovery: str) -> None:
        """Another recovery key, from :func:`dpdesk.store.keys.new_recovery_key`; the old one ends.

        Backups made before still open with the old one.
        """
        key_file = self._key_file()
        key_file.set_recovery_key(self.keys, recovery)
        self._write_keys(key_file)

    def passphrase_opens(self, passphrase: str) -> None:
        """Raises WrongPassphrase unless the passphrase is the right one (after an idle lock)."""
        self._key_file().by_passphrase(passphrase)

    def broken_ways(self) -> tuple[str, ...]:
        """Which of "passphrase" and "recovery" would not open the workspace again.

        Raises DpdeskError where the key file cannot be read, or is damaged as a whole.
        """
        return self._key_file_of_disk().broken_ways()

    def mend_keys(self) -> bool:
        """Writes the key file afresh where the disk has lost a part of it that was read before.

        Says whether it did. Raises NoRoom.
        """
        mended = self._key_file()
        with suppress(DamagedWorkspace):
            if mended.broken_ways() == self._key_file_of_disk().broken_ways():
                return False
        self._write_keys(mended)
        return True

    def _key_file(self) -> KeyFile:
        """The key file; what the disk has lost of it since it opened the workspace is known."""
        try:
            return self._key_file_of_disk().mended_by(self.key_file)
        except DamagedWorkspace:
            return deepcopy(self.key_file)

    def _key_file_of_disk(self) -> KeyFile:
        self.present()
        with room("The key file"):
            path = self.folder / KEYS_NAME
            return KeyFile.read(path.read_bytes() if path.exists() else b"")

    def _write_keys(self, key_file: KeyFile) -> None:
        # Wrapping takes long: another workspace's key file must not be replaced meanwhile.
        self.present()
        key_file.write(self.folder / KEYS_NAME)
        self.key_file = key_file

    def close(self) -> None:
        """Closes the database and lets go of the folder."""
        try:
            self.database.close()
        finally:
            self.lock.release()


def _fill(path: Path, keys: Keys, who: str, first: Callable[[Database], object] | None) -> None:
    """Makes the tables in a fresh file, and writes into it what every workspace must have."""
    engine = engine_for(path, keys.database, pooled=False)
    try:
        migrate.create(engine, keys.history)
    finally:
        engine.dispose()
    database = Database(path, keys.database, keys.history, who)
    try:
        if first is not None:
            first(database)
    finally:
        # The log is folded into the file, which can then be moved as a whole.
        database.close()


def _clear_half_made(folder: Path) -> None:
    """Clears away what is left of a workspace that was never finished. The lock is held."""
    making = folder / MAKING_NAME
    if not is_half_made(folder):
        return
    for name in _OF_DATABASE:
        unlink_patiently(folder / name)
    for path in list(making.iterdir()):
        unlink_patiently(path)
    with room("The workspace"):
        making.rmdir()
