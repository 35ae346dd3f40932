"""The check refuses every bundle that was tampered with, and says on which pages."""

from __future__ import annotations

import io
import zlib
from dataclasses import replace

import pytest
from pikepdf import Name
from PIL import Image

from dpdesk.disclosure import bundle, burn, canvas, check, check_parts, check_structure
from dpdesk.disclosure.plan import PlannedMark
from dpdesk.documents.pages import Box
from dpdesk.errors import Cancelled, DpdeskError
from tests.disclosure.pdfs import drawn, evidence_of, plan_of, text_pdf
from tests.disclosure.tampering import (
    FILES,
    FRONT,
    code_word,
    refused,
    retold,
    set_words,
    tampered,
    words_of,
)
from tests.disclosure.test_burn import decoded_fax


def test_an_honest_bundle_passes_and_the_record_says_what_was_read(made):
    plan, content, report = made
    done = check.check(plan, report, io.BytesIO(content), evidence_of(plan, FILES))
    assert done.pages == 4
    assert done.sha256 == report.sha256
    assert "no removed word" in done.sentence


def test_a_sign_whose_letter_the_source_does_not_tell_stops_no_release():
    plan = plan_of(FILES, ["Quibble"])
    page = plan.pages[0].page
    words = tuple(replace(word, text=f"{word.text}\ufffd") for word in page.words)
    unread = replace(plan.pages[0], page=replace(page, words=words))
    plan = replace(plan, pages=(unread, *plan.pages[1:]))
    out = io.BytesIO()
    report = bundle.build(plan, FILES.__getitem__, out, dpi=100, workers=1)
    assert check.check(plan, report, out, evidence_of(plan, FILES), workers=1).pages == len(
        plan.pages
    )


def test_the_tampering_of_these_tests_is_not_itself_what_is_refused(made):
    plan, _, report = made
    content = tampered(made, lambda pdf: None)
    evidence = evidence_of(plan, FILES)
    check.check(plan, retold(content, report), io.BytesIO(content), evidence, workers=1)


# -------------------------------------------------------------------------------- words


def removed_word_back_at_its_place(pdf):
    page = pdf.pages[1].obj
    set_words(page, words_of(page)[:-3] + code_word("Quibblethorpe", 160, 762) + b"ET\n")


def removed_word_in_the_margin(pdf):
    page = pdf.pages[2].obj
    set_words(page, words_of(page)[:-3] + code_word("Quibblethorpe", 20, 20) + b"ET\n")


def allowed_word_twice(pdf):
    page = pdf.pages[1].obj
    set_words(page, words_of(page)[:-3] + code_word("Monday", 20, 20) + b"ET\n")


def allowed_word_moved_into_a_burnt_place(pdf):
    page = pdf.pages[1].obj
    first = words_of(page)
    row = next(row for row in first.splitlines(keepends=True) if b"/F" in row)
    set_words(page, first.replace(row, code_word("On", 160, 762)))


def codes_that_say_something_else(pdf):
    table = pdf.pages[1].obj.Resources.Font.F.ToUnicode
    row = b"<004D> <004D>"
    assert row in table.read_bytes()
    table.write(
        zlib.compress(table.read_bytes().replace(row, b"<004D> <0051>")), filter=Name.FlateDecode
    )


WORDS = [
    removed_word_back_at_its_place, removed_word_in_the_margin, allowed_word_twice,
    allowed_word_moved_into_a_burnt_place, codes_that_say_something_else,
]  # fmt: skip


@pytest.mark.parametrize("change", WORDS, ids=lambda change: change.__name__)
def test_words_that_were_not_let_through_are_refused(made, change):
    plan, _, report = made
    content = tampered(made, change)
    refused(plan, retold(content, report), content, r"can be read in the bundle, on page")


# ------------------------------------------------------------------------------- pixels


def repaint(page, paint):
    """Decodes the picture of a page, paints on it, and puts it back as it was encoded."""
    stream = page.Resources.XObject.P
    size = int(stream.Width), int(stream.Height)
    if stream.Filter == Name.DCTDecode:
        picture = Image.open(io.BytesIO(stream.read_raw_bytes()))
        paint(picture)
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=72, subsampling=0)
        stream.write(out.getvalue(), filter=Name.DCTDecode)
    else:
        picture = decoded_fax(size, stream.read_raw_bytes())
        paint(picture)
        parms = stream.DecodeParms
        inked = picture.point([255] * 128 + [0] * 128, "1")
        stream.write(canvas.group4(inked), filter=Name.CCITTFaxDecode, decode_parms=parms)


def in_picture(page, box):
    """A box in points as seen, in pixels of the page's picture."""
    a, _, _, d, x, y = (float(part) for part in page.Contents[0].read_bytes().split()[1:7])
    frame = burn.frame_for(595.0, 842.0)
    wide, high = int(page.Resources.XObject.P.Width), int(page.Resources.XObject.P.Height)
    return (
        round((frame.across(box.x0) - x) / a * wide),
        round((y + d - frame.up(box.y0)) / d * high),
        round((frame.across(box.x1) - x) / a * wide),
        round((y + d - frame.up(box.y1)) / d * high),
    )


@pytest.mark.parametrize("corner", [0, 2], ids=["first", "last"])
@pytest.mark.parametrize("page", [0, 2], ids=["text", "photograph"])
def test_a_pixel_that_is_not_black_in_a_marked_place_is_refused(made, page, corner):
    plan, _, report = made

    def change(pdf):
        target = pdf.pages[page + 1].obj
        box = in_picture(target, report.areas[page][0])
        x, y = (box[0], box[1]) if corner == 0 else (box[2] - 1, box[3] - 1)
        white = 255 if page == 0 else (255, 255, 255)
        repaint(target, lambda picture: picture.paste(white, (x, y, x + 1, y + 1)))

    content = tampered(made, change)
    where = rf"not solid black in the bundle, on page {page + 2}"
    refused(plan, retold(content, report), content, where)


_SCATTERED = [
    Box(80, 90, 140, 110), Box(300, 100, 380, 118), Box(420, 60, 470, 300), Box(90, 400, 200, 430),
    Box(90, 700, 200, 701.5),
]  # fmt: skip


@pytest.mark.parametrize("rank", range(len(_SCATTERED)))
def test_each_of_many_marked_places_is_looked_at(rank):
    """Beside each other, across each other's lines, and alone far down the page."""
    plan = plan_of(FILES, [])
    marks = tuple(PlannedMark(1 + at, box, "TP-16", "box") for at, box in enumerate(_SCATTERED))
    plan = replace(plan, pages=(replace(plan.pages[0], marks=marks),))
    out = io.BytesIO()
    report = bundle.build(plan, FILES.__getitem__, out, dpi=100, workers=1)
    check.check(plan, report, out, evidence_of(plan, FILES), workers=1)

    def change(pdf):
        _, _, right, bottom = in_picture(pdf.pages[0].obj, report.areas[0][rank])
        spot = right - 1, bottom - 1, right, bottom
        repaint(pdf.pages[0].obj, lambda picture: picture.paste(255, spot))

    content = tampered((plan, out.getvalue(), report), change)
    refused(plan, retold(content, report), content, "not solid black in the bundle, on page 1")


def test_black_painted_over_a_picture_that_was_not_burnt_is_refused(made):
    """Marks are burnt into the picture; a rectangle on top can be taken away again."""
    plan, _, report = made

    def change(pdf):
        box = in_picture(pdf.pages[3].obj, report.areas[2][0])
        repaint(pdf.pages[3].obj, lambda picture: picture.paste((250, 250, 250), box))

    content = tampered(made, change)
    refused(plan, retold(content, report), content, "not solid black in the bundle, on page 4")


def test_a_mark_that_the_builder_forgot_is_found_from_the_plan(made):
    """The check starts from the plan: a builder that loses a mark and its report is caught."""
    plan, content, report = made
    page = plan.pages[1]
    more = PlannedMark(page.marks[0].number, Box(200, 400, 260, 430), "TP-16", "box")
    pages = (plan.pages[0], replace(page, marks=(*page.marks, more)), plan.pages[2])
    stamped = replace(plan, pages=pages)
    refused(stamped, report, content, "not solid black in the bundle, on page 3")


def test_a_word_that_the_builder_forgot_to_remove_is_found_from_the_plan(made):
    plan, content, report = made
    page = plan.pages[1]
    (ann,) = [word for word in page.page.words if word.text == "Ann"]
    pages = (
        plan.pages[0],
        replace(page, marks=(*page.marks, replace(page.marks[0], box=ann.box))),
        plan.pages[2],
    )
    refused(replace(plan, pages=pages), report, content, "can be read in the bundle, on page 3")


def test_several_bad_pages_are_all_named(made):
    plan, _, report = made

    def change(pdf):
        removed_word_back_at_its_place(pdf)
        removed_word_in_the_margin(pdf)

    content = tampered(made, change)
    refused(plan, retold(content, report), content, r"on pages 2–3\.")


# ------------------------------------------------------------------------- names elsewhere


def rebuilt(plan):
    out = io.BytesIO()
    report = bundle.build(plan, FILES.__getitem__, out, dpi=72, workers=1)
    return report, out.getvalue()


def test_a_bookmark_that_names_a_removed_person_is_refused(made):
    plan = made[0]
    page = replace(plan.pages[0], starts="E-mail about Quibblethorpe")
    plan = replace(plan, pages=(page, *plan.pages[1:]))
    report, content = rebuilt(plan)
    sentence = "cover page or bookmark of the bundle uses a word that was removed"
    refused(plan, report, content, sentence)


def test_a_cover_that_names_a_removed_person_is_refused_unless_it_is_the_schools_own_word(made):
    cover = drawn(lambda canvas: canvas.drawString(72, 700, "Pupil: QUIBBLETHORPE, Year 5"))
    plan = replace(made[0], front=cover)
    report, content = rebuilt(plan)
    refused(plan, report, content, "uses a word that was removed from a page, on page 1")
    own = replace(plan, own_words=frozenset({"Quibblethorpe"}))
    check.check(own, report, io.BytesIO(content), evidence_of(own, FILES), workers=1)


def test_everyday_words_below_a_mark_may_stand_on_the_cover():
    files = {"a": text_pdf("the contents of it")}
    plan = plan_of(files, ["contents"], front=FRONT)
    out = io.BytesIO()
    report = bundle.build(plan, files.__getitem__, out, dpi=72, workers=1)
    check.check(plan, report, io.BytesIO(out.getvalue()), evidence_of(plan, files), workers=1)


# ----------------------------------------------------------------------------- the rest


def test_the_check_can_be_stopped(made):
    plan, content, report = made
    with pytest.raises(Cancelled):
        check.check(
            plan, report, io.BytesIO(content), evidence_of(plan, FILES), cancelled=lambda: True
        )


def test_progress_counts_the_pages(made):
    plan, content, report = made
    seen = []
    check.check(
        plan, report, io.BytesIO(content), evidence_of(plan, FILES),
        progress=lambda *now: seen.append(now),
    )  # fmt: skip
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_a_refusal_is_a_sentence_for_people(made):
    plan, content, report = made
    error = refused(plan, report, content + b"x")
    assert isinstance(error, DpdeskError)
    assert error.sentence.endswith(".")
    assert "No bundle was made" in error.next_step


def test_a_font_that_draws_is_told_from_one_that_does_not():
    from dpdesk.disclosure.textlayer import glyphless_font

    font = glyphless_font()
    assert check_structure.is_empty_font(font)
    glyf = font.index(b"glyf")
    start = int.from_bytes(font[glyf + 8 : glyf + 12])
    assert not check_structure.is_empty_font(font[:start] + b"\1" + font[start + 1 :])
    assert not check_structure.is_empty_font(font + b"Quibble")


@pytest.mark.parametrize("shift", range(16))
@pytest.mark.parametrize("zeros", [10, 11, 12])
def test_eleven_zero_bits_are_found_wherever_they_begin(shift, zeros):
    ones = (1 << 64) - 1
    hole = ((1 << zeros) - 1) << (20 + shift)
    content = (ones & ~hole).to_bytes(8)
    found = check_parts.first_end_mark(content)
    assert found == ((64 - 20 - shift - zeros) // 8 if zeros >= 11 else len(content))
