"""The school's particulars, and backups and locking."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.law import words as said
from dpdesk.registers.settings import SettingsService
from ui.kit.look.theme import LARGE, SMALL
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, help_words, row, words
from ui.kit.pieces.surroundings import Surroundings
from ui.settings.frame import ParticularsSection

_SHOWN = 12
_RESTORE = (
    "A backup is restored into a new, empty folder, never over what is here. Close dpdesk, start "
    "it again, choose “Set up, try the example, or restore” and then “Restore a backup”. It opens "
    "with the passphrase you had then, or with the recovery key."
)


class SchoolSection(ParticularsSection):
    """School, officer and regulator."""

    def __init__(self, desk: Desk, around: Surroundings) -> None:
        super().__init__(
            desk.school,
            around,
            "School and officer",
            "Printed on letters and papers, and used to sign the history.",
            ("school", "dpo", "regulator"),
            1,
        )


class RoomSection(ParticularsSection):
    """What can be set about one room of the desk."""

    def __init__(self, service: SettingsService[Any], around: Surroundings) -> None:
        register = service.register
        super().__init__(service, around, register.title, register.purpose)


class DeskSection(ParticularsSection):
    """Idle time, backups and what there is to restore."""

    backup_asked = Signal()
    backed_up = Signal()

    def __init__(self, desk: Desk, around: Surroundings) -> None:
        self.desk = desk
        super().__init__(
            desk.school,
            around,
            "Backups and locking",
            "A backup is one encrypted file with everything in it, checked after it was written.",
            ("desk",),
            2,
        )
        self._choose = button("Choose the folder…", "mdi6.folder-outline", does=self._choose_folder)
        self.form.rows["backup_folder"].input.box.addWidget(self._choose)
        self._build_backups()
        restore = Card("Restore")
        restore.add(help_words(_RESTORE, ""))
        self.body.addWidget(restore)
        self.body.addStretch(1)
        self.show_backups()

    def _build_backups(self) -> None:
        self.card = Card("Backups")
        self.now_button = button(
            "Back up now", "mdi6.content-save-check-outline", does=self.backup_asked.emit
        )
        self.to_button = button(
            "Back up to a USB stick or another folder…",
            "mdi6.usb-flash-drive-outline",
            does=self.back_up_elsewhere,
        )
        self.card.add(row(self.now_button, self.to_button, None))
        self.where = words("", "muted", wraps=True)
        self.card.add(self.where)
        self._inside = QWidget()
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(LARGE)
        self._grid.setVerticalSpacing(SMALL)
        self._grid.setColumnStretch(2, 1)
        self.card.add(self._inside)
        self.body.addWidget(self.card)

    def begin(self) -> None:
        """Reads the list of backups, which other programs can change."""
        self.show_backups()

    def show_backups(self) -> None:
        """Lists the automatic backups that there are."""
        while (taken := self._grid.takeAt(0)) is not None:
            if (widget := taken.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        folder = self.desk.keeping.backup_folder()
        try:
            found = self.desk.keeping.automatic_backups()
            ahead = self.desk.keeping.backups_ahead()
            sizes = [path.stat().st_size for _, path in found]
        except OSError:
            self.where.setText(f"The folder {folder} cannot be reached. Is its disk plugged in?")
            return
        if not found:
            self.where.setText(f"There is no automatic backup in {folder} yet.")
            return
        self.where.setText(
            f"{said.count(len(found), 'automatic backup')} in {folder}. The last seven days, four "
            "weeks and twelve months are kept."
        )
        for place, ((at, path), size) in enumerate(list(zip(found, sizes, strict=True))[:_SHOWN]):
            wrong = " (the clock was wrong)" if at in ahead else ""
            shown = (said.long_moment(at) + wrong, f"{size / 1_000_000:,.1f} MB", path.name)
            for column, text in enumerate(shown):
                self._grid.addWidget(words(text, "" if column == 0 else "muted"), place, column)

    def _choose_folder(self) -> None:
        chosen = self.around.prompter.choose_folder("The folder for automatic backups")
        if chosen is not None:
            made = self.form.rows["backup_folder"].input
            made.set_value(str(chosen))
            made.changed.emit()

    def back_up_elsewhere(self) -> None:
        """Writes one backup into a folder of the user's choice; its name tells its time."""
        folder = self.around.prompter.choose_folder("The USB stick or folder for the backup")
        if folder is not None:
            self._run(folder)

    def _run(self, folder: Path) -> None:
        def failed(error: BaseException) -> None:
            if not isinstance(error, DpdeskError):
                raise error
            self.banner.say(str(error), "danger")

        def done(made: Any) -> None:
            self.banner.say(f"Backed up to {made.path} and verified.", "ok")
            self.backed_up.emit()

        self.around.tasks.run(
            lambda progress: self.desk.keeping.back_up_into(
                folder, lambda count, total: progress.step("Backing up", count, total)
            ),
            title="Backing up",
            on_success=done,
            on_error=failed,
        )
