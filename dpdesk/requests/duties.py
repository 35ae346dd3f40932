"""The four answers of the request log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from dpdesk.law.clocks import ClockResult, ClockState
from dpdesk.law.words import count
from dpdesk.registers.duties import Duty, Evidence, Finding, Measure
from dpdesk.registers.entries import Entry, Query
from dpdesk.requests.conditions import rules_of
from dpdesk.requests.health import opinion_wanted
from dpdesk.requests.pace import CASES_MOST, cases_over, many_over, own_days
from dpdesk.requests.service import RequestService

_PROVING: Final = (
    "kind",
    "closed",
    "identity_received",
    "ready_on",
    "capacity",
    "extended",
    "advice_sought",
    "opinion_given",
)
"""Answers of a request that show how it was handled."""


class RequestAnswers:
    """What must be done, what is missing, the figures and the proof, out of the request log."""

    def __init__(self, requests: RequestService) -> None:
        self._requests = requests

    def duties(self) -> Iterator[Duty]:
        """What the open requests ask for, and by when; then cases whose years are over."""
        calendar, own = self._requests.school.calendar(), self._requests.settings.targets()
        today = self._requests.today()
        for entry, result in self._requests.clocks():
            yield from self._duties_of(entry, result)
            for day in own_days(entry, result, calendar, own, today):
                text = f"{day.text} {entry.title}"
                yield Duty(text, day.due, entry.reference, "requests", entry.id, day.place)
        for each in self._requests.searches.reminders():
            text = f"Ask {each.name} what the search found ({count(each.places, 'place')}): "
            yield Duty(
                f"{text}{each.title}",
                each.answer_by,
                each.reference,
                "requests",
                each.entry_id,
                "search",
            )
        for case in cases_over(self._requests):
            text = "Destroy the papers of this case, or say how long it is kept: "
            if case.held:
                text = f"Keep the papers of this case for now, because of {case.held[0]}: "
            yield Duty(
                f"{text}{case.title}",
                case.until,
                case.reference,
                "requests",
                case.entry_id,
                "keep_until",
            )

    def _duties_of(self, entry: Entry, result: ClockResult) -> Iterator[Duty]:
        def duty(text: str, due: dt.date | None, place: str) -> Duty:
            return Duty(text, due, entry.reference, "requests", entry.id, place)

        if result.state is ClockState.NOT_STARTED:
            waiting = " and ".join(result.waiting_for)
            yield duty(f"Waiting for {waiting}: {entry.title}", None, "identity")
            return
        if result.state is ClockState.PAUSED:
            # The clock stands still, but not for telling about more time: that day is the safe one.
            yield duty(f"Waiting for the requester’s answer: {entry.title}", None, "clarify")
        else:
            of = rules_of(entry.values)
            acknowledged = entry.values.get("acknowledged") is not None
            begins = of.then if of.then and acknowledged else of.duty
            yield duty(f"{begins} {entry.title}", result.due, entry.state)
        if opinion_wanted(entry.values):
            yield duty(f"Ask for a health professional’s opinion: {entry.title}", None, "health")
        if self._requests.untold(entry):
            yield duty(f"Tell those who were given the data: {entry.title}", result.due, "act")
        reason, told = entry.values.get("extension_reason"), entry.values.get("extended")
        if reason and not told:
            yield duty(
                f"Tell the requester about the extension, with reasons: {entry.title}",
                result.extension_notice_due,
                "clarify",
            )

    def findings(self) -> Iterator[Finding]:
        """Requests that nobody looks after, closed ones without an outcome, missing terms."""
        if missing := self._requests.missing_terms():
            yield Finding(missing, None, "school", "calendar", "policy 13.3.6")
        if (over := many_over(self._requests)) > CASES_MOST:
            words = "closed cases to destroy, as their years are over"
            yield Finding(words, over, "requests", "closed", "policy 14: the school’s own years")
        counts = self._requests.counts()
        for key, one, text, source in (
            (
                "unassigned",
                "open request not assigned to anyone",
                "open requests not assigned to anyone",
                "policy 13.2.3",
            ),
            (
                "no_outcome",
                "closed request with no outcome",
                "closed requests with no outcome",
                "policy 13.2.3",
            ),
            (
                "not_handed_over",
                "request closed as given, with no handover recorded",
                "requests closed as given, with no handover recorded",
                "UK GDPR Art 5(2): it must be possible to show what was given, and when",
            ),
            (
                "identity_late",
                "request whose proof of identity was not asked for promptly",
                "requests whose proof of identity was not asked for promptly",
                "ICO right of access guidance: ask promptly, as the month waits for it",
            ),
            (
                "not_enquired",
                "complaint without an enquiry recorded",
                "complaints without an enquiry recorded",
                "DPA 2018 s.164A(4)–(5): enquiries, without undue delay",
            ),
            (
                "lifted_untold",
                "restriction lifted, and the person not told",
                "restrictions lifted, and the people not told",
                "UK GDPR Art 18(3): they must be told before it is lifted",
            ),
            (
                "not_searched",
                "open request with no searches listed",
                "open requests with no searches listed",
                "UK GDPR Art 15(1A)",
            ),
            (
                "to_search",
                "open request with places not searched yet",
                "open requests with places not searched yet",
                "UK GDPR Art 15(1A)",
            ),
        ):
            if counts.get(key):
                yield Finding(text, counts[key], "requests", key, source, one)

    def measures(self, first: dt.date, last: dt.date) -> Iterator[Measure]:
        """Received, answered and on time between two days, both counted."""
        closed = self._requests.clocks(closed=(first, last))
        on_time = sum(
            result.due is not None and entry.values["closed"] <= result.due
            for entry, result in closed
        )
        received = self._requests.received_between(first, last)
        yield Measure("requests received", received)
        yield Measure("requests answered", len(closed))
        yield Measure("of these on time", on_time)

    def evidence(self) -> Iterator[Evidence]:
        """The log proves that requests are recorded, and that each right has its procedure."""
        listing = self._requests.listing(Query(columns=_PROVING))
        rows = [
            (str(listing.raw(row, 0)), dict(zip(_PROVING, listing.rows[row][5:], strict=True)))
            for row in range(len(listing.rows))
        ]

        def those(true: Callable[[Mapping[str, object]], object]) -> tuple[str, ...]:
            return tuple(name for name, values in rows if true(values))

        for clause, words, references in (
            ("13.2.3", "requests are recorded", tuple(name for name, _ in rows)),
            (
                "4.6(l)",
                "requests about rights follow the steps for their kind",
                those(lambda each: each["kind"] != "complaint"),
            ),
            (
                "11.1",
                "requests about rights were answered",
                those(lambda each: each["closed"] and each["kind"] != "complaint"),
            ),
            ("17", "complaints are recorded", those(lambda each: each["kind"] == "complaint")),
            (
                "13.2.4",
                "requests say what identity was seen, or that somebody checked who may ask",
                those(lambda each: each["identity_received"] or each["ready_on"]),
            ),
            (
                "13.2.5",
                "requests say whether the child can decide",
                those(lambda each: each["capacity"] in ("yes", "no")),
            ),
            ("13.2.7", "requests were answered in time", self._in_time()),
            (
                "13.2.8",
                "requests were extended, and the requester told when",
                those(lambda each: each["extended"]),
            ),
            (
                "13.2.11",
                "requests with the opinion of a health professional",
                those(lambda each: each["opinion_given"]),
            ),
            (
                "13.2.13",
                "requests on which advice was sought",
                those(lambda each: each["advice_sought"] == "yes"),
            ),
            (
                "13.3",
                "requests for the educational record are recorded",
                those(lambda each: each["kind"] == "educational_record"),
            ),
        ):
            if references:
                yield Evidence.counted(clause, words, references)

    def _in_time(self) -> tuple[str, ...]:
        """Those that were closed by the day on which they were due, complaints apart."""
        closed = self._requests.clocks(closed=(dt.date.min, self._requests.today()))
        return tuple(
            entry.reference
            for entry, result in closed
            if entry.values["kind"] != "complaint"
            and result.due is not None
            and entry.values["closed"] <= result.due
        )
