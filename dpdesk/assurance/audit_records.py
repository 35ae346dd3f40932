"""What is stored about audits: what was recommended and done, and how the school rates itself."""

from __future__ import annotations

from dpdesk.assurance import states
from dpdesk.assurance.pick_lists import pick
from dpdesk.registers.fields import Register, Values, choice, date, long_text, number, text
from dpdesk.registers.record import Part, Record

_AUDIT = "ICO’s audit of the Department for Education: closure summary"


class Audit(Record):
    """An audit, an inspection or a self-assessment."""

    register = Register(
        "audits",
        title="Audits",
        entry="audit",
        prefix="AU",
        icon="mdi6.clipboard-list-outline",
        purpose="What audits and inspections recommended, and what was done about it. The "
        "closure summary "
        "prints from here.",
        first_step="Add an audit",
        title_label="Audit",
        order="-reference",
        area="assurance",
        help_page="audits",
        states=states.AUDIT_STATES,
        chips=states.AUDIT_CHIPS,
    )

    name = text(
        "What is it called?",
        heading="Audit",
        required=True,
        example="Information audit 2026",
        source="Policy 8.5",
    )
    kind = choice("What kind?", pick("audit_kinds"), heading="Kind", required=True, listed=True)
    held_on = date("Held on", listed=True, wanted=True)
    by = text("By whom?", heading="By", person=True, wanted=True)
    scope = long_text("What was covered, and why?", heading="Scope", wanted=True, source=_AUDIT)
    said = long_text("What were the overall findings?", heading="Found", source=_AUDIT)
    planned = date("Planned for", when=lambda values: values.get("held_on") is None)
    closed_on = date(
        "Closed on", past=True, help="When every recommendation is done, or accepted as it is."
    )
    months = number("Months until the next", heading="Next (months)", least=1, most=60)
    notes = long_text("Notes")


class Recommendation(Part):
    """One thing that an audit recommended, and what became of it."""

    register = Register(
        "audit_actions",
        title="Recommendations",
        entry="recommendation",
        parent="audits",
        icon="mdi6.format-list-checks",
        purpose="What was recommended, what was done, and what comes next: the lines of the "
        "closure "
        "summary.",
        first_step="Add a recommendation",
        order="reference",
        help_page="audits",
    )

    area = choice("In which area?", pick("areas"), heading="Area", required=True, listed=True)
    told = long_text(
        "What were you told?", heading="Told", required=True, listed=True, source=_AUDIT
    )
    priority = choice("How urgent is it?", pick("priorities"), heading="Urgency")
    done = long_text("What did you do?", heading="Done", listed=True, source=_AUDIT)
    more = long_text("What was developed further?", heading="Further", source=_AUDIT)
    effect = long_text("What changed for the people affected?", heading="Effect", source=_AUDIT)
    steps = long_text("Next steps", heading="Next", source=_AUDIT)
    owner = text("Who will deal with it?", heading="Owner", person=True, listed=True, wanted=True)
    until = date("By when?", heading="By when", listed=True, wanted=True)
    closed_on = date("Closed on", past=True, listed=True)


class Rating(Part):
    """How the school meets one category of the accountability framework."""

    register = Register(
        "audit_ratings",
        title="Self-assessment",
        entry="rating",
        parent="audits",
        icon="mdi6.radar",
        purpose="How well the school meets each of the ten categories of the ICO’s accountability "
        "framework. The picture shows the change since the last time.",
        first_step="Rate a category",
        order="reference",
        help_page="audits",
    )

    category = choice(
        "Which category?",
        pick("categories"),
        heading="Category",
        required=True,
        listed=True,
        source="ICO Accountability Framework",
    )
    rating = choice(
        "How well is it met?", pick("ratings"), heading="Met", required=True, listed=True
    )
    why = long_text("What shows that?", heading="Because", listed=True, wanted=True)


def open_action(values: Values) -> bool:
    """Is there still something to do about a recommendation?"""
    return values.get("closed_on") is None
