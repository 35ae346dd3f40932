"""Draws the kit with an invented register: ``python -m tests.ui.kit.gallery FOLDER``."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from dpdesk.registers.service import RegisterService
from tests.ui.kit.around import around
from tests.ui.kit.invented import NOW, Shelf, Sighting, Umbrellas, database, umbrellas
from ui.kit.look import fonts
from ui.kit.look.appearance import appearance
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.cards import PlainPage
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.pieces.tasks import TaskRunner
from ui.kit.register.entry_page import EntryPage
from ui.kit.register.form import Form
from ui.kit.register.form_row import Doors
from ui.kit.register.inputs_dates import CalendarPopup
from ui.kit.register.rail import WhyPanel
from ui.kit.register.register_page import RegisterPage
from ui.main_window.help_window import HelpWindow
from ui.main_window.message_bar import MessageBar
from ui.main_window.shortcuts import STANDING, KeysDialog


def draw(widget: QWidget, path: Path, width: int = 1366, height: int = 640) -> None:
    """Draws a widget as it would stand in the window."""
    widget.resize(width, height)
    widget.show()
    QTest.qWait(50)
    widget.grab().save(str(path))


def form(service: Umbrellas) -> QWidget:
    """A form half filled in, with a slip."""
    made = Form(service.register, Doors(service))
    made.set_values(service.load(1).values)
    made.rows["due_on"].input.set_value("31 Febuary")
    made.show_errors({"what": "“What does it look like?” needs an answer."})
    made.rows["found_at"].toggle_source()
    page = PlainPage()
    page.body.addWidget(made)
    return page


def entry(service: Umbrellas, surroundings: Surroundings) -> QWidget:
    """An entry with its rail."""
    sightings = RegisterService(service.database, Sighting)
    steps = (
        SimpleNamespace(text="Found on this day.", source="Rules, section 2", date=NOW),
        SimpleNamespace(text="Kept for one term.", source="Rules, section 5", date=NOW.date()),
    )
    made = EntryPage(
        service,
        surroundings,
        parts=[sightings],
        panels=[WhyPanel(lambda _entry: steps)],
        neighbours=lambda: [1, 2, 3],
        stage_of=lambda _entry: "search",
    )
    sightings.save({"words": "“It was by the coats.”", "day": NOW.date()}, parent_id=1)
    made.open(1)
    made.parts[0].begin()
    made.banner.say("This entry was changed elsewhere.", "warn", [("Look", lambda: None)])
    return made


def help_window() -> QWidget:
    """The help, with a page invented for the purpose."""
    with tempfile.TemporaryDirectory() as folder:
        text = "# Umbrellas\n\nHow to *log* one:\n\n1. Open the log\n2. Press **Ctrl+N**\n"
        Path(folder, "index.md").write_text(text, encoding="utf-8")
        made = HelpWindow(Path(folder))
        made.open_page("index")
    return made


def bar() -> QWidget:
    """Banners, badges and the message bar."""
    page = PlainPage()
    for tone in ("ok", "info", "warn", "danger", "quiet"):
        banner = Banner()
        banner.say(f"A message in the tone {tone}.", tone, [("Do it", lambda: None)])
        page.body.addWidget(banner)
    page.body.addStretch(1)
    foot = MessageBar()
    foot.say("Saved.", undo=lambda: None)
    foot.show_right("Last backup today 09:12, verified", "locks in 9 minutes")
    page.body.addWidget(foot)
    return page


def main(folder: Path) -> None:
    """Every page of the gallery, light and dark."""
    application = QApplication([])
    fonts.apply(application, own=True)
    tasks = TaskRunner()
    keep = QWidget()
    with tempfile.TemporaryDirectory() as place:
        made = database(Path(place))
        service = umbrellas(made)
        surroundings, _ = around(tasks)
        pages: dict[str, Callable[[], QWidget]] = {
            "register": lambda: RegisterPage(service, surroundings),
            "form": lambda: form(service),
            "entry": lambda: entry(service, surroundings),
            "bar": bar,
            "calendar": lambda: CalendarPopup(NOW.date(), NOW.date(), keep),
            "keys": lambda: KeysDialog(list(STANDING)),
            "help": help_window,
            "empty": lambda: RegisterPage(
                RegisterService(made, Shelf), surroundings, start_chip="none"
            ),
        }
        for look in ("light", "dark"):
            appearance().choose(look)
            for name, make in pages.items():
                page = make()
                draw(page, folder / f"{name}-{look}.png")
                if name == "entry" and look == "light":
                    draw(page, folder / f"{name}-tall.png", 1366, 1300)
                if look == "light":
                    draw(page, folder / f"{name}-narrow.png", 1024, 600)
                page.deleteLater()
        made.close()
    tasks.stop()


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    main(target)
