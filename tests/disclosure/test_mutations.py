"""A builder that burns at wrong places, or not at all: the check refuses what it builds.

Each fault is planted in our own building functions and taken out again before the check.
"""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from dpdesk.disclosure import areas, burn, canvas, check, ink, redrawing
from dpdesk.disclosure.plan import BundlePlan, PlannedMark, PlannedPage
from dpdesk.disclosure.redrawing import Anew
from dpdesk.documents.pages import Box
from tests.disclosure.faults import (
    FILES,
    HELD,
    PLAN,
    burnt_in_place,
    paper,
    refuse,
    task_with,
)
from tests.disclosure.pdfs import drawn, evidence_of, pages_of


@pytest.mark.parametrize("plan", [PLAN, HELD], ids=["all", "one page withheld"])
def test_what_is_built_without_a_fault_passes(build, plan):
    out, report = build(plan)
    check.check(plan, report, out, evidence_of(plan, FILES))


# ------------------------------------------------------------------ places that are not burnt


def changed_boxes(change, *, told):
    """Burns other boxes than it should; ``told`` says whether the report tells the truth."""

    def fault(planted):
        if told:
            real = areas.pixel_areas
            planted.setattr(burn, "set_anew", lambda *_: Anew())  # burnt where the word stood
            planted.setattr(burn, "pixel_areas", lambda *a, **k: change(real(*a, **k)))
            return
        pure, jpeg = canvas.pure, canvas.jpeg

        def paste(picture, boxes):
            return jpeg(picture, change(boxes))

        planted.setattr(burn, "pure", lambda grey, boxes, part: pure(grey, change(boxes), part))
        planted.setattr(burn, "jpeg", paste)

    return fault


def set_otherwise(change):
    """Sets lines anew with a fault; ``change`` gives the plans that are carried out."""

    def fault(planted):
        real = redrawing._Redrawing.carry_out
        planted.setattr(
            redrawing._Redrawing,
            "carry_out",
            lambda self, plans: real(self, [change(self, plan) for plan in plans]),
        )

    return fault


def not_wiped(work, plan):
    x0, y0, x1, _ = plan.band
    return replace(plan, band=(x0, y0, x1, y0 + 1))


def the_removed_word_drawn_again(work, plan):
    (gone,) = [group for group in plan.line.groups if not group.stays]
    box = plan.gaps[0]
    wide = math.ceil((gone.outline.x1 - gone.outline.x0) * work._across) + 4
    target = (plan.band[2] + 20, plan.old[1], plan.band[2] + 20 + wide, plan.old[3])
    shift = target[0] + 2 - gone.outline.x0 * work._across
    piece = (gone, box[0], target, shift, work._draw(target, shift))
    x0, y0, _, y1 = plan.band
    return replace(plan, pieces=(*plan.pieces, piece), band=(x0, y0, target[2], y1))


def another_word_drawn(work, plan):
    *rest, (group, pen, target, shift, _) = plan.pieces
    drawn_ = work._draw(target, shift + 60)
    return replace(plan, pieces=(*rest, (group, pen, target, shift, drawn_)))


def words_forgotten(work, plan):
    return replace(plan, pieces=plan.pieces[:1])


def no_gap(work, plan):
    return replace(plan, gaps=())


@pytest.mark.parametrize(
    "change",
    [not_wiped, the_removed_word_drawn_again, another_word_drawn, words_forgotten, no_gap],
)
def test_a_line_that_is_set_anew_with_a_fault_is_refused(build, change):
    plan = replace(PLAN, pages=PLAN.pages[:1])
    refuse(plan, build(plan, set_otherwise(change)))


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
    refuse(plan, build(plan, burnt_in_place(task_with(change))))


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

        def encode(picture, boxes, **_how):
            for box in boxes:
                picture.paste(shade, box)
            return jpeg(picture, [])

        planted.setattr(burn, "jpeg", encode)

    return fault


def covered_only(planted):
    """The rectangle on top is there, but the picture below it was not burnt."""
    real = burn._tones

    def tones(drawing, page, task, *, light):
        kept = drawing.picture.copy()
        with pytest.MonkeyPatch.context() as inner:
            jpeg = canvas.jpeg
            inner.setattr(burn, "jpeg", lambda _, boxes, **how: jpeg(kept, []))
            return real(drawing, page, task, light=light)

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
    (page,) = pages_of(drawn(paper(("seen with Quibblyjpg today",))))
    (word,) = [word for word in page.words if "Quibb" in word.text]
    box = Box(word.box.x0, word.box.y0 + 3, word.box.x1, word.box.y1 - 3)
    files = {"a": drawn(paper(("seen with Quibblyjpg today",)))}
    plan = BundlePlan("R", (PlannedPage("a", 0, page, (PlannedMark(1, box, "C"),)),))
    out, report = build(plan, files=files)
    evidence = evidence_of(plan, files)
    check.check(plan, report, out, evidence)

    def fault(planted):
        planted.setattr(burn, "set_anew", lambda *_: Anew())
        planted.setattr(ink, "grown", lambda grey, box, kept=(): box)

    out, report = build(plan, fault, files)
    refuse(plan, (out, report), "sticks out", evidence)
