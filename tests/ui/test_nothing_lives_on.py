"""What showed the records ends with them: no piece of a page outlives the lock."""

from __future__ import annotations

import gc

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.test_from_outside import pages


def lone() -> list[str]:
    """The pieces of ours that hang in nothing: whoever forgot them, nobody takes them away."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    return sorted(
        type(each).__name__ for each in QApplication.allWidgets() if hangs_in_nothing(each)
    )


def hangs_in_nothing(piece: QWidget) -> bool:
    return type(piece).__module__.startswith("ui.") and piece.parent() is None


def test_no_piece_of_a_page_outlives_the_lock(home):
    """Whatever was opened: a report or a list of documents that lives on can still be read."""
    before = lone()
    home.noted.answers = ["Discard"] * 60
    shown = list(pages(home))
    for key in home.opened.desk.registers:
        if home.opened.pages.knows(key):
            home.opened.pages.new_entry(key)
            shown.append(key)
    assert len(shown) > 50
    home.window.lock()
    home.until(lambda: home.window.opened is None)
    assert lone() == before
