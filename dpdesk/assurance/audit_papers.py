"""What is printed about self-assessments: the picture, what changed, and what shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from dpdesk.assurance.audit_rules import STEPS, Rated, changes
from dpdesk.assurance.pick_lists import label, pick
from dpdesk.papers import look
from dpdesk.papers.flow import Printed
from dpdesk.papers.kit import Paper
from dpdesk.papers.letterhead import Letterhead
from dpdesk.papers.radar import RadarChart, RadarLine

_SHOWN: Final = 3
"""So many self-assessments are printed side by side."""


def ratings_paper(
    assessments: Sequence[Rated], day: dt.date, letterhead: Letterhead | None
) -> Printed:
    """Prints the last self-assessments: a picture, what changed, and each category."""
    paper = Paper("Self-assessment", letterhead=letterhead, printed_on=day)
    shown = assessments[-_SHOWN:]
    if not shown:
        paper.text("There is no self-assessment yet.")
        return paper.printed()
    categories = pick("categories")
    paper.text(
        "How well the school meets each of the ten categories of the ICO’s Accountability "
        "Framework. The numbers are those of the table."
    )
    lines = tuple(RadarLine(each.name, each.steps()) for each in shown)
    rings = tuple(label("ratings", step) for step in STEPS)
    paper.radar(RadarChart(len(categories), rings, lines))
    if len(shown) > 1:
        paper.heading("What changed since the last time")
        changed = changes(shown)
        paper.bullets([f"{each.said}." for each in changed])
        if not changed:
            paper.text("Nothing changed.")
    paper.heading("Category by category")
    rows = [
        (
            str(number),
            each.label,
            *(_said(rated.rated.get(each.code)) for rated in shown),
            shown[-1].because.get(each.code, ""),
        )
        for number, each in enumerate(categories, start=1)
    ]
    heads = ["No.", "Category", *(rated.name for rated in shown), "What shows it"]
    paper.table(heads, rows)
    paper.text("Source: ICO Accountability Framework.", style=look.SMALL)
    return paper.printed()


def _said(step: int | None) -> str:
    return label("ratings", STEPS[step]) if step is not None else "–"
