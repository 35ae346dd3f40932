"""Any entry of any register, and the reckoning of any date, on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dpdesk.law.words import long_date

from .kit import Fact, Letterhead, Paper, Printed, Step, Tone


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an entry: a heading and its questions with answers."""

    heading: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link to another entry, as the screen words it."""

    reference: str
    title: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class FiledDocument:
    """A document kept with the entry."""

    name: str
    pages: str = ""
    added: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the history: when, who, which question, from what to what."""

    when: str
    who: str
    field: str
    before: str
    after: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class EntrySheet:
    """Everything the sheet of an entry shows; dates and amounts come already in words."""

    title: str
    reference: str
    printed_on: date
    sections: tuple[Section, ...]
    state: str = ""
    tone: Tone = "info"
    due: str = ""
    steps: tuple[Step, ...] = ()
    links: tuple[Link, ...] = ()
    documents: tuple[FiledDocument, ...] = ()
    history: tuple[Change, ...] = ()
    missing: tuple[str, ...] = ()
    letterhead: Letterhead | None = None
    marking: str = "Confidential"


def entry_sheet(entry: EntrySheet) -> Printed:
    """Prints an entry: state and due date first, then its sections, and its history last."""
    paper = Paper(
        entry.title,
        reference=entry.reference,
        letterhead=entry.letterhead,
        marking=entry.marking,
        printed_on=entry.printed_on,
    )
    if entry.state:
        paper.status(" – ".join(t for t in (entry.state, entry.due) if t), entry.tone)
    elif entry.due:
        paper.text(entry.due)
    if entry.missing:
        paper.note("\n".join(entry.missing), title="Still missing")
    for section in entry.sections:
        paper.heading(section.heading)
        paper.facts(section.facts)
    if entry.steps:
        paper.heading("Why this date?")
        paper.steps(entry.steps)
    _attached(paper, entry)
    return paper.printed()


def _attached(paper: Paper, entry: EntrySheet) -> None:
    if entry.links:
        paper.heading("Linked entries")
        paper.table(
            ["Reference", "Title", "Why"], [(k.reference, k.title, k.why) for k in entry.links]
        )
    if entry.documents:
        paper.heading("Documents")
        paper.table(
            ["Name", "Pages", "Added"], [(d.name, d.pages, d.added) for d in entry.documents]
        )
    if entry.history:
        paper.heading("History")
        paper.table(
            ["When", "Who", "What", "From", "To", "Why"],
            [(c.when, c.who, c.field, c.before, c.after, c.why) for c in entry.history],
        )


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A date with the steps that lead to it; ``due`` None means that the clock stands still."""

    title: str
    printed_on: date
    steps: tuple[Step, ...]
    due: date | None
    standing: str = ""
    reference: str = ""
    caution: str = ""
    letterhead: Letterhead | None = None
    marking: str = ""


def why_this_date(reckoning: Reckoning) -> Printed:
    """Prints how a due date was reckoned, one step to a line, each with its source.

    ``standing`` is printed in place of the date while there is none ("Paused since 7 September").
    """
    paper = Paper(
        reckoning.title,
        reference=reckoning.reference,
        letterhead=reckoning.letterhead,
        marking=reckoning.marking,
        printed_on=reckoning.printed_on,
    )
    if reckoning.due is not None:
        paper.status(f"Due {long_date(reckoning.due)}", "info")
    else:
        paper.status(reckoning.standing or "No due date yet", "warn")
    paper.heading("Why this date?")
    paper.steps(reckoning.steps)
    if reckoning.caution:
        paper.note(reckoning.caution, title="Please note")
    return paper.printed()
