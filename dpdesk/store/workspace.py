"""A workspace: one folder that holds everything the school has recorded.

dpdesk.keys.json   the wrapped master key
dpdesk.db          the encrypted database
vault/             encrypted files
backups/           where backups go unless the user chooses another place
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dpdesk.errors import DamagedWorkspace, DpdeskError, NotFound
from dpdesk.store import migrate
from dpdesk.store.database import Database, engine_for
from dpdesk.store.files import room
from dpdesk.store.keys import Cost, KeyFile, Keys, new_recovery_key
from dpdesk.store.lock import HOLDER_NAME, LOCK_NAME, FolderLock
from dpdesk.store.marks import Marks, Notice
from dpdesk.store.paths import marks_folder
from dpdesk.store.vault import Vault

KEYS_NAME: Final = "dpdesk.keys.json"
DATABASE_NAME: Final = "dpdesk.db"
VAULT_NAME: Final = "vault"
BACKUPS_NAME: Final = "backups"


def is_workspace(folder: Path) -> bool:
    """Does this folder hold a workspace?"""
    return (folder / KEYS_NAME).is_file() and (folder / DATABASE_NAME).is_file()


def _refuse_taken(folder: Path) -> None:
    """Raises DpdeskError where the folder holds anything but what systems or a lock leave there."""
    mine = {LOCK_NAME, HOLDER_NAME, "desktop.ini", "Thumbs.db"}
    if any(path.name not in mine and not path.name.startswith(".") for path in folder.iterdir()):
        raise DpdeskError(
            "This folder is not empty.", "Choose a new or empty folder for the workspace."
        )


@dataclass
class Workspace:
    """An unlocked workspace, held by this program alone until it is closed."""

    folder: Path
    keys: Keys
    database: Database
    vault: Vault
    lock: FolderLock
    migrated: bool = False
    notice: Notice | None = None
    """What was found missing when it was opened, or that it was restored."""

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

        ``first`` writes what every workspace must have; it runs before there is a key file, so
        that a workspace that can be opened is never without it. Raises DpdeskError where the
        folder is in use, NoRoom where it cannot be written, and whatever ``first`` raises; then
        the folder is as empty as before.
        """
        with room("The workspace"):
            folder.mkdir(parents=True, exist_ok=True)
            _refuse_taken(folder)
        lock = FolderLock(folder)
        lock.acquire()
        made: Workspace | None = None
        try:
            recovery = new_recovery_key()
            key_file, keys = KeyFile.create(passphrase, recovery, cost)
            engine = engine_for(folder / DATABASE_NAME, keys.database, pooled=False)
            migrate.create(engine, keys.history)
            engine.dispose()
            made = cls._unlocked(folder, keys, lock, who)
            if first is not None:
                first(made.database)
            # Last, so that a folder with a key file always has its database.
            key_file.write(folder / KEYS_NAME)
            made.follow_marks()
            return made, recovery
        except BaseException:
            if made is not None:
                made.database.engine.dispose()
            for name in (KEYS_NAME, DATABASE_NAME, f"{DATABASE_NAME}-wal", f"{DATABASE_NAME}-shm"):
                with suppress(OSError):
                    (folder / name).unlink(missing_ok=True)
            lock.release()
            raise

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
        if not is_workspace(folder):
            raise NotFound(
                "There is no workspace in this folder.",
                "Choose the folder that holds the file dpdesk.keys.json, or make a new workspace.",
            )
        lock = FolderLock(folder)
        lock.acquire()
        try:
            with room("The workspace"):
                raw = (folder / KEYS_NAME).read_bytes()
            keys = unwrap(KeyFile.read(raw))
            migrated = migrate.bring_up_to_date(
                folder / DATABASE_NAME, keys.database, folder / BACKUPS_NAME, keys.history
            )
            opened = cls._unlocked(folder, keys, lock, who)
            opened.migrated = migrated
            opened.vault.clear_unfinished()
            opened.follow_marks(folder / BACKUPS_NAME)
            return opened
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _unlocked(cls, folder: Path, keys: Keys, lock: FolderLock, who: str) -> Workspace:
        database = Database(folder / DATABASE_NAME, keys.database, keys.history, who)
        return cls(folder, keys, database, Vault(folder / VAULT_NAME, keys), lock)

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
        key_file.write(self.folder / KEYS_NAME)

    def set_passphrase(self, new: str, cost: Cost = Cost()) -> None:
        """The same after opening with the recovery key, when the old one is forgotten."""
        key_file = self._key_file()
        key_file.set_passphrase(self.keys, new, cost)
        key_file.write(self.folder / KEYS_NAME)

    def set_recovery_key(self, recovery: str) -> None:
        """Another recovery key, from :func:`dpdesk.store.keys.new_recovery_key`; the old one ends.

        Backups made before still open with the old one.
        """
        key_file = self._key_file()
        key_file.set_recovery_key(self.keys, recovery)
        key_file.write(self.folder / KEYS_NAME)

    def passphrase_opens(self, passphrase: str) -> None:
        """Raises WrongPassphrase unless the passphrase is the right one (after an idle lock)."""
        self._key_file().by_passphrase(passphrase)

    def _key_file(self) -> KeyFile:
        with room("The key file"):
            return KeyFile.read((self.folder / KEYS_NAME).read_bytes())

    def close(self) -> None:
        """Closes the database and lets go of the folder."""
        try:
            self.database.close()
        finally:
            self.lock.release()
