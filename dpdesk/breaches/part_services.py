"""The doors to the parts of a breach: staff, steps taken, actions, people told, reports sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from sqlalchemy.orm import Session

from dpdesk.breaches.parts import Action, Informed, Involved, LetterWords, Report, StageNote
from dpdesk.breaches.records import Breach
from dpdesk.breaches.settings import BreachSettingsService
from dpdesk.errors import InvalidEntry
from dpdesk.law.pick_lists import choice
from dpdesk.law.words import LONDON
from dpdesk.registers.crossings import LastTraining, Offers
from dpdesk.registers.fields import Values
from dpdesk.registers.hooks import Scope
from dpdesk.registers.links import linked_by_hand
from dpdesk.registers.service import Derived, RegisterService
from dpdesk.registers.wording import show_date, show_moment
from dpdesk.store.database import Database


class StaffInvolved(RegisterService[Involved, "dt.date | None"]):
    """The staff involved, by their posts."""

    record = Involved

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._training: tuple[LastTraining, ...] = ()

    def join(self, rooms: Offers) -> None:
        """The register of training knows when somebody was last trained."""
        self._training = rooms.every(LastTraining)

    def surroundings(
        self, session: Session, scope: Scope[Involved]
    ) -> Callable[[int], dt.date | None]:
        """When the register of training has them trained last, before it happened."""
        asked = {number for number, values in scope.values.items() if _unsaid(values)}
        found: dict[int, dt.date | None] = {}
        for number in asked if self._training else ():
            breach = session.get(Breach, scope.rows[number].parent_id)
            happened = (breach.occurred or breach.aware) if breach is not None else None
            day = (happened or self.now()).astimezone(LONDON).date()
            name = str(scope.values[number]["name"])
            linked = _people_linked(session, scope.rows[number].parent_id)
            days = (each.last_trained(session, name, day, linked) for each in self._training)
            found[number] = next((each for each in days if each is not None), None)
        return found.get

    def fill(self, values: Values, before: Values, around: dt.date | None) -> Values:
        """What the register of training says, where nothing else is said."""
        return {**values, "trained_on": around} if around and _unsaid(values) else values

    def derive(self, values: Values, around: dt.date | None) -> Derived:
        """Title: the job title, with the name for the school's own eyes."""
        return Derived(", ".join(t for t in (values["post"], values.get("name")) if t))


class StageNotes(RegisterService[StageNote]):
    """Who did what when."""

    record = StageNote

    def derive(self, values: Values, around: None) -> Derived:
        """Title: moment and person."""
        who = f", {values['by_whom']}" if values.get("by_whom") else ""
        return Derived(f"{show_moment(values['at'])}{who}")


class Actions(RegisterService[Action]):
    """What must still be done."""

    record = Action

    def derive(self, values: Values, around: None) -> Derived:
        """Title: what is to be done. Due until it is done."""
        by = values.get("by")
        due = by.isoformat() if by is not None and values.get("done") is None else None
        return Derived(str(values["what"]), due=due)


class PeopleInformed(RegisterService[Informed]):
    """Who was told besides the regulator."""

    record = Informed

    def __init__(
        self,
        database: Database,
        settings: BreachSettingsService,
    ) -> None:
        super().__init__(database)
        self._settings = settings

    def problems(self, values: Values, around: None) -> dict[str, str]:
        """Nobody is told to zero people."""
        if values.get("number_told") == 0:
            return {"number_told": "Leave this empty if nobody has been told yet."}
        return {}

    def derive(self, values: Values, around: None) -> Derived:
        """Title: who was told, and when."""
        whom = (
            values.get("name")
            or self._settings.body(values["whom"])
            or choice("others", values["whom"], "breaches").label
        )
        told = values.get("told_at")
        return Derived(f"{whom}, {show_date(told.astimezone(LONDON).date())}" if told else whom)


class LettersWritten(RegisterService[LetterWords]):
    """The words of the letters, one for each kind of letter."""

    record = LetterWords

    def derive(self, values: Values, around: None) -> Derived:
        """Title: who gets it."""
        return Derived(choice("letter_kinds", values["kind"], "breaches").label)


class Reports(RegisterService[Report]):
    """Reports that went to the regulator."""

    record = Report

    def against_parent(self, error: InvalidEntry) -> InvalidEntry:
        """What the breach objects to is the moment of sending."""
        said = error.problems
        if "aware" in said:
            return InvalidEntry(
                {"sent_at": "The report would have been sent before the school became aware."}
            )
        if "decision" in said:
            sentence = "The decision is not to report. Change the decision first."
            return InvalidEntry({"sent_at": sentence})
        return InvalidEntry({"sent_at": " ".join(said.values())})

    def derive(self, values: Values, around: None) -> Derived:
        """Title: kind and moment."""
        kind = choice("report_kinds", values["kind"], "breaches").label
        return Derived(f"{kind}, {show_moment(values['sent_at'])}")


def _people_linked(session: Session, breach: int) -> frozenset[str]:
    """References of the people whom somebody linked with a breach by hand."""
    linked = linked_by_hand(session, Breach.register.key, [breach])
    return frozenset(mark for key, mark in linked.get(breach, ()) if key == "people")


def _unsaid(values: Values) -> bool:
    """Is somebody named, and nothing said of their training?"""
    return bool(values.get("name")) and not values.get("trained_on") and not values.get("trained")
