"""Any entry of any register, and the reckoning of any date, on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dpdesk.law.steps import ClockResult, ClockState
from dpdesk.law.words import listed, long_date, long_moment

from .kit import Cell, Fact, Letterhead, Paper, Printed, Step, Tone


@dataclass(frozen=True, slots=True)
class PrintedSection:
    """A part of an entry: a heading and its questions with answers."""

    heading: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class PrintedLink:
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
class PrintedChange:
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
    sections: tuple[PrintedSection, ...]
    state: str = ""
    tone: Tone = "info"
    due: str = ""
    steps: tuple[Step, ...] = ()
    links: tuple[PrintedLink, ...] = ()
    documents: tuple[FiledDocument, ...] = ()
    history: tuple[PrintedChange, ...] = ()
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
        # The day is that of what comes next, not of the state: something closed may have an action.
        due = f"next due {entry.due}" if entry.due else ""
        paper.status("; ".join(t for t in (entry.state, due) if t), entry.tone)
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
        rows = [(c.when, c.who, c.field, c.before, c.after, c.why) for c in entry.history]
        titles = ("When", "Who", "What", "From", "To", "Why")
        used = [n for n in range(len(titles)) if n < 3 or any(row[n] for row in rows)]
        paper.table([titles[n] for n in used], [[row[n] for n in used] for row in rows])


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A due date as a clock of ``dpdesk.law`` gives it, to be printed with its steps."""

    title: str
    printed_on: date
    clock: ClockResult
    reference: str = ""
    letterhead: Letterhead | None = None
    marking: str = ""


def why_this_date(reckoning: Reckoning) -> Printed:
    """Prints how a due date was reckoned, one step to a line, each with its source.

    Where the clock stands still, the paper says so and why in place of the date.
    """
    paper = Paper(
        reckoning.title,
        reference=reckoning.reference,
        letterhead=reckoning.letterhead,
        marking=reckoning.marking,
        printed_on=reckoning.printed_on,
    )
    clock = reckoning.clock
    paper.status(*_standing(clock))
    days: list[tuple[str, Cell]] = []
    if clock.extension_notice_due is not None:
        days.append(
            ("Last day to give notice of an extension", long_date(clock.extension_notice_due))
        )
    if clock.target is not None:
        days.append(("Aim for", f"{long_date(clock.target)}, to be on the safe side"))
    if days:
        paper.facts(days)
    paper.heading("Why this date?" if clock.due is not None else "Why no date yet?")
    paper.steps(clock.steps)
    return paper.printed()


def _standing(clock: ClockResult) -> tuple[str, Tone]:
    """Due date or standstill, as words and the tone of its sign."""
    waiting = f", waiting for {listed(clock.waiting_for)}" if clock.waiting_for else ""
    if isinstance(clock.due, datetime):
        return f"Due {long_moment(clock.due)}", "info"
    if clock.due is not None:
        return f"Due {long_date(clock.due)}", "info"
    if clock.paused_since is not None:
        return f"Paused since {long_date(clock.paused_since)}{waiting}", "warn"
    if clock.state is ClockState.NOT_APPLICABLE:
        return "No time limit applies", "off"
    return f"The time has not started{waiting}", "warn"
