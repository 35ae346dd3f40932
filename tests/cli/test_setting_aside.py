"""``aside``: what is no part of the answer, without a window."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.disclosure.mails import BOB, a_mail

TEXT = "Robin Example did not come to the trip on Friday and nobody at home knew where he was then."


@pytest.fixture
def request_of(work, tmp_path):
    """Runs a command on the one request: two messages of a thread, a menu, an old letter."""
    made = work("new", "requests", "--set", "subject=Robin Example", "received=3/9/2026").json
    folder = tmp_path / "mails"
    folder.mkdir()
    quoted = "\n".join(f"> {line}" for line in TEXT.split(" on "))
    mails = {
        "1.eml": a_mail("Trip", TEXT.replace(" on ", "\non "), number="a@x"),
        "2.eml": a_mail(
            "Re: Trip", f"I rang.\n\nAnn wrote:\n{quoted.replace('> Friday', '> on Friday')}",
            sender=BOB, number="b@x", answers=("a@x",), hour=10,
        ),
        "3.eml": a_mail("Menu", "Soup and bread.", number="c@x"),
        "4.eml": a_mail("Old", "Robin was ill.", number="d@x", day=dt.date(2019, 5, 1)),
    }  # fmt: skip
    for name, content in mails.items():
        (folder / name).write_bytes(content)
    work("add", made["reference"], folder)
    return lambda command, *words: work(command, made["reference"], *words)


def _named(said):
    return {one["number"]: one["named"] for one in said.json["documents"]}


def test_the_list_says_what_belongs_together_and_what_is_proposed(request_of):
    listed = request_of("aside")
    assert listed.code == 0
    rows = listed.json["documents"]
    assert [row["thread"] for row in rows] == [1, 1, 3, 4]
    assert rows[0]["like"].startswith("All of it is in document 2")
    assert [row["proposed"] for row in rows] == [True, False, False, False]
    assert [row["named"] for row in rows] == [None] * 4
    request_of("suggest")
    assert _named(request_of("aside")) == {1: 1, 2: 1, 3: 0, 4: 1}


def test_what_is_proposed_is_set_aside_with_its_record_and_comes_back(request_of):
    said = request_of("aside", "--proposed")
    assert (said.code, said.json["aside"], said.json["proposed"]) == (0, 1, 0)
    row = said.json["documents"][0]
    assert (row["aside"], row["reason"]) == ("Copy of document 2", "copy")
    assert row["note"].startswith("Its whole text stands there.")
    back = request_of("aside", 1, "--back")
    assert (back.json["aside"], back.json["proposed"]) == (0, 1)


def test_many_are_set_aside_by_what_they_have_in_common(request_of):
    request_of("suggest")
    said = request_of("aside", "--reason", "not-about", "--unnamed", "--note", "Menus.")
    assert [row["number"] for row in said.json["documents"] if row["aside"]] == [3]
    assert said.json["documents"][2]["note"] == "Menus."
    said = request_of("aside", "--reason", "dates", "--before", "1/1/2026")
    assert [row["number"] for row in said.json["documents"] if row["reason"] == "dates"] == [4]
    said = request_of("aside", "--reason", "not-about", "--sender", "bob", "--subject", "trip")
    assert said.json["documents"][1]["reason"] == "not-about"
    assert request_of("aside", "--back", "--thread", 1).json["aside"] == 2


def test_pages_are_set_aside_by_themselves(request_of, work, tmp_path):
    said = request_of("aside", 3, "--page", 1, "--reason", "not-about")
    assert said.json["documents"][2]["pages_aside"] == 1
    assert request_of("aside", 3, 4, "--page", 1, "--reason", "dates").code == 1
    assert request_of("aside", 3, "--page", 9, "--reason", "dates").code == 1


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("9", "--reason", "dates"), "There is no document 9. This request has 4 documents."),
        (("1",), "Say why these are set aside."),
        (("1", "--reason", "boring"), "The reasons are: not-about, copy, dates."),
        (("1", "--reason", "copy"), "Say which document this is a copy of."),
        (("--reason", "dates"), "There is no such document."),
        (("--reason", "not-about", "--unnamed"), "Nobody has looked yet"),
        (("--proposed", "--reason", "dates"), "What is proposed is set aside as a copy."),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_and_changes_nothing(
    request_of, words, complaint
):
    said = request_of("aside", *words)
    assert said.code == 1
    assert complaint in said.complaint
    assert request_of("aside").json["aside"] == 0
