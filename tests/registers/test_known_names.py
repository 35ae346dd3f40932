"""Names are found however they are written; plain words are left in peace."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dpdesk.registers.known_names import KnownNames, words_of

NAMES = (
    "Kit Invented",
    "Zoë O’Brien-Smith",
    "Will Grace",
    "Mark Young",
    "Grace May Bishop",
    "Mrs J. Sample (tutor)",
    "Example, Robin",
    "Dana Pryce, DPO",
    "alex hasty",
    "Marie-Claire de la Fontaine",
    "Pat Head",
    "Li Na",
    "Head of Year 4",
    "the family",
    "Parents of Year 6",
    "DP",
    "Otter Class teacher",
)


def found(text, names=NAMES):
    return [text[start:end] for start, end in KnownNames(names).places(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Kit Invented opened it.", ["Kit Invented"]),
        ("KIT INVENTED opened it.", ["KIT INVENTED"]),
        ("kit invented opened it.", ["kit invented"]),
        ("It was Kit’s, and Invented's.", ["Kit’s", "Invented's"]),
        ("Kit opened it, not Invented.", ["Kit", "Invented"]),
        ("K. Invented and K Invented", ["K. Invented", "K Invented"]),
        ("Invented, Kit", ["Invented, Kit"]),
        ("Invented Kit", ["Invented Kit"]),
        ("Zoe Obrien Smith", ["Zoe Obrien Smith"]),
        ("ZOÉ O'BRIEN-SMITH", ["ZOÉ O'BRIEN-SMITH"]),
        ("Marie Claire wrote; Fontaine answered.", ["Marie Claire", "Fontaine"]),
        ("J. Sample saw it.", ["J. Sample"]),
        ("Robin Example or R. Example", ["Robin Example", "R. Example"]),
        ("Alex Hasty and alex hasty", ["Alex Hasty", "alex hasty"]),
        ("Pat Head rang.", ["Pat Head"]),
        ("Na Li, or Li alone", ["Na Li", "Li"]),
        ("A letter about Mr Young and Mrs May.", ["Young", "May"]),
        ("It was Grace again, and Mark too.", ["Grace", "Mark"]),
        ("Mark sent it. Grace was told.", ["Mark", "Grace"]),
        ("Will Grace sent it.", ["Will Grace"]),
        ("It was May’s letter.", ["May’s"]),
        ("M. Young sent it.", ["M. Young"]),
    ],
)
def test_a_name_is_found_however_it_is_written(text, names):
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Will be done by Friday. Will the school write again? It will be done.",
        "Grace period of two days. The Grace period ends. A grace period was given.",
        "In May 2026, and from May to June. It may be.",
        "Young people were told. Mark the date. Mark all of it.",
        "A head of year told the family. Head of Year 4. The family was told. Parents of Year 6.",
        "A sample, for example; an invented case; a bishop; a kit for PE.",
        "The teacher of the class, the DPO and the office. DP training is due.",
        "The class was away.",
        "WILL BE DONE",
        "",
    ],
)
def test_plain_words_months_and_posts_are_left_in_peace(text):
    assert found(text) == []


def test_the_longest_name_is_told_once():
    assert found("Grace May Bishop wrote.") == ["Grace May Bishop"]
    assert found("Grace Bishop wrote.") == ["Grace Bishop"]


LETTERS = st.text("abcdefghijklmnopqrstuvwxyzéöß", min_size=3, max_size=9)


@given(LETTERS, LETTERS, st.sampled_from(("{0} {1}", "{1}, {0}", "{0}-{1}")))
def test_any_two_words_typed_as_a_name_are_found_in_any_case(first, last, pattern):
    # "Deputy Head" is a post, and two posts in a row are nobody's name.
    assume(not {first.casefold(), last.casefold()} <= words_of("posts"))
    name = f"{first.capitalize()} {last.capitalize()}"
    for written in (name, name.upper()):
        text = "Somebody, " + pattern.format(*written.split(" ")) + ", opened it."
        assert found(text, [name]), text


@given(st.lists(st.text(max_size=30), max_size=5), st.text(max_size=200))
def test_no_text_and_no_name_is_too_strange(names, text):
    last = 0
    for start, end in KnownNames(names).places(text):
        assert last <= start < end <= len(text)
        last = end


SURE = (
    "Thomas Ng",
    "kacper wójcik",
    "Courtney Ox",
    "Janet Bo",
    "Will Li",
    "Verity Vole",
    "Ann Kent",
)


def on_record(text):
    return [text[start:end] for start, end in KnownNames((), SURE).places(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Kacper’s care plan", ["Kacper’s"]),
        ("Notice for Kacper", ["Kacper"]),
        ("The Ng family asked.", ["Ng"]),
        ("Ox and Bo were told.", ["Ox", "Bo"]),
        ("Tom rang; Tommy Ng wrote.", ["Tom", "Tommy Ng"]),
        ("Court told us. Jan’s mother rang.", ["Court", "Jan’s"]),
        ("A letter from Will, and Mr Kent.", ["Will", "Kent"]),
        ("Kent was away.", ["Kent"]),
    ],
)
def test_a_first_name_alone_a_short_surname_and_a_nickname_are_found(text, names):
    assert on_record(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Court orders are kept in the safe. The High Court decided.",
        "Very few asked. Will be done by 12 Jan 2027. In May all was well; mark it.",
        "Kent County Council asked again.",
        "A li of the page; an ox; the bo tree; tom-toms.",
    ],
)
def test_words_that_are_also_nicknames_or_places_are_left_in_peace(text):
    assert on_record(text) == []


def test_the_words_of_a_body_are_nobodys_name_alone():
    names = ["Metropolitan Police", "Wren Larch (nurse)"]
    assert found("The Metropolitan line", names) == []
    assert found("The Metropolitan Police rang; Larch too", names) == [
        "Metropolitan Police",
        "Larch",
    ]
