"""The look at a spreadsheet before it is taken in: the same for every import.

``SheetLook`` is what all such dialogs share: how the file was read, which can be changed, and one
sentence on what would come of it. Each says below it what it makes of the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from dpdesk.errors import DpdeskError
from dpdesk.registers.spreadsheet import Asked, How, Sheet
from ui.kit.look.theme import HUGE, LARGE, MEDIUM, SMALL
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import help_words, row, words
from ui.kit.pieces.low import is_low, resize_within
from ui.kit.register.sheet_panel import SheetPanel
from ui.kit.register.sheet_reading import Again


class SheetLook(QDialog):
    """A dialog over a file that was read; ``again`` reads it otherwise, None where it cannot be."""

    def __init__(
        self, name: str, how: How, help_text: str, again: Again | None, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self._again = again
        self._gone = False
        self.finished.connect(self._left)
        self.setWindowTitle(f"Import {name}")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(HUGE, HUGE, HUGE, LARGE)
        layout.setSpacing(MEDIUM)
        layout.addWidget(words(f"Import from {name}", "title"))
        layout.addWidget(help_words(help_text))
        self.panel = SheetPanel(how)
        self.panel.setEnabled(again is not None)
        self.panel.asked.connect(self._ask)
        layout.addWidget(self.panel)
        self.banner = Banner(closable=False)
        layout.addWidget(self.banner)
        self.inside = QVBoxLayout()
        self.inside.setSpacing(MEDIUM)
        layout.addLayout(self.inside, 1)
        self.accept_button = button("Import", "mdi6.check", role="primary", does=self.accept)
        self.cancel_button = button("Cancel", does=self.reject)
        layout.addLayout(row(None, self.cancel_button, self.accept_button))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window what would come of the file goes before the file itself."""
        super().resizeEvent(event)
        low = is_low(self)
        layout = self.layout()
        if layout is not None:
            above, below = (SMALL, SMALL) if low else (HUGE, LARGE)
            layout.setContentsMargins(HUGE, above, HUGE, below)
        within = (self.inside.itemAt(place) for place in range(self.inside.count()))
        says_more = any(each is not None and each.spacerItem() is None for each in within)
        self.panel.table.setVisible(not (low and says_more))

    def showEvent(self, event: QShowEvent) -> None:
        """Tab goes through it as it is read."""
        super().showEvent(event)
        self.keys_in_order()

    def keys_in_order(self) -> None:
        """Lets Tab go from top to bottom: to what would come of the file before the way out of it.

        What is made later (columns, questions) would else be reached after *Import*.
        """
        layout = self.layout()
        every = list(_reached(layout)) if layout is not None else []
        for one, following in pairwise(every):
            QWidget.setTabOrder(one, following)

    def show_read(self, read: Any) -> None:
        """Shows what was read now; every dialog says what it makes of it."""
        raise NotImplementedError

    def shown_again(self) -> None:
        """Shows the last reading again, because another one failed."""
        raise NotImplementedError

    def how_of(self, read: Any) -> How:
        """How it was read."""
        how: How = read.how
        return how

    def _ask(self, asked: Asked) -> None:
        if self._again is None:
            return
        self.panel.setEnabled(False)
        self.accept_button.setEnabled(False)
        self.banner.say("Reading the file again…", "info")
        self._again(asked, self._read, self._failed)

    def _read(self, read: Any) -> None:
        if self._gone:
            return
        self.panel.setEnabled(True)
        self.panel.show_how(self.how_of(read))
        self.show_read(read)
        self.keys_in_order()

    def _failed(self, sentence: str) -> None:
        if self._gone:
            return
        self.panel.setEnabled(True)
        self.panel.show_again()
        self.shown_again()
        self.banner.say(f"{sentence} The file is shown as it was read before.", "danger")

    def _left(self) -> None:
        self._gone = True


def _reached(layout: QLayout) -> Iterator[QWidget]:
    """What Tab can reach in a layout, in the order in which it is read."""
    for place in range(layout.count()):
        held = layout.itemAt(place)
        inner, widget = (held.layout(), held.widget()) if held is not None else (None, None)
        if inner is not None:
            yield from _reached(inner)
        elif widget is not None:
            yield from _reached_in(widget)


def _reached_in(widget: QWidget) -> Iterator[QWidget]:
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    if isinstance(widget, QAbstractItemView):
        # Answers that are asked for in its rows.
        for each in widget.viewport().findChildren(QWidget):
            # The lists that open out of them are windows of their own.
            if each.window() is widget.window() and each.focusPolicy() & Qt.FocusPolicy.TabFocus:
                yield each
    elif isinstance(widget, QScrollArea):
        if (shown := widget.widget()) is not None:
            yield from _reached_in(shown)
    elif (inner := widget.layout()) is not None and not isinstance(widget, QComboBox):
        yield from _reached(inner)


class SheetDialog(SheetLook):
    """A look at a table; ``check`` says in a sentence what comes of it, or raises DpdeskError.

    ``sheet`` is what was accepted; None before.
    """

    def __init__(
        self,
        sheet: Sheet,
        name: str,
        check: Callable[[Sheet], str],
        again: Again | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, sheet.how, "This is the file as it was read.", again, parent)
        resize_within(self, 900, 560)
        self.sheet: Sheet | None = None
        self._looked = sheet
        self._check = check
        self.inside.addStretch(1)
        self.accept_button.setText("Continue")
        self.accepted.connect(self._keep)
        self.show_read(sheet)

    def show_read(self, read: Sheet) -> None:
        """Says what comes of the table, and whether it can be used."""
        self._looked = read
        try:
            said = self._check(read)
        except DpdeskError as error:
            self.banner.say(" ".join([str(error), *read.notes]), "warn")
            self.accept_button.setEnabled(False)
            return
        self.banner.say(" ".join([said, *read.notes]), "warn" if read.notes else "info")
        self.accept_button.setEnabled(True)

    def shown_again(self) -> None:
        """Shows the table that was read last."""
        self.show_read(self._looked)

    def _keep(self) -> None:
        self.sheet = self._looked
