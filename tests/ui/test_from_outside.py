"""The window as a screen reader, a voice or a switch sees and uses it: by names and actions."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QLabel,
    QPushButton,
    QRadioButton,
    QTableView,
    QToolButton,
    QWidget,
)

from tests.builders import a_request
from tests.ui.walk import unnamed
from ui.kit.pieces.announcing import announcer
from ui.kit.pieces.buttons import IconOption, Option
from ui.kit.pieces.cards import HeadingWords
from ui.kit.pieces.passphrases import QuestionField
from ui.kit.register.inputs_dates import CalendarPopup
from ui.main_window.key_order import stops

TRUE_TOGGLES = (Option, IconOption, QCheckBox, QRadioButton)
"""What tells the program that it was turned, whoever turned it."""


LOOKED_AT = 30
"""Rows of each list whose cells are looked at."""


@pytest.fixture(autouse=True)
def _reader() -> Iterator[None]:
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.fixture
def said() -> Iterator[list[str]]:
    """What is read aloud, in order."""
    heard: list[str] = []
    take = lambda words, _urgent: heard.append(words)  # noqa: E731  # taken off again below
    announcer().said.connect(take)
    yield heard
    announcer().said.disconnect(take)


def act(widget: QWidget, action: str = "Toggle") -> None:
    """Does what assistive technology does: an action, without a key or a mouse."""
    QAccessible.queryAccessibleInterface(widget).actionInterface().doAction(action)


def pages(home) -> Iterator[str]:
    """Goes through the areas, their further pages, an entry of each kind, and the settings."""
    desk, go = home.opened.desk, home.opened.pages
    entry = a_request(desk)
    for name in (*go.names(),):
        go.open_page(name)
        yield name
    go.open_entry("requests", entry.id)
    yield "a request"
    for register in ("requests", "breaches", "assets"):
        go.new_entry(register)
        yield f"new: {register}"


def deaf(window: QWidget) -> list[str]:
    """Buttons that are on or off, and that only a mouse or a key would turn."""
    return [
        made.accessibleName() or made.text()
        for made in window.findChildren(QAbstractButton)
        if made.isCheckable() and not isinstance(made, TRUE_TOGGLES)
    ]


VERBS = set(
    "Add Attach Choose Clear Close Copy Do Drop Edit Explain Export Find Go Hide Link Make Mark "
    "Move Open Pick Print Read Remove Save Search Set Show Sort Start Take Undo Unlink Use".split()
)
"""What an icon without words does, as its name begins."""


def without_a_verb(window: QWidget) -> list[str]:
    """Icon buttons whose name does not say what they do; one that is on is the name of a place."""
    return [
        f"“{name}” does not say what it does"
        for made in window.findChildren(QToolButton)
        if made.isVisible() and not made.text() and not made.isCheckable()
        for name in [QAccessible.queryAccessibleInterface(made).text(QAccessible.Text.Name)]
        if name.split(" ")[0].strip(",:") not in VERBS
    ]


def mute(window: QWidget) -> list[str]:
    """Cells that show a badge and have nothing to say."""
    silent = []
    for view in window.findChildren(QTableView):
        model = view.model()
        if not view.isVisible() or model is None or not model.rowCount():
            continue
        heads = [
            model.headerData(column, Qt.Orientation.Horizontal)
            for column in range(model.columnCount())
        ]
        silent += [
            f"a cell of “{heads[column]}”"
            for row in range(min(model.rowCount(), LOOKED_AT))
            for column in range(len(heads))
            if _shown_only(model.index(row, column))
        ]
    return sorted(set(silent))


def _shown_only(cell: QModelIndex) -> bool:
    """A badge or a colour is all that a cell has."""
    spoken = cell.data(Qt.ItemDataRole.AccessibleTextRole) or cell.data()
    return bool(cell.data(Qt.ItemDataRole.DecorationRole) and not str(spoken or "").strip())


def flat(window: QWidget) -> list[str]:
    """Headings that a screen reader takes for plain text; and a page without any is one."""
    heads = [
        (label.text(), QAccessible.queryAccessibleInterface(label))
        for label in window.findChildren(QLabel)
        if label.isVisible() and label.text() and isinstance(label, HeadingWords)
    ]
    if not heads:
        return ["no heading is there to go to"]
    return [
        f"“{text}” is read as plain text"
        for text, head in heads
        if head.role() != QAccessible.Role.Heading or head.text(QAccessible.Text.Name) != text
    ]


def landing(window: QWidget) -> str:
    """What is wrong with the place that the keyboard has come to."""
    here = window.focusWidget()
    if here is None or not here.isVisible():
        return "the keyboard is nowhere"
    name = QAccessible.queryAccessibleInterface(here).text(QAccessible.Text.Name)
    return "" if name.strip() else f"the keyboard is on a {type(here).__name__} without a name"


def unlabelled(window: QWidget) -> list[str]:
    """Lists to choose from that a screen reader reads without their question."""
    label = QAccessible.RelationFlag.Label
    return [
        combo.accessibleName() or combo.objectName()
        for combo in window.findChildren(QComboBox)
        if combo.isVisible()
        and not combo.accessibleName()
        and not QAccessible.queryAccessibleInterface(combo).relations(label)
    ]


def test_every_page_can_be_used_from_outside(home):
    """One walk through all of them, as making them is what costs."""
    home.noted.answers = ["Discard"] * 9
    faults = []
    least = []
    for page in pages(home):
        said = [*deaf(home.opened), landing(home.window), *unlabelled(home.opened)]
        said += [*without_a_verb(home.opened), *mute(home.opened), *flat(home.opened)]
        faults += [f"{page}: {fault}" for fault in (*said, *unnamed(home.opened)) if fault]
        least.append((home.window.minimumSizeHint().toTuple(), page))
    assert faults == []
    assert [one for one in least if one[0][0] > 960 or one[0][1] > 500] == []


def test_a_choice_made_by_an_action_is_saved_and_a_text_written_whole(home):
    entry = a_request(home.opened.desk)
    home.opened.pages.open_entry("requests", entry.id)
    page = home.here.page
    home.here.choose_stage("")
    field = next(n for n, row in page.form.rows.items() if hasattr(row.input, "buttons"))
    code, made = next(iter(page.form.rows[field].input.buttons.items()))

    act(made)
    page.form.rows["subject"].input.line.setText("Written by Voice")
    assert page.dirty
    assert page.save()

    values = home.opened.desk.requests.requests.load(entry.id).values
    assert (values[field], values["subject"]) == (code, "Written by Voice")
    assert home.opened.message_bar.text.text() == "Saved."
    page.form.rows["subject"].input.line.setText("Written by Voice again")
    assert page.dirty
    assert home.opened.message_bar.text.text() == "", "saved and not saved at once"


def test_filters_stages_and_pages_follow_an_action(home):
    entry = a_request(home.opened.desk)
    go = home.opened.pages
    go.open_page("requests")
    rows = home.here.list.model.rowCount
    assert rows() == 1
    act(home.here.list.chips._buttons["closed"])
    assert rows() == 0
    act(home.here.list.chips._buttons["all"])
    assert rows() == 1
    act(home.here.list.archived)
    assert rows() == 0

    go.open_entry("requests", entry.id)
    act(home.here.page.stages.buttons["respond"])
    assert home.here.stage == "respond"

    act(home.opened.bar.apart["settings"])
    assert go.visit.page == "settings"
    act(home.here.buttons["look"])
    assert home.here.section == "look"
    act(home.here.buttons["passphrase"])
    eye = home.here.made["passphrase"].findChildren(IconOption)[0]
    act(eye)
    assert eye.isChecked()


def test_what_appears_away_from_the_keyboard_is_read_aloud_and_goes_again(hall, said):
    hall.until(hall.page.passphrase.line.hasFocus)
    hall.press(Qt.Key.Key_Return)
    line = hall.page.passphrase.line
    assert said == ["Problem: Type the passphrase first."]
    assert line.accessibleDescription().startswith("Problem:")
    hall.type("x")
    assert line.accessibleDescription() == ""
    line.clear()

    hall.unlock()
    bar = hall.opened.message_bar
    bar.say("Saved.")
    bar.say("Not saved: the disk is full.", tone="danger")
    assert said[-2:] == ["Done: Saved.", "Problem: Not saved: the disk is full."]
    bar.clear()
    assert bar.text.accessibleName() == ""

    before = len(said)
    for _ in range(3):
        hall.opened.notice.say("Restored from a backup.")
    assert said[before:] == ["Note: Restored from a backup."], "once, not each time it is drawn"

    hall.opened.show_left(61)
    hall.opened.show_left(58)
    hall.opened.show_left(53)
    assert [words for words in said if "will lock in one minute" in words] == [said[-1]]


def test_whoever_works_without_keys_is_not_locked_out(home):
    home.opened.pages.open_page("requests")
    begun = home.window.idle._touched
    home.clock.moment += dt.timedelta(seconds=30)
    act(home.here.list.archived)
    assert home.window.idle._touched > begun


def test_nothing_of_the_school_is_left_to_be_read_when_it_is_locked(home):
    entry = a_request(home.opened.desk, subject="Zebedee Invented")
    home.opened.pages.open_entry("requests", entry.id)
    assert "Zebedee" in heard_in(home.window)
    home.window.lock()
    home.until(lambda: home.window.opened is None)
    assert "Zebedee" not in heard_in(home.window)


def heard_in(window: QWidget) -> str:
    """Every name and value in the tree that assistive technology reads, hidden parts included."""
    words: list[str] = []
    waiting: list[Any] = [QAccessible.queryAccessibleInterface(window)]
    while waiting:
        here = waiting.pop()
        kinds = (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description)
        words += [here.text(kind) for kind in kinds]
        waiting += [child for n in range(here.childCount()) if (child := here.child(n)) is not None]
    return " ".join(words)


def test_tab_goes_as_the_page_is_read_with_the_next_step_first(home):
    entry = a_request(home.opened.desk)
    home.opened.pages.open_entry("requests", entry.id)
    page = home.here.page
    assert home.focus() is page
    home.here.choose_stage("")
    home.press(Qt.Key.Key_Tab)
    assert home.here.next_step.isAncestorOf(home.focus())

    order = stops(home.window)
    places = [
        next(n for n, stop in enumerate(order) if part.isAncestorOf(stop))
        for part in (home.opened.bar, page.head, page.stages, page.form, home.here.documents)
    ]
    assert places == sorted(places)
    step = next(n for n, stop in enumerate(order) if home.here.next_step.isAncestorOf(stop))
    assert places[0] < step < places[1]
    assert len(order) == len(set(order))

    form = page.form.rows["subject"].input.line
    form.setFocus()
    home.press(Qt.Key.Key_F6)
    assert not form.hasFocus()
    home.press(Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert page.form.isAncestorOf(home.focus())

    home.opened.pages.open_page("home")
    home.until(home.here.lines[0].isVisible)
    order = stops(home.window)
    first = [order.index(made) for made in home.here.first_buttons]
    assert max(first) < order.index(home.here.lines[0])


def test_tab_leads_from_a_passphrase_to_the_next_answer_and_only_then_to_the_eye(home):
    home.opened.pages.open_page("settings", section="passphrase")
    questions = home.here.made["passphrase"].findChildren(QuestionField)
    questions[0].line.setFocus()
    seen = []
    for _ in range(5):
        seen.append(home.focus())
        home.press(Qt.Key.Key_Tab)
    assert seen[:3] == [one.line for one in questions[:3]]
    assert questions[0].eye in seen, "it can be reached all the same"


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_escape_closes_the_calendar_and_only_that(home):
    entry = a_request(home.opened.desk)
    home.opened.pages.open_entry("requests", entry.id)
    page = home.here.page
    home.here.choose_stage("")
    date = page.form.rows["received"].input
    date.line.setFocus()
    date.open_calendar()
    popup = home.window.findChild(CalendarPopup)
    home.until(popup.isVisible)

    home.qtbot.keyClick(popup.calendar, Qt.Key.Key_Escape)

    home.until(lambda: home.window.findChild(CalendarPopup) is None or not popup.isVisible())
    assert home.opened.pages.visit.entry_id == entry.id


def test_the_window_can_be_made_small_again_and_scrolls_where_a_page_has_no_room(home):
    home.opened.pages.open_page("assets")
    home.window.resize(640, 400)
    assert home.window.size().toTuple() == (640, 400)
    bar = home.opened.room.verticalScrollBar()
    home.until(bar.isVisible)


def test_the_keyboard_is_found_again_when_what_had_it_is_gone(home):
    entry = a_request(home.opened.desk)
    home.opened.pages.open_entry("requests", entry.id)
    gone = QPushButton("Gone soon", home.here.page)
    gone.show()
    gone.setFocus()
    gone.clearFocus()
    gone.deleteLater()
    home.until(lambda: home.window.focusWidget() is home.here.page)

    home.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    home.press(Qt.Key.Key_Escape)
    home.until(lambda: home.window.focusWidget() is home.here.page)


def test_the_areas_are_read_as_tabs_and_a_press_leads_back_to_the_list(home):
    bar, desk = home.opened.bar, home.opened.desk
    row = QAccessible.queryAccessibleInterface(bar.tabs)
    assert row.role() == QAccessible.Role.PageTabList
    assert row.text(QAccessible.Text.Name) == "Areas"
    home.opened.pages.open_entry("requests", a_request(desk).id)
    tab = QAccessible.queryAccessibleInterface(bar.tabs.tabs["requests"])
    assert (tab.role(), tab.text(QAccessible.Text.Name)) == (QAccessible.Role.PageTab, "Requests")
    assert tab.state().selected
    assert home.here.currentWidget() is home.here.page

    act(bar.tabs.tabs["requests"], "Press")
    assert home.here.currentWidget() is home.here.list, "the tab that is on leads nowhere"
    act(bar.tabs.tabs["people"], "Press")
    assert home.opened.pages.visit.page == "people"
    assert not tab.state().selected


def test_arrows_go_along_the_areas_and_stay_where_a_page_is_not_left(home):
    tabs = home.opened.bar.tabs
    tabs.take_keyboard()
    home.press(Qt.Key.Key_Right)
    home.press(Qt.Key.Key_Right)
    assert home.opened.pages.visit.page == "breaches"
    assert home.window.focusWidget() is tabs.tabs["breaches"]

    home.opened.pages.new_entry("requests")
    home.here.page.form.rows["subject"].input.line.setFocus()
    home.type("Wren Example")
    tabs.take_keyboard()
    home.noted.answers = [""]
    home.press(Qt.Key.Key_Left)

    assert home.opened.pages.visit.page == "requests"
    assert (tabs.on, home.window.focusWidget()) == ("requests", tabs.tabs["requests"])


def test_python_ends_well_after_a_screen_reader_has_asked_about_a_window():
    """Qt holds what it was answered until the very end, later than Python may free it."""
    asked = f"{Path(__file__).with_name('test_every_page.py')}::test_an_entry_draws_the_questions"
    asked += "_of_the_stage_that_is_shown_and_no_others"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
    done = subprocess.run([*command, asked], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]
