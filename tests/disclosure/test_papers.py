"""The papers around a bundle say where and why, and to the requester never what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dpdesk.disclosure.front import LINK
from dpdesk.disclosure.papers import (
    Contained,
    FrontMatter,
    Redaction,
    Schedule,
    SealedRedaction,
    front_matter,
    requester_schedule,
    sealed_schedule,
)
from dpdesk.law.exemptions import reason, reasons
from tests.papers.reading import SCHOOL, TODAY, links_of, outline_of, page_texts, text_of

OTHER = reason("TP-16")
LAWYER = reason("LPP-19")
ABUSE = next(each for each in reasons() if each.code == "CA-21")
SCHEDULE = Schedule(SCHOOL, "SAR-2026-014", "Ms Zoë Nguyễn", TODAY)


def front(parts=3, **more):
    contents = tuple(Contained(f"Document number {n}", n * 4, 4) for n in range(parts))
    given = FrontMatter(
        SCHOOL, "SAR-2026-014", "Ms Zoë Nguyễn", TODAY, ("The pupil file",), contents,
        (OTHER, LAWYER), parts * 4, 58, 2,
    )  # fmt: skip
    return front_matter(replace(given, **more))


def test_the_cover_says_for_whom_what_was_searched_and_how_much_there_is():
    made = front(data_subject="Harry Sample", contact="the office")
    read = " ".join(page_texts(made.content)[0].split())
    for words in (
        "Willowbrook House School", "Reference SAR-2026-014", "Prepared for Ms Zoë Nguyễn",
        "About Harry Sample", "Sunday 22 November 2026", "The pupil file",
        f"{made.pages + 12} , of which 12".replace(" ,", ","),
        "60 redactions: 58 places and 2 whole pages",
        "please contact the office",
    ):  # fmt: skip
        assert words in read


@pytest.mark.parametrize("parts", [1, 3, 28, 35, 130, 700])
def test_contents_name_and_link_the_page_of_the_finished_file(parts):
    made = front(parts)
    found = [LINK.fullmatch(address) for _, address in links_of(made.content)]
    targets = [int(each[1]) for each in found if each]
    assert len(targets) == len(found)
    wanted = [made.pages + 1 + n * 4 for n in range(parts)]
    assert sorted(set(targets)) == wanted
    read = text_of(made.content)
    for first in (wanted[0], wanted[-1]):
        assert f"{first:,}–{first + 3:,}" in read
    assert f"Page 1 of {made.pages + parts * 4}" in read


def test_the_key_gives_plain_words_and_law_for_each_code_once():
    read = text_of(front(reasons=(OTHER, LAWYER, OTHER)).content)
    assert read.count(" ".join(OTHER.explanation.split())) == 1
    assert OTHER.public_citation in read
    assert LAWYER.public_code in read


def test_a_bundle_from_which_nothing_was_removed_says_so():
    read = text_of(front(reasons=(), redactions=0, withheld=0).content)
    assert "nothing has been removed" in read
    assert "Key to the reasons" not in read
    assert "solid area" not in read


def test_the_front_matter_has_bookmarks():
    titles = [title for _, title, _ in outline_of(front().content)]
    assert titles == [
        "Copy of personal data",
        "Where we searched",
        "How to read these pages",
        "Contents",
        "Key to the reasons",
    ]


def test_the_schedule_gives_number_page_and_reason():
    read = text_of(
        requester_schedule(SCHEDULE, [Redaction(1, 7, OTHER), Redaction(2, 8, LAWYER)]).content
    )
    assert f"7 1 {OTHER.public_code}" in read
    assert f"8 2 {LAWYER.public_code}" in read
    assert OTHER.explanation in read


def test_neighbours_with_one_reason_share_a_line():
    marks = [Redaction(n, 7 if n < 5 else 8, OTHER) for n in range(1, 9)]
    read = text_of(requester_schedule(SCHEDULE, marks).content)
    assert "7 1–4 TP-16" in read
    assert "8 5–8 TP-16" in read
    assert read.count(OTHER.explanation) == 1, "what a reason means is said once"


def test_the_schedule_is_grouped_by_document():
    marks = [Redaction(n, 6 + n, OTHER, document=f"Document {1 + n // 3}") for n in range(1, 5)]
    read = text_of(requester_schedule(SCHEDULE, marks).content)
    assert "Document 1 7 1 TP-16 8 2 TP-16 Document 2 9 3 TP-16 10 4 TP-16" in read


def test_the_schedule_says_whose_size_tells_nothing_and_whose_may():
    marks = [Redaction(1, 7, OTHER), Redaction(2, 8, LAWYER), Redaction(3, 9, OTHER)]
    read = " ".join(text_of(requester_schedule(SCHEDULE, marks, {2}).content).split())
    assert "Redactions 1, 3, on pages 7, 9: the line of text was set again." in read
    assert "Redaction 2, on page 8: the solid area covers what was removed." in read
    every = text_of(requester_schedule(SCHEDULE, marks).content)
    assert "may reflect it" not in every


def test_a_withheld_page_is_told_apart():
    read = text_of(requester_schedule(SCHEDULE, [Redaction(3, 9, OTHER, True)]).content)
    assert "9 3 TP-16: the whole page is withheld" in read


def test_a_discreet_reason_is_named_on_no_paper_for_the_requester():
    assert ABUSE.discreet
    papers = (
        requester_schedule(SCHEDULE, [Redaction(1, 7, ABUSE), Redaction(2, 7, OTHER)]),
        front(reasons=(ABUSE, OTHER)),
    )
    for made in papers:
        read = text_of(made.content).lower()
        assert "abuse" not in read
        assert ABUSE.code.lower() not in read
        assert ABUSE.citation.lower() not in read
        assert ABUSE.public_code.lower() in read


def test_discreet_reasons_of_two_kinds_cannot_be_told_apart():
    first, second = [each for each in reasons() if each.discreet][:2]
    one, two = (
        requester_schedule(SCHEDULE, [Redaction(1, 7, first), Redaction(2, 7, each)]).content
        for each in (first, second)
    )
    assert one == two


SEALED = SealedRedaction(
    1, 7, "E-mail of 3 June", ABUSE, "Priya Şahin-Wójcik", "D. Ptolemy", "22 Nov 2026 09:10",
    "Asked her mother",
)  # fmt: skip


def test_the_list_for_the_school_tells_everything_and_says_on_each_page_whom_it_is_for():
    made = sealed_schedule(SCHEDULE, [replace(SEALED, number=n) for n in range(1, 60)])
    read = text_of(made.content)
    for words in (
        "Priya Şahin-Wójcik",
        "D. Ptolemy",
        "22 Nov 2026 09:10",
        "Asked her mother",
        ABUSE.code,
        "E-mail of 3 June",
    ):
        assert words in read
    assert all("FOR THE SCHOOL ONLY" in page for page in page_texts(made.content))


def test_the_sealed_schedule_says_when_a_picture_was_removed():
    assert "No words: a picture" in text_of(
        sealed_schedule(SCHEDULE, [replace(SEALED, words="")]).content
    )


def test_what_was_removed_is_in_no_repr():
    assert "Priya" not in repr(SEALED)


@pytest.mark.parametrize("make", [requester_schedule, sealed_schedule])
def test_a_schedule_of_nothing_says_so(make):
    assert "Nothing has been removed." in text_of(make(SCHEDULE, []).content)
