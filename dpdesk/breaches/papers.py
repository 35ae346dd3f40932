"""What the breach log prints for the regulator and for the school's own file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from dpdesk.breaches.answers import Answered, completeness
from dpdesk.law.words import long_moment
from dpdesk.papers import look
from dpdesk.papers.kit import Fact, Letterhead, Paper, Printed

_DRILL = "Drill – this did not happen"


@dataclass(frozen=True, slots=True)
class ReportPaper:
    """A report to the regulator, ready to print. Moments are in UTC."""

    answers: tuple[Answered, ...]
    reference: str
    regulator: str
    follow_up: bool
    printed_on: dt.date
    due: dt.datetime
    letterhead: Letterhead | None = None
    drill: bool = False


def regulator_report(report: ReportPaper) -> Printed:
    """Prints every question that applies with its answer; a gap says "Not yet known"."""
    paper = Paper(
        "Personal data breach: " + ("follow-up report" if report.follow_up else "initial report"),
        reference=report.reference,
        letterhead=report.letterhead,
        marking=_DRILL if report.drill else "Confidential",
        printed_on=report.printed_on,
    )
    known, wanted = completeness(report.answers)
    paper.text(_opening(report, known, wanted), style=look.BODY.but(colour=look.MUTED), gap=2.0)
    gaps = [each for each in report.answers if not each.known]
    if gaps:
        numbers = ", ".join(each.question.number for each in gaps)
        paper.note(
            f"Questions {numbers}. The law lets this follow in phases, without undue further delay."
            if len(gaps) > 1
            else f"Question {numbers}. The law lets this follow, without undue further delay.",
            title="Not yet known",
            source="UK GDPR Art 33(4)",
        )
    for section, answers in groupby(report.answers, key=lambda each: each.question.section):
        paper.heading(section)
        paper.facts([_fact(each) for each in answers], label_share=0.4)
    return paper.printed()


def _opening(report: ReportPaper, known: int, wanted: int) -> str:
    answered = f"{known} of {wanted} questions are answered."
    if report.follow_up:
        return f"To the {report.regulator}, following up an earlier report. {answered}"
    due = long_moment(report.due)
    return f"To the {report.regulator}, due by {due} (UK GDPR Art 33). {answered}"


def _fact(each: Answered) -> Fact:
    notes = [each.note, "New or changed since the last report." if each.fresh else ""]
    return Fact(
        f"{each.question.number}   {each.question.text}",
        each.text,
        " ".join(note for note in notes if note),
    )


@dataclass(frozen=True, slots=True)
class EquipmentPaper:
    """The written report of policy 16.4(b); ``facts`` are questions with their answers."""

    reference: str
    facts: Sequence[tuple[str, str]]
    due: dt.datetime
    to: tuple[str, ...]
    printed_on: dt.date
    letterhead: Letterhead | None = None
    drill: bool = False


def equipment_report(report: EquipmentPaper) -> Printed:
    """Prints the report on lost, damaged or stolen equipment, to be signed."""
    paper = Paper(
        "Loss, damage or theft of equipment",
        reference=report.reference,
        letterhead=report.letterhead,
        marking=_DRILL if report.drill else "Confidential",
        printed_on=report.printed_on,
    )
    paper.text(
        f"Written report to {' and '.join(report.to)}, due by {long_moment(report.due)}, "
        "24 hours after it became known.",
        style=look.BODY.but(colour=look.MUTED),
        gap=2.0,
    )
    paper.heading("What happened")
    paper.facts([Fact(label, value) for label, value in report.facts])
    paper.text(
        "The person responsible describes the circumstances to the leadership team; the head "
        "teacher says what the police are told (policy 16.4).",
        style=look.SMALL,
    )
    paper.heading("To be decided by the head teacher")
    paper.tick_boxes(["Police told; crime number:", "Police need not be told, because:"])
    paper.heading("Signatures")
    paper.signature(("Responsible", "Received by", "Date and time"))
    return paper.printed()
