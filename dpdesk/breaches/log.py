"""The log as the policy asks for it: every breach and near miss, reported or not, and why.

As a spreadsheet (policy 4.6(n): the data breach notification spreadsheet) and on paper (16.9).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement

from dpdesk.breaches import rules
from dpdesk.breaches.records import Breach
from dpdesk.breaches.service import BreachService, IncidentLine
from dpdesk.breaches.states import is_drill
from dpdesk.law.breach_lists import steps_done
from dpdesk.law.words import count, listed, long_date, short_moment
from dpdesk.papers.flow import Printed
from dpdesk.registers import spreadsheet
from dpdesk.registers.spreadsheet import Cell
from dpdesk.registers.wording import show

_SHOWN = (
    "outcome", "incident_type", "data_kinds", "people_kinds", "people_certainty", "people",
    "people_most", "records_certainty", "records", "likelihood", "severity", "decision",
    "decision_why", "decided", "decided_by", "delay_why", "telling", "cause", "lessons",
    "prevention", "resolved", "reviewed", "at_processor", "harms", "consequences", "first_steps",
    "remedy", "contained", "recovery",
)  # fmt: skip
_ASKED = (*_SHOWN, "aware", "occurred", "summary", "drill")
DRILL = "Drill – this did not happen"


@dataclass(frozen=True, slots=True)
class LogPeriod:
    """From when to when the school became aware; None for all that there is."""

    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class ShownIncidents:
    """The incidents of the log that a list shows; ``words`` say which those are."""

    numbers: frozenset[int]
    words: str


class LogService:
    """Hands the log out."""

    def __init__(self, breaches: BreachService) -> None:
        self._breaches = breaches

    def spreadsheet(
        self,
        period: LogPeriod | None = None,
        *,
        drills: bool = False,
        part: ShownIncidents | None = None,
    ) -> bytes:
        """The log as an xlsx file, in the order of awareness.

        Drills are left out; asked for, they come last and each says that it is one. Raises
        InvalidEntry for a period that cannot be.
        """
        given = self._breaches.last_references()
        now = self._breaches.now()
        rows = [
            _row(line, given.get(line.id, ""), now)
            for line in _within(self._lines(period, drills), part)
        ]
        return spreadsheet.table("Breach log", HEADINGS, rows)

    def paper(
        self,
        period: LogPeriod | None = None,
        *,
        drills: bool = False,
        part: ShownIncidents | None = None,
    ) -> Printed:
        """The log on paper: what, when, reported or why not. Raises as ``spreadsheet``."""
        from dpdesk.papers.lists import RegisterList, register_list

        lines = _within(self._lines(period, drills), part)
        now = self._breaches.now()
        if part is not None:
            words = part.words
        elif period is None:
            words = "everything the school became aware of"
        else:
            words = f"aware from {long_date(period.first)} to {long_date(period.last)}"
        words += (
            f", with {count(sum(map(_practised, lines)), 'drill')}" if drills else ", no drills"
        )
        if not drills and part is None:
            words += self._missing_numbers(period)
        return register_list(
            RegisterList(
                title="Breach log",
                columns=(
                    "Reference",
                    "Aware",
                    "What",
                    "Outcome",
                    "Effects",
                    "What was done",
                    "Decision and reason",
                    "Reported",
                ),
                rows=tuple(_printed(line, now) for line in lines),
                printed_on=self._breaches.today(),
                filter_words=words,
                letterhead=self._breaches.school.letterhead(),
            )
        )

    def _missing_numbers(self, period: LogPeriod | None) -> str:
        """Where a number of the log belongs to what was called a drill later, the log says so."""
        usual = f"{self._breaches.register.prefix}-"
        found = [
            line.reference
            for line in self._lines(period, drills=True)
            if _practised(line) and line.reference.startswith(usual)
        ]
        was = "was a drill" if len(found) == 1 else "were drills"
        return f"; {listed(found)} {was}" if found else ""

    def _lines(self, period: LogPeriod | None, drills: bool) -> list[IncidentLine]:
        where: ColumnElement[bool] = Breach.id > 0
        if period is not None:
            where = self._breaches.aware_between(period.first, period.last)
        found = self._breaches.lines(where, _ASKED, drills=drills)
        return sorted(found, key=_practised)


def _within(lines: list[IncidentLine], part: ShownIncidents | None) -> list[IncidentLine]:
    return lines if part is None else [line for line in lines if line.id in part.numbers]


def _practised(line: IncidentLine) -> bool:
    return is_drill(line.values)


HEADINGS = (
    "Reference", "Became aware", "Happened", "What happened", "Outcome", "Kind of incident",
    "Kinds of data", "Whose data", "How many people", "How many records",
    "Likelihood", "Severity", "Effects", "What was done", "Decision", "Reason", "Decided",
    "Decided by",
    "Report due", "Reported", "Within 72 hours?", "Reasons for delay", "ICO reference",
    "People told?", "Cause", "Lessons", "Prevention", "At a supplier?",
    "Resolved", "Last reviewed", "State", "Drill?",
)  # fmt: skip


def _row(line: IncidentLine, given: str, now: dt.datetime) -> Sequence[Cell]:
    """A line as real days and numbers where it has such, and words elsewhere."""
    values, around = line.values, line.around

    def said(name: str) -> str | None:
        return show(Breach.register.field(name), values.get(name)) or None

    due = rules.deadline(values) if values.get("outcome") in {None, "breach"} else None
    return (
        line.reference,
        values["aware"],
        values.get("occurred"),
        said_of(line),
        said("outcome") or "Not yet decided",
        said("incident_type"),
        said("data_kinds"),
        said("people_kinds"),
        how_many(line, "people"),
        how_many(line, "records"),
        said("likelihood"),
        said("severity"),
        effects(line) or None,
        remedies(line) or None,
        said("decision"),
        values.get("decision_why"),
        values.get("decided"),
        values.get("decided_by"),
        due,
        around.reported[0] if around.reported else None,
        within(line, now),
        values.get("delay_why"),
        given or None,
        said("telling"),
        said("cause"),
        values.get("lessons"),
        values.get("prevention"),
        said("at_processor"),
        values.get("resolved"),
        values.get("reviewed"),
        _state(line),
        DRILL if _practised(line) else None,
    )


def said_of(line: IncidentLine) -> str:
    """What happened, in the few words of the log."""
    return str(line.values["summary"])


def effects(line: IncidentLine) -> str:
    """What it may mean, or meant, for the people (UK GDPR Art 33(5): its effects)."""
    return _points(_shown("harms", line), str(line.values.get("consequences") or ""))


def remedies(line: IncidentLine) -> str:
    """What was done about it (UK GDPR Art 33(5): the remedial action taken)."""
    values = line.values
    contained = values.get("contained")
    return _points(
        *(f"{step}." for step in steps_done(values.get("first_steps") or ())),
        str(values.get("remedy") or ""),
        f"Contained {short_moment(contained)}." if contained else "",
        str(values.get("recovery") or ""),
    )


def learnt(line: IncidentLine) -> str:
    """What was learned and what will prevent it: all that there is to say of a near miss."""
    lessons, prevention = line.values.get("lessons"), line.values.get("prevention")
    return _points(str(lessons or ""), f"Prevention: {prevention}" if prevention else "")


def _points(*texts: str) -> str:
    return "\n".join(text for text in texts if text)


def _shown(name: str, line: IncidentLine) -> str:
    """An answer in words; empty where there is none."""
    return show(Breach.register.field(name), line.values.get(name))


def how_many(line: IncidentLine, name: str) -> Cell:
    """A number where it is exact; "about 40", or "not yet known" where it was left open."""
    certainty, number = line.values.get(f"{name}_certainty"), line.values.get(name)
    if certainty == "unknown":
        return "not yet known"
    if number is None:
        return None
    return f"about {number:,}" if certainty == "about" else int(number)


def within(line: IncidentLine, now: dt.datetime) -> str | None:
    """Was the report made within the 72 hours? None where there is nothing to report."""
    if rules.counts_as_reported(line.values, line.around):
        return "Yes" if line.around.reported[0] <= rules.deadline(line.values) else "No"
    if not rules.clock_runs(line.values, line.around):
        return None
    return "No: not reported yet" if now > rules.deadline(line.values) else "Still time"


def _state(line: IncidentLine) -> str:
    word = Breach.register.state(line.state).label
    return f"{word} (archived)" if line.archived else word


def _printed(line: IncidentLine, now: dt.datetime) -> tuple[str, ...]:
    values = line.values
    decision = show(Breach.register.field("decision"), values.get("decision"))
    reason = str(values.get("decision_why") or "")
    reported = short_moment(line.around.reported[0]) if line.around.reported else ""
    timely = {"Yes": "within 72 hours", "No": "late"}.get(within(line, now) or "", "")
    if not reported:
        reported, timely = within(line, now) or "", ""
    outcome = show(Breach.register.field("outcome"), values.get("outcome")) or "Not yet decided"
    return (
        line.reference,
        short_moment(values["aware"]),
        f"{DRILL}: {said_of(line)}" if _practised(line) else said_of(line),
        outcome,
        effects(line),
        _points(remedies(line), learnt(line)),
        ": ".join(t for t in (decision, reason) if t),
        ", ".join(t for t in (reported, timely) if t),
    )
