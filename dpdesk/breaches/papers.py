"""What the breach log prints for the regulator and for the school's own file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from dpdesk.breaches.counted import BreachFigures, Counted, ListedBreach
from dpdesk.breaches.report_answers import Answered
from dpdesk.law.risk import Proposal
from dpdesk.law.words import long_date, long_moment, short_moment
from dpdesk.papers import look
from dpdesk.papers.kit import Bar, BarChart, Column, Fact, Letterhead, Paper, Printed, Status, Step

_WHATS_NEW = "2d"
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
    case_reference: str = ""
    follows: dt.date | None = None
    """The day of the report that this one follows up."""


_NO_CYBER = "No page is missing: questions 14 to 17 are for cyber incidents only."


def regulator_report(report: ReportPaper) -> Printed:
    """Prints every question that applies with its answer; a gap says "Not yet known"."""
    paper = Paper(
        "Personal data breach: " + ("follow-up report" if report.follow_up else "initial report"),
        reference=report.reference,
        letterhead=report.letterhead,
        marking=_DRILL if report.drill else "Confidential",
        printed_on=report.printed_on,
    )
    paper.text(_opening(report), style=look.BODY.but(colour=look.MUTED), gap=2.0)
    gaps = [each for each in report.answers if not each.known]
    if gaps and not report.follow_up:
        numbers = ", ".join(each.question.number for each in gaps)
        paper.note(
            f"Questions {numbers}. The law lets you answer later, without undue further delay."
            if len(gaps) > 1
            else f"Question {numbers}. The law lets you answer later, without undue further delay.",
            title="Not yet known",
            source="UK GDPR Art 33(4)",
        )
    if report.follow_up:
        _news(paper, report.answers)
    # How to send it is for the sender, who sees it on screen.
    told = any(each.fresh for each in report.answers)
    printed = [each for each in report.answers if _is_printed(each, told)]
    for section, answers in groupby(printed, key=lambda each: each.question.section):
        paper.heading(section)
        paper.facts([_fact(each) for each in answers], label_share=0.4)
    if all(each.question.number != "14" for each in printed):
        paper.text(_NO_CYBER, style=look.SMALL)
    return paper.printed()


def _is_printed(each: Answered, told: bool) -> bool:
    """``told``: the table above has said already what is new, question by question."""
    if each.question.kind == "info":
        return False
    return each.known or not told or each.question.number != _WHATS_NEW


def _news(paper: Paper, answers: Sequence[Answered]) -> None:
    """Question by question what differs from the last report, before everything is said again."""
    told = any(each.fresh for each in answers)
    paper.heading("New since the last report")
    paper.table(
        (Column("No", 0.07), Column("Question", 0.33), Column("Before", 0.3), Column("Now", 0.3)),
        [
            (each.question.number, each.question.text, *_differing(each))
            for each in answers
            if each.fresh
        ],
        empty="No answer has changed.",
    )
    paper.heading("Still outstanding")
    paper.table(
        (Column("No", 0.07), Column("Question", 0.5), Column("When")),
        [
            (each.question.number, each.question.text, each.note or "No date has been given yet.")
            for each in answers
            if not each.known and _is_printed(each, told)
        ],
        empty="Nothing: every question has been answered.",
    )


def _differing(each: Answered) -> tuple[str, str]:
    """Before and now; of a long answer only the lines that are not the same."""
    before, now = each.before.splitlines(), each.text.splitlines()
    if len(before) < 2 or not set(before) & set(now):
        return each.before or "Not asked", each.text
    gone = [line for line in before if line not in now]
    come = [line for line in now if line not in before]
    return "\n".join(gone) or "(nothing was taken out)", "\n".join(come) or "(nothing was added)"


def _opening(report: ReportPaper) -> str:
    if report.follow_up:
        of = f"our report of {long_date(report.follows)}" if report.follows else "an earlier report"
        known = f" Your case reference: {report.case_reference}." if report.case_reference else ""
        return f"To the {report.regulator}, following up {of}.{known}"
    return f"To the {report.regulator}, due by {long_moment(report.due)} (UK GDPR Art 33)."


def _fact(each: Answered) -> Fact:
    notes = [each.note, "New or changed since the last report." if each.fresh else ""]
    return Fact(
        each.question.text,
        each.text if each.known else Status(each.text, "warn"),
        " ".join(note for note in notes if note),
        each.question.number,
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
        f"Written report for {' and '.join(report.to)}, due by {long_moment(report.due)}, "
        "24 hours after it became known.",
        style=look.BODY.but(colour=look.MUTED),
        gap=2.0,
    )
    paper.heading("What happened")
    paper.facts([Fact(label, value) for label, value in report.facts])
    paper.text(
        "The person responsible explains to the leadership team what happened; the head teacher "
        "decides what to tell the police (policy 16.4).",
        style=look.SMALL,
    )
    paper.heading("To be decided by the head teacher")
    paper.tick_boxes(["Police told; crime number:", "The police need not be told, because:"])
    paper.heading("Signatures")
    paper.signature(("Responsible", "Received by", "Date and time"))
    return paper.printed()


@dataclass(frozen=True, slots=True)
class AssessmentPaper:
    """The proposal as it stands, and what was decided: questions with their answers."""

    reference: str
    title: str
    proposal: Proposal
    facts: Sequence[tuple[str, str]]
    printed_on: dt.date
    letterhead: Letterhead | None = None
    drill: bool = False


def assessment(paper_of: AssessmentPaper) -> Printed:
    """Prints whether to report and why: the record that the regulator advises to keep."""
    proposal = paper_of.proposal
    paper = Paper(
        "Must this breach be reported?",
        reference=paper_of.reference,
        letterhead=paper_of.letterhead,
        marking=_DRILL if paper_of.drill else "Confidential",
        printed_on=paper_of.printed_on,
    )
    paper.text(paper_of.title, style=look.BODY.but(colour=look.MUTED), gap=2.0)
    paper.heading("Proposal")
    paper.status(proposal.level.label, "ok" if proposal.sure else "warn")
    paper.steps([Step(each.text, each.source, None, each.confidence) for each in proposal.reasons])
    if proposal.missing:
        paper.heading("These answers would help", 2)
        paper.bullets([f"It is not yet known {words}." for words in proposal.missing])
    paper.heading("Decision")
    paper.facts([Fact(label, value) for label, value in paper_of.facts])
    paper.text(
        "A proposal is not a decision. The data protection officer decides (policy 16.6).",
        style=look.SMALL,
        stay=True,  # a page with nothing but a signature could belong to any paper
    )
    paper.signature(("Decided by", "Date"))
    return paper.printed()


def figures(found: BreachFigures, printed_on: dt.date, letterhead: Letterhead | None) -> Printed:
    """Prints the figures of a period: the numbers, charts, and what was not reported and why."""
    paper = Paper(
        "Breaches in figures",
        letterhead=letterhead,
        marking="Confidential",
        printed_on=printed_on,
    )
    paper.text(
        f"Incidents the school became aware of from {long_date(found.first)} to "
        f"{long_date(found.last)}. Drills are left out.",
        style=look.BODY.but(colour=look.MUTED),
        gap=2.0,
    )
    paper.heading("In figures")
    paper.table((Column("", 0.8), Column("Number", align="right")), _numbers(found))
    paper.heading("Over time")
    bars = [
        Bar(each.label, (each.breaches, each.near_misses, each.false_alarms))
        for each in found.stretches
    ]
    chart = BarChart(tuple(bars), ("Breaches", "Near misses", "False alarms"))
    paper.upright(chart if found.logged else BarChart(()), empty="Nothing was logged.")
    paper.heading("Breaches by kind")
    paper.across(_counted(found.by_kind), empty="No breach was recorded.")
    paper.heading("Breaches by cause")
    paper.across(_counted(found.by_cause), empty="No breach was recorded.")
    paper.heading("Not reported, and why")
    paper.table(
        ("Reference", "Aware", "What", "Reason"),
        [
            (each.reference, short_moment(each.aware), each.summary, each.reason)
            for each in found.not_reported
        ],
        empty="None.",
    )
    if found.late:
        paper.heading("Reported after 72 hours, and why")
        paper.table(("Reference", "Aware", "Reported", "Reason"), [_late(e) for e in found.late])
    return paper.printed()


def _numbers(found: BreachFigures) -> list[tuple[str, str]]:
    rows = [
        ("Incidents logged", found.logged),
        ("Breaches", found.breaches),
        ("Near misses", found.near_misses),
        ("False alarms", found.false_alarms),
        ("Not yet decided", found.undecided),
        ("Reported to the ICO", found.reported),
        ("of these within 72 hours", found.on_time),
        ("of these late", len(found.late)),
        ("Breaches where the decision was not to report", len(found.not_reported)),
        ("Breaches still to be decided or reported", found.waiting),
        ("Incidents past 72 hours with no report and no decision", found.overdue),
        ("People affected by breaches, as far as known", found.people),
    ]
    return [(words, f"{number:,}") for words, number in rows]


def _counted(rows: Sequence[Counted]) -> BarChart:
    return BarChart(tuple(Bar(each.label, (each.number,)) for each in rows))


def _late(told: ListedBreach) -> tuple[str, str, str, str]:
    reported = short_moment(told.reported) if told.reported else ""
    return told.reference, short_moment(told.aware), reported, told.reason
