"""Keeping the workspace: its backups, its passphrase and its recovery key."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path
from typing import Any

from dpdesk.errors import NoRoom, StepDone
from dpdesk.registers.wording import SCHOOL_TIME
from dpdesk.retention import in_backups
from dpdesk.school.service import SchoolService
from dpdesk.store import backup
from dpdesk.store.backup import Backup
from dpdesk.store.keys import new_recovery_key
from dpdesk.store.tables import Meta
from dpdesk.store.workspace import BACKUPS_NAME, Workspace

_LAST_BACKUP = "last_backup"
_SHEET = "recovery_sheet"
"""When a recovery sheet was last printed or saved; never the key."""


class Keeping:
    """What keeps the records safe and the door locked."""

    def __init__(self, workspace: Workspace, school: SchoolService) -> None:
        self._workspace = workspace
        self._database = workspace.database
        self._school = school

    # --- backups -------------------------------------------------------------------------

    def backup_folder(self) -> Path:
        """Where automatic backups go."""
        chosen = self._school.particulars().backup_folder
        return Path(chosen) if chosen else self._workspace.folder / BACKUPS_NAME

    def back_up(self, target: Path, step: StepDone | None = None) -> Backup:
        """Writes and verifies a backup in one file. Raises NoRoom, DamagedWorkspace.

        It does not count as the backup of the day: a copy on a stick leaves the house, and the
        backup folder still needs its own.
        """
        at = self._database.now()
        if step is None:
            return backup.make(self._workspace, target, at=at)
        return backup.make(self._workspace, target, step, at=at)

    def back_up_into(self, folder: Path, step: StepDone | None = None) -> Backup:
        """A backup in a folder of the user's choice, under a name that tells its time."""
        if _same_folder(folder, self.backup_folder()):
            return self.automatic_backup(step)
        return self.back_up(folder / backup.automatic_name(self._database.now()), step)

    def automatic_backup(self, step: StepDone | None = None) -> Backup:
        """A backup under a name of its own in the backup folder; older ones are thinned."""
        folder = self.backup_folder()
        mark = self._history_length()
        made = self.back_up(folder / backup.automatic_name(self._database.now()), step)
        self._note(made, mark)
        self._workspace.mark_backup(folder)
        if not made.missing:
            # While something is missing here, an older backup may be the only one that has it.
            backup.thin(folder, self._database.now())
            own = self._workspace.folder / BACKUPS_NAME
            if own != folder:
                # Copies made before updates lie in the workspace, wherever backups go.
                backup.thin_copies(own, self._database.now())
        return made

    def automatic_backups(self) -> tuple[tuple[dt.datetime, Path], ...]:
        """The automatic backups that there are, with their times, newest first."""
        return tuple(backup.automatic_backups(self.backup_folder()))

    def backups_ahead(self) -> set[dt.datetime]:
        """The times of those that were made while the clock of the computer ran ahead."""
        return backup.ahead((at for at, _ in self.automatic_backups()), self._database.now())

    def backups_still_hold(self, before: dt.datetime | None = None) -> str:
        """A sentence: until when backups still hold what was erased at a moment, by default now.

        Backups on sticks and in other places are not known to this computer; it says so.
        """
        now = self._database.now()
        own = self._workspace.folder / BACKUPS_NAME
        try:
            held = backup.still_held(self.backup_folder(), before or now, now, elsewhere=[own])
        except NoRoom:
            held = None
        return in_backups.sentence(held)

    def last_backup(self) -> dt.datetime | None:
        """When the last backup in the backup folder was made and verified; None if never.

        None as well where it cannot be found from this computer: nobody is told that a backup
        keeps them safe which may have been lost together with another computer.
        """
        note = self._last_note()
        if note is None:
            return None
        # Path.exists raises where a disk is out of reach.
        if not os.path.exists(note["path"]):  # noqa: PTH110  # the comment above says why
            return None
        return dt.datetime.fromisoformat(note["at"])

    def forget_last_backup(self) -> None:
        """What was restored has no backup of its own yet, whatever its note says."""
        with self._database.changing() as change:
            row = change.session.get(Meta, _LAST_BACKUP)
            if row is not None:
                change.session.delete(row)

    def changed_since_backup(self) -> bool:
        """Was anything saved since the last backup in the backup folder?"""
        note = self._last_note()
        return note is None or note["history"] != self._history_length()

    def backup_due(self) -> bool:
        """Is an automatic backup due by the hours set, and is there something new in it?"""
        last = self.last_backup()
        if last is None:
            return True
        hours = dt.timedelta(hours=self._school.particulars().backup_hours)
        # A backup of the future means that the clock was put right since.
        old = self._database.now() - last >= hours or last > self._database.now()
        return old and self.changed_since_backup()

    def _note(self, made: Backup, mark: str) -> None:
        path = str(made.path.absolute())
        note = json.dumps({"at": made.at.isoformat(), "history": mark, "path": path})
        with self._database.changing() as change:
            change.session.merge(Meta(key=_LAST_BACKUP, value=note))

    def _last_note(self) -> dict[str, Any] | None:
        with self._database.reading() as session:
            row = session.get(Meta, _LAST_BACKUP)
            found: dict[str, Any] | None = json.loads(row.value) if row is not None else None
            return found

    def _history_length(self) -> str:
        with self._database.reading() as session:
            row = session.get(Meta, "history_head")
            return "" if row is None else row.value.split()[0]

    # --- the passphrase ------------------------------------------------------------------

    def passphrase_opens(self, passphrase: str) -> None:
        """Raises WrongPassphrase unless it is the right one; for unlocking after an idle lock."""
        self._workspace.passphrase_opens(passphrase)

    def change_passphrase(self, present: str, new: str) -> None:
        """Sets another passphrase. Raises WrongPassphrase for the present one."""
        self._workspace.change_passphrase(present, new)

    def known_words(self) -> tuple[str, ...]:
        """What others know of the school, and what a passphrase must therefore not be made of."""
        known = self._school.particulars()
        return (known.name, known.dpo_name, known.address, known.website, known.email)

    def set_passphrase(self, new: str) -> None:
        """Sets another passphrase after opening with the recovery key."""
        self._workspace.set_passphrase(new)

    def propose_recovery_key(self) -> str:
        """A fresh recovery key, which opens nothing until ``set_recovery_key`` gets it.

        Between the two its sheet is printed, so that there is never a moment without a sheet
        that works.
        """
        return new_recovery_key()

    def set_recovery_key(self, recovery_key: str) -> None:
        """From now on this key opens the workspace, and the one before no longer does."""
        self._workspace.set_recovery_key(recovery_key)
        self.sheet_handed_out()

    def sheet_handed_out(self) -> None:
        """The sheet of the key that opens the workspace was printed or saved."""
        with self._database.changing() as change:
            change.session.merge(Meta(key=_SHEET, value=self._database.now().isoformat()))

    def has_sheet(self) -> bool:
        """Was a recovery sheet ever printed or saved, as far as is known?"""
        with self._database.reading() as session:
            return session.get(Meta, _SHEET) is not None

    def recovery_sheet(self, recovery_key: str) -> bytes:
        """The printed sheet of a recovery key, as a PDF that is kept nowhere."""
        from dpdesk.papers import recovery  # reportlab is loaded only when something is printed

        sheet = recovery.RecoverySheet(
            self._school.letterhead(),
            str(self._workspace.folder),
            tuple(recovery_key.split()),
            self._database.now().astimezone(SCHOOL_TIME).date(),
        )
        return recovery.recovery_sheet(sheet).content


def _same_folder(one: Path, other: Path) -> bool:
    """Are these one folder, however it is written? Not, if one of them cannot be reached."""
    try:
        return one.samefile(other)
    except OSError:
        return one == other
