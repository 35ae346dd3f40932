"""States and filters of the registers of this room."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dateutil.relativedelta import relativedelta
from sqlalchemy import select

from dpdesk.registers.fields import Chip, State, Tone
from dpdesk.store.tables import Base

RULE_STATES = (
    State("in_use", "Confirmed", "mdi6.check-circle-outline", Tone.OK),
    State("practice", "Common practice", "mdi6.account-group-outline", Tone.QUIET),
    State("check", "Check with your adviser", "mdi6.account-question-outline", Tone.WARN),
    State("withdrawn", "Withdrawn", "mdi6.minus-circle-outline", Tone.QUIET, open=False),
)
IN_USE = ("in_use", "practice", "check")
"""States of the classes by which something falls due."""


def _rule_in_use(record: Any, today: str) -> Any:
    return record.state.in_(IN_USE)


def _rule_to_check(record: Any, today: str) -> Any:
    return record.state == "check"


def _rule_by_practice(record: Any, today: str) -> Any:
    return record.state == "practice"


def _rule_withdrawn(record: Any, today: str) -> Any:
    return record.state == "withdrawn"


def _no_period(record: Any, today: str) -> Any:
    timed = (record.trigger != "NONE") & (record.action != "PERM")
    return record.state.in_(IN_USE) & timed & record.period.is_(None)


RULE_CHIPS = (
    Chip("in_use", "In use", _rule_in_use),
    Chip("check", "Check with your adviser", _rule_to_check),
    Chip("practice", "Common practice", _rule_by_practice),
    Chip("no_period", "Without a period", _no_period, standing=False),
    Chip("withdrawn", "Withdrawn", _rule_withdrawn, standing=False),
)

# --------------------------------------------------------------------------------- holdings

HOLDING_STATES = (
    State("running", "Kept", "mdi6.archive-clock-outline", Tone.INFO),
    State("missing", "Date missing", "mdi6.calendar-question", Tone.WARN),
    State("never", "No automatic date", "mdi6.account-eye-outline", Tone.QUIET),
    State("extended", "Kept longer", "mdi6.archive-plus-outline", Tone.INFO),
    State("held", "On hold", "mdi6.lock-outline", Tone.WARN),
    State("approved", "Disposal approved", "mdi6.archive-check-outline", Tone.INFO),
    State("disposed", "Disposed of", "mdi6.shredder", Tone.OK, open=False),
)

COUNTING = ("running", "extended")
"""States in which a holding falls due automatically."""


def due_on(record: Any, day: str) -> Any:
    """Holdings that may be disposed of on that day."""
    # What is due is kept to the end of that day.
    return record.state.in_(COUNTING) & (record.due < day)


def _in_state(state: str) -> Any:
    def condition(record: Any, today: str) -> Any:
        return record.state == state

    return condition


def long_overdue(record: Any, today: str) -> Any:
    """Due for longer than three months, without a reason why it is kept."""
    return due_on(record, months_before(today, GRACE_MONTHS))


GRACE_MONTHS = 3
"""What fell due longer ago than that, and is still here, wants its reason (policy 8.4(c))."""


def months_before(today: str, months: int) -> str:
    """The day so many months before an ISO day."""
    return (dt.date.fromisoformat(today) - relativedelta(months=months)).isoformat()


def _withdrawn_class(record: Any, today: str) -> Any:
    rules = Base.metadata.tables["retention_rules"]
    gone = (rules.c.active == "no") | rules.c.archived_at.is_not(None)
    return (record.state != "disposed") & record.rule.in_(select(rules.c.id).where(gone))


def _present(record: Any, today: str) -> Any:
    return record.state != "disposed"


def _unasked(record: Any, today: str) -> Any:
    """Nobody has said yet whether it concerns the safeguarding of a child."""
    return (record.state != "disposed") & record.safeguarding.is_(None)


HOLDING_CHIPS = (
    Chip("due", "Due for disposal", due_on),
    Chip("held", "On hold", _in_state("held")),
    Chip("missing", "Date missing", _in_state("missing")),
    Chip("never", "No automatic date", _in_state("never")),
    Chip("approved", "Approved", _in_state("approved"), standing=False),
    Chip("extended", "Kept longer", _in_state("extended"), standing=False),
    Chip("overdue", "Overdue without a reason", long_overdue, standing=False),
    Chip("withdrawn_class", "Class withdrawn", _withdrawn_class, standing=False),
    Chip("unasked", "Safeguarding not answered", _unasked, standing=False),
    Chip("present", "Everything kept", _present, standing=False),
    Chip("disposed", "Disposed of", _in_state("disposed"), standing=False),
)

# ------------------------------------------------------------------------- holds, disposals

HOLD_STATES = (
    State("in_force", "In force", "mdi6.lock-outline", Tone.WARN),
    State("lifted", "Lifted", "mdi6.lock-open-outline", Tone.OK, open=False),
)


def _to_review(record: Any, today: str) -> Any:
    return (record.state == "in_force") & (record.due <= today)


HOLD_CHIPS = (
    Chip("in_force", "In force", _in_state("in_force")),
    Chip("to_review", "Due for review", _to_review),
    Chip("lifted", "Lifted", _in_state("lifted"), standing=False),
)

DISPOSAL_STATES = (
    State("approved", "Approved", "mdi6.archive-check-outline", Tone.WARN),
    State("done", "Done", "mdi6.check-circle-outline", Tone.OK, open=False),
    State("withdrawn", "Withdrawn", "mdi6.cancel", Tone.QUIET, open=False),
)


def to_tell(record: Any, today: str) -> Any:
    """Third parties hold copies, and were not told to delete them."""
    return (record.state == "done") & record.third_parties.is_not(None) & record.told.is_(None)


def without_certificate(record: Any, today: str) -> Any:
    """A contractor destroyed it, and the number of its certificate is not noted."""
    by_contractor = (record.state == "done") & (record.method == "contractor")
    return by_contractor & record.certificate.is_(None)


DISPOSAL_CHIPS = (
    Chip("approved", "Approved, to be done", _in_state("approved")),
    Chip("done", "Done", _in_state("done")),
    Chip("to_tell", "Third parties to tell", to_tell, standing=False),
    Chip("no_certificate", "Certificate missing", without_certificate, standing=False),
    Chip("withdrawn", "Withdrawn", _in_state("withdrawn"), standing=False),
)
