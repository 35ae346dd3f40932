"""What is stored about cameras, and about decisions that a machine makes."""

from __future__ import annotations

from dpdesk.assurance import states
from dpdesk.assurance.pick_lists import pick
from dpdesk.registers.fields import (
    Register,
    choice,
    choices,
    date,
    link,
    links,
    long_text,
    number,
    text,
    yes_no,
)
from dpdesk.registers.record import Part, Record

_CCTV = "Policy 12.1"


class Camera(Record):
    """A security camera, or a group of them for one purpose."""

    register = Register(
        "cameras",
        title="CCTV",
        entry="camera",
        prefix="CC",
        icon="mdi6.cctv",
        purpose="Where the school films people to keep it safe: what each camera is for, the "
        "sign that "
        "tells people, and who looked at the pictures. Nothing to do where there is no CCTV.",
        first_step="Add a camera",
        title_label="Camera",
        order="title",
        area="assurance",
        help_page="cameras",
        states=states.CAMERA_STATES,
        chips=states.CAMERA_CHIPS,
    )

    name = text(
        "Which camera?", heading="Camera", required=True, example="Front gate", source=_CCTV
    )
    sees = text(
        "What does it see?",
        heading="Sees",
        wanted=True,
        listed=True,
        help="Never changing rooms or toilets.",
        source=_CCTV,
    )
    why = long_text("What is it for?", heading="For", wanted=True, source=_CCTV)
    sound = yes_no(
        "Does it record sound?",
        heading="Sound",
        wanted=True,
        help="As a rule it should not.",
        source="Common practice without a confirmed source: check with your adviser.",
    )
    sign = yes_no(
        "Is there a sign that people see before they are filmed?",
        heading="Sign",
        wanted=True,
        listed=True,
        source=_CCTV,
    )
    days = number(
        "How many days are pictures kept?",
        heading="Kept (days)",
        wanted=True,
        listed=True,
        most=3650,
        help="30 is usual; the ICO sets no number. Keep it no longer than is needed.",
        source="Common practice without a confirmed source: check with your adviser.",
    )
    viewers = text("Who may look at the pictures?", heading="May look", person=True, wanted=True)
    dpia = link(
        "Which impact assessment covers it?", "dpias", heading="DPIA", source="Policy 7.2.3"
    )
    assets = links("Which asset is it?", "assets", heading="Assets")
    since = date("In use since", past=True)
    months = number("How many months between reviews?", heading="Review (months)", least=1, most=60)
    checked_on = date(
        "Last checked on",
        heading="Checked",
        past=True,
        help="Still needed? Still pointing where it should? Sign still there?",
        source=_CCTV,
    )
    removed_on = date("Taken down on", past=True)
    notes = long_text("Notes")


class Viewing(Part):
    """Somebody looked at what a camera recorded, or was given it."""

    register = Register(
        "camera_viewings",
        title="Who looked, and who was given pictures",
        entry="viewing",
        parent="cameras",
        icon="mdi6.eye-outline",
        purpose="Each time somebody looked at recorded pictures, and what was given to anybody.",
        first_step="Record a viewing",
        order="-day",
        help_page="cameras",
    )

    day = date("When?", required=True, past=True, listed=True, source=_CCTV)
    by = text("Who looked?", heading="By", person=True, required=True, listed=True)
    why = choice("Why?", pick("viewing_reasons"), required=True, listed=True)
    span = text(
        "Which pictures?",
        heading="Pictures",
        wanted=True,
        listed=True,
        example="12 November, 15:20 to 15:40",
    )
    given_to = text(
        "Who were they given to?",
        heading="Given to",
        person=True,
        listed=True,
        source="Policy 4.6(i) to (k)",
    )


class Automated(Record):
    """A decision about people that a machine makes without a person."""

    register = Register(
        "automated",
        title="Automated decisions",
        entry="decision",
        prefix="AD",
        icon="mdi6.robot-outline",
        purpose="Decisions that a program makes about people without a person taking part. "
        "Most schools "
        "have none.",
        first_step="Add a decision",
        title_label="Decision",
        order="reference",
        area="assurance",
        help_page="automated",
        states=states.AUTOMATED_STATES,
        chips=states.AUTOMATED_CHIPS,
    )

    name = text(
        "What is decided?",
        heading="Decision",
        required=True,
        example="Which pupils get extra help, by test results alone",
        source="UK GDPR Arts 22A to 22D; policy 4.6(o)",
    )
    assets = links("By which assets?", "assets", heading="Assets", wanted=True)
    effect = long_text("What does it mean for the people affected?", heading="Effect", wanted=True)
    sensitive = yes_no(
        "Does it use special category data?",
        heading="Special category",
        wanted=True,
        help="Then it is allowed only in few cases: take advice first.",
        source="UK GDPR Art 22B",
    )
    safeguards = choices(
        "Which safeguards are there?",
        pick("safeguard_decisions"),
        heading="Safeguards",
        wanted=True,
        source="UK GDPR Art 22C; policy 11.1(j)",
    )
    told = long_text(
        "What are people told?",
        heading="Told",
        wanted=True,
        source="UK GDPR Art 22C; policy 4.6(o)",
    )
    checked_on = date("Last checked on", heading="Checked", past=True, listed=True)
    months = number("How many months between checks?", heading="Check (months)", least=1, most=60)
    ended_on = date("No longer done since", past=True)
    notes = long_text("Notes")
