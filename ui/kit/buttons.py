"""Buttons, made in one line, always with words and an accessible name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QToolButton

from ui.kit.icons import SIZE, icon
from ui.kit.theme import set_role

_INK = {"primary": "on_accent", "danger": "danger"}


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
    made = QPushButton(words)
    set_role(made, role)
    made.setAutoDefault(False)
    if icon_name:
        made.setIcon(icon(icon_name, _INK.get(role, "accent")))
        made.setIconSize(QSize(SIZE, SIZE))
    tip = hint or words
    if key or hint:
        made.setToolTip(f"{tip} ({key})" if key else tip)
    if role == "link":
        made.setCursor(Qt.CursorShape.PointingHandCursor)
    if does is not None:
        action = does
        made.clicked.connect(lambda _on=False: action())
    return made


def icon_button(
    name: str, icon_name: str, *, does: Callable[[], object] | None = None, key: str = ""
) -> QToolButton:
    """A button that shows an icon only; ``name`` is said by screen readers and the tool tip."""
    made = QToolButton()
    set_role(made, "icon")
    made.setIcon(icon(icon_name, "muted"))
    made.setIconSize(QSize(SIZE, SIZE))
    made.setAccessibleName(name)
    made.setToolTip(f"{name} ({key})" if key else name)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if does is not None:
        action = does
        made.clicked.connect(lambda _on=False: action())
    return made
