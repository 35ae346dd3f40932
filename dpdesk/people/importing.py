"""Lists of pupils, contacts and staff, brought in from any school system, and taken back.

Step by step, so that a person can look before anything is written:

    listing = importing.read(name, content)        what the file holds, and how it is understood
    plan = importing.plan(listing, ...)            who is new, changed, gone, doubtful
    done = importing.accept(plan, ...)             all of it, or none
    importing.take_back(done)                      as if it had not been
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from dpdesk.errors import StepDone, UnreadableFile
from dpdesk.people import columns, group_lines, headings, matching, told_once, undoing
from dpdesk.people.belonging import Belonging
from dpdesk.people.columns import Layout
from dpdesk.people.listed import People, doubts_of, people_of
from dpdesk.people.matching import Fate, ImportPlan, KnownLink, PersonMatch
from dpdesk.people.records import Person, Relationship
from dpdesk.people.service import PeopleService
from dpdesk.people.told_once import ToldOnce
from dpdesk.people.undoing import WHY, Imported
from dpdesk.people.wide_rows import mended
from dpdesk.registers import history
from dpdesk.registers.entries import Changes
from dpdesk.registers.fields import Values
from dpdesk.registers.many import add_many, unswept
from dpdesk.registers.spreadsheet_in import LIMITS, read_sheet
from dpdesk.registers.spreadsheet_parts import (
    LARGEST,
    MOST_COLUMNS,
    SAVE_AS,
    Asked,
    Sheet,
    SheetRow,
    unpacked,
)
from dpdesk.store.database import Change
from dpdesk.store.tables import Meta
from dpdesk.walls.workers import Sentences, Worker

_REMEMBERED: Final = "people_columns_"
"""Start of the key under which the meaning of a system's columns is kept."""
_TOP: Final = 4096
"""Bytes at the beginning by which a Common Transfer File is known."""
_SENTENCES: Final = Sentences(
    damaged=("This file is damaged and cannot be read.", SAVE_AS),
    endless=("Reading this file took too long, so dpdesk stopped.", SAVE_AS),
    large=("This file needs more memory than an import is allowed.", "Split it into parts."),
)


@dataclass(frozen=True, slots=True)
class ReadList:
    """A file as it was read, and how it is understood."""

    sheet: Sheet
    layout: Layout
    people: People
    once: tuple[ToldOnce, ...] = ()
    """Columns whose class or year stands once, above the pupils for whom it is meant."""
    down: bool = False
    """Are they read for the rows below too?"""


class PeopleImport:
    """Brings lists of people in."""

    def __init__(self, people: PeopleService) -> None:
        self._people = people

    # --- looking -------------------------------------------------------------------------

    def today(self) -> dt.date:
        """Today at the school."""
        return self._people.today()

    def read(
        self,
        name: str,
        content: bytes,
        said: Mapping[str, str] | None = None,
        *,
        asked: Asked = Asked(),  # noqa: B008 -- frozen
        cancelled: Callable[[], bool] | None = None,
        down: bool = False,
    ) -> ReadList:
        """Reads a file: CSV, xlsx, or the Common Transfer File.

        ``said`` is what the user says of its columns, see ``columns.layout``; without it, what was
        said of such a file the last time counts. ``asked``: how to read it, where not as usual.
        ``down``: read a class that stands once for the rows below too.
        Raises UnreadableFile with a sentence.
        """
        if len(content) > LARGEST:
            raise UnreadableFile("This file is too large for an import.", "Split it into parts.")
        if _is_transfer_file(content):
            sheet = _transfer_file(content)
        else:
            read = read_sheet(
                name, content, known=headings.headings(), asked=asked, cancelled=cancelled
            )
            sheet = columns.with_headings(read)
        return self.understood(sheet, said, down=down)

    def understood(
        self, sheet: Sheet, said: Mapping[str, str] | None = None, *, down: bool = False
    ) -> ReadList:
        """A table with its columns understood, and the people in it."""
        meant = self._remembered(sheet) if said is None else dict(said)
        layout = columns.layout(sheet.columns, meant, sheet.rows)
        people, once = People((), (), sheet.notes), tuple[ToldOnce, ...]()
        if layout.names_somebody:
            with unswept():
                people, once = _people_in(sheet, layout, self._people.today(), down=down)
        return ReadList(sheet, layout, people, once, down)

    def plan(self, listing: ReadList, settled: Mapping[str, int] | None = None) -> ImportPlan:
        """What the import would do. Raises UnreadableFile where no column holds names."""
        if not listing.layout.names_somebody:
            raise UnreadableFile(
                "No column of this file holds surnames or names.",
                "Say which column is the surname, or choose another file.",
            )
        with self._people.database.reading() as session:
            known = tuple(self._people.known_within(session))
            undone = undoing.taken_back(session)
            held = [
                KnownLink(
                    row.id,
                    row.parent_id,
                    row.adult or 0,
                    _removed(row),
                    Belonging(row.relationship, row.responsible, row.lives_with, row.priority),
                )
                for row in session.scalars(select(Relationship))
                if row.id not in undone
            ]
        people = listing.people
        notes = (*people.notes, *doubts_of(people.people))
        with unswept():
            return matching.plan(
                people.people,
                people.adults,
                known,
                held,
                notes=notes,
                unknown=listing.layout.unknown,
                settled=settled,
            )

    # --- writing -------------------------------------------------------------------------

    def accept(
        self,
        plan: ImportPlan,
        *,
        gone: Mapping[int, dt.date] | None = None,
        bring_back: bool = False,
        returned: bool = False,
        step: StepDone | None = None,
    ) -> Imported:
        """Writes all of it in one transaction; people still in doubt are left out.

        ``gone``: numbers of people who are not in the list to the day on which they left.
        ``bring_back``: contacts that were removed here come back; ``returned``: so do people who
        had left. Raises InvalidEntry or StaleEntry; then nothing was written.
        """
        writing = _Writing(self._people, returned=returned)
        todo = [each for each in (*plan.people, *plan.adults) if each.fate is not Fate.DOUBTFUL]
        with unswept(), self._people.database.changing() as change:
            writing.everybody(change, todo, step)
            writing.belonging(change, plan.links)
            for link in plan.removed if bring_back else ():
                writing.renew(change, link)
            for more in plan.filled:
                writing.add_to(change, more)
            for number, day in (gone or {}).items():
                writing.leave(change, number, day)
            touched, notes = change.touched, len(change.notes)
        key = self._people.register.key
        every = {(key, number) for number in (*writing.made, *writing.changed)} | touched
        return Imported(
            Changes(frozenset(every)),
            tuple(writing.made),
            tuple(writing.changed),
            tuple(writing.links),
            tuple(writing.renewed),
            change.before,
            change.before + notes,
        )

    def take_back(self, done: Imported, step: StepDone | None = None) -> Changes:
        """Takes a whole import back; the history keeps both.

        Raises StaleEntry where one of the entries was changed since; then nothing is taken back.
        """
        return undoing.take_back(self._people, done, step)

    # --- what columns mean ---------------------------------------------------------------

    def remember(self, sheet: Sheet, said: Mapping[str, str]) -> None:
        """Keeps what the user said of the columns, for the next file of the same system."""
        with self._people.database.changing() as change:
            change.session.merge(Meta(key=_key(sheet), value=json.dumps(dict(said))))

    def _remembered(self, sheet: Sheet) -> dict[str, str] | None:
        with self._people.database.reading() as session:
            row = session.get(Meta, _key(sheet))
        return None if row is None else dict(json.loads(row.value))


class _Writing:
    """Writes people and their relationships inside one transaction."""

    def __init__(self, people: PeopleService, *, returned: bool) -> None:
        self._people, self._returned = people, returned
        self._numbers: dict[int, int] = {}
        self.made: list[int] = []
        self.changed: list[int] = []
        self.links: list[int] = []
        self.renewed: list[int] = []

    def everybody(self, change: Change, todo: Sequence[PersonMatch], step: StepDone | None) -> None:
        """Changes those who are here, one by one, and makes all others at once."""
        fresh = [each for each in todo if each.known is None]
        known = [(each, each.known) for each in todo if each.known is not None]
        for done, (match, person) in enumerate(known):
            if step is not None:
                step(done, len(todo))
            self._numbers[id(match)] = person.id
            news = {name: new for name, (_, new) in match.differing.items()}
            if match.back and self._returned:
                news["left_on"] = None
            if news:
                self._change(change, news, person.id)

        def told(done: int, _of: int) -> None:
            if step is not None:
                step(len(known) + done, len(todo))

        values = [{"kind": each.listed.kind, **each.listed.values} for each in fresh]
        self.made = add_many(self._people, change, values, why=WHY, step=told)
        self._numbers |= {id(each): n for each, n in zip(fresh, self.made, strict=True)}

    def _change(self, change: Change, fresh: Values, number: int) -> None:
        stored = change.session.get(Person, number)
        version = stored.version if stored is not None else 0
        self._people.save_within(change, fresh, number, version, why=WHY)
        self.changed.append(number)

    def belonging(self, change: Change, links: Sequence[matching.ListedLink]) -> None:
        """Says who belongs to whom, where neither of the two is in doubt."""
        values: list[Values] = []
        pupils: list[int] = []
        for link in links:
            pupil, adult = (self._numbers.get(id(each)) for each in (link.pupil, link.adult))
            if pupil is None or adult is None:
                continue
            told = link.belonging
            pupils.append(pupil)
            values.append(
                {
                    "adult": adult,
                    "relationship": told.relationship,
                    "responsible": told.responsible,
                    "lives_with": told.lives_with,
                    "priority": told.priority,
                }
            )
        self.links = add_many(self._people.relationships, change, values, pupils, WHY)

    def renew(self, change: Change, link: matching.ListedLink) -> None:
        assert link.pupil.known is not None
        assert link.adult.known is not None
        row = change.session.scalars(
            select(Relationship).where(
                Relationship.parent_id == link.pupil.known.id,
                Relationship.adult == link.adult.known.id,
            )
        ).first()
        assert row is not None
        relations = self._people.relationships
        if row.archived_at is not None:
            row.archived_at = None
            change.note(relations.register.key, row.id, history.ARCHIVED, "yes", None, WHY)
        relations.save_within(
            change, {"ended_on": None}, row.id, row.version, row.parent_id, why=WHY
        )
        self.renewed.append(row.id)

    def add_to(self, change: Change, more: matching.FilledLink) -> None:
        """Adds what the list says of a relationship where nothing was on record."""
        relations = self._people.relationships
        row = change.session.get(Relationship, more.id)
        assert row is not None
        relations.save_within(change, more.values, row.id, row.version, row.parent_id, why=WHY)
        self.renewed.append(row.id)

    def leave(self, change: Change, number: int, day: dt.date) -> None:
        row = change.session.get(Person, number)
        version = row.version if row is not None else 0
        self._people.save_within(change, {"left_on": day}, number, version, why=WHY)
        self.changed.append(number)


def _people_in(
    sheet: Sheet, layout: Layout, today: dt.date, *, down: bool
) -> tuple[People, tuple[ToldOnce, ...]]:
    """Everybody in a list, and what stands once in it; ``down``: it is meant for all below."""
    whole = mended(sheet, layout, today)
    once = told_once.found_in(whole, layout)
    lines = group_lines.outlined(whole, layout)
    found = told_once.found_in(lines.sheet, lines.layout, lines.lines) if lines is not None else ()
    if lines is None or not any(each.line for each in found):
        return people_of(told_once.read_so(whole, once, down=down), layout, today), once
    if not down:
        return people_of(told_once.read_so(whole, found, down=False), layout, today), found
    read = told_once.read_so(lines.sheet, found, down=True)
    return people_of(group_lines.without_lines(read, lines), lines.layout, today), found


def _removed(row: Relationship) -> bool:
    return row.ended_on is not None or row.archived_at is not None


def _key(sheet: Sheet) -> str:
    said = json.dumps(sheet.columns).encode()
    return _REMEMBERED + hashlib.sha256(said).hexdigest()[:16]


def _is_transfer_file(content: bytes) -> bool:
    """Is it XML, and no web page? With or without its first line, in any encoding of XML."""
    top = content[:_TOP].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return top.startswith(b"<?xml") or (top.startswith(b"<") and b"CTF" in top.upper())


def _transfer_file(content: bytes) -> Sheet:
    with Worker(LIMITS, _SENTENCES) as worker:
        _, blobs = worker.call("dpdesk.people.ctf:table", {}, [content])
    try:
        headings, rows = json.loads(blobs[0]), unpacked(blobs[1], MOST_COLUMNS)
        table = tuple(SheetRow(number, tuple(cells)) for number, cells in rows)
        return Sheet(tuple(str(heading) for heading in headings), table)
    except (ValueError, TypeError, IndexError):
        raise UnreadableFile(*_SENTENCES.damaged) from None
