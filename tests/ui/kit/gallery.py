"""Draws the kit with an invented register: ``python -m tests.ui.kit.gallery FOLDER``."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.kit.around import around
from tests.ui.kit.invented import NOW, Umbrellas, database, umbrellas
from ui.kit import fonts
from ui.kit.cards import Page
from ui.kit.form import Form
from ui.kit.form_row import Doors
from ui.kit.register_page import RegisterPage
from ui.kit.tasks import TaskRunner
from ui.kit.theme import theme


def draw(widget: QWidget, path: Path, width: int = 1366, height: int = 640) -> None:
    """Draws a widget as it would stand in the window."""
    widget.resize(width, height)
    widget.show()
    QTest.qWait(50)
    widget.grab().save(str(path))


def form(service: Umbrellas) -> QWidget:
    """A form half filled in, with a slip."""
    made = Form(service.register, Doors(service, now=lambda: NOW))
    made.set_values(service.load(1).values)
    made.rows["due_on"].input.line.setText("31 Febuary")
    made.show_errors({"what": "“What does it look like?” needs an answer."})
    made.rows["found_at"].toggle_source()
    page = Page()
    page.body.addWidget(made)
    return page


def main(folder: Path) -> None:
    """Every page of the gallery, light and dark."""
    application = QApplication([])
    fonts.apply(application, own=True)
    tasks = TaskRunner()
    with tempfile.TemporaryDirectory() as place:
        made = database(Path(place))
        service = umbrellas(made)
        surroundings, _ = around(tasks)
        pages: dict[str, Callable[[], QWidget]] = {
            "register": lambda: RegisterPage(service, surroundings),
            "form": lambda: form(service),
        }
        for look in ("light", "dark"):
            theme().choose(look)
            for name, make in pages.items():
                page = make()
                draw(page, folder / f"{name}-{look}.png")
                page.deleteLater()
        made.close()
    tasks.stop()


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    main(target)
