"""Which messages of a mailbox are wanted: folders, people, words, days, and each one ticked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QGridLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from dpdesk.documents.mail_heads import MailFolder, MailHead, MailWanted
from dpdesk.documents.mailboxes import OpenMailbox
from dpdesk.errors import Cancelled, DpdeskError
from dpdesk.law.dates import read_date
from dpdesk.law.words import count
from ui.kit.look.theme import HUGE, LARGE, MEDIUM, SMALL, give_role
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import help_words, row, words
from ui.kit.pieces.low import resize_within
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.pieces.tasks import Progress, Task
from ui.kit.register.mailbox_model import MailboxModel
from ui.kit.register.table_view import FramedTable

_LOOK: Final = 150
"""Milliseconds between two looks at how far the work is."""
_EVERYWHERE: Final = "All folders"


class MailboxDialog(QDialog):
    """A look into a mailbox. ``take`` is called with the messages that were chosen.

    The mailbox is closed with the dialog unless something was chosen; then whoever takes it
    closes it.
    """

    def __init__(
        self,
        mailbox: OpenMailbox,
        around: Surroundings,
        take: Callable[[OpenMailbox, list[MailHead]], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.mailbox = mailbox
        self._around = around
        self._take = take
        self._task: Task | None = None
        self.messages = MailboxModel(self)
        self._timer = QTimer(self, interval=_LOOK)
        self._timer.timeout.connect(self._show_progress)
        self.setWindowTitle("Messages of a mailbox")
        resize_within(self, 960, 640)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(HUGE, HUGE, HUGE, LARGE)
        layout.setSpacing(MEDIUM)
        layout.addWidget(words(f"Which messages of {mailbox.name}?", "title", wraps=True))
        layout.addWidget(
            help_words(
                f"There are {count(mailbox.count, 'message')} in it. Say what is wanted; only "
                "messages that fit all of it are listed. Separate several words or names by "
                "commas: one of them is enough. Everything left empty does not matter."
            )
        )
        layout.addLayout(self._questions())
        self.look = button("List the messages", "mdi6.magnify", does=self.search)
        self.stop = button("Stop", does=self._stop)
        self.stop.hide()
        self.said = words("", "muted", wraps=True)
        layout.addLayout(row(self.look, self.stop, self.said, None))
        layout.addWidget(self._table(), 1)
        self.all = button("Tick all", role="link", does=lambda: self._tick(True))
        self.none = button("Tick none", role="link", does=lambda: self._tick(False))
        self.add = button("Add", "mdi6.check", role="primary", does=self.accept)
        self.cancel = button("Cancel", does=self.reject)
        layout.addLayout(row(self.all, self.none, None, self.cancel, self.add))
        self.messages.dataChanged.connect(self._count)
        self.messages.modelReset.connect(self._count)
        self._count()

    def _questions(self) -> QGridLayout:
        self.folder = QComboBox()
        self.folder.addItem(_EVERYWHERE, None)
        for place, folder in enumerate(self.mailbox.folders):
            # Outlook keeps folders of its own, which are empty for whoever looks.
            if folder.path and _holds_any(folder.path, self.mailbox.folders):
                self.folder.addItem(f"{folder.path} ({folder.count:,})", place)
        self.folder.setAccessibleName("Folder")
        self.folder.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.senders = _line("Sent by", "name or address")
        self.people = _line("Names any of", "in from, to, cc or bcc")
        self.words = _line("Contains the words", "in subject, text or names of attachments")
        self.since = _line("From the day", "3 September 2025")
        self.until = _line("Until the day", "3 September 2026")
        grid = QGridLayout()
        grid.setHorizontalSpacing(MEDIUM)
        grid.setVerticalSpacing(SMALL)
        for place, field in enumerate(
            (self.folder, self.words, self.senders, self.people, self.since, self.until)
        ):
            label = QLabel(f"{field.accessibleName()}:")
            label.setBuddy(field)
            line, side = divmod(place, 2)
            grid.addWidget(label, line, 2 * side)
            grid.addWidget(field, line, 2 * side + 1)
            if isinstance(field, QLineEdit):
                field.returnPressed.connect(self.search)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        return grid

    def _table(self) -> FramedTable:
        table = FramedTable()
        table.setModel(self.messages)
        table.setAccessibleName("Messages that match")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        head = table.horizontalHeader()
        give_role(head, "flush")
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in enumerate((120, 210, 260, 180)):
            table.setColumnWidth(column, width)
        head.setStretchLastSection(True)
        self.table = table
        return table

    # --- looking -------------------------------------------------------------------------

    def wanted(self) -> MailWanted:
        """What was asked for. Raises ValueError for a day that is none."""
        place = self.folder.currentData()
        folders = None
        if place is not None:
            path = self.mailbox.folders[place].path
            folders = frozenset(
                number
                for number, folder in enumerate(self.mailbox.folders)
                if folder.path == path or folder.path.startswith(f"{path}/")
            )
        return MailWanted(
            _several(self.senders),
            _several(self.people),
            _several(self.words),
            self._day(self.since),
            self._day(self.until),
            folders,
        )

    def _day(self, field: QLineEdit) -> dt.date | None:
        typed = field.text().strip()
        return read_date(typed, self._around.now().date()) if typed else None

    def search(self) -> None:
        """Lists the messages that fit; long work beside the window."""
        if self._task is not None:
            return
        try:
            wanted = self.wanted()
        except ValueError as error:
            self.said.setText(str(error))
            return
        mailbox = self.mailbox

        def work(progress: Progress) -> tuple[MailHead, ...]:
            def step(done: int, whole: int) -> None:
                progress.step("Looking through the mailbox", done, whole)

            step(0, mailbox.count)
            return mailbox.matching(wanted, step, lambda: progress.cancelled)

        self._task = self._around.tasks.run(
            work,
            title="Looking through a mailbox",
            on_success=self._found,
            on_error=self._failed,
            on_finished=self._ended,
        )
        self.look.setEnabled(False)
        self.stop.show()
        self._timer.start()
        self._show_progress()

    def _show_progress(self) -> None:
        if self._task is None:
            return
        text, done, whole = self._task.progress.latest()
        self.said.setText(f"{text}, {done:,} of {whole:,}" if text else "Waiting for other work")

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _found(self, heads: tuple[MailHead, ...]) -> None:
        self.messages.show(heads, self.mailbox.folders)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, DpdeskError):
            raise error
        self.said.setText("Stopped." if isinstance(error, Cancelled) else str(error))

    def _ended(self) -> None:
        self._task = None
        self._timer.stop()
        self.look.setEnabled(True)
        self.stop.hide()

    def _tick(self, ticked: bool) -> None:
        self.messages.tick_all(ticked=ticked)

    def _count(self) -> None:
        chosen, there = len(self.messages.chosen()), len(self.messages.heads)
        self.add.setText(f"Add {count(chosen, 'message')}" if chosen else "Add")
        self.add.setEnabled(chosen > 0)
        for key in (self.all, self.none):
            key.setVisible(there > 0)
        if there:
            self.said.setText(f"{there:,} of {count(self.mailbox.count, 'message')} fit.")
        elif self._task is not None:
            self.said.setText("No message matches.")

    # --- ending --------------------------------------------------------------------------

    def accept(self) -> None:
        """Hands on what was chosen."""
        chosen = self.messages.chosen()
        if chosen:
            self._take(self.mailbox, chosen)
            super().accept()

    def reject(self) -> None:
        """Closes the mailbox, after the work that still reads it has stopped."""
        self._stop()
        if self._task is not None:
            QTimer.singleShot(_LOOK, self.reject)
            return
        self.mailbox.close()
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a line lists the messages, and adds none."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            return
        super().keyPressEvent(event)


def _holds_any(path: str, folders: Sequence[MailFolder]) -> bool:
    """Whether there is a message in a folder, or in one below it."""
    return any(
        folder.count and (folder.path == path or folder.path.startswith(f"{path}/"))
        for folder in folders
    )


def _line(name: str, example: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(example)
    return made


def _several(field: QLineEdit) -> tuple[str, ...]:
    return tuple(filter(None, (word.strip() for word in field.text().split(","))))
