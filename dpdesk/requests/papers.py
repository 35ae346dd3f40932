"""What the request log prints: the case file, the figures, the sample check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dpdesk.law.words import long_date, short_date
from dpdesk.papers import look
from dpdesk.papers.kit import Bar, BarChart, Column, Fact, Letterhead, Paper, Printed, Step
from dpdesk.requests.counted import CountedRequests, RequestFigures, number_lines


@dataclass(frozen=True, slots=True)
class CaseSection:
    """Questions with their answers, under one heading."""

    heading: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class CaseTable:
    """A table of the case file: places searched, questions asked, documents, releases."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class CaseLetter:
    """A letter as it went, in its words."""

    label: str
    told: str
    text: str
    sha256: str


@dataclass(frozen=True, slots=True)
class CasePaper:
    """Everything that the case file of a request holds, in the order in which it is printed."""

    reference: str
    kind: str
    printed_on: date
    letterhead: Letterhead
    summary: tuple[Fact, ...]
    sections: tuple[CaseSection, ...]
    steps: Sequence[Step]
    tables: tuple[CaseTable, ...]
    letters: tuple[CaseLetter, ...]
    history: tuple[tuple[str, str, str, str], ...]


def case_paper(case: CasePaper) -> Printed:
    """Prints the case file: in short, the time, what was asked and decided, proof, letters."""
    paper = Paper(
        f"Case file: {case.kind}",
        reference=case.reference,
        letterhead=case.letterhead,
        marking="Confidential",
        printed_on=case.printed_on,
    )
    paper.text(
        "This paper shows how the school handled the request, from the record that it keeps. The "
        "checksums (SHA-256) tell that a file is the one that was kept: if a single sign of it "
        "were changed, they would not agree.",
        style=look.BODY.but(colour=look.MUTED),
    )
    paper.heading("In short")
    paper.facts(case.summary)
    if case.steps:
        paper.heading("The time to answer, step by step")
        paper.steps(case.steps)
    for section in case.sections:
        paper.heading(section.heading)
        paper.facts(section.facts)
    for table in case.tables:
        paper.heading(table.heading)
        paper.table(list(table.columns), table.rows, style=look.CELL_SMALL)
    _letters(paper, case.letters)
    paper.heading("History")
    paper.table(
        ["When", "Who", "What", "Set to"],
        case.history,
        style=look.CELL_SMALL,
    )
    return paper.printed()


def _letters(paper: Paper, letters: Sequence[CaseLetter]) -> None:
    paper.heading("Letters that were sent")
    if not letters:
        paper.text("None is kept here.", style=look.BODY.but(colour=look.MUTED))
    for letter in letters:
        paper.heading(letter.label, 2)
        paper.text(letter.told, style=look.BODY.but(colour=look.MUTED), stay=True)
        for part in letter.text.split("\n\n"):
            paper.text(part, indent=14.0)
        if letter.sha256:
            paper.text(f"SHA-256 of the letter: {letter.sha256}", style=look.SMALL)


def figures(found: RequestFigures, printed_on: date, letterhead: Letterhead | None) -> Printed:
    """Prints the figures of a period: the numbers, a chart, and what was late and why."""
    paper = Paper(
        "Requests in figures", letterhead=letterhead, marking="Confidential", printed_on=printed_on
    )
    paper.text(
        f"Requests and complaints from {long_date(found.first)} to {long_date(found.last)}.",
        style=look.BODY.but(colour=look.MUTED),
        gap=2.0,
    )
    paper.heading("In figures")
    paper.table((Column("", 0.8), Column("Number", align="right")), number_lines(found))
    paper.heading("Received over time")
    paper.upright(_bars(found.stretches), empty="Nothing was received.")
    for title, counted in (
        ("Received, by kind", found.by_kind),
        ("Received, by the way they came", found.by_source),
        ("Closed, by outcome", found.by_outcome),
    ):
        paper.heading(title)
        paper.across(_bars(counted), empty="None.")
    if found.late:
        paper.heading("Answered late, and why")
        paper.table(
            ("Reference", "Due", "Answered", "Reason"),
            [
                (each.reference, short_date(each.due), short_date(each.closed), each.reason)
                for each in found.late
            ],
        )
    return paper.printed()


def _bars(counted: Sequence[CountedRequests]) -> BarChart:
    if not any(each.number for each in counted):
        return BarChart(())
    return BarChart(tuple(Bar(each.label, (each.number,)) for each in counted))
