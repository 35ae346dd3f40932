"""Names are found however they are written; plain words are left in peace."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dpdesk.breaches.known_names import KnownNames, words_of
from tests.builders import a_request

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


def test_names_typed_anywhere_in_the_workspace_are_known(desk, incident):
    request = a_request(
        desk,
        subject="Kit Unheard",
        subject_kind="staff",
        identity_documents=("known",),
        requester="Bo Zest",
        received_by="Cy Quill",
    )
    given = {"to_whom": "Di Vantage", "given_on": dt.date(2026, 11, 10), "how": "collected"}
    desk.requests.requests.handovers.save(given, parent_id=request.id)
    other = incident(found_by="Eli Marrow", staff="Flo Tansy and Gus Umber")
    desk.breaches.breaches.staff.save({"post": "Tutor", "name": "Hal Yonder"}, parent_id=other.id)
    told = {"whom": "people", "name": "Ivo Larch"}
    desk.breaches.breaches.told.save(told, parent_id=other.id)
    desk.breaches.breaches.told.save({"whom": "insurer", "name": "Jot Mutual"}, parent_id=other.id)
    people = "Kit Unheard|Bo Zest|Cy Quill|Di Vantage|Eli Marrow|Flo Tansy|Gus Umber|Hal Yonder|"
    wanted = [*f"{people}Ivo Larch".split("|")]
    entry = incident(what="; ".join([*wanted, "Jot Mutual"]))
    warned = desk.breaches.reporting.warnings(entry, desk.breaches.reporting.answers(entry))
    assert [each.found for each in warned] == wanted
