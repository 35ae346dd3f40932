"""What assets say to whoever assesses them, and what those assessments leave on the assets.

The door for impact assessments, legitimate interests, notices and the like, which rest on what the
asset register says already.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from dpdesk.assets.parts import Purpose
from dpdesk.assets.records import Asset
from dpdesk.assets.service import AssetService
from dpdesk.assets.system_records import System
from dpdesk.registers.fields import Field, Values
from dpdesk.registers.wording import show
from dpdesk.store.database import Change


@dataclass(frozen=True, slots=True)
class AssetFacts:
    """What an asset says: its answers, its purposes and the systems that hold it."""

    id: int
    reference: str
    title: str
    values: Values
    purposes: tuple[Values, ...]
    systems: tuple[Values, ...]
    kept_for: str = ""
    """How long it is kept, in the words of the retention schedule or in the school's own."""

    def label(self, name: str, code: str) -> str:
        """The words for one of the answers of a question with a pick list."""
        return _FIELDS[name].choice(code).label

    def said(self, name: str) -> str:
        """An answer in the words that a reader sees; empty where there is none."""
        value = self.values.get(name)
        return show(_FIELDS[name], value) if value not in (None, "", ()) else ""


_FIELDS: dict[str, Field] = {field.name: field for field in Asset.register.fields}
_PURPOSE_FIELDS: dict[str, Field] = {field.name: field for field in Purpose.register.fields}


def said_of_purpose(purpose: Values, name: str) -> str:
    """An answer of a purpose in the words that a reader sees; empty where there is none."""
    value = purpose.get(name)
    return show(_PURPOSE_FIELDS[name], value) if value not in (None, "", ()) else ""


def basis_of_purpose(purpose: Values) -> str:
    """The lawful basis of a purpose for readers who do not know the law: without its article."""
    return said_of_purpose(purpose, "basis").partition(" – Art ")[0]


class AssessedAssets:
    """The asset register as assessments use it."""

    def __init__(self, assets: AssetService) -> None:
        self._assets = assets

    @property
    def service(self) -> AssetService:
        """The register itself, to be followed."""
        return self._assets

    def within(self, session: Session, references: Iterable[str] | None) -> tuple[AssetFacts, ...]:
        """What some assets say, by their references; all that are not archived without any."""
        wanted = None if references is None else set(references)
        if wanted is not None and not wanted:
            return ()
        where = true() if wanted is None else Asset.reference.in_(wanted)
        rows = session.scalars(
            select(Asset).where(where, Asset.archived_at.is_(None)).order_by(Asset.id)
        ).all()
        purposes: dict[int, list[Values]] = defaultdict(list)
        asked = select(Purpose).where(
            Purpose.parent_id.in_([row.id for row in rows]), Purpose.archived_at.is_(None)
        )
        for purpose in session.scalars(asked.order_by(Purpose.id)):
            purposes[purpose.parent_id].append(self._assets.purposes.answers(purpose))
        named = {name for row in rows for name in row.systems or ()}
        systems = {
            system.reference: self._assets.systems.answers(system)
            for system in session.scalars(select(System).where(System.reference.in_(named)))
        }
        classes = self._assets.schedule(session)

        def kept_for(row: Asset) -> str:
            chosen = classes.get(row.retention_rule or 0)
            period = chosen.label.partition(": ")[2] if chosen is not None else ""
            return period or row.retention_words or ""

        return tuple(
            AssetFacts(
                row.id,
                row.reference,
                row.title,
                self._assets.answers(row),
                tuple(purposes[row.id]),
                tuple(systems[name] for name in row.systems or () if name in systems),
                kept_for(row),
            )
            for row in rows
        )

    def every(self) -> tuple[AssetFacts, ...]:
        """What all assets say that are not archived."""
        with self._assets.database.reading() as session:
            return self.within(session, None)

    def note_screening(
        self, change: Change, references: Iterable[str], answers: Values, *, why: str
    ) -> None:
        """Writes what a screening or an impact assessment found onto the assets that it is about.

        ``answers`` by the names of questions of an asset; what applies no longer is left out.
        """
        for row in self._rows(change.session, references):
            before = self._assets.answers(row)
            differing = {k: v for k, v in answers.items() if before.get(k) != v}
            if differing:
                self._assets.save_within(change, differing, row.id, row.version, why=why)
                change.touched.add((self._assets.register.key, row.id))

    def take_back_screening(self, change: Change, reference: str, kept: Iterable[str]) -> None:
        """Takes back how far an assessment is from assets that it is no longer about.

        ``reference`` of the assessment, ``kept`` the references of the assets that it is about.
        """
        asked = select(Asset).where(
            Asset.dpia_link == reference,
            Asset.reference.not_in(set(kept)),
            Asset.archived_at.is_(None),
        )
        gone: Values = {"dpia_progress": None, "dpia_link": None}
        for row in change.session.scalars(asked).all():
            why = f"{reference} is no longer about it"
            self._assets.save_within(change, gone, row.id, row.version, why=why)
            change.touched.add((self._assets.register.key, row.id))

    def note_interests(
        self, change: Change, references: Iterable[str], day: dt.date | None, reference: str
    ) -> None:
        """Dates the assessment of legitimate interests on the purposes that rest on them.

        ``day`` None takes back what this assessment, ``reference``, had written. A purpose that was
        assessed elsewhere is left as it is.
        """
        purposes = self._assets.purposes
        wanted = {row.id for row in self._rows(change.session, references)} if day else set()
        asked = select(Purpose).where(
            Purpose.basis == "legitimate_interests",
            Purpose.archived_at.is_(None),
            Purpose.parent_id.in_(wanted) | (Purpose.lia_link == reference),
        )
        touched: set[int] = set()
        for row in change.session.scalars(asked).all():
            mine = row.lia_link == reference
            if row.parent_id in wanted and (mine or row.lia_link is None):
                answers: Values = {"lia_done": day, "lia_link": reference}
            elif mine:
                answers = {"lia_done": None, "lia_link": None}
            else:
                continue
            if (row.lia_done, row.lia_link) != (answers["lia_done"], answers["lia_link"]):
                purposes.save_within(change, answers, row.id, row.version, row.parent_id)
                touched.add(row.parent_id)
        for number in touched:
            self._assets.refresh_within(change, number)

    def _rows(self, session: Session, references: Iterable[str]) -> Sequence[Asset]:
        wanted = set(references)
        if not wanted:
            return ()
        return session.scalars(
            select(Asset).where(Asset.reference.in_(wanted), Asset.archived_at.is_(None))
        ).all()
