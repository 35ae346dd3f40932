"""The pure decisions of the small registers of assurance: where an entry stands, when it is due.

None of them depends on today, so that what is stored beside an entry never grows stale.
"""

from __future__ import annotations

import datetime as dt

from dpdesk.assurance import audit_records, device_records, sharing_records
from dpdesk.assurance.coming_up import Lookback, Standing
from dpdesk.assurance.pick_lists import pick, setting
from dpdesk.assurance.processor_records import abroad, contracted
from dpdesk.law.steps import add_months
from dpdesk.registers.fields import Values


def _again(from_day: dt.date, values: Values, usual: str) -> dt.date:
    """The day on which it comes up again: as many months later as it says itself, or as usual."""
    return add_months(from_day, values.get("months") or setting(usual))


def interest(values: Values, around: Lookback) -> Standing:
    """Legitimate interests: weighed or not; again after a while."""
    outcome, day = values.get("outcome"), values.get("done_on")
    if outcome is None or day is None:
        return Standing("draft", add_months(around.made, 1))
    if outcome == "not":
        return Standing("not")
    return Standing("relies", _again(day, values, "lia_months"))


def sharing(values: Values, around: Lookback) -> Standing:
    """Sharing: asked, approved, refused; what is shared regularly is looked at again."""
    if values.get("ended_on") is not None:
        return Standing("ended")
    if values.get("decision") is None:
        return Standing("asked", values.get("asked_on") or around.made)
    if not sharing_records.given(values):
        return Standing("refused")
    if not sharing_records.regular(values):
        return Standing("approved")
    due = _again(values.get("decided_on") or around.made, values, "sharing_months")
    return Standing("approved" if values.get("agreement") == "yes" else "no_agreement", due)


def processor(values: Values, around: Lookback) -> Standing:
    """Suppliers: what is wrong with one, worst first; due for a check, or when notice is due."""
    if values.get("left_on") is not None:
        return Standing("ended" if values.get("data_back") == "yes" else "not_back")
    due = _again(around.last_day or around.made, values, "processor_months")
    end: dt.date | None = values.get("ends_on")
    if end is not None:
        due = min(due, end - dt.timedelta(days=values.get("notice_days") or 0))
    return Standing(_wrong_with(values, around), due)


def _wrong_with(values: Values, around: Lookback) -> str:
    if not contracted(values):
        return "no_contract"
    if {each.code for each in pick("clauses")} - set(values.get("clauses") or ()):
        return "terms"
    if abroad(values) and not values.get("safeguards"):
        return "abroad"
    return "order" if values.get("checks") or around.parts else "unchecked"


def measure(values: Values, around: Lookback) -> Standing:
    """Measures: what the last test showed; due for the next, or when something is to be mended."""
    if values.get("ended_on") is not None:
        return Standing("ended")
    if not around.parts:
        return Standing("untested", add_months(around.made, 1))
    due = _again(around.parts[0]["day"], values, "measure_months")
    until: dt.date | None = around.last.get("until")
    return Standing(around.last["result"], min(due, until) if until is not None else due)


def device(values: Values, around: Lookback) -> Standing:
    """Devices: protected or not, lost or not."""
    if values.get("returned_on") is not None:
        return Standing("returned")
    missing = around.last.get("there") == "no"
    if values.get("lost_on") is not None or missing:
        told = bool(values.get("breach"))
        day = values.get("lost_on") or around.last_day
        return Standing("lost", None if told else day)
    due = _again(around.last_day or around.made, values, "device_months")
    if not device_records.holds_personal(values):
        return Standing("out", due)
    said = (values.get("encrypted"), values.get("password"))
    if "no" in said:
        return Standing("open", due)
    return Standing("out" if said == ("yes", "yes") else "unknown", due)


def taken(values: Values, around: Lookback) -> Standing:
    """Taken out: still out or back."""
    if values.get("back_on") is not None:
        return Standing("back")
    return Standing("out" if values.get("secured") else "bare", values.get("back_by"))


def policy(values: Values, around: Lookback) -> Standing:
    """Policies: in force once approved; reviewed yearly at first, then every three years."""
    if values.get("ended_on") is not None:
        return Standing("ended")
    if not around.parts:
        return Standing("draft", add_months(around.made, 1))
    usual = "policy_months" if len(around.parts) <= 2 else "policy_later_months"
    return Standing("force", _again(around.parts[0]["day"], values, usual))


def audit(values: Values, around: Lookback) -> Standing:
    """Audits: planned, held, open while a recommendation is, closed; the first day promised."""
    waiting = [part for part in around.parts if audit_records.open_action(part)]
    if values.get("closed_on") is not None:
        months = values.get("months")
        return Standing("closed", add_months(values["closed_on"], months) if months else None)
    if values.get("held_on") is None:
        return Standing("planned", values.get("planned"))
    days = [part["until"] for part in waiting if part.get("until")]
    return Standing("open" if waiting else "held", min(days, default=None))


def meeting(values: Values, around: Lookback) -> Standing:
    """Meetings and themes: planned until they were held."""
    if values.get("held", "held") == "planned":
        return Standing("planned", values.get("day"))
    return Standing("held")


def camera(values: Values, around: Lookback) -> Standing:
    """Cameras: in use, with a sign and an assessment."""
    if values.get("removed_on") is not None:
        return Standing("off")
    due = _again(values.get("checked_on") or around.made, values, "camera_months")
    if values.get("sign") != "yes":
        return Standing("no_sign", due)
    return Standing("on" if values.get("dpia") is not None else "no_dpia", due)


def automated(values: Values, around: Lookback) -> Standing:
    """Automated decisions: with all four safeguards, or not."""
    if values.get("ended_on") is not None:
        return Standing("ended")
    due = _again(values.get("checked_on") or around.made, values, "dpia_months")
    wanted = {each.code for each in pick("safeguard_decisions")}
    whole = wanted <= set(values.get("safeguards") or ()) and values.get("told")
    return Standing("order" if whole else "bare", due)
