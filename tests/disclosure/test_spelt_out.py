"""Names written letter by letter are proposed as a whole: no half of one stays to be read."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.disclosure.candidates import PERSON
from tests.disclosure.proposing import PEOPLE, a_party, doubtful, kept, proposed, suggest

NAMES = (
    "Harry Smith", "Harry Patel", "Grace Young", "William Harper", "Joanna Price", "Thomas Ward",
    "Oluwaseun Cole", "Linda Brown", "Ethan Walker", "May Hall",
)  # fmt: skip
OTHERS = tuple(
    a_party(90 + at, "pupil", f"{name} Quill") for at, name in enumerate(("Nora", "Rina", "Ian"))
)
WAYS = (" ", ".", ". ", "-", " - ", "- ", "\u2009", "\u200a", "\u00a0", "_", " . ", " · ", "\n")
"""What stands between two letters; a line ends in the last."""
CASES = (str.upper, str.title, str.lower)


def spelt(name: str, way: str) -> str:
    return way.join(name)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("then HARRY S M I T H came", ["HARRY S M I T H"]),
        ("then H a r r y S m i t h came", ["H a r r y S m i t h"]),
        ("then H.a.r.r.y came", ["H.a.r.r.y"]),
        ("S M I T H, H A R R Y (5B)", ["S M I T H, H A R R Y"]),
        ("Harry S M I T H and G R A C E YOUNG", ["Harry S M I T H", "G R A C E YOUNG"]),
        ("S M I T H H A R R Y", ["S M I T H H A R R Y"]),
        ("H S M I T H left", ["H S M I T H"]),
        ("H A R R Y J S M I T H left", ["H A R R Y J S M I T H"]),
        ("told Mr S M I T H so", ["S M I T H"]),
        ("Harry S m i t h's coat", ["Harry S m i t h's"]),
        ("(H A R R Y S M I T H) left", ["(H A R R Y S M I T H)"]),
        ("a H a r r y S m i t h came", ["H a r r y S m i t h"]),
        ("H.A.R.R.Y.S.M.I.T.H left", ["H.A.R.R.Y.S.M.I.T.H"]),
        ("H-a-r-r-y S_m_i_t_h left", ["H-a-r-r-y S_m_i_t_h"]),
        ("HARRYS M I T H left", ["HARRYS M I T H"]),
        ("called Har r y SM I TH", ["Har r y SM I TH"]),
        ("called H A RRY S MITH", ["H A RRY S MITH"]),
        ("called HARRY SM ITH so", ["HARRY SM ITH"]),
        ("called Har\nry Smith so", ["Har ry Smith"]),
        ("with Thom as Ward, and Thom as ever", ["Thom as Ward,", "Thom"]),
        ("called Ol uwas eun Adeyemi-Cole", ["Ol uwas eun Adeyemi-Cole"]),
        ("then N o o r v a n D i j k came", ["N o o r v a n D i j k"]),
        ("BEHAVIOUR P L A N H A R R Y S M I T H 2026", ["H A R R Y S M I T H"]),
        ("O l u w a s e u n A d e y e m i - C o l e,",
         ["O l u w a s e u n A d e y e m i - C o l e,"]),
        ("I saw H A R R Y. A boy ran", ["H A R R Y."]),
        ("Mr Zajac came. Z A J A C left", ["Zajac", "Z A J A C"]),
    ],
)  # fmt: skip
def test_a_name_that_is_spelt_out_is_proposed_as_a_whole(text, found):
    assert proposed(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("HARRY P O T T E R came", ["HARRY P O T T E R"]),
        ("H A R R Y P O T T E R came", ["H A R R Y P O T T E R"]),
        ("Mr. Z A J A C came", ["Z A J A C"]),
    ],
)
def test_a_surname_nobody_bears_is_spelt_out_beside_what_tells_that_it_is_one(text, found):
    assert proposed(text) == found


@pytest.mark.parametrize("text", ["S M I T H was here", "s m i t h was here", "S m\nith was here"])
def test_a_name_that_is_also_a_word_is_as_doubtful_spelt_out(text):
    assert proposed(text) == []
    assert doubtful(text) == [text.removesuffix(" was here").replace("\n", " ")]


def test_the_person_whose_data_it_is_stays_also_spelt_out():
    assert kept("E T H A N W A L K E R") == {"E T H A N W A L K E R": "subject"}


@pytest.mark.parametrize(
    "text",
    [
        "A B C", "a b c d e", "P E and R E", "J S, H S, M T and P E", "J. S. and M. T. sat",
        "A D A B E A C A D E", "W A R D E N", "J A C K E T", "M T W T F", "Class A Class B Class C",
        "i. an old list ii. a new one", "Year 4 H all week", "press L in such places", "N/A N / A",
        "E X A M R E S U L T S", "P A G E 2", "P.E. and I.T. and R.E.", "e-mail the T-shirt",
        "either '+n' or a", "the letter r in a word", "x i an", "M F M M F",
        "Plan B and Plan C", "S c h o o l R e p o r t",
    ],
)  # fmt: skip
def test_single_letters_that_are_no_name_are_left_alone(text):
    found = suggest(text, people=(*PEOPLE, *OTHERS))
    assert [one.text for one in found.candidates if one.kind == PERSON] == []


@given(
    st.sampled_from(NAMES), st.sampled_from(WAYS), st.sampled_from(CASES),
    st.sampled_from(("first", "last", "both")),
    st.sampled_from(("then {} came", "{}", "({}), and")),
)  # fmt: skip
def test_whatever_is_marked_of_a_spelt_out_name_is_the_whole_of_it(name, way, case, which, around):
    first, last = case(name).split()
    words = {
        "first": f"{spelt(first, way)} {last}",
        "last": f"{first} {spelt(last, way)}",
        "both": f"{spelt(first, way)} {spelt(last, way)}",
    }[which]
    text = around.format(words)
    begin = len(around.partition("{")[0].split()) * (not around.startswith("("))
    whole = set(range(begin, begin + len(words.split())))
    marked = [set(one.indexes) for one in suggest(text).candidates]
    assert [one for one in marked if one & whole] == [whole]


@st.composite
def parted(draw):
    """A name of which some letters stand alone, before and behind others in one piece."""
    found = []
    for name in draw(st.sampled_from(NAMES)).split():
        written = draw(st.sampled_from((str.upper, str.title)))(name)
        first = draw(st.integers(0, len(name) - 1))
        last = draw(st.integers(first + 1, len(name)))
        pieces = (written[:first], *written[first:last], written[last:])
        found += [piece for piece in pieces if piece]
    return found


@st.composite
def torn(draw):
    """A name in pieces of several letters, which may be words or names by themselves."""
    found = []
    for each in draw(st.sampled_from((str.upper, str.title)))(draw(st.sampled_from(NAMES))).split():
        at = draw(st.integers(2, len(each) - 2)) if len(each) >= 4 else len(each)
        more = draw(st.integers(at + 2, len(each))) if len(each) >= at + 4 else len(each)
        more = more if len(each) - more >= 2 else len(each)
        found += [piece for piece in (each[:at], each[at:more], each[more:]) if piece]
    return found


@given(parted() | torn())
def test_no_piece_of_a_name_in_pieces_stays_beside_what_is_marked(pieces):
    whole = set(range(1, 1 + len(pieces)))
    marked = [set(one.indexes) for one in suggest(" ".join(["told", *pieces, "so"])).candidates]
    assert [one for one in marked if one & whole] == [whole]


@pytest.mark.parametrize(
    "text",
    [
        "HARRYS MITH", "Harrys Mith", "HARRYSMITH,", "HAR RYSMITH", "SMITHH ARRY", "harrys miths",
        "JOPRICE", "JOP RICE", "NOORV AN DIJK", "NoorvanDijk", "HSMI TH", "(WILLIAMHARP ER)",
    ],
)  # fmt: skip
def test_a_name_whose_spaces_were_moved_or_dropped_is_proposed_as_a_whole(text):
    assert proposed(f"then {text} came") == [text]
    assert proposed(f"{text} and G R A C E YOUNG") == [text, "G R A C E YOUNG"]


def test_the_person_whose_data_it_is_stays_also_with_moved_spaces():
    assert set(kept("ETHANJ AMESW ALKER and EthanJWalker").values()) == {"subject"}


def test_words_that_are_a_name_together_by_chance_are_left_alone():
    people = (*PEOPLE, a_party(90, "pupil", "Will Ingram"))
    text = "a willing ram, willing to ram, a ram that is willing; willing ram"
    assert proposed(text, people=people) == doubtful(text, people=people) == []


@st.composite
def moved(draw):
    """The letters of a whole name, parted anywhere but where its space was."""
    first, last = draw(st.sampled_from(NAMES)).split()
    written = draw(st.sampled_from((str.upper, str.lower, lambda text: text)))
    one, two = draw(st.sampled_from(((first, last), (last, first))))
    text = written(one + two)
    cuts = draw(st.sets(st.integers(1, len(text) - 1), max_size=3)) - {len(one)}
    bounds = [0, *sorted(cuts), len(text)]
    return [text[start:end] for start, end in pairwise(bounds)]


@given(moved())
def test_whatever_is_marked_of_a_name_with_moved_spaces_is_the_whole_of_it(pieces):
    whole = set(range(1, 1 + len(pieces)))
    marked = [set(one.indexes) for one in suggest(" ".join(["told", *pieces, "so"])).candidates]
    assert [one for one in marked if one & whole] == [whole]
