"""The asset register on paper: what an inspector asks to see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from dpdesk.law.words import count, long_date
from dpdesk.papers import look
from dpdesk.papers.kit import Fact, Lane, Letterhead, Paper, Printed, Status, Tone

MAP_TITLES = ("Who", "What", "Where", "Shared with")


@dataclass(frozen=True, slots=True)
class PurposeCard:
    """A purpose as printed: its lawful basis, conditions and why."""

    purpose: str
    basis: str
    conditions: str
    why: str


@dataclass(frozen=True, slots=True)
class AssetCard:
    """An asset as printed; everything comes in words.

    ``sections`` are headings with their questions and answers; ``findings`` what is missing,
    and the source; ``links`` reference, title and how.
    """

    reference: str
    name: str
    owner: str
    state: str
    tone: Tone
    reviewed: str
    personal: str
    lane: Lane
    sections: tuple[tuple[str, tuple[Fact, ...]], ...]
    purposes: tuple[PurposeCard, ...]
    rights: tuple[str, ...]
    findings: tuple[tuple[str, str], ...]
    reviews: tuple[tuple[str, str, str], ...]
    links: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class RegisterPaper:
    """The whole register. ``heads`` names controller and officer; ``meter`` is a sentence.

    ``rights`` explains each right: its name, why people have it, and the source.
    """

    assets: tuple[AssetCard, ...]
    rights: tuple[tuple[str, str, str], ...]
    heads: tuple[tuple[str, str], ...]
    meter: str
    printed_on: dt.date
    letterhead: Letterhead | None = None


def register_paper(register: RegisterPaper) -> Printed:
    """Prints the register: who is responsible, a list, the map, and each asset whole."""
    paper = Paper(
        "Information asset register and record of processing",
        letterhead=register.letterhead,
        marking="Confidential",
        printed_on=register.printed_on,
    )
    paper.text(register.meter, style=look.BODY.but(colour=look.MUTED), gap=2.0)
    paper.heading("Who is responsible")
    paper.facts([Fact(label, words) for label, words in register.heads])
    paper.text("UK GDPR Art 30; policy 4.6(a), 8.1, 8.3 and 8.4.", style=look.SMALL)
    paper.heading("What is held")
    paper.table(
        ["Reference", "Asset", "Owner", "Personal", "Reviewed", "State"],
        [
            (
                each.reference,
                each.name,
                each.owner,
                each.personal,
                each.reviewed,
                Status(each.state, each.tone),
            )
            for each in register.assets
        ],
    )
    mapped = [each.lane for each in register.assets if each.personal == "Yes"]
    if mapped:
        paper.new_page()
        paper.heading("The map: whose data it is, where it is kept and who it is shared with")
        paper.map(MAP_TITLES, mapped)
    paper.new_page()
    for card in register.assets:
        _asset(paper, card)
    if register.rights:
        paper.heading("What the rights mean")
        paper.table(["Right", "Why people have it", "Source"], register.rights)
    return paper.printed()


def map_paper(
    lanes: Sequence[Lane], printed_on: dt.date, letterhead: Letterhead | None = None
) -> Printed:
    """Prints the map alone."""
    paper = Paper(
        "Map of personal data",
        letterhead=letterhead,
        marking="Confidential",
        printed_on=printed_on,
    )
    if lanes:
        paper.map(MAP_TITLES, lanes)
    else:
        paper.text("No asset with personal data is registered.")
    return paper.printed()


def _asset(paper: Paper, card: AssetCard) -> None:
    paper.heading(f"{card.reference}   {card.name}")
    paper.status(card.state, card.tone)
    paper.keep()
    for heading, facts in card.sections:
        paper.heading(heading, 2)
        paper.facts(facts)
    if card.purposes:
        paper.heading("Purposes and lawful bases", 2)
        paper.table(
            ["Purpose", "Lawful basis", "Conditions", "Why"],
            [(p.purpose, p.basis, p.conditions, p.why) for p in card.purposes],
        )
    if card.rights:
        paper.facts([Fact("Rights that people have", ", ".join(card.rights))])
    if card.findings:
        paper.heading("What is missing", 2)
        paper.table(["Finding", "Source"], card.findings)
    if card.reviews:
        paper.heading("Reviewed with the owner", 2)
        paper.table(["When and who with", "Outcome", "Note"], card.reviews)
    if card.links:
        paper.heading("Linked entries", 2)
        paper.table(["Reference", "Title", "How"], card.links)


@dataclass(frozen=True, slots=True)
class AuditRow:
    """An asset in a round of the information audit, as printed."""

    reference: str
    name: str
    owner: str
    last: dt.date | None
    with_whom: str
    outcome: str
    done: bool


@dataclass(frozen=True, slots=True)
class AuditPaper:
    """A round of the information audit that began on the day ``since``."""

    rows: tuple[AuditRow, ...]
    since: dt.date
    printed_on: dt.date
    letterhead: Letterhead | None = None


def audit_paper(audit: AuditPaper) -> Printed:
    """Prints what was reviewed with whom, and what is still to be, with space to sign."""
    paper = Paper(
        "Sign-off list",
        letterhead=audit.letterhead,
        marking="Confidential",
        printed_on=audit.printed_on,
    )
    done = sum(row.done for row in audit.rows)
    told = f"{done} of {count(len(audit.rows), 'asset')} reviewed with their owners since "
    paper.text(f"{told}{long_date(audit.since)}.", gap=2.0)
    paper.text("Information audit, policy 8.5.", style=look.SMALL)
    paper.heading("Reviewed")
    paper.table(
        ["Reference", "Asset", "Owner", "When", "With", "Outcome"],
        [
            (row.reference, row.name, row.owner, _day(row.last), row.with_whom, row.outcome)
            for row in audit.rows
            if row.done
        ],
        empty="Nothing yet.",
    )
    if done < len(audit.rows):
        paper.heading("Still to be reviewed")
        paper.table(
            ["Reference", "Asset", "Owner", "Last reviewed"],
            [
                (row.reference, row.name, row.owner, _day(row.last) or "Never")
                for row in audit.rows
                if not row.done
            ],
        )
    paper.heading("Signed off")
    paper.signature(("Data protection officer", "Name", "Date"))
    return paper.printed()


def _day(day: dt.date | None) -> str:
    return long_date(day) if day is not None else ""
