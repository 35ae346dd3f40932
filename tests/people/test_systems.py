"""Eight school systems write one school in eight shapes: the same people come in, each once."""

from __future__ import annotations

import itertools

import pytest

from dpdesk.people.matching import Fate
from tests.people import systems
from tests.people.systems import SCHOOL, SYSTEMS

TELLS_BIRTH = SYSTEMS.keys() - {"bare", "short"}
TELLS_RESPONSIBILITY = SYSTEMS.keys() - {"bare", "short"}


@pytest.fixture
def bring(desk):
    importing = desk.people.importing

    def bring_in(name):
        for file, content in SYSTEMS[name]():
            plan = importing.plan(importing.read(file, content))
            assert [each.listed.name for each in plan.of(Fate.DOUBTFUL)] == []
            importing.accept(plan)

    return bring_in


def pupils_of(people):
    """The pupils by surname, and by birth or class: that tells two of one name apart."""
    found = [each for each in people.known() if each.kind == "pupil"]
    by = {(each.values["surname"], each.values.get("born") or each.form): each for each in found}
    assert len(by) == len(found)
    return by


def children(name):
    """Who is in the list of a system; one of them names nobody who has left."""
    return SCHOOL if name in {"report", "template"} else SCHOOL[:-1]


@pytest.mark.parametrize("name", SYSTEMS)
def test_everybody_comes_in_once_with_what_the_list_says_of_them(people, bring, name):
    bring(name)
    found = pupils_of(people)
    wanted = {
        (each.surname, each.born if name in TELLS_BIRTH else each.form): each
        for each in children(name)
    }
    assert found.keys() == wanted.keys()
    for key, child in wanted.items():
        pupil = found[key]
        assert pupil.form == ("" if name in {"by_parent", "transfer"} else child.form)
        assert pupil.year_group == ("" if name == "by_parent" else str(child.year))
        assert pupil.here == (child.left is None)
    adults = [each for each in people.known() if each.kind == "parent"]
    told = {a.id for c in wanted.values() for a, who, _, _ in c.contacts if _told(name, who)}
    assert len(adults) == (len(told) if name in TELLS_RESPONSIBILITY else 0)


def _is(pupil, child):
    return (pupil.values["surname"], pupil.values["born"]) == (child.surname, child.born)


def _told(name, who):
    """One of the systems has columns for mother and father only."""
    return name != "template" or who in {"Mother", "Father"}


@pytest.mark.parametrize("name", sorted(TELLS_RESPONSIBILITY))
def test_parental_responsibility_comes_in_as_it_was_written(people, bring, name):
    bring(name)
    for child in children(name):
        (pupil,) = (each for each in people.known() if each.kind == "pupil" and _is(each, child))
        names = {each.id: each.name for each in people.known()}
        parts = people.relationships.parts(pupil.id)
        found = {names[part.values["adult"]]: part.values.get("responsible") for part in parts}
        assert found == {
            f"{a.forename} {a.surname}": "yes" if legal else "no"
            for a, who, legal, _ in child.contacts
            if _told(name, who)
        }


@pytest.mark.parametrize("name", SYSTEMS)
def test_the_same_list_once_more_changes_nothing(desk, people, bring, name):
    bring(name)
    before = len(people.known())
    importing = desk.people.importing
    for file, content in SYSTEMS[name]():
        plan = importing.plan(importing.read(file, content))
        assert not plan.of(Fate.NEW)
        assert not plan.of(Fate.DOUBTFUL)
        assert not plan.links
    assert len(people.known()) == before


@pytest.mark.parametrize(
    ("first", "second"),
    list(itertools.permutations(["report", "quoted", "workbook", "transfer"], 2)),
)
def test_a_school_that_changes_its_system_keeps_everybody_once(people, bring, first, second):
    bring(first)
    names = sorted((each.kind, each.values["surname"]) for each in people.known())
    bring(second)
    again = sorted((each.kind, each.values["surname"]) for each in people.known())
    extra = 2 if second == "report" and first != "report" else 0  # the leaver, whom only it has
    assert len(again) - len(names) <= extra
    assert set(names) <= set(again)


def test_who_has_not_started_is_left_out_and_said(desk):
    importing = desk.people.importing
    file, content = systems.report()[0]
    listing = importing.read(file, content)
    assert any("not started" in note for note in listing.people.notes)
    assert systems.COMING.surname not in {each.values["surname"] for each in listing.people.people}
