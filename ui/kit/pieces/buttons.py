"""Buttons, made in one line, always with words and an accessible name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton, QToolButton

from ui.kit.look.icons import SIZE, icon
from ui.kit.look.plain import set_focus_always
from ui.kit.look.theme import give_role

_INK = {"primary": "on_accent", "danger": "danger"}


def _enter(press: QPushButton | QToolButton, event: QKeyEvent) -> bool:
    """Presses the button where the key is Enter, once for each time it goes down.

    The button itself answers, not the window: a line or a list that answers Enter by itself may
    move the keyboard to a button, which must not be pressed by the same key.
    """
    from PySide6.QtCore import Qt  # a thousand names, which the first picture does without

    if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
        return False
    if not event.isAutoRepeat():
        if press.menu() is not None:
            press.showMenu()
        else:
            press.click()
    return True


class Push(QPushButton):
    """A button that Enter presses as Space does."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it."""
        if not _enter(self, event):
            super().keyPressEvent(event)


class _Icon(QToolButton):
    """A button with an icon only that Enter presses as Space does."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it."""
        if not _enter(self, event):
            super().keyPressEvent(event)


class _Link(Push):
    """A button that looks like a link, also under the pointer."""

    def enterEvent(self, event: QEnterEvent) -> None:
        """The hand is set when a pointer comes, as naming it costs the start of the program."""
        from PySide6.QtCore import Qt

        self.setCursor(Qt.CursorShape.PointingHandCursor)
        super().enterEvent(event)


def button(
    words: str,
    icon_name: str = "",
    *,
    role: str = "button",
    does: Callable[[], object] | None = None,
    key: str = "",
    hint: str = "",
) -> QPushButton:
    """A push button.

    ``role``: "primary" (one on a page), "button", "danger" (cannot be undone) or "link".
    ``key`` names the shortcut in the tool tip; the shortcut itself belongs to the page.
    """
    made = _Link(words) if role == "link" else Push(words)
    give_role(made, role)
    made.setAutoDefault(False)
    if icon_name:
        made.setIcon(icon(icon_name, _INK.get(role, "accent")))
        made.setIconSize(QSize(SIZE, SIZE))
    tip = hint or words
    if key or hint:
        made.setToolTip(f"{tip} ({key})" if key else tip)
    if does is not None:
        action = does
        made.clicked.connect(lambda _on=False: action())
    return made


def icon_button(
    name: str, icon_name: str, *, does: Callable[[], object] | None = None, key: str = ""
) -> QToolButton:
    """A button that shows an icon only; ``name`` is said by screen readers and the tool tip."""
    made = _Icon()
    give_role(made, "icon")
    made.setIcon(icon(icon_name, "muted"))
    made.setIconSize(QSize(SIZE, SIZE))
    made.setAccessibleName(name)
    made.setToolTip(f"{name} ({key})" if key else name)
    set_focus_always(made)
    if does is not None:
        action = does
        made.clicked.connect(lambda _on=False: action())
    return made
