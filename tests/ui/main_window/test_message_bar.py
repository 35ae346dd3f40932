"""The message bar: undo once, fade, and problems that stay until they are closed."""

from __future__ import annotations

from tests.ui.walk import assert_walkable
from ui.main_window.message_bar import MessageBar


def test_the_message_bar_undoes_once(qtbot):
    bar = MessageBar()
    qtbot.addWidget(bar)
    bar.show()
    told: list[str] = []
    bar.say("Saved.", undo=lambda: told.append("undone"))
    assert bar.undo_button.isVisible()
    bar.undo_button.click()
    bar._undo()
    assert told == ["undone"]
    assert bar.text.text() == "Undone."
    assert not bar.undo_button.isVisible()


def test_an_undo_that_has_something_to_say_is_not_talked_over(qtbot):
    bar = MessageBar()
    qtbot.addWidget(bar)
    bar.say("Saved.", undo=lambda: bar.say("It was changed again.", tone="danger"))
    bar.undo_button.click()
    assert bar.text.text() == "It was changed again."
    assert bar.text.accessibleName() == "Problem: It was changed again."


def test_messages_fade_and_problems_stay_until_closed(qtbot):
    bar = MessageBar()
    qtbot.addWidget(bar)
    bar.show()
    bar.say("Printed.")
    assert 5_000 < bar._timer.interval() <= 10_000
    assert not bar.close_button.isVisible()
    bar._timer.start(1)
    qtbot.waitUntil(lambda: not bar.text.text())
    bar.say("Saved.", undo=lambda: None)
    assert 10_000 < bar._timer.interval() <= 20_000
    bar.say("Could not print.", tone="danger")
    assert not bar._timer.isActive()
    bar.close_button.click()
    assert bar.text.text() == ""
    assert not bar.close_button.isVisible()
    bar.show_right("Last backup today 09:12, verified", "", "locks in 9 minutes")
    assert bar.right.text() == "Last backup today 09:12, verified   ·   locks in 9 minutes"
    assert_walkable(bar, 1366, 44)


def test_another_page_takes_old_messages_away_but_not_problems(qtbot):
    bar = MessageBar()
    qtbot.addWidget(bar)
    bar.say("Saved.")
    bar.page_left()
    assert bar.text.text() == "Saved."
    bar._said_at -= 60
    bar.page_left()
    assert bar.text.text() == ""
    bar.say("Could not print.", tone="danger")
    bar._said_at -= 60
    bar.page_left()
    assert bar.text.text() == "Could not print."


def test_only_the_sentence_that_is_no_longer_true_is_withdrawn(qtbot):
    bar = MessageBar()
    qtbot.addWidget(bar)
    bar.say("The backup failed.", tone="danger")
    bar.withdraw("Saved.")
    assert bar.text.text() == "The backup failed."
    bar.say("Saved.", undo=lambda: None)
    bar.withdraw("Saved.")
    assert bar.text.text() == ""
    assert bar.undo_button.isHidden()


def test_a_long_sentence_takes_more_lines_and_never_widens_the_window(qtbot):
    bar = MessageBar()
    qtbot.addWidget(bar)
    bar.resize(900, 40)
    bar.show()
    bar.show_right("Last backup today 17:30, verified", "locks in 10 minutes")
    bar.say("Release 1 is ready. " * 12)
    assert bar.minimumSizeHint().width() <= 900
    qtbot.waitUntil(lambda: bar.text.wordWrap() and bar.text.width() > 300)
    assert bar.text.heightForWidth(bar.text.width()) > bar.text.fontMetrics().height()
    bar.say("Saved.")
    assert not bar.text.wordWrap()
    assert bar.text.sizeHint().width() < 200
