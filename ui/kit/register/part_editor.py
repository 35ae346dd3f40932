"""The form in which one part of an entry is written, below the table of the parts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from dpdesk.registers.service import RegisterService
from ui.kit.look.theme import MEDIUM, SMALL
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import column, row
from ui.kit.pieces.keys import on_escape
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.form import Form
from ui.kit.register.form_row import Doors


class PartEditor(QWidget):
    """A form with its buttons: save, step back, archive."""

    def __init__(
        self,
        service: RegisterService[Any, Any],
        around: Surroundings,
        *,
        save: Callable[[], object],
        close: Callable[[], object],
        archive: Callable[[], object],
    ) -> None:
        super().__init__()
        self.banner = Banner()
        self.form = Form(service.register, Doors(service, now=around.now))
        self.keep = button(
            f"Save the {service.register.entry}", "mdi6.check", does=save, key="Ctrl+Return"
        )
        self.stop = button("Cancel", does=close)
        self.away = button("Archive", "mdi6.archive-outline", does=archive)
        layout = column(
            self.banner, self.form, row(self.keep, self.stop, None, self.away), space=SMALL
        )
        layout.setContentsMargins(0, MEDIUM, 0, 0)
        self.setLayout(layout)
        on_escape(self, close)
        shortcut = QShortcut(QKeySequence("Ctrl+Return"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(save)
