"""What is stored about security measures: what there is, how it was tested, and exercises."""

from __future__ import annotations

from dpdesk.assurance import states
from dpdesk.assurance.pick_lists import pick
from dpdesk.registers.fields import (
    Register,
    Values,
    choice,
    date,
    links,
    long_text,
    number,
    text,
)
from dpdesk.registers.record import Part, Record


def _weak(values: Values) -> bool:
    return values.get("result") in {"partly", "fails"}


class SecurityMeasure(Record):
    """Something that keeps information safe, and is tested."""

    register = Register(
        "measures",
        title="Measures",
        entry="measure",
        prefix="ME",
        icon="mdi6.shield-lock-outline",
        purpose="What keeps the school’s information safe, who is responsible, and when it "
        "was last "
        "tested: backups, locks, passwords, access, phishing exercises.",
        first_step="Add a measure",
        title_label="Measure",
        order="due",
        area="assurance",
        help_page="measures",
        states=states.MEASURE_STATES,
        chips=states.MEASURE_CHIPS,
    )

    name = text(
        "What is it?",
        heading="Measure",
        required=True,
        example="Restore a file from the backup",
        source="Policy 15.2",
    )
    kind = choice(
        "What kind?",
        pick("measure_kinds"),
        heading="Kind",
        listed=True,
        wanted=True,
        source="Policy 15.2.4",
    )
    owner = text(
        "Who is responsible for it?", heading="Owner", person=True, wanted=True, listed=True
    )
    how = long_text("How is it tested?", heading="Test", wanted=True, source="Policy 15.3")
    months = number(
        "How many months between tests?",
        heading="Test (months)",
        least=1,
        most=60,
        source="Policy 15.3",
    )
    assets = links("Which assets does it protect?", "assets", heading="Assets")
    systems = links("Which systems?", "systems", heading="Systems")
    ended_on = date("No longer used since", past=True)
    notes = long_text("Notes")


class MeasureTest(Part):
    """A measure, tested."""

    register = Register(
        "measure_tests",
        title="Tests",
        entry="test",
        parent="measures",
        icon="mdi6.clipboard-pulse-outline",
        purpose="Each test of this measure, and what it showed.",
        first_step="Record a test",
        order="-day",
        help_page="measures",
    )

    day = date("When?", required=True, past=True, listed=True, source="Policy 15.3")
    by = text("Who tested it?", heading="By", person=True, listed=True, wanted=True)
    result = choice(
        "What was the result?", pick("test_results"), heading="Result", required=True, listed=True
    )
    better = long_text(
        "What is to be improved?",
        heading="To improve",
        when=_weak,
        wanted=True,
        source="Policy 15.3: act on the results",
    )
    until = date("Until when?", heading="Until", when=_weak, wanted=True)
    note = long_text("Note")


class Exercise(Part):
    """A phishing exercise, by counts."""

    register = Register(
        "phishing_exercises",
        title="Phishing exercises",
        entry="exercise",
        parent="measures",
        icon="mdi6.hook",
        purpose="Harmless test messages: how many people fell for them, and how many told "
        "somebody. "
        "Nobody is named.",
        first_step="Record an exercise",
        order="-day",
        help_page="measures",
    )

    day = date(
        "When?",
        required=True,
        past=True,
        listed=True,
        source="ICO’s audit of the Department for Education, 7",
    )
    sent = number(
        "To how many people?", heading="Sent", listed=True, required=True, least=1, most=100_000
    )
    opened = number("How many opened it?", heading="Opened", listed=True, most=100_000)
    clicked = number(
        "How many clicked on the link?",
        heading="Clicked",
        listed=True,
        most=100_000,
        help="Fewer is better.",
    )
    reported = number(
        "How many reported it?",
        heading="Reported",
        listed=True,
        most=100_000,
        help="More is better. Who reported it may have clicked as well.",
    )
    theme = text(
        "What was it about?", heading="Theme", example="A parcel that could not be delivered"
    )
