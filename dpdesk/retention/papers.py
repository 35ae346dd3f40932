"""What this room prints: schedule, due list, certificate, log, hold notice and outlook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import groupby

from dpdesk.law.words import count, long_date, short_date
from dpdesk.papers import look
from dpdesk.papers.kit import Column, Fact, Letterhead, Paper, Printed, bold
from dpdesk.retention.disposal_records import DisposedLine
from dpdesk.retention.holding_rows import DueHolding
from dpdesk.retention.schedule_service import Difference

_SHORT = 12
"""Lines of a disposal that are kept together on a page of the log."""
_QUIET = look.BODY.but(colour=look.MUTED)


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class of the schedule in words.

    ``caution`` where its period is not confirmed, and ``own``: for the school alone.
    """

    group: str
    code: str
    records: str
    period: str
    action: str
    basis: str
    source: str
    note: str = ""
    caution: str = ""
    own: str = ""


@dataclass(frozen=True, slots=True)
class SchedulePaper:
    """The schedule, ready to print; ``edition`` is 0 for a draft that nobody signed off.

    ``working``: with the school's own notes and cautions, not for publication.
    """

    rows: tuple[ClassRow, ...]
    printed_on: dt.date
    edition: int = 0
    signed_on: dt.date | None = None
    signed_by: str = ""
    years: str = ""
    changes: tuple[Difference, ...] = ()
    since: str = ""
    working: bool = False
    letterhead: Letterhead | None = None


def schedule(paper: SchedulePaper) -> Printed:
    """Prints the schedule for publication, group by group, with what changed."""
    sheet = Paper(
        "Retention and disposal schedule",
        reference=f"Edition {paper.edition}" if paper.edition else "Draft",
        letterhead=paper.letterhead,
        marking="For the school only" if paper.working else "" if paper.edition else "Draft",
        printed_on=paper.printed_on,
        landscape=True,
    )
    if paper.signed_on is not None:
        signed = f"Signed off on {long_date(paper.signed_on)} by {paper.signed_by}."
        sheet.text((bold(signed),), gap=2.0)
    sheet.text(
        (
            "How long records are kept, from when, and what happens then. A period runs to the "
            "end of its last day; the records may be disposed of from the next day. Nothing is "
            "disposed of while it is needed for a claim, complaint, request, inspection or "
            "investigation, or for safeguarding. "
            f"{paper.years}"
        ).strip(),
        style=_QUIET,
        gap=2.0,
    )
    columns = (
        Column("Code", 0.05),
        Column("Records", 0.22),
        Column("Kept for", 0.17),
        Column("Then", 0.12),
        Column("Basis", 0.07),
        Column("Source and note", 0.37),
    )
    for group, rows in groupby(paper.rows, key=lambda row: row.group):
        sheet.heading(group)
        sheet.table(
            columns,
            [
                (
                    row.code,
                    row.records,
                    row.period,
                    row.action,
                    row.basis,
                    _basis_of(row, working=paper.working),
                )
                for row in rows
            ],
            style=look.CELL_SMALL,
        )
    if paper.since:
        sheet.heading(f"What changed since {paper.since}")
        sheet.table(
            (Column("Code", 0.055), Column("Records", 0.3), Column("Change", 0.645)),
            [(each.code, each.records, each.words) for each in paper.changes],
            empty="Nothing.",
            style=look.CELL_SMALL,
        )
    return sheet.printed()


def _basis_of(row: ClassRow, *, working: bool) -> str:
    own = (row.own, row.caution) if working else ()
    return "\n".join(part for part in (row.source, row.note, *own) if part)


@dataclass(frozen=True, slots=True)
class DuePaper:
    """What is due for disposal; ``actions`` are words by code, ``years`` holdings by year."""

    due: tuple[DueHolding, ...]
    actions: dict[str, str]
    years: dict[int, int]
    printed_on: dt.date
    letterhead: Letterhead | None = None


def due_list(paper: DuePaper) -> Printed:
    """Prints what is due by class, with its reason; apart, what something holds up."""
    sheet = Paper(
        "Due for disposal",
        letterhead=paper.letterhead,
        marking="Confidential",
        printed_on=paper.printed_on,
        landscape=True,
    )
    free = [each for each in paper.due if not each.held_up]
    held = [each for each in paper.due if each.held_up]
    sheet.text(
        f"{count(len(free), 'holding')} due by {long_date(paper.printed_on)}. The data protection "
        "officer approves each disposal; nothing on this list may be destroyed before then.",
        style=_QUIET,
        gap=2.0,
    )
    for (code, records, action), group in groupby(
        free, key=lambda e: (e.code, e.records, e.action)
    ):
        sheet.heading(f"{code} {records}", 2)
        sheet.text(f"Then: {paper.actions.get(action, action)}", style=look.SMALL, gap=0, stay=True)
        sheet.table(
            (
                Column("Reference", 0.12),
                Column("What", 0.27),
                Column("Due", 0.1),
                Column("Why", 0.27),
                Column("Where", 0.15),
                Column("Approved", 0.09),
            ),
            [(e.reference, e.title, short_date(e.due), e.why, e.place, "") for e in group],
        )
    if held:
        sheet.heading("Due, but on hold")
        sheet.table(
            (
                Column("Reference", 0.12),
                Column("What", 0.36),
                Column("Due", 0.1),
                Column("Held by", 0.42),
            ),
            [(e.reference, e.title, short_date(e.due), _held(e)) for e in held],
        )
    return sheet.printed()


def _held(each: DueHolding) -> str:
    said = [f"{block.words} {block.reference}".strip() for block in each.held_up]
    words = "; ".join(said)
    return words[0].upper() + words[1:]


def outlook(paper: DuePaper) -> Printed:
    """Prints a picture of what falls due in the years to come."""
    sheet = Paper(
        "What falls due",
        letterhead=paper.letterhead,
        printed_on=paper.printed_on,
    )
    total = sum(paper.years.values())
    first, last = min(paper.years), max(paper.years)
    sheet.text(
        f"How many holdings fall due automatically, from {first} to {last}: {total:,} in "
        f"all. Anything that fell due before {first} is counted in {first}.",
        style=_QUIET,
        gap=2.0,
    )
    sheet.bars([(str(year), number) for year, number in paper.years.items()])
    sheet.space(look.SPACE_L)
    sheet.table(
        (Column("Year", 0.2), Column("Holdings", 0.2, align="right")),
        [(str(year), f"{number:,}") for year, number in paper.years.items()],
    )
    return sheet.printed()


@dataclass(frozen=True, slots=True)
class DisposalPaper:
    """A disposal that was done; facts are questions with their answers in words."""

    reference: str
    title: str
    facts: tuple[tuple[str, str], ...]
    lines: tuple[DisposedLine, ...]


def certificate(
    of: DisposalPaper, printed_on: dt.date, letterhead: Letterhead | None = None
) -> Printed:
    """Prints the certificate of a disposal, to be signed."""
    sheet = Paper(
        "Certificate of disposal",
        reference=of.reference,
        letterhead=letterhead,
        printed_on=printed_on,
    )
    sheet.text(
        "The records below were disposed of in accordance with the school’s retention and "
        "disposal schedule (policy 4.6(f) and 14). This certificate contains no personal "
        "data about the people affected.",
        style=_QUIET,
        gap=2.0,
    )
    sheet.facts([Fact(label, value) for label, value in of.facts], label_share=0.25)
    sheet.heading("What was disposed of")
    _lines(sheet, of.lines)
    sheet.heading("Signatures")
    sheet.signature(("Done by", "Witness", "Approved by", "Date"))
    return sheet.printed()


def _lines(sheet: Paper, lines: Sequence[DisposedLine]) -> None:
    sheet.table(
        (
            Column("No", 0.06),
            Column("Holding", 0.15),
            Column("What", 0.27),
            Column("Class and period", 0.23),
            Column("Due", 0.12),
            Column("Reason", 0.17),
        ),
        [
            (
                str(line.number),
                line.holding,
                _what(line),
                f"{line.code}: {line.period}",
                _day(line.due),
                line.reason,
            )
            for line in lines
        ],
        style=look.CELL_SMALL,
    )


def _what(line: DisposedLine) -> str:
    """What it was, with form, amount and years on a line of their own."""
    more = [line.form, line.quantity, f"Years: {line.dates}" if line.dates else ""]
    return "\n".join(part for part in (line.description, "; ".join(filter(None, more))) if part)


def _day(words: str) -> str:
    return short_date(dt.date.fromisoformat(words)) if len(words) > 4 else words


def log(
    disposals: Sequence[DisposalPaper],
    first: dt.date,
    last: dt.date,
    printed_on: dt.date,
    letterhead: Letterhead | None = None,
) -> Printed:
    """Prints the disposal log of a period."""
    sheet = Paper(
        "Disposal log",
        letterhead=letterhead,
        printed_on=printed_on,
    )
    total = sum(len(each.lines) for each in disposals)
    sheet.text(
        f"From {long_date(first)} to {long_date(last)}: {count(len(disposals), 'disposal')} of "
        f"{count(total, 'holding')}. It contains no personal data and is kept for good.",
        style=_QUIET,
        gap=2.0,
    )
    for each in disposals:
        # A short entry is not parted; a long one goes on over the page.
        with sheet.unparted() if len(each.lines) <= _SHORT else nullcontext():
            sheet.heading(f"{each.reference}   {each.title}", 2)
            sheet.facts([Fact(label, value) for label, value in each.facts], label_share=0.25)
            _lines(sheet, each.lines)
    if not disposals:
        sheet.text("Nothing was disposed of.")
    return sheet.printed()


@dataclass(frozen=True, slots=True)
class HoldPaper:
    """A hold, to be given to everybody who keeps what it touches."""

    reference: str
    reason: str
    lifted: bool
    facts: tuple[tuple[str, str], ...]
    holdings: tuple[tuple[str, str, str], ...]
    """Reference, what it is, and where it is kept."""
    printed_on: dt.date
    contact: str
    letterhead: Letterhead | None = None


def hold_notice(paper: HoldPaper) -> Printed:
    """Prints the notice that nothing of some records may be disposed of."""
    sheet = Paper(
        "Hold lifted" if paper.lifted else "Do not destroy: notice of a hold",
        reference=paper.reference,
        letterhead=paper.letterhead,
        marking="Confidential",
        printed_on=paper.printed_on,
    )
    if paper.lifted:
        sheet.status("This hold has been lifted. The usual retention periods apply again.", "ok")
    else:
        sheet.status("In force until the data protection officer lifts it in writing.", "warn")
        sheet.text(
            "Nothing named here may be destroyed, erased, overwritten, changed or given "
            "away, on paper or on any computer, whatever the retention schedule says. "
            "Switch off any automatic deletion that would affect it."
        )
    sheet.facts([Fact(label, value) for label, value in paper.facts])
    sheet.heading("What it covers, as far as is known today")
    sheet.table(
        (Column("Reference", 0.2), Column("What", 0.5), Column("Where", 0.3)),
        paper.holdings,
        empty="None of the holdings entered so far. The hold also covers anything found later.",
    )
    sheet.text(f"Questions: {paper.contact}", style=look.SMALL)
    sheet.heading("Read and understood")
    sheet.signature(("Name", "Signed", "Date"))
    return sheet.printed()
