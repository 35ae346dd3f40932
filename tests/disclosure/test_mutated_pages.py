"""A builder that shows or tells something else than the pages: the check refuses it.

Each fault is planted in our own building functions and taken out again before the check.
"""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import ImageOps

from dpdesk.disclosure import bundle, burn, canvas, pdf_writer, sheets, textlayer
from dpdesk.disclosure.redrawing import Anew
from dpdesk.documents.pages import Box, Word
from dpdesk.documents.pdf import open_pdf
from tests.disclosure.faults import HELD, PLAN, SECRET, paper, refuse, task_with
from tests.disclosure.pdfs import drawn, marks_for

# ------------------------------------------------------------------------ pages that are wrong


class OtherDrawing:
    """A page that draws itself otherwise; ``change`` gets what it was asked for."""

    def __init__(self, page, change):
        self._page, self._change = page, change

    def __getattr__(self, name):
        return getattr(self._page, name)

    def close(self):
        self._page.close()

    def render(self, **how):
        # Only drawing for the bundle crops; looking for what can be seen is not at fault here.
        return self._page.render(**(self._change(how) if "crop" in how else how))


def drawn_otherwise(change):
    def fault(planted):
        real = burn._open
        planted.setattr(
            burn, "_open", lambda document, task: OtherDrawing(real(document, task), change)
        )
        planted.setattr(burn, "set_anew", lambda *_: Anew())

    return fault


def lower(points):
    def change(how):
        left, foot, right, top = how["crop"]
        return {**how, "crop": (left, foot + points, right, top - points)}

    return change


def aside(points):
    def change(how):
        left, foot, right, top = how["crop"]
        return {**how, "crop": (left - points, foot, right + points, top)}

    return change


@pytest.mark.parametrize("change", [lower(20), lower(-20), lower(5), aside(20), aside(4)])
@pytest.mark.parametrize("rank", [0, 3], ids=["text", "photograph"])
def test_a_page_that_is_drawn_beside_its_marks_is_refused(build, change, rank):
    plan = replace(PLAN, pages=PLAN.pages[rank : rank + 1])
    refuse(plan, build(plan, drawn_otherwise(change)))


def other_index(change):
    return task_with(lambda task: replace(task, index=change(task.index)))


@pytest.mark.parametrize(
    "change",
    [lambda index: (index + 1) % 3, lambda index: 0, lambda index: (1, 0, 2)[index]],
    ids=["next", "one thrice", "two swapped"],
)
def test_another_page_of_the_same_file_is_refused(build, change):
    plan = replace(PLAN, pages=PLAN.pages[:3])
    refuse(plan, build(plan, other_index(change)))


def test_another_document_is_refused(build):
    other = drawn(paper(("Something else altogether", "was said here")))

    def fault(planted):
        planted.setattr(bundle, "open_pdf", lambda _content: real(other))

    real = open_pdf
    plan = replace(PLAN, pages=PLAN.pages[:1])
    refuse(plan, build(plan, fault), "does not show what its document shows")


def mirrored(planted):
    pure = canvas.pure

    def turned(grey, boxes, part):
        return pure(ImageOps.mirror(grey), boxes, part)

    planted.setattr(burn, "pure", turned)


def blank(planted):
    pure = canvas.pure
    planted.setattr(
        burn, "pure", lambda grey, boxes, part: pure(grey.point([255] * 256), boxes, part)
    )


def stretched(planted):
    real = bundle._placement
    planted.setattr(bundle, "_placement", lambda page: (1.03 * real(page)[0], *real(page)[1:]))


@pytest.mark.parametrize("fault", [mirrored, blank, stretched])
def test_a_picture_that_is_not_its_page_is_refused(build, fault):
    plan = replace(PLAN, pages=PLAN.pages[:1])
    refuse(plan, build(plan, fault))


def test_a_withheld_page_that_is_drawn_all_the_same_is_refused(build):
    def fault(planted):
        real = sheets.withheld

        def both(picture, lines, scale):
            words = real(picture, lines, scale)
            sheets._write(picture, (300, 2000), SECRET, sheets._font(sheets._PLAIN, 40), scale)
            return words

        planted.setattr(sheets, "withheld", both)

    refuse(HELD, build(HELD, fault), "does not show what its document shows")


def test_a_name_in_the_strip_of_the_stamp_is_refused(build):
    def fault(planted):
        real = sheets.stamp

        def both(picture, top, text, scale):
            words = real(picture, top, text, scale)
            place = (60, top + 40)
            sheets._write(picture, place, SECRET, sheets._font(sheets._PLAIN, 30), scale)
            return words

        planted.setattr(sheets, "stamp", both)

    plan = replace(PLAN, pages=PLAN.pages[:1])
    refuse(plan, build(plan, fault), "does not show what its document shows")


# ------------------------------------------------------------------------ words that are wrong


def words_otherwise(change):
    def fault(planted):
        real = burn._finished

        def finished(canvas, task, boxes, words, made, anew):
            stamp = [word for word in words if word.box.y0 > task.page.height]
            left = [word for word in words if word.box.y0 <= task.page.height]
            return real(canvas, task, boxes, [*change(task, left), *stamp], made, anew)

        planted.setattr(burn, "_finished", finished)

    return fault


def removed_word_left_in(task, left):
    return list(task.page.words)


def removed_word_in_the_margin(task, left):
    return [*left, Word(SECRET, Box(20, 300, 90, 312))]


def words_of_the_next_page(task, left):
    return [word for word in PLAN.pages[1].page.words if SECRET not in word.text]


def words_among_themselves(task, left):
    boxes = [word.box for word in left]
    return [Word(word.text, box) for word, box in zip(left, [*boxes[1:], boxes[0]], strict=True)]


def words_a_line_lower(task, left):
    return [
        Word(word.text, Box(box.x0, box.y0 + 20, box.x1, box.y1 + 20))
        for word in left
        for box in [word.box]
    ]


def one_letter_more(task, left):
    return [Word(left[0].text + "s", left[0].box), *left[1:]]


@pytest.mark.parametrize(
    "change",
    [removed_word_left_in, removed_word_in_the_margin, words_of_the_next_page,
     words_among_themselves, words_a_line_lower, one_letter_more],
    ids=lambda change: change.__name__,
)  # fmt: skip
def test_words_that_are_not_those_of_the_page_are_refused(build, change):
    plan = replace(PLAN, pages=PLAN.pages[:1])
    refuse(plan, build(plan, words_otherwise(change)))


def test_letters_that_show_are_refused(build):
    def fault(planted):
        real = textlayer.content
        planted.setattr(textlayer, "content", lambda *a: real(*a).replace(b"3 Tr", b"0 Tr"))

    refuse(PLAN, build(PLAN, fault))


# ------------------------------------------------------------------------ the file around them


def entries_of_pages(more):
    def fault(planted):
        real = pdf_writer.PdfWriter.add_page
        planted.setattr(
            pdf_writer.PdfWriter,
            "add_page",
            lambda self, page, size, entries: real(self, page, size, entries + more(self)),
        )

    return fault


def note(writer):
    told = b"<</Type/Annot/Subtype/Text/Rect[9 9 30 30]/Contents(Quibblethorpe)>>"
    return b"/Annots[%d 0 R]" % writer.add(told)


def author(planted):
    real = pdf_writer.text_string
    planted.setattr(
        pdf_writer,
        "text_string",
        lambda text: real(text) + (b"/Author(Quibblethorpe)" if "bundle" in text else b""),
    )


def picture_below(planted):
    real = pdf_writer.PdfWriter.add_stream

    def twice(self, entries, content, at=None):
        if content.startswith(b"q ") and content.endswith(b"/P Do Q\n"):
            content = b"q 20 0 0 20 9 9 cm /P Do Q\n" + content
        return real(self, entries, content, at)

    planted.setattr(pdf_writer.PdfWriter, "add_stream", twice)


@pytest.mark.parametrize(
    "fault",
    [entries_of_pages(note), entries_of_pages(lambda writer: b"/Thumb 1 0 R"), author,
     picture_below],
    ids=["annotation", "thumbnail", "author", "picture below"],
)  # fmt: skip
def test_what_was_not_put_there_by_the_plan_is_refused(build, fault):
    refuse(PLAN, build(PLAN, fault))


def test_bytes_behind_the_end_are_refused(build):
    out, report = build(PLAN)
    refuse(PLAN, (io.BytesIO(out.getvalue() + b"Quibblethorpe"), report))


def test_the_page_of_an_earlier_release_is_refused(build):
    """Since then one more word was marked; the builder took the page from the shelf."""
    page = PLAN.pages[0]
    more = marks_for(page.page, ["Ann"], 40)
    now = replace(PLAN, pages=(replace(page, marks=(*page.marks, *more)), *PLAN.pages[1:]))
    out, report = build(PLAN)
    refuse(now, (out, report))
