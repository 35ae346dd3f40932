"""Signs that somebody is at the desk who uses neither keys nor a mouse.

A screen reader, a switch or a voice presses buttons and writes answers without any event of the
keyboard. Whatever they reach this way says so here, and the window does not lock while they work.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QCoreApplication, QEvent, QObject


@cache
def sign() -> QEvent.Type:
    """The kind of event that is sent; filters of the application see it as any other."""
    return QEvent.Type(QEvent.registerEventType())


def somebody_is_here(where: QObject) -> None:
    """Tells that a person has just done something with ``where``."""
    QCoreApplication.sendEvent(where, QEvent(sign()))
