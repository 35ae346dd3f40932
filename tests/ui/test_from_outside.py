"""The window as a screen reader, a voice or a switch sees and uses it: by names and actions alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QWidget

from tests.builders import a_request
from ui.kit.pieces.announcing import announcer
from ui.kit.pieces.buttons import IconOption, Option

TRUE_TOGGLES = (Option, IconOption, QCheckBox, QRadioButton)
"""What tells the program that it was turned, whoever turned it."""


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


def test_whatever_is_on_or_off_obeys_assistive_technology(home):
    home.noted.answers = ["Discard"] * 9
    for page in pages(home):
        for made in home.opened.findChildren(QAbstractButton):
            if made.isCheckable():
                assert isinstance(made, TRUE_TOGGLES), f"{page}: {made.accessibleName()}"


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
