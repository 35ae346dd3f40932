"""The page on which a school changes the wording of its letters."""

from __future__ import annotations

import pytest

from tests.ui.walk import assert_walkable
from ui.requests import LetterWordingPage


@pytest.fixture
def page(office):
    made = LetterWordingPage(office.desk, office.around, office.room.door)
    office.qtbot.addWidget(made)
    made.resize(1366, 690)
    made.show()
    return made


def test_a_wording_is_changed_seen_and_used(office, page):
    page.show_wording("refusal")
    assert not page.save_button.isEnabled()
    text = page.text.toPlainText()
    page.text.setPlainText(text.replace("{passage complaint}", ""))
    page.refresh()
    assert "how to complain" in page.banner.text.text()
    page.text.setPlainText(text.replace("Our reasons are:", "These are our reasons:"))
    page.refresh()
    assert page.banner.isHidden()
    assert page.paper.pages
    office.noted.answers = ["kinder"]
    page.save_button.click()
    assert "These are our reasons:" in office.desk.school.wordings.text("refusal")
    assert not page.changed
    assert [each.text() for each in page.versions.actions()][1].endswith("kinder")
    assert_walkable(page)


def test_a_wording_that_is_not_used_yet_is_asked_about(office, page):
    page.show_wording("refusal")
    page.text.setPlainText("Subject: No\n\nNo.")
    office.noted.answers = [None]
    assert not page.can_leave()
    office.noted.answers = ["Discard"]
    assert page.can_leave()
    assert "Our reasons" in page.text.toPlainText()
