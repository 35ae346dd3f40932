"""Many holdings typed as rows, or pasted from a spreadsheet: what each of them would become.

A row has six cells: class, what it is, the date or the year from which the period runs, the name
of the person where it is about one, where it is kept, how much it is. An empty class is that of the
row above. A year alone counts as its last day, as nothing must fall due too early.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from dpdesk.law.dates import read_date
from dpdesk.law.retention_periods import triggers
from dpdesk.law.steps import ClockState, InvalidFacts
from dpdesk.law.words import listed
from dpdesk.registers import validation
from dpdesk.registers.fields import Register, Values
from dpdesk.retention import holding_rules
from dpdesk.retention.holding_records import FACTS
from dpdesk.retention.standing import Around, Rule

COLUMNS: Final = (
    "Class",
    "What is it?",
    "Date or year",
    "Name of the person",
    "Where is it kept?",
    "How much?",
)
"""The cells of a row, in their order."""
_YEAR: Final = re.compile(r"(\d{4})")
_TWO_YEARS: Final = re.compile(r"(\d{4})\s*[/–-]\s*(\d{2}|\d{4})")


@dataclass(frozen=True, slots=True)
class TypedHolding:
    """A row as it was understood. ``row`` counts from 0; ``problem`` says why it cannot be saved.

    ``due`` is when it would fall due; ``note`` says in words why it has no such day.
    """

    row: int
    values: Values = field(default_factory=dict)
    problem: str = ""
    due: dt.date | None = None
    note: str = ""


def split_lines(text: str) -> list[list[str]]:
    """Pasted lines as rows of cells: parted by tabs, as spreadsheets do, else by semicolons."""
    return [
        [cell.strip() for cell in line.split("\t" if "\t" in line else ";")]
        for line in text.splitlines()
        if line.strip()
    ]


def read_rows(
    register: Register,
    here: Around,
    rows: Sequence[Sequence[str]],
    form: str,
    now: dt.datetime,
    today: dt.date,
) -> Iterator[TypedHolding]:
    """What each row with anything in it would become."""
    by_code = {rule.of.code.casefold(): rule for rule in here.rules.values()}
    rule: Rule | None = None
    for place, row in enumerate(rows):
        code, what, date, person, lies, much = [*(cell.strip() for cell in row), *[""] * 6][:6]
        if not any((code, what, date, person, lies, much)):
            continue
        if code:
            rule = by_code.get(code.split()[0].casefold())
        if rule is None:
            told = (
                f"There is no class {code.split()[0]}." if code else "Choose one of the schedule."
            )
            yield TypedHolding(place, problem=told)
            continue
        values: dict[str, Any] = {
            "what": what or (rule.of.records if person else ""),
            "rule": rule.id,
            "person": person,
            "place": lies,
            "quantity": much,
            "form": form,
            "safeguarding": "no",
        }
        if person:
            values["one_person"] = "yes"
        yield _understood(register, here, rule, values, place, date, (now, today))


def _understood(
    register: Register,
    here: Around,
    rule: Rule,
    values: dict[str, Any],
    place: int,
    typed: str,
    moment: tuple[dt.datetime, dt.date],
) -> TypedHolding:
    answers = {name: kept for name, kept in values.items() if kept}
    if typed and not rule.of.triggers:
        told = "Its class needs no date. Leave this empty."
        return TypedHolding(place, answers, told)
    if typed:
        name = FACTS[rule.of.trigger]
        try:
            answers[name] = read_day(typed, triggers()[rule.of.trigger].year, here)
        except ValueError as error:
            return TypedHolding(place, answers, str(error))
    answers |= {n: v for n, v in holding_rules.from_rule(answers, rule).items() if v is not None}
    found = validation.problems(register, answers, *moment)
    found = found or holding_rules.problems(answers, rule, new=True)
    if found:
        return TypedHolding(place, answers, " ".join(found.values()))
    try:
        clock = here.clock(answers)
    except InvalidFacts as error:
        return TypedHolding(place, answers, str(error))
    note = ""
    if clock.state is ClockState.NOT_STARTED:
        note = f"The {listed(list(clock.waiting_for))} is missing"
    elif clock.due is None:
        note = "No automatic date"
    return TypedHolding(place, answers, due=clock.due, note=note)


def read_day(words: str, year: str, here: Around) -> dt.date:
    """A date, a year or a pair of years ("2001/02") as the day from which a period runs.

    ``year`` says of which kind the years of the class are. Raises ValueError with a sentence.
    """
    words = words.strip()
    if (one := _YEAR.fullmatch(words)) is not None:
        return dt.date(_possible(int(one[1])), 12, 31)
    if (two := _TWO_YEARS.fullmatch(words)) is not None:
        first = _possible(int(two[1]))
        second = int(two[2]) if len(two[2]) == 4 else first - first % 100 + int(two[2])
        if second % 100 == 0 and len(two[2]) == 2:
            second += 100
        if second != first + 1:
            raise ValueError(f"“{words}” are not two consecutive years.")
        return here.years.end(year or "school", dt.date(second, 1, 1))
    return read_date(words)


def _possible(year: int) -> int:
    if not validation.EARLIEST.year <= year < validation.LATEST.year:
        raise ValueError(f"The year {year} cannot be right.")
    return year
