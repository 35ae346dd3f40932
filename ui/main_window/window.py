"""The window itself: it stands before anything is unlocked, so nothing heavy is loaded here."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QRect, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from dpdesk import front_door
from dpdesk.errors import DpdeskError
from ui.kit.look.mark import mark
from ui.kit.look.school_colours import SchoolStrip
from ui.kit.pieces.tasks import ProgressStrip, TaskRunner
from ui.main_window.idle import IdleWatch
from ui.main_window.locking import Locking
from ui.start.pages import StartPages

if TYPE_CHECKING:
    from dpdesk.desk import Desk
    from ui.kit.pieces.printing import Printing
    from ui.kit.pieces.prompts import Prompter
    from ui.kit.pieces.surroundings import Preferences
    from ui.main_window.help_window import HelpWindow
    from ui.main_window.opened import OpenedDesk
    from ui.start.unlock import LockedPage

_GEOMETRY = "window_geometry"
_SMALL_SCREEN = 1440
"""Pixels of width up to which the window needs the whole screen."""
_TITLE_BAR = 40
"""Pixels that the system may draw above the window; known only once it stands."""
_AGAIN, _ANYWAY, _STAY = "Try again", "Close without a backup", "Stay"


def fits(wanted: QRect, room: QRect) -> bool:
    """Is all of a window in the room that the screen has, with its title bar above it?"""
    return room.contains(wanted.adjusted(0, -_TITLE_BAR, 0, 0))


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class MainWindow(QMainWindow):
    """Start pages, then the open desk; over it, when locked, the question for the passphrase.

    ``crash`` gets faults of the program. ``now`` and ``prompter`` are given by tests.
    """

    def __init__(
        self,
        preferences: Preferences,
        folder: Path | None = None,
        *,
        crash: Callable[[BaseException], object] | None = None,
        prompter: Prompter | None = None,
        printing: Printing | None = None,
        now: Callable[[], dt.datetime] = _now,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.preferences = preferences
        self._prompter = prompter
        self.printing = printing
        self.now = now
        self.crash = crash or _raise
        self.door = TaskRunner(self)
        """Opens, tries passphrases and makes the last backup: a thread apart from the work."""
        self.opened: OpenedDesk | None = None
        self._may_close = False
        self._help: HelpWindow | None = None
        self.closing = False
        self.setWindowTitle("dpdesk")
        self.setWindowIcon(mark())
        self.stack = QStackedWidget()
        self.start = StartPages(
            preferences,
            lambda: self.prompter,
            self.door,
            folder=folder,
            printing=printing,
            fault=self.crash,
        )
        self.start.opened.connect(self._show_desk)
        self.start.help_asked.connect(self.show_help)
        self.stack.addWidget(self.start)
        whole = QWidget()
        self._column = QVBoxLayout(whole)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.strip = SchoolStrip(whole)
        self._column.addWidget(self.strip)
        self._column.addWidget(self.stack, 1)
        self.setCentralWidget(whole)
        self.progress: ProgressStrip | None = None
        self.door.started.connect(self._show_progress)
        self.locking = Locking(self, parent=self)
        self.idle = IdleWatch(now, parent=self)
        self.idle.idle.connect(self.lock)
        self.idle.ticked.connect(self._ticked)
        self._place()

    def _show_progress(self) -> None:
        """From the first piece of work on, its progress stands at the foot."""
        if self.progress is None:
            self.progress = ProgressStrip(self.door)
            self._column.addWidget(self.progress)
            self.progress.begin()

    @property
    def prompter(self) -> Prompter:
        """Asks questions over this window; made when first needed."""
        if self._prompter is None:
            from ui.kit.pieces.prompts import WindowPrompter  # boxes cost the start of the program

            self._prompter = WindowPrompter(self)
        return self._prompter

    def _place(self) -> None:
        """Where the window stood last, if that is still on a screen."""
        kept = self.preferences.get(_GEOMETRY)
        room = QGuiApplication.primaryScreen().availableGeometry()
        self.resize(min(1366, room.width()), min(768, room.height() - _TITLE_BAR))
        self._kept = isinstance(kept, str) and self.restoreGeometry(
            QByteArray.fromBase64(kept.encode())
        )

    def appear(self) -> None:
        """Shows the window: as it was left where all of it fits, over the whole of a small screen.

        Otherwise the foot of the window, with its messages, would stand below the edge.
        """
        screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        if self._kept:
            whole = not any(fits(self.geometry(), room) for room in screens)
        else:
            whole = screens[0].width() <= _SMALL_SCREEN
        if whole or self.isMaximized():
            self.showMaximized()
        else:
            self.show()

    def show_help(self, page: str = "") -> None:
        """Opens the help, also while nothing is unlocked."""
        if self.opened is not None and not self.is_locked:
            self.opened.show_help(page)
            return
        from ui.main_window.help_window import HelpWindow  # no first picture needs it

        if self._help is None:
            self._help = HelpWindow(parent=self)
        self._help.open_page(page)

    def focusNextPrevChild(self, next_: bool) -> bool:
        """Tab goes through the window as it is read."""
        from ui.main_window.key_order import go_on  # no first picture needs it

        return go_on(self, forward=next_)

    # --- the open desk -------------------------------------------------------------------

    def _show_desk(self, desk: Any, folder: Path) -> None:
        self.show_desk(desk)
        schools = front_door.known(self.preferences)
        if len(schools) > 1:
            self.strip.show_school(next((e.colour for e in schools if e.folder == folder), 0))
        assert self.opened is not None
        self.stack.setCurrentWidget(self.opened)
        self.start.hide()
        if self.start.restored:
            self.opened.tell_restored(self.start.restored)
        # Not inside the signal of the page that goes.
        QTimer.singleShot(0, self.start, self.start.forget)

    def show_desk(self, desk: Desk) -> None:
        """Makes the pages of an open desk, and begins to watch whether somebody is there."""
        from ui.kit.pieces.prompts import QuietPrompter
        from ui.main_window.opened import OpenedDesk  # heavy; loaded beside the unlock page

        self.locking.begin()
        self.opened = OpenedDesk(
            desk,
            self,
            prompter=QuietPrompter(self.prompter, lambda: not self.is_locked),
            preferences=self.preferences,
            printing=self.printing,
            now=self.now,
            crash=self.crash,
        )
        self.opened.lock_asked.connect(self.lock)
        self.opened.settings_changed.connect(self.settings_changed)
        self.stack.addWidget(self.opened)
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self.idle)
        self.settings_changed()
        self.opened.begin()
        front_door.clear_away_versions()

    def settings_changed(self) -> None:
        """The name of the school or the idle time may be another."""
        assert self.opened is not None
        particulars = self.opened.desk.school.particulars()
        # The system writes the name of the program after each title that does not end in it.
        self.setWindowTitle(f"{particulars.name} — dpdesk")
        self.idle.watch(particulars.idle_minutes)
        self._ticked(self.idle.left())

    def _ticked(self, left: int) -> None:
        if self.opened is not None:
            self.opened.show_left(left)

    def say_problem(self, sentence: str) -> None:
        """Shows what no page took care of and the user can act on."""
        if self.opened is not None:
            self.opened.message_bar.say(sentence, tone="danger")
        elif self.locked is not None:
            self.locked.complain(sentence)
        else:
            page: Any = self.start.currentWidget()
            page.complain(sentence)

    # --- locking -------------------------------------------------------------------------

    def forget_boxes(self) -> None:
        """Takes down the boxes over this window; they hold what the open desk showed."""
        for box in self.findChildren(QDialog):
            box.deleteLater()

    @property
    def is_locked(self) -> bool:
        """Does the window ask for the passphrase again?"""
        return self.locking.locked

    @property
    def locked(self) -> LockedPage | None:
        """The page that asks for it, while the window is locked."""
        return self.locking.page

    def lock(self) -> None:
        """Blanks the window and closes the workspace. What is half typed comes back later."""
        if not self.closing:
            self.locking.lock()

    # --- closing -------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        """Asks once where something is not saved, backs up what changed, then closes."""
        if self._may_close:
            self._remember()
            event.accept()
            return
        event.ignore()
        if not self.closing and self._may_leave():
            self.closing = True
            self._back_up_and_close()

    def _may_leave(self) -> bool:
        # Behind the lock nobody is asked and nothing is shown: the draft is kept and offered.
        if self.is_locked:
            return True
        return self.start.may_close() if self.opened is None else self.opened.can_leave()

    def _back_up_and_close(self) -> None:
        opened = self.opened
        if opened is None or not opened.desk.keeping.changed_since_backup():
            self._close_for_good()
            return
        opened.backups.rest()
        self.idle.rest()
        self._hold_end(on=True)
        if not self.is_locked:
            opened.show_closing()

        def failed(error: BaseException) -> None:
            sentence = str(error) if isinstance(error, DpdeskError) else ""
            if not sentence:
                self.crash(error)
            self._ask_about_backup(sentence or "The backup could not be made.")

        opened.tasks.run(
            lambda progress: opened.desk.keeping.automatic_backup(
                lambda done, total: progress.step("Backing up before closing", done, total)
            ),
            title="Backing up before closing",
            on_success=lambda _made: self._close_for_good(),
            on_error=failed,
        )

    def _ask_about_backup(self, sentence: str) -> None:
        answer = self.prompter.choose(
            "The backup before closing failed.",
            (_AGAIN, _ANYWAY),
            details=f"{sentence}\n\nWhat you saved is still safe in the workspace.",
        )
        if answer == _AGAIN:
            self._back_up_and_close()
        elif answer == _ANYWAY:
            self._close_for_good()
        else:
            self.closing = False
            self._hold_end(on=False)
            if self.opened is not None and not self.is_locked:
                self.opened.hide_closing()
                self.settings_changed()

    def _hold_end(self, *, on: bool) -> None:
        """Windows ends a program seconds after somebody logs off, unless told what it is doing."""
        if sys.platform == "win32":
            from dpdesk.walls import windows

            if on:
                windows.hold_end(int(self.winId()), "dpdesk is making its backup.")
            else:
                windows.let_end(int(self.winId()))

    def _close_for_good(self) -> None:
        self._hold_end(on=False)
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self.idle)
        self.idle.rest()
        if self.opened is not None:
            self.opened.shut()
        self.door.stop()
        self.start.close_desk()
        self._may_close = True
        # Not inside the signal of the task that has just ended.
        QTimer.singleShot(0, self.close)

    def _remember(self) -> None:
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        self.preferences.remember(_GEOMETRY, geometry)


def _raise(fault: BaseException) -> None:
    raise fault
