"""Reads the roll: pupils, who may decide for them, and every answer, in a handful of reads."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import Session

from dpdesk.consents import rules
from dpdesk.consents.records import Consent
from dpdesk.consents.roll import Roll
from dpdesk.consents.roll_answers import Pupil, Use
from dpdesk.consents.rules import ConsentSaid, ConsentStanding, Deciders, Stands
from dpdesk.consents.use_records import PhotoUse
from dpdesk.consents.use_service import UseService
from dpdesk.people.service import KnownPerson, PeopleService
from dpdesk.registers.flagging import Flags, about_pictures

_CARE = ("looked_after", "court_order", "address_kept")
_AT_ONCE = 500
"""Numbers that one statement names; of more, all are read."""


class RollReading:
    """Reads rolls, whole or of some pupils."""

    def __init__(self, people: PeopleService, uses: UseService) -> None:
        self._people, self._uses = people, uses

    def whole(self, session: Session, today: dt.date) -> Roll:
        """Every pupil, those who left among them."""
        return self._read(session, today, true(), None)

    def of_pupils(self, session: Session, today: dt.date, numbers: Collection[int]) -> Roll:
        """Some pupils; of nobody nothing is read."""
        if not numbers:
            return Roll(today, (), (), {})
        if len(numbers) > _AT_ONCE:
            return self.whole(session, today)
        person = self._people.record
        return self._read(session, today, person.id.in_(numbers), set(numbers))

    def deciders(
        self, session: Session, today: dt.date, numbers: Collection[int] | None
    ) -> Mapping[int, Deciders]:
        """Who may decide for pupils, by the numbers of those; None for all who have anybody."""
        person = self._people.record
        able = select(person.id).where(person.kind == "pupil", person.competent == "yes")
        tie = self._people.relationships.record
        tied = select(tie.parent_id, tie.adult).where(
            tie.responsible == "yes",
            tie.archived_at.is_(None),
            or_(tie.ended_on.is_(None), tie.ended_on > today),
        )
        if numbers is not None and len(numbers) <= _AT_ONCE:
            able = able.where(person.id.in_(numbers))
            tied = tied.where(tie.parent_id.in_(numbers))
        responsible: dict[int, set[int]] = defaultdict(set)
        for pupil, adult in session.execute(tied):
            if adult is not None:
                responsible[pupil].add(adult)
        competent = set(session.scalars(able))
        wanted = {*responsible, *competent} if numbers is None else set(numbers)
        return {n: Deciders(n, frozenset(responsible.get(n, ())), n in competent) for n in wanted}

    def names(self, session: Session, numbers: Collection[int]) -> Mapping[int, str]:
        """The names of people by their numbers, as they are called every day."""
        person = self._people.record
        asked = select(person.id, person.known_as, person.forename, person.surname)
        if len(numbers) <= _AT_ONCE:
            asked = asked.where(person.id.in_(numbers))
        return {
            number: f"{known or first or ''} {last or ''}".strip()
            for number, known, first, last in session.execute(asked)
            if number in numbers
        }

    # --- inside --------------------------------------------------------------------------

    def _read(
        self,
        session: Session,
        today: dt.date,
        where: ColumnElement[bool],
        numbers: set[int] | None,
    ) -> Roll:
        person = self._people.record
        of_pupil = person.kind == "pupil"
        titles = dict(session.execute(select(person.id, person.title).where(of_pupil, where)).all())
        known = self._people.known_within(session, of_pupil & where)
        pupils = tuple(_pupil(each, titles[each.id]) for each in known)
        said = self._said(session, numbers)
        deciders = self.deciders(session, today, None if numbers is None else numbers)
        versions = self._uses.versions_within(session)
        holding = {use: rules.holding(of) for use, of in versions.items()}
        newest = {use: max(v.number for v in of) for use, of in versions.items()}
        standings: dict[tuple[int, int], ConsentStanding] = {}
        wishes: dict[int, list[ConsentSaid]] = defaultdict(list)
        for (pupil, _use), answers in said.items():
            wishes[pupil] += [one for one in answers if one.wish]
        wish = {pupil: rules.last_wish(those) for pupil, those in wishes.items() if those}
        for (pupil, use), answers in said.items():
            deciding = deciders.get(pupil) or Deciders(pupil)
            standings[pupil, use] = rules.standing(
                answers, deciding, holding.get(use, frozenset()), today, wish.get(pupil)
            )
        spoke = {one.by for answers in said.values() for one in answers if one.by is not None}
        uses = session.scalars(
            select(PhotoUse).where(PhotoUse.archived_at.is_(None)).order_by(PhotoUse.id)
        ).all()
        flags = self._people.flags(session)
        if flags.every:
            pupils = tuple(_flagged(each, flags) for each in pupils)
            for pupil_now in filter(lambda each: each.restricted, pupils):
                forbidden = ConsentStanding(Stands.RESTRICTED, said=pupil_now.restricted)
                standings.update({(pupil_now.id, row.id): forbidden for row in uses})
        return Roll(
            today,
            tuple(
                Use(row.id, row.reference, row.title, row.words or "", newest.get(row.id, 1))
                for row in uses
            ),
            pupils,
            standings,
            self.names(session, spoke),
        )

    def _said(
        self, session: Session, pupils: set[int] | None
    ) -> Mapping[tuple[int, int], list[ConsentSaid]]:
        asked = select(
            Consent.pupil,
            Consent.use,
            Consent.id,
            Consent.by_whom,
            Consent.answer,
            Consent.asked_on,
            Consent.wording,
            Consent.valid_until,
            Consent.wish,
        ).where(Consent.archived_at.is_(None))
        if pupils is not None:
            asked = asked.where(Consent.pupil.in_(pupils))
        return grouped(session.execute(asked))


def grouped(
    rows: Iterable[Iterable[Any]],
) -> Mapping[tuple[int, int], list[ConsentSaid]]:
    """Stored answers by pupil and use."""
    found: dict[tuple[int, int], list[ConsentSaid]] = defaultdict(list)
    for pupil, use, number, by, answer, day, wording, until, wish in rows:
        said = ConsentSaid(number, by, answer, day, wording or 1, until, wish)
        found[pupil, use].append(said)
    return found


def _flagged(pupil: Pupil, flags: Flags) -> Pupil:
    """The same pupil with what a restriction or an objection says of pictures."""
    found = tuple(about_pictures(flags.on_person(pupil.id, pupil.names)))
    if not found:
        return pupil
    restricted = " ".join(flag.said for flag in found if flag.pictures == "yes")
    unsure = (
        f"{flag.said} It is not recorded whether that covers pictures: ask first."
        for flag in found
        if flag.pictures != "yes"
    )
    careful = " ".join(filter(None, (pupil.careful, *unsure)))
    return replace(pupil, careful=careful, restricted=restricted)


def _pupil(known: KnownPerson, title: str) -> Pupil:
    careful = ""
    if any(known.values.get(name) == "yes" for name in _CARE):
        careful = str(known.values.get("care_note") or "ask who looks after this pupil’s file.")
    return Pupil(
        known.id,
        known.reference,
        known.name,
        title,
        known.names,
        known.form,
        known.year_group,
        known.here,
        careful,
        known.values.get("started_on"),
    )
