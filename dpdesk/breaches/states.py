"""How the work on a breach is ordered: the eight stages of policy 23, states, and filters."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import and_, exists, func, or_, select

from dpdesk.registers import history
from dpdesk.registers.fields import Chip, Section, Stage, State, Tone, Values
from dpdesk.store.tables import Base, HistoryRow

_UNDONE = "Undone"
"""The reason under which taking back a save archives the entry that it made."""

WORK_STATES = ("triage", "assess", "report", "remediate", "recover", "review")
"""States in which something is still to be done."""

CLOCK_STATES = ("triage", "assess", "report")
"""States in which the 72 hours may still be running."""

STAGES = (
    Stage("detect", "Detect", "What happened, and when did the school find out?"),
    Stage("triage", "Triage", "Contain it. A breach, a near miss or a false alarm?"),
    Stage("assess", "Assess", "Which data, whose, how many people, and what could happen to them?"),
    Stage("report", "Report", "Decide, report within 72 hours, and tell people at high risk."),
    Stage("remediate", "Remediate", "Repair the damage; what must still be done, and by whom?"),
    Stage("recover", "Recover", "Get back to normal."),
    Stage("review", "Review", "Why did it happen, and what will change?"),
    Stage("resolved", "Resolved", "Close it. It stays in the log for good."),
)

STATES = (
    State("triage", "Triage", "mdi6.alert-circle-outline", Tone.DANGER),
    State("assess", "Assess", "mdi6.scale-balance", Tone.WARN),
    State("report", "Report", "mdi6.send-clock-outline", Tone.DANGER),
    State("remediate", "Remediate", "mdi6.wrench-outline", Tone.INFO),
    State("recover", "Recover", "mdi6.backup-restore", Tone.INFO),
    State("review", "Review", "mdi6.file-search-outline", Tone.INFO),
    State("resolved", "Resolved", "mdi6.check-circle-outline", Tone.OK, open=False),
)

SECTIONS = (
    Section(
        "happened",
        "What happened",
        "Do not use names: the report to the ICO must not contain any.",
        stage="detect",
    ),
    Section(
        "first",
        "Kind of incident, and first steps",
        "The steps offered depend on the kind. Tick what has been done.",
        stage="detect",
    ),
    Section(
        "equipment", "Equipment", "A written report is required within 24 hours.", stage="detect"
    ),
    Section(
        "containment",
        "Stop it getting worse",
        "The report to the ICO says what you did; the first steps ticked are in it already.",
        stage="triage",
    ),
    Section("triage", "Breach, near miss or false alarm?", stage="triage"),
    Section(
        "scope",
        "What data, and whose",
        "Choose “about” or “not yet known” if you are not sure; you can fill it in later.",
        stage="assess",
    ),
    Section("risk", "Risk to people", "Risk to the people affected, not to the school.", "assess"),
    Section("cyber", "Cyber incident", stage="assess"),
    Section("staff", "Prevention and training", stage="assess"),
    Section("decision", "Decision", "The data protection officer decides.", stage="report"),
    Section("form", "For the ICO’s form", stage="report"),
    Section(
        "telling",
        "Telling people",
        "If a high risk to them is likely, tell them without delay, in plain words.",
        stage="report",
    ),
    Section("remedy", "Repair", stage="remediate"),
    Section("recovery", "Back to normal", stage="recover"),
    Section("lessons", "Cause and lessons", stage="review"),
    Section("close", "Closing", stage="resolved"),
)


DRILLS: Final = "DRILL"
"""How the references of drills begin, which are numbered by themselves."""


def is_drill(values: Values) -> bool:
    """Was this incident only practised?"""
    return values.get("drill") == "yes"


def real(record: Any) -> Any:
    """No drill: a drill leaves no trace in the figures."""
    return or_(record.drill.is_(None), record.drill != "yes")


def made(record: Any) -> Any:
    """Its making was not undone: such an entry is archived, and was never meant to be logged.

    Undoing the return of an archived entry archives it too; that one was archived before, and
    stays in the log.
    """
    rows = select(HistoryRow.id).where(
        HistoryRow.register == "breaches",
        HistoryRow.entry_id == record.id,
        HistoryRow.field == history.ARCHIVED,
    )
    rows = rows.correlate(record)
    ends = (rows.with_only_columns(end(HistoryRow.id)) for end in (func.min, func.max))
    undone = [
        exists().where(HistoryRow.id == row.scalar_subquery(), HistoryRow.why == _UNDONE)
        for row in ends
    ]
    return or_(record.archived_at.is_(None), ~and_(*undone))


def _open(record: Any, today: str) -> Any:
    return record.state.in_(WORK_STATES) & real(record)


def _report_due(record: Any, today: str) -> Any:
    """As ``rules.clock_runs``: neither reported nor decided not to be."""
    silent = record.decision.is_not(None) & (record.decision == "not_reportable")
    running = record.state.in_(CLOCK_STATES) & ~silent & real(record)
    return running & ~exists().where(*_reports_of(record))


def _reports_of(record: Any) -> tuple[Any, ...]:
    reports = Base.metadata.tables["breach_reports"].c  # its class builds on this module
    return reports.parent_id == record.id, reports.archived_at.is_(None)


def _to_complete(record: Any, today: str) -> Any:
    """Reported without the answers of the assessment, and nothing promised: ``rest_reminder``."""
    open_ = or_(
        record.likelihood.is_(None), record.likelihood == "unknown", record.state == "assess"
    )
    unpromised = _open(record, today) & record.rest_by.is_(None)
    return unpromised & open_ & exists().where(*_reports_of(record))


def _not_reported(record: Any, today: str) -> Any:
    return (record.decision == "not_reportable") & real(record)


def _near_miss(record: Any, today: str) -> Any:
    return (record.outcome == "near_miss") & real(record)


def _drill(record: Any, today: str) -> Any:
    return record.drill == "yes"


def _unassigned(record: Any, today: str) -> Any:
    return _open(record, today) & record.assigned_to.is_(None)


def _without_cause(record: Any, today: str) -> Any:
    closed = (record.state == "resolved") & (record.outcome == "breach")
    return closed & record.cause.is_(None) & real(record)


def _to_review(record: Any, today: str) -> Any:
    return _not_reported(record, today) & (record.state == "resolved") & (record.due < today)


CHIPS = (
    Chip("open", "Open", _open),
    Chip("report_due", "Report due", _report_due),
    Chip("not_reported", "Not reported", _not_reported),
    Chip("near_miss", "Near miss", _near_miss),
    Chip("drill", "Drill", _drill),
    Chip("unassigned", "Unassigned", _unassigned, standing=False),
    Chip("without_cause", "No cause given", _without_cause, standing=False),
    Chip("to_complete", "No date for the rest", _to_complete, standing=False),
    Chip("to_review", "Review overdue", _to_review, standing=False),
)
