"""The pure decisions about people: how a name is shown, who is here, what cannot be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from dpdesk.law.identifiers import upn_fault
from dpdesk.registers.fields import Values

OLDEST = 110
"""Years; nobody at a school is older, so an earlier birth is a slip of the pen."""


def everyday_name(values: Values) -> str:
    """As the person is called every day: known-as name, or first name, and surname."""
    first = values.get("known_as") or values.get("forename") or ""
    return f"{first} {values.get('surname') or ''}".strip()


def full_name(values: Values) -> str:
    """As on official papers, middle names included."""
    parts = (values.get("forename"), values.get("middle_names"), values.get("surname"))
    return " ".join(str(part) for part in parts if part)


def sorted_name(values: Values) -> str:
    """As in a list: surname first, the everyday name in brackets where it is another one."""
    first, known = values.get("forename") or "", values.get("known_as") or ""
    name = ", ".join(part for part in (values.get("surname"), first or known) if part)
    return f"{name} ({known})" if known and first and known != first else name


def names_of(values: Values) -> tuple[str, ...]:
    """Every name that the person goes by, made whole, each once."""
    surname = str(values.get("surname") or "")
    found = [everyday_name(values), full_name(values), f"{values.get('forename') or ''} {surname}"]
    for line in str(values.get("other_names") or "").splitlines():
        other = line.strip()
        if other:
            if " " in other:
                found.append(other)
                continue
            # It may be a nickname, or a former surname.
            first, known = values.get("forename"), values.get("known_as")
            found += [f"{other} {surname}", *(f"{each} {other}" for each in (first, known) if each)]
    return tuple(dict.fromkeys(name.strip() for name in found if name.strip()))


def names_kept(
    known: Values, told: Values, differing: Mapping[str, object]
) -> dict[str, tuple[Any, Any]]:
    """The other names before and after a list came in; empty where they stay as they are.

    None of those here is lost, and a surname that the list changes stays among them: papers filed
    under it are still to be found, held back and redacted. ``differing``: what the list changes.
    """
    here = str(known.get("other_names") or "").splitlines()
    kept = {each.strip().casefold(): each.strip() for each in here if each.strip()}
    listed = str(told.get("other_names") or "").splitlines()
    if "surname" in differing and known.get("surname"):
        first = known.get("forename") if "forename" in differing else ""
        listed.append(f"{first or ''} {known['surname']}")
    count = len(kept)
    for each in filter(None, map(str.strip, listed)):
        kept.setdefault(each.casefold(), each)
    if len(kept) == count:
        return {}
    return {"other_names": (known.get("other_names"), "\n".join(kept.values()))}


def state(values: Values, today: dt.date) -> str:
    """Here now, still to come, or gone."""
    if values.get("left_on") is not None and values["left_on"] < today:
        return "left"
    started = values.get("started_on")
    return "coming" if started is not None and started > today else "here"


def problems(values: Values, today: dt.date) -> dict[str, str]:
    """Sentences for answers that cannot be, by field name."""
    found: dict[str, str] = {}
    born, started, left = (values.get(n) for n in ("born", "started_on", "left_on"))
    if born is not None and born.year < today.year - OLDEST:
        found["born"] = "Nobody is that old. Please check the year."
    if born is not None and started is not None and started < born:
        found["started_on"] = "That is before the date of birth."
    if started is not None and left is not None and left < started:
        found["left_on"] = "The leaving date is before the start date."
    if values.get("kind") == "pupil" and values.get("upn"):
        fault = upn_fault(str(values["upn"]))
        if fault:
            found["upn"] = fault
    return found


def age(born: dt.date, today: dt.date) -> int:
    """Whole years."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
