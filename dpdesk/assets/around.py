"""What stands around assets, read for many of them at once: purposes, systems, latest reviews."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from dpdesk.assets.part_services import Purposes
from dpdesk.assets.parts import Purpose, Review
from dpdesk.assets.records import Asset
from dpdesk.assets.rules import Around
from dpdesk.assets.system_records import System
from dpdesk.assets.system_service import SystemService
from dpdesk.registers.fields import Values
from dpdesk.registers.wording import SCHOOL_TIME


class AroundAssets:
    """Reads it in three statements, however many assets are asked about."""

    def __init__(self, purposes: Purposes, systems: SystemService) -> None:
        self._purpose_service = purposes
        self._system_service = systems

    def where(self, session: Session, where: ColumnElement[bool]) -> dict[int, Around]:
        """What stands around each asset that a condition holds for."""
        rows = session.execute(select(Asset.id, Asset.created_at, Asset.systems).where(where)).all()
        made = {row.id: day_made(row) for row in rows}
        return self.known(session, where, made, {row.id: row.systems or () for row in rows})

    def known(
        self,
        session: Session,
        where: ColumnElement[bool],
        made: Mapping[int, dt.date],
        named: Mapping[int, tuple[str, ...]],
    ) -> dict[int, Around]:
        """The same in three reads, where it is known when they were made and what they name.

        ``made`` has the days, ``named`` the references of systems, by the numbers of the assets;
        one that is being made stands under 0.
        """
        purposes: Mapping[int, list[tuple[int, Values]]] = {}
        reviewed: Mapping[int, dt.date] = {}
        if 0 not in named:  # nothing belongs yet to what is being made
            purposes, reviewed = self._purposes(session, where), _reviewed(session, where)
        systems = self._systems(session, named.values())
        arounds = {}
        for number, references in named.items():
            mine = purposes.get(number, [])
            within = [found for each in references if (found := systems.get(each)) is not None]
            arounds[number] = Around(
                made[number],
                tuple(answers for _, answers in mine),
                tuple(answers for _, answers in within),
                reviewed.get(number),
                tuple(purpose for purpose, _ in mine),
                tuple(system for system, _ in within),
                tuple(each for each in references if each not in systems),
            )
        return arounds

    def _purposes(
        self, session: Session, where: ColumnElement[bool]
    ) -> Mapping[int, list[tuple[int, Values]]]:
        """Number and answers of the purposes of assets, by the numbers of those, oldest first."""
        found: dict[int, list[tuple[int, Values]]] = defaultdict(list)
        for part in session.scalars(
            select(Purpose)
            .where(
                Purpose.parent_id.in_(select(Asset.id).where(where)),
                Purpose.archived_at.is_(None),
            )
            .order_by(Purpose.id)
        ):
            found[part.parent_id].append((part.id, self._purpose_service.answers(part)))
        return found

    def _systems(
        self, session: Session, named: Iterable[tuple[str, ...]]
    ) -> dict[str, tuple[int, Values] | None]:
        """The systems among those named, by reference; a school has few of them.

        Of one that was archived nothing is told but that it is there.
        """
        wanted = {reference for references in named for reference in references}
        if not wanted:
            return {}
        return {
            row.reference: (row.id, self._system_service.answers(row))
            if row.archived_at is None
            else None
            for row in session.scalars(select(System))
            if row.reference in wanted
        }


def _reviewed(session: Session, where: ColumnElement[bool]) -> dict[int, dt.date]:
    """The days of the latest reviews of assets, by their numbers."""
    latest = session.execute(
        select(Review.parent_id, func.max(Review.day))
        .where(Review.parent_id.in_(select(Asset.id).where(where)), Review.archived_at.is_(None))
        .group_by(Review.parent_id)
    )
    return {parent: day for parent, day in latest if day}


def day_made(row: Any) -> dt.date:
    """The day on which an asset was entered, by the school's clock."""
    made: dt.datetime = row.created_at
    return made.astimezone(SCHOOL_TIME).date()
