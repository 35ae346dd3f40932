"""The papers that every register shares say what they ought to say."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pypdfium2
import pytest

from dpdesk.law.access_clock import AccessFacts, sar_clock
from dpdesk.law.calendar import WorkCalendar
from dpdesk.law.sources import Confidence
from dpdesk.law.steps import ClockResult, ClockState, Step
from dpdesk.law.words import long_date
from dpdesk.papers.entries import (
    EntrySheet,
    FiledDocument,
    PrintedChange,
    PrintedLink,
    PrintedSection,
    Reckoning,
    entry_sheet,
    why_this_date,
)
from dpdesk.papers.flow import bound
from dpdesk.papers.kit import Column, Fact, Paper, Status
from dpdesk.papers.lists import RegisterList, register_list
from dpdesk.papers.recovery import RecoverySheet, recovery_sheet
from tests.papers.reading import SCHOOL, TODAY, outline_of, page_texts, text_of

GROUPS = ("K7F9Q", "2MX4B", "H8TRW", "9PL3D", "V6NCA", "7JYE5", "QG2ZK", "B4F8S")


def size_of(content):
    pdf = pypdfium2.PdfDocument(content)
    size = pdf.get_page_size(0)
    pdf.close()
    return size


@pytest.mark.parametrize("count", [1, 5, 7, 8])
def test_the_recovery_sheet_holds_every_group_in_order_on_one_page(count):
    groups = (GROUPS * 2)[:count]
    made = recovery_sheet(RecoverySheet(SCHOOL, "Our desk", groups, TODAY))
    assert made.pages == 1
    read = text_of(made.content)
    found = [word for word in read.split() if word in GROUPS]
    assert tuple(found[:count]) == groups
    assert "Our desk" in read
    assert "SECRET" in read


def test_the_recovery_sheet_can_be_read_aloud():
    read = text_of(recovery_sheet(RecoverySheet(SCHOOL, "Our desk", GROUPS, TODAY)).content)
    assert "Kilo, seven, Foxtrot, nine, Quebec" in read
    assert "Bravo, four, Foxtrot, eight, Sierra" in read


def listed(columns, rows, **more):
    return register_list(RegisterList("Requests", columns, rows, TODAY, letterhead=SCHOOL, **more))


def test_a_list_says_how_many_of_how_many_and_what_was_left_out():
    made = listed(("Ref",), (("A",), ("B",)), of=48, filter_words="Open")
    assert "2 of 48 entries · Open" in text_of(made.content)


def test_a_list_of_one_says_entry():
    assert "1 entry" in text_of(listed(("Ref",), (("A",),)).content)


def test_a_list_with_nothing_in_it_says_so():
    assert "Nothing recorded." in text_of(listed(("Ref",), ()).content)
    assert "Nothing matches." in text_of(listed(("Ref",), (), filter_words="Open").content)


@pytest.mark.parametrize(("columns", "lying"), [(3, False), (9, True), (40, False)])
def test_a_list_turns_the_paper_when_it_is_wide_and_never_loses_an_answer(columns, lying):
    titles = tuple(Column(f"Question{n}") for n in range(columns))
    rows = tuple(tuple(f"answer{n}x{m}" for m in range(columns)) for n in range(12))
    made = listed(titles, rows)
    wide, high = size_of(made.content)
    assert (wide > high) == lying
    read = text_of(made.content).split()
    assert [w for w in read if w.startswith("answer")] == [cell for row in rows for cell in row]


def test_a_state_in_a_list_is_a_word():
    made = listed(("Ref", "State"), (("A", Status("Overdue", "danger")),))
    assert "A Overdue" in text_of(made.content)


def sheet(**more):
    return entry_sheet(
        EntrySheet(
            "A letter to the wrong address",
            "BR-2026-004",
            TODAY,
            (PrintedSection("What happened", (Fact("When", "20 November", "policy 16.6"),)),),
            letterhead=SCHOOL,
            **more,
        )
    )


def test_an_entry_shows_its_state_its_answers_and_their_source():
    read = text_of(sheet(state="Assess", due="Monday", missing=("No harm is named.",)).content)
    for words in (
        "BR-2026-004",
        "Assess; next due Monday",
        "No harm is named.",
        "What happened",
        "When 20 November",
        "policy 16.6",
    ):
        assert words in read


def test_an_entry_without_links_documents_or_history_has_no_empty_headings():
    read = text_of(sheet().content)
    for heading in ("Linked entries", "Documents", "History", "Still missing", "Why this date?"):
        assert heading not in read


def test_an_entry_shows_what_hangs_on_it():
    read = text_of(
        sheet(
            links=(PrintedLink("SAR-2026-014", "Request", "same person"),),
            documents=(FiledDocument("letter.pdf", "2", "20 November"),),
            history=(PrintedChange("20 Nov", "D. Ptolemy", "When", "19 November", "20 November"),),
            steps=(Step("Aware on Friday.", "Art 33(1)", TODAY),),
        ).content
    )
    for words in (
        "SAR-2026-014 Request same person",
        "letter.pdf 2 20 November",
        "20 Nov D. Ptolemy When 19 November 20 November",
        "Aware on Friday.",
    ):
        assert words in read


def test_a_column_of_the_history_that_is_never_used_is_left_out():
    read = text_of(
        sheet(history=(PrintedChange("20 Nov", "D. P.", "When", "", "20 November"),)).content
    )
    assert "When Who What To" in read


THIRD = date(2026, 9, 3)


def reckoning(clock):
    return text_of(why_this_date(Reckoning("Why this date?", TODAY, clock)).content)


def test_a_reckoning_shows_each_step_with_its_source_and_day_in_order():
    result = sar_clock(AccessFacts(received=THIRD), WorkCalendar.build())
    read = reckoning(result)
    words = ["Due Monday 5 October 2026", "Why this date?"]
    for step in result.steps:
        words += [step.text, long_date(step.date) if step.date else "", step.source]
    at = 0
    for part in words:
        at = read.index(part, at) + len(part)


def test_what_is_not_confirmed_says_so_beside_its_source():
    step = Step("A step.", "Some practice", THIRD, Confidence.UNCONFIRMED)
    assert "Some practice. Common practice without a confirmed source" in reckoning(
        ClockResult(THIRD, steps=(step,))
    )


def test_a_reckoning_without_a_date_says_why():
    read = reckoning(
        ClockResult(None, paused_since=THIRD, state=ClockState.PAUSED, waiting_for=("an answer",))
    )
    assert "Paused since Thursday 3 September 2026, waiting for an answer" in read
    assert "Due" not in read
    waiting = ClockResult(None, state=ClockState.NOT_STARTED, waiting_for=("proof of identity",))
    assert "The time has not started, waiting for proof of identity" in reckoning(waiting)
    assert "No time limit applies" in reckoning(ClockResult(None, state=ClockState.NOT_APPLICABLE))


def test_a_clock_of_hours_gives_the_hour():
    due = datetime(2026, 11, 23, 9, 10, tzinfo=UTC)
    read = reckoning(ClockResult(due, steps=(Step("72 hours.", "Art 33", due),)))
    assert "Due Monday 23 November 2026 at 09:10" in read
    assert "23 Nov 2026 09:10" in read


def test_the_day_to_aim_for_is_printed():
    read = reckoning(ClockResult(TODAY, target=THIRD, extension_notice_due=THIRD))
    assert "Aim for Thursday 3 September 2026" in read
    assert "Last day to give notice of an extension Thursday 3 September 2026" in read


def test_long_lists_have_as_many_page_numbers_as_pages():
    made = listed(("Ref", "Who"), tuple((f"R{n}", "Harry") for n in range(3000)))
    pages = page_texts(made.content)
    assert len(pages) == made.pages
    assert f"Page {made.pages} of {made.pages}" in pages[-1]


def test_papers_bound_together_keep_their_own_page_numbers_and_bookmarks():
    papers = []
    for name in ("One", "Two"):
        made = Paper(name, printed_on=TODAY, letterhead=SCHOOL)
        for number in range(60):
            made.text(f"Paragraph {number}.")
        papers.append(made)
    whole = bound("Both", papers, ["First", "Second"])
    assert whole.pages == len(page_texts(whole.content)) == 2 * papers[0].printed().pages
    assert [words for words in page_texts(whole.content) if "Page 1 of" in words] != []
    assert text_of(whole.content).count(f"Page 1 of {papers[0].printed().pages}") == 2
    assert [title for _, title, _ in outline_of(whole.content)] == ["First", "Second"]


def test_nothing_cannot_be_bound():
    with pytest.raises(ValueError, match="nothing to print"):
        bound("None", [])
