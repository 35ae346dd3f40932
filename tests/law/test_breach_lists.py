"""The breach log's lists: complete, in the regulator's order, each with its source."""

from __future__ import annotations

import re
import tomllib

import pytest

from dpdesk import resources
from dpdesk.law import breach_lists
from dpdesk.law.pick_lists import choices

CONTENT = tomllib.loads(resources.text("law", "breaches.toml"))
LISTS = sorted(set(CONTENT) - {"settings", "questions", "advice"})


@pytest.mark.parametrize("name", LISTS)
def test_each_answer_has_its_own_code_a_label_and_a_source(name):
    rows = choices(name, "breaches")
    assert len({row.code for row in rows}) == len(rows)
    assert len({row.label for row in rows}) == len(rows)
    for row in rows:
        assert re.fullmatch(r"[a-z][a-z0-9_]*", row.code)
        assert not row.label[0].islower()
        assert row.source
        assert not row.note or row.note.endswith(".")


def test_the_lists_of_the_regulator_are_whole_and_in_order():
    first = [each.label for each in choices("data_categories", "breaches")]
    assert len(first) == 17
    assert first[7:9] == ["Health data", "Basic personal identifiers, eg name, contact details"]
    second = [each.code for each in choices("people_categories", "breaches")]
    assert second == [
        "employees", "users", "subscribers", "students", "customers", "patients", "children",
        "vulnerable", "unknown", "other",
    ]  # fmt: skip


def test_the_questions_stand_in_the_order_of_the_form():
    numbers = [each.number for each in breach_lists.questions()]
    assert numbers == sorted(numbers, key=lambda n: (int(re.sub(r"\D", "", n)), n))
    assert {str(n) for n in range(33)} <= set(numbers)
    assert len(numbers) == len(set(numbers))


def test_questions_are_asked_only_where_they_apply():
    def asked(**when):
        return {each.number for each in breach_lists.questions() if each.applies(**when)}

    initial = asked(follow_up=False, cyber=False)
    follow_up = asked(follow_up=True, cyber=False)
    assert initial - follow_up == {"19"}
    assert follow_up - initial == {"2", "2d"}
    assert asked(follow_up=False, cyber=True) - initial == {"10a", "14", "15", "16", "17"}


@pytest.mark.parametrize(
    ("number", "options"),
    [
        ("1", "Initial report|Follow-up report"),
        (
            "2a",
            (
                "I consider the incident meets the threshold to report"
                "|I do not consider it meets the threshold but want you to be aware"
                "|I am unclear whether it meets the threshold"
            ),
        ),
        ("2b", "Fewer than 250 staff|250 staff or more"),
        ("2c", "Yes|No|Unknown"),
        ("4", "Yes|No|Don’t know"),
        (
            "13",
            (
                "Very likely|Likely|Neutral – neither likely nor unlikely|Unlikely|Very unlikely"
                "|Not yet known"
            ),
        ),
        ("13a", "Yes|No|Not yet known"),
        ("14", "Yes|No|Don’t know"),
        ("15", "Confidentiality|Integrity|Availability"),
        (
            "16",
            (
                "High – lost ability to provide all critical services to all users"
                "|Medium – lost ability to provide a critical service to some users"
                "|Low – no loss of efficiency, or low loss, still providing all critical services "
                "to all users|Not yet known"
            ),
        ),
        (
            "17",
            (
                "Regular – predictable with existing resources"
                "|Supplemented – predictable with additional resources"
                "|Extended – not predictable, need extra resources"
                "|Not recoverable (e.g. back-ups cannot be restored)"
                "|Complete/already recovered|Not yet known"
            ),
        ),
        ("18", "Yes|No|Don’t know"),
        ("21", "Yes|No"),
        (
            "23",
            (
                "Yes, we’ve told affected data subjects"
                "|We’re about to, or are in the process of, telling them"
                "|No, they’re already aware|No, but we’re planning to|No, we’ve decided not to"
                "|We haven’t decided yet if we will|Something else (details)"
            ),
        ),
        ("24", "Yes|No|Don’t know"),
        ("25", "Yes|No"),
    ],
)
def test_the_answers_offered_are_those_of_the_form(number, options):
    by_number = {each.number: each for each in breach_lists.questions()}
    assert "|".join(by_number[number].options) == options


def test_bodies_whose_names_may_change_say_how_sure_they_are():
    bodies = breach_lists.bodies()
    assert set(bodies) == {"police", "insurer", "fraud", "ncsc", "authority"}
    assert bodies["fraud"].name == "Report Fraud"
    assert "adviser" in bodies["fraud"].help
    assert all(body.source for body in bodies.values())


def test_a_question_whose_wording_is_not_confirmed_says_so():
    by_number = {each.number: each for each in breach_lists.questions()}
    assert by_number["3"].caution == ""
    assert "adviser" in by_number["22"].caution


def test_every_word_of_the_school_leads_to_the_regulators_list():
    for terms, name in (
        (breach_lists.data_terms(), "data_categories"),
        (breach_lists.people_terms(), "people_categories"),
    ):
        official = {each.code for each in choices(name, "breaches")}
        assert all(set(term.ico) <= official and term.ico for term in terms.values())
    rows = CONTENT["data_terms"] + CONTENT["data_categories"]
    assert len({row["code"] for row in rows}) == len(rows)


def test_a_mixture_of_words_becomes_the_regulators_in_the_order_of_the_form():
    found = breach_lists.for_regulator(breach_lists.data_terms(), ("payroll", "send", "contact"))
    assert found == ("health", "basic", "financial")
    assert breach_lists.own_words(breach_lists.data_terms(), ("safeguarding", "send")) == (
        "Safeguarding and child protection",
    )


def test_first_steps_fit_the_kind_of_incident():
    assert "ask_delete" in breach_lists.first_steps("email_wrong")
    assert "wipe" not in breach_lists.first_steps("email_wrong")
    assert "wipe" in breach_lists.first_steps(None, equipment=True)
    assert "tell_head" in breach_lists.first_steps("ransomware")
    types = {each.code for each in choices("incident_types", "breaches")}
    for row in CONTENT["first_steps"]:
        assert set(row["for"]) <= types | {"all", "equipment"}


def test_advice_follows_the_kinds_of_data():
    assert any("password" in each for each in breach_lists.advice_for(["logins"])[:1])
    assert len(breach_lists.advice_for(["attainment"])) == 1


def test_the_harms_that_the_policy_names_follow_from_the_data():
    assert breach_lists.harms_of(["send", "fees"]) == ("social", "finance")


def test_the_schools_own_words_stand_for_the_regulators():
    offered = [each.code for each in breach_lists.data_choices()]
    assert breach_lists.said_by_school() == {"basic", "logins", "financial", "health", "criminal"}
    assert offered.index("medical") < offered.index("location")
    assert offered[-2:] == ["unknown", "other"]
    # One list with one word for one thing: what the school says by its own word stands once.
    assert set(breach_lists.data_terms()) - set(offered) == breach_lists.said_by_school()
    people = [each.code for each in breach_lists.people_choices()]
    assert {"pupils", "staff", "parents", "vulnerable", "unknown", "other"} <= set(people)
    assert not {"students", "employees", "customers", "patients", "children"} & set(people)


def test_kinds_of_data_are_found_by_the_words_people_look_for():
    labels = {each.code: each.label.casefold() for each in breach_lists.data_choices()}
    assert "allerg" in labels["medical"]


def test_what_a_school_rarely_holds_is_marked_and_never_what_it_often_does():
    rare = {each.code for each in breach_lists.data_choices() if each.rare}
    assert {"union", "genetic", "political"} <= rare
    assert not rare & {"contact", "medical", "safeguarding", "send", "ethnic", "unknown", "other"}
    # The question below is to be seen with this one.
    assert len(breach_lists.data_choices()) - len(rare) <= 16
