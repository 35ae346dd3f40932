"""The parts of an impact assessment: its risks with what is done about them, and later looks."""

from __future__ import annotations

from dpdesk.assurance.pick_lists import pick
from dpdesk.registers.fields import Register, choice, date, long_text, text, yes_no
from dpdesk.registers.record import Part

_R = "Common practice without a confirmed source: check with your adviser."


class DpiaRisk(Part):
    """Something that could go wrong for people, and what is done about it."""

    register = Register(
        "dpia_risks",
        title="5 and 6. Risks, and what is done about them",
        entry="risk",
        parent="dpias",
        icon="mdi6.alert-outline",
        purpose="What could go wrong for people: how likely, how bad, what is done about it, "
        "and what is "
        "left then.",
        first_step="Add a risk",
        order="reference",
        help_page="dpias",
    )

    name = text(
        "What could go wrong, and for whom?",
        heading="Risk",
        required=True,
        listed=True,
        example="A stranger sees the pictures",
        source="UK GDPR Art 35(7)(c); policy 7.3.2",
    )
    likelihood = choice(
        "How likely is it?",
        pick("likelihoods"),
        heading="Likely",
        listed=True,
        wanted=True,
        source="Policy 7.3.2",
    )
    severity = choice(
        "How bad would it be?",
        pick("severities"),
        heading="How bad",
        listed=True,
        wanted=True,
        source="Policy 7.3.2",
    )
    options = long_text(
        "What is done about it?",
        heading="Done",
        listed=True,
        wanted=True,
        source="UK GDPR Art 35(7)(d); policy 7.3.3",
    )
    effect = choice(
        "What does that do to the risk?", pick("dpia_effects"), heading="Effect", wanted=True
    )
    residual = choice(
        "How high is the remaining risk?",
        pick("residuals"),
        heading="Left",
        listed=True,
        wanted=True,
    )
    approved = yes_no("Was the measure approved?", heading="Approved", listed=True, source=_R)
    who = text("Who will deal with it?", heading="By", person=True)
    until = date("By when?", heading="By when")
    done_on = date("Done on", past=True)


class DpiaReview(Part):
    """An assessment, looked at again: is it still going on?"""

    register = Register(
        "dpia_reviews",
        title="Reviewed",
        entry="review",
        parent="dpias",
        icon="mdi6.calendar-refresh-outline",
        purpose="Once a year: is this still going on, and as described?",
        first_step="Review it",
        order="-day",
        help_page="dpias",
    )

    day = date("When?", required=True, past=True, listed=True, source="UK GDPR Art 35(11)")
    outcome = choice(
        "Is it still going on?", pick("dpia_reviews"), heading="Outcome", required=True, listed=True
    )
    by = text("Who looked?", heading="By", person=True, listed=True, wanted=True)
    note = long_text("What has changed?", heading="Changed", listed=True)
