"""A plan with its files, and what the tests of faulty builders share."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dpdesk.disclosure import bundle, burn, check
from dpdesk.disclosure.redrawing import Anew
from dpdesk.errors import ReleaseRefused
from tests.disclosure.pdfs import drawn, evidence_of, plan_of
from tests.disclosure.tampering import FRONT, photo_page

SECRET = "Quibblethorpe"
LINES = (
    ("On Monday the class went", "to the museum with Quibblethorpe and Ann", "by the early train"),
    ("Quibblethorpe was not well", "so the nurse rang his mother", "who came before lunch"),
    ("Nobody minded at all", "that it rained the whole day", "said Quibblethorpe to the head"),
)


def paper(lines):
    def draw(canvas):
        canvas.setFont("Helvetica", 12)
        for rank, line in enumerate(lines):
            canvas.drawString(72, 760 - 20 * rank, line)

    return draw


LETTER = drawn(*(paper(lines) for lines in LINES))
FILES = {"letter": LETTER, "photo": drawn(photo_page)}
PLAN = plan_of(FILES, [SECRET], front=FRONT)
HELD = replace(PLAN, pages=(PLAN.pages[0], replace(PLAN.pages[1], withheld="TP-16", number=9)))


def refuse(plan, built, match=None, evidence=None):
    out, report = built
    with pytest.raises(ReleaseRefused, match=match) as caught:
        check.check(plan, report, out, evidence or evidence_of(plan, FILES))
    assert SECRET.lower() not in str(caught.value).lower()


def task_with(change):
    """Hands other tasks to the workers than the plan says; ``change`` gives the new task."""

    def fault(planted):
        real = bundle._Build._task
        planted.setattr(
            bundle._Build, "_task", lambda self, planned, n: change(real(self, planned, n))
        )

    return fault


def burnt_in_place(fault):
    """The fault where no line is set anew: there a mark is burnt where it lies."""

    def both(planted):
        planted.setattr(burn, "set_anew", lambda *_: Anew())
        fault(planted)

    return both
