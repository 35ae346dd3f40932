"""Cards, headings, page headers and lines of help: the paper that pages are made of."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.kit.look import fonts, plain
from ui.kit.look.theme import HUGE, LARGE, MEDIUM, SMALL, give_role
from ui.kit.pieces.low import is_low

_HEADINGS: Final = frozenset({"title", "heading"})
"""Roles of words that head a page, a card or a part of one."""
_REMEMBERED: Final = 20
"""Widths and texts of which a label remembers the height."""


class _Words(QLabel):
    """A label that says how high it is at the width that it may have, not at that of its card.

    The layouts of a page ask that of every label some ten times whenever anything on the page
    moves, and each time Qt would set the words in lines anew.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._heights: dict[int, int] = {}

    def heightForWidth(self, width: int) -> int:
        """The height of the words."""
        height = self._heights.get(width)
        if height is None:
            if len(self._heights) > _REMEMBERED:
                self._heights.clear()
            height = super().heightForWidth(min(width, self.maximumWidth()))
            self._heights[width] = height
        return height

    def setText(self, text: str) -> None:
        """Other words take another height."""
        self._heights.clear()
        super().setText(text)

    def setWordWrap(self, on: bool) -> None:
        """Words in one line, or in several."""
        self._heights.clear()
        super().setWordWrap(on)

    def setMaximumWidth(self, width: int) -> None:
        """Narrower words take more lines."""
        self._heights.clear()
        super().setMaximumWidth(width)

    def setMinimumHeight(self, height: int) -> None:
        """No label is lower than it must be."""
        self._heights.clear()
        super().setMinimumHeight(height)

    def changeEvent(self, event: QEvent) -> None:
        """Another font or style takes another height."""
        super().changeEvent(event)
        # Qt sends events before Python has made it, too.
        self.__dict__.get("_heights", {}).clear()


class HeadingWords(_Words):
    """Words that head a page, a card or a part of one; screen readers know it by this class."""


def words(text: str, role: str = "", *, wraps: bool = False) -> QLabel:
    """A label in plain text: what comes from an entry is never taken for markup."""
    label = HeadingWords(text) if role in _HEADINGS else _Words(text)
    plain.set_plain_text(label)
    if role:
        give_role(label, role)
    if wraps:
        label.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        label.setSizePolicy(policy)
    return label


def hide_unless(widget: QWidget, wanted: bool) -> None:
    """Hides what is not wanted, in a page that is being built.

    Showing a widget that stands nowhere yet would make a window of it, for a moment.
    """
    if not wanted:
        widget.hide()


def help_words(text: str, role: str = "help") -> QLabel:
    """A line of help, at most 70 characters wide."""
    label = words(text, role, wraps=True)
    label.setMaximumWidth(label.fontMetrics().averageCharWidth() * fonts.HELP_WIDTH)
    return label


def row(*things: QWidget | QBoxLayout | None, space: int = SMALL) -> QHBoxLayout:
    """Things side by side; None is an empty space that grows."""
    layout = QHBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(space)
    _fill(layout, things)
    return layout


def column(*things: QWidget | QBoxLayout | None, space: int = SMALL) -> QVBoxLayout:
    """Things below each other; None is an empty space that grows."""
    layout = QVBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(space)
    _fill(layout, things)
    return layout


def _fill(layout: QBoxLayout, things: tuple[QWidget | QBoxLayout | None, ...]) -> None:
    for thing in things:
        if thing is None:
            layout.addStretch(1)
        elif isinstance(thing, QWidget):
            layout.addWidget(thing)
        else:
            layout.addLayout(thing)


def clear_layout(layout: QLayout) -> None:
    """Takes everything out of a layout, with all that stands in layouts inside it."""
    while (thing := layout.takeAt(0)) is not None:
        widget, inner = thing.widget(), thing.layout()
        if widget is not None:
            # Gone at once to the eye and to the keyboard, and deleted when Qt has time.
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear_layout(inner)


class Card(QFrame):
    """A white card with an optional heading and help; put things into ``body``."""

    def __init__(self, title: str = "", help_text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        give_role(self, "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(LARGE, MEDIUM, LARGE, LARGE)
        self.body.setSpacing(SMALL)
        self.head = QHBoxLayout()
        self.head.setSpacing(SMALL)
        self.title = words(title, "heading")
        if title:
            self.setAccessibleName(title)
            self.head.addWidget(self.title)
            self.head.addStretch(1)
            self.body.addLayout(self.head)
        else:
            # It hangs in its card all the same, and goes with it.
            self.title.setParent(self)
            self.title.hide()
        if help_text:
            self.body.addWidget(help_words(help_text))

    def add(self, thing: QWidget | QBoxLayout) -> None:
        """Puts a widget or a layout at the end of the card."""
        if isinstance(thing, QWidget):
            self.body.addWidget(thing)
        else:
            self.body.addLayout(thing)


class PlainPage(QWidget):
    """A page with the margins of the house; put things into ``body``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(HUGE, LARGE, HUGE, LARGE)
        self.body.setSpacing(MEDIUM)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window has smaller margins, and no more than one line of filters."""
        super().resizeEvent(event)
        self.draw_together(low=is_low(self))

    def draw_together(self, *, low: bool) -> None:
        """Makes the most of a low window; a page that has more to leave out says what."""
        above, below, between = (SMALL, SMALL, SMALL) if low else (LARGE, LARGE, MEDIUM)
        self.body.setContentsMargins(HUGE, above, HUGE, below)
        self.body.setSpacing(between)


class Scrolled(QWidget):
    """What scrolls: as high as its words are at the width that they have, and no higher.

    Without it a page would be as long as if it were as narrow as it may be.
    """

    def minimumSizeHint(self) -> QSize:
        """Nothing is asked of the height where the layout says it for every width."""
        size = super().minimumSizeHint()
        layout = self.layout()
        wraps = layout is not None and layout.hasHeightForWidth()
        return QSize(size.width(), 0) if wraps else size


class _Area(QScrollArea):
    """A scroll area that never leaves its content pressed together.

    Content that grows while the page is being shown can miss the moment in which Qt asks how high
    it wants to be: it then stays as high as the window, with its cards on top of each other, until
    somebody moves the window. So it is asked once more whenever it is painted too low.
    """

    def watch(self, content: QWidget) -> None:
        """Looks at every painting of the content."""
        content.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Has the height worked out afresh where the content is lower than its layout needs."""
        content = self.widget()
        painted = event.type() == QEvent.Type.Paint and watched is content
        if painted and content is not None and _too_low(content):
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.LayoutRequest))
        return super().eventFilter(watched, event)


def _too_low(content: QWidget) -> bool:
    layout = content.layout()
    if layout is None:
        return False
    if layout.hasHeightForWidth():
        return content.height() < layout.totalHeightForWidth(content.width())
    return content.height() < layout.totalMinimumSize().height()


def scrolling(content: QWidget, name: str) -> QScrollArea:
    """A scroll area without frame; ``name`` is said by screen readers."""
    give_role(content, "page")
    area = _Area()
    area.watch(content)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    plain.never_scroll_sideways(area)
    area.setWidget(content)
    area.setAccessibleName(name)
    plain.set_focus_never(area)
    return area


def line() -> QFrame:
    """A thin line between two parts."""
    made = QFrame()
    give_role(made, "line")
    made.setFixedHeight(1)
    return made
