"""Appearance: light, dark or as the system says, changed while the program runs."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory
from shiboken6 import isValid

from ui.kit.look import fonts
from ui.kit.look.palette import DARK, LIGHT, Colours, of_system, qt_palette
from ui.kit.look.pictures import place_for
from ui.kit.look.style_sheet import place_of, style_sheet
from ui.kit.look.theme import theme


class Appearance(StrEnum):
    """What the user chose in the settings."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Appearances(QObject):
    """Which appearance is chosen; puts it on the whole application."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._chosen = Appearance.SYSTEM
        self._asked = True
        """Has the system been asked what it needs?"""
        self._told = False
        """Was the system told which appearance its own parts of the window are to have?"""
        # Kept, because Qt owns them and their Python side must not be collected in between.
        self._hints = application.styleHints()
        self._needs = self._hints.accessibility()
        self._hints.colorSchemeChanged.connect(self._system_changed)
        self._needs.contrastPreferenceChanged.connect(self._system_changed)

    @property
    def chosen(self) -> Appearance:
        """What the user chose, which may be to follow the system."""
        return self._chosen

    @property
    def high_contrast(self) -> bool:
        """Does the system ask for high contrast?"""
        from PySide6.QtCore import Qt  # its names cost a tenth of the start

        return self._needs.contrastPreference() is Qt.ContrastPreference.HighContrast

    @property
    def still(self) -> bool:
        """Does the system ask for no movement on the screen?"""
        from PySide6.QtCore import Qt  # as above

        return self._needs.motionPreference() is Qt.MotionPreference.ReducedMotion

    def choose(self, appearance: Appearance | str = Appearance.SYSTEM) -> None:
        """Applies an appearance now, to everything that is open."""
        self._chosen = Appearance(appearance)
        self._asked = True
        self._tell_system()
        self._apply()

    def begin(self, appearance: Appearance | str, *, contrast: bool) -> None:
        """Applies an appearance before the first window, without asking the system for its needs.

        To ask costs a tenth of the start, so ``settle`` does it as soon as the window stands.
        ``contrast``: the system asked for high contrast the last time, so it is asked at once
        and nobody who needs it is shown another picture first.
        """
        self._chosen = Appearance(appearance)
        self._asked = contrast
        self._tell_system()
        self._apply()

    def settle(self) -> bool:
        """Asks the system what it needs, and obeys where that differs; high contrast or not."""
        self._asked = True
        # No page before unlocking shows a tick or an arrow until somebody has pressed something.
        self._draw_pictures()
        if self._colours() != theme().colours:
            self._apply()
        return self.high_contrast

    def _system_changed(self, *_: object) -> None:
        self._asked = True
        if self._chosen is Appearance.SYSTEM or self.high_contrast:
            self._apply()

    def _colours(self) -> Colours:
        if self._asked and self.high_contrast:
            self._application.setPalette(QPalette())
            return of_system(self._application.palette())
        if self._chosen is Appearance.SYSTEM:
            dark = self._system_is_dark()
        else:
            dark = self._chosen is Appearance.DARK
        return DARK if dark else LIGHT

    def _tell_system(self) -> None:
        """Has the title bar and the system's own dialogs look as the window does."""
        if self._chosen is Appearance.SYSTEM:
            if self._told:
                self._told = False
                self._hints.unsetColorScheme()
            return
        from PySide6.QtCore import Qt  # as above

        self._told = True
        dark = self._chosen is Appearance.DARK
        self._hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)

    def _draw_pictures(self) -> None:
        place_for(theme().colours)

    def _system_is_dark(self) -> bool:
        if not self._asked:
            # The style makes its own colours by the same answer of the system.
            own = self._application.style().standardPalette()
            return own.color(QPalette.ColorRole.Window).lightnessF() < 0.5
        from PySide6.QtCore import Qt  # as above

        return self._hints.colorScheme() is Qt.ColorScheme.Dark

    def _apply(self) -> None:
        application = self._application
        if application.style().objectName() != "fusion":
            application.setStyle(QStyleFactory.create("Fusion"))
        fonts.apply(application)
        colours = theme().colours = self._colours()
        application.setPalette(qt_palette(colours))
        if self._asked:
            self._draw_pictures()
        application.setStyleSheet(style_sheet(colours, place_of(colours)))
        fonts.everywhere(application)
        theme().changed.emit()


def appearance() -> Appearances:
    """The one of the running application, made on first use."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    if not _made or not isValid(_made[0]) or _made[0].parent() is not application:
        _made[:] = [Appearances(application)]
    return _made[0]


_made: list[Appearances] = []
"""It, once it is made."""
