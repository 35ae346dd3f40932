"""The door to impact assessments: filled from the assets, and written back onto them."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dpdesk.assets.assessed_service import AssessedAssets, AssetFacts
from dpdesk.assurance import dpia_filling, dpia_rules
from dpdesk.assurance.coming_up import DatedPart
from dpdesk.assurance.dpia_parts import DpiaReview, DpiaRisk
from dpdesk.assurance.dpia_records import Dpia, goes_on
from dpdesk.assurance.dpia_rules import DpiaAround, ScreeningProposal
from dpdesk.documents.shelf import Shelved
from dpdesk.registers.entries import Changes, Entry, Saved
from dpdesk.registers.fields import Register, Values
from dpdesk.registers.hooks import Scope
from dpdesk.registers.service import Derived, RegisterService
from dpdesk.registers.wording import SCHOOL_TIME, freeze
from dpdesk.school.ground import Ground
from dpdesk.store.database import Change

if TYPE_CHECKING:
    from dpdesk.assurance.dpia_papers import DpiaPaper

_PROGRESS = {
    "screening": "screening",
    "draft": "draft",
    "consult": "consulting",
    "signed": "done",
    "change": "review",
    "closed": "done",
}
"""States of an assessment to how far it has got, in the words of the asset register."""


_NOT_SIGNED: Final = frozenset({"notes", "months", "signed_on", "signed_by"})
"""Answers that may change without another sign-off."""


class DpiaRisks(RegisterService[DpiaRisk]):
    """The risks of impact assessments."""

    record = DpiaRisk


class DpiaService(RegisterService[Dpia, DpiaAround]):
    """Impact assessments."""

    record = Dpia
    follows_calendar = False

    def __init__(self, ground: Ground, assets: AssessedAssets) -> None:
        super().__init__(ground.database)
        self.risks = DpiaRisks(ground.database)
        self.looks = DatedPart(ground.database, DpiaReview)
        self.own(self.risks, self.looks)
        self._school, self._shelf, self._assets = ground.school, ground.shelf, assets
        self.followers.append(self._tell_assets)

    def screened(self, values: Values) -> ScreeningProposal:
        """What the eight answers come to."""
        return dpia_rules.screened(values)

    def risks_of(self, entry_id: int) -> tuple[Entry, ...]:
        """The risks of an assessment, in their order."""
        return self.risks.parts(entry_id)

    # --- sign-off and paper --------------------------------------------------------------

    def sign(self, entry_id: int, version: int, by: str) -> Saved:
        """Signs an assessment off today; a copy is kept for good. Raises as ``save`` does.

        Signed twice on one day, it is kept again where its words changed in between.
        """
        answers = {"signed_on": self.today(), "signed_by": by}
        with self.database.changing() as change:
            row = self.save_within(change, answers, entry_id, version)
            if self._changed(change.session, row):
                self._keep(change, row)
            entry = self._labelled(change.session, row)
        touched = change.touched | {(self.register.key, entry_id)}
        return Saved(entry, Changes(frozenset(touched)), change.before)

    def changed_since(self, entry_id: int) -> bool:
        """Was something written otherwise since the last sign-off? Raises NotFound."""
        with self.database.reading() as session:
            return self._changed(session, self._row(session, entry_id))

    def _changed(self, session: Session, row: Dpia) -> bool:
        kept = self._shelf.within(session, self.register.key, row.id)
        said = kept[-1].answers.get("said") if kept else None
        return said is not None and row.signed_on is not None and said != self._said(session, row)

    def _said(self, session: Session, row: Dpia) -> str:
        """A sum over what is signed: the answers and the risks, without notes and what follows."""
        here = select(Dpia.id).where(Dpia.id == row.id)
        risks = session.scalars(_of(DpiaRisk, here).order_by(DpiaRisk.id))
        whole = [
            _frozen(self.register, self.answers(row), _NOT_SIGNED),
            *(
                _frozen(self.risks.register, self.risks.answers(each), {"done_on"})
                for each in risks
            ),
        ]
        return hashlib.sha256(json.dumps(whole, ensure_ascii=False).encode()).hexdigest()

    def editions(self, entry_id: int) -> tuple[Shelved, ...]:
        """The versions that were signed off, oldest first."""
        return self._shelf.of_entry(self.register.key, entry_id)

    def edition(self, paper_id: int) -> bytes:
        """A signed version as it was. Raises NotFound, DamagedWorkspace."""
        return self._shelf.content(self.register.key, paper_id)

    def paper(self, entry_id: int) -> DpiaPaper:
        """An assessment as it is printed. Raises NotFound."""
        with self.database.reading() as session:
            return self._paper(session, self._row(session, entry_id))

    def _paper(self, session: Session, row: Dpia) -> DpiaPaper:
        from dpdesk.assurance.dpia_papers import DpiaPaper

        here = select(Dpia.id).where(Dpia.id == row.id)
        risks = session.scalars(_of(DpiaRisk, here).order_by(DpiaRisk.id))
        newest = (DpiaReview.day.desc(), DpiaReview.id.desc())
        looks = session.scalars(_of(DpiaReview, here).order_by(*newest))
        facts = self._assets.within(session, row.assets or ())
        return DpiaPaper(
            str(row.reference),
            self.register,
            self.answers(row),
            self.register.state(row.state).label,
            [self.risks.answers(each) for each in risks],
            [self.looks.answers(each) for each in looks],
            [(each.reference, each.title) for each in facts],
            self.today(),
            self._school.letterhead(),
            changed=self._changed(session, row),
        )

    def _keep_signed(self, change: Change, row: Dpia, values: Values) -> None:
        """Each sign-off is kept as it was, also one whose day somebody typed."""
        signed = values.get("signed_on")
        if signed is None or not goes_on(values):
            return
        kept = self._shelf.within(change.session, self.register.key, row.id)
        if kept and kept[-1].answers.get("signed_on") == signed.isoformat():
            return
        self._keep(change, row)

    def _keep(self, change: Change, row: Dpia) -> None:
        kept = self._shelf.within(change.session, self.register.key, row.id)
        paper = dataclasses.replace(self._paper(change.session, row), changed=False)
        signed = row.signed_on.isoformat() if row.signed_on is not None else None
        self._shelf.keep(
            change,
            self.register.key,
            row.id,
            paper.printed().content,
            number=len(kept) + 1,
            answers={"signed_on": signed, "said": self._said(change.session, row)},
        )

    # --- what the rules add --------------------------------------------------------------

    def surroundings(self, session: Session, scope: Scope[Dpia]) -> Callable[[int], DpiaAround]:
        """The risks and later looks of assessments, and what their assets say."""
        made = {
            number: row.created_at.astimezone(SCHOOL_TIME).date()
            for number, row in scope.rows.items()
        }
        risks: dict[int, list[Values]] = defaultdict(list)
        looks: dict[int, list[Values]] = defaultdict(list)
        if not scope.making:
            inside = select(Dpia.id).where(scope.where)
            for risk in session.scalars(_of(DpiaRisk, inside).order_by(DpiaRisk.id)):
                risks[risk.parent_id].append(self.risks.answers(risk))
            newest = (DpiaReview.day.desc(), DpiaReview.id.desc())
            for look in session.scalars(_of(DpiaReview, inside).order_by(*newest)):
                looks[look.parent_id].append(self.looks.answers(look))
        named = {name for values in scope.values.values() for name in values.get("assets") or ()}
        facts = {each.reference: each for each in self._assets.within(session, named)}

        def around(number: int) -> DpiaAround:
            linked = scope.values[number].get("assets") or ()
            known = [facts[name] for name in linked if name in facts]
            return DpiaAround(made[number], risks[number], looks[number], known)

        return around

    def fill(self, values: Values, before: Values, around: DpiaAround) -> Values:
        """What linked assets say is filled in; so is the outcome of the screening."""
        values = dpia_filling.filled(values, before, around.assets)
        if values.get("verdict") is not None and not values.get("verdict_why"):
            values = {**values, "verdict_why": dpia_rules.screened(values).because}
        if values.get("verdict") is not None and values.get("screened_on") is None:
            values = {**values, "screened_on": self.today()}
        return values

    def problems(self, values: Values, around: DpiaAround) -> dict[str, str]:
        """What contradicts itself."""
        return dpia_rules.problems(values, around)

    def derive(self, values: Values, around: DpiaAround) -> Derived:
        """Title: what it is for."""
        standing = dpia_rules.stands(values, around)
        due = standing.due.isoformat() if standing.due is not None else None
        return Derived(str(values.get("name") or ""), standing.state, due)

    def written(self, change: Change, row: Dpia, values: Values, *, made: bool) -> None:
        """A sign-off is kept."""
        self._keep_signed(change, row, values)

    def _tell_assets(self, change: Change, row: Dpia) -> None:
        """The assets follow: screened or not, how far, and where it is kept.

        What is no longer about an asset, or is archived, is taken back from it.
        """
        values = self.answers(row)
        linked = () if row.archived_at is not None else values.get("assets") or ()
        self._assets.take_back_screening(change, str(row.reference), linked)
        verdict = values.get("verdict")
        if verdict is None or values.get("screened_on") is None:
            return
        answers: dict[str, Any] = {"dpia_screened": values["screened_on"]}
        answers["dpia_required"] = "no" if verdict == "not_needed" else "yes"
        if verdict != "not_needed":
            answers["dpia_progress"] = _PROGRESS.get(row.state, "none")
            answers["dpia_link"] = row.reference
        why = f"Follows {row.reference}"
        self._assets.note_screening(change, linked, answers, why=why)

    # --- what has ended ------------------------------------------------------------------

    def ended(self) -> tuple[AssetFacts, ...]:
        """Assets still in the register, though their assessment says that it has ended.

        An asset with another assessment that goes on is not among them.
        """
        kept = select(Dpia.state, Dpia.assets).where(Dpia.archived_at.is_(None))
        with self.database.reading() as session:
            rows = session.execute(kept).all()
            going_on = {name for state, names in rows if state != "closed" for name in names or ()}
            over = {name for state, names in rows if state == "closed" for name in names or ()}
            return self._assets.within(session, over - going_on)


def _frozen(register: Register, values: Values, without: Collection[str]) -> dict[str, str | None]:
    return {
        field.name: freeze(field, values.get(field.name))
        for field in register.fields
        if field.name not in without
    }


def _of(record: Any, inside: Any) -> Any:
    return select(record).where(record.parent_id.in_(inside), record.archived_at.is_(None))
