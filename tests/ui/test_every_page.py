"""Every page, form and part of the settings, as a screen reader finds them: none is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QTableView, QWidget

from dpdesk import example
from dpdesk.errors import NotFound
from tests.breaches.conftest import AWARE
from tests.builders import a_request
from tests.ui.test_from_outside import deaf, landing, mute, unlabelled, without_a_verb
from tests.ui.walk import unnamed
from ui.kit.register.form_row import FormRow


@pytest.fixture(autouse=True)
def _reader() -> Iterator[None]:
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def called_by_their_value(window: QWidget) -> list[str]:
    """Lists to choose from that are called by what is chosen, with no question that labels them.

    On Linux Qt reads the choice as the name and the question as its label; on Windows the question
    is the name.
    """
    return [
        f"“{said(combo)}” is called by what is chosen"
        for combo in window.findChildren(QComboBox)
        if combo.isVisible() and said(combo) == combo.currentText() != "" and not labels(combo)
    ]


def labels(widget: QWidget) -> str:
    """What its labels say; where they say nothing, nothing."""
    label = QAccessible.RelationFlag.Label
    name = QAccessible.Text.Name
    related = QAccessible.queryAccessibleInterface(widget).relations(label)
    return " ".join(said for one, _ in related if (said := one.text(name).strip()))


def said(widget: QWidget) -> str:
    """The name that is read aloud."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def alike(window: QWidget) -> list[str]:
    """Questions of one form that are read aloud in the same words, though they ask two things."""
    targets = [row.input.target for row in window.findChildren(FormRow) if row.isVisible()]
    asked = Counter(
        labels(target) if isinstance(target, QComboBox) else said(target)
        for target in targets
        if not isinstance(target, QPushButton)
    )
    return [f"{many} questions are called “{name}”" for name, many in asked.items() if many > 1]


def stale(window: QWidget) -> list[str]:
    """Labels that take the height that their words had before, in another font or at another
    width."""
    return [
        f"“{label.text()[:40]}” is {label.heightForWidth(label.width())} pixels high by memory"
        for label in window.findChildren(QLabel)
        if label.isVisible()
        and label.hasHeightForWidth()
        and label.heightForWidth(label.width())
        != QLabel.heightForWidth(label, min(label.width(), label.maximumWidth()))
    ]


def faults(home, name: str) -> list[str]:
    """What is wrong with the page that is shown now."""
    home.rest()
    window = home.opened
    found = [*deaf(window), *unlabelled(window), *without_a_verb(window), *mute(window)]
    found += [*stale(window), *alike(window)]
    found += [landing(home.window), *unnamed(window), *called_by_their_value(window)]
    return [f"{name}: {fault}" for fault in found if fault]


def test_the_form_of_every_register_can_be_used_from_outside(home):
    go = home.opened.pages
    seen, found = [], []
    for key in home.opened.desk.registers:
        if not go.knows(key):
            continue
        home.noted.answers = ["Discard"] * 9
        go.new_entry(key)
        seen.append(key)
        found += faults(home, f"new: {key}")
    assert not found, "\n".join(found)
    assert len(seen) > 30, seen


def test_an_entry_draws_the_questions_of_the_stage_that_is_shown_and_no_others(home):
    desk, go = home.opened.desk, home.opened.pages
    entries = {
        "requests": a_request(desk),
        "breaches": desk.breaches.breaches.save({"summary": "A list", "aware": AWARE}).entry,
    }
    for key, entry in entries.items():
        stage = next(each.key for each in desk.registers[key].register.stages)
        go.open_entry(key, entry.id, stage)
        home.rest()
        rows = home.here.page.form.rows.values()
        seen = [row for row in rows if row.isVisible()]
        drawn = [row for row in rows if row.layout() is not None]
        assert 0 < len(drawn) <= len(seen) + 3, key
        assert len(drawn) < len(rows) / 2, key


def test_every_part_of_the_settings_can_be_used_from_outside(home):
    go = home.opened.pages
    go.open_page("settings")
    found = []
    sections = list(home.here.buttons)
    for section in sections:
        go.open_page("settings", section=section)
        assert home.here.section == section
        found += faults(home, f"settings: {section}")
    assert not found, "\n".join(found)
    assert len(sections) > 5, sections


def test_the_example_school_can_be_used_from_outside_with_all_that_is_in_it(enter, tmp_path):
    """An empty list has no cells, and an empty entry no papers: so here both are full."""
    folder = tmp_path / "school"
    hall = enter_with(enter, folder, example.make_example(folder))
    go, desk = hall.opened.pages, hall.opened.desk
    found, rows = [], 0
    for name in go.names():
        hall.noted.answers = ["Discard"] * 9
        go.open_page(name)
        found += faults(hall, name)
        rows += sum(
            view.model().rowCount()
            for view in hall.opened.findChildren(QTableView)
            if view.isVisible() and view.model() is not None
        )
    opened = []
    for key in desk.registers:
        if not go.knows(key):
            continue
        with suppress(NotFound):
            first = desk.registers[key].load(1)
            hall.noted.answers = ["Discard"] * 9
            go.open_entry(key, first.id)
            opened.append(key)
            found += faults(hall, f"an entry of {key}")
    assert not found, "\n".join(found)
    assert rows > 100, "the lists were empty"
    assert len(opened) > 25, opened


def enter_with(enter, folder, passphrase):
    """A window on a workspace, unlocked."""
    hall = enter(folder)
    hall.unlock(passphrase)
    return hall
