"""When records fall due for disposal: the clock of retention, and the schedule as shipped.

A period runs out at the end of the corresponding day; what it was about **falls due on the day
after**: from that day on it may be disposed of, and no day earlier. A period of nothing ("at
once") falls due on the very day. No function looks at today's date.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from dpdesk import resources
from dpdesk.errors import NotFound
from dpdesk.law.sources import Confidence, advice
from dpdesk.law.steps import ClockResult, ClockState, InvalidFacts, Step, add_months, implausible
from dpdesk.law.words import count, long_date, month_name

_ONE_DAY: Final = dt.timedelta(days=1)
_TAX_YEAR: Final = (4, 5)
"""The tax year ends on 5 April."""
_POLICY: Final = "Policy 10.2.3 and 14"

NO_DATE: Final = "NONE"
"""The trigger of classes that have no date of their own."""
KEEP: Final = "PERM"
"""The action of what is kept for good."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """From when a period may run; ``year`` is "school", "financial", "tax" or empty."""

    code: str
    label: str
    fact: str
    year: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time. ``unit`` is "days", "months" or "years"."""

    number: int
    unit: str = "years"

    @property
    def words(self) -> str:
        """For example "25 years", "12 months", "at once"."""
        return count(self.number, self.unit.removesuffix("s")) if self.number else "at once"


@dataclass(frozen=True, slots=True)
class YearEnds:
    """In which month, on whose last day, the school's years end."""

    school: int = 8
    financial: int = 8

    def end(self, year: str, day: dt.date, later: int = 0) -> dt.date:
        """The last day of the year of that kind in which ``day`` lies, ``later`` years on."""
        if year == "tax":
            end = dt.date(day.year, *_TAX_YEAR)
            return end.replace(year=day.year + later + (day > end))
        month = self.school if year == "school" else self.financial
        beyond = day.month > month
        return _last_of_month(day.year + later + beyond, month)


@dataclass(frozen=True, slots=True)
class RecordClass:
    """A class of record as the clock needs it.

    ``period`` is None where none was decided yet. With ``later`` there are two periods, and the
    later end counts. ``insurer_years`` count if they are longer.
    """

    code: str
    records: str
    trigger: str
    period: Period | None
    action: str = "SD"
    citation: str = ""
    confidence: Confidence = Confidence.CONFIRMED
    later: tuple[str, Period] | None = None
    insurer_years: int | None = None
    abuse: bool = False
    active: bool = True

    @property
    def triggers(self) -> tuple[str, ...]:
        """From what its periods run; none where nothing falls due by a date."""
        if self.action == KEEP or self.trigger == NO_DATE:
            return ()
        return (self.trigger, *((self.later[0],) if self.later else ()))

    @property
    def never(self) -> bool:
        """Does nothing of it ever fall due by itself?"""
        return not self.active or self.abuse or not self.triggers

    @property
    def words(self) -> str:
        """The period in words: "25 years from the date of birth"."""
        if self.action == KEEP:
            return "Kept for good"
        if self.trigger == NO_DATE:
            return "Until somebody decides"
        said = _spoken(self.trigger, self.period)
        if self.later:
            said += f", or {_spoken(*self.later)}, whichever is later"
        if self.insurer_years:
            said += f"; at least {count(self.insurer_years, 'year')} for the insurer"
        if self.abuse:
            said += "; then reviewed, never destroyed by itself"
        return said[0].upper() + said[1:]


@dataclass(frozen=True, slots=True)
class RetentionFacts:
    """What is known of a holding: days by the code of their trigger, and until when it is kept."""

    days: Mapping[str, dt.date] = field(default_factory=lambda: MappingProxyType({}))
    kept_until: dt.date | None = None
    kept_because: str = ""


def retention_clock(
    facts: RetentionFacts, of: RecordClass, years: YearEnds = YearEnds()
) -> ClockResult:
    """From which day a holding may be disposed of, and why.

    "Not applicable" where nothing falls due by itself: what is kept for good, what touches on the
    abuse of a child, classes without a date of their own, classes withdrawn. "Not started" while a
    date is missing. InvalidFacts for a year that cannot be. Source: law of each class; policy 14.
    """
    for trigger, day in facts.days.items():
        if problems := implausible(trigger, day):
            raise InvalidFacts(problems)
    never = _never(of)
    if never is not None and not of.abuse:
        return ClockResult(None, steps=(never,), state=ClockState.NOT_APPLICABLE)
    wanted = [trigger for trigger in of.triggers if trigger not in facts.days]
    if of.period is None or wanted:
        said = (never,) if never is not None else _missing(of, wanted)
        state = ClockState.NOT_STARTED if never is None else ClockState.NOT_APPLICABLE
        names = [triggers()[trigger].fact for trigger in wanted]
        if of.period is None:
            names.append("length of the period")
        return ClockResult(None, steps=said, state=state, waiting_for=tuple(names))
    steps, due = _counted(facts, of, years)
    start = facts.days[of.trigger]
    if never is not None:
        look = f"A person may look at it again from {long_date(due)}; that is no date of disposal."
        return ClockResult(
            None,
            steps=(*steps, _step(of, look), never),
            state=ClockState.NOT_APPLICABLE,
            start=start,
        )
    if facts.kept_until is not None and facts.kept_until >= due:
        because = f" because: {facts.kept_because}" if facts.kept_because else ""
        text = f"It is kept longer, to the end of {long_date(facts.kept_until)},{because}"
        steps.append(Step(text.rstrip(",") + ".", "Policy 8.4(c)", facts.kept_until))
        due = facts.kept_until + _ONE_DAY
    last = f"It falls due on {long_date(due)}: from that day on it may be disposed of."
    return ClockResult(due, steps=(*steps, Step(last, _POLICY, due)), start=start)


def _counted(facts: RetentionFacts, of: RecordClass, years: YearEnds) -> tuple[list[Step], dt.date]:
    """The steps up to the end of the period, and the day after it."""
    assert of.period is not None
    steps, due = _one(facts.days[of.trigger], of.trigger, of.period, of, years)
    if of.insurer_years is not None:
        longer = Period(of.insurer_years)
        more, insured = _one(facts.days[of.trigger], of.trigger, longer, of, years)
        if insured > due:
            text = f"The insurer asks for {longer.words}, which is longer: {more[-1].text}"
            steps.append(Step(text, "The school’s insurer", more[-1].date))
            due = insured
    if of.later is not None:
        trigger, period = of.later
        more, other = _one(facts.days[trigger], trigger, period, of, years)
        steps += more
        due = max(due, other)
        steps.append(_step(of, "The later of the two counts.", due))
    return steps, due


def _one(
    day: dt.date, trigger: str, period: Period, of: RecordClass, years: YearEnds
) -> tuple[list[Step], dt.date]:
    """The steps of one period, and the day on which it has run out."""
    known = triggers()[trigger]
    steps = [Step(f"The {known.fact} is {long_date(day)}.", f"Retention schedule, {of.code}", day)]
    start = day
    if known.year:
        start = years.end(known.year, day)
        text = f"That {known.year} year ends on {long_date(start)}."
        source = "Tax year" if known.year == "tax" else "The school’s settings"
        steps.append(Step(text, source, start))
    if not period.number:
        if known.year:
            return steps, start + _ONE_DAY
        steps.append(_step(of, "No further period runs from then.", day))
        return steps, day
    if known.year and period.unit == "years":
        end = years.end(known.year, day, later=period.number)
    else:
        end = _after(start, period)
    run = "run" if period.number > 1 else "runs"
    steps.append(
        _step(of, f"{period.words} from then {run} out at the end of {long_date(end)}.", end)
    )
    return steps, end + _ONE_DAY


def _after(start: dt.date, period: Period) -> dt.date:
    if period.unit == "days":
        return start + dt.timedelta(days=period.number)
    # 29 February and the 31st fall back to the last day of a month that has none.
    return add_months(start, period.number * (12 if period.unit == "years" else 1))


def _missing(of: RecordClass, wanted: list[str]) -> tuple[Step, ...]:
    steps = [_step(of, f"The {triggers()[trigger].fact} is not entered yet.") for trigger in wanted]
    if of.period is None:
        steps.append(_step(of, "The schedule does not say yet how long this class is kept."))
    return tuple(steps)


def _never(of: RecordClass) -> Step | None:
    """Why nothing of this class falls due by itself; None if it does."""
    if of.abuse:
        text = (
            "Records that touch on the sexual abuse of a child never fall due by themselves: "
            "claims have no time limit. A person must look at them."
        )
        return Step(text, of.citation or _POLICY, confidence=of.confidence)
    if not of.active:
        return _step(of, "This class was withdrawn from the schedule, so nothing of it falls due.")
    if of.action == KEEP:
        return _step(of, "This class is kept for good.")
    if of.trigger == NO_DATE:
        return _step(of, "This class has no date of its own: somebody must decide.")
    return None


def _step(of: RecordClass, text: str, day: dt.date | None = None) -> Step:
    """A step that rests on what the class rests on."""
    return Step(text, of.citation or f"Retention schedule, {of.code}", day, of.confidence)


def _spoken(trigger: str, period: Period | None) -> str:
    known = triggers()[trigger]
    named = f"the end of the {known.year} year" if known.year else f"the {known.fact}"
    if period is None:
        return f"from {named}; how long is not decided"
    return f"{period.words} from {named}" if period.number else f"until {named}"


def _last_of_month(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def year_end_words(month: int) -> str:
    """The last day of a month as people say it: "31 August", "28 or 29 February"."""
    if month == 2:
        return "28 or 29 February"
    last = _last_of_month(2026, month)
    return f"{last.day} {month_name(last)}"


# ------------------------------------------------------------------------------ as shipped


@dataclass(frozen=True, slots=True)
class ShippedRule:
    """A row of the default schedule: the class, and what is said about it beside the clock."""

    record_class: RecordClass
    group: str
    basis: str
    note: str
    per_person: bool

    @property
    def caution(self) -> str:
        """A sentence where the period is not confirmed, else empty."""
        return advice(self.record_class.confidence)


@cache
def triggers() -> Mapping[str, Trigger]:
    """Every trigger by its code."""
    rows = resources.toml("law", "retention.toml")["triggers"]
    return MappingProxyType(
        {
            row["code"]: Trigger(row["code"], row["label"], row["fact"], row.get("year", ""))
            for row in rows
        }
    )


@cache
def shipped() -> Mapping[str, ShippedRule]:
    """The default schedule by code, in the order of ``resources/retention/schedule.toml``."""
    rows = resources.toml("retention", "schedule.toml")["rules"]
    return MappingProxyType({row["code"]: _shipped(row) for row in rows})


def shipped_class(code: str) -> ShippedRule:
    """The class of that code, in capitals or not. Raises NotFound."""
    found = shipped().get(code.strip().upper())
    if found is None:
        every = list(shipped())
        raise NotFound(
            "There is no such class in the schedule as shipped.",
            f"Codes run from {every[0]} to {every[-1]}, for example P04 or H01.",
        )
    return found


def _shipped(row: dict[str, Any]) -> ShippedRule:
    later = None
    if "later_trigger" in row:
        later = (row["later_trigger"], Period(row["later_period"], row.get("later_unit", "years")))
    return ShippedRule(
        RecordClass(
            code=row["code"],
            records=row["records"],
            trigger=row["trigger"],
            period=Period(row["period"], row.get("unit", "years")) if "period" in row else None,
            action=row["action"],
            citation=row["citation"],
            confidence=Confidence(row.get("confidence", "C")),
            later=later,
            abuse=row.get("abuse", False),
        ),
        group=row["group"],
        basis=row["basis"],
        note=row.get("note", ""),
        per_person=row.get("per_person", False),
    )
