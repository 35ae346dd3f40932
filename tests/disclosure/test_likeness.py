"""Threads, copies and quoted words: what is the same is found, and nothing that is not."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.disclosure.likeness import (
    DocumentWords,
    WordBook,
    head_words,
    likeness,
    picked_runs,
    seen_before,
)
from dpdesk.disclosure.threads import threads
from dpdesk.documents.pages import Box, Page, Word

HEAD = "From: Ann Date: Monday Subject: Trip"
TEXT = "we must talk about what happened on the trip to the sea last Friday with the whole class"
REPLY = "I agree with all of that and will ring the family today. On Monday Ann wrote:"


@dataclass(frozen=True)
class Headed:
    id: int
    message_id: str = ""
    answers: tuple[str, ...] = ()
    parent_id: int | None = None


class Made:
    """Documents as they are compared, made from plain words."""

    def __init__(self):
        self.book = WordBook()
        self.every = []

    def add(self, *pages: str, head: str = "", message=True, sha="", parent=None, pictured=False):
        first, *others = pages
        read = [self.book.read(_page(text)) for text in (f"{head} {first}".strip(), *others)]
        number = len(self.every) + 1
        self.every.append(
            DocumentWords(
                number,
                sha or f"file {number}",
                tuple(words for words, _places in read),
                tuple(places for _words, places in read),
                len(head.split()),
                _people(head),
                message,
                pictured,
                parent,
            )
        )
        return number

    def like(self):
        return likeness(self.every, self.book).like

    def seen(self):
        return seen_before(self.every)


def _people(head: str) -> tuple[int, ...]:
    """The words after From, To and Cc, one each."""
    words = head.split()
    return tuple(n for n, word in enumerate(words) if n and words[n - 1] in {"From:", "To:", "Cc:"})


def _page(text: str) -> Page:
    words = tuple(
        Word(word, Box(50 + 10.0 * n, 50, 58 + 10.0 * n, 60)) for n, word in enumerate(text.split())
    )
    return Page(595, 842, words, "text")


@pytest.fixture
def made():
    return Made()


# --- threads -----------------------------------------------------------------------------------


def test_messages_belong_together_by_their_numbers_also_over_one_that_is_not_here():
    found = threads(
        [
            Headed(1, "a"),
            Headed(2, "b", ("gone",)),
            Headed(3, "c", ("a",)),
            Headed(4, "d", ("gone",)),
            Headed(5, "e"),
        ]
    )
    assert found == {1: 1, 2: 2, 3: 1, 4: 2, 5: 5}


def test_two_beginnings_become_one_thread_when_a_later_message_names_both():
    found = threads([Headed(1, "a"), Headed(2, "b"), Headed(3, "c", ("a", "b"))])
    assert set(found.values()) == {1}


def test_what_is_attached_goes_with_its_message_and_a_plain_file_with_none():
    found = threads(
        [Headed(1, "a"), Headed(2, parent_id=1), Headed(3), Headed(4, "b", parent_id=1)]
    )
    assert found == {1: 1, 2: 1, 4: 4}


def test_a_loop_of_answers_ends():
    assert threads([Headed(1, "a", ("b",)), Headed(2, "b", ("a",))]) == {1: 1, 2: 1}


# --- copies ------------------------------------------------------------------------------------


def test_the_same_file_and_the_same_words_are_copies_of_the_first(made):
    made.add(TEXT, sha="x", message=False)
    made.add(TEXT, sha="x", message=False)
    made.add(TEXT.upper(), message=False)
    found = made.like()
    assert {key: (like.of, like.kind) for key, like in found.items()} == {
        2: (1, "same file"), 3: (1, "nearly"),
    }  # fmt: skip
    assert not found[3].sure, "drawn lines, a ticked box say, cannot be compared"


@pytest.mark.parametrize(
    ("one", "other"), [("\u2611", "\u2610"), ("\u2713", "\u2717"), ("-5", "5")]
)
def test_a_tick_is_no_cross_and_less_is_not_more(made, one, other):
    for sign in (one, other, one):
        made.add(f"{TEXT} {sign} {TEXT}", message=True)
    found = made.like()
    assert 2 not in found or not found[2].sure
    assert found[3].sure
    assert found[3].of == 1


def test_few_words_and_pictures_are_the_same_only_as_files(made):
    made.add("Thank you", message=False)
    made.add("Thank you", message=False)
    made.add(TEXT, message=False, pictured=True)
    made.add(TEXT, message=False, pictured=True)
    assert made.like() == {}


def test_a_near_copy_is_told_with_what_differs_and_never_sure(made):
    long = f"{TEXT} and {TEXT} again with more words about the same afternoon at the beach"
    made.add(long, message=False)
    made.add(long.replace("beach", "harbour"), message=False)
    like = made.like()[2]
    assert (like.kind, like.sure, like.differs) == ("nearly", False, ("beach", "harbour"))


def test_forms_with_other_answers_are_no_near_copies(made):
    form = "Name {0} Class {1} Allergies {2} Doctor {3} Telephone {4} Signed {5} "
    made.add(form.format(*"abcdef") * 4, message=False)
    made.add(form.format(*"uvwxyz") * 4, message=False)
    assert made.like() == {}


# --- one message in another --------------------------------------------------------------------


def test_a_message_that_stands_whole_in_an_answer_is_proposed_with_what_its_head_alone_says(made):
    made.add(TEXT, head=f"{HEAD} To: Bob")
    made.add(f"{REPLY} > {TEXT}", head="From: Bob Date: Tuesday Subject: Trip")
    like = made.like()
    assert (like[1].of, like[1].kind, like[1].sure) == (2, "inside", True)
    assert like[1].differs == ()
    assert 2 not in like


def test_what_only_the_head_says_is_told(made):
    made.add(TEXT, head=f"{HEAD} Cc: Carla")
    made.add(f"{REPLY} {TEXT}", head="From: Bob Date: Tuesday Subject: Trip")
    assert made.like()[1].differs == ("carla",)


def test_one_word_more_is_not_whole(made):
    made.add(f"{TEXT} secretly", head=HEAD)
    made.add(f"{REPLY} {TEXT}", head=HEAD)
    assert made.like() == {}


def test_a_message_with_an_attachment_that_nothing_else_carries_is_not_proposed(made):
    one = made.add(TEXT, head=HEAD)
    made.add("a list of names", message=False, parent=one, sha="list")
    two = made.add(f"{REPLY} {TEXT}", head=HEAD)
    assert made.like() == {}
    made.add("a list of names", message=False, parent=two, sha="list")
    # The answer carries the list too: the first message goes, and of the list the one under it.
    assert {key: like.of for key, like in made.like().items()} == {1: 3, 2: 4}


def test_a_message_in_an_answer_in_an_answer_counts_as_in_the_last(made):
    made.add(TEXT, head=HEAD)
    made.add(f"{REPLY} {TEXT}", head=HEAD)
    made.add(f"Please both of you come to my office tomorrow. {REPLY} {TEXT}", head=HEAD)
    assert {key: like.of for key, like in made.like().items()} == {1: 3, 2: 3}


# --- seen before -------------------------------------------------------------------------------


def test_quoted_words_are_seen_on_the_page_where_they_stood_first(made):
    made.add("A first page of its own", TEXT, head=HEAD)
    made.add(f"{REPLY} {TEXT} Thanks", head=HEAD)
    (run,) = made.seen()[(2, 0)]
    before = len(f"{HEAD} {REPLY}".split())
    assert (run.document_id, run.page) == (1, 1)
    assert (run.first, run.last) == (before, before + len(TEXT.split()) - 1)


ASKED = (
    "Please don’t forget what we said: • the list of all who came along • the names of helpers, "
    "both to ann@school.example or on www.school.example/trip by Friday noon, so that we can talk"
)
QUOTED = {
    # As Outlook writes it where somebody answers in plain text.
    "outlook": ASKED.replace("•", "*")
    .replace("’", "'")
    .replace("ann@school.example", "ann@school.example <mailto:ann@school.example>")
    .replace("school.example/trip", "school.example/trip <http://www.school.example/trip/>"),
    "outlook with a picture": ASKED.replace("said:", "said: [cid:image001.png@01DA2B3C.4D5E6F70]"),
    # Gmail breaks the lines anew and sets stars around what was bold.
    "gmail": "> " + ASKED.replace("•", "-").replace("list", "*list*").replace("names", "\n>names"),
    # A telephone, in the answer to an answer.
    "telephone": ">> " + ASKED.replace("forget", "\u200bforget").replace("or on", "or\n>> on"),
}


@pytest.mark.parametrize("program", QUOTED)
def test_a_quote_is_seen_as_the_programs_write_it(made, program):
    made.add(ASKED, head=HEAD)
    made.add(f"{REPLY} {QUOTED[program]}", head=HEAD)
    (run,) = made.seen()[(2, 0)]
    # The sign of the first quoted line stands before it, and is no word.
    assert run.last - run.first + 1 >= len(ASKED.split())


def test_a_link_that_leads_elsewhere_than_its_words_say_is_a_word_of_its_own(made):
    for link in ("<https://one.example/a>", "<https://two.example/b>"):
        made.add(f"{TEXT} look here {link} and answer")
    assert made.like() == {}


def test_a_quote_over_two_pages_is_seen_on_both(made):
    made.add(TEXT, head=HEAD)
    words = TEXT.split()
    made.add(f"{REPLY} {' '.join(words[:8])}", " ".join(words[8:]), head=HEAD)
    seen = made.seen()
    assert [(run.first, run.last) for run in seen[(2, 1)]] == [(0, len(words) - 9)]
    assert len(seen[(2, 0)]) == 1


def test_eleven_words_are_not_enough_and_heads_are_never_seen(made):
    eleven = " ".join(TEXT.split()[:11])
    long_head = f"{HEAD} To: {TEXT}"
    made.add(f"{eleven} but then came something else", head=long_head)
    made.add(f"{eleven} and nothing more was said", head=long_head)
    assert made.seen() == {}


def test_a_changed_word_in_a_quote_is_not_folded(made):
    made.add(f"{TEXT} {REPLY} {TEXT}", head=HEAD)
    changed = TEXT.replace("sea", "moon")
    made.add(f"{changed} {REPLY}", head=HEAD)
    words = f"{HEAD} {changed}".split()
    for run in made.seen().get((2, 0), ()):
        assert not run.first <= words.index("moon") <= run.last


@given(
    st.lists(st.integers(0, 6), max_size=40),
    st.lists(st.integers(0, 6), min_size=12, max_size=30),
    st.lists(st.integers(0, 6), max_size=40),
)
def test_twelve_words_in_common_are_always_noticed(before, common, after):
    one = {run for _place, run in picked_runs([*before, *common, *after])}
    two = {run for _place, run in picked_runs(common)}
    assert one & two


def test_the_head_of_a_message_ends_where_its_text_begins():
    lines = (("From:", "Ann"), ("To:", "Bob,"), ("", "Carl"), ("Subject:", "Trip"), ("Dear", "Bob"),
             ("Subject:", "again"))  # fmt: skip
    words = []
    for number, (label, value) in enumerate(lines):
        top = 50 + 20 * number
        body = number > 3
        if label:
            words.append(Word(label, Box(49, top, 80, top + 10)))
        left = 85 if body else 130
        words.append(Word(value, Box(left, top, left + 40, top + 10)))
    assert head_words(Page(595, 842, tuple(words), "text")) == (7, (1, 3, 4))
