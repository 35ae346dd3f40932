"""By keyboard alone: the keys of a page work from everywhere, and Tab leads to what comes next."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.builders import a_request
from tests.ui.retention.conftest import keep
from ui.kit.pieces.next_step_card import NextStepCard

CTRL = Qt.KeyboardModifier.ControlModifier


def test_keys_of_the_page_work_while_the_keyboard_is_on_the_bar(home):
    home.opened.pages.new_entry("breaches")
    page = home.here.page
    page.form.rows["summary"].input.line.setText("A list was sent to a wrong parent")
    page.form.rows["aware"].input.write_present()
    home.opened.bar.tabs.take_keyboard()
    home.press(Qt.Key.Key_S, CTRL)
    home.until(lambda: page.entry.id)
    assert not page.dirty


def test_after_the_first_save_tab_leads_to_what_comes_next_and_to_the_stages(home):
    home.opened.pages.new_entry("breaches")
    page = home.here.page
    page.form.rows["summary"].input.line.setText("A list was sent to a wrong parent")
    page.form.rows["aware"].input.write_present()
    page.form.rows["aware"].input.line.setFocus()
    home.press(Qt.Key.Key_S, CTRL)
    home.until(lambda: page.entry.id)
    home.rest()
    card = page.findChild(NextStepCard)
    home.until(lambda: card.first is not None and card.first.isVisible())
    passed = [home.focus()]
    for _ in range(80):
        home.press(Qt.Key.Key_Tab)
        passed.append(home.focus())
    # On the page itself, whose name is said, and from there to what comes next.
    assert passed[0] is page
    assert passed[1] is card.first
    assert page.stages.buttons[home.here.stage] in passed


def test_from_the_list_of_what_is_due_one_tab_leads_to_approving_what_is_ticked(home):
    desk = home.opened.desk
    desk.retention.schedule.adopt_defaults(["P04"])
    keep(desk)
    home.opened.pages.open_page("retention_due")
    home.rest()
    page = home.here
    home.until(page.table.hasFocus)
    home.press(Qt.Key.Key_Space)
    home.press(Qt.Key.Key_Tab)
    assert home.focus() is page.buttons["Approve for disposal"]
    home.press(Qt.Key.Key_Tab)
    assert home.focus() is page.buttons["Keep longer"]
    home.press(Qt.Key.Key_Backtab)
    home.press(Qt.Key.Key_Backtab)
    assert home.focus() is page.table
    home.press(Qt.Key.Key_Tab)
    home.press(Qt.Key.Key_Space)
    home.until(page.rail.approving.isVisible)


def test_one_key_leads_from_the_middle_of_a_request_to_what_comes_next(home):
    home.opened.pages.open_entry("requests", a_request(home.opened.desk).id, "logged")
    home.rest()
    card = home.here.page.findChild(NextStepCard)
    home.here.page.form.rows["subject"].input.line.setFocus()
    home.press(Qt.Key.Key_F7)
    assert home.focus() is card.first
    assert not card.first.visibleRegion().isEmpty()
