"""The one place that says "something changed", so that pages need not know of each other."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Bus(QObject):
    """``changed`` carries the :class:`dpdesk.registers.entries.Changes` of an action.

    Whoever changes something publishes what the service gave back; every open page looks
    whether it shows any of it and reads itself afresh.
    """

    changed = Signal(object)

    def publish(self, changes: object) -> None:
        """Tells every page what an action changed."""
        self.changed.emit(changes)
