"""May this picture be used? A name that may mean somebody else too is no yes."""

from __future__ import annotations

import pytest

from tests.consents.conftest import DAY


@pytest.fixture
def asked(consents, family, say):
    """Makes pupils who all have consent, and asks about names."""

    def ask(*names):
        return consents.may_use(names, "Website")

    def make(surname, forename, **more):
        one = family(surname, forename, **more)
        say(one.pupil, "given", one.mother)
        return one.pupil

    return make, ask


@pytest.mark.parametrize("typed", ["Sam Lee", "Samuel Lee", "lee, sam", "Sam LEE"])
def test_a_short_name_beside_a_long_one_is_a_doubt(asked, typed):
    make, ask = asked
    make("Lee", "Sam")
    assert ask(typed.replace("Samuel", "Sam")).allowed
    make("Lee", "Samuel", form="6A", year_group="6")
    found = ask(typed)
    assert not found.allowed
    assert "Sam Lee (4B)" in found.people[0].why
    assert "Samuel Lee (6A)" in found.people[0].why
    assert found.people[0].why.endswith("Add the class in brackets.")
    for plain in ("Sam Lee (4B)", "Samuel Lee 6A", "Sam Lee,4B"):
        assert ask(plain).allowed, plain


def test_short_and_long_name_in_one_class_need_the_reference(asked):
    make, ask = asked
    sam, samuel = make("Lee", "Sam"), make("Lee", "Samuel")
    (found,) = ask("Sam Lee (4B)").people
    assert found.answer == "unknown"
    assert sam.reference in found.why
    assert samuel.reference in found.why
    assert ask(sam.reference).allowed


def test_a_leaver_of_the_long_name_is_no_doubt(asked, consents):
    make, ask = asked
    make("Lee", "Sam")
    make("Lee", "Samuel", left_on=consents.today() - DAY)
    assert ask("Sam Lee").allowed


@pytest.mark.parametrize(
    "lines", [["Ana Ward, Ana Ward"], ["Ana Ward", "Ana Ward"], ["Ana Ward; Ward, Ana"]]
)
def test_the_same_name_twice_may_be_two_children(asked, lines):
    make, ask = asked
    pupil = make("Ward", "Ana")
    found = ask(*lines)
    assert not found.allowed
    assert "is in the list 2 times" in found.people[0].why
    assert ask(pupil.reference, pupil.reference).allowed


@pytest.mark.parametrize(
    "line",
    ["Ana Ward,4B", "Ward,Ana,4B", "Ana Ward/4B", "Ana Ward-4B", "4B,Ana Ward", "Ana Ward:4B"],
)
def test_a_class_needs_no_blank_before_it(asked, line):
    make, ask = asked
    make("Ward", "Ana")
    make("Ward", "Ana", form="4A")
    (found,) = ask(line).people
    assert found.called == "Ana Ward (4B)"
    assert not ask(line.replace("4B", "5C")).allowed


def test_two_of_one_name_in_one_class_are_told_apart_by_reference(asked):
    make, ask = asked
    one, other = make("Ward", "Ana"), make("Ward", "Ana")
    why = ask("Ana Ward").people[0].why
    assert "Add the class" not in why
    assert one.reference in why
    assert other.reference in why
    assert ask(one.reference).allowed


def test_a_yes_about_a_leaver_says_for_which_pictures_it_holds(asked, consents, people):
    make, ask = asked
    make("Ward", "Ana", left_on=consents.today() - DAY)
    found = ask("Ana Ward")
    assert found.allowed
    assert "not at school now" in found.people[0].why
    assert "pictures taken while they were here" in found.people[0].why
