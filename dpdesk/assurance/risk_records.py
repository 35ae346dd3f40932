"""What is stored about information risks, and about looking at them each quarter."""

from __future__ import annotations

from dpdesk.assurance import states
from dpdesk.assurance.pick_lists import pick
from dpdesk.registers.fields import (
    Register,
    Section,
    Values,
    choice,
    date,
    links,
    long_text,
    text,
)
from dpdesk.registers.record import Part, Record

_QUARTER = "ICO’s audit of the Department for Education, 4: quarterly review of risks"


def _accepted(values: Values) -> bool:
    return values.get("answer") == "accept"


class Risk(Record):
    """Something that could go wrong with the school's information."""

    register = Register(
        "risks",
        title="Risks",
        entry="risk",
        prefix="RK",
        icon="mdi6.alert-outline",
        purpose="What could go wrong with the information that the school keeps, how bad "
        "that would "
        "be, and what is done about it. They are all reviewed every quarter.",
        first_step="Add a risk",
        title_label="What could go wrong",
        order="-due",
        area="assurance",
        help_page="risks",
        sections=(
            Section("what", "What could happen"),
            Section("bad", "How likely, and how bad"),
            Section("answer", "What is done about it"),
            Section("end", "If it is no longer a risk"),
        ),
        states=states.RISK_STATES,
        chips=states.RISK_CHIPS,
    )

    name = text(
        "What could go wrong?",
        heading="Risk",
        section="what",
        required=True,
        example="A laptop with pupils’ reports is stolen from a car",
        source="Policy 15.2.2",
    )
    harm = long_text(
        "Who would be harmed, and how?",
        heading="Harm",
        section="what",
        wanted=True,
        source="Policy 7.3.2",
    )
    assets = links("To which information?", "assets", heading="Assets", section="what")
    origin = choice("How did it come up?", pick("risk_origins"), heading="Came up", section="what")
    origin_words = text("Where from, exactly?", section="what", example="BR-2026-004")

    likelihood = choice(
        "How likely is it?",
        pick("likelihoods"),
        heading="Likely",
        section="bad",
        wanted=True,
        listed=True,
        help="As things are now, with what is done already.",
        source="Policy 15.2.2",
    )
    severity = choice(
        "How bad would it be for people?",
        pick("severities"),
        heading="How bad",
        section="bad",
        wanted=True,
        listed=True,
        source="Policy 15.2.2",
    )

    done = long_text(
        "What is done about it already?",
        heading="Done",
        section="answer",
        wanted=True,
        source="Policy 15.2.2",
    )
    answer = choice("What was decided?", pick("risk_answers"), heading="Decided", section="answer")
    more = long_text(
        "What else will be done?",
        heading="To be done",
        section="answer",
        when=lambda values: values.get("answer") in {"reduce", "stop"},
        wanted=True,
    )
    who = text(
        "Who does it?", heading="By", section="answer", person=True, wanted=True, listed=True
    )
    until = date(
        "By when?",
        heading="By when",
        section="answer",
        when=lambda values: values.get("answer") in {"reduce", "stop"},
        wanted=True,
    )
    finished = date("Done on", section="answer", past=True, when=lambda v: bool(v.get("until")))
    accepted_by = text(
        "Who accepts it as it is?",
        heading="Accepted by",
        section="answer",
        person=True,
        when=_accepted,
        wanted=True,
        help="Somebody who may decide that: the proprietor or the head.",
        source="ICO’s audit of the Department for Education, 4: clearer acceptance of risks",
    )

    gone_on = date("No longer a risk since", section="end", past=True)
    gone_why = text("Why?", section="end", when=lambda values: values.get("gone_on") is not None)


class RiskReview(Part):
    """A risk, looked at again."""

    register = Register(
        "risk_reviews",
        title="Reviewed",
        entry="review",
        parent="risks",
        icon="mdi6.calendar-refresh-outline",
        purpose="Each review of this risk, and how it had changed.",
        first_step="Record a review",
        order="-day",
        help_page="risks",
    )

    day = date("When?", required=True, past=True, listed=True, source=_QUARTER)
    verdict = choice(
        "How is it now?", pick("risk_verdicts"), heading="Now", required=True, listed=True
    )
    likelihood = choice(
        "How likely is it now?",
        pick("likelihoods"),
        heading="Likely",
        listed=True,
        when=lambda values: values.get("verdict") in {"worse", "better"},
        help="Left empty, it stays as it was.",
    )
    severity = choice(
        "How bad would it be now?",
        pick("severities"),
        heading="How bad",
        listed=True,
        when=lambda values: values.get("verdict") in {"worse", "better"},
    )
    by = text("Who looked?", heading="By", person=True)
    note = text("Note", listed=True)
