"""What is marked as it should be is released: the check refuses nothing for nothing."""

from __future__ import annotations

import string
from dataclasses import replace

import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary

from dpdesk.disclosure import check, marks
from dpdesk.disclosure.check_named import is_removed
from dpdesk.disclosure.check_words import plain as plain_words
from dpdesk.disclosure.plan import BundlePlan, PlannedMark, PlannedPage
from dpdesk.disclosure.textlayer import clean
from dpdesk.documents.pages import Box, Word
from dpdesk.errors import ReleaseRefused
from tests.builders import a_pdf, a_request
from tests.disclosure.pdfs import drawn, evidence_of, pages_of, plan_of, text_pdf
from tests.documents.makers import plain, saved

OWN_WORDS = ["Document", "Page", "Bundle", "Reason", "Cover", "Contents", "November", "Redaction",
             "Confidential", "Copy", "Law"]  # fmt: skip


def released(build, plan, files):
    out, report = build(plan, files=files)
    check.check(plan, report, out, evidence_of(plan, files))
    return out.getvalue()


def test_words_of_our_own_papers_may_be_marked_wherever_they_stand(desk):
    entry = a_request(desk)
    pages = ("\n".join(f"{word} of the {word}" for word in OWN_WORDS), "the last " + OWN_WORDS[0])
    desk.documents.add("requests", entry.id, "a.pdf", a_pdf(*pages))
    for word in OWN_WORDS:
        found = desk.disclosure.review.find("requests", entry.id, word)
        desk.disclosure.review.mark_found(found, "TP-16")
    assert desk.disclosure.releases.release(entry.id).marks == 2 * len(OWN_WORDS) + 1


def test_a_neutral_bookmark_may_use_a_word_that_is_removed(build):
    files = {"a": text_pdf("Document of Quibblethorpe"), "b": text_pdf("Document two")}
    plan = plan_of(files, ["Document"])
    released(build, plan, files)


# ---------------------------------------------------------------- words that run up or down


def upright(canvas):
    canvas.setFont("Helvetica", 12)
    for rank, text in enumerate(("Quibblethorpe went up", "and came down again")):
        canvas.saveState()
        canvas.translate(200 + 30 * rank, 300)
        canvas.rotate(90)
        canvas.drawString(0, 0, text)
        canvas.restoreState()
    canvas.drawString(72, 760, "level words")


@pytest.mark.parametrize("share", [0.08, 0.12, 0.15, 0.2, 0.35, 0.5, 0.8])
@pytest.mark.parametrize("end", ["head", "foot"])
def test_a_mark_over_part_of_an_upright_word_removes_it(build, share, end):
    files = {"a": drawn(upright)}
    (page,) = pages_of(files["a"])
    (word,) = [word for word in page.words if "Quibble" in word.text]
    box, part = word.box, share * word.box.height
    sides = (box.y0 - 8, box.y0 + part) if end == "head" else (box.y1 - part, box.y1 + 8)
    mark = PlannedMark(1, Box(box.x0 - 1, sides[0], box.x1 + 1, sides[1]), "C", "box")
    plan = BundlePlan("R", (PlannedPage("a", 0, page, (mark,)),))
    content = released(build, plan, files)
    (left,) = pages_of(content)
    assert not any("Quibble" in word.text for word in left.words)
    assert {"again", "level"} <= {word.text for word in left.words}


@given(
    box=st.tuples(st.floats(0, 80), st.floats(0, 80), st.floats(3, 60), st.floats(3, 60)),
    mark=st.tuples(st.floats(0, 100), st.floats(0, 100), st.floats(1, 60), st.floats(1, 60)),
    text=st.sampled_from(["I", "to", "the", "name", "Quibblethorpe"]),
)
def test_whatever_the_check_takes_for_removed_the_builder_has_removed(box, mark, text):
    word = Word(text, Box(box[0], box[1], box[0] + box[2], box[1] + box[3]))
    over = Box(mark[0], mark[1], mark[0] + mark[2], mark[1] + mark[3])
    if is_removed(word, [over]):
        assert marks.removed_words([word], [PlannedMark(1, over, "C")]) == (0,)


# --------------------------------------------------------------------- ways of writing a word

SIGNS = [
    "e", "i", "\ufb01", "\u0301", "\u0323", "\u200b", "\u200c", "\u200d", "\u00ad", "\ue000",
    "\ufffd", "\u202e", "\u0000", " ", "\u00a0", "\u00e9", "\u2126", "\u05e9", "\u0645", "\u0133",
    "\u1e9b",
]  # fmt: skip


@given(text=st.text(st.sampled_from(SIGNS), max_size=8))
def test_a_word_as_it_is_set_and_as_it_was_read_have_one_normal_form(text):
    assert plain_words(clean(text)) == plain_words(text)
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    "text",
    ["Rene\u200b\u0301", "Rene\ue000\u0301e", "Rene\u00ad\u0301", "e\ufffd\u0301", "\ufb01nd",
     "s\u0323\u0307", "\u05e9\u05dc\u05d5\u05dd", "\u0645\u062d\u0645\u062f", "\u01c6ep"],
)  # fmt: skip
def test_signs_between_a_letter_and_its_accent_stop_no_release(build, text):
    files = {"a": text_pdf("seen here today", "and there")}
    plan = plan_of(files, ["today"])
    page = plan.pages[0].page
    words = (replace(page.words[0], text=text), *page.words[1:])
    plan = replace(plan, pages=(replace(plan.pages[0], page=replace(page, words=words)),))
    released(build, plan, files)


def test_letters_drawn_twice_to_look_bold_stop_no_release(build):
    def bold(canvas):
        canvas.setFont("Helvetica", 12)
        for shift in (0, 0.4):
            canvas.drawString(72 + shift, 760, "Bold words of Quibblethorpe here")

    files = {"a": drawn(bold)}
    released(build, plan_of(files, ["Quibble"]), files)


def test_a_blank_page_stops_no_release(build):
    files = {"a": drawn(lambda canvas: None)}
    assert released(build, plan_of(files), files)


def _patterned(word: str = "Illingworth") -> bytes:
    """A page on which an area is filled with tiles that have a word on them."""
    made = plain("/Pattern cs /P scn 40 128 200 32 re f BT /F 11 Tf 40 250 Td (here) Tj ET")
    tile = made.make_stream(
        f"BT /F 11 Tf 0 4 Td ({word}) Tj ET".encode(), PatternType=1, PaintType=1, TilingType=1
    )
    tile.BBox, tile.XStep, tile.YStep = Array([0, 0, 100, 16]), 100, 16
    tile.Resources = Dictionary(Font=made.pages[0].obj.Resources.Font)
    made.pages[0].obj.Resources.Pattern = Dictionary(P=tile)
    return saved(made)


def _sheared() -> bytes:
    shown = "BT /F 11 Tf 1 0 20 1 40 150 Tm (Illingworth) Tj ET BT /F 11 Tf 40 250 Td (here) Tj ET"
    return saved(plain(shown))


@pytest.mark.parametrize("made", [_patterned, _sheared], ids=["a pattern", "sheared letters"])
def test_what_is_drawn_otherwise_when_it_is_small_stops_no_release(build, made):
    files = {"a": made()}
    released(build, plan_of(files, ["here"]), files)


def test_another_pattern_than_that_of_the_document_stops_the_release(build):
    files, other = {"a": _patterned()}, {"a": _patterned("Quibblethorpe")}
    plan = plan_of(files, ["here"])
    out, report = build(plan, files=files)
    with pytest.raises(ReleaseRefused, match="does not show what its document shows"):
        check.check(plan, report, out, evidence_of(plan, other))


# ------------------------------------------------------------------------ letters by themselves


@pytest.mark.parametrize("face", ["Helvetica", "Helvetica-Oblique", "Times-Roman"])
def test_a_letter_that_stands_alone_is_seen(build, face):
    """Sarah L and L Brown: a letter is higher than wide, and an L has no ink in its middle."""
    lines = (
        " ".join(string.ascii_uppercase), " ".join(string.ascii_lowercase),
        " ".join(string.digits), "Sarah L and L Brown", "LL rr Ill ill till I'll JIL fj",
    )  # fmt: skip
    files = {"a": text_pdf(*lines, font=face)}
    released(build, plan_of(files), files)


def test_a_word_from_right_to_left_is_copied_out_of_a_bundle_as_it_is_spoken(build):
    """Readers turn such words round; stored as spoken, a name could not be searched for."""
    files = {"a": text_pdf("Dear all, abcd came")}
    plan = plan_of(files)
    page = plan.pages[0].page
    name = "\u05d3\u05d5\u05d9\u05d3"
    words = [replace(word, text=name) if word.text == "abcd" else word for word in page.words]
    planned = replace(plan.pages[0], page=replace(page, words=tuple(words)))
    content = released(build, replace(plan, pages=(planned,)), files)
    document = pdfium.PdfDocument(content)
    try:
        text = document[0].get_textpage().get_text_range()
    finally:
        document.close()
    assert name in text
    assert name[::-1] not in text
