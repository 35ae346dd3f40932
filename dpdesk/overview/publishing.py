"""What the school publishes to parents: what it holds, why, how long, who else, and their rights.

One web page without scripts and a paper, made from the registers. What somebody chose to hold back
is left out; a row that seems to name a person is told before it is made.
"""

from __future__ import annotations

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
from dpdesk.law.words import long_date
from dpdesk.registers.names import Naming
from dpdesk.registers.rooms import Rooms
from dpdesk.registers.wording import SCHOOL_TIME
from dpdesk.school.ground import Ground

if TYPE_CHECKING:
    from dpdesk.papers.leaflet import Leaflet

_OF_FAMILIES: Final = frozenset({"pupils", "former_pupils", "parents", "prospective"})
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


class Publishing:
    """Makes the page for parents."""

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
                    if len(surname) > _LEAST:
                        found.add(surname.casefold())
        return frozenset(found)


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
    words = {word.casefold() for text in texts for word in re.findall(r"[^\W\d_]+", text)}
    return PublishedRow(asset.reference, *texts, named=tuple(sorted(words & names)))
