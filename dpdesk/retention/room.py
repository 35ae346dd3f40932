"""The room as the desk opens it: its services built once, and joined with the other rooms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from sqlalchemy.orm import Session

from dpdesk.registers.service import RegisterService
from dpdesk.retention.disposing import DisposalService
from dpdesk.retention.duties import RetentionAnswers
from dpdesk.retention.holding_up import HoldService
from dpdesk.retention.holds import Touch
from dpdesk.retention.printing import RetentionPrints
from dpdesk.retention.questions import HoldingQuestions
from dpdesk.retention.schedule import EditionService, ScheduleService
from dpdesk.retention.service import HoldingService
from dpdesk.school.service import SchoolService
from dpdesk.store.database import Change, Database
from dpdesk.store.vault import Vault


class Touching(Protocol):
    """A register whose open entries hold up disposals."""

    record: Any
    followers: list[Callable[[Change, Any], object]]

    @property
    def register(self) -> Any:
        """The description of the register."""

    def touches_within(self, session: Session, entry_id: int = 0) -> Iterable[Touch]:
        """What all of them, or one of them, hold up."""


class RetentionRoom:
    """The schedule, what is kept, what holds it up, and what was disposed of."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        school: SchoolService,
        now: Callable[[], dt.datetime],
    ) -> None:
        self.schedule = ScheduleService(database, now=now)
        self.editions = EditionService(database, self.schedule, vault, now)
        self.holdings = HoldingService(database, now)
        self.questions = HoldingQuestions(self.holdings)
        self.holds = HoldService(database, now=now)
        self.disposals = DisposalService(database, self.holdings, vault, now)
        self.prints = RetentionPrints(
            school, self.schedule, self.editions, self.holdings, self.holds, self.disposals
        )
        self.editions.paper = self.prints.edition
        self.disposals.paper = self.prints.certificate_of
        self.answers = RetentionAnswers(
            self.schedule, self.editions, self.holdings, self.holds, self.disposals
        )
        self.registers: tuple[RegisterService[Any], ...] = (
            self.schedule,
            self.editions,
            self.holdings,
            self.holds,
            self.disposals,
        )
        self._touching: Mapping[str, Touching] = {}
        self.schedule.followers.append(
            lambda change, row: self.holdings.settle_rule(change, row.id)
        )
        self.join(self.holds)

    def join(self, *registers: Touching) -> None:
        """From here on the open entries of these registers hold up what they touch."""
        for service in registers:
            self._touching = {**self._touching, service.register.key: service}
            self.holdings.matters.append(service.touches_within)
            service.followers.append(self._follower(service))

    def linked(self, change: Change, ends: Iterable[tuple[str, int]]) -> None:
        """A link was drawn or cut by hand: what it touches may be held up now, or free."""
        for key, number in ends:
            service = self._touching.get(key)
            if service is not None:
                self._settle(change, service, number)

    def _follower(self, service: Touching) -> Callable[[Change, Any], None]:
        def follow(change: Change, row: Any) -> None:
            self._settle(change, service, row.id)

        return follow

    def _settle(self, change: Change, service: Touching, number: int) -> None:
        row = change.session.get(service.record, number)
        if row is not None and self.holdings.any_within(change.session):
            touches = tuple(service.touches_within(change.session, number))
            self.holdings.settle_touched(change, row.reference, touches)
