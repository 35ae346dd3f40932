"""The answers to the regulator's form, in its order, out of what the log knows.

Nothing is left blank: what is not known says so, with the day by which it is expected.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from dpdesk.breaches.conditions import is_cyber
from dpdesk.breaches.report_case import FRAME
from dpdesk.breaches.report_case import NOT_KNOWN as NOT_KNOWN
from dpdesk.breaches.report_case import Case as Case
from dpdesk.breaches.report_case import Earlier as Earlier
from dpdesk.breaches.report_form import ANSWERS
from dpdesk.law import breach_lists
from dpdesk.law.breach_lists import Question
from dpdesk.law.words import long_date


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its answer in words. ``known`` is False for a gap."""

    question: Question
    text: str
    known: bool = True
    note: str = ""
    """For a gap: by when it is expected."""
    fresh: bool = False
    """In a follow-up: it differs from the last report."""
    before: str = ""
    """In a follow-up: what the last report answered; empty where it did not ask."""


def answer_all(case: Case) -> tuple[Answered, ...]:
    """Every question that applies, in the order of the form."""
    cyber = is_cyber(case.values) or case.values.get("cyber") == "unknown"
    return tuple(
        _answered(question, case)
        for question in breach_lists.questions()
        if question.applies(follow_up=case.follow_up, cyber=cyber)
    )


def completeness(answers: Iterable[Answered]) -> tuple[int, int]:
    """How many of the questions that want an answer have one."""
    wanted = [each for each in answers if each.question.needed]
    return sum(each.known for each in wanted), len(wanted)


def _answered(question: Question, case: Case) -> Answered:
    number = question.number
    text = ANSWERS[number](case).strip()
    if not text:
        text = NOT_KNOWN if question.needed else "None"
    known = text != NOT_KNOWN
    before = case.earlier.answers.get(number, "")
    fresh = bool(case.earlier.answers) and number not in FRAME and before != text
    fresh = fresh and (known or bool(before))  # a gap that was not asked about before is no news
    return Answered(question, text, known, "" if known else _expected(case), fresh, before)


def _expected(case: Case) -> str:
    by: dt.date | None = case.values.get("rest_by")
    if by is None:
        return ""
    promised = case.earlier.promised
    if promised is not None and promised != by:
        return f"Promised by {long_date(promised)}; now expected by {long_date(by)}."
    return f"Expected by {long_date(by)}."
