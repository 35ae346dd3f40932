"""The help: opened at a page, searched, and linked only within itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl

from ui.main_window.help_window import HelpWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def help_window(tmp_path: Path, qtbot) -> HelpWindow:
    (tmp_path / "index.md").write_text("# Help\n\n{pages}\n", "utf-8")
    (tmp_path / "umbrellas.md").write_text(
        "# Umbrellas\n\n*Wet and dry*\n\nHow to **dry** one.", "utf-8"
    )
    (tmp_path / "boots.md").write_text("# Boots\n\nMud.", "utf-8")
    made = HelpWindow(tmp_path)
    qtbot.addWidget(made)
    return made


def test_help_opens_at_its_page_and_else_at_the_front(help_window: HelpWindow):
    help_window.open_page("umbrellas")
    assert "How to dry one." in help_window.reader.toPlainText()
    help_window.open_page("nothing-of-this-name")
    assert help_window.page == "index"


def test_the_front_page_lists_all_others_by_their_headings(help_window: HelpWindow):
    help_window.open_page("index")
    lines = help_window.reader.toPlainText().splitlines()
    assert lines == ["Help", "Boots", "Umbrellas. Wet and dry"]


def test_help_is_searched_and_linked(help_window: HelpWindow):
    help_window.open_page("index")
    titles = [help_window.index.item(i).text() for i in range(help_window.index.count())]
    assert titles == ["Help", "Boots", "Umbrellas"]
    help_window._follow(QUrl("umbrellas.md"))
    assert help_window.page == "umbrellas"
    help_window.search.setText("mud")
    assert help_window.page == "boots"
    help_window.search.setText("submarine")
    assert help_window.none.isVisible()
    help_window._follow(QUrl("https://elsewhere.example/boots"))
    assert help_window.page == "boots", "links lead to help pages or nowhere"
