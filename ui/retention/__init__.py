"""The retention tab: what is due, what is kept, the schedule, what holds up, what is gone."""

from ui.retention.disposals_room import DisposalsRoom
from ui.retention.due_page import DuePage
from ui.retention.editions_room import EditionsRoom
from ui.retention.holdings_room import HoldingsRoom
from ui.retention.holds_room import HoldsRoom
from ui.retention.schedule_room import ScheduleRoom

__all__ = [
    "DisposalsRoom",
    "DuePage",
    "EditionsRoom",
    "HoldingsRoom",
    "HoldsRoom",
    "ScheduleRoom",
]
