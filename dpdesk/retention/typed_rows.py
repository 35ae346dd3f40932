"""Many holdings typed as rows, or pasted from a spreadsheet: what each of them would become.

A row has seven cells: class, what it is, the date or the year from which the period runs, the name
of the person where it is about one, where it is kept, how much it is, whether it concerns the
safeguarding of a child. An empty class is that of the row above; the class may be named by its code
or by words of it. A year alone counts as its last day, as nothing must fall due too early. Nobody
answers for the user whether something concerns safeguarding.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from dpdesk.law.retention_periods import Trigger, triggers
from dpdesk.law.steps import ClockState, InvalidFacts
from dpdesk.law.words import listed
from dpdesk.registers import validation
from dpdesk.registers.fields import Register, Values
from dpdesk.registers.wording import show_date
from dpdesk.retention import holding_rules
from dpdesk.retention.holding_records import FACTS
from dpdesk.retention.standing import Around, Rule
from dpdesk.retention.typed_days import typed_day

COLUMNS: Final = (
    "Class",
    "What",
    "Date or year",
    "Person",
    "Kept in",
    "How much",
    "Safeguarding?",
)
"""The cells of a row, in their order."""
_ANSWERS: Final = {
    "yes": "yes", "y": "yes", "no": "no", "n": "no", "none": "no",
    "not known": "unknown", "unknown": "unknown", "?": "unknown", "perhaps": "unknown",
}  # fmt: skip
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_NAMED: Final = 3
"""Classes that are named where several may be meant."""


@dataclass(frozen=True, slots=True)
class TypedHolding:
    """A row as it was understood. ``row`` counts from 0; ``problem`` says why it cannot be saved.

    ``due`` is when it would fall due; ``note`` says in words why it has no such day, or what that
    was counted from. ``code`` is that of its class, where it was named in words.
    """

    row: int
    values: Values = field(default_factory=dict)
    problem: str = ""
    due: dt.date | None = None
    note: str = ""
    code: str = ""


def split_lines(text: str) -> list[list[str]]:
    """Pasted lines as rows of cells: parted by tabs, as spreadsheets do, else by semicolons."""
    return [
        [cell.strip() for cell in line.split("\t" if "\t" in line else ";")]
        for line in text.splitlines()
        if line.strip()
    ]


@dataclass(frozen=True, slots=True)
class Lines:
    """What is the same for all rows: schedule, questions, moment, and answers given for all."""

    register: Register
    here: Around
    now: dt.datetime
    today: dt.date
    form: str = ""
    safeguarding: str = ""


def read_rows(common: Lines, rows: Sequence[Sequence[str]]) -> Iterator[TypedHolding]:
    """What each row with anything in it would become."""
    rule: Rule | None = None
    for place, row in enumerate(rows):
        cells = [*(cell.strip() for cell in row), *[""] * len(COLUMNS)][: len(COLUMNS)]
        if not any(cells):
            continue
        if cells[0]:
            rule, told = class_of(cells[0], common.here)
            if rule is None:
                yield TypedHolding(place, problem=told)
                continue
        if rule is None:
            yield TypedHolding(place, problem="Choose a class of the schedule.")
            continue
        yield _row(common, rule, place, cells)


def class_of(words: str, here: Around) -> tuple[Rule | None, str]:
    """The class that is meant by a code or by words of it; else None, and why in a sentence."""
    known = [rule for rule in here.rules.values() if rule.of.active]
    first = words.split()[0].rstrip(":.").casefold()
    for rule in here.rules.values():
        if rule.of.code.casefold() == first:
            return rule, ""
    wanted = [_stem(word) for word in _LETTERS.findall(words.casefold())]
    found = [rule for rule in known if wanted and all(_within(rule, word) for word in wanted)]
    exact = [rule for rule in found if rule.of.records.casefold() == words.casefold()]
    if len(exact or found) == 1:
        return (exact or found)[0], ""
    if not found:
        return None, f"There is no class “{words}”. Choose one from the list."
    some = [rule.name for rule in found[:_NAMED]]
    more = f", or one of {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    return None, f"Which class? {'; '.join(some)}{more}"


def _counted(trigger: Trigger, day: dt.date, here: Around) -> str:
    """From what a period runs, where the words left that open."""
    if trigger.year:
        end = here.years.end(trigger.year, day)
        return f"counted from the {trigger.year} year to {show_date(end)}"
    return f"counted from the {trigger.fact} {show_date(day)}"


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


def _within(rule: Rule, word: str) -> bool:
    named = f"{rule.of.records} {rule.also}".casefold()
    return any(each.startswith(word) for each in _LETTERS.findall(named))


def _row(common: Lines, rule: Rule, place: int, cells: Sequence[str]) -> TypedHolding:
    code, what, date, person, lies, much, safe = cells
    by_words = code and code.split()[0].rstrip(":.").casefold() != rule.of.code.casefold()
    named = rule.of.code if by_words else ""
    answer = _ANSWERS.get(safe.casefold(), "") if safe else common.safeguarding
    values: dict[str, Any] = {
        "what": what or (rule.of.records if person else ""),
        "rule": rule.id,
        "person": person,
        "place": lies,
        "quantity": much,
        "form": common.form,
        "safeguarding": answer,
    }
    if person:
        values["one_person"] = "yes"
    answers = {name: kept for name, kept in values.items() if kept}
    if safe and not answer:
        told = "Safeguarding: write yes, no or not known, or leave it empty."
        return TypedHolding(place, answers, told, code=named)
    return _understood(common, rule, answers, place, date, named)


def _understood(
    common: Lines, rule: Rule, answers: dict[str, Any], place: int, typed: str, named: str
) -> TypedHolding:
    if typed and not rule.of.triggers:
        told = "Its class needs no date. Leave this empty."
        return TypedHolding(place, answers, told, code=named)
    counted = ""
    if typed:
        trigger = triggers()[rule.of.trigger]
        what = str(answers.get("what") or "")
        try:
            found = typed_day(typed, what, trigger, common.here.years, common.today)
        except ValueError as error:
            return TypedHolding(place, answers, str(error), code=named)
        answers[FACTS[rule.of.trigger]] = found.day
        if not found.exact:
            counted = _counted(trigger, found.day, common.here)
    answers |= {n: v for n, v in holding_rules.from_rule(answers, rule).items() if v is not None}
    problems = validation.problems(common.register, answers, common.now, common.today)
    problems = problems or holding_rules.problems(answers, rule, new=True)
    if problems:
        return TypedHolding(place, answers, " ".join(problems.values()), code=named)
    try:
        clock = common.here.clock(answers)
    except InvalidFacts as error:
        return TypedHolding(place, answers, str(error), code=named)
    if clock.state is ClockState.NOT_STARTED:
        counted = f"The {listed(list(clock.waiting_for))} is missing"
    elif clock.due is None:
        counted = "No automatic date"
    return TypedHolding(place, answers, due=clock.due, note=counted, code=named)
