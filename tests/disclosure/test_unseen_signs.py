"""Signs that nobody sees, such as places where a word may be broken, hide no name and no number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.disclosure.proposing import PEOPLE, a_party, doubtful, kept, proposed

SIGNS = ("\u200b", "\u200c", "\u200d", "\ufeff", "\u2060", "\u00ad", "\u200e")
TEXTS = (
    "then Harry Smith ran", "SMITH, Harry (5B)", "H. Smith was late", "then harry smith hit him",
    "Harry Smyth. Harry Smiht too", "Mrs Adeyemi-Cole rang", "Tom Ward rang, Thomas sent it",
    "Mr Zajac wrote, and Zajac rang", "Then HARRY PATEL came", "Grace was here", "Smith came too",
    "ask Linda Brown about Ethan Walker", "call 07700 900456 or j.price@mail.example",
    "born 01/04/2015",
)  # fmt: skip


def without(texts):
    return [text.translate(dict.fromkeys(map(ord, SIGNS))) for text in texts]


@st.composite
def with_signs(draw):
    """A text, and the same with a sign in some of its words."""
    text = draw(st.sampled_from(TEXTS))
    sign = draw(st.sampled_from(SIGNS))
    inside = [at for at in range(1, len(text)) if text[at - 1].islower() and text[at].islower()]
    inside += [at for at in range(1, len(text)) if text[at - 1 : at + 1].isdecimal()]
    places = draw(st.sets(st.sampled_from(inside), min_size=1, max_size=4))
    made = "".join(sign * (at in places) + letter for at, letter in enumerate(text))
    return text, made


@given(with_signs())
def test_what_has_signs_that_nobody_sees_is_as_certain_as_without(pair):
    plain, made = pair
    assert without(proposed(made)) == proposed(plain)
    assert without(doubtful(made)) == doubtful(plain)
    assert without(kept(made)) == list(kept(plain))


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("saw HAR~RY SMI~TH today", ["HAR~RY SMI~TH"]),
        ("then ~Harry~ ~Smith~ came", ["~Harry~ ~Smith~"]),
        ("then Har~ ry Smith came", ["Har~ ry Smith"]),
        ("then H~A~R~R~Y came", ["H~A~R~R~Y"]),
        ("then Harry~Smith came", ["Harry~Smith"]),
        ("then Patel~Oluwaseun came", ["Patel~Oluwaseun"]),
        ("then PATEL~OLUWASEUN came", ["PATEL~OLUWASEUN"]),
    ],
)
def test_a_sign_that_nobody_sees_neither_hides_nor_halves_a_name(sign, text, found):
    assert proposed(text.replace("~", sign)) == [one.replace("~", sign) for one in found]


def test_a_name_that_was_entered_with_such_a_sign_is_found_without_it():
    people = (*PEOPLE, a_party(90, "pupil", "Tabi\u200btha Crum\u00adb"))
    assert proposed("then Tabitha Crumb came", people=people) == ["Tabitha Crumb"]
