"""The door to the asset register, its purposes and reviews."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, String, and_, func, or_, select, true, type_coerce
from sqlalchemy.orm import Session

from dpdesk.assets import rules
from dpdesk.assets.around import AroundAssets, day_made
from dpdesk.assets.part_services import Purposes, Reviews
from dpdesk.assets.pick_lists import GapFound
from dpdesk.assets.records import Asset
from dpdesk.assets.rules import Around
from dpdesk.assets.starters import Starter, starter_set
from dpdesk.assets.system_records import System
from dpdesk.assets.system_service import SystemService
from dpdesk.errors import NotFound, StaleEntry
from dpdesk.law.bases import Right
from dpdesk.registers.crossings import ClassList, IncidentsByAsset, Offers, RetentionClass
from dpdesk.registers.entries import Changes, Entry, Saved
from dpdesk.registers.fields import Values
from dpdesk.registers.flagging import Flagging, UseFlag, flags_of, follow_flags
from dpdesk.registers.hooks import Scope
from dpdesk.registers.service import Derived, RegisterService
from dpdesk.store.database import Change, Database


@dataclass(frozen=True, slots=True)
class Completeness:
    """How complete the register is."""

    entries: int
    complete: int
    """Entries without findings and open questions."""
    answered: int
    asked: int

    @property
    def share(self) -> float:
        """The part of the questions that is answered, from 0 to 1; 1 for an empty register."""
        return self.answered / self.asked if self.asked else 1.0


@dataclass(frozen=True, slots=True)
class AssetProgress:
    """How far one asset is, as it was when it was last saved."""

    answered: int
    asked: int
    gaps: int


class AssetService(RegisterService[Asset, Around]):
    """The asset register, which is the record of processing."""

    record = Asset
    follows_calendar = False

    def __init__(
        self,
        database: Database,
    ) -> None:
        super().__init__(database)
        self.purposes = Purposes(database)
        self.reviews = Reviews(database)
        self.own(self.purposes, self.reviews)
        self.systems = SystemService(database)
        self.systems.followers.append(self._follow_system)
        self._around_assets = AroundAssets(self.purposes, self.systems)
        self._schedules: tuple[ClassList, ...] = ()
        self._incidents: tuple[IncidentsByAsset, ...] = ()
        self._flagging: tuple[Flagging, ...] = ()

    def join(self, rooms: Offers) -> None:
        """Asks for the retention schedule and for the breaches that touched assets."""
        self._schedules = rooms.every(ClassList)
        self._incidents = rooms.every(IncidentsByAsset)
        for schedule in self._schedules:
            schedule.followers.append(self._follow_class)
        self._flagging = rooms.every(Flagging)
        follow_flags(self._flagging, self._follow_flags)

    def schedule(self, session: Session) -> dict[int, RetentionClass]:
        """The classes of the retention schedule in use, by their numbers."""
        found: dict[int, RetentionClass] = {}
        for each in self._schedules:
            found.update(each.classes_within(session))
        return found

    def breaches(self, session: Session) -> dict[str, tuple[str, ...]]:
        """References of assets to those of the breaches that touched them."""
        found: dict[str, tuple[str, ...]] = {}
        for each in self._incidents:
            found.update(each.by_asset(session))
        return found

    # --- looking -------------------------------------------------------------------------

    def findings_of(self, entry: Entry) -> tuple[GapFound, ...]:
        """What is missing or wrong about an asset, today, each with its reason and source."""
        return rules.findings(entry.values, self._around(entry), self.today())

    def rights(self, entry: Entry) -> tuple[Right, ...]:
        """The rights that people have, as they follow from the lawful bases."""
        return rules.rights(entry.values, self._around(entry))

    def completeness(self, entry: Entry) -> tuple[int, int]:
        """How many of the questions that want an answer have one."""
        return rules.completeness(entry.values, self._around(entry))

    def meter(self) -> Completeness:
        """How complete the whole register is, from what was counted on saving."""
        complete = func.count().filter(Asset.state == "complete")
        counted = select(
            func.count(), complete, func.sum(Asset.answered), func.sum(Asset.asked)
        ).where(Asset.archived_at.is_(None))
        with self.database.reading() as session:
            entries, whole, answered, asked = session.execute(counted).one()
        return Completeness(entries, whole, answered or 0, asked or 0)

    def progress(self) -> Mapping[int, AssetProgress]:
        """The same for each asset, by its number, with how many kinds of gaps it has."""
        asked = select(Asset.id, Asset.answered, Asset.asked, Asset.found)
        with self.database.reading() as session:
            return {
                number: AssetProgress(answered, wanted, len(found or ()))
                for number, answered, wanted, found in session.execute(asked)
            }

    def with_around(self, where: ColumnElement[bool] | None = None) -> list[tuple[Entry, Around]]:
        """Assets with all that stands around them, in a few reads however many; none archived."""
        asked = and_(true() if where is None else where, Asset.archived_at.is_(None))
        with self.database.reading() as session:
            around = self._around_assets.where(session, asked)
            rows = session.scalars(select(Asset).where(asked).order_by(Asset.id))
            return [(self._entry(row), around[row.id]) for row in rows]

    def owners(self) -> tuple[str, ...]:
        """Everybody who owns an asset, in the order of the alphabet."""
        with self.database.reading() as session:
            found = session.scalars(
                select(Asset.owner)
                .where(Asset.archived_at.is_(None), Asset.owner.is_not(None))
                .distinct()
            )
            return tuple(sorted((str(name) for name in found), key=str.casefold))

    def holding(self, people: Iterable[str]) -> tuple[str, ...]:
        """Where data of these kinds of people lie: reference, asset, places and systems in a line.

        ``people`` are codes of kinds of people. In the order of the register; each line begins
        with the reference.
        """
        wanted = set(people)
        places = Asset.register.field("places")
        found = []
        for entry, around in self.with_around(Asset.personal == "yes"):
            if not wanted & set(entry.values.get("people_kinds") or ()):
                continue
            where = [places.choice(code).label for code in entry.values.get("places") or ()]
            where += [str(entry.values.get("place_words") or "")]
            where += [str(system["name"]) for system in around.systems]
            told = ", ".join(each for each in where if each)
            found.append(f"{entry.reference} {entry.title}" + (f" ({told})" if told else ""))
        return tuple(found)

    # --- the typical records of a small school ---------------------------------------------

    def starters(self) -> tuple[Starter, ...]:
        """The starter set; those that were accepted before know as what."""
        with self.database.reading() as session:
            return self._starters(session)

    def accept(
        self, keys: Iterable[str], changed: Mapping[str, Values] = MappingProxyType({})
    ) -> Changes:
        """Makes entries of some of the starter set, all of them or none.

        ``changed`` has other answers for some of them, by key. What was accepted before is left
        as it is. Raises NotFound for a key that is not there, InvalidEntry for wrong answers.
        """
        with self.database.changing() as change:
            known = {each.key: each for each in self._starters(change.session)}
            codes = {each.code: number for number, each in self.schedule(change.session).items()}
            made = []
            for key in dict.fromkeys(keys):
                if key not in known:
                    raise NotFound("That is not one of the typical records.")
                if not known[key].accepted_as:
                    made.append(self._accepted(change, known[key], codes, changed.get(key, {})))
            self.refresh_where(change, Asset.id.in_(made))
            new = frozenset((self.register.key, number) for number in made)
        return Changes(new | change.touched, new)

    def _starters(self, session: Session) -> tuple[Starter, ...]:
        taken = session.execute(
            select(Asset.starter, Asset.reference).where(Asset.starter.is_not(None))
        )
        return starter_set({str(key): reference for key, reference in taken})

    def _accepted(
        self, change: Change, starter: Starter, codes: Mapping[str, int], changed: Values
    ) -> int:
        answers = {**self.blank().values, **starter.answers}
        if starter.retention in codes:
            answers["retention_rule"] = codes[starter.retention]
        row = self.save_within(change, {**answers, **changed}, why="Added from the typical records")
        row.starter = starter.key
        if starter.retention and row.retention_rule is None:
            row.retention_code = starter.retention
        for purpose in starter.purposes:
            self.purposes.save_within(change, purpose, parent_id=row.id)
        return row.id

    def _follow_class(self, change: Change, row: Any) -> None:
        if row.code and row.archived_at is None:
            self.follow_rule(change, row.id, row.code)

    def follow_rule(self, change: Change, number: int, code: str) -> None:
        """Chooses a class that is new in the retention schedule where an entry waits for it."""
        waiting = select(Asset).where(Asset.retention_code == code, Asset.retention_rule.is_(None))
        for row in change.session.scalars(waiting).all():
            words = (row.retention_words or "").splitlines()
            rest = "\n".join(line for line in words if line.split()[:1] != [code])
            row.retention_code = None
            self.save_within(
                change,
                {"retention_rule": number, "retention_words": rest},
                row.id,
                row.version,
                why="The class is in the retention schedule now",
            )
            change.touched.add((self.register.key, row.id))

    # --- going through it with the owners ------------------------------------------------

    def confirm(
        self,
        entry_id: int,
        version: int,
        with_whom: str,
        day: dt.date | None = None,
        note: str = "",
        outcome: str = "confirmed",
    ) -> Saved:
        """Signs an asset off as reviewed with its owner; the next review moves on.

        ``outcome`` is a code of the list review_outcomes. Raises StaleEntry where the entry was
        changed since it was shown, InvalidEntry or NotFound.
        """
        day = day or self.today()
        with self.database.changing() as change:
            row = self._row(change.session, entry_id)
            if row.version != version:
                raise StaleEntry(
                    "This asset was changed elsewhere after you opened it.",
                    "Check it again before you sign it off.",
                )
            review = self.reviews.save_within(
                change,
                {"day": day, "with_whom": with_whom, "outcome": outcome, "note": note},
                parent_id=entry_id,
            )
            latest = max(day, row.confirmed or day)
            row = self.save_within(change, {"confirmed": latest}, entry_id, version)
            entry = self._entry(row)
            touched = {(self.register.key, entry_id), (self.reviews.register.key, review.id)}
        touched |= change.touched
        return Saved(entry, Changes(frozenset(touched)), change.before)

    # --- what the rules add --------------------------------------------------------------

    def surroundings(self, session: Session, scope: Scope[Asset]) -> Callable[[int], Around]:
        """The purposes, systems and reviews of assets."""
        named = {n: tuple(values.get("systems") or ()) for n, values in scope.values.items()}
        made = {n: day_made(row) for n, row in scope.rows.items()}
        known = self._around_assets.known(session, scope.where, made, named)
        flags = flags_of(self._flagging, session)
        if not flags.every:
            return known.__getitem__
        references = {number: row.reference for number, row in scope.rows.items()}
        return lambda number: replace(known[number], flags=flags.on_asset(references[number]))

    def flags_on(self, entry: Entry) -> tuple[UseFlag, ...]:
        """What must not be used of it."""
        return self.flagged().get(entry.reference, ())

    def flagged(self) -> Mapping[str, tuple[UseFlag, ...]]:
        """What must not be used of each asset on which a flag stands, by its reference."""
        with self.database.reading() as session:
            flags = flags_of(self._flagging, session)
        named = {reference for flag in flags.every for reference in flag.assets}
        return {reference: flags.on_asset(reference) for reference in named}

    def _follow_flags(self, change: Change, row: Any) -> None:
        session = change.session
        session.flush()
        flags = flags_of(self._flagging, session)
        named = {reference for flag in flags.every for reference in flag.assets}
        if named or session.scalar(select(Asset.id).where(Asset.flagged == "yes").limit(1)):
            self.refresh_where(change, or_(Asset.flagged == "yes", Asset.reference.in_(named)))

    def problems(self, values: Values, around: Around) -> dict[str, str]:
        """Systems that are not there."""
        if around.unknown_systems:
            return {"systems": f"There is no system {around.unknown_systems[0]}."}
        return {}

    def derive(self, values: Values, around: Around) -> Derived:
        """Title: its name. Findings, meter and next review: from the facts around it."""
        found = rules.findings(values, around)
        answered, asked = rules.completeness(values, around)
        return Derived(
            str(values["name"]),
            rules.state_of(found, answered, asked),
            rules.next_review(values, around).isoformat(),
            {
                "found": tuple(dict.fromkeys(each.key for each in found)) or None,
                "answered": answered,
                "asked": asked,
                "contract_until": rules.contract_until(values, around),
                "flagged": "yes" if around.flags else None,
            },
        )

    def _follow_system(self, change: Change, system: System) -> None:
        """Findings of an asset depend on the contracts of its systems."""
        named = type_coerce(Asset.systems, String).contains(
            f'"{system.reference}"', autoescape=True
        )
        self.refresh_where(change, named)

    def _around(self, entry: Entry) -> Around:
        return self.around(entry.id) if entry.id else Around(self.today())
