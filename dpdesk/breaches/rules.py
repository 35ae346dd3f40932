"""Pure decisions about breaches: contradictions, where the work stands, and what is due when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from dpdesk.breaches.conditions import is_breach, with_equipment, with_recovery
from dpdesk.law import breach_lists
from dpdesk.law.breach_lists import setting
from dpdesk.law.clocks import breach_clock
from dpdesk.law.risk import Proposal, RiskFacts, propose
from dpdesk.law.steps import ClockResult, add_months
from dpdesk.law.words import LONDON, long_moment, number_word
from dpdesk.store.tables import utc_text

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Around:
    """What the parts of a breach say, as far as its rules need it."""

    reported: tuple[dt.datetime, ...] = ()
    """Moments of the reports to the regulator, the first one first."""
    people_told: bool = False
    actions: tuple[tuple[str, dt.date | None], ...] = ()
    """The actions that are still open, with their due days."""
    unanswered: bool = False
    """Did the last report say of anything that it is not yet known?"""
    review_months: int | None = None
    """How often the school looks again at a breach that was not reported; None: as shipped."""
    training: str | None = None
    """How the school trains its staff, as the log says it last."""
    reported_before: bool = False
    """Was another breach ever reported to the regulator?"""


NOTHING_AROUND: Final = Around()


def facts(values: Values) -> RiskFacts:
    """The facts that the proposal rests on."""
    return RiskFacts(
        outcome=values.get("outcome"),
        living=values.get("living"),
        data=tuple(values.get("data_kinds") or ()),
        concerned=tuple(values.get("people_kinds") or ()),
        people=people_at_least(values),
        harms=tuple(values.get("harms") or ()),
        likelihood=values.get("likelihood"),
        severity=values.get("severity"),
        encrypted=values.get("encrypted"),
        key_safe=values.get("key_safe"),
        recovered=values.get("recovered"),
        ongoing=values.get("ongoing"),
        attacked=_attacked(values),
        unavailable="availability" in (values.get("cyber_parts") or ()),
    )


def _attacked(values: Values) -> bool:
    """Has an attacker got at the data, as far as the kind of incident or question 15 says?"""
    parts = values.get("cyber_parts") or ()
    if parts:
        return "confidentiality" in parts
    return values.get("incident_type") in breach_lists.data_attacks()


def people_at_least(values: Values) -> int | None:
    """How many people to reckon with: the number known, else the most there can be."""
    if values.get("people_certainty") == "unknown":
        most: int | None = values.get("people_most")
        return most
    number: int | None = values.get("people")
    return number if number is not None else values.get("people_most")


def proposal(values: Values) -> Proposal:
    """What the facts point to, with reasons."""
    return propose(facts(values))


def clock(values: Values, around: Around = NOTHING_AROUND) -> ClockResult:
    """The 72 hours with their steps; a late first report adds a step."""
    return breach_clock(values["aware"], around.reported[0] if around.reported else None)


def deadline(values: Values) -> dt.datetime:
    """The end of the 72 hours, in UTC."""
    due = breach_clock(values["aware"]).due
    assert isinstance(due, dt.datetime)
    return due


@dataclass(frozen=True, slots=True)
class Countdown:
    """The 72 hours of one breach as they stand. Moments are in UTC."""

    due: dt.datetime
    reported: dt.datetime | None
    """When the first report went."""
    owed: bool
    """May a report still be owed?"""

    @property
    def late(self) -> bool:
        """Did the first report come after the 72 hours?"""
        return self.reported is not None and self.reported > self.due


def countdown(values: Values, around: Around) -> Countdown:
    """How the 72 hours stand, for a screen that counts them down."""
    first = around.reported[0] if around.reported else None
    return Countdown(deadline(values), first, clock_runs(values, around))


def counts_as_reported(values: Values, around: Around) -> bool:
    """Is it one of those reported, in figures and log? Also before triage, but no false alarm."""
    return bool(around.reported) and values.get("outcome") != "false_alarm"


def reasons_due(values: Values, around: Around, now: dt.datetime) -> bool:
    """Must the reasons for a delay be given: did the 72 hours run out without a report?"""
    if around.reported:
        return is_breach(values) and around.reported[0] > deadline(values)
    return clock_runs(values, around) and now > deadline(values)


def trained_before(
    trained: str | None, trained_on: dt.date | None, happened: dt.datetime
) -> str | None:
    """Was somebody trained in the two years before: "yes", "no", "unknown", None for no answer.

    Where the date of the training is known, it decides.
    """
    if trained_on is None:
        return trained
    day = _day(happened)
    return "yes" if add_months(day, -12 * setting("training_years")) <= trained_on <= day else "no"


def equipment_due(values: Values) -> dt.datetime | None:
    """When the written report about equipment is due; None if there is none to make."""
    if not with_equipment(values) or values.get("equipment_reported") is not None:
        return None
    if values.get("outcome") == "false_alarm":
        return None
    aware: dt.datetime = values["aware"]
    return aware + dt.timedelta(hours=setting("equipment_hours"))


def clock_runs(values: Values, around: Around) -> bool:
    """May a report still be owed? Until it was made, or until it was decided that none is."""
    if not is_breach(values) or around.reported or values.get("resolved") is not None:
        return False
    return values.get("decision") != "not_reportable"


def still_to_tell(values: Values, around: Around) -> bool:
    """Was it decided to tell the people, and has it not been done?"""
    return (
        is_breach(values)
        and values.get("decision") == "report_and_tell"
        and not around.people_told
        and values.get("telling") not in {"told", "aware", "not"}
    )


def state(values: Values, around: Around) -> str:
    """The stage at which something is to be done next."""
    if values.get("resolved") is not None:
        return "resolved"
    if values.get("outcome") is None:
        return "triage"
    if values["outcome"] != "breach":
        return "review"
    if values.get("decision") is None and not around.reported:
        return "assess"
    if clock_runs(values, around) or still_to_tell(values, around):
        return "report"
    if around.reported and unassessed(values):
        return "assess"
    if values.get("contained") is None:
        return "remediate"
    return "recover" if with_recovery(values) and values.get("restored") is None else "review"


def unassessed(values: Values) -> bool:
    """Are the answers missing, or open, that an assessment cannot do without?"""
    return values.get("likelihood") in {None, "unknown"} or (
        set(values.get("data_kinds") or ()) <= {"unknown"}
    )


def done(values: Values, around: Around, notes: frozenset[str]) -> frozenset[str]:
    """The stages in which something was noted; ``notes``: those that the log of the work names."""
    facts_of = {
        "detect": values.get("aware"),
        "triage": values.get("outcome"),
        "assess": values.get("likelihood") or values.get("data_kinds"),
        "report": values.get("decision") or around.reported,
        "remediate": values.get("contained") or values.get("remedy"),
        "recover": values.get("restored") or values.get("recovery"),
        "review": values.get("cause") or values.get("lessons"),
        "resolved": values.get("resolved"),
    }
    return notes | {stage for stage, noted in facts_of.items() if noted}


def next_review(values: Values, months: int | None = None) -> dt.date | None:
    """When a breach that was not reported is looked at again; None for all others.

    ``months`` between two looks are set by the school; None takes the number shipped.
    """
    if values.get("decision") != "not_reportable" or not is_breach(values):
        return None
    last = values.get("reviewed")
    if last is None:
        seen: dt.datetime = values.get("decided") or values["aware"]
        last = _day(seen)
    return add_months(last, months or setting("review_months"))


def follow_up_due(values: Values, around: Around) -> dt.date | None:
    """When the rest was promised to the regulator, unless a later report has brought it."""
    promised: dt.date | None = values.get("rest_by")
    if promised is None or not around.reported or values.get("resolved") is not None:
        return None
    brought = len(around.reported) > 1 and _day(around.reported[-1]) >= promised
    return None if brought else promised


def rest_reminder(values: Values, around: Around) -> dt.date | None:
    """By when to send what a report left open, where no day was promised; None if nothing is.

    The law says "without undue further delay" and names no day (UK GDPR Art 33(4)): the day is
    dpdesk's own reminder, a setting.
    """
    if not around.reported or not is_breach(values) or values.get("resolved") is not None:
        return None
    if values.get("rest_by") is not None or not (around.unanswered or unassessed(values)):
        return None
    return _day(around.reported[-1]) + dt.timedelta(days=setting("rest_days"))


def due_things(values: Values, around: Around) -> list[tuple[str, dt.date]]:
    """Everything that is due, by its name; days and moments."""
    found: list[tuple[str, dt.datetime | dt.date | None]] = []
    if clock_runs(values, around):
        found.append(("Report", deadline(values)))
    if values.get("resolved") is None:
        found.append(("Equipment report", equipment_due(values)))
        found.append(("Follow-up report", follow_up_due(values, around)))
        found.append(("Follow-up report", rest_reminder(values, around)))
    found += [("Action", by) for _, by in around.actions]
    found.append(("Review", next_review(values, around.review_months)))
    return [(what, day) for what, day in found if day is not None]


def next_thing(values: Values, around: Around) -> tuple[str, dt.date] | None:
    """The first thing that is due, with its name; None where nothing is."""
    return min(due_things(values, around), key=lambda one: _end(one[1]), default=None)


def next_due(values: Values, around: Around) -> str | None:
    """The first thing that is due, as lists keep it: an ISO day, or an ISO moment in UTC."""
    first = next_thing(values, around)
    if first is None:
        return None
    day = first[1]
    return utc_text(day) if isinstance(day, dt.datetime) else day.isoformat()


def problems(values: Values, around: Around) -> dict[str, str]:
    """A sentence for each answer that contradicts another, or lacks its reason."""
    found: dict[str, str] = {}
    aware: dt.datetime = values["aware"]
    for name, sentence in (
        ("occurred", "It would have been noticed before it happened."),
        ("processor_told", "The school would have known before the supplier told it."),
    ):
        moment = values.get(name)
        if moment is not None and moment > aware:
            found[name] = f"{sentence} The school became aware on {long_moment(aware)}."
    for name in ("equipment_reported", "triaged", "decided", "contained", "restored"):
        moment = values.get(name)
        # Minutes count for nothing here: a lost laptop may be locked while it is being reported.
        if moment is not None and moment < (values.get("occurred") or aware):
            found[name] = "This would be before the incident itself."
    for name, sentence in (
        ("resolved", "It would be resolved before the school became aware."),
        ("reviewed", "It would be reviewed before the school became aware."),
        ("rest_by", "This is before the school became aware. Please check the date."),
    ):
        day = values.get(name)
        if day is not None and day < _day(aware):
            found[name] = sentence
    found |= _training_problems(values)
    found |= _number_problems(values)
    found |= _decision_problems(values, around)
    return found


def _training_problems(values: Values) -> dict[str, str]:
    said, day = values.get("trained"), values.get("trained_on")
    if day is None or said not in {"yes", "no"}:
        return {}
    if trained_before(said, day, values.get("occurred") or values["aware"]) == said:
        return {}
    years = number_word(setting("training_years"))
    where = "is outside" if said == "yes" else "is within"
    sentence = f"This {where} the {years} years before it happened, against the “{said}” above."
    return {"trained_on": sentence}


def _number_problems(values: Values) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, certainty, what in (
        ("people", "people_certainty", "people"),
        ("records", "records_certainty", "records"),
    ):
        if values.get(name) == 0 and values.get(certainty) != "unknown":
            found[name] = (
                f"If no {what} are affected, this is not a breach. Leave it empty if you do not "
                "know."
            )
    most, people = values.get("people_most"), values.get("people")
    if most == 0:
        found["people_most"] = (
            "If no one is affected, this is not a breach. Leave it empty if you do not know."
        )
    elif most is not None and people is not None and people > most:
        found["people_most"] = f"Fewer than the {people:,} people affected."
    return found if is_breach(values) else {}


def _decision_problems(values: Values, around: Around) -> dict[str, str]:
    found: dict[str, str] = {}
    if not is_breach(values):
        return found
    if values.get("decision") == "not_reportable" and not values.get("decision_why"):
        found["decision_why"] = (
            "Write down why it is not being reported: the law requires the reason."
        )
    if values.get("decision") == "not_reportable" and values.get("high_risk") == "yes":
        found["decision"] = "A high risk to people is likely, so it must be reported."
    if values.get("decision") == "not_reportable" and around.reported:
        found["decision"] = "It has already been reported. Choose “Report” here."
    if around.reported:
        if around.reported[0] < values["aware"]:
            found["aware"] = (
                f"The first report went on {long_moment(around.reported[0])}, before the school "
                "would have become aware."
            )
        elif around.reported[0] > deadline(values) and not values.get("delay_why"):
            found["delay_why"] = (
                "The report comes after the 72 hours: write down the reasons for the delay first."
            )
    return found


def _day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(LONDON).date()


def _end(due: dt.date) -> dt.datetime:
    """The moment by which something is due; a day is due by its end."""
    if isinstance(due, dt.datetime):
        return due
    return dt.datetime(due.year, due.month, due.day, 23, 59, 59, tzinfo=LONDON)
