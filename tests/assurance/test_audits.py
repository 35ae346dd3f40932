"""Self-assessments by category: rated in one sitting, pictured, and compared with the last one."""

from __future__ import annotations

import datetime as dt

import pytest

from dpdesk.assurance.audit_rules import changes, spoken
from dpdesk.assurance.pick_lists import pick
from dpdesk.errors import InvalidEntry
from dpdesk.papers.radar import RadarChart, RadarLine
from tests.assurance.test_papers import words

CATEGORIES = [each.code for each in pick("categories")]


@pytest.fixture
def assessed(room):
    """Makes a self-assessment with some ratings."""

    def make(name, ago, **ratings):
        held = room.audits.today() - dt.timedelta(days=ago)
        entry = room.audits.save({"name": name, "kind": "self", "held_on": held}).entry
        room.audits.rate(entry.id, ratings)
        return entry

    return make


def test_all_ten_are_rated_in_one_sitting_and_rated_again(room, assessed):
    entry = assessed("Spring", 10, **dict.fromkeys(CATEGORIES, "partly"))
    assert room.audits.ratings_of(entry.id) == dict.fromkeys(CATEGORIES, "partly")
    room.audits.rate(entry.id, {"training": "fully"})
    assert room.audits.ratings_of(entry.id)["training"] == "fully"
    assert len(room.audits.ratings_of(entry.id)) == 10
    with pytest.raises(InvalidEntry):
        room.audits.rate(entry.id, {"training": "not", "rights": "nonsense"})
    assert room.audits.ratings_of(entry.id)["training"] == "fully", "all of them or none"


def test_the_newest_is_compared_with_the_one_before(room, assessed):
    assessed("This year", 5, training="fully", rights="not", security="partly", policies="none")
    assessed("Last year", 370, training="partly", rights="partly", security="partly")
    found = room.audits.self_assessments()
    assert [each.name for each in found] == ["Last year", "This year"]
    assert [each.said for each in changes(found)] == [
        "Training and awareness: better, from meeting it in part to meeting it in full",
        "Individuals’ rights: worse, from meeting it in part to not meeting it",
    ]
    assert changes(found[:1]) == ()
    assert "2. Policies and procedures: not rated" in spoken(found[-1])
    assert "3. Training and awareness: meeting it in full" in spoken(found[-1])


def test_the_paper_shows_the_picture_the_change_and_what_shows_it(room, assessed):
    assessed("Last year", 370, training="partly")
    entry = assessed("This year", 5, training="fully", rights="partly")
    part = room.audits.part_services[1].parts(entry.id)[0]
    shown = {"why": "All staff did the course in May."}
    room.audits.part_services[1].save(shown, part.id, part.version, parent_id=entry.id)
    text = words(room.prints.ratings(room.audits))
    order = ["Last year", "Rings, from the middle outwards", "3. Meeting it in full"]
    order += ["What changed since the last time", "from meeting it in part to meeting it in full"]
    order += ["Category by category", "All staff did the course in May.", "Breach response"]
    places = [text.index(each) for each in order]
    assert places == sorted(places)


def test_without_a_self_assessment_the_paper_says_so(room):
    assert "no self-assessment yet" in words(room.prints.ratings(room.audits))


def test_a_better_rating_lies_further_out_and_a_missing_one_is_left_out():
    chart = RadarChart(4, ("not", "partly", "fully"), (RadarLine("now", (0, 2, None, 1)),))
    corners = chart.corners(chart.lines[0], (0.0, 0.0), 90.0)
    assert [(round(x), round(y)) for x, y in corners] == [(0, -30), (90, 0), (-60, 0)]


@pytest.mark.parametrize("steps", [(0, 1), (0, 1, 3), (0, 1, -1)])
def test_a_line_that_does_not_fit_its_axes_is_refused(steps):
    with pytest.raises(ValueError, match="step"):
        RadarChart(3, ("a", "b", "c"), (RadarLine("now", steps),))
