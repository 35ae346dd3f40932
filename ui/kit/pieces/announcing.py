"""What is said aloud to whoever cannot see it appear: one door to screen readers.

A label that changes is read by nobody: the reader follows the keyboard. So whatever appears away
from the keyboard (a message, a refusal) is announced here, in the words that are shown.
"""

from __future__ import annotations

import atexit
import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

if TYPE_CHECKING:
    from PySide6.QtGui import QAccessibleInterface


class Announcer(QObject):
    """``said`` carries the words, and whether they interrupt what is being read."""

    said = Signal(str, bool)


def announcer() -> Announcer:
    """The one of the running application, made on first use."""
    application = QApplication.instance()
    assert application is not None
    if not _made or not isValid(_made[0]) or _made[0].parent() is not application:
        _made[:] = [Announcer(application)]
    return _made[0]


_made: list[Announcer] = []
"""It, once it is made."""


def announce(where: QWidget, words: str, *, urgent: bool = False) -> None:
    """Has the words read aloud where a screen reader runs.

    ``urgent`` interrupts what is being read: for what went wrong. All else waits its turn.
    """
    if not words:
        return
    announcer().said.emit(words, urgent)
    from PySide6.QtGui import QAccessible  # no first window needs it

    if not QAccessible.isActive():
        return
    from PySide6.QtGui import QAccessibleAnnouncementEvent

    event = QAccessibleAnnouncementEvent(where, words)
    kinds = QAccessible.AnnouncementPoliteness
    event.setPoliteness(kinds.Assertive if urgent else kinds.Polite)
    QAccessible.updateAccessibility(event)


def answer_with(answer: Callable[[str, QObject], QAccessibleInterface | None]) -> None:
    """Has screen readers hear ``answer`` of the widgets that it answers for, from here on.

    It is asked about every object by the names of its class and of all above it, and gives ``None``
    where Qt may answer. What it made is given back before Python ends: Qt would otherwise look for
    it after Python had freed it, and the program would end in a crash.
    """
    from PySide6.QtGui import QAccessible  # slow to load, and no first window needs it

    def given(kind: str, thing: QObject) -> QAccessibleInterface | None:
        made = answer(kind, thing)
        if made is not None:
            _given.add(made)
        return made

    if not _answering:
        atexit.register(_give_back)
    QAccessible.installFactory(given)
    _answering.append(given)


def _give_back() -> None:
    from PySide6.QtGui import QAccessible

    for made in list(_given):
        if isValid(made):
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(made))


_answering: list[object] = []
"""What answers, kept for as long as the program runs."""
_given: weakref.WeakSet[QAccessibleInterface] = weakref.WeakSet()
"""What it has made and Qt still holds."""
