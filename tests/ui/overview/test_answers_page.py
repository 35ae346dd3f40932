"""The page of answers: found in words, answered by keys, and the next page filled in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from tests.builders import Template, make_template
from tests.ui.office import Office, open_office
from tests.ui.walk import assert_walkable
from ui.overview import AnswersPage


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return make_template(tmp_path_factory.mktemp("office") / "ws")


@pytest.fixture
def office(template: Template, tmp_path: Path, qapp: QApplication, qtbot: Any) -> Iterator[Office]:
    with open_office(template, tmp_path / "ws", qapp, qtbot, AnswersPage) as made:
        yield made


def test_a_question_shows_its_card_and_keys_reach_everything(office):
    office.room.question.setText("a policeman wants to know where a pupil lives")
    assert office.room.card.key == "police"
    assert_walkable(office.room)
    office.room.question.setText("umbrella")
    assert office.room.list.isHidden()
    assert not office.room.none.isHidden()


def test_what_is_answered_is_kept_for_the_new_entry(office):
    office.room.show_section("parent_wants_copies")
    office.room.options[0][1].click()
    office.room.options[1][1].click()
    assert "parental responsibility" in office.room._thens[0].text()
    office.room.open_page()
    begun = office.desk.drafts.find("requests", 0)
    assert begun.answers["relationship"] == "father"
    assert begun.answers["channel"] == "email"
    assert begun.answers["kind"] == "access"


def test_what_was_begun_before_is_never_written_over(office):
    office.desk.drafts.keep("requests", 0, 0, {"subject": "Typed before"})
    office.room.show_section("delete_me")
    office.room.open_page()
    assert office.desk.drafts.find("requests", 0).answers == {"subject": "Typed before"}


def test_a_card_is_printed(office):
    office.room.show_section("cyber")
    office.noted.answers.append("Print")
    office.room.print_this_card()
    assert office.noted.asked


def test_a_card_may_open_one_section_of_the_settings(office):
    office.room.show_section("ico_fee")
    office.room.open_page()
    assert office.noted.asked[-1] == ("page", "settings", {"section": "ico_fee"})
