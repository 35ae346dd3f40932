"""Smears every window of the program while another program is used, where that was chosen."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QColor, QGuiApplication, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui.kit.look.onlookers import onlookers, smeared
from ui.kit.look.theme import theme

_LIFT: Final = 150
"""Milliseconds after which the window is seen again: the press that came back was no other."""


class Veil(QWidget):
    """Lies over a window and shows it without its letters. A press on it does nothing else."""

    def __init__(self, window: QWidget) -> None:
        picture = smeared(window.grab())
        super().__init__(window)
        self._picture = picture
        self.setAccessibleName("Hidden while you use another program")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws it, over all that stands below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme().colours.window))
        painter.drawPixmap(self.rect(), self._picture)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Nothing that is not seen is pressed."""
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stays as large as the window."""
        if event.type() is QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False


class Veils(QObject):
    """Lays a veil over each window that is seen, and lifts them when somebody is back."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.veils: list[Veil] = []
        self._watching = True
        self._back = QTimer(self, singleShot=True, interval=_LIFT)
        self._back.timeout.connect(self.lift)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.applicationStateChanged.connect(self._turned)

    def _turned(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive:
            self._back.start()
            return
        # A key that is held while the window goes is never let go of here.
        onlookers().hold(held=False)
        self._back.stop()
        if onlookers().away and self._watching:
            self.lay()

    def watch(self) -> None:
        """Something is shown that is to be hidden when the window is left."""
        self._watching = True

    def rest(self) -> None:
        """Nothing is shown any more: the window is locked, or goes."""
        self._watching = False
        self.lift()

    def lay(self) -> None:
        """Smears what is seen now."""
        if self.veils:
            return
        kinds = Qt.WindowType
        self.veils = [
            Veil(window)
            for window in QApplication.topLevelWidgets()
            if window.isVisible() and window.windowType() in {kinds.Window, kinds.Dialog}
        ]

    def lift(self) -> None:
        """Shows everything again; the smeared pictures are thrown away."""
        veils, self.veils = self.veils, []
        for veil in veils:
            veil.hide()
            veil.deleteLater()
