"""The way back from the pages that begin something else than the school in use."""

from __future__ import annotations

from PySide6.QtCore import Qt


def named(hall):
    return type(hall.page).__name__


def test_the_other_ways_to_begin_lead_back_to_the_passphrase_by_a_button(hall, tmp_path):
    own = hall.window.start.folder
    hall.page.more.emit()
    assert named(hall) == "WelcomePage"
    hall.page.first.click()
    hall.page.questions["name"].line.setText("Elmfield School")
    hall.page.questions["dpo_name"].line.setText("Dana Pryce")
    hall.page.folder.line.setText(str(tmp_path / "another"))
    hall.page.next.click()
    hall.until(lambda: named(hall) == "NewPassphrasePage")

    hall.page.step_back.click()
    hall.press(Qt.Key.Key_Escape)
    assert named(hall) == "WelcomePage"
    assert hall.page.step_back.isVisible()
    hall.page.step_back.click()

    assert named(hall) == "UnlockPage"
    assert hall.window.start.folder == own
    hall.unlock()


def test_on_a_new_computer_there_is_nothing_to_go_back_to(enter, tmp_path):
    fresh = enter(tmp_path / "new")
    fresh.until(fresh.page.first.hasFocus)

    assert not fresh.page.step_back.isVisible()
