"""The help: pages of ``resources/help/``, read, searched and opened at the right place by F1."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QCloseEvent,
    QFont,
    QKeySequence,
    QShortcut,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from dpdesk import resources
from ui.kit.look import fonts
from ui.kit.look.theme import LARGE, MEDIUM, SMALL, set_role, theme
from ui.kit.pieces.cards import words
from ui.kit.pieces.low import resize_within

FRONT = "index"
_PAGES = "{pages}"
_ABOUT = re.compile(r"# [^\n]+\n+\*([^*\n]+)\*\n")
_KEY = Qt.ItemDataRole.UserRole


def pages(folder: Path | None = None) -> dict[str, str]:
    """Name and text of every help page, the front page first.

    Where the front page says ``{pages}``, it lists all others by their headings.
    """
    place = folder or resources.path("help")
    found = {path.stem: path.read_text(encoding="utf-8") for path in sorted(place.glob("*.md"))}
    front = found.pop(FRONT, "")
    others = dict(sorted(found.items(), key=lambda pair: _title(*pair)))
    lines = (f"- [{_title(*pair)}]({pair[0]}.md){_about(pair[1])}" for pair in others.items())
    return {FRONT: front.replace(_PAGES, "\n".join(lines)), **others}


def _about(text: str) -> str:
    """What a page says under its heading that it is about, as the list of pages goes on with it."""
    found = _ABOUT.match(text)
    return f". {found[1]}" if found else ""


def _title(name: str, text: str) -> str:
    """The first heading of a page."""
    first = next((line for line in text.splitlines() if line.startswith("# ")), f"# {name}")
    return first.removeprefix("# ").strip()


class HelpWindow(QWidget):
    """A window beside the work. It can stay open."""

    def __init__(self, folder: Path | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("Help")
        resize_within(self, 900, 640)
        self._pages = pages(folder)
        self._shown = ""
        self.search = QLineEdit()
        set_role(self.search, "search")
        self.search.setPlaceholderText("Search the help   Ctrl+F")
        self.search.setAccessibleName("Search the help")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.index = QListWidget()
        self.index.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.index.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        set_role(self.index, "inset")
        self.index.setAccessibleName("Pages of the help")
        self.index.currentItemChanged.connect(self._chosen)
        self.none = words("No page has these words.", "muted", wraps=True)
        self.reader = QTextBrowser()
        self.reader.setOpenLinks(False)
        self.reader.setAccessibleName("Help page")
        self.reader.anchorClicked.connect(self._follow)
        left = QWidget()
        side = QVBoxLayout(left)
        side.setContentsMargins(MEDIUM, MEDIUM, MEDIUM, MEDIUM)
        side.setSpacing(SMALL)
        for widget in (self.search, self.none, self.index):
            side.addWidget(widget)
        split = QSplitter()
        split.addWidget(left)
        split.addWidget(self.reader)
        split.setStretchFactor(1, 1)
        split.setSizes([260, 640])
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)
        for keys, does in (("Ctrl+F", self.search.setFocus), ("Escape", self.close)):
            QShortcut(QKeySequence(keys), self).activated.connect(does)
        theme().changed.connect(self._draw)
        self._filter("")

    def open_page(self, name: str) -> None:
        """Shows a page; the front page where there is none of that name."""
        self.search.clear()
        self.show_page(name if name in self._pages else FRONT)
        self.show()
        self.raise_()
        self.activateWindow()

    def show_page(self, name: str) -> None:
        """Shows a page inside the window."""
        if name not in self._pages:
            return
        self._shown = name
        self._draw()
        for row in range(self.index.count()):
            if self.index.item(row).data(_KEY) == name:
                self.index.setCurrentRow(row)

    @property
    def page(self) -> str:
        """Name of the page shown."""
        return self._shown

    def _draw(self) -> None:
        if not self._shown:
            return
        colours = theme().colours
        document = self.reader.document()
        document.setDefaultStyleSheet(f"a {{ color: {colours.accent}; }}")
        document.setDocumentMargin(LARGE)
        self.reader.setMarkdown(self._pages[self._shown])
        self._size_headings()

    def _size_headings(self) -> None:
        """Headings in the sizes of the house; those of Markdown shout."""
        block = self.reader.document().begin()
        while block.isValid():
            level = block.blockFormat().headingLevel()
            if level:
                cursor = QTextCursor(block)
                cursor.movePosition(
                    QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor
                )
                look = cursor.charFormat()
                # Markdown scales headings on top of their size.
                look.clearProperty(QTextFormat.Property.FontSizeAdjustment)
                size = fonts.in_points({1: fonts.TITLE, 2: fonts.HEADING}.get(level, fonts.BODY))
                look.setFontPointSize(size)
                look.setFontWeight(QFont.Weight.DemiBold)
                cursor.setCharFormat(look)
            block = block.next()

    def _filter(self, sought: str) -> None:
        needed = sought.casefold().split()
        self.index.blockSignals(True)
        self.index.clear()
        for name, text in self._pages.items():
            if all(word in text.casefold() for word in needed):
                line = QListWidgetItem(_title(name, text))
                line.setData(_KEY, name)
                line.setToolTip(line.text())
                self.index.addItem(line)
        self.index.blockSignals(False)
        self.none.setVisible(self.index.count() == 0)
        if needed and self.index.count():
            self.index.setCurrentRow(0)
            self.reader.find(needed[0])

    def _chosen(self, line: QListWidgetItem | None) -> None:
        if line is not None and line.data(_KEY) != self._shown:
            self.show_page(line.data(_KEY))

    def _follow(self, link: QUrl) -> None:
        """Links lead to other pages of the help and nowhere else: the program is offline."""
        name = Path(link.path()).stem
        if name in self._pages:
            self.show_page(name)
        if link.fragment():
            self.reader.scrollToAnchor(link.fragment())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Hides; the window keeps its place."""
        event.accept()
