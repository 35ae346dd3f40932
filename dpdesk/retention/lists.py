"""States and filters of the registers of this room."""

from __future__ import annotations

from typing import Any

from dpdesk.registers.fields import Chip, State, Tone

RULE_STATES = (
    State("in_use", "In use", "mdi6.check-circle-outline", Tone.OK),
    State("check", "Check with your adviser", "mdi6.account-question-outline", Tone.WARN),
    State("withdrawn", "Withdrawn", "mdi6.minus-circle-outline", Tone.QUIET, open=False),
)


def _rule_in_use(record: Any, today: str) -> Any:
    return record.state.in_(("in_use", "check"))


def _rule_to_check(record: Any, today: str) -> Any:
    return record.state == "check"


def _rule_withdrawn(record: Any, today: str) -> Any:
    return record.state == "withdrawn"


RULE_CHIPS = (
    Chip("in_use", "In use", _rule_in_use),
    Chip("check", "Check with your adviser", _rule_to_check),
    Chip("withdrawn", "Withdrawn", _rule_withdrawn, standing=False),
)
