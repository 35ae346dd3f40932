"""What may be a name is found though nobody bears it; the words of a school are left in peace."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.breaches.likely_names import places
from tests.breaches.conftest import WHOLE


def found(text, allowed=("Elmfield School", "Cloud Registers")):
    return [text[start:end] for start, end in places(text, allowed)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mrs Osei complained that Tom Finch and his mother rang.", ["Mrs Osei", "Tom Finch"]),
        ("Mr. B. Osei-Tutu rang.", ["Mr. B. Osei-Tutu"]),
        ("A letter of Dr O’Neill was left.", ["Dr O’Neill"]),
        ("Tom Finch wrote.", ["Tom Finch"]),
        ("Then Mary Jane Finch wrote.", ["Mary Jane Finch"]),
        ("Yesterday Zoë Finch’s report was sent.", ["Zoë Finch’s"]),
        ("It was sent to Prof de Souza by Miss Wren.", ["Prof de Souza", "Miss Wren"]),
        ("Year Four pupil Anna-Lena Finch", ["Anna-Lena Finch"]),
    ],
)
def test_titles_with_surnames_and_capitals_in_a_row_may_be_names(text, names):
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "The Data Protection Officer told the Head Teacher of Year Four on Friday.",
        "It was in Microsoft Teams, then in Google Drive. Sent in Microsoft Outlook too.",
        "Elmfield School and Cloud Registers were told. Parents were told.",
        "On Thursday 19 November 2026 at 09:10 the Special Educational Needs report was sent.",
        "In May June pupils sat GCSE English Language and Religious Studies.",
        "The paper lay in Mill Lane, at the Old Station and in Finch House.",
        "Miss the post and it is late. Dear Sir or Madam. Key Stage Two.",
        "Parents Evening. Sports Day. Christmas Fair. Lower School. Child Protection.",
        "USB stick. NHS England. SIMS was used.",
        "Sent it. Found again.",
        "",
    ],
)
def test_words_of_a_school_are_no_names(text):
    assert found(text) == []


@given(st.text(max_size=200), st.lists(st.text(max_size=10), max_size=3))
def test_no_text_is_too_strange(text, allowed):
    last = 0
    for start, end in places(text, allowed):
        assert last <= start < end <= len(text)
        last = end


def test_the_report_warns_of_a_stranger_once_and_not_of_its_own_words(desk, incident):
    words = "Mrs Osei complained that Tom Finch and his mother were named."
    entry = incident(**WHOLE | {"what": words, "at_processor": "yes", "processor": "Wing Cloud"})
    warned = desk.breaches.reporting.warnings(entry, desk.breaches.reporting.answers(entry))
    assert [each.found for each in warned] == ["Mrs Osei", "Tom Finch"]
    assert "seems to contain what may be a name" in warned[0].sentence
