"""What the window asks of every page that it shows, answered for pages that do not care."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


class AreaPage:
    """The base of every page of the window; it stands before the widget that the page is.

    ``class SettingsPage(AreaPage, QWidget)``: it is no widget itself, as the pages are different
    ones, and says what holds where a page says nothing else.
    """

    help_page: str = ""
    """The page of the help that F1 opens."""
    begins: str = ""
    """The register whose entries are begun with Ctrl+N here; empty where Home is asked."""

    @property
    def as_widget(self) -> QWidget:
        """The page as the widget that it is."""
        assert isinstance(self, QWidget)
        return self

    @property
    def place(self) -> str:
        """Where on the page the user is: a stage or section that leads back there."""
        return ""

    def take_sub_bar(self, bar: QWidget) -> None:
        """Puts the way to the other pages of the area at the head."""
        raise NotImplementedError

    # --- going ---------------------------------------------------------------------------

    def show_list(self) -> None:
        """Shows the page as it was left."""

    def show_chip(self, chip: str) -> None:
        """Shows what is behind a filter."""
        self.show_list()

    def show_section(self, section: str) -> None:
        """Shows a part of the page."""
        self.show_list()

    def open_entry(self, entry_id: int, place: str = "") -> None:
        """Shows an entry, at the stage or section ``place``. Raises NotFound."""
        self.show_list()

    def new_entry(self, like: int = 0) -> None:
        """Begins an entry, with the answers of the entry ``like`` where one is given."""
        self.show_list()

    def use_kept(self) -> None:
        """Takes up what was typed and not saved."""

    def take_focus(self) -> None:
        """The keyboard comes to the page; where it is in it already, it stays."""
        page = self.as_widget
        focused = QApplication.focusWidget()
        if focused is not None and page.isAncestorOf(focused):
            return
        # On a bare pane the arrows and the keys of the page would be dead, and nothing be said.
        stop = page.nextInFocusChain()
        while stop is not None and stop is not page:
            reached = stop.focusPolicy() & Qt.FocusPolicy.TabFocus and stop.focusProxy() is None
            if reached and page.isAncestorOf(stop) and stop.isVisible() and stop.isEnabled():
                stop.setFocus(Qt.FocusReason.OtherFocusReason)
                return
            stop = stop.nextInFocusChain()
        page.setFocus()

    # --- leaving -------------------------------------------------------------------------

    def can_leave(self) -> bool:
        """Asks once where something is not saved. May the page be left?"""
        return True

    def shut(self) -> None:
        """The page is thrown away; its threads end."""
