#!/usr/bin/env python3
"""Draws every screen with the example school, in every appearance, onto one contact sheet.

``python3 packaging/dev.py screens [--to DIR]`` draws all; ``--readme`` draws the few pictures of
the README into ``packaging/screenshots/``. Each appearance is drawn by a process of its own,
because the scale of a screen is fixed when Qt starts.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parent.parent
SCREENSHOTS = TOP / "packaging" / "screenshots"
WIDTH, HEIGHT = 1366, 768
README = {
    "home": "home",
    "requests": "requests",
    "request-respond": "request",
    "request-search": "search",
    "workbench": "workbench",
    "workbench-released": "released",
    "workbench-sort": "sorting",
    "workbench-bundle": "bundle",
    "breaches-triage": "breach",
    "breach-report": "breach-report",
    "assets": "assets",
    "holdings": "holdings",
}
"""Screens that the README shows, and the names of their pictures."""


@dataclass(frozen=True)
class Variant:
    """One appearance of everything."""

    name: str
    look: str = "light"
    scale: float = 1.0
    longer: bool = False
    small: bool = False
    """Drawn on a screen of 1366 x 768 real pixels, whatever the scale."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the window, in the pixels that Qt counts."""
        by = self.scale if self.small else 1.0
        return round(WIDTH / by), round(HEIGHT / by)


VARIANTS = (
    Variant("light"),
    Variant("dark", look="dark"),
    Variant("light-150", scale=1.5),
    Variant("light-125-small", scale=1.25, small=True),
    Variant("light-small", scale=1.5, small=True),
    Variant("dark-small", look="dark", scale=1.5, small=True),
    Variant("longer", longer=True),
)


# ------------------------------------------------------------------------------ in the child


def lengthen(text: str) -> str:
    """Words half as long again, as they may become in another language."""
    more = max(1, len(text.strip()) // 2)
    return f"{text} {('ůžäñ ' * more)[: more - 1].strip()}" if text.strip() else text


def lengthen_all(root: Any) -> None:
    """Lengthens every label, button and tab below a widget, each once."""
    from PySide6.QtWidgets import QAbstractButton, QLabel, QTabBar, QWidget

    for widget in root.findChildren(QWidget):
        if widget.property("longer"):
            continue
        if isinstance(widget, QLabel | QAbstractButton) and widget.text():
            widget.setText(lengthen(widget.text()))
            widget.setProperty("longer", True)
        elif isinstance(widget, QTabBar):
            for place in range(widget.count()):
                widget.setTabText(place, lengthen(widget.tabText(place)))
            widget.setProperty("longer", True)


class Draughtsman:
    """Draws widgets into a folder and notes which words are cut off."""

    def __init__(self, to: Path, *, longer: bool) -> None:
        self.to, self.longer = to, longer
        self.cut: dict[str, list[str]] = {}

    def wait(self, ready: Callable[[], bool] = lambda: True) -> None:
        """Lets the window work until it is ready, and a moment longer for what is drawn late."""
        from PySide6.QtTest import QTest

        for _ in range(600):
            if ready():
                break
            QTest.qWait(50)
        QTest.qWait(150)

    def draw(self, widget: Any, name: str) -> None:
        """Draws a widget at its present size."""
        from PySide6.QtCore import QCoreApplication, QEvent

        from tests.ui.walk import cut_off

        if self.longer:
            lengthen_all(widget)
        self.wait()
        # Words that wrap differently ask for other heights, which ask for another layout; on a busy
        # machine that is not done by now.
        for _ in range(20):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        widget.grab().save(str(self.to / f"{name}.png"))
        self.cut[name] = cut_off(widget)


def start_pages(pen: Draughtsman, place: Path, size: tuple[int, int]) -> None:
    """The pages before unlocking."""
    from ui.kit.pieces.surroundings import Forgetful
    from ui.main_window.window import MainWindow
    from ui.start.set_up import RecoverySheetPage

    window = MainWindow(Forgetful(), place / "new")
    window.resize(*size)
    window.show()
    start = window.start
    start._show_welcome()  # noqa: SLF001  # the pages are shown without what leads to them
    pen.draw(window, "welcome")
    start.show_set_up()
    pen.draw(window, "set-up")
    start._show_passphrase(place / "new", {})  # noqa: SLF001  # as above
    page: Any = start.currentWidget()
    page.passphrase.first.line.setText("lantern gravel orbit")
    pen.draw(window, "passphrase")
    sheet = RecoverySheetPage(window.prompter, page)
    sheet.show_key("ABCD EFGH JKLM NPQR STUV WXYZ ABCD EFGH", lambda: b"")
    start.addWidget(sheet)
    start.setCurrentWidget(sheet)
    pen.draw(window, "recovery-sheet")
    start.show_restore()
    pen.draw(window, "restore")
    start._show_lost()  # noqa: SLF001  # as above
    pen.draw(window, "lost")
    window.deleteLater()
    window.door.stop()


def opened_pages(pen: Draughtsman, folder: Path, passphrase: str, size: tuple[int, int]) -> None:
    """Everything after unlocking, and the lock."""
    from screens_rooms import area_page, assets, breach_report, requests, retention, sorting

    from ui.kit.pieces.surroundings import Forgetful
    from ui.main_window.window import MainWindow

    window = MainWindow(Forgetful(), folder)
    window.resize(*size)
    window.show()
    window.activateWindow()
    page: Any = window.start.currentWidget()
    pen.draw(window, "unlock")
    page.passphrase.line.setText("not the passphrase")
    page.give()
    pen.wait(lambda: not window.door.busy)
    pen.draw(window, "unlock-wrong")
    page.clear()
    page.passphrase.line.setText(passphrase)
    page.give()
    pen.wait(lambda: window.opened is not None)
    opened: Any = window.opened
    window.idle.rest()
    pen.draw(window, "home")
    requests(pen, window)
    assets(pen, window)
    retention(pen, window)
    for key in opened.pages.names():
        if key not in {"home", "settings", "requests", "workbench"}:
            area_page(pen, window, key)
    breach_report(pen, window)
    for key in ("school", "calendar", "desk", "look", "passphrase", "check", "about"):
        opened.pages.open_page("settings", section=key)
        pen.draw(window, f"settings-{key}")
    opened.pages.open_page("home")
    opened.search.begin()
    opened.search.setText("example")
    opened.search.search_now()
    pen.wait(lambda: not opened.search.tasks.busy)
    pen.draw(window, "search")
    opened.search.clear()
    beside(pen, window)
    sorting(pen, window)
    window.lock()
    pen.draw(window, "locked")
    pen.wait(lambda: window.opened is None)
    window.door.stop()
    window.deleteLater()


def beside(pen: Draughtsman, window: Any) -> None:
    """Windows beside the window."""
    from ui.crash.dialog import CrashDialog
    from ui.main_window.help_window import HelpWindow
    from ui.main_window.shortcuts import KeysDialog

    report = "dpdesk 0.2.0, Python 3.11, Qt 6\nZeroDivisionError\n  ui/home/page.py:12 in reload"
    for name, made in (
        ("help", HelpWindow()),
        ("keys", KeysDialog(window.opened.shortcuts.keys)),
        ("crash", CrashDialog(report)),
    ):
        if isinstance(made, HelpWindow):
            made.open_page("index")
        made.show()
        pen.draw(made, name)
        made.close()


def draw(variant: Variant, to: Path, folder: Path, passphrase: str) -> None:
    """Draws every screen in one appearance; runs in a process of its own."""
    from ui import app
    from ui.kit.look import fonts
    from ui.kit.look.appearance import appearance

    application = app.make_application()
    appearance().choose(variant.look)
    fonts.apply(application, own=True)
    to.mkdir(parents=True, exist_ok=True)
    pen = Draughtsman(to, longer=variant.longer)
    start_pages(pen, folder.parent, variant.size)
    opened_pages(pen, folder, passphrase, variant.size)
    (to / "cut-off.json").write_text(json.dumps(pen.cut), encoding="utf-8")


# ------------------------------------------------------------------------------ in the parent


def make_school(folder: Path) -> str:
    """The example school; gives its passphrase."""
    from dpdesk.example import make_example

    return make_example(folder)


def run(variant: Variant, to: Path, school: Path, passphrase: str) -> None:
    """Draws one appearance, on a copy of the school."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "school")
        shutil.copytree(school, folder)
        wanted = [variant.name, str(to / variant.name), str(folder), passphrase]
        subprocess.run(
            [sys.executable, __file__, "--draw", *wanted],
            env={
                **os.environ,
                "QT_QPA_PLATFORM": "offscreen",
                "QT_SCALE_FACTOR": str(variant.scale),
                "QT_LOGGING_RULES": "qt.qpa.*=false",
                "PYTHONPATH": str(TOP),
            },
            check=True,
        )


def contact_sheet(to: Path) -> tuple[Path, int]:
    """One page with every picture, and the words that are cut off below each; also their number."""
    names = sorted(
        {path.stem for variant in VARIANTS for path in (to / variant.name).glob("*.png")}
    )
    cut = {
        variant.name: json.loads((to / variant.name / "cut-off.json").read_text(encoding="utf-8"))
        for variant in VARIANTS
    }
    rows = "".join(_row(name, cut) for name in names)
    heads = "".join(f"<th>{variant.name}</th>" for variant in VARIANTS)
    sheet = to / "index.html"
    sheet.write_text(
        "<!doctype html><meta charset='utf-8'><title>dpdesk: every screen</title>"
        "<style>body{font:14px sans-serif;background:#ddd}img{width:640px}td,th{padding:6px;"
        "vertical-align:top;text-align:left}p{color:#a00;max-width:640px}</style>"
        f"<table><tr>{heads}</tr>{rows}</table>",
        encoding="utf-8",
    )
    return sheet, sum(len(words) for found in cut.values() for words in found.values())


def _row(name: str, cut: dict[str, dict[str, list[str]]]) -> str:
    def cells() -> Iterator[str]:
        for variant in VARIANTS:
            said = "; ".join(cut[variant.name].get(name, []))
            note = f"<p>Cut off: {html.escape(said)}</p>" if said else ""
            picture = f"{variant.name}/{name}.png"
            yield f"<td>{name}<br><a href='{picture}'><img src='{picture}'></a>{note}</td>"

    return f"<tr>{''.join(cells())}</tr>"


def make_readme_pictures(drawn: Path) -> None:
    """Copies the pictures of the README, with few colours so that they stay small."""
    from PIL import Image

    SCREENSHOTS.mkdir(exist_ok=True)
    for screen, name in README.items():
        with Image.open(drawn / f"{screen}.png") as picture:
            small = picture.convert("RGB").quantize(128, dither=Image.Dither.NONE)
            small.save(SCREENSHOTS / f"{name}.png", optimize=True)
            print(f"packaging/screenshots/{name}.png")


def main(arguments: list[str]) -> int:
    """Draws what is asked for; the exit code is 0 unless a picture could not be made."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, help="folder for the pictures and index.html")
    parser.add_argument("--readme", action="store_true", help="draw the pictures of the README")
    parser.add_argument("--only", choices=[variant.name for variant in VARIANTS])
    parser.add_argument("--draw", nargs=4, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.draw:
        name, to, folder, passphrase = asked.draw
        variant = next(each for each in VARIANTS if each.name == name)
        draw(variant, Path(to), Path(folder), passphrase)
        return 0
    to = asked.to or Path(tempfile.gettempdir(), "dpdesk-screens")
    to.mkdir(parents=True, exist_ok=True)
    only = "light" if asked.readme else asked.only
    with tempfile.TemporaryDirectory() as place:
        school = Path(place, "school")
        passphrase = make_school(school)
        for variant in VARIANTS:
            if only in {None, variant.name}:
                run(variant, to, school, passphrase)
    if asked.readme:
        make_readme_pictures(to / "light")
    elif only is None:
        sheet, cut = contact_sheet(to)
        print(f"{sheet}: {cut} words or buttons are cut off." if cut else str(sheet))
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(TOP))
    sys.exit(main(sys.argv[1:]))
