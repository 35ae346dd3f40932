"""The papers around a bundle: cover, contents, key of reasons, and the two schedules.

What the requester gets tells where something was removed and why, never what, how long, or
by whom. The sealed schedule tells the rest and stays in the school.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from dpdesk.disclosure.plan import number_list, removed_told
from dpdesk.law.exemptions import ReasonCode
from dpdesk.law.words import long_date
from dpdesk.papers import look
from dpdesk.papers.kit import Cell, Column, Letterhead, Paper, Printed, Span

PAGE_LINK = "dpdesk:page/{page}"
"""Address of a link to a page of the finished file, counted from 1 as printed; the bundle
turns it into a link of its own."""


@dataclass(frozen=True, slots=True)
class Contained:
    """A document of the bundle: a neutral title, its first body page (from 0), its length.

    ``kind`` says what it is ("E-mail"), ``dated`` of when it is; either may be empty.
    """

    title: str
    first: int
    pages: int
    kind: str = ""
    dated: str = ""
    number: int = 0
    """Of the document; 0: its place in the list."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the cover, the contents and the key say.

    ``body_pages`` is the number of pages behind the front matter. ``redactions`` counts the
    places that are removed, ``withheld`` the whole pages besides.
    """

    letterhead: Letterhead
    reference: str
    prepared_for: str
    made_on: date
    searched: tuple[str, ...]
    contents: tuple[Contained, ...]
    reasons: tuple[ReasonCode, ...]
    body_pages: int
    redactions: int
    withheld: int = 0
    data_subject: str = ""
    contact: str = ""
    title: str = "Copy of personal data"


def front_matter(front: FrontMatter) -> Printed:
    """Cover sheet, numbered contents with links, and the key of reasons.

    Page numbers count the pages of the whole file. The length of the front matter is found by
    laying it out, so it is laid out again until that length holds.
    """
    printed = _front(front, 1).printed()
    for _ in range(3):
        settled = _front(front, printed.pages).printed()
        if settled.pages == printed.pages:
            return settled
        printed = settled
    return printed


def _front(front: FrontMatter, pages: int) -> Paper:
    in_all = pages + front.body_pages
    paper = Paper(
        front.title,
        reference=front.reference,
        letterhead=front.letterhead,
        marking="Confidential",
        printed_on=front.made_on,
        pages_in_all=in_all,
    )
    facts: list[tuple[str, Cell]] = [("Prepared for", front.prepared_for)]
    if front.data_subject:
        facts.append(("About", front.data_subject))
    facts += [
        ("Date", long_date(front.made_on)),
        ("Pages", f"{in_all:,}, of which {front.body_pages:,} are copies of documents"),
        ("Redactions", _removed(front)),
    ]
    paper.facts(facts)
    paper.heading("Where we searched")
    if front.searched:
        paper.bullets(front.searched)
    else:
        paper.text("Nothing recorded.", style=look.BODY.but(colour=look.MUTED))
    _marks(paper, front)
    _contents(paper, front, pages)
    if front.reasons:
        paper.heading("Key to the reasons")
        paper.text(
            "Each redaction has one of these reasons. The list of what was removed says which.",
            stay=True,
        )
        key_of_reasons(paper, front.reasons)
    return paper


def _removed(front: FrontMatter) -> str:
    if not front.redactions and not front.withheld:
        return "None: nothing has been removed"
    return removed_told(front.redactions, front.withheld)


def _marks(paper: Paper, front: FrontMatter) -> None:
    paper.heading("How to read these pages")
    points = [
        (
            "The foot of every page gives our reference and the page number in this file. Page "
            "numbers in a list or a letter always mean this number."
        ),
    ]
    if front.redactions:
        points.append(
            "A solid area means that something has been removed. Where a line of text has been "
            "set again around it, its width is the same whatever was there, and the words after it "
            "are not in the same place as in the document. All other areas cover what was removed, "
            "and their size may reflect it. The foot of the page gives the numbers of its "
            "redactions; the list of what was removed gives the reason for each number, and says "
            "which areas are of which kind."
        )
    if front.withheld:
        points.append(
            "A sheet marked “withheld” takes the place of a page that has been left out. "
            "Its foot gives "
            "its number in the list of what was removed."
        )
    paper.bullets(points)
    if front.contact:
        paper.text(
            f"If anything is unclear, or seems to be missing, please contact {front.contact}."
        )


def _contents(paper: Paper, front: FrontMatter, pages: int) -> None:
    paper.new_page()
    paper.heading("Contents")
    rows: list[tuple[Cell, ...]] = []
    for number, part in enumerate(front.contents, 1):
        first = pages + part.first + 1
        link = PAGE_LINK.format(page=first)
        last = first + part.pages - 1
        where = f"{first:,}" if last <= first else f"{first:,}–{last:,}"
        page = (Span(where, colour=look.ACCENT, link=link),)
        rows.append(
            (
                str(part.number or number),
                (Span(part.title, link=link),),
                part.kind,
                part.dated,
                page,
            ),
        )
    columns = [
        Column("No.", 0.08),
        Column("Document", 0.4),
        Column("What it is", 0.22),
        Column("Date", 0.14),
        Column("Page", 0.16, "right"),
    ]
    # A column in which nothing stands only takes room.
    used = [n for n in range(len(columns)) if n in {0, 1, 4} or any(row[n] for row in rows)]
    shown = columns if len(used) == len(columns) else _without_share(columns, used)
    paper.table(shown, [[row[n] for n in used] for row in rows])


def _without_share(columns: Sequence[Column], used: Sequence[int]) -> list[Column | str]:
    """The columns that are used, the document taking the room of those that are not."""
    return [columns[n] if n != 1 else columns[n].title for n in used]


def key_of_reasons(paper: Paper, reasons: Iterable[ReasonCode]) -> None:
    """The reasons as the requester may see them, each public code once."""
    shown = {reason.public_code: reason for reason in reasons}
    paper.table(
        [Column("Code", 0.12), "What it means", Column("Law", 0.26)],
        [(code, reason.explanation, reason.public_citation) for code, reason in shown.items()],
    )


@dataclass(frozen=True, slots=True)
class Redaction:
    """One redaction for the requester: its number, its page in the file, and why.

    Only the public side of the reason is printed, so a discreet reason stays discreet.
    """

    number: int
    page: int
    reason: ReasonCode
    whole_page: bool = False
    document: str = ""
    """What the contents of the bundle call the document that it is in."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """What heads a schedule of redactions."""

    letterhead: Letterhead
    reference: str
    prepared_for: str
    made_on: date


def requester_schedule(
    schedule: Schedule, redactions: Sequence[Redaction], uneven: Collection[int] = ()
) -> Printed:
    """The schedule for the requester: document, page, number, reason and nothing else.

    What a reason means is said once. Neighbours on a page with the same reason share a line.
    ``uneven`` are the numbers of those redactions whose areas may follow in size what they removed.
    """
    paper = _schedule(schedule, "List of what was removed", "Confidential")
    paper.text(
        "This list says where something has been removed from the copy of personal data, "
        "and why. Page numbers are those at the foot of the pages."
    )
    if redactions:
        paper.heading("The reasons")
        key_of_reasons(paper, (each.reason for each in redactions))
    paper.heading("Redactions")
    rows: list[tuple[Cell, ...]] = []
    before = ""
    for (document, page, whole, code), run in groupby(
        redactions, key=lambda r: (r.document, r.page, r.whole_page, r.reason.public_code)
    ):
        numbers = number_list(redaction.number for redaction in run)
        told = f"{code}: the whole page is withheld" if whole else code
        rows.append((document if document != before else "", f"{page:,}", numbers, told))
        before = document
    columns = [
        Column("Document", 0.4),
        Column("Page", 0.1, "right"),
        Column("Number", 0.2),
        Column("Reason", 0.3),
    ]
    if not any(row[0] for row in rows):
        rows = [row[1:] for row in rows]
        columns = [Column("Page", 0.12, "right"), Column("Number", 0.3), Column("Reason", 0.58)]
    paper.table(columns, rows, empty="Nothing has been removed.")
    if redactions:
        _sizes(paper, redactions, uneven)
    return paper.printed()


def _sizes(paper: Paper, redactions: Sequence[Redaction], uneven: Collection[int]) -> None:
    """What the size of a solid area tells, no more than is true."""
    placed = [each for each in redactions if not each.whole_page]
    even = [each for each in placed if each.number not in uneven]
    others = [each for each in placed if each.number in uneven]
    points = []
    if even:
        points.append(
            f"{_numbers(even)}, on {_pages(even)}: the line of text was set again. The "
            "width of the solid area is the same whatever was removed."
        )
    if others:
        points.append(
            f"{_numbers(others)}, on {_pages(others)}: the solid area covers what was "
            "removed. Its size, or the place of the words beside it, may reflect it."
        )
    if points:
        paper.heading("The size of solid areas")
        paper.bullets(points)


def _numbers(redactions: Iterable[Redaction]) -> str:
    numbers = {each.number for each in redactions}
    return ("Redaction " if len(numbers) == 1 else "Redactions ") + number_list(numbers)


def _pages(redactions: Iterable[Redaction]) -> str:
    pages = {each.page for each in redactions}
    return ("page " if len(pages) == 1 else "pages ") + number_list(pages)


@dataclass(frozen=True, slots=True)
class SealedRedaction:
    """One redaction for the school's own record, with what was removed and by whom."""

    number: int
    page: int
    document: str
    reason: ReasonCode
    words: str = field(repr=False)
    by: str
    when: str
    note: str = ""
    whole_page: bool = False


SEALED = "For the school only"


def sealed_schedule(
    schedule: Schedule, redactions: Sequence[SealedRedaction], proposed: str = ""
) -> Printed:
    """The schedule that stays in the school: also what was removed, by whom, when, and a note.

    ``proposed`` says what was proposed for removal and what was left open. Policy 13.2.12: the
    school keeps a record of what was redacted and why.
    """
    paper = _schedule(
        schedule, "List of what was removed, for the school only", SEALED, landscape=True
    )
    paper.note(
        "This paper contains everything that was removed. Never send it out, and never file it "
        "with the bundle.",
        title="For the school only",
        source="Policy 13.2.12",
    )
    paper.facts(
        [
            ("Checked", "Nothing that was marked can be read, and nothing else is in the file."),
            ("Suggestions", proposed or "Not recorded."),
        ]
    )
    paper.heading("Redactions")
    paper.table(
        [
            Column("No.", 0.05, "right"),
            Column("Page", 0.05, "right"),
            Column("Document", 0.17),
            Column("Reason", 0.19),
            Column("Removed", 0.23),
            Column("By and when", 0.14),
            Column("Note", 0.17),
        ],
        [_sealed_row(redaction) for redaction in redactions],
        empty="Nothing has been removed.",
        style=look.CELL_SMALL,
    )
    return paper.printed()


def _sealed_row(redaction: SealedRedaction) -> tuple[Cell, ...]:
    reason = redaction.reason
    words = redaction.words or "No words: a picture or an area marked by hand."
    return (
        str(redaction.number),
        f"{redaction.page:,}",
        redaction.document,
        (Span(reason.code, "medium"), Span(f" {reason.label}")),
        f"Whole page. {words}" if redaction.whole_page else words,
        f"{redaction.by}\n{redaction.when}",
        redaction.note,
    )


def _schedule(schedule: Schedule, title: str, marking: str, *, landscape: bool = False) -> Paper:
    paper = Paper(
        title,
        reference=schedule.reference,
        letterhead=schedule.letterhead,
        marking=marking,
        printed_on=schedule.made_on,
        landscape=landscape,
    )
    paper.facts([("Prepared for", schedule.prepared_for), ("Date", long_date(schedule.made_on))])
    return paper
