"""Is an answer possible? The checks that follow from the field descriptions alone."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from dpdesk.registers.fields import Field, Kind, Register, Values
from dpdesk.registers.record import STORED_AS_CODES

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")

EARLIEST = dt.date(1900, 1, 1)
LATEST = dt.date(2200, 1, 1)
"""Days outside these are slips of the keyboard, not facts a school records."""

_TYPES: dict[Kind, tuple[type[Any], ...]] = {
    Kind.TEXT: (str,),
    Kind.LONG_TEXT: (str,),
    Kind.YES_NO: (str,),
    Kind.DATE: (dt.date,),
    Kind.MOMENT: (dt.datetime,),
    Kind.NUMBER: (int,),
    Kind.MONEY: (Decimal, int),
    Kind.CHOICE: (str,),
    Kind.CHOICES: (tuple, list),
    Kind.LINK: (int,),
    Kind.LINKS: (tuple, list),
}


def tidy(field: Field, value: Any) -> Any:
    """An answer in its one stored form: blank is None, text is stripped, codes are a tuple.

    Signs that no eye can see (control characters, halves of letters that a broken paste leaves)
    are dropped: they could not be stored, found or printed.
    """
    if isinstance(value, str):
        if not value.isprintable():  # most are, and a list of people brings a hundred thousand
            value = _UNSEEN.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
            if field.kind is not Kind.LONG_TEXT:
                value = value.replace("\n", " ")
        value = value.strip()
    if value is None or value == "":
        return None
    if field.kind in STORED_AS_CODES:
        return tuple(value) or None
    if field.kind is Kind.DATE and isinstance(value, dt.datetime):
        return value.date()
    return value


def problem(field: Field, value: Any, now: dt.datetime, today: dt.date) -> str:
    """What is wrong with one answer, as a sentence; empty if nothing is."""
    if value is None:
        return f"“{field.label}” needs an answer." if field.required else ""
    if not _holds(field, value):
        return f"“{field.label}” cannot hold this kind of answer."
    if field.kind in {Kind.CHOICE, Kind.YES_NO}:
        return _choice_problem(field, (value,))
    if field.kind is Kind.CHOICES:
        return _choice_problem(field, value)
    if field.kind in {Kind.NUMBER, Kind.MONEY}:
        return _amount_problem(field, value)
    if field.kind is Kind.MOMENT:
        return _day_problem(field, value.date(), future=value > now)
    if field.kind is Kind.DATE:
        return _day_problem(field, value, future=value > today)
    return ""


def _holds(field: Field, value: Any) -> bool:
    """Is it the kind of answer that the column can store at all?"""
    if not isinstance(value, _TYPES[field.kind]) or isinstance(value, bool):
        return False
    if field.kind is Kind.MOMENT:
        return value.tzinfo is not None
    if field.kind is Kind.DATE:
        return not isinstance(value, dt.datetime)
    if field.kind is Kind.MONEY:
        return Decimal(value).is_finite()
    if field.kind in STORED_AS_CODES:
        return all(isinstance(code, str) for code in value)
    return True


def _choice_problem(field: Field, codes: Any) -> str:
    offered = {choice.code for choice in field.choices}
    if all(code in offered for code in codes):
        return ""
    return f"“{field.label}”: choose one of the answers offered."


def _not_offered(field: Field, value: Any, values: Values) -> str:
    """Is it an answer that is offered only together with other answers than these?"""
    if field.offered is None or value is None:
        return ""
    codes = {value} if isinstance(value, str) else set(value)
    strange = codes - set(field.offered(values))
    if not strange:
        return ""
    named = ", ".join(f"“{field.choice(code).label}”" for code in sorted(strange))
    return f"{named} does not go with the other answers. Choose another."


def _amount_problem(field: Field, value: Any) -> str:
    if field.least is not None and value < field.least:
        return f"“{field.label}” cannot be less than {field.least}."
    most = field.most if field.most is not None else 10**12
    if value > most:
        return f"“{field.label}” cannot be more than {most:,}."
    return ""


def _day_problem(field: Field, day: dt.date, *, future: bool) -> str:
    if not EARLIEST <= day <= LATEST:
        return f"“{field.label}”: please check the year ({day.year})."
    if field.past and future:
        return f"“{field.label}” is in the future. Please check the date."
    return ""


def problems(
    register: Register, values: Values, now: dt.datetime, today: dt.date
) -> dict[str, str]:
    """A sentence for each field that cannot be saved as answered.

    Of questions that are not asked, given the other answers, only the kind of answer is checked.
    """
    found: dict[str, str] = {}
    for field in register.fields:
        value = values.get(field.name)
        if value is None and not field.required:
            continue
        if field.applies(values):
            sentence = problem(field, value, now, today) or _not_offered(field, value, values)
        elif value is None or _holds(field, value):
            continue
        else:
            sentence = f"“{field.label}” cannot hold this kind of answer."
        if sentence:
            found[field.name] = sentence
    return found


def missing(register: Register, values: Values) -> tuple[Field, ...]:
    """The questions that still want an answer before the entry counts as complete."""
    return tuple(
        field
        for field in register.fields
        if (field.wanted or field.required)
        and field.applies(values)
        and values.get(field.name) in (None, "", ())
    )
