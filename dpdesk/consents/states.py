"""How consents and uses are grouped: sections of the page, states and filters."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, or_

from dpdesk.registers.fields import Chip, Section, State, Tone

USE_SECTIONS = (Section("use", "The use and its words"),)
USE_STATES = (State("asked", "In use", "mdi6.check-circle-outline", Tone.OK),)

SECTIONS = (
    Section("answer", "The answer"),
    Section(
        "withdrawal",
        "After a withdrawal",
        "Pictures come down, others are told, and the parent is told that it was done.",
    ),
)
STATES = (
    State("given", "Given", "mdi6.check-circle-outline", Tone.OK, open=False),
    State("expired", "Expired", "mdi6.clock-alert-outline", Tone.WARN, open=False),
    State("refused", "Refused", "mdi6.close-circle-outline", Tone.QUIET, open=False),
    State("withdrawing", "Withdrawn, still to do", "mdi6.undo-variant", Tone.WARN),
    State("withdrawn", "Withdrawn, done", "mdi6.undo-variant", Tone.QUIET, open=False),
    State("replaced", "Replaced by a later answer", "mdi6.history", Tone.QUIET, open=False),
)


def _state(key: str) -> Any:
    return lambda record, today: record.state == key


CHIPS = (
    Chip(
        "given",
        "Given",
        lambda record, today: and_(
            record.state == "given",
            or_(record.valid_until.is_(None), record.valid_until >= today),
        ),
    ),
    Chip("refused", "Refused", _state("refused")),
    Chip("withdrawing", "Withdrawals still to do", _state("withdrawing")),
    Chip(
        "expired",
        "Expired",
        lambda record, today: and_(
            record.state.in_(("given", "expired")), record.valid_until < today
        ),
    ),
    Chip("replaced", "Replaced", _state("replaced"), standing=False),
)
