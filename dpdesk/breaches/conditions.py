"""When which questions about a breach are asked."""

from __future__ import annotations

from dpdesk.law.breach_lists import cyber_types
from dpdesk.registers.fields import Values


def is_breach(values: Values) -> bool:
    """Not, or not yet, found to be something else."""
    return values.get("outcome") in {None, "breach"}


def is_cyber(values: Values) -> bool:
    """A cyber incident, as said or as its kind implies."""
    said = values.get("cyber")
    return said == "yes" or (said is None and values.get("incident_type") in cyber_types())


def with_equipment(values: Values) -> bool:
    """Was equipment lost or stolen?"""
    return values.get("equipment") == "yes"


def at_a_processor(values: Values) -> bool:
    """Did it happen at somebody who works for the school?"""
    return values.get("at_processor") == "yes"


def is_decided(values: Values) -> bool:
    """Was it decided whether to report?"""
    return values.get("decision") is not None


def to_report(values: Values) -> bool:
    """Was it decided to report?"""
    return is_breach(values) and values.get("decision") in {"report", "report_and_tell"}
