"""The colours of the moment, and the words by which widgets ask for them.

``theme()`` is the one of this application. Widgets never ask for a colour: they carry a role
(``set_role(label, "muted")``) or a tone (``set_tone(banner, "warn")``) and the style sheet does
the rest. Only what paints by hand asks ``theme().colours`` while it paints. Which colours they
are is decided in ``appearance``.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ui.kit.look.palette import LIGHT, Colours

SPACE: Final = (4, 8, 12, 16, 24)
"""The only distances between things, in pixels."""
TINY, SMALL, MEDIUM, LARGE, HUGE = SPACE


class Theme(QObject):
    """The colours of the whole application; ``changed`` fires after others were applied."""

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self.colours: Colours = LIGHT


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


def set_narrow(widget: QWidget, narrow: bool) -> None:
    """Says that there is little room around the words of a widget."""
    if narrow or widget.property("narrow"):
        _set(widget, "narrow", narrow)
