"""Nothing is set aside as a copy of something that is not there: no text is lost by it."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from dpdesk.disclosure.asides import AsidePlace, write_aside
from dpdesk.disclosure.review import Done
from dpdesk.documents.records import PageReading
from dpdesk.errors import DpdeskError, ReleaseRefused
from tests.builders import a_pdf, a_request
from tests.disclosure.mails import a_mail

ONE = "Robin Example was late on Monday and nobody knew why he was"
TWO = "Robin Example went home early because he did not feel well"
AT = "2026-11-20T09:00:00Z"


@pytest.fixture
def entry(desk):
    """Three documents of two pages with the same words, in other files."""
    entry = a_request(desk)
    for number in range(1, 4):
        content = a_pdf(ONE, TWO) + b"\n" * number
        desk.documents.add("requests", entry.id, f"{number}.pdf", content)
    return entry


@pytest.fixture
def asides(desk):
    return desk.disclosure.asides


def _ids(desk, entry) -> list[int]:
    return [card.id for card in desk.documents.of_entry("requests", entry.id)]


def _whys(desk, entry) -> list[str]:
    return [each.why for each in desk.disclosure.asides.copies_gone(entry.id)]


def _picture(content: str = "") -> bytes:
    image = Image.new("RGB", (600, 400), "white")
    ImageDraw.Draw(image).text((20, 20), content, fill="black")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


# --- copies of each other ----------------------------------------------------------------------


def test_undoing_makes_no_two_documents_copies_of_each_other(desk, entry, asides):
    one, two, _three = _ids(desk, entry)
    first = asides.set_aside(entry.id, [AsidePlace(one)], "copy", copy_of=two)
    undone = desk.disclosure.review.undo(first)
    asides.set_aside(entry.id, [AsidePlace(two)], "copy", copy_of=one)
    with pytest.raises(DpdeskError, match="nothing would be left of either"):
        desk.disclosure.review.undo(undone)
    assert set(asides.of_entry(entry.id).whole) == {two}


def test_pages_are_no_copies_of_each_other(desk, entry, asides):
    one, two, three = _ids(desk, entry)
    pages = [AsidePlace(one, 0), AsidePlace(one, 1)]
    asides.set_aside(entry.id, pages, "copy", copy_of=two)
    with pytest.raises(DpdeskError, match="Page 1 of document 2 cannot be set aside"):
        asides.set_aside(entry.id, [AsidePlace(two, 0)], "copy", copy_of=one)
    with pytest.raises(DpdeskError, match="Document 2 cannot be set aside as a copy"):
        asides.set_aside(entry.id, [AsidePlace(two)], "copy", copy_of=one)
    # Over three documents it is the same.
    asides.set_aside(entry.id, [AsidePlace(two)], "copy", copy_of=three)
    with pytest.raises(DpdeskError, match="nothing would be left"):
        asides.set_aside(entry.id, [AsidePlace(three, 1)], "copy", copy_of=one)


def test_each_of_two_documents_may_keep_the_page_that_the_other_leaves_out(desk, entry, asides):
    one, two, _three = _ids(desk, entry)
    asides.set_aside(entry.id, [AsidePlace(one, 0)], "copy", copy_of=two)
    asides.set_aside(entry.id, [AsidePlace(two, 1)], "copy", copy_of=one)
    assert asides.copies_gone(entry.id) == ()


def test_what_lies_in_a_copy_does_not_go_with_it_where_it_is_the_last_one(desk, entry, asides):
    for number in (1, 2):
        mail = a_mail("Trip", f"See it {number}.", attached={"a.txt": b"The list"})
        desk.documents.add("requests", entry.id, f"m{number}.eml", mail)
    first, its, second, other = _ids(desk, entry)[3:]
    asides.set_aside(entry.id, [AsidePlace(its)], "copy", copy_of=other)
    asides.set_aside(entry.id, [AsidePlace(second)], "copy", copy_of=first)
    assert set(asides.of_entry(entry.id).whole) == {its, second}
    assert _whys(desk, entry) == []


def test_a_bundle_without_a_text_that_was_a_copy_of_itself_is_refused(desk, entry, asides):
    """A workspace of an earlier version may hold such notes."""
    one, two, three = _ids(desk, entry)
    first = asides.set_aside(entry.id, [AsidePlace(one)], "copy", copy_of=two)
    asides.set_aside(entry.id, [AsidePlace(three)], "copy", copy_of=two)
    with desk.ground.database.changing() as change:
        write_aside(change, AsidePlace(two), "copy", copy_of=one)
    assert _whys(desk, entry) == ["circle", "circle", "circle"]
    desk.documents.add("requests", entry.id, "4.pdf", a_pdf("Something else"))
    with pytest.raises(DpdeskError, match="Nothing of it is in the bundle") as refused:
        desk.disclosure.releases.release(entry.id)
    assert "Take one of them back" in str(refused.value)
    desk.disclosure.review.undo(first)
    assert _whys(desk, entry) == []


def test_setting_aside_says_what_else_is_lost_by_it(desk, entry, asides):
    one, two, _three = _ids(desk, entry)
    asides.set_aside(entry.id, [AsidePlace(two)], "copy", copy_of=one)
    done = asides.set_aside(entry.id, [AsidePlace(one)], "dates")
    assert "Document 2 is set aside as a copy of document 1, which is outside" in done.told


def test_a_copy_of_other_words_is_told_and_not_refused(desk, entry, asides):
    content = a_pdf("Minutes of quite another meeting with words that stand nowhere else at all")
    card = desk.documents.add("requests", entry.id, "other.pdf", content)
    done = asides.set_aside(entry.id, [AsidePlace(card.id)], "copy", copy_of=_ids(desk, entry)[0])
    assert "has words that do not stand there" in done.told
    assert _whys(desk, entry) == ["differs"]


_PLACES = st.tuples(st.integers(0, 2), st.sampled_from([None, 0, 1]))
_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("copy"), _PLACES, st.integers(0, 2)),
        st.tuples(st.just("back"), _PLACES, st.just(0)),
        st.tuples(st.just("undo"), st.integers(0, 20), st.just(0)),
    ),
    min_size=2,
    max_size=9,
)


def test_whatever_is_done_each_page_of_the_same_documents_stays_in_once(desk, entry):
    """Each of three documents says the same on its two pages: one of each is always given."""

    @given(steps=_STEPS)
    @settings(max_examples=30, deadline=None)
    def holds(steps):
        _carry_out(desk, entry, steps)

    holds()


def _carry_out(desk, entry, steps) -> None:
    asides, documents = desk.disclosure.asides, _ids(desk, entry)
    asides.take_back(entry.id, [note.place for note in asides.of_entry(entry.id).all])
    done: list[Done] = []
    for what, which, other in steps:
        try:
            if what == "undo":
                if done:
                    done.append(desk.disclosure.review.undo(done[which % len(done)]))
                continue
            place = AsidePlace(documents[which[0]], which[1])
            if what == "back":
                done.append(asides.take_back(entry.id, [place]))
            else:
                done.append(asides.set_aside(entry.id, [place], "copy", copy_of=documents[other]))
        except DpdeskError:
            continue
        pages = {page.page for page in desk.disclosure.review.pages("requests", entry.id)}
        assert (pages, _whys(desk, entry)) == ({0, 1}, []), asides.of_entry(entry.id)


# --- what is not known -------------------------------------------------------------------------


def test_what_nobody_has_read_never_goes_with_a_message(desk, entry, asides):
    mail = a_mail("Menus", "See both.", attached={"a.txt": b"Soup", "scan.png": _picture("Robin")})
    desk.documents.add("requests", entry.id, "menus.eml", mail)
    message, soup, scan = _ids(desk, entry)[3:]
    done = asides.set_aside(entry.id, [AsidePlace(message)], "not-about")
    # Nobody has looked for the person at all.
    assert set(asides.of_entry(entry.id).whole) == {message}
    assert "2 that came inside stay in: not all of their pages were checked" in done.told
    desk.disclosure.review.undo(done)
    desk.disclosure.suggestions.seek(entry.id)
    done = asides.set_aside(entry.id, [AsidePlace(message)], "not-about")
    assert set(asides.of_entry(entry.id).whole) == {message, soup}
    assert "1 that came inside stays in: not all of its pages were checked" in done.told
    done = asides.set_aside(entry.id, [AsidePlace(scan)], "not-about")
    assert done.told.endswith("1 page of it is not read by the program: be sure that you looked.")


def test_a_page_that_is_half_a_picture_is_not_known_before_that_was_read(desk, entry):
    made = io.BytesIO()
    canvas = Canvas(made, invariant=1)
    canvas.drawString(72, 780, "The register of the trip, as it hung on the wall of the hall")
    canvas.drawImage(ImageReader(Image.open(io.BytesIO(_picture("Robin")))), 72, 200, 450, 300)
    canvas.save()
    card = desk.documents.add("requests", entry.id, "half.pdf", made.getvalue())
    assert desk.documents.page(card.id, 0).kind == "mixed"
    look = desk.disclosure.sorting.look
    assert look(entry.id).by_id[card.id].unread == 1
    with desk.ground.database.changing() as change:
        change.session.add(PageReading(document_id=card.id, number=0, words=b"", read_at=AT))
    assert look(entry.id).by_id[card.id].unread == 0


def test_a_message_of_another_day_does_not_leave_with_the_one_that_it_came_in(desk, entry, asides):
    inner = a_mail("Trip", "It was on Monday.", day=dt.date(2026, 10, 5))
    mail = a_mail("Fw: Trip", "See it.", attached={"a.txt": b"Soup", "trip.eml": inner})
    desk.documents.add("requests", entry.id, "late.eml", mail)
    documents = desk.documents.of_entry("requests", entry.id)[3:]
    message, soup, other = [card.id for card in documents]
    assert [card.dated[:10] for card in documents] == ["2026-11-02", "", "2026-10-05"]
    done = asides.set_aside(entry.id, [AsidePlace(message)], "dates")
    assert set(asides.of_entry(entry.id).whole) == {message, soup}
    assert done.told.endswith("1 that came inside has another date, and stays in.")
    asides.set_aside(entry.id, [AsidePlace(other)], "dates")
    assert other in asides.of_entry(entry.id).whole


# --- titles ------------------------------------------------------------------------------------


def test_a_title_may_not_name_what_was_removed_from_a_document_that_is_set_aside(
    desk, entry, asides
):
    one, _two, _three = _ids(desk, entry)
    card = desk.documents.add("requests", entry.id, "p.pdf", a_pdf("Seen by Petrovsky on Monday"))
    desk.disclosure.review.mark_found(
        desk.disclosure.review.find("requests", entry.id, "Petrovsky"), "TP-16"
    )
    desk.documents.describe(one, "What Petrovsky wrote", "", "")
    asides.set_aside(entry.id, [AsidePlace(card.id)], "not-about")
    with pytest.raises(ReleaseRefused, match="uses a word that was removed"):
        desk.disclosure.releases.release(entry.id)
    desk.documents.describe(one, "What was written", "", "")
    assert desk.disclosure.releases.release(entry.id).marks == 0
