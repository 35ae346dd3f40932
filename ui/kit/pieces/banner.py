"""A message inside the page, where the eye is: never a box that must be clicked away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from ui.kit.look.icons import IconLabel
from ui.kit.look.theme import MEDIUM, SMALL, give_role, set_tone
from ui.kit.pieces.announcing import announce
from ui.kit.pieces.buttons import button, icon_button
from ui.kit.pieces.cards import hide_unless, words

ICONS: Final = {
    "ok": "mdi6.check-circle-outline",
    "info": "mdi6.information-outline",
    "warn": "mdi6.alert-outline",
    "danger": "mdi6.alert-circle-outline",
    "quiet": "mdi6.information-outline",
}
SAID: Final = {
    "ok": "Done",
    "info": "Note",
    "warn": "Caution",
    "danger": "Problem",
    "quiet": "Note",
}
"""What a screen reader says in place of the colour."""

Action = tuple[str, Callable[[], object]]


class Banner(QFrame):
    """One message with its tone and the things to do about it; hidden until ``say``."""

    def __init__(self, parent: QWidget | None = None, *, closable: bool = True) -> None:
        super().__init__(parent)
        give_role(self, "banner")
        self._icon = IconLabel(ICONS["info"], "info")
        self.text = words("", "banner", wraps=True)
        self._links: list[QPushButton] = []
        self._close = icon_button("Close this message", "mdi6.close", does=self.hide)
        hide_unless(self._close, closable)
        self._closable = closable
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(MEDIUM, SMALL, SMALL, SMALL)
        self._layout.setSpacing(MEDIUM)
        # Its height is fixed, so it stands in the middle by itself.
        self._layout.addWidget(self._icon)
        self._layout.addWidget(self.text, 1)
        self._layout.addWidget(self._close)
        self.hide()

    def say(self, text: str, tone: str = "info", actions: Sequence[Action] = ()) -> None:
        """Shows a message. ``actions``: words of a link and what it does."""
        # Pages that look again every half minute say the same again, which is no news.
        news = self.isHidden() or self.text.text() != text
        set_tone(self, tone)
        self._icon.show_icon(ICONS.get(tone, ICONS["info"]), tone)
        self.text.setText(text)
        self.setAccessibleName(f"{SAID.get(tone, 'Note')}: {text}")
        for link in self._links:
            self._layout.removeWidget(link)
            link.deleteLater()
        self._links = []
        for label, does in actions:
            link = button(label, role="link", does=does)
            self._layout.insertWidget(self._layout.count() - 1, link)
            self._links.append(link)
        # The style sheet looks at the tone of the parents only when asked to.
        for child in self.findChildren(QWidget):
            child.style().unpolish(child)
            child.style().polish(child)
        self.show()
        if news:
            announce(self, self.accessibleName(), urgent=tone == "danger")

    def press(self, label: str) -> None:
        """Does what the link of that name does."""
        next(link for link in self._links if link.text() == label).click()
