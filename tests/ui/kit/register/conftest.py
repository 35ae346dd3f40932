"""An input under test, with another one below it."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from dpdesk.registers.fields import Field
from tests.ui.kit.invented import NOW, Umbrellas
from ui.kit.register.form_row import Doors, make_input


@pytest.fixture
def doors(service: Umbrellas) -> Doors:
    return Doors(service, now=lambda: NOW)


@pytest.fixture
def put(qtbot, doors):
    """Shows an input with another one below it, for the keyboard to go to."""

    def show(field: Field) -> Any:
        page: Any = QWidget()
        made: Any = make_input(field, doors)
        layout = QVBoxLayout(page)
        layout.addWidget(made)
        page.away = QLineEdit()
        layout.addWidget(page.away)
        qtbot.addWidget(page)
        with qtbot.waitActive(page):
            page.show()
        made.setFocus()
        made.page = page
        return made

    return show
