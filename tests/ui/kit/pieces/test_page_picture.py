"""The picture of a page: whole at first, near enough to read handwriting after a click or Enter."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from dpdesk.documents.pages import Box
from tests.ui.walk import assert_walkable
from ui.kit.pieces.page_picture import PagePicture

RED, BLUE = "#ff0000", "#0000ff"


@pytest.fixture
def picture(qtbot):
    """A tall page, red in its upper half and blue in its lower, beside a line that is typed in."""
    page = QImage(400, 800, QImage.Format.Format_RGB32)
    page.fill(QColor(RED))
    for y in range(400, 800):
        for x in range(400):
            page.setPixelColor(x, y, QColor(BLUE))
    whole = QWidget()
    made = PagePicture(whole)
    line = QLineEdit(whole)
    line.setAccessibleName("Answer")
    layout = QVBoxLayout(whole)
    layout.addWidget(made, 1)
    layout.addWidget(line)
    qtbot.addWidget(whole)
    whole.resize(400, 440)
    whole.show()
    line.setFocus()
    made.show_page(page, 1.0, [(Box(10, 10, 60, 40), "ok")])
    assert_walkable(whole)
    return made


def seen(picture, share):
    """The colour at the middle of the width, at a share of the height."""
    image = picture.grab().toImage()
    return image.pixelColor(image.width() // 2, round((image.height() - 1) * share)).name()


def test_a_click_shows_the_place_near_and_another_the_whole_page_again(picture):
    assert (seen(picture, 0.2), seen(picture, 0.8)) == (RED, BLUE)
    QTest.mouseClick(
        picture,
        Qt.MouseButton.LeftButton,
        pos=QPoint(picture.width() // 2, picture.height() - 4),
    )
    assert picture.near
    assert (seen(picture, 0.1), seen(picture, 0.8)) == (BLUE, BLUE)
    assert not picture.hasFocus()
    QTest.mouseClick(picture, Qt.MouseButton.LeftButton)
    assert (seen(picture, 0.2), seen(picture, 0.8)) == (RED, BLUE)


def test_the_keyboard_does_the_same_and_nothing_goes_beyond_the_page(picture):
    picture.setFocus()
    QTest.keyClick(picture, Qt.Key.Key_Return)
    assert seen(picture, 0.9) == RED
    for _step in range(40):
        QTest.keyClick(picture, Qt.Key.Key_Down)
    assert (seen(picture, 0.1), seen(picture, 0.9)) == (BLUE, BLUE)
    for _step in range(40):
        QTest.keyClick(picture, Qt.Key.Key_Up)
    assert seen(picture, 0.9) == RED
    QTest.keyClick(picture, Qt.Key.Key_Down)
    picture.show_page(None)
    QTest.mouseClick(picture, Qt.MouseButton.LeftButton)
    QTest.keyClick(picture, Qt.Key.Key_Down)
    assert seen(picture, 0.5) not in {RED, BLUE}
