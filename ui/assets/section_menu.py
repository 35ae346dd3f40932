"""The way to the sections and parts of a long page: one button, one menu."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QScrollArea, QWidget

from ui.kit.look import plain
from ui.kit.look.icons import SIZE, icon
from ui.kit.look.theme import give_role
from ui.kit.pieces.buttons import Push
from ui.kit.register.form import Form
from ui.kit.register.parts_panel import PartsPanel

_KEY = "Ctrl+G"


class SectionMenu(Push):
    """Goes to a section of the form or to its parts; lists only what is asked now."""

    def __init__(self, form: Form, parts: Sequence[PartsPanel], page: QWidget) -> None:
        super().__init__("Go to", page)
        give_role(self, "button")
        self.setIcon(icon("mdi6.format-list-bulleted", "accent"))
        self.setIconSize(QSize(SIZE, SIZE))
        self.setAutoDefault(False)
        self.setToolTip(f"Go to a section of this page ({_KEY})")
        self._form, self._parts = form, tuple(parts)
        self.ways = QMenu(self)
        self.setMenu(self.ways)
        self.ways.aboutToShow.connect(self.fill)
        key = QShortcut(QKeySequence(_KEY), page)
        plain.work_inside(key)
        key.activated.connect(self.showMenu)

    def fill(self) -> None:
        """Lists the sections that are asked now, and the parts."""
        self.ways.clear()
        for section in self._form.register.sections:
            card = self._form.card(section.key)
            if card is not None and not card.isHidden():
                go = self.ways.addAction(section.title)
                go.triggered.connect(partial(self.go_to_section, section.key))
        self.ways.addSeparator()
        for part in self._parts:
            if not part.isHidden():
                self.ways.addAction(part.register.title).triggered.connect(
                    partial(self.go_to_part, part)
                )

    def go_to_section(self, key: str, *_: object) -> None:
        """Shows a section, with the keyboard in its first question."""
        card = self._form.card(key)
        if card is not None:
            _scroll_to(card)
        self._form.focus_section(key)

    def go_to_part(self, part: PartsPanel, *_: object) -> None:
        """Shows the parts of a kind, with the keyboard at the way to add one."""
        part.add_button.setFocus()
        _scroll_to(part)
        # Where it stands on a page that is just being shown is known only a moment later.
        QTimer.singleShot(0, part, partial(_scroll_to, part))


def _scroll_to(widget: QWidget) -> None:
    """Puts the head of a card at the top of what is seen."""
    area = widget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if isinstance(area, QScrollArea) and (inside := area.widget()) is not None:
        area.verticalScrollBar().setValue(widget.mapTo(inside, widget.rect().topLeft()).y())
