"""A withdrawal from the answer to the last picture: what it leaves to be done, line by line.

Policy 12.2: the picture is deleted and not distributed further. UK GDPR Art 7(3), 17(1)(b) and 19.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dpdesk.consents.photo_records import Photo, Placement
from dpdesk.consents.photo_service import PhotoService
from dpdesk.consents.records import Consent, withdrew
from dpdesk.consents.rules import Stands, Unfinished
from dpdesk.consents.service import ConsentService
from dpdesk.law.words import short_date
from dpdesk.registers.entries import Changes, Entry
from dpdesk.registers.fields import Values

Pairs = Collection[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class WithdrawalLine:
    """Something that a withdrawal asks for. ``photo``: number of the picture; 0 for none."""

    text: str
    done: bool
    photo: int = 0
    reference: str = ""
    """Of the picture."""


@dataclass(frozen=True, slots=True)
class PictureKept:
    """A picture that is used nowhere, and kept although somebody in it agrees to nothing more."""

    photo: int
    reference: str
    title: str
    pupil: int


@dataclass(frozen=True, slots=True)
class Noted:
    """Something was noted with what was withdrawn together."""

    changes: Changes
    uses: int
    """How many withdrawals got the answer; what else changed with them is not counted."""


class Withdrawals:
    """What withdrawals leave to be done."""

    def __init__(self, consents: ConsentService, photos: PhotoService) -> None:
        self._consents, self._photos = consents, photos
        consents.left = self.left

    # --- what is left --------------------------------------------------------------------

    def left(self, session: Session, pairs: Pairs) -> Mapping[tuple[int, int], Unfinished]:
        """How many pictures stand in the way of each withdrawal, by pupil and use."""
        used = self._photos.in_use(session, pairs)
        kept = {
            pair: [each.pupil for each in self._kept(session, {pair[0]}, but=pair[1])]
            for pair in pairs
        }
        return {pair: Unfinished(used.get(pair, 0), len(kept[pair])) for pair in pairs}

    def to_delete(self) -> tuple[PictureKept, ...]:
        """Every picture that is kept although consent was withdrawn and holds for nothing."""
        asked = select(Consent.pupil).where(
            Consent.answer == "withdrawn", Consent.archived_at.is_(None)
        )
        with self._consents.database.reading() as session:
            pupils = {pupil for pupil in session.scalars(asked.distinct()) if pupil is not None}
            found = {each.photo: each for each in self._kept(session, pupils)} if pupils else {}
        return tuple(found[number] for number in sorted(found))

    def run_out(self) -> tuple[PictureKept, ...]:
        """Every picture that is kept although the consent of somebody in it has run out for all.

        Without those that are to be deleted because consent was withdrawn.
        """
        today = self._consents.today()
        asked = select(Consent.pupil).where(
            Consent.answer == "given", Consent.valid_until < today, Consent.archived_at.is_(None)
        )
        with self._consents.database.reading() as session:
            pupils = {pupil for pupil in session.scalars(asked.distinct()) if pupil is not None}
            ended = self._kept(session, pupils, ended=Stands.EXPIRED) if pupils else ()
            found = {each.photo: each for each in ended}
        taken_back = {each.photo for each in self.to_delete()}
        return tuple(found[number] for number in sorted(found.keys() - taken_back))

    def _kept(
        self,
        session: Session,
        pupils: Collection[int],
        but: int = 0,
        ended: Stands = Stands.WITHDRAWN,
    ) -> Iterator[PictureKept]:
        """The pictures of those who agree to nothing; ``but``: a use that is being withdrawn.

        ``ended`` is how at least one of their consents came to its end.
        """
        roll = self._consents.reading.of_pupils(session, self._consents.today(), pupils)
        against = {}
        for pupil in roll.pupils:
            stands = [roll.of(pupil.id, use.id) for use in roll.uses if use.id != but]
            took_back = but or any(each.stands is ended for each in stands)
            # What is restricted is kept as it is: it must not be used, nor destroyed (Art 18).
            if took_back and not pupil.restricted and not any(each.allows for each in stands):
                against[pupil.reference] = pupil.id
        if not against:
            return
        live = select(Placement.parent_id).where(
            Placement.down_on.is_(None), Placement.archived_at.is_(None)
        )
        rows = session.execute(
            select(Photo.id, Photo.reference, Photo.title, Photo.people, Photo.deleted_on,
                   Photo.archived_at)
            .where(Photo.id.not_in(live))
            .order_by(Photo.id)
        ).all()  # fmt: skip
        shown = [row for row in rows if against.keys() & set(row.people or ())]
        filed = self._photos.kept(session, [row.id for row in shown])
        for row in shown:
            if row.id not in filed and (row.deleted_on is not None or row.archived_at is not None):
                continue
            for reference in against.keys() & set(row.people):
                yield PictureKept(row.id, row.reference, row.title, against[reference])

    # --- line by line --------------------------------------------------------------------

    def together(self, entry: Entry) -> tuple[Entry, ...]:
        """Everything that the same person withdrew for this pupil on that day, this included."""
        values = entry.values
        same = (
            (Consent.pupil == values["pupil"])
            & (Consent.asked_on == values["asked_on"])
            & (Consent.answer == "withdrawn")
            & Consent.archived_at.is_(None)
        )
        by = values.get("by_whom")
        same &= Consent.by_whom == by if by else Consent.by_whom.is_(None)
        with self._consents.database.reading() as session:
            numbers = session.scalars(select(Consent.id).where(same).order_by(Consent.id)).all()
        return tuple(self._consents.load(number) for number in numbers)

    def lines(self, entry: Entry) -> tuple[WithdrawalLine, ...]:
        """What the withdrawal of an entry asks for, what is done among it; empty for others."""
        if not withdrew(entry.values):
            return ()
        return (*self._pictures(entry), *_papers(entry.values))

    def _pictures(self, entry: Entry) -> Iterator[WithdrawalLine]:
        pupil, use, since = (entry.values[name] for name in ("pupil", "use", "asked_on"))
        person = self._photos.people_record
        with self._consents.database.reading() as session:
            reference = session.scalar(select(person.reference).where(person.id == pupil))
            kept = list(self._kept(session, {pupil}, but=use))
            photos = {
                row.id: row
                for row in session.execute(
                    select(
                        Photo.id,
                        Photo.reference,
                        Photo.title,
                        Photo.people,
                        Photo.deleted_on,
                        Photo.deleted_by,
                    )
                )
                if reference in (row.people or ())
            }
            places = session.execute(
                select(Placement.parent_id, Placement.title, Placement.down_on, Placement.down_by)
                .where(
                    Placement.parent_id.in_(photos),
                    Placement.use == use,
                    Placement.archived_at.is_(None),
                )
                .order_by(Placement.id)
            ).all()
        for number, where, down, by in places:
            title, of = photos[number].title, photos[number].reference
            if down is None:
                yield WithdrawalLine(f"Take “{title}” down: {where}", False, number, of)
            elif down >= since:
                told = f"“{title}” came down on {short_date(down)}: {where}{_by(by)}"
                yield WithdrawalLine(told, True, number, of)
        if not places:
            yield WithdrawalLine("No picture on record was used for this.", True)
        for each in kept:
            told = (
                f"Delete “{each.title}”: it is used nowhere, and there is no consent left for any "
                "use"
            )
            yield WithdrawalLine(told, False, each.photo, each.reference)
        for number, row in photos.items():
            if row.deleted_on is not None and row.deleted_on >= since:
                told = f"“{row.title}” was deleted on {short_date(row.deleted_on)}"
                yield WithdrawalLine(f"{told}{_by(row.deleted_by)}", True, number)

    # --- noting --------------------------------------------------------------------------

    def note(self, entry: Entry, values: Values) -> Noted:
        """Notes the same with everything that was withdrawn together, or with nothing of it.

        What has an answer already keeps it. Raises InvalidEntry, StaleEntry.
        """
        service = self._consents
        same = self.together(entry)
        saved = 0
        with service.database.changing() as change:
            for each in same:
                news = {k: v for k, v in values.items() if each.values.get(k) in {None, "unknown"}}
                if news:
                    row = service.save_within(change, news, each.id, each.version)
                    change.touched.add((service.register.key, row.id))
                    saved += 1
        return Noted(Changes(frozenset(change.touched)), saved)


def _papers(values: Mapping[str, Any]) -> Iterator[WithdrawalLine]:
    had, told = values.get("others_had"), values.get("told_others")
    if had == "no":
        yield WithdrawalLine("Nobody outside the school had been given pictures.", True)
    elif had == "yes" and told is not None:
        yield WithdrawalLine(f"Others were told to stop on {short_date(told)}.", True)
    elif had == "yes":
        yield WithdrawalLine("Tell those outside the school who had pictures to stop", False)
    else:
        yield WithdrawalLine("Find out whether anybody outside the school had pictures", False)
    closed, confirmed = values.get("closed_on"), values.get("confirmed_on")
    if closed is not None:
        yield WithdrawalLine(f"Everything was taken down on {short_date(closed)}.", True)
    if confirmed is not None:
        yield WithdrawalLine(f"The parent was told on {short_date(confirmed)}.", True)
    else:
        yield WithdrawalLine("Tell the parent that it was done", False)


def _by(name: str | None) -> str:
    return f", by {name}" if name else ""
