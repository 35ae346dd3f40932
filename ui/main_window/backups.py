"""Backups without being asked: while the program is open, and what the message bar says of them."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from dpdesk.desk import Desk
from dpdesk.errors import Cancelled, DpdeskError
from dpdesk.law import words as said
from ui.kit.pieces.surroundings import Surroundings

_FIRST: Final = 60_000
_LOOK: Final = 600_000
"""Milliseconds after opening before the first look, so that it is not in the way, and between."""


def last_backup_words(last: dt.datetime | None, now: dt.datetime) -> str:
    """When the last backup was made: "Last backup today 09:12, verified"."""
    if last is None:
        return "No backup on this computer yet"
    day, today = last.astimezone(said.LONDON).date(), now.astimezone(said.LONDON).date()
    if day == today:
        when = f"today {said.clock_time(last)}"
    elif day == today - dt.timedelta(1):
        when = f"yesterday {said.clock_time(last)}"
    else:
        when = said.short_date(day)
    return f"Last backup {when}, verified"


class BackupKeeper(QObject):
    """Makes a backup when one is due. ``made`` fires after each that worked."""

    made = Signal()

    def __init__(self, desk: Desk, around: Surroundings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._around = desk, around
        self.running = False
        self._timer = QTimer(self, interval=_LOOK)
        self._timer.timeout.connect(self.look)
        self._first = QTimer(self, singleShot=True, interval=_FIRST)
        self._first.timeout.connect(self.look)

    def begin(self) -> None:
        """Looks a minute from now, and then every ten."""
        self._first.start()
        self._timer.start()

    def rest(self) -> None:
        """Stops looking; the window is closing."""
        self._first.stop()
        self._timer.stop()

    def look(self) -> None:
        """Makes a backup if one is due."""
        try:
            due = not self.running and self._desk.keeping.backup_due()
        except DpdeskError as error:
            self._around.messages.say(str(error), tone="danger")
            return
        if due:
            self.back_up()

    def back_up(self, *, tell: bool = False) -> None:
        """Makes a backup in the backup folder now; ``tell`` says so when it is done."""
        if self.running:
            return
        self.running = True

        def done(_made: Any) -> None:
            if tell:
                self._around.messages.say("Backed up and verified.")
            self.made.emit()

        def ended() -> None:
            self.running = False

        self._around.tasks.run(
            lambda progress: self._desk.keeping.automatic_backup(
                lambda count, total: progress.step("Backing up", count, total)
            ),
            title="Backing up",
            on_success=done,
            on_error=self._failed,
            on_finished=ended,
        )

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            self._around.messages.say("Backup stopped. dpdesk will try again later.", tone="info")
        elif isinstance(error, DpdeskError):
            self._around.messages.say(f"The backup failed. {error}", tone="danger")
        else:
            raise error
