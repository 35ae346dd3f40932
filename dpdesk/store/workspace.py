"""A workspace: one folder that holds everything the school has recorded.

dpdesk.keys.json   the wrapped master key
dpdesk.db          the encrypted database
vault/             encrypted files
backups/           where backups go unless the user chooses another place
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dpdesk.errors import DpdeskError, NotFound
from dpdesk.store import migrate
from dpdesk.store.database import Database, engine_for
from dpdesk.store.files import room
from dpdesk.store.keys import Cost, KeyFile, Keys, new_recovery_key
from dpdesk.store.lock import FolderLock
from dpdesk.store.vault import Vault

KEYS_NAME: Final = "dpdesk.keys.json"
DATABASE_NAME: Final = "dpdesk.db"
VAULT_NAME: Final = "vault"
BACKUPS_NAME: Final = "backups"


def is_workspace(folder: Path) -> bool:
    """Does this folder hold a workspace?"""
    return (folder / KEYS_NAME).is_file() and (folder / DATABASE_NAME).is_file()


@dataclass
class Workspace:
    """An unlocked workspace, held by this program alone until it is closed."""

    folder: Path
    keys: Keys
    database: Database
    vault: Vault
    lock: FolderLock
    migrated: bool = False

    @classmethod
    def create(
        cls, folder: Path, passphrase: str, *, who: str = "", cost: Cost = Cost()
    ) -> tuple[Workspace, str]:
        """Makes a workspace in an empty or new folder; returns it with its recovery key.

        Raises DpdeskError where the folder is in use, NoRoom where it cannot be written.
        """
        with room("The workspace"):
            folder.mkdir(parents=True, exist_ok=True)
            taken = [path.name for path in folder.iterdir() if not path.name.startswith(".")]
        if taken:
            raise DpdeskError(
                "This folder is not empty.", "Choose a new or empty folder for the workspace."
            )
        lock = FolderLock(folder)
        lock.acquire()
        try:
            recovery = new_recovery_key()
            key_file, keys = KeyFile.create(passphrase, recovery, cost)
            engine = engine_for(folder / DATABASE_NAME, keys.database, pooled=False)
            migrate.create(engine)
            engine.dispose()
            # Last, so that a folder with a key file always has its database.
            key_file.write(folder / KEYS_NAME)
            return cls._unlocked(folder, keys, lock, who), recovery
        except BaseException:
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
                folder / DATABASE_NAME, keys.database, folder / BACKUPS_NAME
            )
            opened = cls._unlocked(folder, keys, lock, who)
            opened.migrated = migrated
            return opened
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _unlocked(cls, folder: Path, keys: Keys, lock: FolderLock, who: str) -> Workspace:
        database = Database(folder / DATABASE_NAME, keys.database, keys.history, who)
        return cls(folder, keys, database, Vault(folder / VAULT_NAME, keys), lock)

    def change_passphrase(self, present: str, new: str, cost: Cost = Cost()) -> None:
        """Wraps the master key by another passphrase. Raises WrongPassphrase for ``present``."""
        path = self.folder / KEYS_NAME
        key_file = KeyFile.read(path.read_bytes())
        key_file.by_passphrase(present)
        key_file.set_passphrase(self.keys, new, cost)
        key_file.write(path)

    def set_passphrase(self, new: str, cost: Cost = Cost()) -> None:
        """The same after opening with the recovery key, when the old one is forgotten."""
        path = self.folder / KEYS_NAME
        key_file = KeyFile.read(path.read_bytes())
        key_file.set_passphrase(self.keys, new, cost)
        key_file.write(path)

    def passphrase_opens(self, passphrase: str) -> None:
        """Raises WrongPassphrase unless the passphrase is the right one (after an idle lock)."""
        KeyFile.read((self.folder / KEYS_NAME).read_bytes()).by_passphrase(passphrase)

    def close(self) -> None:
        """Closes the database and lets go of the folder."""
        try:
            self.database.close()
        finally:
            self.lock.release()
