"""How the workbench is laid out, and which keys it takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QMenu,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.disclosure.bars import Foot, Head, ZoomBox
from ui.disclosure.build_page import BuildPage
from ui.disclosure.find_panel import FindField, FindPanel
from ui.disclosure.marks_panel import MarksPanel
from ui.disclosure.page_artist import PageArtist
from ui.disclosure.page_list import PageList
from ui.disclosure.page_viewer import PageViewer
from ui.disclosure.proposals import Proposals
from ui.disclosure.proposals_panel import ProposalsPanel, SideTabs
from ui.disclosure.seen_pages import SeenPages
from ui.disclosure.sitting import Sitting
from ui.disclosure.sort_page import SortPage
from ui.kit.look.theme import LARGE, MEDIUM, SMALL, set_role
from ui.kit.pieces.area_page import AreaPage
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import button, icon_button
from ui.kit.pieces.cards import column, row, words
from ui.kit.pieces.empty_state import EmptyState
from ui.kit.pieces.keys import Key
from ui.kit.pieces.shelf import PageStack
from ui.kit.pieces.surroundings import Surroundings

if TYPE_CHECKING:
    from dpdesk.desk import Desk

_WHERE: Final = "In the review"
KEYS: Final = (
    Key("Space", "Reviewed, next page", _WHERE),
    Key("N", "Next page", _WHERE),
    Key("P", "Previous page", _WHERE),
    Key("Home, End", "First page, last page", _WHERE),
    Key("G", "Go to a page", _WHERE),
    Key("J", "Next page not reviewed", _WHERE),
    Key("S", "Select", _WHERE),
    Key("T", "Mark text; arrows and Shift+arrows choose words, Enter marks", _WHERE),
    Key("L", "Mark lines; arrows choose, Enter marks", _WHERE),
    Key("B", "Mark a box; arrows move it, Shift+arrows size it, Enter marks", _WHERE),
    Key("W", "Withhold this page, or include it again", _WHERE),
    Key("X", "Set this document aside: not about this person", _WHERE),
    Key("Shift+X", "Set this page aside", _WHERE),
    Key("D", "Sort the documents", _WHERE),
    Key("F", "Fold or unfold what was seen on an earlier page", _WHERE),
    Key("C", "Choose the reason", _WHERE),
    Key("A", "Accept the suggestion that is chosen", _WHERE),
    Key("R", "Reject it", _WHERE),
    Key("Full stop, comma", "Next suggestion, the one before", _WHERE),
    Key("Del", "Remove the selected mark", _WHERE),
    Key("V", "Hold to see the page as it will go out", _WHERE),
    Key("Ctrl+Z", "Undo", _WHERE),
    Key("Ctrl+Y", "Redo", _WHERE),
    Key("Ctrl+F", "Find and mark", _WHERE),
    Key("Ctrl+I", "What this reason means", _WHERE),
    Key("Ctrl+0, Ctrl+9", "Fit the width, fit the page", _WHERE),
)
SIZES: Final = "workbench.sizes"
_WIDE: Final = (250, 796, 320)
_CLOSE: Final = (200, 431, 280)
_ROOM: Final = 1060
"""Pixels of the window below which the page would be the narrowest of the three."""
_REST: Final = 400
"""Milliseconds after the last pull at the splitter before its place is remembered."""


class WorkbenchFrame(AreaPage, QWidget):
    """The widgets of the workbench in their places; what they do stands in ``Workbench``."""

    help_page = "workbench"

    def __init__(
        self, desk: Desk, around: Surroundings, entry_id: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.desk, self.around, self.entry_id = desk, around, entry_id
        self.sitting = Sitting(desk, entry_id, self)
        self.artist = PageArtist()
        self.viewer = PageViewer(self.artist)
        self.list = PageList(self.sitting)
        self.marks = MarksPanel(self.sitting)
        self.found = FindPanel(self.sitting)
        self.proposals = Proposals(desk, around, self.sitting)
        self.proposed = ProposalsPanel(self.proposals)
        self.tabs = SideTabs()
        self.field = FindField()
        self.head = Head(desk.requests.requests.load(entry_id).reference)
        self.foot = Foot()
        self.banner = Banner()
        self.empty = EmptyState()
        self.build = BuildPage(desk, around, self.sitting)
        self.seen = SeenPages(desk, around, self.sitting)
        self.sort = SortPage(desk, around, self.sitting, self.artist)
        self.menu = QMenu(self)
        self.keys: dict[str, Callable[[], object]] = {}
        """What the keys do, by their names."""
        self._holding = False
        self._build()

    def take_focus(self) -> None:
        """The keyboard comes to the page, where its keys work."""
        if self.stack.currentWidget() is self.review:
            self.viewer.setFocus()
        else:
            super().take_focus()

    @property
    def holding(self) -> bool:
        """Is V held down?"""
        return self._holding

    def show_released(self) -> None:
        """Shows the page as V and the pass ask for; the workbench knows how."""
        raise NotImplementedError

    def _build(self) -> None:
        self.more = icon_button("More about these documents", "mdi6.dots-horizontal")
        self.more.setMenu(self.menu)
        self.more.setPopupMode(self.more.ToolButtonPopupMode.InstantPopup)
        self.to_sort = button(
            "Sort", role="link", key="D", hint="What goes into the bundle, and in which order"
        )
        self.to_sort.setAccessibleName("Sort the documents")
        # Beside the page: over it they would cover words that must be read.
        self.zoom = ZoomBox()
        left = _panel(
            row(words("Documents", "heading"), None, self.to_sort, self.more),
            self.list,
            row(self.zoom, None),
            right=SMALL,
        )
        self.right = PageStack()
        self.right.addWidget(self.marks)
        self.right.addWidget(self.proposed)
        self.right.addWidget(self.found)
        right = _panel(self.tabs, self.right, self.field)
        self.middle = QWidget()
        middle = QVBoxLayout(self.middle)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        around_banner = column(self.banner)
        around_banner.setContentsMargins(MEDIUM, SMALL, MEDIUM, 0)
        middle.addLayout(around_banner)
        middle.addWidget(self.viewer, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        for place, widget in enumerate((left, self.middle, right)):
            self.splitter.addWidget(widget)
            self.splitter.setCollapsible(place, False)
            self.splitter.setStretchFactor(place, 1 if place == 1 else 0)
        self._own = self.around.preferences.get(SIZES)
        self._narrow = False
        self.splitter.setSizes(self._own or _WIDE)
        # A file is written for it, so not for each pixel on the way.
        rest = QTimer(self, singleShot=True, interval=_REST)
        rest.timeout.connect(lambda: self.around.preferences.remember(SIZES, self.splitter.sizes()))
        self.splitter.splitterMoved.connect(lambda *_: rest.start())
        self.review = QWidget()
        self.review.setLayout(_flush(self.splitter, self.foot))
        self.stack = PageStack()
        self.stack.addWidget(self.review)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.build)
        self.stack.addWidget(self.sort)
        self.setLayout(_flush(self.head, self.stack))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the lists beside the page take less, unless somebody set them."""
        super().resizeEvent(event)
        narrow = self.width() < _ROOM
        if narrow != self._narrow:
            self._narrow = narrow
            if not self._own:
                self.splitter.setSizes(_CLOSE if narrow else _WIDE)

    # --- keys ----------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Claims its keys before the window takes them for something else."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._named(event) in self.keys
        ):
            event.accept()
            return True
        return super().event(event)

    @staticmethod
    def _named(event: QKeyEvent) -> str:
        return QKeySequence(event.keyCombination()).toString()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that nothing under the cursor took for itself."""
        if self._is_letter(event) and not self._on_the_page():
            # Somebody types, and believes to be in a field.
            super().keyPressEvent(event)
            return
        if event.key() == Qt.Key.Key_V and not event.modifiers():
            self._hold(True)
            return
        does = self.keys.get(self._named(event))
        if does is None or (event.isAutoRepeat() and self._named(event) in {"Space", "W", "Esc"}):
            super().keyPressEvent(event)
            return
        does()

    @staticmethod
    def _is_letter(event: QKeyEvent) -> bool:
        held = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        return not held and event.text().isalpha()

    def _on_the_page(self) -> bool:
        """Is the keyboard on the page or a list beside it, and on nothing else?"""
        here = QApplication.focusWidget()
        lists = (self.list, self.marks.list, self.found.list, self.proposed.list)
        return here in {None, self, self.viewer, *lists}

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """V was let go."""
        if event.key() == Qt.Key.Key_V and not event.isAutoRepeat():
            self._hold(False)
        else:
            super().keyReleaseEvent(event)

    def _hold(self, on: bool) -> None:
        if on != self._holding:
            self._holding = on
            self.show_released()

    def changeEvent(self, event: QEvent) -> None:
        """A window that is left gets no release of V."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and not self.isActiveWindow():
            self._hold(False)


def _panel(*things: QWidget | QBoxLayout | None, right: int = LARGE) -> QFrame:
    """A white panel at a side."""
    frame = QFrame()
    set_role(frame, "panel")
    layout = column(*things, space=MEDIUM)
    layout.setContentsMargins(LARGE, LARGE, right, LARGE)
    frame.setLayout(layout)
    frame.setMinimumWidth(200)
    return frame


def _flush(*things: QWidget) -> QVBoxLayout:
    layout = QVBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for thing in things:
        layout.addWidget(thing, 1 if isinstance(thing, QSplitter | QStackedWidget) else 0)
    return layout
