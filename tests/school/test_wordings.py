"""The school changes the wording of letters: seen, looked through, used, and every version kept."""

from __future__ import annotations

import pytest

from dpdesk.errors import InvalidEntry, NotFound
from dpdesk.papers.templates import shipped
from dpdesk.papers.wordings import every_template
from tests.builders import a_request
from tests.papers.reading import text_of


@pytest.fixture
def wordings(desk):
    return desk.school.wordings


@pytest.fixture
def envelope(desk):
    return desk.requests.letters.sample_envelope()


def test_nothing_is_wrong_with_any_wording_that_ships_and_each_can_be_looked_at(wordings, envelope):
    names = [each.name for each in every_template()]
    assert len(names) == len(set(names)) >= 40
    for name in names:
        assert wordings.faults(name, shipped(name), envelope) == (), name
    preview = wordings.preview("identity", shipped("identity"), envelope)
    assert "Dear Mrs Sample," in preview.text
    assert "«identity evidence»" in text_of(preview.content)


def test_a_changed_wording_is_used_in_every_letter_and_can_be_taken_back(desk, wordings):
    entry = a_request(desk, subject_kind="staff", asked="All")
    mine = shipped("acknowledgement").replace("Thank you for", "Many thanks for")
    passage = shipped("passage-concern").replace("If you are unhappy", "If you feel unhappy")
    wordings.change("acknowledgement", mine, "friendlier")
    wordings.change("passage-concern", passage)
    text = desk.requests.letters.write("acknowledgement", entry).text
    assert "Many thanks for your request" in text
    assert "If you feel unhappy" in text
    assert "If you feel unhappy" in desk.requests.letters.write("identity", entry).text
    assert wordings.change("acknowledgement", mine) is None, "in use already"
    wordings.take_shipped("acknowledgement")
    assert "Thank you for" in desk.requests.letters.write("acknowledgement", entry).text
    assert [each.why for each in wordings.versions("acknowledgement")] == [
        "Back to the wording that came with dpdesk",
        "friendlier",
    ]
    assert set(wordings.in_use()) == {"passage-concern"}
    assert not desk.check().problems


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{date received}", "{date recieved}", "does not know “date recieved”"),
        ("{passage complaint}", "", "how to complain to the school"),
        ("{passage complaint}", "{passage complaints}", "no passage “complaints”"),
        ("{if data subject}", "{if data subject", "opened and not closed"),
        ("Subject: Our decision", "Our decision", "no line that begins with “Subject:”"),
    ],
)
def test_what_is_wrong_with_a_wording_is_said(wordings, envelope, old, new, said):
    text = shipped("refusal")
    assert old in text
    found = wordings.faults("refusal", text.replace(old, new), envelope)
    assert any(said in each for each in found), found


def test_an_empty_wording_and_a_letter_that_is_not_there_are_refused(wordings):
    with pytest.raises(InvalidEntry):
        wordings.change("refusal", "  \n ")
    with pytest.raises(NotFound):
        wordings.change("invitation", "Subject: Come")
