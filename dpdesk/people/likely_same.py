"""May two rows of a list, or a row and somebody here, be one person?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dpdesk.registers.same_person import Fit, fit, parts_of


def plausible(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """May two who have the same number be one? A first name fits, and a surname or the birth does.

    Without that a number was mistyped, or given twice.
    """
    born = one.get("born"), other.get("born")
    if all(born) and born[0] == born[1] and not (one.get("forename") and other.get("forename")):
        return True
    first = _fits(_called(one, "forename", "known_as"), _called(other, "forename", "known_as"))
    last = _fits(_called(one, "surname", "other_names"), _called(other, "surname", "other_names"))
    return first and (last or (all(born) and born[0] == born[1]))


def _called(values: Mapping[str, Any], *names: str) -> tuple[str, ...]:
    return parts_of(" ".join(str(values.get(name) or "") for name in names))


def _fits(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return not one or not other or any(fit(a, b) is not Fit.NO for a in one for b in other)
