"""The door to pictures: who is in them, where they are used, and what must come down."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import ColumnElement, String, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from dpdesk.consents import photo_rules
from dpdesk.consents.photo_records import Photo, Placement
from dpdesk.consents.photo_rules import Live
from dpdesk.consents.place_service import Placements
from dpdesk.consents.records import Consent
from dpdesk.consents.roll import Roll
from dpdesk.consents.rules import NO_STANDS, ConsentStanding
from dpdesk.consents.service import ConsentService
from dpdesk.consents.use_service import UseService
from dpdesk.errors import DpdeskError, InvalidEntry
from dpdesk.people.service import PeopleService
from dpdesk.registers.crossings import Offers
from dpdesk.registers.entries import Changes, Entry, Saved
from dpdesk.registers.fields import Values
from dpdesk.registers.flagging import Flagging, follow_flags
from dpdesk.registers.hooks import Scope
from dpdesk.registers.many import portioned
from dpdesk.registers.service import Derived, RegisterService
from dpdesk.store.database import Change, Database

_AT_ONCE: Final = 100
"""Pupils whose pictures one statement looks for."""
_ROLLS: Final = "what holds for those in pictures"
"""Under this a transaction keeps what was read in it."""


@dataclass(frozen=True, slots=True)
class PhotoAround:
    """What the rules must know around a picture."""

    live: tuple[Live, ...] = ()
    names: tuple[tuple[str, ...], ...] = ()
    """Every name of each person in it."""
    kept: bool = False
    """Is its file kept here?"""
    against: tuple[tuple[str, str], ...] = ()
    """Reference and everyday name of those in it, as it was stored, who say no to some use."""


@dataclass(frozen=True, slots=True)
class TakeDown:
    """A use of a picture that has to come down."""

    photo: int
    reference: str
    title: str
    where: str
    due: dt.date
    why: str


class PhotoService(RegisterService[Photo, PhotoAround]):
    """Pictures that show pupils."""

    record = Photo
    follows_calendar = False

    def __init__(
        self,
        database: Database,
        people: PeopleService,
        uses: UseService,
        consents: ConsentService,
    ) -> None:
        super().__init__(database)
        self.places = Placements(database)
        self.places.consented = self._consented
        self.places.against = self._against
        self.kept: Callable[[Session, Collection[int]], frozenset[int]] = lambda *_: frozenset()
        """Numbers of the pictures, of these, whose files are kept. Told by the files."""
        self.own(self.places)
        self._people, self._consents = people, consents
        consents.gathered.append(self._consents_changed)
        people.relationships.followers.append(self._responsibility_changed)
        uses.wordings.followers.append(self._words_changed)

    def join(self, rooms: Offers) -> None:
        """A restriction or an objection may bring a picture down."""
        follow_flags(rooms.every(Flagging), self._flags_changed)

    # --- looking -------------------------------------------------------------------------

    @property
    def people_record(self) -> Any:
        """The record of the people who are in pictures."""
        return self._people.record

    def take_downs(self) -> tuple[TakeDown, ...]:
        """Every use of a picture for which somebody in it has no consent today."""
        today = self.today()
        with self.database.reading() as session:
            rows = {
                row.id: row
                for row in session.scalars(
                    select(Photo).where(
                        Photo.archived_at.is_(None),
                        Photo.id.in_(
                            select(Placement.parent_id).where(
                                Placement.down_on.is_(None), Placement.archived_at.is_(None)
                            )
                        ),
                    )
                )
            }
            around, roll = self._around(session, {n: self.answers(row) for n, row in rows.items()})
        return tuple(
            TakeDown(
                number,
                row.reference,
                row.title,
                live.where,
                live.due(today),
                roll.why(live.against[0], live.use),
            )
            for number, row in rows.items()
            for live in around[number].live
            if live.against
        )

    def to_come_down(self, changes: Changes) -> int:
        """How many of the pictures that changed must come down."""
        key = self.register.key
        numbers = [number for register, number in changes.entries if register == key]
        asked = select(func.count()).where(Photo.id.in_(numbers), Photo.state == "take_down")
        with self.database.reading() as session:
            return int(session.scalar(asked) or 0) if numbers else 0

    def of_leavers(self) -> tuple[str, ...]:
        """References of the pictures in use that show a pupil who has left."""
        person, today = self._people.record, self.today()
        used = select(Placement.parent_id).where(
            Placement.down_on.is_(None), Placement.archived_at.is_(None)
        )
        asked = select(Photo.reference, Photo.people).where(
            Photo.archived_at.is_(None), Photo.id.in_(used)
        )
        gone = select(person.reference).where(person.kind == "pupil", person.left_on < today)
        with self.database.reading() as session:
            rows = session.execute(asked.order_by(Photo.id)).all()
            left = set(session.scalars(gone)) if rows else set()
        return tuple(reference for reference, people in rows if left & set(people or ()))

    def deleted(self) -> tuple[str, ...]:
        """References of the pictures that were deleted."""
        with self.database.reading() as session:
            asked = select(Photo.reference).where(Photo.state == "deleted").order_by(Photo.id)
            return tuple(session.scalars(asked))

    def cautions(self, entry: Entry) -> tuple[str, ...]:
        """What to mind about a picture, a sentence each."""
        with self.database.reading() as session:
            found, roll = self._around(session, {entry.id: entry.values})
            around = found[entry.id]
            others = self._also_named(session, entry.values)
        named = photo_rules.names_in(str(entry.values.get("caption") or ""), around.names)
        called = {each.id: each.name for each in roll.pupils}
        said = [
            f"No consent for {each.where}: {called[n]}. {roll.why(n, each.use)}"
            for each in around.live
            for n in each.against
        ]
        if named:
            said.append(
                "The caption seems to name somebody who is in the picture: "
                f"{', '.join(part.capitalize() for part in named)}. Leave names out (policy 12.2)."
            )
        if others:
            said.append(
                f"The caption seems to name a pupil who is not listed here: {', '.join(others)}. "
                "Leave names out (policy 12.2), and list whoever can be seen."
            )
        if around.live and entry.values.get("everybody") != "yes":
            said.append(
                "It is in use, and not everybody in it is named. One unknown person means no."
            )
        return tuple(said)

    def _also_named(self, session: Session, values: Values) -> tuple[str, ...]:
        """Pupils whose whole name stands in the caption, but who are not said to be in it."""
        caption, listed = str(values.get("caption") or ""), set(values.get("people") or ())
        if not caption:
            return ()
        pupils = self._people.known_within(session, self._people.record.kind == "pupil")
        others = [each for each in pupils if each.reference not in listed]
        return photo_rules.whole_names_in(caption, (n for each in others for n in each.names))

    def in_use(
        self, session: Session, pairs: Collection[tuple[int, int]]
    ) -> Mapping[tuple[int, int], int]:
        """How many uses of pictures are live, by pupil and use."""
        found: dict[tuple[int, int], int] = defaultdict(int)
        person = self._people.record
        named = {
            reference: number
            for number, reference in session.execute(
                select(person.id, person.reference).where(person.id.in_({p for p, _ in pairs}))
            )
        }
        live = session.execute(
            select(Placement.use, Photo.people)
            .join(Photo, Photo.id == Placement.parent_id)
            .where(
                Placement.down_on.is_(None),
                Placement.archived_at.is_(None),
                Photo.archived_at.is_(None),
                Placement.use.in_({use for _, use in pairs}),
            )
        )
        for use, people in live:
            for reference in people or ():
                pair = (named.get(reference, 0), use or 0)
                if pair in pairs:
                    found[pair] += 1
        return found

    # --- changing ------------------------------------------------------------------------

    def archive(self, entry_id: int, version: int, why: str = "") -> Saved:
        """Puts a picture out of sight. Raises DpdeskError while it is in use anywhere."""
        with self.database.reading() as session:
            live = self._live(session, [entry_id]).get(entry_id, [])
        if live:
            places = ", ".join(f"“{each.title}”" for each in live)
            raise DpdeskError(
                f"It is still in use: {places}.", "Record there when it was taken down first."
            )
        return super().archive(entry_id, version, why)

    def take_down(self, photo: int, *, by: str = "") -> Changes:
        """Notes today for every use of a picture that is still live. Raises NotFound."""
        with self.database.changing() as change:
            for part in self.places.part_rows(change.session, photo):
                if part.down_on is None:
                    values = {"down_on": self.today(), "down_by": by or change.who}
                    self.places.save_within(change, values, part.id, part.version, photo)
                    change.touched.add((self.places.register.key, part.id))
            self.refresh_within(change, photo)
        return Changes(frozenset(change.touched))

    # --- what the rules add --------------------------------------------------------------

    def surroundings(self, session: Session, scope: Scope[Photo]) -> Callable[[int], PhotoAround]:
        """Where pictures are used, and what holds for those who are in them."""
        found = dict(self._around(session, scope.values)[0])
        if len(scope.rows) == 1 and not scope.making:
            ((number, row),) = scope.rows.items()
            gone = set(self.answers(row).get("people") or ()) - set(
                scope.values[number].get("people") or ()
            )
            if gone:
                found[number] = replace(found[number], against=self._saying_no(session, gone))
        return found.__getitem__

    def _roll_of(self, session: Session, references: Collection[str]) -> Roll:
        """What holds for the pupils among these."""
        person = self._people.record
        asked = select(person.id).where(person.reference.in_(references), person.kind == "pupil")
        return self._kept_roll(session, set(session.scalars(asked)) if references else set())

    def _kept_roll(self, session: Session, numbers: Collection[int]) -> Roll:
        """What holds for pupils, read once in a transaction that asks of the same ones again.

        A place asks whether there is consent, and the picture then asks once more.
        """
        key = (self.today(), frozenset(numbers))
        kept: dict[object, Roll] = session.info.setdefault(_ROLLS, {})
        if key not in kept:
            kept[key] = self._consents.reading.of_pupils(session, key[0], numbers)
        return kept[key]

    @staticmethod
    def _forget_rolls(change: Change) -> None:
        """What was read in this transaction may no longer hold."""
        change.session.info.pop(_ROLLS, None)

    def _saying_no(
        self, session: Session, references: Collection[str]
    ) -> tuple[tuple[str, str], ...]:
        """Reference and name of those who refused or withdrew any use."""
        roll = self._roll_of(session, references)
        return tuple(
            (each.reference, each.name)
            for each in roll.pupils
            if any(roll.of(each.id, use.id).stands in NO_STANDS for use in roll.uses)
        )

    def _around(
        self, session: Session, values: Mapping[int, Values]
    ) -> tuple[Mapping[int, PhotoAround], Roll]:
        references = {r for each in values.values() for r in each.get("people") or ()}
        person = self._people.record
        # Somebody who is no pupil (a teacher) is not asked for here.
        asked = select(person.id, person.reference).where(person.kind == "pupil")
        if len(references) <= 500:
            asked = asked.where(person.reference.in_(references))
        numbers = {reference: number for number, reference in session.execute(asked)}
        places = self._live(session, [number for number in values if number])
        wanted = {numbers[r] for r in references if r in numbers}
        # Consent is asked for what is in use; what everybody is called is known with less.
        used = {
            numbers[r]
            for number in places.keys() & values.keys()
            for r in values[number].get("people") or ()
            if r in numbers
        }
        roll = self._kept_roll(session, used)
        names = self._people.names_within(session, wanted)
        kept = self.kept(session, [number for number in values if number])
        found = {}
        for number, each in values.items():
            inside = [numbers[r] for r in each.get("people") or () if r in numbers]
            live = tuple(
                Live(row.id, row.use or 0, row.title, row.since, _standings(roll, inside, row.use))
                for row in places.get(number, ())
            )
            told = tuple(names.get(n, ()) for n in inside)
            found[number] = PhotoAround(live, told, number in kept)
        return found, roll

    def _live(self, session: Session, photos: Sequence[int]) -> Mapping[int, list[Placement]]:
        asked = select(Placement).where(
            Placement.down_on.is_(None), Placement.archived_at.is_(None)
        )
        if len(photos) <= 500:
            asked = asked.where(Placement.parent_id.in_(photos))
        found: dict[int, list[Placement]] = defaultdict(list)
        for row in session.scalars(asked.order_by(Placement.id)):
            found[row.parent_id].append(row)
        return found

    def fill(self, values: Values, before: Values, around: PhotoAround) -> Values:
        """Refuses that somebody who said no is left out of a picture without a word."""
        found = photo_rules.left_out(values, before, around.against)
        if found:
            raise InvalidEntry(found)
        return values

    def problems(self, values: Values, around: PhotoAround) -> dict[str, str]:
        """Answers that cannot be."""
        return photo_rules.problems(values, around.live, kept=around.kept)

    def behind(self, today: dt.date) -> ColumnElement[bool]:
        """In which a consent has run out."""
        return Photo.state.in_(("used", "unsure")) & (Photo.holds_until < today)

    def derive(self, values: Values, around: PhotoAround) -> Derived:
        """Title: what it shows. State: whether it must come down somewhere."""
        named = photo_rules.names_in(str(values.get("caption") or ""), around.names)
        return Derived(
            str(values["what"]),
            photo_rules.state(values, around.live),
            None,
            {
                "holds_until": photo_rules.holds_until(around.live),
                "named": "yes" if named else None,
            },
        )

    # --- following -----------------------------------------------------------------------

    def _consented(self, session: Session, photo: int, use: int) -> bool:
        row = session.get(Photo, photo)
        if row is None:
            return False
        values = self.answers(row)
        roll = self._roll_of(session, values.get("people") or ())
        inside = {each.id for each in roll.pupils}
        known = bool(inside) and values.get("everybody") == "yes"
        return known and all(roll.of(number, use).allows for number in inside)

    def _against(self, session: Session, photo: int, use: int) -> bool:
        row = session.get(Photo, photo)
        if row is None:
            return False
        roll = self._roll_of(session, self.answers(row).get("people") or ())
        return any(not roll.of(each.id, use).allows for each in roll.pupils)

    def _consents_changed(self, change: Change, rows: Sequence[Consent]) -> None:
        self._forget_rolls(change)
        person = self._people.record
        for pupils in portioned({row.pupil for row in rows if row.pupil is not None}, _AT_ONCE):
            named = select(person.reference).where(person.id.in_(pupils))
            found = [_holding(each) for each in change.session.scalars(named) if each]
            if found:
                self.refresh_where(change, or_(*found))

    def _flags_changed(self, change: Change, row: Any) -> None:
        """Pictures that are in use are looked at again where a flag stands, or stood."""
        self._forget_rolls(change)
        change.session.flush()
        known = self._people.flags(change.session).every
        # Closing ends the flag of a withdrawal; the others are lifted.
        if known or row.flag_from is not None or row.closed is not None:
            self.refresh_where(change, Photo.state.in_(("used", "unsure", "take_down")))

    def _responsibility_changed(self, change: Change, row: Any) -> None:
        self._forget_rolls(change)
        if ("people", row.parent_id) in change.made:
            return
        answered = select(Consent.id).where(Consent.pupil == row.parent_id).limit(1)
        # Who may decide says nothing where nobody has; lists bring thousands of contacts.
        if change.session.scalar(answered) is not None:
            self._of(change, row.parent_id)

    def _of(self, change: Change, pupil: int) -> None:
        person = self._people.record
        reference = change.session.scalar(select(person.reference).where(person.id == pupil))
        if reference:
            self.refresh_where(change, _holding(reference))

    def _words_changed(self, change: Change, row: Any) -> None:
        self._forget_rolls(change)
        used = select(Placement.parent_id).where(Placement.use == row.parent_id)
        self.refresh_where(change, Photo.id.in_(used))


def _standings(roll: Roll, people: Iterable[int], use: int | None) -> Mapping[int, ConsentStanding]:
    return {number: roll.of(number, use or 0) for number in people}


def _holding(reference: str) -> ColumnElement[bool]:
    """Pictures in whose people this reference stands."""
    return type_coerce(Photo.people, String).contains(f'"{reference}"', autoescape=True)
