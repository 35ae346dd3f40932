"""The door to consents: what was answered, and whether a picture may be used."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from dpdesk.consents import rules
from dpdesk.consents.records import Consent, agreed, withdrew
from dpdesk.consents.roll import Roll
from dpdesk.consents.roll_answers import PictureAnswer
from dpdesk.consents.roll_reading import RollReading
from dpdesk.consents.rules import Deciders, Unfinished
from dpdesk.consents.use_records import PhotoUse
from dpdesk.consents.use_service import UseService
from dpdesk.errors import DpdeskError, InvalidEntry
from dpdesk.people.service import PeopleService
from dpdesk.registers.crossings import ConsentsKept
from dpdesk.registers.entries import Changes, Entry
from dpdesk.registers.fields import Field, Values
from dpdesk.registers.hooks import Scope
from dpdesk.registers.many import add_many, portioned, unswept
from dpdesk.registers.same_person import parts_of
from dpdesk.registers.service import Derived, RegisterService
from dpdesk.store.database import Change, Database

_NO_SAY = (
    "Parental responsibility is not on record for this person, so the answer cannot count. Choose "
    "somebody who has it, or put it right on the pupil’s page first."
)
_TOO_YOUNG = (
    "The pupil’s page does not say that the pupil is old enough to decide. Choose a parent, or put "
    "it right there first."
)
_NEWEST = 1 << 60
_ASKED = frozenset({"pupil", "use", "answer", "by_whom"})


@dataclass(frozen=True, slots=True)
class Around:
    """What the rules must know around an answer."""

    pupil: str = ""
    """Title of the pupil; empty where it is no pupil."""
    year_group: str = ""
    use: str = ""
    """What the use is called today."""
    called: str = ""
    """What the use was called in the version that was answered; empty where that is not known."""
    newest: int = 1
    """Version of the wording."""
    renewal: str | None = None
    deciders: Deciders = field(default_factory=lambda: Deciders(0))
    replaced: bool = False
    """Did the same person give a later answer?"""
    others: tuple[tuple[dt.date, str], ...] = ()
    """Day and answer of everything else that the same person answered."""
    left: Unfinished = rules.NOTHING_LEFT
    ends: tuple[dt.date, ...] = ()
    """Last days of what the same person agreed to before."""


Left = Callable[[Session, Collection[tuple[int, int]]], Mapping[tuple[int, int], Unfinished]]
"""What withdrawals leave to be done about pictures, by pupil and use."""

_Said = tuple[dt.date, bool, int, str, dt.date | None]
_LAST: Final = (100, 0)
"""In an order of contact: after everybody who belongs to the pupil."""


class ConsentService(ConsentsKept, RegisterService[Consent, Around]):
    """Every answer that was given to a use of pictures."""

    record = Consent
    follows_calendar = False

    def __init__(self, database: Database, people: PeopleService, uses: UseService) -> None:
        super().__init__(database)
        self._people, self._uses = people, uses
        self.reading = RollReading(people, uses)
        self.left: Left = lambda _session, _pairs: {}
        """Told by the register of pictures."""
        self.gathered.append(self._settle_pairs)
        people.followers.append(self._renamed)
        uses.followers.append(self._use_renamed)

    # --- looking -------------------------------------------------------------------------

    def blank(self, parent_id: int = 0) -> Entry:
        """An answer of today."""
        entry = super().blank(parent_id)
        values = {**entry.values, "asked_on": self.today()}
        return Entry(self.register, 0, 0, "", "", "", None, values)

    def unsaid(self) -> Values:
        """Without a day: an older list must not bring back what was withdrawn since."""
        return {name: value for name, value in super().unsaid().items() if name != "asked_on"}

    def roll(self) -> Roll:
        """Every pupil with what holds for them today."""
        with self.database.reading() as session:
            return self.reading.whole(session, self.today())

    def roll_of(self, pupil: int) -> Roll:
        """What holds for one pupil today."""
        with self.database.reading() as session:
            return self.reading.of_pupils(session, self.today(), {pupil})

    def may_use(self, names: Iterable[str], use: str) -> PictureAnswer:
        """May a picture with these people be used so? Raises NotFound for an unknown use."""
        wanted = self._uses.called(use)
        roll = self.roll()
        return roll.check(names, next(each for each in roll.uses if each.id == wanted.id))

    def taken_back_since(
        self, session: Session, pupil: int, names: Collection[str], day: dt.date
    ) -> bool:
        """Is it on record that something was refused or withdrawn for a pupil since a day?"""
        said = (
            Consent.answer.in_(("withdrawn", "refused"))
            & (Consent.asked_on >= day)
            & Consent.archived_at.is_(None)
        )
        found = {n for n in session.scalars(select(Consent.pupil).where(said)) if n is not None}
        if pupil or not found:
            return pupil in found
        wanted = {tuple(sorted(parts_of(name))) for name in names} - {()}
        known = self._people.known_within(session, self._people.record.id.in_(found))
        theirs = {tuple(sorted(parts_of(name))) for each in known for name in each.names}
        return bool(wanted & theirs)

    def deciders_of(self, pupil: int) -> tuple[tuple[int, str], ...]:
        """Numbers and names of those who may decide for a pupil; the pupil last, if able.

        In the order of contact; where that is not said, as they came in: "Parent 1" first.
        """
        with self.database.reading() as session:
            found = self.reading.deciders(session, self.today(), {pupil})[pupil]
            tie = self._people.relationships.record
            ties = select(tie.adult, tie.priority, tie.id).where(tie.parent_id == pupil)
            order = {adult: (at or 99, number) for adult, at, number in session.execute(ties)}
            names = self.reading.names(session, found.all)
        first = sorted(found.all, key=lambda n: (n == pupil, order.get(n, _LAST)))
        return tuple((number, names.get(number, "")) for number in first)

    def link_choices(self, field: Field, words: str = "", limit: int = 50) -> list[tuple[int, str]]:
        """Pupils where a pupil is asked for; of those who answer, only who may decide at all."""
        if field.name not in {"pupil", "by_whom"}:
            return super().link_choices(field, words, limit)
        person = self._people.record
        with self.database.reading() as session:
            if field.name == "pupil":
                allowed = set(session.scalars(select(person.id).where(person.kind == "pupil")))
            else:
                every = self.reading.deciders(session, self.today(), None).values()
                allowed = {number for each in every for number in each.all}
        found = super().link_choices(field, words, max(limit, 20_000))
        return [each for each in found if each[0] in allowed][:limit]

    def link_named(self, field: Field, words: str) -> int | None:
        """As ever, and people also by the name they go by: "Ana Ward". Raises ValueError."""
        try:
            return super().link_named(field, words)
        except ValueError:
            if field.target != "people":
                raise
            person = self._people.record
            parts = [part for part in words.replace(",", " ").split() if part]
            surname = or_(*(person.surname.icontains(part, autoescape=True) for part in parts))
            among = (
                self._people.known(surname & (person.kind == "pupil"))
                if (field.name == "pupil")
                else self._people.known(surname)
            )
            sought = sorted(parts_of(words))
            found = [k for k in among if any(sorted(parts_of(n)) == sought for n in k.names)]
            if not found:
                raise
            if len(found) > 1:
                said = "More than one person has this name. Give the reference."
                raise ValueError(said) from None
            return found[0].id

    # --- changing ------------------------------------------------------------------------

    def answer_many(
        self,
        pupils: Iterable[int],
        answers: Mapping[int, str],
        *,
        by_whom: Mapping[int, int],
        asked_on: dt.date | None = None,
        how: str = "paper",
        versions: Mapping[int, int] | None = None,
        wish: str | None = None,
        step: Callable[[int], object] = lambda _done: None,
    ) -> Changes:
        """Records the same answers (use to answer) for many pupils, wholly or not at all.

        ``by_whom``: who answered, by pupil; ``step`` is told for how many pupils it is done, and
        what it raises takes all back. Raises InvalidEntry, and DpdeskError for a pupil for
        whom nobody may decide.
        """
        day = asked_on or self.today()
        many: list[Values] = []
        with unswept(), self.database.changing() as change:
            for pupil in dict.fromkeys(pupils):
                who = by_whom.get(pupil)
                if who is None and "given" in answers.values():
                    raise DpdeskError(
                        "For one of these pupils nobody with parental responsibility is on record.",
                        "Put it right on the pupil’s page, then record the answer. Nothing was "
                        "recorded for the others either.",
                    )
                for use, said in answers.items():
                    fresh = {
                        "pupil": pupil,
                        "use": use,
                        "answer": said,
                        "by_whom": who,
                        "asked_on": day,
                        "how": how,
                        "wish": wish,
                        "wording": (versions or {}).get(use),
                    }
                    many.append(fresh)
            try:
                numbers = add_many(
                    self, change, many, step=lambda done, _of: step(done // len(answers))
                )
            except InvalidEntry as error:
                # Which row of many it is says nothing here, and names belong in no exception.
                told = error.problems.items()
                rows = [said.partition(": ")[2] for key, said in told if key.isdecimal()]
                if not rows:
                    raise
                raise InvalidEntry({"answer": " ".join(dict.fromkeys(rows))}) from error
            made = {(self.register.key, number) for number in numbers}
        return Changes(frozenset(change.touched | made), frozenset(made))

    def first_deciders(self, pupils: Collection[int]) -> Mapping[int, int]:
        """For each pupil the one who is asked first; pupils without anybody are left out."""
        with self.database.reading() as session:
            every = self.reading.deciders(session, self.today(), pupils)
            tie = self._people.relationships.record
            order = {
                (pupil, adult): (at or 99, number)
                for pupil, adult, at, number in session.execute(
                    select(tie.parent_id, tie.adult, tie.priority, tie.id)
                )
            }
        return {
            n: min(of.responsible, key=lambda a, n=n: order.get((n, a), _LAST))  # type: ignore[misc]  # bound at once
            for n, of in every.items()
            if of.responsible and n in pupils
        }

    # --- what the rules add --------------------------------------------------------------

    def surroundings(self, session: Session, scope: Scope[Consent]) -> Callable[[int], Around]:
        """Pupil, use, who may decide, later answers, and pictures in use."""
        values = scope.values
        pupils = {n for each in values.values() if (n := each.get("pupil")) is not None}
        uses = {row.id: row for row in session.scalars(select(PhotoUse))}
        versions = self._uses.versions_within(session)
        newest = {use: max(v.number for v in of) for use, of in versions.items()}
        called: dict[tuple[Any, Any], str] = {
            (use, each.number): each.called for use, of in versions.items() for each in of
        }
        person = self._people.record
        known = {
            number: (title, year or "")
            for number, title, year in session.execute(
                select(person.id, person.title, person.year_group).where(
                    person.kind == "pupil", person.id.in_(pupils)
                )
            )
        }
        deciders = self.reading.deciders(session, self.today(), pupils)
        # Asked for where one is saved: every picture is looked at, and titles need none of it.
        whole: Any = {
            (each["pupil"], each["use"])
            for each in (values.values() if len(values) == 1 else ())
            if withdrew(each) and each.get("closed_on") and "pupil" in each and "use" in each
        }
        said = self._said(session, scope, pupils)
        left = self.left(session, whole) if whole else {}

        def around(number: int) -> Around:
            mine = values[number]
            pupil, use = mine.get("pupil"), mine.get("use")
            title, year = known.get(pupil, ("", "")) if pupil is not None else ("", "")
            row = uses.get(use) if use is not None else None
            others = said[pupil, use, mine.get("by_whom")]
            ends = tuple(end for *_, end in others if end is not None)
            return Around(
                title,
                year,
                row.title if row is not None else "",
                called.get((use, mine.get("wording")), ""),
                newest.get(use, 1) if use is not None else 1,
                row.renewal if row is not None else None,
                deciders.get(pupil, Deciders(0)) if pupil is not None else Deciders(0),
                bool(others) and max(each[:3] for each in others)[2] != (number or _NEWEST),
                tuple((day, said) for day, _, n, said, _ in others if n != (number or _NEWEST)),
                left.get((pupil, use), rules.NOTHING_LEFT)
                if pupil is not None and use is not None
                else rules.NOTHING_LEFT,
                ends,
            )

        return around

    def _said(
        self, session: Session, scope: Scope[Consent], pupils: Collection[int]
    ) -> Mapping[tuple[Any, Any, Any], list[_Said]]:
        """What each person answered to each use for each pupil, as things will be.

        Day, whether it is a withdrawal, number (of one that is being made a very high one, as it
        comes after all others of its day), so that the last is the greatest; answer, last day.
        """
        stored = select(
            Consent.id,
            Consent.pupil,
            Consent.use,
            Consent.by_whom,
            Consent.asked_on,
            Consent.answer,
            Consent.valid_until,
        ).where(Consent.pupil.in_(pupils), Consent.archived_at.is_(None))
        rows: dict[int, tuple[Any, ...]] = {
            number: tuple(rest) for number, *rest in session.execute(stored)
        }
        for number, values in scope.values.items():
            names = ("pupil", "use", "by_whom", "asked_on", "answer", "valid_until")
            rows[number] = tuple(values.get(n) for n in names)
        found: dict[tuple[Any, Any, Any], list[_Said]] = defaultdict(list)
        for number, (pupil, use, by, day, answer, end) in rows.items():
            if day is not None:
                order = rules.order(day, str(answer), number or _NEWEST)
                found[pupil, use, by].append((*order, str(answer), end))
        return found

    def fill(self, values: Values, before: Values, around: Around) -> Values:
        """Version of the wording, and how long it holds; refuses who may not decide.

        Asked only where the answer is changed: an older one stays as it was given.
        """
        filled = dict(values)
        if any(values.get(name) != before.get(name) for name in _ASKED):
            found = _who_may_not(values, around)
            if found:
                raise InvalidEntry(found)
        if any(values.get(name) != before.get(name) for name in (*_ASKED, "asked_on")):
            found = rules.out_of_order(values, around.others)
            if found:
                raise InvalidEntry(found)
        if filled.get("wording") is None and around.use:
            filled["wording"] = around.newest
        if not before and agreed(values) and values.get("valid_until") is None:
            day = values.get("asked_on")
            if day is not None:
                filled["valid_until"] = rules.renewed_until(
                    around.renewal, around.year_group, day, around.ends
                )
        if not agreed(values):
            filled.pop("valid_until", None)
        if withdrew(values) and values.get("told_others") is not None:
            filled["others_had"] = "yes"
        if values.get("closed_on") is not None and before.get("closed_on") is None:
            found = rules.not_done(filled, around.left) if withdrew(values) else {}
            if found:
                raise InvalidEntry(found)
        return filled

    def problems(self, values: Values, around: Around) -> dict[str, str]:
        """Answers that cannot be."""
        return rules.problems(values, around.newest)

    def behind(self, today: dt.date) -> ColumnElement[bool]:
        """Which have run out."""
        return (Consent.state == "given") & (Consent.valid_until < today)

    def derive(self, values: Values, around: Around) -> Derived:
        """Title: pupil, and the use as it was called then. State: the answer, or a later one."""
        state = rules.state(values, self.today(), replaced=around.replaced)
        earlier = (values.get("wording") or around.newest) != around.newest
        use = around.called if earlier and around.called else around.use
        return Derived(f"{around.pupil}: {use}", state)

    def _settle_pairs(self, change: Change, rows: Sequence[Consent]) -> None:
        """Earlier answers of the same person give way to this one, or count again without it."""
        uses = {row.use for row in rows}
        for pupils in portioned({row.pupil for row in rows if row.pupil is not None}):
            # What is new needs no second look, but does no harm among many.
            new = rows[0].id if len(rows) == 1 else 0
            same = Consent.pupil.in_(pupils) & Consent.use.in_(uses)
            self.refresh_where(change, same & (Consent.id != new))

    def _renamed(self, change: Change, row: Any) -> None:
        if row.version == 1 or row.kind != "pupil":
            return  # of a new person nothing is on record; lists bring thousands of them
        self.refresh_where(change, Consent.pupil == row.id)

    def _use_renamed(self, change: Change, row: PhotoUse) -> None:
        self.refresh_where(change, Consent.use == row.id)


def _who_may_not(values: Values, around: Around) -> dict[str, str]:
    """Why this answer cannot come from this person, by field name."""
    if not around.pupil:
        return {"pupil": "Choose a pupil: consents are kept for pupils."}
    who = values.get("by_whom")
    if who is None or who in around.deciders.all:
        return {}
    return {"by_whom": _TOO_YOUNG if who == around.deciders.pupil else _NO_SAY}
