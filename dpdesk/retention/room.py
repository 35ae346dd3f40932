"""The room as the desk opens it: its services built once."""

from __future__ import annotations

from dpdesk.registers.rooms import Room
from dpdesk.retention.disposal_service import DisposalService
from dpdesk.retention.duties import RetentionAnswers
from dpdesk.retention.hold_service import HoldService
from dpdesk.retention.holding_questions import HoldingQuestions
from dpdesk.retention.holding_service import HoldingService
from dpdesk.retention.many_holdings import ManyHoldings
from dpdesk.retention.prints import RetentionPrints
from dpdesk.retention.schedule_service import EditionService, ScheduleService
from dpdesk.school.ground import Ground


class RetentionRoom(Room):
    """The schedule, what is kept, what holds it up, and what was disposed of."""

    key = "retention"

    def __init__(self, ground: Ground) -> None:
        database, shelf = ground.database, ground.shelf
        self.schedule = ScheduleService(database)
        self.editions = EditionService(database, self.schedule, shelf)
        self.holdings = HoldingService(database)
        self.many = ManyHoldings(self.holdings)
        self.questions = HoldingQuestions(self.holdings)
        self.holds = HoldService(database)
        self.disposals = DisposalService(database, self.holdings, shelf)
        self.prints = RetentionPrints(
            ground.school, self.schedule, self.editions, self.holdings, self.holds, self.disposals
        )
        self.editions.paper = self.prints.edition
        self.disposals.paper = self.prints.certificate_of
        self.registers = (
            self.schedule,
            self.editions,
            self.holdings,
            self.holds,
            self.disposals,
        )
        self.answers = (
            RetentionAnswers(
                self.schedule, self.editions, self.holdings, self.holds, self.disposals
            ),
        )
