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
from tests.ui.kit.invented import database, umbrellas
from ui.kit import fonts
from ui.kit.register_page import RegisterPage
from ui.kit.tasks import TaskRunner
from ui.kit.theme import theme


def draw(widget: QWidget, path: Path, width: int = 1366, height: int = 640) -> None:
    """Draws a widget as it would stand in the window."""
    widget.resize(width, height)
    widget.show()
    QTest.qWait(50)
    widget.grab().save(str(path))


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
