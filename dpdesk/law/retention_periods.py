"""When records fall due for disposal: the clock of retention, and the schedule as shipped.

What a period is about **falls due on the day on which it runs out**, the corresponding day of the
schedule: born on 1 September 2001, 25 years, due 1 September 2026. It is kept to the end of that
day and may be disposed of from the day after, and no day earlier. A period of nothing ("at once")
falls due on the very day, and may go that day. No function looks at today's date.
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
            said += "; then reviewed, never destroyed automatically"
        return said[0].upper() + said[1:]


@dataclass(frozen=True, slots=True)
class RetentionFacts:
    """What is known of a holding: days by the code of their trigger, and until when it is kept."""

    days: Mapping[str, dt.date] = field(default_factory=lambda: MappingProxyType({}))
    kept_until: dt.date | None = None
    kept_because: str = ""


@dataclass(frozen=True, slots=True)
class Falling:
    """When a holding falls due, without the reasons."""

    due: dt.date | None
    """The last day of the period."""
    state: ClockState
    longer: bool = False
    """Is it kept longer than its period asks for?"""
    free: dt.date | None = None
    """The first day on which it may be disposed of."""


@dataclass(frozen=True, slots=True)
class _End:
    """One period: its day, the end of the year that it runs from, its own end; when it is due."""

    trigger: str
    day: dt.date
    period: Period
    year_end: dt.date | None
    end: dt.date | None
    """None where nothing runs from the day, or from the end of its year."""
    due: dt.date
    free: dt.date
    """From this day on nothing has to be kept for it."""


def retention_due(facts: RetentionFacts, of: RecordClass, years: YearEnds = YearEnds()) -> Falling:
    """What :func:`retention_clock` says, without its steps: for lists of many thousand."""
    if of.never:
        return Falling(None, ClockState.NOT_APPLICABLE)
    if of.period is None or any(trigger not in facts.days for trigger in of.triggers):
        return Falling(None, ClockState.NOT_STARTED)
    ends = _ends(facts, of, years)
    due, free = max(each.due for each in ends), max(each.free for each in ends)
    if facts.kept_until is not None and facts.kept_until >= free:
        kept = facts.kept_until
        return Falling(kept, ClockState.RUNNING, longer=True, free=kept + _ONE_DAY)
    return Falling(due, ClockState.RUNNING, free=free)


def retention_clock(
    facts: RetentionFacts, of: RecordClass, years: YearEnds = YearEnds()
) -> ClockResult:
    """On which day the period of a holding runs out, and why.

    "Not applicable" where nothing falls due by itself: what is kept for good, what touches on the
    abuse of a child, classes without a date of their own, classes withdrawn. "Not started" while a
    date is missing. InvalidFacts for a year that cannot be. Source: law of each class; policy 14.
    """
    for trigger, day in facts.days.items():
        if problems := implausible(trigger, day):
            raise InvalidFacts(problems)
    falling, never = retention_due(facts, of, years), _never(of)
    wanted = [trigger for trigger in of.triggers if trigger not in facts.days]
    counted = of.period is not None and bool(of.triggers) and not wanted
    if never is not None:
        steps = _looked_at(facts, of, years) if of.abuse and counted else []
        return ClockResult(
            None,
            steps=(*steps, never),
            state=falling.state,
            start=facts.days[of.trigger] if steps else None,
            waiting_for=_waiting_for(of, wanted) if of.abuse else (),
        )
    if falling.due is None:
        return ClockResult(
            None,
            steps=_missing(of, wanted),
            state=falling.state,
            waiting_for=_waiting_for(of, wanted),
        )
    steps = _counted(facts, of, years)
    if falling.longer and facts.kept_until is not None:
        because = f", because: {facts.kept_because}" if facts.kept_because else ""
        text = f"It is kept longer, until the end of {long_date(facts.kept_until)}{because}."
        steps.append(Step(text, "Policy 8.4(c)", facts.kept_until))
    when = "that day" if falling.free == falling.due else "the day after"
    last = f"It falls due on {long_date(falling.due)}: it may be disposed of from {when}."
    steps.append(Step(last, _POLICY, falling.due))
    return ClockResult(falling.due, steps=tuple(steps), start=facts.days[of.trigger])


def _ends(facts: RetentionFacts, of: RecordClass, years: YearEnds) -> list[_End]:
    """Every period that counts: the class's own, the insurer's, and the second one."""
    assert of.period is not None
    found = [_end(facts.days[of.trigger], of.trigger, of.period, years)]
    if of.insurer_years is not None:
        found.append(_end(facts.days[of.trigger], of.trigger, Period(of.insurer_years), years))
    if of.later is not None:
        trigger, period = of.later
        found.append(_end(facts.days[trigger], trigger, period, years))
    return found


def _end(day: dt.date, trigger: str, period: Period, years: YearEnds) -> _End:
    year = triggers()[trigger].year
    year_end = years.end(year, day) if year else None
    if not period.number:
        if year_end is None:
            return _End(trigger, day, period, None, None, day, day)
        return _End(trigger, day, period, year_end, None, year_end, year_end + _ONE_DAY)
    if year and period.unit == "years":
        end = years.end(year, day, later=period.number)
    else:
        end = _after(year_end or day, period)
    return _End(trigger, day, period, year_end, end, end, end + _ONE_DAY)


def _counted(facts: RetentionFacts, of: RecordClass, years: YearEnds) -> list[Step]:
    """The steps up to the end of the last period."""
    ends = _ends(facts, of, years)
    steps = _told(ends[0], of)
    if of.insurer_years is not None and ends[1].due > ends[0].due:
        longer = _told(ends[1], of)[-1]
        text = f"The insurer asks for {ends[1].period.words}, which is longer. {longer.text}"
        steps.append(Step(text, "The school’s insurer", longer.date))
    if of.later is not None:
        steps += _told(ends[-1], of)
        due = max(each.due for each in ends)
        steps.append(_step(of, "The later of the two counts.", due))
    return steps


def _looked_at(facts: RetentionFacts, of: RecordClass, years: YearEnds) -> list[Step]:
    """The steps to the day from which a person may look at what never falls due by itself."""
    free = max(each.free for each in _ends(facts, of, years))
    look = f"It may be reviewed from {long_date(free)}; that is not a date for disposal."
    return [*_counted(facts, of, years), _step(of, look)]


def _told(each: _End, of: RecordClass) -> list[Step]:
    """One period as steps."""
    known = triggers()[each.trigger]
    text = f"The {known.fact} is {long_date(each.day)}."
    steps = [Step(text, f"Retention schedule, {of.code}", each.day)]
    if each.year_end is not None:
        text = f"That {known.year} year ends on {long_date(each.year_end)}."
        source = "Tax year" if known.year == "tax" else "The school’s settings"
        steps.append(Step(text, source, each.year_end))
    if each.end is not None:
        run = "run" if each.period.number > 1 else "runs"
        text = f"{each.period.words} from then {run} out at the end of {long_date(each.end)}."
        steps.append(_step(of, text, each.end))
    elif each.year_end is None:
        steps.append(_step(of, "No further period runs from then.", each.day))
    return steps


def _waiting_for(of: RecordClass, wanted: list[str]) -> tuple[str, ...]:
    names = [triggers()[trigger].fact for trigger in wanted]
    return (*names, "length of the period") if of.period is None else tuple(names)


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
            "Records that may concern the sexual abuse of a child never fall due "
            "automatically: claims have no time limit. A person must review them."
        )
        return Step(text, of.citation or _POLICY, confidence=of.confidence)
    if not of.active:
        return _step(of, "This class was withdrawn from the schedule, so nothing in it falls due.")
    if of.action == KEEP:
        return _step(of, "This class is kept for good.")
    if of.trigger == NO_DATE:
        return _step(of, "This class has no automatic date: somebody must decide.")
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
    """A row of the default schedule: the class, and what is said about it beside the clock.

    ``says`` is for everybody, ``note`` for the school alone; ``also`` are other words for it.
    ``read`` is the day on which the text that the citation names was read, if it was.
    """

    record_class: RecordClass
    group: str
    basis: str
    note: str
    per_person: bool
    says: str = ""
    also: str = ""
    read: dt.date | None = None

    @property
    def caution(self) -> str:
        """A sentence where the period is not confirmed, else empty."""
        return advice(self.record_class.confidence)

    @property
    def to_check(self) -> bool:
        """Is a law or a regulator said to set the period, and its text was not read?"""
        return law_unread(self.basis, self.record_class.confidence)


def law_unread(basis: str | None, confidence: Confidence) -> bool:
    """Is a law or a regulator said to set a period, and its text was not read?

    Then an adviser should be asked. What is only practice is the school's own decision.
    """
    return basis in {"statute", "guidance"} and confidence is not Confidence.CONFIRMED


@cache
def triggers() -> Mapping[str, Trigger]:
    """Every trigger by its code."""
    rows = resources.kept("law", "retention.toml")["triggers"]
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
            "There is no such class in the standard schedule.",
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
        note=" ".join(part for part in (row.get("note", ""), _reading(row)) if part),
        per_person=row.get("per_person", False),
        says=row.get("says", ""),
        also=row.get("also", ""),
        read=row.get("read"),
    )


def _reading(row: dict[str, Any]) -> str:
    """When and where the source of a class was read, in a sentence; empty where it was not."""
    if "read" not in row:
        return ""
    day: dt.date = row["read"]
    on = f"{day.day} {month_name(day)} {day.year}"
    return f"The source was read on {on} ({row['read_at']})."
