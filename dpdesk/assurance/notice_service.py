"""The door to privacy notices: written from the registers, compared with them, approved."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dpdesk.assets.assessed_service import AssessedAssets, AssetFacts
from dpdesk.assurance import notice_writing
from dpdesk.assurance.camera_records import Automated, Camera
from dpdesk.assurance.coming_up import Standing
from dpdesk.assurance.notice_records import BLOCKS, PrivacyNotice
from dpdesk.assurance.notice_writing import ChangedBlock, NoticeFacts
from dpdesk.assurance.pick_lists import setting
from dpdesk.documents.shelf import Shelved
from dpdesk.errors import InvalidEntry
from dpdesk.law.steps import add_months
from dpdesk.registers.entries import Changes, Entry, Saved
from dpdesk.registers.fields import Values
from dpdesk.registers.hooks import Scope
from dpdesk.registers.service import Derived, RegisterService
from dpdesk.school.ground import Ground
from dpdesk.store.database import Change

if TYPE_CHECKING:
    from dpdesk.assurance.notice_papers import NoticePaper
    from dpdesk.school.service import Particulars

Written = Mapping[str, Sequence[str]]
"""Sentences by block."""
_WORDS = ("name", "opening", *BLOCKS, "closing")
"""What readers see of a notice: what is approved."""


@dataclass(frozen=True, slots=True)
class NoticeAround:
    """What stands around a notice: what the registers say, and the words approved last."""

    written: Mapping[str, Written] = field(default_factory=dict)
    """By audience; only for a notice that is being made."""
    approved: Values | None = None
    """None where no version was kept."""


class NoticeService(RegisterService[PrivacyNotice, NoticeAround]):
    """Privacy notices."""

    record = PrivacyNotice
    follows_calendar = False

    def __init__(self, ground: Ground, assets: AssessedAssets) -> None:
        super().__init__(ground.database)
        self._school, self._shelf, self._assets = ground.school, ground.shelf, assets

    # --- against the registers -----------------------------------------------------------

    def written(self, change: Change, row: PrivacyNotice, values: Values, *, made: bool) -> None:
        """Notes what the registers said when the words were taken from there."""
        if made and values.get("audience"):
            said = self._write(change.session, (str(values["audience"]),))
            row.register_said = _json(said[str(values["audience"])])
            change.session.flush()

    def changes(self, entry_id: int) -> tuple[ChangedBlock, ...]:
        """What the registers say otherwise than the notice was written from."""
        with self.database.reading() as session:
            row = self._row(session, entry_id)
            before = json.loads(row.register_said or "{}")
            audience = str(row.audience)
            return notice_writing.changed(before, self._write(session, (audience,))[audience])

    def changed_notices(self) -> tuple[tuple[Entry, int], ...]:
        """Notices that the registers have left behind, with how many sentences differ."""
        found = []
        with self.database.reading() as session:
            rows = session.scalars(
                select(PrivacyNotice).where(PrivacyNotice.archived_at.is_(None))
            ).all()
            said = self._write(session, {str(row.audience) for row in rows})
            for row in rows:
                before = json.loads(row.register_said or "{}")
                changed = notice_writing.changed(before, said[str(row.audience)])
                number = sum(max(len(each.gone), len(each.fresh)) for each in changed)
                if number:
                    found.append((self._entry(row), number))
        return tuple(found)

    def take_over(self, entry_id: int, version: int, blocks: Sequence[str] = BLOCKS) -> Saved:
        """Puts what changed in the registers into some blocks; other words stay.

        Raises StaleEntry, NotFound.
        """
        chosen = [each for each in self.changes(entry_id) if each.block in blocks]
        entry = self.load(entry_id)
        words = {
            each.block: notice_writing.revised(str(entry.values.get(each.block) or ""), each)
            for each in chosen
        }
        saved = self.save(words, entry_id, version, why="As the registers say now")
        with self.database.changing() as change:
            row = self._row(change.session, entry_id)
            before = json.loads(row.register_said or "{}")
            now = self._write(change.session, (str(row.audience),))[str(row.audience)]
            row.register_said = _json({**before, **{e.block: now[e.block] for e in chosen}})
        return saved

    def _write(self, session: Session, audiences: Sequence[str] | set[str]) -> dict[str, Written]:
        assets = self._assets.within(session, None)
        facts = self._facts(session)
        return {each: self._written_for(each, assets, facts) for each in audiences}

    @staticmethod
    def _written_for(audience: str, assets: Sequence[AssetFacts], facts: NoticeFacts) -> Written:
        return notice_writing.write(audience, notice_writing.concerned(audience, assets), facts)

    def _facts(self, session: Session) -> NoticeFacts:
        told: Particulars = self._school.particulars()
        name, email, telephone = told.contact
        reached = " or ".join(t for t in (email, telephone) if t)
        cameras = session.scalars(
            select(Camera).where(Camera.archived_at.is_(None), Camera.removed_on.is_(None))
        ).all()
        days = [camera.days for camera in cameras]
        machines = session.scalars(
            select(Automated.title).where(
                Automated.archived_at.is_(None), Automated.ended_on.is_(None)
            )
        )
        return NoticeFacts(
            told.name,
            name,
            reached,
            told.how_to_complain or ", ".join(t for t in (name, email, telephone) if t),
            told.regulator_name,
            ", ".join(t for t in (told.regulator_telephone, told.regulator_website) if t),
            tuple(camera.title for camera in cameras),
            max((day for day in days if day), default=None) if all(days) else None,
            tuple(machines),
        )

    # --- approval ------------------------------------------------------------------------

    def approve(self, entry_id: int, version: int, by: str) -> Saved:
        """Approves a notice as it stands, and keeps a copy of it for good.

        Raises StaleEntry, NotFound, InvalidEntry, NoRoom.
        """
        with self.database.changing() as change:
            values = {"approved_on": self.today(), "approved_by": by, "published_on": None}
            row = self.save_within(change, values, entry_id, version, why="Approved", guarded=False)
            number = self._shelf.last_number(change.session, self.register.key, row.id) + 1
            answers = {name: getattr(row, name) for name in _WORDS}
            self._shelf.keep(
                change,
                self.register.key,
                row.id,
                self._print(row, number).content,
                number=number,
                answers=answers,
            )
            self.refresh_within(change, row.id)
            entry = self._labelled(change.session, row)
        return Saved(entry, Changes(frozenset({(self.register.key, entry_id)})), change.before)

    def editions(self, entry_id: int) -> tuple[Shelved, ...]:
        """The versions that were approved, oldest first."""
        return self._shelf.of_entry(self.register.key, entry_id)

    def edition(self, paper_id: int) -> bytes:
        """An approved version as it was. Raises NotFound, DamagedWorkspace."""
        return self._shelf.content(self.register.key, paper_id)

    # --- on paper ------------------------------------------------------------------------

    def paper(self, entry: Entry) -> NoticePaper:
        """A notice ready to print, to be changed in Word, or to be put on a website."""
        from dpdesk.assurance.notice_papers import NoticePaper

        return NoticePaper(
            entry.values,
            self.register,
            self._school.letterhead(),
            self.today(),
            len(self.editions(entry.id)),
            reworded=entry.state == "reworded",
        )

    def _print(self, row: PrivacyNotice, number: int) -> Any:
        from dpdesk.assurance.notice_papers import NoticePaper

        head = self._school.letterhead()
        return NoticePaper(self.answers(row), self.register, head, self.today(), number).printed()

    # --- what the rules add --------------------------------------------------------------

    def surroundings(
        self, session: Session, scope: Scope[PrivacyNotice]
    ) -> Callable[[int], NoticeAround]:
        """What the registers say of a notice that is being made; of others, what was approved."""
        if not scope.making:
            return lambda number: NoticeAround(approved=self._approved(session, number))
        wanted = {str(v["audience"]) for v in scope.values.values() if v.get("audience")}
        known = {code for code in wanted if any(c.code == code for c in _audiences())}
        said = self._write(session, known)
        return lambda _number: NoticeAround(said)

    def _approved(self, session: Session, number: int) -> Values | None:
        kept = self._shelf.within(session, self.register.key, number)
        return kept[-1].answers if kept else None

    def fill(self, values: Values, before: Values, around: NoticeAround) -> Values:
        """A new notice writes itself; words that somebody typed stay."""
        said = around.written.get(str(values.get("audience") or ""))
        if before or not said:
            return values
        fresh = {
            block: "\n".join(said[block])
            for block in BLOCKS
            if said[block] and not values.get(block)
        }
        return {**values, **fresh}

    def guard(self, values: Values, before: Values) -> None:
        """Approval keeps a copy, so nobody types its day."""
        day = values.get("approved_on")
        if day is not None and day != before.get("approved_on"):
            told = "Press “Approve”: that records the day and keeps a copy of the notice."
            raise InvalidEntry({"approved_on": told})

    def problems(self, values: Values, around: NoticeAround) -> dict[str, str]:
        """Nothing is published that nobody approved."""
        if values.get("published_on") is not None and values.get("approved_on") is None:
            return {"published_on": "Approve the notice first; then say when it was published."}
        return {}

    def derive(self, values: Values, around: NoticeAround) -> Derived:
        """Title: its name. Due for review between six months and a year after approval."""
        standing = stands(values, around.approved)
        due = standing.due.isoformat() if standing.due is not None else None
        return Derived(str(values.get("name") or ""), standing.state, due)


def stands(values: Values, words: Values | None) -> Standing:
    """Where a notice stands, and when it is reviewed; ``words`` are those approved last."""
    approved = values.get("approved_on")
    if approved is None:
        return Standing("draft")
    due = add_months(approved, values.get("months") or setting("notice_months"))
    if words is not None and any((values.get(n) or "") != (words.get(n) or "") for n in _WORDS):
        return Standing("reworded", due)
    return Standing("published" if values.get("published_on") is not None else "approved", due)


def _audiences() -> tuple[Any, ...]:
    return PrivacyNotice.register.field("audience").choices


def _json(said: Written) -> str:
    return json.dumps({block: list(lines) for block, lines in said.items()}, ensure_ascii=False)
