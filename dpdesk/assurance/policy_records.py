"""What is stored about policies: their versions, and who has read which."""

from __future__ import annotations

from dpdesk.assurance import states
from dpdesk.assurance.pick_lists import pick
from dpdesk.assurance.policy_rules import place_choices
from dpdesk.law.pick_lists import choices as listed
from dpdesk.registers.fields import (
    Register,
    Values,
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


def about_data(values: Values) -> bool:
    """Is it the data protection policy?"""
    return values.get("kind") == "data_protection"


def _left(values: Values) -> bool:
    return about_data(values) and bool(values.get("left_places"))


class Policy(Record):
    """A policy of the school that has to do with information."""

    register = Register(
        "policies",
        title="Policies",
        entry="policy",
        prefix="PO",
        icon="mdi6.file-document-check-outline",
        purpose="The school’s policies on information: which version is in force, when each "
        "is reviewed, "
        "and who has read it.",
        first_step="Add a policy",
        title_label="Policy",
        order="title",
        area="assurance",
        help_page="policies",
        states=states.POLICY_STATES,
        chips=states.POLICY_CHIPS,
    )

    name = text(
        "What is it called?",
        heading="Policy",
        required=True,
        example="Data Protection Policy",
        source="Policy 19",
    )
    kind = choice("What is it about?", pick("policy_kinds"), heading="About", required=True)
    readers = choices(
        "Who must read it?",
        listed("roles", "people"),
        heading="Readers",
        wanted=True,
        source="Policy 4.6(m)",
    )
    linked = links("Read together with", "policies", heading="Linked", source="Policy 19")
    kept = text("Where is it kept?", heading="Kept in")
    months = number(
        "How many months between reviews?",
        heading="Review (months)",
        least=1,
        most=120,
        help="If empty, a year for the first two reviews, and three years from then on.",
        source="Policy 20",
    )
    ended_on = date("Replaced or withdrawn on", heading="Ended", past=True)
    left_places = choices(
        "Which places stay as they are, though the law has changed?",
        place_choices(),
        heading="Left as is",
        when=about_data,
        help="They are no longer counted as out of date with the law.",
    )
    left_why = long_text("Why do they stay?", heading="Left because", when=_left, wanted=True)
    notes = long_text("Notes")


class PolicyVersion(Part):
    """A version of a policy."""

    register = Register(
        "policy_versions",
        title="Versions",
        entry="version",
        parent="policies",
        icon="mdi6.history",
        purpose="Each version, when it was approved and by whom. Add the text as a document.",
        first_step="Add a version",
        order="-day",
        help_page="policies",
    )

    day = date("Approved on", required=True, past=True, listed=True, source="Policy 20")
    called = text("Which version?", heading="Version", required=True, listed=True, example="3")
    by = text("Approved by", heading="By", person=True, wanted=True, listed=True)
    changed = long_text("What changed?", heading="Changed", listed=True)
    read_again = yes_no(
        "Must everybody read it again?",
        heading="Read again",
        required=True,
        listed=True,
        default=lambda: "yes",
        help="No, where only words were tidied.",
        source="ICO’s reprimand of the Department for Education: staff are told of changes",
    )


class PolicyReading(Part):
    """Somebody has read a version of a policy."""

    register = Register(
        "policy_readings",
        title="Who has read it",
        entry="reading",
        parent="policies",
        icon="mdi6.account-check-outline",
        purpose="Who has read it, and when. The sheet to sign can be printed and filed here.",
        first_step="Record a reading",
        order="-day",
        help_page="policies",
    )

    person = link("Who?", "people", heading="Who", required=True, listed=True)
    day = date("When?", required=True, past=True, listed=True, source="Policy 4.6(m)")
    how = choice(
        "How do you know?", pick("read_how"), heading="How", listed=True, default=lambda: "sheet"
    )
