"""What people are called on computers is proposed, and doubtful where it may be something else."""

from __future__ import annotations

import pytest

from tests.disclosure.proposing import PEOPLE, a_party, doubtful, kept, proposed, suggest


@pytest.mark.parametrize(
    "name",
    [
        "harry.smith", "harry_smith", "harry-smith", "smith.harry", "smith_harry", "smith-harry",
        "h.smith", "h_smith", "smith.h", "smith_h", "H.SMITH", "h.smith2", "15h.smith",
        "smith-harry-2", "SCHOOL\\h.smith", "w.harper", "jo.price", "cole.oluwaseun",
    ],
)  # fmt: skip
def test_a_user_name_with_a_sign_in_it_is_proposed(name):
    assert proposed(f"the account {name} is locked") == [name]
    assert proposed(f"locked: ({name}), since Monday") == [f"({name}),"]


@pytest.mark.parametrize(
    "name",
    [
        "hsmith", "smithh", "HSMITH", "SMITHH", "hsmith01", "15hsmith", "15smithh", "h-smith",
        "smith-h", "hpatel", "patelh", "gyoung", "wharper", "user:hsmith", "SCHOOL\\hsmith",
    ],
)  # fmt: skip
def test_a_user_name_without_one_is_on_the_list_to_look_through(name):
    assert proposed(f"the account {name} is locked") == []
    assert doubtful(f"the account {name} is locked") == [name]


@pytest.mark.parametrize(
    "name",
    [
        "vandijkn", "nvandijk", "vandijk.n", "n.vandijk", "harrysm", "smharry19", "smithha01",
        "smihar02", "h_smith_4b", "smith19h", "hj.smith2019", "h.j.smith", "oadeyemicole",
        "hsmith2019@", "@hsmith", "P:\\Pupils\\hsmith\\Work", "/pupils/harrysm/x",
        "hsmith.docx", "EHCP_HSmith_2026.docx",
    ],
)  # fmt: skip
def test_a_user_name_cut_short_is_on_the_list_to_look_through(name):
    assert proposed(f"the account {name} is locked") == []
    assert doubtful(f"the account {name}, is locked") == [f"{name},"]


def test_words_that_are_names_cut_short_by_chance_are_left_alone():
    names = ("Mark Ettrick", "Enid Ward", "Ann Other", "Grant Edwards", "Shona Ally", "Rea Derby")
    people = tuple(a_party(90 + at, "pupil", name) for at, name in enumerate(names))
    text = "another, a warden; the market was granted, an x-ray of a reader, p.4b and no other/one"
    assert suggest(text, people=people).candidates == ()


def test_words_and_programs_are_no_user_names_of_those_met_by_mistake():
    text = "Standards Version 4 it says. All versions, each version, a version and the version"
    assert doubtful(text) == []
    assert [one for one in doubtful("see _read_smith(h) and smith(h)") if "(" in one[1:-1]] == []


def test_a_day_behind_a_doubtful_user_name_is_nobodys_birth():
    lines = [f"hsmith {day}/05/2014" for day in (12, 13, 14)]
    found = suggest(f"the list says {' and '.join(lines)}").candidates
    assert [one.text for one in found] == ["hsmith"] * 3


def test_a_user_name_that_two_people_may_have_is_doubtful():
    people = (*PEOPLE, a_party(90, "pupil", "Hannah Smith"))
    assert doubtful("the account h.smith is locked", people=people) == ["h.smith"]
    assert proposed("the account harry.smith is locked", people=people) == ["harry.smith"]


def test_the_user_name_of_somebody_who_is_kept_is_kept():
    assert kept("the accounts ewalker, e.walker, 19walkere, ejwalker and lbrown") == {
        "ewalker,": "subject", "e.walker,": "subject", "19walkere,": "subject",
        "ejwalker": "subject", "lbrown": "staff",
    }  # fmt: skip


def test_a_doubtful_user_name_does_not_say_that_somebody_is_named():
    people = (*PEOPLE, a_party(90, "pupil", "Harry Tull"))
    assert doubtful("the account htull is locked. Harry Patel ran. Harry left", people=people) == [
        "htull"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "we shall award a sharper chart", "woods, wards, reads, smithy and youngs", "SHALL AWARD",
        "an e-mail, an x-ray and a t-shirt", "small prices and bright browns", "i.e. and e.g.",
        "Browne, Cooke and Clarke-Harte", "the harrys and smiths", "see p.ward3x and file.h",
    ],
)  # fmt: skip
def test_words_that_are_no_user_names_are_left_alone(text):
    found = {*proposed(text), *doubtful(text)}
    assert not {one for one in found if not one[0].isupper()} - {"harrys", "smiths"}
