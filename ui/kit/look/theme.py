"""Appearance: light, dark or as the system says, changed while the program runs.

``theme()`` is the one of this application. Widgets never ask for a colour: they carry a role
(``set_role(label, "muted")``) or a tone (``set_tone(banner, "warn")``) and the style sheet does
the rest. Only what paints by hand asks ``theme().colours`` while it paints.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget
from shiboken6 import isValid

from ui.kit.look import fonts
from ui.kit.look.palette import DARK, LIGHT, Colours, of_system, qt_palette
from ui.kit.look.style_sheet import place_of, style_sheet

SPACE: Final = (4, 8, 12, 16, 24)
"""The only distances between things, in pixels."""
TINY, SMALL, MEDIUM, LARGE, HUGE = SPACE


class Appearance(StrEnum):
    """What the user chose in the settings."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """The appearance of the whole application; ``changed`` fires after it was applied."""

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._chosen = Appearance.SYSTEM
        self._asked = True
        """Has the system been asked what it needs?"""
        self.colours: Colours = LIGHT
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
        self._apply()

    def begin(self, appearance: Appearance | str, *, contrast: bool) -> None:
        """Applies an appearance before the first window, without asking the system for its needs.

        To ask costs a tenth of the start, so ``settle`` does it as soon as the window stands.
        ``contrast``: the system asked for high contrast the last time, so it is asked at once
        and nobody who needs it is shown another picture first.
        """
        self._chosen = Appearance(appearance)
        self._asked = contrast
        self._apply()

    def settle(self) -> bool:
        """Asks the system what it needs, and obeys where that differs; high contrast or not."""
        self._asked = True
        # No page before unlocking shows a tick or an arrow until somebody has pressed something.
        self._draw_pictures()
        if self._colours() != self.colours:
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

    def _draw_pictures(self) -> None:
        # Here, because the pictures are icons and icons ask the theme for their colours.
        from ui.kit.look.pictures import place_for

        place_for(self.colours)

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
        self.colours = self._colours()
        application.setPalette(qt_palette(self.colours))
        if self._asked:
            self._draw_pictures()
        application.setStyleSheet(style_sheet(self.colours, place_of(self.colours)))
        self.changed.emit()


def theme() -> Theme:
    """The theme of the running application, made on first use."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    # Asked for by whatever is painted, so it is not looked for among the application's children.
    if not _made or not isValid(_made[0]) or _made[0].parent() is not application:
        _made[:] = [Theme(application)]
    return _made[0]


_made: list[Theme] = []
"""The theme, once it is made."""


def _set(widget: QWidget, name: str, value: object) -> None:
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    from PySide6.QtCore import Qt  # what is just made gets its role without it

    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        # Not shown yet: it is looked at as a whole when it is.
        return
    # A style sheet looks at properties only when it is asked to.
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def set_role(widget: QWidget, role: str) -> None:
    """Says what a widget is for: "title", "heading", "muted", "primary", "card" and so on."""
    _set(widget, "role", role)


def give_role(widget: QWidget, role: str) -> None:
    """Says what a widget is for that was made this moment, so that nothing looked at it yet."""
    widget.setProperty("role", role)


def set_tone(widget: QWidget, tone: str) -> None:
    """Gives a widget one of the tones of :data:`ui.kit.look.palette.TONES`."""
    _set(widget, "tone", str(tone))


def set_invalid(widget: QWidget, invalid: bool) -> None:
    """Marks an input whose answer needs another look."""
    if invalid or widget.property("invalid"):
        _set(widget, "invalid", invalid)
