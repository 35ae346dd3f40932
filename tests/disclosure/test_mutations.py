"""A builder with a fault of any kind: the check refuses what it builds, whatever it reports.

Each fault is planted in our own building functions and taken out again before the check.
"""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import ImageOps

from dpdesk.disclosure import bundle, burn, canvas, check, ink, pdf_writer, sheets, textlayer
from dpdesk.disclosure.plan import BundlePlan, PlannedMark, PlannedPage
from dpdesk.documents.pages import Box, Word
from dpdesk.documents.pdf import open_pdf
from dpdesk.errors import ReleaseRefused
from tests.disclosure.nearby import NearbyCrew
from tests.disclosure.pdfs import drawn, evidence_of, marks_for, pages_of, plan_of
from tests.disclosure.tampering import FRONT, photo_page

SECRET = "Quibblethorpe"
LINES = (
    ("On Monday the class went", "to the museum with Quibblethorpe and Ann", "by the early train"),
    ("Quibblethorpe was not well", "so the nurse rang his mother", "who came before lunch"),
    ("Nobody minded at all", "that it rained the whole day", "said Quibblethorpe to the head"),
)


def _page(lines):
    def draw(canvas):
        canvas.setFont("Helvetica", 12)
        for rank, line in enumerate(lines):
            canvas.drawString(72, 760 - 20 * rank, line)

    return draw


LETTER = drawn(*(_page(lines) for lines in LINES))
FILES = {"letter": LETTER, "photo": drawn(photo_page)}
PLAN = plan_of(FILES, [SECRET], front=FRONT)
HELD = replace(PLAN, pages=(PLAN.pages[0], replace(PLAN.pages[1], withheld="TP-16", number=9)))


@pytest.fixture
def build(monkeypatch):
    monkeypatch.setattr(bundle, "Crew", NearbyCrew)
    monkeypatch.setattr(check, "Crew", NearbyCrew)

    def run(plan, fault=None, files=FILES):
        out = io.BytesIO()
        with monkeypatch.context() as planted:
            if fault is not None:
                fault(planted)
            report = bundle.build(plan, files.__getitem__, out, workers=1)
        return out, report

    return run


def refuse(plan, built, match=None, evidence=None):
    out, report = built
    with pytest.raises(ReleaseRefused, match=match) as caught:
        check.check(plan, report, out, evidence or evidence_of(plan, FILES))
    assert SECRET.lower() not in str(caught.value).lower()


@pytest.mark.parametrize("plan", [PLAN, HELD], ids=["all", "one page withheld"])
def test_what_is_built_without_a_fault_passes(build, plan):
    out, report = build(plan)
    check.check(plan, report, out, evidence_of(plan, FILES))


# ------------------------------------------------------------------ places that are not burnt


def changed_boxes(change, *, told):
    """Burns other boxes than it should; ``told`` says whether the report tells the truth."""

    def fault(planted):
        if told:
            real = burn.pixel_areas
            planted.setattr(burn, "pixel_areas", lambda *a, **k: change(real(*a, **k)))
            return
        pure, jpeg = canvas.pure, canvas.jpeg

        def paste(picture, boxes):
            return jpeg(picture, change(boxes))

        planted.setattr(burn, "pure", lambda grey, boxes, part: pure(grey, change(boxes), part))
        planted.setattr(burn, "jpeg", paste)

    return fault


def moved(dx, dy):
    return lambda boxes: [(x0 + dx, y0 + dy, x1 + dx, y1 + dy) for x0, y0, x1, y1 in boxes]


def a_row_short(boxes):
    return [(x0, y0, x1, y1 - 1) for x0, y0, x1, y1 in boxes]


def cut_to_the_letters(boxes):
    return [(x0 + 3, y0 + 3, x1 - 3, y1 - 3) for x0, y0, x1, y1 in boxes]


BOXES = {
    "one is not burnt": (lambda boxes: boxes[1:], False),
    "3 pixels to the right": (moved(3, 0), False),
    "8 pixels to the right, as reported": (moved(8, 0), True),
    "3 pixels down": (moved(0, 3), False),
    "3 pixels down, as reported": (moved(0, 3), True),
    "a row short": (a_row_short, False),
    "cut to the letters, as reported": (cut_to_the_letters, True),
    "a line lower, as reported": (moved(0, 83), True),
}


@pytest.mark.parametrize("name", BOXES)
def test_a_place_that_is_burnt_elsewhere_is_refused(build, name):
    change, told = BOXES[name]
    plan = replace(PLAN, pages=PLAN.pages[:1])
    refuse(plan, build(plan, changed_boxes(change, told=told)))


@pytest.mark.parametrize("by", [(3, 0), (0, 3), (-3, 0), (0, -3)])
def test_a_drawn_box_that_is_burnt_three_pixels_off_is_refused_although_it_is_reported(build, by):
    """A followed word has padding to spare; a drawn box is burnt as it was drawn."""
    box = PlannedMark(1, PLAN.pages[0].marks[0].box, "C", "box")
    plan = replace(PLAN, pages=(replace(PLAN.pages[0], marks=(box,)),))
    refuse(plan, build(plan, changed_boxes(moved(*by), told=True)), "not solid black")


def task_with(change):
    """Hands other tasks to the workers than the plan says; ``change`` gives the new task."""

    def fault(planted):
        real = bundle._Build._task
        planted.setattr(
            bundle._Build, "_task", lambda self, planned, n: change(real(self, planned, n))
        )

    return fault


def one_mark_less(task):
    return replace(task, marks=task.marks[1:])


def marks_scaled(factor):
    def change(task):
        def scaled(mark):
            box = mark.box
            sides = (box.x0, box.y0, box.x1, box.y1)
            return replace(mark, box=Box(*(factor * side for side in sides)))

        return replace(task, marks=tuple(map(scaled, task.marks)))

    return change


def marks_of_another_page(task):
    other = PLAN.pages[(task.index + 1) % 3]
    return replace(task, marks=other.marks)


@pytest.mark.parametrize(
    "change",
    [one_mark_less, marks_scaled(0.9), marks_scaled(0.995), marks_scaled(1.01),
     marks_of_another_page],
    ids=["forgotten", "0.9", "0.995", "1.01", "of another page"],
)  # fmt: skip
def test_marks_that_reach_the_builder_wrong_are_refused(build, change):
    plan = replace(PLAN, pages=PLAN.pages[:3])
    refuse(plan, build(plan, task_with(change)))


def test_a_mark_that_the_plan_lost_is_found_in_the_table(build):
    lost = replace(PLAN, pages=(replace(PLAN.pages[0], marks=()), *PLAN.pages[1:]))
    out, report = build(lost)
    refuse(lost, (out, report), "plan of the bundle lacks a mark", evidence_of(PLAN, FILES))


def _other(**change):
    return replace(PLAN, pages=(replace(PLAN.pages[0], **change), *PLAN.pages[1:]))


@pytest.mark.parametrize(
    "planned",
    [
        replace(PLAN, pages=PLAN.pages[:-1]),
        replace(PLAN, pages=(PLAN.pages[0], PLAN.pages[0], *PLAN.pages[2:])),
        replace(PLAN, pages=(PLAN.pages[1], PLAN.pages[0], *PLAN.pages[2:])),
        _other(page=replace(PLAN.pages[0].page, words=PLAN.pages[0].page.words[1:])),
        _other(marks=(replace(PLAN.pages[0].marks[0], box=Box(0, 0, 9, 9)),)),
        _other(marks=(replace(PLAN.pages[0].marks[0], code="OTHER"),)),
    ],
    ids=["page missing", "page twice", "pages swapped", "words", "mark elsewhere", "reason"],
)
def test_a_plan_that_is_not_as_the_tables_have_it_is_refused(build, planned):
    refuse(planned, build(planned), "plan of the bundle lacks", evidence_of(PLAN, FILES))


def test_a_page_that_the_plan_does_not_withhold_is_refused(build):
    refuse(PLAN, build(PLAN), "plan of the bundle", evidence_of(
        replace(PLAN, pages=(*PLAN.pages[:2], replace(PLAN.pages[2], withheld="X"),
                             *PLAN.pages[3:])), FILES))  # fmt: skip


def white_instead_of_black(planted):
    pure = canvas.pure
    planted.setattr(
        burn, "pure", lambda grey, boxes, part: pure(_whitened(grey, boxes, part), [], part)
    )


def _whitened(grey, boxes, part):
    copy = grey.copy()
    for x0, y0, x1, y1 in boxes:
        copy.paste(255, (x0 - part[0], y0 - part[1], x1 - part[0], y1 - part[1]))
    return copy


def painted_on_the_photograph(shade):
    def fault(planted):
        jpeg = canvas.jpeg

        def encode(picture, boxes):
            for box in boxes:
                picture.paste(shade, box)
            return jpeg(picture, [])

        planted.setattr(burn, "jpeg", encode)

    return fault


def covered_only(planted):
    """The rectangle on top is there, but the picture below it was not burnt."""
    real = burn._tones

    def tones(page, task):
        kept = page.picture.copy()
        with pytest.MonkeyPatch.context() as inner:
            jpeg = canvas.jpeg
            inner.setattr(burn, "jpeg", lambda _, boxes: jpeg(kept, []))
            return real(page, task)

    planted.setattr(burn, "_tones", tones)


@pytest.mark.parametrize("shade", [(128, 128, 128), (255, 255, 255), (40, 0, 0)])
def test_a_place_on_a_photograph_that_is_not_black_is_refused(build, shade):
    plan = replace(PLAN, pages=PLAN.pages[3:])
    refuse(plan, build(plan, painted_on_the_photograph(shade)))


def test_a_place_that_is_white_is_refused(build):
    plan = replace(PLAN, pages=PLAN.pages[:1])
    refuse(plan, build(plan, white_instead_of_black), "not solid black")


def test_a_photograph_that_is_covered_and_not_burnt_is_refused(build):
    plan = replace(PLAN, pages=PLAN.pages[3:])
    refuse(plan, build(plan, covered_only), "not solid black")


def test_a_tail_that_sticks_out_of_its_burnt_place_is_refused(build):
    """Where the mark is as high as small letters, burning grows it over the rest."""
    (page,) = pages_of(drawn(_page(("seen with Quibblyjpg today",))))
    (word,) = [word for word in page.words if "Quibb" in word.text]
    box = Box(word.box.x0, word.box.y0 + 3, word.box.x1, word.box.y1 - 3)
    files = {"a": drawn(_page(("seen with Quibblyjpg today",)))}
    plan = BundlePlan("R", (PlannedPage("a", 0, page, (PlannedMark(1, box, "C"),)),))
    out, report = build(plan, files=files)
    evidence = evidence_of(plan, files)
    check.check(plan, report, out, evidence)

    def fault(planted):
        planted.setattr(ink, "grown", lambda grey, box, kept=(): box)

    out, report = build(plan, fault, files)
    refuse(plan, (out, report), "sticks out", evidence)


# ------------------------------------------------------------------------ pages that are wrong


class OtherDrawing:
    """A page that draws itself otherwise; ``change`` gets what it was asked for."""

    def __init__(self, page, change):
        self._page, self._change = page, change

    def get_size(self):
        return self._page.get_size()

    def close(self):
        self._page.close()

    def render(self, **how):
        return self._page.render(**self._change(how))


def drawn_otherwise(change):
    def fault(planted):
        real = burn._open
        planted.setattr(
            burn, "_open", lambda document, task: OtherDrawing(real(document, task), change)
        )

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
    other = drawn(_page(("Something else altogether", "was said here")))

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

        def finished(canvas, task, boxes, words, made):
            stamp = [word for word in words if word.box.y0 > task.page.height]
            left = [word for word in words if word.box.y0 <= task.page.height]
            return real(canvas, task, boxes, [*change(task, left), *stamp], made)

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
