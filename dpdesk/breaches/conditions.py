"""When which questions about a breach are asked."""

from __future__ import annotations

from dpdesk.law.breach_lists import cyber_types, implied_by
from dpdesk.registers.fields import Condition, Values


def is_breach(values: Values) -> bool:
    """Not, or not yet, found to be something else."""
    return values.get("outcome") in {None, "breach"}


def is_cyber(values: Values) -> bool:
    """A cyber incident, as said or as its kind implies."""
    said = values.get("cyber")
    return said == "yes" or (said is None and values.get("incident_type") in cyber_types())


def with_equipment(values: Values) -> bool:
    """Was equipment lost, damaged or stolen, as said or as its kind implies (policy 16.4)?

    Where that is not known, the kind decides: a duty of 24 hours must not wait for the answer.
    """
    said = values.get("equipment")
    implied = implied_by(values.get("incident_type")).equipment
    return said == "yes" or (said in {None, "unknown"} and implied is True)


def with_recovery(values: Values) -> bool:
    """Is there anything to bring back to normal? An e-mail that went astray stops no work."""
    stopped = "no_access" in (values.get("harms") or ())
    return is_breach(values) and (is_cyber(values) or with_equipment(values) or stopped)


def of_things(values: Values) -> bool:
    """May more than the data itself be affected: systems, devices?"""
    return is_cyber(values) or with_equipment(values)


def at_a_processor(values: Values) -> bool:
    """Did it happen at somebody who works for the school?"""
    return values.get("at_processor") == "yes"


def is_decided(values: Values) -> bool:
    """Was it decided whether to report?"""
    return is_breach(values) and values.get("decision") is not None


def where(name: str, *codes: str | None, of: Condition = is_breach) -> Condition:
    """A condition: for such incidents, one of these answers was given; None: none yet."""

    def holds(values: Values) -> bool:
        said = values.get(name)
        given = set(said) if isinstance(said, tuple | list) else {said}
        return of(values) and bool(given & set(codes))

    return holds


def to_report(values: Values) -> bool:
    """Was it decided to report?"""
    return is_breach(values) and values.get("decision") in {"report", "report_and_tell"}


def numbers_owed(values: Values) -> set[str]:
    """Names of the numbers that were said to be known, exactly or about, and not given."""
    return {
        name
        for name in ("people", "records")
        if where(f"{name}_certainty", "exact", "about")(values) and values.get(name) is None
    }
