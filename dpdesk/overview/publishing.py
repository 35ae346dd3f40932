"""What the school publishes to parents: what it holds, why, how long, who else, and their rights.

One web page without scripts and a paper, made from the registers. What somebody chose to hold back
is left out; a row that seems to name a person is told before it is made.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dpdesk.assets.assessed_service import (
    AssessedAssets,
    AssetFacts,
    basis_of_purpose,
    said_of_purpose,
)
from dpdesk.documents.shelf import Shelved
from dpdesk.law.accents import in_form
from dpdesk.law.words import long_date
from dpdesk.registers.names import Naming
from dpdesk.registers.rooms import Rooms
from dpdesk.registers.wording import SCHOOL_TIME
from dpdesk.school.ground import Ground

if TYPE_CHECKING:
    from dpdesk.papers.leaflet import Leaflet

_OF_FAMILIES: Final = frozenset({"pupils", "former_pupils", "parents", "prospective"})
SHELF: Final = "published"
"""Under which key editions stand on the shelf."""
_LABELS: Final[Mapping[str, str]] = {
    "what": "name",
    "data": "what is in it",
    "why": "why",
    "kept": "how long",
    "shared": "with whom it is shared",
}
_LEAST: Final = 3
"""Letters of a name that is looked for."""


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """A line of what is published about one asset. ``named`` are words that may name a person."""

    reference: str
    what: str
    data: str
    why: str
    kept: str
    shared: str
    named: tuple[str, ...] = ()


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

    def __init__(self, rooms: Rooms, ground: Ground, assets: AssessedAssets) -> None:
        self._rooms, self._ground, self._assets = rooms, ground, assets

    def rows(self) -> tuple[PublishedRow, ...]:
        """What is held about pupils and parents, in the order of the register."""
        names = self._names()
        return tuple(
            _row(each, names)
            for each in self._assets.every()
            if each.values.get("personal") == "yes"
            and _OF_FAMILIES & set(each.values.get("people_kinds") or ())
        )

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
            said = _frozen(row)
            differing = [
                label for key, label in _LABELS.items() if said[key] != before[reference].get(key)
            ]
            if differing:
                told.append(f"Changed: {row.what} ({', '.join(differing)})")
        gone = [each["what"] for key, each in before.items() if key not in now]
        return (*told, *(f"No longer there: {what}" for what in gone))

    def publish(self, held_back: Collection[str] = ()) -> Mapping[str, bytes]:
        """Makes an edition, keeps it for good, and gives its files. Raises NoRoom."""
        files = self.files(held_back)
        rows = {
            row.reference: _frozen(row) for row in self.rows() if row.reference not in held_back
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
                LeafletSection(
                    "What, why, how long, and who else",
                    () if rows else ("Nothing is published yet.",),
                    columns=("Record", "What is in it", "Why, and what allows it", "Kept", "Shared")
                    if rows
                    else (),
                    rows=tuple((r.what, r.data, r.why, r.kept, r.shared) for r in rows),
                ),
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

    def _names(self) -> frozenset[str]:
        found: set[str] = set()
        with self._ground.database.reading() as session:
            for register in self._rooms.every(Naming):
                for name in register.naming_within(session):
                    surname = name.split()[-1] if name.split() else ""
                    # "Smythe-Quill" and "O’Brannoch" are several words where they are looked for.
                    found |= {each for each in _words(surname) if len(each) > _LEAST}
        return frozenset(found)


def _frozen(row: PublishedRow) -> Mapping[str, str]:
    return {key: getattr(row, key) for key in _LABELS}


def _edition(paper: Shelved) -> PublishedEdition:
    said = paper.answers
    held = frozenset(said["held_back"])
    return PublishedEdition(paper.id, paper.number, paper.made_at, said["rows"], held)


def _row(asset: AssetFacts, names: frozenset[str]) -> PublishedRow:
    why = "; ".join(
        ": ".join(
            part
            for part in (
                said_of_purpose(purpose, "purpose"),
                basis_of_purpose(purpose).lower(),
            )
            if part
        )
        for purpose in asset.purposes
    )
    texts = (asset.title, asset.said("data_kinds"), why, asset.kept_for, asset.said("recipients"))
    words = {word for text in texts for word in _words(text)}
    return PublishedRow(asset.reference, *texts, named=tuple(sorted(words & names)))


def _words(text: str) -> set[str]:
    """The words of a text without regard to capitals and to how accents are written down."""
    plain = in_form("NFC", text).casefold()
    return set(re.findall(r"[^\W\d_]+", plain))
