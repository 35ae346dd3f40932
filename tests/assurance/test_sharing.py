"""May I share this? Five questions that end in a decision with its reason."""

from __future__ import annotations

import pytest

from dpdesk.assurance.sharing_rules import HEADLINES
from dpdesk.errors import DpdeskError, InvalidEntry
from tests.assurance.test_papers import words

WHOLE = {
    "kind": "once",
    "whom": "Sampleton School",
    "sure": "yes",
    "urgent": "no",
    "what": "The reading level of one pupil",
    "why": "To place the pupil in a group",
    "need": "least",
    "basis": "public_task",
    "against": ("nothing",),
    "told": "yes",
    "sent_how": "Their portal",
    "safe": "yes",
}


def proposal(room, **changed):
    return room.sharing.proposal({**WHOLE, **changed})


def test_with_five_good_answers_it_may_be_shared(room):
    made = proposal(room)
    assert (made.decision, made.before) == ("approved", ())
    assert HEADLINES[made.decision] == "Yes, you may share this"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"sure": "no"}, "ring back"),
        ({"need": "unclear"}, "what they need it for"),
        ({"against": ("danger",)}, "safeguarding lead"),
        ({"against": ("danger",), "urgent": "yes"}, "safeguarding lead"),
        ({"against": ("confidence",)}, "in confidence"),
        ({"kind": "police", "test": "Needed", "written": "no"}, "in writing"),
        ({"kind": "police"}, "Question 3 is not answered"),
        ({"kind": "court", "test": "An order", "against": ("forbidden",)}, "solicitor"),
        ({"basis": None}, "Question 3 is not answered"),
        ({"sure": "unknown", "against": ()}, "Questions 1 and 4 are not answered"),
        ({"need": "less"}, "Question 2 is not answered"),
        ({"safe": None}, "Question 5 is not answered"),
    ],
)
def test_one_bad_answer_is_enough_to_wait(room, changed, told):
    made = proposal(room, **changed)
    assert made.decision == ""
    assert told in " ".join(made.because)


def test_what_a_law_forbids_is_refused_whatever_else_is_open(room):
    made = room.sharing.proposal({"kind": "once", "against": ("forbidden",)})
    assert made.decision == "refused"


def test_where_less_will_do_only_the_less_is_shared(room):
    made = proposal(room, need="less", less="The level without the name")
    assert made.decision == "part"
    assert "The level without the name" in made.reason


def test_a_child_in_danger_does_not_wait_for_paper(room):
    changed = {"kind": "police", "urgent": "yes", "written": "no", "test": "A child is missing"}
    made = proposal(room, against=("confidence",), **changed)
    assert made.decision == "approved"
    assert any("in writing afterwards" in each for each in made.before)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"safe": "no"}, "Find a safe way"),
        ({"against": ("special",)}, "Name the law"),
        ({"kind": "regular"}, "agreement"),
        ({"told": "no"}, "privacy notice"),
    ],
)
def test_what_is_to_be_done_first_is_said(room, changed, told):
    made = proposal(room, **changed)
    assert made.decision == "approved"
    assert any(told in each for each in made.before)


def test_the_decision_is_kept_in_the_entry_with_its_reason(room):
    entry = room.sharing.save(WHOLE).entry
    assert entry.state == "asked"
    decided = room.sharing.decide(entry.id, entry.version, "Pat Example").entry
    assert decided.state == "approved"
    assert decided.values["decided_on"] == room.sharing.today()
    assert "It is no more than they need." in decided.values["because"]


def test_what_cannot_be_decided_stays_open(room):
    entry = room.sharing.save({**WHOLE, "sure": "no"}).entry
    with pytest.raises(DpdeskError, match="cannot be decided yet"):
        room.sharing.decide(entry.id, entry.version, "Pat Example")
    assert room.sharing.load(entry.id).state == "asked"


def test_none_of_these_cannot_stand_beside_one_of_them(room):
    with pytest.raises(InvalidEntry):
        room.sharing.save({**WHOLE, "against": ("nothing", "special")})


def test_the_decision_prints_with_the_answers_that_led_to_it(room):
    entry = room.sharing.save({**WHOLE, "safe": "no"}).entry
    asked = words(room.prints.decision(room.sharing, entry))
    assert "nobody has decided yet" in asked
    entry = room.sharing.decide(entry.id, entry.version, "Pat Example").entry
    text = words(room.prints.decision(room.sharing, entry))
    order = ["Yes, you may share this", "Decided by Pat Example", "To be done", "Find a safe way"]
    order += [
        "1. Who is asking, and for what?",
        "2. What for?",
        "5. Does it get there safely?",
        "Signed",
    ]
    places = [text.index(each) for each in order]
    assert places == sorted(places)
    assert "Ring back" not in text
