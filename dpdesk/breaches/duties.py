"""The four answers of the breach log; drills are left out of all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import or_

from dpdesk.breaches import rules
from dpdesk.breaches.figures import FiguresService
from dpdesk.breaches.records import Breach
from dpdesk.breaches.rules import Around
from dpdesk.breaches.service import BreachService
from dpdesk.breaches.states import WORK_STATES
from dpdesk.registers.duties import Duty, Evidence, Finding, Measure
from dpdesk.registers.entries import Entry

_AHEAD = dt.timedelta(days=31)
_PROVING = ("outcome", "decision", "equipment_reported", "telling")
"""Answers of an incident that show how it was handled."""

_REST = (
    "Send the ICO what was not yet known, without undue delay (the date is dpdesk’s own reminder)"
)


class BreachAnswers:
    """What must be done, what is missing, the figures and the proof, out of the breach log."""

    def __init__(self, breaches: BreachService) -> None:
        self._breaches = breaches
        self._figures = FiguresService(breaches)

    def duties(self) -> Iterator[Duty]:
        """What the open incidents ask for; closed ones to be looked at again, a month ahead.

        Further ahead they would only bury what is urgent, and make a log of years slow.
        """
        soon = (self._breaches.today() + _AHEAD).isoformat()
        asked = or_(Breach.state.in_(WORK_STATES), Breach.due <= soon)
        for entry, around in self._breaches.with_around(asked):
            yield from _duties_of(entry, around, self._breaches.settings.next_review(entry.values))

    def findings(self) -> Iterator[Finding]:
        """Incidents that nobody looks after, closed ones without a cause, reviews overdue."""
        counts = self._breaches.counts()
        for key, text, source in (
            ("unassigned", "open incidents not assigned to anyone", "policy 16.5"),
            ("without_cause", "closed breaches with no cause given", "policy 23 Review"),
            ("to_complete", "reports with gaps and no date for the rest", "UK GDPR Art 33(4)"),
            ("to_review", "unreported breaches overdue for review", "policy 23 Resolved"),
        ):
            if counts.get(key):
                yield Finding(text, counts[key], "breaches", key, source)

    def measures(self, first: dt.date, last: dt.date) -> Iterator[Measure]:
        """The figures of incidents that the school became aware of between two days, both counted.

        Also those put out of sight count: an incident does not undo itself by being archived.
        """
        found = self._figures.between(first, last)
        yield Measure("incidents logged", found.logged)
        yield Measure("breaches", found.breaches)
        yield Measure("near misses", found.near_misses)
        yield Measure("false alarms", found.false_alarms)
        yield Measure("reported to the ICO", found.reported)
        yield Measure("of these within 72 hours", found.on_time)
        yield Measure("of these late", len(found.late))
        for each in found.by_kind:
            yield Measure(f"breaches by kind: {each.label}", each.number)
        for each in found.by_cause:
            yield Measure(f"breaches by cause: {each.label}", each.number)

    def evidence(self) -> Iterator[Evidence]:
        """The log proves that breaches, near misses and decisions not to report are recorded."""
        found = self._breaches.lines(Breach.archived_at.is_(None), _PROVING)

        def those(wanted: str, field: str) -> tuple[str, ...]:
            return tuple(line.reference for line in found if line.values.get(field) == wanted)

        def said(field: str) -> tuple[str, ...]:
            return tuple(line.reference for line in found if line.values.get(field))

        told = tuple(line.reference for line in found if line.around.reported)
        for clause, words, references in (
            ("16.9", "incidents are recorded", tuple(line.reference for line in found)),
            ("4.6(n)", "near misses are recorded", those("near_miss", "outcome")),
            ("23", "decisions not to report have a reason", those("not_reportable", "decision")),
            ("16.6", "breaches were reported to the ICO", told),
            ("16.1", "incidents were looked into, with the outcome", said("outcome")),
            ("16.4", "lost equipment was reported in writing", said("equipment_reported")),
            (
                "11.1(k)",
                "breaches of which the people affected were told",
                those("told", "telling"),
            ),
        ):
            if references:
                yield Evidence.counted(clause, words, references)


def _duties_of(entry: Entry, around: Around, review: dt.date | None) -> Iterator[Duty]:
    values = entry.values

    def duty(text: str, due: dt.date | None, place: str, *, runs: bool = False) -> Duty:
        said = f"{text}: {entry.title}"
        return Duty(said, due, entry.reference, "breaches", entry.id, place, counts_down=runs)

    if rules.clock_runs(values, around):
        deadline = rules.deadline(values)
        if values.get("decision") is not None:
            yield duty("Report the breach to the ICO", deadline, "report", runs=True)
        elif values.get("outcome") is not None:
            said = "Assess the breach and decide whether to report it"
            yield duty(said, deadline, "assess", runs=True)
        else:
            yield duty("Find out whether it is a breach, and decide", deadline, "triage", runs=True)
    if values.get("resolved") is None:
        if (due := rules.equipment_due(values)) is not None:
            yield duty(
                "Give the head teacher and the DPO the written report on the equipment",
                due,
                "detect",
            )
        if rules.still_to_tell(values, around):
            yield duty("Tell the people affected, without delay", rules.deadline(values), "report")
        if (promised := rules.follow_up_due(values, around)) is not None:
            yield duty("Send the ICO the rest of the report", promised, "report")
        if (reminded := rules.rest_reminder(values, around)) is not None:
            place = "assess" if rules.unassessed(values) else "report"
            yield duty(_REST, reminded, place)
    for what, by in around.actions:
        yield duty(f"Action: {what or 'to be done'}", by, "remediate")
    if review is not None:
        yield duty("Review the breach that was not reported", review, "review")
