"""What the school publishes to parents: what it holds, why, how long, who else, and their rights.

One web page without scripts and a paper, made from the registers. What somebody chose to hold back
is left out. A row that seems to name a person is told before anything is made, and the edition is
refused until it is held back, or somebody says that it may stand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dpdesk.documents.shelf import Shelved
from dpdesk.errors import DpdeskError
from dpdesk.law.words import listed, long_date
from dpdesk.overview.published_rows import (
    KEPT,
    LABELS,
    NOTICES,
    RECORDS,
    SHARED,
    PublishedRow,
    PublishedSources,
    rows_of,
)
from dpdesk.registers.on_record import NamesOnRecord
from dpdesk.registers.wording import SCHOOL_TIME
from dpdesk.school.ground import Ground

if TYPE_CHECKING:
    from dpdesk.papers.leaflet import Leaflet, LeafletSection

SHELF: Final = "published"
"""Under which key editions stand on the shelf."""
_TABLES: Final[Sequence[tuple[str, str, Sequence[tuple[str, str]]]]] = (
    (
        RECORDS,
        "What, why, how long, and who else",
        (
            ("Record", "what"),
            ("What is in it", "data"),
            ("Why, and what allows it", "why"),
            ("Kept", "kept"),
            ("Shared", "shared"),
        ),
    ),
    (
        KEPT,
        "How long we keep each kind of record",
        (("Records", "what"), ("Kept", "kept"), ("Based on", "why")),
    ),
    (
        SHARED,
        "What we share regularly",
        (("With whom", "what"), ("What", "data"), ("Why, and what allows it", "why")),
    ),
    (
        NOTICES,
        "Our privacy notices",
        (("Notice", "what"), ("For", "data"), ("Where to find it", "why")),
    ),
)
"""The tables of the page, in their order, with their columns."""


@dataclass(frozen=True, slots=True)
class PublishedEdition:
    """An edition that was published: what stood in it and what was held back, by reference."""

    id: int
    number: int
    made_at: dt.datetime
    rows: Mapping[str, Mapping[str, str]]
    held_back: frozenset[str]


class Publishing:
    """Makes the page for parents, in editions that stay as they were."""

    def __init__(self, ground: Ground, sources: PublishedSources, names: NamesOnRecord) -> None:
        self._ground, self._sources, self._names = ground, sources, names

    def rows(self) -> tuple[PublishedRow, ...]:
        """What is held about pupils and parents, then retention, sharing, notices."""
        officer, *_ = self._ground.school.particulars().contact
        return rows_of(self._sources, self._names, (officer,))

    def named(self, held_back: Collection[str] = ()) -> tuple[PublishedRow, ...]:
        """The rows that would be published though they may name a person."""
        return tuple(row for row in self.rows() if row.named and row.reference not in held_back)

    def files(self, held_back: Collection[str] = ()) -> Mapping[str, bytes]:
        """The page and the paper by their names; ``held_back`` are references that are left out."""
        from dpdesk.papers.leaflet import leaflet_html, leaflet_pdf

        leaflet = self._leaflet([row for row in self.rows() if row.reference not in held_back])
        return {
            "what-we-hold.html": leaflet_html(leaflet),
            "what-we-hold.pdf": leaflet_pdf(leaflet).content,
        }

    # --- editions ------------------------------------------------------------------------

    def editions(self) -> tuple[PublishedEdition, ...]:
        """What was published so far, newest first."""
        return tuple(_edition(each) for each in reversed(self._ground.shelf.of_entry(SHELF, 0)))

    def content(self, edition: PublishedEdition) -> bytes:
        """An edition as it was, a PDF. Raises NotFound, DamagedWorkspace."""
        return self._ground.shelf.content(SHELF, edition.id)

    def changes(self, held_back: Collection[str] = ()) -> tuple[str, ...]:
        """What is different from the last edition, a line for each record; all of it at first."""
        last = next(iter(self.editions()), None)
        before = last.rows if last else {}
        now = {row.reference: row for row in self.rows() if row.reference not in held_back}
        told = []
        for reference, row in now.items():
            if reference not in before:
                told.append(f"New: {row.what}")
                continue
            said = row.frozen()
            differing = [
                label for key, label in LABELS.items() if said[key] != before[reference].get(key)
            ]
            if differing:
                told.append(f"Changed: {row.what} ({', '.join(differing)})")
        gone = [each["what"] for key, each in before.items() if key not in now]
        return (*told, *(f"No longer there: {what}" for what in gone))

    def publish(
        self, held_back: Collection[str] = (), *, although_named: bool = False
    ) -> Mapping[str, bytes]:
        """Makes an edition, keeps it for good, and gives its files.

        Raises NoRoom; DpdeskError, before anything is made, where a row may name a person and
        nobody said with ``although_named`` that they looked and it may stand.
        """
        named = self.named(held_back)
        if named and not although_named:
            raise DpdeskError(told_of(named), "Hold them back, or change their words first.")
        files = self.files(held_back)
        rows = {
            row.reference: row.frozen() for row in self.rows() if row.reference not in held_back
        }
        answers = {"rows": rows, "held_back": sorted(held_back)}
        shelf = self._ground.shelf
        with self._ground.database.changing() as change:
            number = shelf.last_number(change.session, SHELF) + 1
            paper = files["what-we-hold.pdf"]
            kept = shelf.keep(change, SHELF, 0, paper, number=number, answers=answers)
            told = f"Edition {number}, {len(rows)} records, SHA-256 {kept.sha256}"
            change.note(SHELF, 0, "edition", None, told)
        return files

    def _leaflet(self, rows: Sequence[PublishedRow]) -> Leaflet:
        from dpdesk.papers.leaflet import Leaflet, LeafletSection

        school = self._ground.school.particulars()
        today = self._ground.now().astimezone(SCHOOL_TIME).date()
        name, email, telephone = school.contact
        reach = ", ".join(each for each in (name, email, telephone) if each)
        regulator = ", ".join(
            each
            for each in (
                school.regulator_name,
                school.regulator_telephone,
                school.regulator_website,
            )
            if each
        )
        return Leaflet(
            "What we hold about your child and you",
            (
                *_tables(rows),
                LeafletSection(
                    "What you can ask for",
                    points=(
                        "A copy of what we hold, within one month and free of charge.",
                        "That something wrong is corrected.",
                        "That something is deleted or no longer used.",
                        "The law sometimes lets us say no; then we tell you why.",
                    ),
                ),
                LeafletSection("How to ask or to complain", (f"Tell us: {reach}.",)),
                LeafletSection(
                    "If we cannot put it right", (f"You can complain to: {regulator}.",)
                ),
            ),
            today,
            opening=("This page is made from the school’s own register of what it keeps.",),
            letterhead=self._ground.school.letterhead(),
            foot=f"As on {long_date(today)}.",
        )


def told_of(named: Sequence[PublishedRow]) -> str:
    """Which rows may name a person, and by which words."""
    told = [f"{row.reference} (“{'”, “'.join(row.named)}”)" for row in named]
    return f"{listed(told)} may name a person."


def _tables(rows: Sequence[PublishedRow]) -> list[LeafletSection]:
    from dpdesk.papers.leaflet import LeafletSection

    found = []
    for part, heading, columns in _TABLES:
        here = [row for row in rows if row.part == part]
        if here:
            cells = tuple(tuple(str(getattr(row, key)) for _, key in columns) for row in here)
            heads = tuple(head for head, _ in columns)
            found.append(LeafletSection(heading, columns=heads, rows=cells))
    return found or [LeafletSection(_TABLES[0][1], ("Nothing is published yet.",))]


def _edition(paper: Shelved) -> PublishedEdition:
    said = paper.answers
    held = frozenset(said["held_back"])
    return PublishedEdition(paper.id, paper.number, paper.made_at, said["rows"], held)
