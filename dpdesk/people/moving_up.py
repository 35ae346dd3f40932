"""A new school year: every pupil moves up a year in one step, those who leave are asked for.

plan = moving.plan()                        who goes where, to be looked at
done = moving.accept(plan, leaving, day)    all of it, or none
importing.take_back(done)                   as if it had not been
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select

from dpdesk.errors import DpdeskError, StepDone
from dpdesk.people.pick_lists import YEARS
from dpdesk.people.records import Person
from dpdesk.people.service import KnownPerson, PeopleService
from dpdesk.people.undoing import UNDONE, WHY, Imported
from dpdesk.registers import history
from dpdesk.registers.entries import Changes
from dpdesk.registers.wording import SCHOOL_TIME
from dpdesk.store.tables import HistoryRow, utc_moment

MOVED: Final = "New school year"
_ORDER: Final = tuple(year.code for year in YEARS)
_LAST_DAY: Final = (8, 31)
_TOLD: Final = 50


@dataclass(frozen=True, slots=True)
class YearMove:
    """A pupil, and where they go. ``to_year`` is empty where there is no year above."""

    pupil: int
    name: str
    year: str
    form: str
    to_year: str
    to_form: str
    """The class of the same name a year above, where its name begins with the year; else as now."""
    leaves: bool
    """Proposed as a leaver: in the highest year that this school has."""


@dataclass(frozen=True, slots=True)
class MovePlan:
    """What a new school year would do; nothing has been written."""

    moves: tuple[YearMove, ...]
    """Youngest first, by class and name."""
    without: tuple[str, ...]
    """Names of pupils without a year group: they stay as they are."""
    last_day: dt.date
    """Proposed as the leaving date: the end of the school year that is over."""
    moved_on: dt.date | None = None
    """When the pupils were moved up the last time; None where they never were."""
    listed_on: dt.date | None = None
    """When a list said year groups of the school year that has begun; None where none did."""


class MovingUp:
    """Moves the pupils of the school up."""

    def __init__(self, people: PeopleService) -> None:
        self._people = people

    def plan(self) -> MovePlan:
        """Who would go where. Raises DpdeskError where no pupil has a year group."""
        pupils = [each for each in self._people.known(Person.kind == "pupil") if each.here]
        placed = [each for each in pupils if each.year_group in _ORDER]
        if not placed:
            raise DpdeskError(
                "No pupil has a year group yet.", "Import a list with year groups first."
            )
        top = max(placed, key=_place).year_group
        placed.sort(key=lambda each: (_place(each), each.form, each.values.get("surname") or ""))
        without = tuple(each.name for each in pupils if each.year_group not in _ORDER)
        moves = tuple(_move(each, top) for each in placed)
        end = last_day(self._people.today())
        listed = self._last(WHY)
        begun = listed if listed is not None and listed > end else None
        return MovePlan(moves, without, end, self._last(MOVED), begun)

    def _last(self, why: str) -> dt.date | None:
        """The day on which year groups were changed so the last time, if that was not undone."""
        key = self._people.register.key
        with self._people.database.reading() as session:
            last = session.scalar(
                select(HistoryRow)
                .where(
                    HistoryRow.register == key,
                    HistoryRow.why == why,
                    HistoryRow.field == Person.year_group.key,
                )
                .order_by(HistoryRow.id.desc())
                .limit(1)
            )
            if last is None:
                return None
            later = history.rows_after(session, key, last.entry_id, last.id)
        if any(row.why == UNDONE for row in later):
            return None
        return utc_moment(last.at).astimezone(SCHOOL_TIME).date()

    def accept(
        self,
        plan: MovePlan,
        leaving: Collection[int],
        day: dt.date,
        *,
        forms: bool = True,
        step: StepDone | None = None,
    ) -> Imported:
        """Moves everybody up in one transaction; ``leaving`` get the leaving date and stay behind.

        ``forms``: are classes moved along? Raises StaleEntry, InvalidEntry, and DpdeskError for
        somebody who neither leaves nor has a year above; then nothing was written.
        """
        changed: list[int] = []
        with self._people.database.changing() as change:
            for done, move in enumerate(plan.moves):
                if step is not None and done % _TOLD == 0:
                    step(done, len(plan.moves))
                stored = change.session.get(Person, move.pupil)
                if stored is None or stored.year_group != move.year:
                    raise DpdeskError(
                        "The pupils have changed since this was shown.", "Open it again."
                    )
                fresh = _fresh(move, move.pupil in leaving, day, forms=forms)
                self._people.save_within(change, fresh, move.pupil, stored.version, why=MOVED)
                changed.append(move.pupil)
            touched, notes = change.touched, len(change.notes)
        key = self._people.register.key
        every = Changes(frozenset({(key, number) for number in changed} | touched))
        return Imported(every, (), tuple(changed), (), (), change.before, change.before + notes)


def last_day(today: dt.date) -> dt.date:
    """The last day of the school year that is over, or about to be."""
    return dt.date(today.year, *_LAST_DAY)


def form_above(form: str, year: str, to_year: str) -> str:
    """The class a year above: "7A" becomes "8A", "Year 7 Oak" becomes "Year 8 Oak"."""
    old = "(?:R|Rec|Reception)" if year == "R" else "(?:N|Nursery)" if year == "N" else year
    new = {"R": "Reception", "N": "Nursery"}.get(to_year, to_year)
    found = re.fullmatch(rf"((?:Year|Yr|Y)?\s*)({old})(?![0-9a-z])(.*)", form, re.DOTALL)
    if not found:
        return form
    if to_year == "R" and len(found[2]) == 1:
        new = "R"
    return f"{found[1]}{new}{found[3]}"


def _move(pupil: KnownPerson, top: str) -> YearMove:
    place = _place(pupil)
    to_year = _ORDER[place + 1] if place + 1 < len(_ORDER) else ""
    leaves = pupil.year_group == top
    to_form = form_above(pupil.form, pupil.year_group, to_year) if to_year else pupil.form
    return YearMove(pupil.id, pupil.name, pupil.year_group, pupil.form, to_year, to_form, leaves)


def _fresh(move: YearMove, leaves: bool, day: dt.date, *, forms: bool) -> Mapping[str, Any]:
    if leaves:
        return {"left_on": day}
    if not move.to_year:
        raise DpdeskError(
            f"There is no year above for {move.name}.", "Say that they leave, and when."
        )
    form = {"form": move.to_form} if forms and move.form else {}
    return {"year_group": move.to_year, **form}


def _place(pupil: KnownPerson) -> int:
    return _ORDER.index(pupil.year_group)
