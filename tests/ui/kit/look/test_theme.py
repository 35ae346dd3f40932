"""Appearance changes while the program runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QTableView,
    QTreeView,
)

from ui.kit.look import fonts, icons
from ui.kit.look.appearance import Appearance, appearance
from ui.kit.look.palette import DARK, LIGHT, of_system
from ui.kit.look.theme import set_role, theme


@pytest.fixture(autouse=True)
def back_to_light(qapp):
    yield
    appearance().choose("light")


def ink_of(widget) -> QColor:
    """The colour that most of the ink of a small widget has."""
    image = widget.grab().toImage()
    ground = image.pixelColor(0, 0)
    counts: dict[str, int] = {}
    for x in range(image.width()):
        for y in range(image.height()):
            colour = image.pixelColor(x, y)
            if colour != ground:
                counts[colour.name()] = counts.get(colour.name(), 0) + 1
    return QColor(max(counts, key=lambda name: counts[name]))


def test_appearance_changes_while_the_program_runs(qtbot):
    label = QLabel("Words")
    qtbot.addWidget(label)
    label.show()
    with qtbot.waitSignal(theme().changed):
        appearance().choose(Appearance.DARK)
    assert theme().colours == DARK
    assert label.palette().windowText().color() == QColor(DARK.text)
    appearance().choose(Appearance.LIGHT)
    assert label.palette().windowText().color() == QColor(LIGHT.text)


class Hints:
    """What Qt passes on to the system; the offscreen system of the tests has no title bars."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def setColorScheme(self, scheme: Qt.ColorScheme) -> None:  # noqa: N802 — Qt's name
        self.told.append(scheme.name)

    def unsetColorScheme(self) -> None:  # noqa: N802 — Qt's name
        self.told.append("as the system")

    def colorScheme(self) -> Qt.ColorScheme:  # noqa: N802 — Qt's name
        return Qt.ColorScheme.Light


def test_title_bars_and_dialogs_of_the_system_look_as_the_window_does(qapp, monkeypatch):
    appearance().choose("system")
    hints = Hints()
    monkeypatch.setattr(appearance(), "_hints", hints)
    for chosen in ("system", "dark", "light", "system", "system"):
        appearance().choose(chosen)
    appearance().begin("dark", contrast=False)
    assert hints.told == ["Dark", "Light", "as the system", "Dark"]


def test_an_icon_made_before_follows_the_appearance(qtbot):
    icon = icons.icon("mdi6.square", "accent")

    def colour() -> str:
        image = icon.pixmap(QSize(32, 32)).toImage()
        return image.pixelColor(16, 16).name().upper()

    assert colour() == LIGHT.accent
    appearance().choose("dark")
    assert colour() == DARK.accent


def test_roles_colour_words_in_both_appearances(qtbot):
    label = QLabel("mmmmmm")
    set_role(label, "error")
    qtbot.addWidget(label)
    label.show()
    for look, colours in (("light", LIGHT), ("dark", DARK)):
        appearance().choose(look)
        assert label.palette().color(label.foregroundRole()) == QColor(colours.danger)


def test_placeholders_can_be_read_in_both_appearances(qtbot):
    line = QLineEdit()
    qtbot.addWidget(line)
    line.show()
    for look, colours in (("light", LIGHT), ("dark", DARK)):
        appearance().choose(look)
        shown = line.palette().color(QPalette.ColorRole.PlaceholderText)
        assert (shown.name().upper(), shown.alpha()) == (colours.faint, 255)


def test_the_system_is_followed_until_something_is_chosen(qapp):
    appearance().choose("system")
    dark = qapp.styleHints().colorScheme() is Qt.ColorScheme.Dark
    assert theme().colours == (DARK if dark else LIGHT)
    assert appearance().chosen is Appearance.SYSTEM


def test_ticks_and_arrows_are_drawn_in_the_dark(qtbot):
    appearance().choose("dark")
    box = QCheckBox()
    box.setChecked(True)
    combo = QComboBox()
    for widget in (box, combo):
        qtbot.addWidget(widget)
        widget.show()
    picture = box.grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(30) for y in range(picture.height())}
    assert DARK.accent.lower() in colours
    assert QColor(DARK.on_accent).name() in colours
    arrow = combo.grab().toImage().copy(combo.width() - 26, 2, 22, combo.height() - 4)
    inks = {arrow.pixelColor(x, y).name() for x in range(22) for y in range(arrow.height())}
    assert len(inks) > 1


def test_in_high_contrast_the_icon_of_what_is_chosen_is_not_of_the_colour_of_its_ground(
    qapp, monkeypatch
):
    system = QPalette()
    roles = QPalette.ColorRole
    for role, colour in ((roles.Window, "#101010"), (roles.Highlight, "#20E0F0")):
        system.setColor(role, QColor(colour))
    system.setColor(roles.HighlightedText, QColor("#102030"))
    monkeypatch.setattr(theme(), "colours", of_system(system))
    made = icons.icon("mdi6.cog", "accent")
    for state, ink in ((QIcon.State.Off, "#20e0f0"), (QIcon.State.On, "#102030")):
        image = made.pixmap(QSize(32, 32), QIcon.Mode.Normal, state).toImage()
        drawn = [image.pixelColor(x, y) for x in range(32) for y in range(32)]
        assert {each.name() for each in drawn if each.alpha() == 255} == {ink}


def test_an_unknown_icon_shows_as_a_circle(qapp):
    assert icons.known("mdi6.home")
    assert not icons.known("mdi6.no-such-picture")
    assert not icons.icon("mdi6.no-such-picture").pixmap(16, 16).isNull()


def test_the_first_window_does_not_wait_for_the_registers():
    top = Path(__file__).resolve().parents[4]
    pieces = (
        "buttons cards badges banner empty_state prompts tasks keys surroundings bus flow chips"
    ).split()
    window = "message_bar shortcuts help_window".split()
    light_modules = [
        *("ui.kit.look.theme", "ui.kit.look.icons"),
        *(f"ui.kit.pieces.{name}" for name in pieces),
        *(f"ui.main_window.{name}" for name in window),
    ]
    program = (
        "import sys\n"
        + "".join(f"import {name}\n" for name in light_modules)
        + "heavy = {'sqlalchemy', 'dpdesk.registers'} & set(sys.modules)\n"
        + "sys.exit(1 if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=top, check=False)
    assert done.returncode == 0


def test_what_was_guessed_before_the_first_window_is_what_the_system_says(qtbot):
    appearance().begin("system", contrast=False)
    guessed = theme().colours
    with qtbot.assertNotEmitted(theme().changed):
        assert appearance().settle() is appearance().high_contrast
    assert theme().colours == guessed


def test_a_wrong_guess_is_put_right_when_the_window_stands(qtbot):
    appearance().begin("system", contrast=False)
    theme().colours = DARK
    with qtbot.waitSignal(theme().changed):
        appearance().settle()
    assert theme().colours == LIGHT


_TICK = """
import sys
from PySide6.QtWidgets import QApplication, QCheckBox
from ui.kit.look.appearance import appearance
from ui.kit.look.theme import theme
application = QApplication([])
appearance().begin("light", contrast=False)
appearance().settle()
box = QCheckBox()
box.setChecked(True)
box.show()
seen = box.grab().toImage()
inks = {seen.pixelColor(x, y).name().upper() for x in range(22) for y in range(seen.height())}
sys.exit(0 if {theme().colours.accent, theme().colours.on_accent} <= inks else 1)
"""


def test_a_tick_drawn_after_the_first_window_is_seen():
    top = Path(__file__).resolve().parents[4]
    done = subprocess.run([sys.executable, "-c", _TICK], cwd=top, check=False)
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("system", "platform", "points"),
    [
        (9.0, "win32", 10),
        (18.0, "win32", 20),
        (8.0, "win32", 10),
        (18.0, "linux", 10),
        (13.0, "darwin", 13),
    ],
)
def test_letters_follow_the_text_size_of_windows(qapp, monkeypatch, system, platform, points):
    def said(_which):
        font = QFont()
        font.setPointSizeF(system)
        return font

    monkeypatch.setattr(QFontDatabase, "systemFont", said)
    assert fonts.in_points(fonts.BODY, platform) == points


def test_lists_and_menus_have_the_letters_of_the_program_on_windows(qtbot, monkeypatch):
    set_sheet = QApplication.setStyleSheet

    def as_windows_does(application, sheet):
        # With a new style sheet Qt asks the system for these fonts afresh.
        set_sheet(application, sheet)
        for name in ("QAbstractItemView", "QMenu"):
            application.setFont(QFont("MS Shell Dlg", 8), name)

    monkeypatch.setattr(QApplication, "setStyleSheet", as_windows_does)
    monkeypatch.setattr(fonts, "sys", SimpleNamespace(platform="win32"))
    appearance().choose("dark")

    for kind in (QTableView, QTreeView, QMenu):
        widget = kind()
        qtbot.addWidget(widget)
        widget.ensurePolished()
        assert widget.font().family() == QApplication.font().family()
        assert widget.font().pointSizeF() == QApplication.font().pointSizeF()
