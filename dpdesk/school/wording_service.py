"""The door to the wording of letters: what is in use, how it would read, and its versions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from sqlalchemy import select

from dpdesk.errors import InvalidEntry, MissingPart, NotFound
from dpdesk.papers.templates import shipped
from dpdesk.papers.wordings import TemplateName, every_template
from dpdesk.registers.entries import Entry, Saved
from dpdesk.registers.fields import Values
from dpdesk.registers.service import Derived, RegisterService
from dpdesk.school.wording_records import LetterWording
from dpdesk.store.database import Database

if TYPE_CHECKING:
    from dpdesk.papers.letters import Envelope, Letter

SCHOOL = 1
"""Number of the one entry that all wordings belong to."""


@dataclass(frozen=True, slots=True)
class WordingVersion:
    """A version of a wording: when it came, by whom it was changed, and why."""

    entry: Entry
    at: dt.datetime | None
    why: str
    text: str


class LetterWordings(RegisterService[LetterWording]):
    """The school's own wording of letters."""

    record = LetterWording
    follows_calendar = False

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._kept: Mapping[str, str] | None = None
        self.followers.append(lambda _change, _row: self.forget())

    def forget(self) -> None:
        """Lets go of what was kept: something changed."""
        self._kept = None

    # --- looking -------------------------------------------------------------------------

    def in_use(self) -> Mapping[str, str]:
        """The school's own wordings by the names of their templates; others are as shipped."""
        if self._kept is None:
            asked = (
                select(LetterWording.name, LetterWording.wording)
                .where(LetterWording.archived_at.is_(None))
                .order_by(LetterWording.id)
            )
            with self.database.reading() as session:
                newest = {str(name): str(text) for name, text in session.execute(asked)}
            own = {
                name: text
                for name, text in newest.items()
                if text.strip() != _shipped(name).strip()
            }
            self._kept = MappingProxyType(own)
        return self._kept

    def text(self, name: str) -> str:
        """The wording in use. Raises NotFound."""
        _known(name)
        return self.in_use().get(name) or shipped(name)

    def versions(self, name: str) -> tuple[WordingVersion, ...]:
        """The versions that the school made, newest first."""
        return tuple(
            WordingVersion(
                part,
                part.created_at,
                str(part.values.get("why") or ""),
                str(part.values["wording"]),
            )
            for part in reversed(self.parts(SCHOOL))
            if part.values.get("name") == name
        )

    def faults(self, name: str, text: str, envelope: Envelope) -> tuple[str, ...]:
        """What is wrong with a wording, in sentences."""
        from dpdesk.papers.letters import known
        from dpdesk.papers.wordings import faults

        return tuple(faults(name, text, known(envelope), self.text))

    def preview(
        self, name: str, text: str, envelope: Envelope, without: frozenset[str] = frozenset()
    ) -> Letter:
        """How a letter would read: names of places in place of answers.

        ``without``: conditions that do not hold in it.
        """
        from dataclasses import replace

        from dpdesk.papers.letters import Written, known
        from dpdesk.papers.wordings import known_places, sample

        common = known(envelope)
        places = known_places(name, common) - set(common)
        answers = {place: None if place in without else sample(place) for place in places}
        wording = {**self.in_use(), name: text}
        return Written(name, replace(envelope, wording=wording), answers).printed()

    # --- changing ------------------------------------------------------------------------

    def change(self, name: str, text: str, why: str = "") -> Saved | None:
        """Takes a wording into use; None where it is in use already.

        Raises NotFound for an unknown letter, InvalidEntry for an empty wording.
        """
        _known(name)
        if not text.strip():
            raise InvalidEntry({"wording": "A letter without words cannot be sent."})
        plain = "\n".join(line.rstrip() for line in text.strip().splitlines())
        if plain == self.text(name).strip():
            return None
        values = {"name": name, "wording": plain, "why": why or None}
        return self.save(values, parent_id=SCHOOL)

    def take_shipped(self, name: str) -> Saved | None:
        """Goes back to the wording that came with the program; the versions stay."""
        return self.change(name, shipped(name), "Back to the wording that came with dpdesk")

    def derive(self, values: Values, around: None) -> Derived:
        """Title: the letter."""
        return Derived(_titles().get(str(values["name"]), str(values["name"])))


def _titles() -> dict[str, str]:
    return {each.name: each.title for each in every_template()}


def _known(name: str) -> TemplateName:
    found = next((each for each in every_template() if each.name == name), None)
    if found is None:
        raise NotFound("There is no such letter.")
    return found


def _shipped(name: str) -> str:
    try:
        return shipped(name)
    except MissingPart:
        return ""  # of an earlier version of the program
