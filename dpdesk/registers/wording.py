"""Answers in words, and words turned back into answers.

One place decides how a date, an amount or a pick-list answer is written, so that form, list,
paper, spreadsheet and history agree.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from dpdesk.errors import InvalidEntry
from dpdesk.law.dates import read_date as read_date
from dpdesk.law.moments import read_moment as read_moment
from dpdesk.law.words import LONDON
from dpdesk.registers.fields import Field, Kind
from dpdesk.store.tables import utc_moment, utc_text

SCHOOL_TIME = LONDON
MONTHS = (
    "January February March April May June July August September October November December"
).split()


def show_date(day: dt.date) -> str:
    """A day as people here write it: 3 September 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def show_moment(moment: dt.datetime) -> str:
    """A moment in the school's local time: 20 November 2026, 09:10.

    In the hour that comes twice when summer time ends, GMT or BST says which one is meant.
    """
    local = moment.astimezone(SCHOOL_TIME)
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return f"{show_date(local.date())}, {local:%H:%M}" + (f" {local.tzname()}" if twice else "")


def from_storage(field: Field, value: Any) -> Any:
    """The answer behind what a list row holds, which comes raw out of the file."""
    if field.kind is Kind.DATE:
        return dt.date.fromisoformat(value)
    if field.kind is Kind.MOMENT:
        return utc_moment(value)
    if field.kind is Kind.MONEY:
        return (Decimal(value) / 100).quantize(Decimal("0.01"))
    if field.kind in {Kind.CHOICES, Kind.LINKS}:
        return tuple(json.loads(value))
    return value


def show(field: Field, value: Any, *, stored: bool = False) -> str:
    """An answer in words; nothing answered gives an empty string.

    ``stored`` says that the value comes raw out of a list row.
    """
    if value is None or value == "" or value == ():
        return ""
    if stored:
        value = from_storage(field, value)
    if field.kind is Kind.DATE:
        return show_date(value)
    if field.kind is Kind.MOMENT:
        return show_moment(value)
    if field.kind is Kind.MONEY:
        return f"£{value:,.2f}"
    if field.kind in {Kind.CHOICE, Kind.YES_NO}:
        return field.choice(value).label
    if field.kind is Kind.CHOICES:
        return ", ".join(field.choice(code).label for code in value)
    if field.kind is Kind.LINKS:
        return ", ".join(value)
    return str(value)


def freeze(field: Field, value: Any) -> str | None:
    """An answer as the text kept in history and drafts; :func:`thaw` gives it back unchanged."""
    if value is None or value == "" or value == ():
        return None
    if field.kind is Kind.DATE:
        return str(value.isoformat())
    if field.kind is Kind.MOMENT:
        return utc_text(value)
    if field.kind in {Kind.CHOICES, Kind.LINKS}:
        return json.dumps(list(value), ensure_ascii=False)
    return str(value)


def thaw(field: Field, text: str | None) -> Any:
    """The answer that :func:`freeze` wrote."""
    if text is None:
        return None
    if field.kind in {Kind.NUMBER, Kind.LINK}:
        return int(text)
    if field.kind is Kind.MONEY:
        return Decimal(text)
    return from_storage(field, text)


def _read_choice(field: Field, words: str) -> str:
    wanted = words.strip().casefold()
    for choice in field.choices:
        if wanted in {choice.code.casefold(), choice.label.casefold()}:
            return choice.code
    # Labels that go on to explain themselves may be named by what stands before the colon.
    short = [c for c in field.choices if c.label.partition(":")[0].casefold() == wanted]
    if len(short) == 1:
        return short[0].code
    offered = ", ".join(f"{choice.label} ({choice.code})" for choice in field.choices)
    raise ValueError(f"This is not one of the answers offered: {offered}.")


def read(field: Field, words: str, now: dt.datetime | None = None) -> Any:
    """An answer typed or read from a spreadsheet cell, as the value that is stored.

    ``now``: when it is typed, for days such as "2 Dec" and moments such as "today 9:40"; None for
    what is read from a file.
    Raises ValueError with a sentence that can stand beside the field.
    """
    words = words.strip()
    if not words:
        return None
    if field.kind is Kind.DATE:
        return read_date(words, now.astimezone(SCHOOL_TIME).date() if now is not None else None)
    if field.kind is Kind.MOMENT:
        return read_moment(words, now)
    if field.kind in {Kind.CHOICE, Kind.YES_NO}:
        return _read_choice(field, words)
    if field.kind is Kind.CHOICES:
        return tuple(dict.fromkeys(_read_choice(field, part) for part in _parts(field, words)))
    if field.kind is Kind.LINKS:
        return tuple(dict.fromkeys(part.strip() for part in words.split(",") if part.strip()))
    if field.kind is Kind.MONEY:
        return _read_money(words)
    if field.kind in {Kind.NUMBER, Kind.LINK}:
        if not re.fullmatch(r"[+-]?\d{1,18}", words.replace(",", "")):
            raise ValueError("Write a whole number.")
        return int(words.replace(",", ""))
    return words


def _read_money(words: str) -> Decimal:
    plain = words.replace("£", "").replace(",", "").strip()
    if not re.fullmatch(r"[+-]?\d{1,15}(\.\d{0,2})?|[+-]?\.\d{1,2}", plain):
        raise ValueError("Write the amount in pounds, for example 12.50.")
    return Decimal(plain).quantize(Decimal("0.01"))


def _parts(field: Field, words: str) -> list[str]:
    """Cuts a list of labels at its commas, minding labels that hold a comma themselves."""
    found: list[str] = []
    rest = words.strip()
    labels = sorted((choice.label for choice in field.choices), key=len, reverse=True)
    while rest:
        label = next((x for x in labels if rest.casefold().startswith(x.casefold())), None)
        after = rest[len(label) :].lstrip() if label else ""
        if label is None or (after and after[0] not in ",;"):
            label, _, after = rest.partition(";") if ";" in rest else rest.partition(",")
            found.append(label.strip())
            rest = after.strip()
        else:
            found.append(label)
            rest = after[1:].strip()
    return [part for part in found if part]


def read_all(
    fields: tuple[Field, ...],
    words: dict[str, str],
    named: Callable[[Field, str], int | None] | None = None,
) -> dict[str, Any]:
    """Answers for several fields; raises InvalidEntry with one sentence for each wrong one.

    ``named`` finds the entry that the words of a link field mean, or raises ValueError.
    """
    answers: dict[str, Any] = {}
    problems: dict[str, str] = {}
    known = {field.name: field for field in fields}
    for name, typed in words.items():
        if name not in known:
            problems[name] = f"There is no field called “{name}”. Fields: {', '.join(known)}."
            continue
        try:
            if named is not None and known[name].kind is Kind.LINK:
                answers[name] = named(known[name], typed)
            else:
                answers[name] = read(known[name], typed)
        except ValueError as error:
            problems[name] = f"{known[name].label}: {error}"
    if problems:
        raise InvalidEntry(problems)
    return answers
