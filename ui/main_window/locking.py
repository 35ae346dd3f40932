"""Locks the window, and opens it again.

A locked window holds nothing: the workspace is closed, its keys are let go of, every page is taken
down, and what that leaves in memory is wiped as far as Python allows. What was half typed stays
behind sealed by a key of the workspace; giving the passphrase opens it again and puts it back.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, QTimer
from PySide6.QtWidgets import QApplication, QStackedWidget

from dpdesk import front_door
from dpdesk.errors import DpdeskError, WrongPassphrase
from dpdesk.walls.memory import wiping

if TYPE_CHECKING:
    from dpdesk.desk import Desk
    from ui.kit.pieces.tasks import TaskRunner
    from ui.main_window.idle import IdleWatch
    from ui.main_window.opened import OpenedDesk
    from ui.start.unlock import LockedPage

_WRONG: Final = "That is not the passphrase."
_LOOK: Final = 200
"""Milliseconds between two looks whether work that goes on behind the lock has ended."""
_BACKUP_AFTER: Final = dt.timedelta(hours=1)
"""A last backup younger than this is good enough when the window locks."""


class Lockable(Protocol):
    """What is asked of the window that is locked."""

    opened: OpenedDesk | None
    closing: bool
    crash: Callable[[BaseException], object]
    stack: QStackedWidget
    door: TaskRunner
    idle: IdleWatch

    def show_desk(self, desk: Desk) -> None:
        """Makes the pages of an open desk."""

    def settings_changed(self) -> None:
        """The name of the school or the idle time may be another."""

    def forget_boxes(self) -> None:
        """Takes down the boxes over the window."""

    def setWindowTitle(self, title: str, /) -> None:
        """Says what the window shows."""

    def show_help(self, page: str = "") -> None:
        """Opens the help."""

    def close(self, /) -> bool:
        """Closes the window."""


class Locking(QObject):
    """Takes the open desk away and brings it back."""

    def __init__(self, window: Lockable, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self.page: LockedPage | None = None
        self._folder = Path()
        self._sealed = b""
        self._backed_up = False
        self._level = 0
        self._wait = QTimer(self, singleShot=True)
        self._wait.timeout.connect(self._shut)

    def begin(self) -> None:
        """A desk was opened, and no box stands open."""
        self._level = QThread.currentThread().loopLevel()

    @property
    def locked(self) -> bool:
        """Does the window ask for the passphrase again?"""
        return self.page is not None and self._window.stack.currentWidget() is self.page

    def lock(self) -> None:
        """Blanks the window at once, and closes the workspace as soon as no work runs in it."""
        from ui.main_window.left_behind import look  # loaded long since

        window = self._window
        opened = window.opened
        if opened is None or self.locked:
            return
        window.idle.rest()
        left = look(opened.pages)
        self._put_away()
        self._sealed = front_door.seal(opened.desk, json.dumps(asdict(left)).encode())
        self._folder = opened.desk.workspace.folder
        self._backed_up = False
        opened.before_lock()
        window.setWindowTitle("Locked — dpdesk")
        self._show_page()
        self._wait.start(0)

    def _show_page(self) -> None:
        from ui.start.unlock import LockedPage  # loaded long since

        self.page = page = LockedPage()
        page.given.connect(self._try)
        page.leave.connect(self._window.close)
        page.help_asked.connect(self._window.show_help)
        self._window.stack.addWidget(page)
        if self._folder == front_door.default_example():
            from ui.start.pages import example_words  # only the example says its passphrase

            page.under.setText(example_words())
        self._window.stack.setCurrentWidget(page)
        page.begin()

    def _put_away(self) -> None:
        """Closes boxes, menus and windows beside this one; a question is answered by no."""
        while (popup := QApplication.activePopupWidget()) is not None:
            if not popup.close():
                break
        own: object = self._window
        for window in QApplication.topLevelWidgets():
            if window is own or not window.isVisible():
                continue
            if (reject := getattr(window, "reject", None)) is not None:
                reject()
            elif window.windowType() is not window.windowType().ToolTip:
                window.hide()

    # --- shutting ------------------------------------------------------------------------

    def _shut(self) -> None:
        """Closes the workspace and takes every page down, unless work still runs in it."""
        window = self._window
        opened = window.opened
        if opened is None or not self.locked or window.closing:
            return
        # A box that was just answered by no still has to tell whoever asked.
        asking = QThread.currentThread().loopLevel() > self._level
        if asking or opened.busy or window.door.busy or self._backing_up():
            self._wait.start(_LOOK)
            return
        window.opened = None
        window.stack.removeWidget(opened)
        with wiping():
            with suppress(DpdeskError):  # the disk is gone; all the same everything was let go of
                opened.shut()
            front_door.forget_keys(opened.desk)
            window.forget_boxes()
            opened.deleteLater()
            del opened
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _backing_up(self) -> bool:
        """Begins a backup where something changed; without its keys none can be made later."""
        opened = self._window.opened
        if opened is None or self._backed_up:
            return False
        self._backed_up = True
        desk = opened.desk
        try:
            last = desk.keeping.last_backup()
            fresh = last is not None and abs(desk.now() - last) < _BACKUP_AFTER
            if fresh or not desk.keeping.changed_since_backup():
                return False
        except DpdeskError:
            return False  # whoever unlocks is told so
        opened.tasks.run(
            lambda _progress: desk.keeping.automatic_backup(),
            title="Backing up",
            on_error=lambda _error: None,  # it is tried again, and told, once somebody is there
            cancellable=False,
        )
        return True

    # --- opening again -------------------------------------------------------------------

    def _try(self, passphrase: str) -> None:
        page, opened, folder = self.page, self._window.opened, self._folder
        assert page is not None

        def failed(error: BaseException) -> None:
            if isinstance(error, WrongPassphrase):
                page.refuse(_WRONG)
            elif isinstance(error, DpdeskError):
                page.fail(str(error))
            else:
                page.set_busy(False)
                self._window.crash(error)

        def work(_progress: Any) -> Any:
            if opened is not None:
                # Work still runs in it, so it is still open.
                opened.desk.keeping.passphrase_opens(passphrase)
                return opened.desk
            return front_door.open_desk(folder, passphrase)

        self._window.door.run(
            work,
            title="Unlocking",
            on_success=self._unlock,
            on_error=failed,
            cancellable=False,
        )

    def _unlock(self, desk: Any) -> None:
        window = self._window
        again = window.opened is None
        if again:
            window.show_desk(desk)
        assert window.opened is not None
        window.stack.setCurrentWidget(window.opened)
        window.settings_changed()
        if again:
            self._put_back(desk)
        window.opened.after_lock()
        self._forget_page()

    def _put_back(self, desk: Any) -> None:
        from ui.main_window.left_behind import LeftBehind, put_back  # loaded long since

        opened = self._window.opened
        assert opened is not None
        left = LeftBehind(**json.loads(front_door.unseal(desk, self._sealed)))
        self._sealed = b""
        put_back(opened.pages, left)

    def _forget_page(self) -> None:
        page, self.page = self.page, None
        if page is not None:
            page.clear()
            self._window.stack.removeWidget(page)
            page.deleteLater()
