"""The report to the proprietor: kept with its figures, compared with the last, naming nobody."""

from __future__ import annotations

import datetime as dt
import io

import docx
import pytest

from dpdesk.errors import DpdeskError
from dpdesk.papers.leaflet import leaflet_docx, leaflet_pdf
from tests.builders import a_request
from tests.papers.reading import text_of


@pytest.fixture
def filled(desk):
    desk.people.people.save({"kind": "pupil", "surname": "Quillfeather", "forename": "Ada"})
    a_request(desk, subject="Ada Quillfeather")
    high = {"likelihood": "probable", "severity": "significant"}
    desk.assurance.risks.save({"name": "A laptop is stolen", **high})
    return desk


def term(desk):
    today = desk.governance.today()
    return today - dt.timedelta(days=90), today


def test_a_kept_report_is_as_it_was_and_the_next_is_compared_with_it(filled):
    first, last = term(filled)
    kept = filled.governance.keep(first, last, {"short": "A quiet term."})
    assert (kept.number, kept.first, kept.last) == (1, first, last)
    assert "A quiet term." in text_of(filled.governance.content(kept))
    assert filled.governance.kept() == (kept,)
    later = last + dt.timedelta(days=1)
    rooms = {each.key: each for each in filled.governance.figures(later, later)}
    standing = rooms["assurance"].standing
    assert standing
    for text in standing:
        assert rooms["assurance"].before[text] == kept.figures["assurance"][text]
    assert filled.check().problems == ()


def test_what_is_known_for_today_only_claims_no_figure_of_before(filled):
    first, last = term(filled)
    rooms = {each.key: each for each in filled.governance.figures(first, last)}
    told = {text: before for text, _now, before in rooms["assurance"].rows()}
    standing = [text for text in told if text.endswith("(today)")]
    assert standing
    assert all(told[text] == "" for text in standing)


def test_a_comment_that_names_somebody_is_refused_and_says_who(filled):
    first, last = term(filled)
    with pytest.raises(DpdeskError, match="Quillfeather"):
        filled.governance.report(first, last, {"requests": "Ada Quillfeather asked again."})
    with pytest.raises(DpdeskError, match="Quillfeather"):
        filled.governance.keep(first, last, {"requests": "The Quillfeather family asked."})
    assert filled.governance.kept() == ()


def test_comments_stand_in_their_sections_on_paper_and_in_word_with_a_chart(filled):
    first, last = term(filled)
    comments = {"short": "Overall good.", "requests": "One took longer.", "people": "  "}
    made = filled.governance.report(first, last, comments)
    text = text_of(leaflet_pdf(made).content)
    for words in ("Overall good.", "One took longer.", "What falls due next", "Requests received"):
        assert words in text
    assert "Quillfeather" not in text
    word = docx.Document(io.BytesIO(leaflet_docx(made)))
    assert any("One took longer." in each.text for each in word.paragraphs)
    assert len(word.inline_shapes) == 1
    assert "Quillfeather" not in "".join(each.text for each in word.paragraphs)


@pytest.mark.parametrize("said", ["Ada asked again.", "Two from the Ng family.", "Tom’s request."])
def test_a_first_name_a_short_surname_or_a_nickname_is_refused_too(filled, said):
    filled.people.people.save({"kind": "pupil", "surname": "Ng", "forename": "Thomas"})
    first, last = term(filled)
    with pytest.raises(DpdeskError, match="names"):
        filled.governance.keep(first, last, {"short": said})


def test_ordinary_words_and_the_schools_own_name_may_stand_in_a_comment(filled):
    for surname, forename in (("Elmfield", "May"), ("Mark", "Will"), ("Brightwell", "Grace")):
        filled.people.people.save({"kind": "pupil", "surname": surname, "forename": forename})
    filled.assurance.processors.save({"name": "Brightwell Systems Ltd"})
    said = (
        "Elmfield School had a quiet May. Will the next term be like it? Mark the date. "
        "Brightwell Systems Ltd has a new contract, after a grace period."
    )
    first, last = term(filled)
    assert filled.governance.names_in({"short": said}) == ()
    assert filled.governance.report(first, last, {"short": said})


def test_one_page_comes_first_and_the_details_after(filled):
    import pypdfium2

    first, last = term(filled)
    made = filled.governance.report(first, last, {"short": "A quiet term."})
    pdf = pypdfium2.PdfDocument(leaflet_pdf(made).content)
    pages = [page.get_textpage().get_text_range() for page in pdf]
    pdf.close()
    for words in ("In short", "A quiet term.", "What falls due next"):
        assert words in pages[0]
        assert words not in pages[1]
    assert "Information assets" not in pages[0]


def test_with_much_to_say_the_first_page_is_still_one_page(filled):
    import pypdfium2

    today = filled.governance.today()
    for number in range(9):
        subject = f"Robin Sample {number}"
        a_request(filled, subject=subject, received=today - dt.timedelta(20 + 5 * number))
        aware = filled.now() - dt.timedelta(days=10 * number + 1)
        filled.breaches.breaches.save({"summary": f"A list went astray {number}", "aware": aware})
    first, last = term(filled)
    comment = "A busy term, with one long sentence about it. " * 4
    made = filled.governance.report(first, last, {"short": comment})
    pdf = pypdfium2.PdfDocument(leaflet_pdf(made).content)
    pages = [page.get_textpage().get_text_range() for page in pdf]
    pdf.close()
    assert "What falls due next" in pages[0]
    assert "(overdue)" in pages[0]
    assert "What falls due next" not in pages[1]
    # The details begin on the second page: nothing of the first ran over.
    assert "Breaches and near misses" in pages[1]
    assert sum(line.count("SAR-2026") for line in pages[1:]) == 0
