"""The card of what to do next keeps the keyboard while the work goes on."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui.kit.pieces.next_step_card import NextStepCard


def test_the_keyboard_stays_on_the_card_when_one_step_follows_another_at_once(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    inside = QVBoxLayout(page)
    inside.addWidget(QLineEdit())
    card = NextStepCard()
    inside.addWidget(card)
    page.show()
    page.activateWindow()
    card.show_step("Look for papers.", [("Add papers", "mdi6.plus", "papers")])
    assert card.first is not None
    qtbot.waitUntil(card.first.isVisible)
    card.first.setFocus()
    for number in range(3):
        card.show_step(f"{number} of 3 papers are read.", [("Read them", "mdi6.eye", "read")])
        assert card.first.hasFocus(), number
