"""The clock of a subject access request: UK GDPR Arts 12 and 12A, in force 5 February 2026.

How the law is read here, where it leaves room:

*   **The day of the start is not a counted day.** One month from 3 September ends on 3 October,
    the corresponding date, so 4 September is the first day that counts. A question asked on the
    day of the start therefore stops the clock from the next day on: counting that day as paused
    would give the school a day that it never used.
*   **A pause before the start** (a question asked while identity is awaited) costs nothing,
    because no time was running; only the days of it after the start are left out.
*   **Days, not episodes, are left out.** Art 12A(5) speaks of periods that do not count. A day
    inside two of them is one day.
*   **A period that has ended is not revived.** A question asked after the last day stops nothing.
    One asked on a last day that had moved over a weekend still does: the answer is then due at
    the earliest on the day after the reply.
*   **An extension counts only if notified in time**, that is before the first month ends, pauses
    left out and rolled over weekends like the month itself (Art 12A(4), (6)). A late notice
    changes nothing, and the steps say so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from dpdesk.law.calendar import WorkCalendar
from dpdesk.law.sources import period
from dpdesk.law.steps import (
    ClockResult,
    ClockState,
    InvalidFacts,
    Step,
    add_months,
    implausible,
    roll_steps,
    step,
)
from dpdesk.law.words import count, listed, long_date, number_word

_ONE_DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class ClarificationDays:
    """A question to the requester about what they ask for, and the day of the answer.

    Only a question that is reasonably needed to find what is asked for stops the clock, not one
    about the form of the answer (UK GDPR Art 12A(5)). ``answered`` None: still open.
    """

    asked: dt.date
    answered: dt.date | None = None


@dataclass(frozen=True, slots=True)
class AccessFacts:
    """The stored facts of a request that its clock is computed from. All dates are London days.

    ``identity`` is the day on which the proof asked for arrived, ``fee`` the day on which a
    lawful fee was paid; ``identity_needed`` and ``fee_needed`` say that they were asked for, so
    that without a date the clock has not started. ``extended`` is the day on which the requester
    was told of an extension, with reasons.
    """

    received: dt.date
    identity: dt.date | None = None
    fee: dt.date | None = None
    identity_needed: bool = False
    fee_needed: bool = False
    clarifications: tuple[ClarificationDays, ...] = ()
    extended: dt.date | None = None


@dataclass(frozen=True, slots=True)
class _Run:
    """Days that do not count: overlapping and adjoining episodes as one; ``last`` None: open."""

    first: dt.date
    last: dt.date | None
    questions: tuple[ClarificationDays, ...]

    @property
    def open_since(self) -> dt.date:
        """When the earliest question without an answer was asked."""
        return min(each.asked for each in self.questions if each.answered is None)


@dataclass(frozen=True, slots=True)
class _Course:
    """How a period of some months ran: where it ends before rolling, and what stopped it."""

    base: dt.date
    end: dt.date
    counted: tuple[tuple[_Run, int], ...]
    before_start: tuple[_Run, ...]
    too_late: tuple[_Run, ...]
    paused: _Run | None


def sar_clock(facts: AccessFacts, calendar: WorkCalendar) -> ClockResult:
    """When a subject access request must be answered, with the steps that lead there.

    One month from the latest of receipt, proof of identity and fee; days of clarification left
    out; two further months if extended in time; at the end, once, on to the next working day.
    InvalidFacts where dates contradict each other, a sentence for each fact.
    Source: UK GDPR Arts 12(3) and 12A; ICO right of access guidance.
    """
    _check(facts)
    waiting = _waiting_for(facts)
    if waiting:
        return _not_started(facts, waiting)
    start = max(day for day in (facts.received, facts.identity, facts.fee) if day is not None)
    runs = _runs(facts.clarifications)
    steps = _start_steps(facts, start)

    first_month = _course(start, period("access_months"), runs, calendar)
    notice_due = calendar.roll_forward(first_month.end)
    extended = facts.extended is not None and (
        first_month.paused is not None or facts.extended <= notice_due
    )
    months = period("access_months") + (period("access_extension_months") if extended else 0)
    course = _course(start, months, runs, calendar)

    extension = _extension_step(facts, extended, notice_due, first_month.paused is not None)
    steps += [extension] if extended else []
    steps += _month_steps(start, months, course)
    steps += _pause_steps(course, start)
    steps += [] if extended else [extension]
    if course.paused is not None:
        return _paused(course.paused, start, notice_due, steps)
    due, rolled = roll_steps(course.end, calendar, "roll_forward")
    steps += rolled
    target = _target(course, start, calendar)
    if course.counted:
        text = f"Aim for {long_date(target)}, in case the day of a reply counts after all."
        steps.append(step(text, "access_target", target))
    steps.append(step(f"The answer is due by the end of {long_date(due)}.", "access_due", due))
    return ClockResult(
        due=due,
        extension_notice_due=notice_due,
        target=target,
        steps=tuple(steps),
        start=start,
        ends=course.end,
    )


# ------------------------------------------------------------------------------- the facts


def _check(facts: AccessFacts) -> None:
    """Raise InvalidFacts with a sentence for each fact that cannot be right."""
    problems = implausible("received", facts.received)
    for name in ("identity", "fee", "extended"):
        day = getattr(facts, name)
        if day is not None:
            problems |= implausible(name, day)
    if facts.fee is not None and facts.fee < facts.received:
        problems["fee"] = "The fee cannot be paid before the request was received."
    if facts.extended is not None and facts.extended < facts.received:
        problems["extended"] = "The extension cannot be notified before the request was received."
    for question in facts.clarifications:
        if question.asked < facts.received:
            problems["clarifications"] = (
                f"The question of {long_date(question.asked)} cannot be asked before the request "
                "was received."
            )
        elif question.answered is not None and question.answered < question.asked:
            problems["clarifications"] = (
                f"The answer of {long_date(question.answered)} cannot come before its question."
            )
        for day in (question.asked, question.answered):
            if day is not None:
                problems |= implausible("clarifications", day)
    if problems:
        raise InvalidFacts(problems)


def _waiting_for(facts: AccessFacts) -> tuple[str, ...]:
    waiting = []
    if facts.identity_needed and facts.identity is None:
        waiting.append("proof of identity")
    if facts.fee_needed and facts.fee is None:
        waiting.append("the fee")
    return tuple(waiting)


def _runs(clarifications: Iterable[ClarificationDays]) -> tuple[_Run, ...]:
    """The episodes in order of time, merged where they overlap or adjoin."""
    runs: list[_Run] = []
    by_day = sorted(clarifications, key=lambda each: (each.asked, each.answered or dt.date.max))
    for question in by_day:
        before = runs[-1] if runs else None
        if before is not None and (before.last is None or question.asked <= before.last + _ONE_DAY):
            last = (
                None
                if before.last is None or question.answered is None
                else max(before.last, question.answered)
            )
            runs[-1] = _Run(before.first, last, (*before.questions, question))
        else:
            runs.append(_Run(question.asked, question.answered, (question,)))
    return tuple(runs)


# ------------------------------------------------------------------------------- the count


def _course(start: dt.date, months: int, runs: tuple[_Run, ...], calendar: WorkCalendar) -> _Course:
    """Let ``months`` run from ``start``, leaving out the days of each run that count after it."""
    end = base = add_months(start, months)
    counted: list[tuple[_Run, int]] = []
    before_start: list[_Run] = []
    too_late: list[_Run] = []
    for run in runs:
        if run.last is not None and run.last <= start:
            before_start.append(run)
        elif run.first > calendar.roll_forward(end):
            too_late.append(run)
        elif run.last is None:
            return _Course(
                base, end, tuple(counted), tuple(before_start), tuple(too_late), paused=run
            )
        else:
            first = max(run.first, start + _ONE_DAY)
            days = (run.last - first).days + 1
            # The second only matters for a question asked on the working day after a period
            # that ended on a weekend: nothing can be due while the requester is being asked.
            end = max(end + dt.timedelta(days=days), run.last + _ONE_DAY)
            counted.append((run, days))
    return _Course(base, end, tuple(counted), tuple(before_start), tuple(too_late), paused=None)


def _target(course: _Course, start: dt.date, calendar: WorkCalendar) -> dt.date:
    """An earlier working day that is safe if the day of each reply counts after all.

    Older ICO examples resumed counting on the day of the reply. Always at least a day earlier
    than the end of the period, also without any pause.
    """
    answered = {day for run, _ in course.counted for day in _reply_days(run) if day > start}
    days = max(1, len(answered))
    return calendar.roll_back(course.end - dt.timedelta(days=days))


def _reply_days(run: _Run) -> Iterable[dt.date]:
    """Days of replies on which no other question was still open."""
    for each in run.questions:
        day = each.answered
        if day is not None and not any(
            other.asked <= day and (other.answered is None or other.answered > day)
            for other in run.questions
        ):
            yield day


# ------------------------------------------------------------------------------- the words


def _start_steps(facts: AccessFacts, start: dt.date) -> list[Step]:
    steps = [
        step(
            f"The request was received on {long_date(facts.received)}.",
            "access_start",
            facts.received,
        )
    ]
    if facts.identity is not None:
        steps.append(
            step(
                f"Proof of identity was received on {long_date(facts.identity)}.",
                "access_identity",
                facts.identity,
            )
        )
    if facts.fee is not None:
        steps.append(step(f"The fee was paid on {long_date(facts.fee)}.", "access_fee", facts.fee))
    why = ", the latest of these days" if len(steps) > 1 else ", the day of receipt"
    steps.append(step(f"The clock starts on {long_date(start)}{why}.", "access_start", start))
    return steps


def _not_started(facts: AccessFacts, waiting: tuple[str, ...]) -> ClockResult:
    steps = [
        step(
            f"The request was received on {long_date(facts.received)}.",
            "access_start",
            facts.received,
        ),
        step(
            f"The clock has not started: waiting for {listed(waiting)}. Ask for it promptly.",
            "access_identity" if "proof of identity" in waiting else "access_fee",
        ),
    ]
    return ClockResult(
        due=None, steps=tuple(steps), state=ClockState.NOT_STARTED, waiting_for=waiting
    )


def _month_steps(start: dt.date, months: int, course: _Course) -> list[Step]:
    spoken = "One month" if months == 1 else f"{number_word(months).capitalize()} months"
    text = f"{spoken} from {long_date(start)} is {long_date(course.base)}"
    text += (
        "." if course.base.day == start.day else ", the last day of a month that has no such date."
    )
    return [step(text, "access_month", course.base)]


def _extension_step(facts: AccessFacts, extended: bool, notice_due: dt.date, paused: bool) -> Step:
    further = f"{number_word(period('access_extension_months'))} further months"
    if facts.extended is None:
        text = (
            f"If the request is complex or one of many, it can be extended by {further}: tell the "
            f"requester, with reasons, by {long_date(notice_due)}."
        )
        if paused:
            text += " This limit is paused too, but by then you are in time whatever happens."
        return step(text, "access_extension", notice_due)
    told = long_date(facts.extended)
    if extended:
        text = f"The requester was told of an extension by {further} on {told}, "
        text += "in time." if paused else f"in time (the last day was {long_date(notice_due)})."
    else:
        text = (
            f"The requester was told of an extension on {told}, after the last day for it, "
            f"{long_date(notice_due)}. A late notice gives no more time, so the date "
            "does not change. Ask your adviser."
        )
    return step(text, "access_extension", facts.extended)


def _pause_steps(course: _Course, start: dt.date) -> list[Step]:
    steps = []
    end = course.base
    for run in course.before_start:
        text = (
            f"The question asked on {long_date(run.first)} was answered by "
            f"{long_date(_last(run))}, before any day had been counted, so it changes nothing."
        )
        steps.append(step(text, "access_pause_start", _last(run)))
    for run, days in course.counted:
        end = max(end + dt.timedelta(days=days), _last(run) + _ONE_DAY)
        steps.append(_counted_step(run, days, start, end))
    for run in course.too_late:
        text = (
            f"The question asked on {long_date(run.first)} came after the time had run out, so it "
            "does not pause the clock."
        )
        steps.append(step(text, "access_pause_late", run.first))
    return steps


def _counted_step(run: _Run, days: int, start: dt.date, end: dt.date) -> Step:
    asked, answered = long_date(run.first), long_date(_last(run))
    if len(run.questions) > 1:
        number = number_word(len(run.questions)).capitalize()
        text = f"{number} questions were open between {asked} and {answered}; shared days are "
        text += "left out once. "
    elif run.first == _last(run):
        text = f"Clarification was asked for and given on {asked}. "
    else:
        text = f"Clarification was asked for on {asked} and given on {answered}. "
    # Said as the letter and the help say it: both days and those between do not count.
    whole = (_last(run) - run.first).days + 1
    text += f"{count(whole, 'day')} {'does' if whole == 1 else 'do'} not count"
    if whole > 1:
        text += ", both ends included"
    if run.first <= start:
        text += (
            f". Up to {long_date(start)} no day counts anyway, so {count(days, 'day')} "
            f"{'is' if days == 1 else 'are'} added"
        )
    text += f", which moves the date to {long_date(end)}."
    return step(text, "access_pause" if run.first > start else "access_pause_start", end)


def _last(run: _Run) -> dt.date:
    assert run.last is not None
    return run.last


def _paused(run: _Run, start: dt.date, notice_due: dt.date, steps: list[Step]) -> ClockResult:
    since = max(run.open_since, start)
    steps.append(
        step(
            f"The clock has been paused since {long_date(since)}: the question asked on "
            f"{long_date(run.open_since)} has not been answered. There is no due date until "
            "it is.",
            "access_pause",
            since,
        )
    )
    return ClockResult(
        due=None,
        paused_since=since,
        extension_notice_due=notice_due,
        steps=tuple(steps),
        state=ClockState.PAUSED,
        start=start,
        waiting_for=("the answer to a clarification",),
    )
