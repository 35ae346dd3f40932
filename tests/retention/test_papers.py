"""What the room prints: whole, in words, and with nothing personal where nothing may be."""

from __future__ import annotations

import datetime as dt

from dpdesk.registers.spreadsheet import read_sheet
from tests.builders import a_request
from tests.papers.reading import page_texts, text_of
from tests.retention.conftest import DOING

TODAY = dt.date(2026, 11, 20)


def test_the_schedule_says_what_is_not_confirmed_and_a_draft_says_so(room):
    printed = room.prints.schedule()
    words = text_of(printed.content)
    for part in (
        "Draft",
        "Pupils",
        "P04",
        "Review, then destroy or keep longer",
        "The school year ends on 31 August",
        "whichever is later",
        "Kept for good",
        "Until somebody decides",
    ):
        assert part in words, part
    assert printed.warnings == ()


def test_what_is_published_holds_no_note_to_oneself(room, rule, change):
    change(room.schedule, room.schedule.load(rule("H01")), note="Ask Pat about this one")
    public, own = (
        " ".join(text_of(printed.content).split())
        for printed in (room.prints.schedule(), room.prints.working_copy())
    )
    for words in ("Ask Pat", "adviser", "Some keep", "elsewhere", "policy 4.6"):
        assert words not in public, words
    assert "Appointment papers are part of it." in public
    for words in ("Ask Pat about this one", "check with your adviser", "For the school only"):
        assert words.casefold() in own.casefold(), words
    sheet = read_sheet("schedule.xlsx", room.prints.schedule_sheet())
    assert not any("adviser" in str(cell) for row in sheet.rows for cell in row.cells)


def test_the_due_list_gives_reasons_and_sets_apart_what_is_held(desk, room, holding, box):
    holding()
    holding(person="Kim Dummy")
    box(place="Cellar")
    a_request(desk, subject="Robin Example")
    printed = room.prints.due_list()
    assert printed.warnings == ()
    words = text_of(printed.content)
    assert "2 holdings due by Friday 20 November 2026" in words
    assert "25 years from the date of birth (date of birth 1 March 2000)" in words
    assert "Cellar" in words
    assert words.index("Kim Dummy") < words.index("Due, but on hold") < words.index("Robin Example")
    assert "The open request SAR-2026-001" in words


def test_empty_papers_say_so(room):
    assert "0 holdings due" in text_of(room.prints.due_list().content)
    assert "Nothing was disposed of." in text_of(room.prints.log(TODAY, TODAY).content)
    assert "Nothing recorded" in text_of(room.prints.outlook().content)


def test_the_outlook_counts_each_year(room, holding, clock):
    holding(born=dt.date(2002, 11, 20))
    words = text_of(room.prints.outlook(5).content)
    assert "from 2026 to 2030: 1 in all" in words
    for year in range(2026, 2031):
        assert str(year) in words


def test_the_log_holds_what_was_done_and_no_name(room, holding, box):
    room.disposals.dispose([holding().reference], "shred", DOING, reason="Reviewed")
    room.disposals.dispose([box().reference], "shred", DOING)
    words = text_of(room.prints.log(TODAY, TODAY).content)
    assert "2 disposals of 2 holdings" in words
    for part in ("DI-2026-001", "DI-2026-002", "Payroll, box 14", "Reviewed", "Morgan Sample"):
        assert part in words
    assert "Robin" not in words
    assert "1 March 2000" not in words


def test_the_notice_of_a_hold_tells_what_it_touches(room, holding, change):
    entry = holding(place="Archive 1")
    hold = room.holds.save(
        {"reason": "Claim", "kind": "claim", "since": TODAY, "rules": ("P04",)}
    ).entry
    words = text_of(room.prints.hold_notice(hold).content)
    for part in ("Do not destroy", entry.reference, "Archive 1", "P04", "Dana Pryce"):
        assert part in words
    lifted = change(room.holds, hold, lifted=TODAY, lifted_why="Settled")
    assert "This hold has been lifted" in text_of(room.prints.hold_notice(lifted).content)


def test_the_same_paper_is_the_same_file(room, holding):
    holding()
    assert room.prints.due_list().content == room.prints.due_list().content


def test_a_short_entry_of_the_log_is_not_parted_between_two_pages(room, box):
    for _ in range(4):
        room.disposals.dispose([box().reference, box().reference], "shred", DOING)
    pages = page_texts(room.prints.log(dt.date(2026, 1, 1), TODAY).content)
    for number in range(1, 5):
        (page,) = [each for each in pages if f"DI-2026-00{number}" in each]
        assert f"HO-2026-00{2 * number - 1}" in page
        assert f"HO-2026-00{2 * number}" in page
