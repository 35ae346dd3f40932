"""What scrolls is as high as it wants to be, however it came to be filled."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.kit.pieces.cards import Card, Scrolled, help_words, scrolling


def turn(qtbot):
    """Lets everything be done that waits."""
    timer = QTimer(singleShot=True)
    with qtbot.waitSignal(timer.timeout):
        timer.start(0)


@pytest.mark.parametrize("kind", [Scrolled, QWidget])
def test_a_page_that_was_filled_and_laid_out_while_hidden_is_not_pressed_together(qtbot, kind):
    content = kind()
    column = QVBoxLayout(content)
    cards = [Card(f"Card {number}") for number in range(5)]
    for card in cards:
        column.addWidget(card)
    column.addStretch()
    pages, other = QStackedWidget(), QWidget()
    pages.addWidget(other)
    pages.addWidget(scrolling(content, "Cards"))
    pages.resize(400, 300)
    qtbot.addWidget(pages)
    pages.show()
    pages.setCurrentIndex(1)
    turn(qtbot)
    pages.setCurrentWidget(other)
    qtbot.waitUntil(other.isVisible)
    lines = [help_words("words that wrap " * 20) for _ in range(20)]
    for place, each in enumerate(lines):
        cards[place // 4].add(each)
    turn(qtbot)  # they are made visible by an event of their own
    for card in cards:
        made = card.layout()
        assert made is not None
        made.activate()
    column.activate()
    turn(qtbot)
    pages.setCurrentIndex(1)
    qtbot.waitUntil(content.isVisible)
    qtbot.waitUntil(
        lambda: content.height() >= content.heightForWidth(content.width()), timeout=2000
    )
    assert content.height() > pages.height()
