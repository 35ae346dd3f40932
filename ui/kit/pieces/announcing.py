"""What is said aloud to whoever cannot see it appear: one door to screen readers.

A label that changes is read by nobody: the reader follows the keyboard. So whatever appears away
from the keyboard (a message, a refusal) is announced here, in the words that are shown.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


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
