"""What follows from the answers of a holding, without the database."""

from __future__ import annotations

from typing import Any

from dpdesk.registers.fields import Values
from dpdesk.retention.standing import Rule
from dpdesk.retention.typed_days import too_young


def counts_from(rule: Rule) -> tuple[str, ...] | None:
    """The triggers whose dates the class asks for."""
    return tuple(dict.fromkeys(rule.of.triggers)) or None


def from_rule(values: Values, rule: Rule) -> dict[str, Any]:
    """What the class decides about a holding."""
    found: dict[str, Any] = {"counts_from": counts_from(rule)}
    if values.get("person"):
        found["one_person"] = "yes"
    elif values.get("one_person") is None and rule.per_person and values.get("born"):
        # Nothing was said; whose it is stays open, and shows as missing.
        found["one_person"] = None
    return found


def title(values: Values) -> str:
    """What it is; with the name of the person, unless that stands there already."""
    what, person = str(values["what"]), str(values.get("person") or "")
    if not person or person.casefold() in what.casefold():
        return what
    return f"{what}: {person}"


def problems(values: Values, rule: Rule | None, *, new: bool) -> dict[str, str]:
    """What forbids saving a holding. ``new``: it came to this class just now."""
    found: dict[str, str] = {}
    if rule is not None and new and not rule.of.active:
        found["rule"] = "This class was withdrawn from the schedule. Choose another."
    born = values.get("born")
    if born is not None and (young := too_young(str(values.get("what") or ""), born)):
        found["born"] = young
    for name, sentence in (
        ("left", "The pupil cannot have left before being born."),
        ("employment_ended", "The employment cannot have ended before the date of birth."),
        ("pension_on", "Pension age cannot be reached before the date of birth."),
    ):
        day = values.get(name)
        if born is not None and day is not None and day < born:
            found[name] = sentence
    if values.get("kept_why") and not values.get("kept_until"):
        found["kept_until"] = "Say until when it is kept longer; it comes back then."
    if values.get("kept_until") and not values.get("kept_why"):
        found["kept_why"] = "Say why it is kept longer."
    return found
