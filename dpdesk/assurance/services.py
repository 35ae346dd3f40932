"""The small registers of assurance: each has its fields, one rule, and sometimes a little more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dpdesk.assets.assessed_service import AssessedAssets
from dpdesk.assurance import rules
from dpdesk.assurance.audit_records import Audit, Rating, Recommendation, open_action
from dpdesk.assurance.audit_rules import STEPS, Rated
from dpdesk.assurance.camera_records import Automated, Camera, Viewing
from dpdesk.assurance.coming_up import ComingUp, Lookback, Standing
from dpdesk.assurance.device_records import Device, DeviceCheck, TakenOut, known_of_loss
from dpdesk.assurance.lia_records import Interest
from dpdesk.assurance.measure_records import Exercise, MeasureTest, SecurityMeasure
from dpdesk.assurance.meeting_records import Awareness, Meeting
from dpdesk.assurance.processor_records import Processor, ProcessorCheck
from dpdesk.assurance.sharing_records import Given, Sharing, for_law, given
from dpdesk.assurance.sharing_rules import SharingProposal, proposed
from dpdesk.errors import DpdeskError
from dpdesk.registers.entries import Changes, Saved
from dpdesk.registers.fields import Values
from dpdesk.registers.hooks import Scope
from dpdesk.registers.service import RegisterService
from dpdesk.store.database import Change, Database


class InterestService(ComingUp[Interest]):
    """Legitimate interests; the purposes of the assets that rest on them follow."""

    record = Interest

    def __init__(self, database: Database, assets: AssessedAssets) -> None:
        super().__init__(database)
        self._assets = assets
        self.followers.append(self._tell_assets)

    def stands(self, values: Values, around: Lookback) -> Standing:
        """Weighed or not."""
        return rules.interest(values, around)

    def problems(self, values: Values, around: Lookback) -> dict[str, str]:
        """An outcome without the balance is none."""
        if values.get("outcome") == "relies" and not values.get("impact"):
            told = "Say first what it could do to the people affected, or nothing is weighed."
            return {"impact": told}
        children = values.get("children") == "yes" and not values.get("children_words")
        if values.get("outcome") == "relies" and children:
            told = "There are children among them: say first how their interests get more weight."
            return {"children_words": told}
        return {}

    def _tell_assets(self, change: Change, row: Interest) -> None:
        """The purposes of the linked assets get the day and the reference, or lose them again."""
        relies = row.outcome == "relies" and row.archived_at is None
        day = row.done_on if relies else None
        self._assets.note_interests(change, row.assets or (), day, row.reference)


class SharingService(ComingUp[Sharing]):
    """What is shared with others."""

    record = Sharing
    looks = Given
    named_by = "whom"

    def stands(self, values: Values, around: Lookback) -> Standing:
        """Asked, approved, refused or ended."""
        return rules.sharing(values, around)

    def called(self, values: Values) -> str:
        """With whom, and what for."""
        first = str(values.get("why") or "").strip().splitlines()
        return f"{values.get('whom') or ''}: {first[0]}" if first else str(values.get("whom") or "")

    def problems(self, values: Values, around: Lookback) -> dict[str, str]:
        """Nothing is approved whose ground is not named; nothing was given that was refused."""
        found: dict[str, str] = {}
        if given(values) and not values.get("basis"):
            found["basis"] = "Name the lawful basis before it is approved."
        if given(values) and for_law(values) and not values.get("test"):
            found["test"] = "Say why giving it is necessary here before it is approved."
        if around.parts and not given(values):
            found["decision"] = (
                "Something was given already, so the decision must say that it was approved."
            )
        against = set(values.get("against") or ())
        if "nothing" in against and len(against) > 1:
            found["against"] = "Choose either “none of these”, or the ones that apply."
        return found

    def proposal(self, values: Values) -> SharingProposal:
        """What the five answers come to."""
        return proposed(values)

    def decide(self, entry_id: int, version: int, by: str) -> Saved:
        """Takes the proposal over as the decision of ``by``, with its reason and today as its day.

        Raises DpdeskError where it cannot be decided yet; StaleEntry, InvalidEntry or NotFound.
        """
        entry = self.load(entry_id)
        made = proposed(entry.values)
        if not made.decision:
            raise DpdeskError("It cannot be decided yet.", " ".join(made.because))
        answers = {"decision": made.decision, "decided_by": by, "decided_on": self.today()}
        because = entry.values.get("because") or made.reason
        return self.save({**answers, "because": because}, entry_id, version)


class ProcessorService(ComingUp[Processor]):
    """Suppliers who process data for the school."""

    record = Processor
    looks = ProcessorCheck

    def firms(self) -> tuple[str, ...]:
        """What the suppliers are called, archived ones included."""
        with self.database.reading() as session:
            return tuple(session.scalars(select(Processor.title)))

    def stands(self, values: Values, around: Lookback) -> Standing:
        """What is wrong with one, if anything."""
        return rules.processor(values, around)

    def problems(self, values: Values, around: Lookback) -> dict[str, str]:
        """A contract does not end before it begins."""
        began, ends = values.get("began"), values.get("ends_on")
        if began is not None and ends is not None and ends < began:
            return {"ends_on": "That is before the day on which the contract began."}
        return {}


class MeasureService(ComingUp[SecurityMeasure]):
    """Security measures and their tests."""

    record = SecurityMeasure
    looks = MeasureTest
    others = (Exercise,)

    def stands(self, values: Values, around: Lookback) -> Standing:
        """What the last test showed."""
        return rules.measure(values, around)


class DeviceService(ComingUp[Device]):
    """Portable devices."""

    record = Device
    looks = DeviceCheck

    def stands(self, values: Values, around: Lookback) -> Standing:
        """Protected or not, lost or not."""
        return rules.device(values, around)

    def known_of_loss(self, entry_id: int) -> dict[str, Any]:
        """What the breach log can take over of a device that is lost. Raises NotFound."""
        entry = self.load(entry_id)
        # A linked person is called by reference, surname and forename.
        surname, _, forename = entry.shown("person").partition(" ")[2].partition(", ")
        holder = f"{forename} {surname}".strip() or str(entry.values.get("holder") or "")
        return known_of_loss(entry.values, holder, entry.shown("kind"))


class TakenService(ComingUp[TakenOut]):
    """What is taken off the premises."""

    record = TakenOut

    def stands(self, values: Values, around: Lookback) -> Standing:
        """Out or back."""
        return rules.taken(values, around)

    def problems(self, values: Values, around: Lookback) -> dict[str, str]:
        """Nothing comes back before it was taken."""
        out = values.get("out_on")
        return {
            name: "That is before the day on which it was taken."
            for name in ("back_by", "back_on")
            if out is not None and values.get(name) is not None and values[name] < out
        }


class AuditService(ComingUp[Audit]):
    """Audits, their recommendations, and self-assessments."""

    record = Audit
    others = (Recommendation, Rating)

    @property
    def actions(self) -> RegisterService[Any, Any]:
        """The register of recommendations."""
        return self.part(Recommendation)

    def surroundings(self, session: Session, scope: Scope[Audit]) -> Any:
        """The recommendations of audits."""
        plain = super().surroundings(session, scope)
        part = self.actions
        found: dict[int, list[Values]] = {}
        if not scope.making:
            inside = select(Audit.id).where(scope.where)
            asked = select(Recommendation).where(
                Recommendation.parent_id.in_(inside), Recommendation.archived_at.is_(None)
            )
            for row in session.scalars(asked.order_by(Recommendation.id)):
                found.setdefault(row.parent_id, []).append(part.answers(row))
        return lambda number: Lookback(plain(number).made, tuple(found.get(number, ())))

    def stands(self, values: Values, around: Lookback) -> Standing:
        """Planned, open or closed."""
        return rules.audit(values, around)

    def problems(self, values: Values, around: Lookback) -> dict[str, str]:
        """An audit is not closed while a recommendation is open."""
        left = sum(open_action(part) for part in around.parts)
        if values.get("closed_on") is not None and left:
            some = "1 recommendation is" if left == 1 else f"{left} recommendations are"
            return {
                "closed_on": f"{some} still open. Close each first, or say why it stays as it is."
            }
        return {}

    def self_assessments(self) -> tuple[Rated, ...]:
        """Every audit with ratings, the newest last: for the picture of the change."""
        kept: dict[int, tuple[str, dict[str, int], dict[str, str]]] = {}
        with self.database.reading() as session:
            rows = session.execute(
                select(Audit.id, Audit.title, Rating.category, Rating.rating, Rating.why)
                .join(Rating, Rating.parent_id == Audit.id)
                .where(Audit.archived_at.is_(None), Rating.archived_at.is_(None))
                .order_by(Audit.held_on.is_(None), Audit.held_on, Audit.id, Rating.id)
            )
            for number, title, category, rating, why in rows:
                _, rated, because = kept.setdefault(number, (title, {}, {}))
                if rating in STEPS and category:
                    rated[category] = STEPS.index(rating)
                    because[category] = why or ""
        return tuple(Rated(*each) for each in kept.values())

    def ratings_of(self, entry_id: int) -> dict[str, str]:
        """The ratings of one audit by category."""
        parts = self.part(Rating).parts(entry_id)
        return {str(each.values["category"]): str(each.values["rating"]) for each in parts}

    def rate(self, entry_id: int, ratings: Mapping[str, str]) -> Changes:
        """Rates several categories at once, all of them or none; others stay. Raises InvalidEntry.

        ``ratings`` are codes of ratings by the codes of categories.
        """
        part = self.part(Rating)
        there = {str(each.values["category"]): each for each in part.parts(entry_id)}
        with self.database.changing() as change:
            for category, rating in ratings.items():
                old = there.get(category)
                if old is None:
                    values = {"category": category, "rating": rating}
                    part.save_within(change, values, parent_id=entry_id)
                elif old.values["rating"] != rating:
                    part.save_within(
                        change, {"rating": rating}, old.id, old.version, parent_id=entry_id
                    )
            self.refresh_within(change, entry_id)
        return Changes(frozenset(change.touched | {(self.register.key, entry_id)}))


class MeetingService(ComingUp[Meeting]):
    """Meetings of governance."""

    record = Meeting

    def stands(self, values: Values, around: Lookback) -> Standing:
        """Planned or held."""
        return rules.meeting(values, around)


class AwarenessService(ComingUp[Awareness]):
    """Themes that staff are reminded of."""

    record = Awareness

    def stands(self, values: Values, around: Lookback) -> Standing:
        """Held."""
        return rules.meeting(values, around)


class CameraService(ComingUp[Camera]):
    """Security cameras, and who looked at what they recorded."""

    record = Camera
    others = (Viewing,)

    def stands(self, values: Values, around: Lookback) -> Standing:
        """In use, with a sign and an assessment."""
        return rules.camera(values, around)


class AutomatedService(ComingUp[Automated]):
    """Decisions that a machine makes."""

    record = Automated

    def stands(self, values: Values, around: Lookback) -> Standing:
        """With safeguards or without."""
        return rules.automated(values, around)


def share(part: int, of: Iterable[object]) -> int:
    """Whole percent of all that there are; 0 where there are none."""
    total = sum(1 for _ in of)
    return int(100 * part / total) if total else 0
