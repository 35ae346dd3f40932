"""What is printed about one decision on sharing: five answers, the reason, and what was given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dpdesk.assurance.sharing_rules import HEADLINES, QUESTIONS, proposed
from dpdesk.law.words import long_date, short_date
from dpdesk.papers.flow import Printed
from dpdesk.papers.kit import Fact, Paper, Tone
from dpdesk.papers.letterhead import Letterhead
from dpdesk.registers.entries import Entry
from dpdesk.registers.fields import Values
from dpdesk.registers.wording import show

_TONES: Final[Mapping[str, Tone]] = {
    "approved": "ok",
    "part": "ok",
    "refused": "danger",
    "": "warn",
}
_NOT_HERE: Final = frozenset({"assets", "dpia"})
"""Questions about other entries, whose numbers say nothing on paper."""


@dataclass(frozen=True, slots=True)
class DecisionPaper:
    """A request to share something, with what was given of it."""

    entry: Entry
    given: Sequence[Values]
    day: dt.date
    letterhead: Letterhead | None = None


def decision_paper(asked: DecisionPaper) -> Printed:
    """Prints the decision on top, why, and the five answers that led to it."""
    entry = asked.entry
    values, register = entry.values, entry.register
    made = proposed(values)
    decision = str(values.get("decision") or "")
    paper = Paper(
        f"May we share this? {values.get('whom') or ''}",
        reference=entry.reference,
        letterhead=asked.letterhead,
        marking="Confidential",
        printed_on=asked.day,
    )
    paper.status(HEADLINES[decision or made.decision], _TONES[decision or made.decision])
    if decision:
        by = f" by {values['decided_by']}" if values.get("decided_by") else ""
        on = f" on {long_date(values['decided_on'])}" if values.get("decided_on") else ""
        if by or on:
            paper.text(f"Decided{by}{on}.")
        paper.text(str(values.get("because") or ""))
    else:
        paper.text("Proposed by dpdesk; nobody has decided yet." if made.decision else "")
        paper.text(" ".join(made.because))
    if made.before and decision != "refused":
        paper.heading("To be done")
        paper.tick_boxes(made.before)
    for number, (section, question) in enumerate(QUESTIONS.items(), start=1):
        paper.heading(f"{number}. {question}")
        paper.facts(
            [
                Fact(field.label, show(field, values.get(field.name)))
                for field in register.fields
                if field.section == section
                and field.name not in _NOT_HERE
                and field.applies(values)
                and (field.wanted or values.get(field.name))
            ]
        )
    if asked.given:
        paper.heading("What was given")
        rows = [
            (short_date(g["day"]), str(g["what"]), str(g.get("how") or ""), str(g.get("by") or ""))
            for g in asked.given
        ]
        paper.table(["When", "What", "How", "By whom"], rows)
    paper.keep()
    paper.signature()
    return paper.printed()
