"""What is stored about legitimate interests: the three parts of weighing them, and the outcome."""

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
    number,
    text,
    yes_no,
)
from dpdesk.registers.record import Record

_ICO = "ICO guidance on legitimate interests"
_PRACTICE = "Common practice without a confirmed source: check with your adviser."


def _done(values: Values) -> bool:
    return values.get("outcome") is not None


class Interest(Record):
    """An interest of the school, weighed against those of the people whose data it uses."""

    register = Register(
        "lias",
        title="Legitimate interests",
        entry="assessment",
        prefix="LI",
        icon="mdi6.scale-balance",
        purpose="Where data is used because it is in the school’s interest, that interest is "
        "weighed "
        "against those of the people affected: what for, whether it is needed, and whether it is "
        "fair. The assets that rely on it are updated.",
        first_step="Start an assessment",
        title_label="Interest",
        order="reference",
        area="assurance",
        help_page="lias",
        sections=(
            Section("what", "What is it about?"),
            Section("purpose", "1. Purpose: is the interest a good one?"),
            Section("necessity", "2. Necessity: is the data needed for it?"),
            Section("balance", "3. Balance: is it fair to the people affected?"),
            Section("outcome", "Outcome"),
        ),
        states=states.LIA_STATES,
        chips=states.LIA_CHIPS,
    )

    name = text(
        "What does the school want to use data for?",
        heading="Interest",
        section="what",
        required=True,
        example="Keeping in touch with former pupils",
        source="UK GDPR Art 6(1)(f); policy 5.3(f)",
    )
    assets = links(
        "Which assets rely on it?",
        "assets",
        heading="Assets",
        section="what",
        wanted=True,
        help="Their purposes that rely on legitimate interests take the date and "
        "reference from here.",
        source="Policy 8.3(c)",
    )

    why = long_text("What is to be achieved?", section="purpose", wanted=True, source=_ICO)
    benefit = long_text(
        "Who benefits, and how?", heading="Benefit", section="purpose", wanted=True, source=_ICO
    )
    important = long_text(
        "What would happen if the school could not do it?",
        heading="Without it",
        section="purpose",
        wanted=True,
        source=_ICO,
    )
    unfair = long_text(
        "Could it be used for anything unlawful or unfair?",
        heading="Misuse",
        section="purpose",
        source=_ICO,
    )

    helps = long_text(
        "How does using the data help?",
        heading="Helps",
        section="necessity",
        wanted=True,
        source=_ICO,
    )
    otherwise = long_text(
        "Could the same be achieved in a way that intrudes less?",
        heading="Another way",
        section="necessity",
        wanted=True,
        help="With less data, with fewer people, for a shorter time, or by asking for consent.",
        source=_ICO,
    )

    relationship = long_text(
        "How does the school know these people, and what were they told?",
        heading="Relationship",
        section="balance",
        wanted=True,
        source=_ICO,
    )
    children = yes_no(
        "Are there children among them?",
        heading="Children",
        section="balance",
        wanted=True,
        help="Their interests weigh more: they understand less of what may follow.",
        source="UK GDPR Art 6(1)(f); policy 5.3(f)",
    )
    children_words = long_text(
        "How are their interests given more weight?",
        heading="Weight of children",
        section="balance",
        when=lambda values: values.get("children") == "yes",
        wanted=True,
        source="UK GDPR Art 6(1)(f); recital 38",
    )
    sensitive = yes_no(
        "Is special category or criminal offence data used?",
        heading="Special category",
        section="balance",
        wanted=True,
        help="Then a condition of Art 9 or 10 is needed as well.",
        source="UK GDPR Arts 9 and 10; policy 5.5",
    )
    expected = long_text(
        "Would they expect it? Would you be happy to explain it to them?",
        heading="Expected",
        section="balance",
        wanted=True,
        source=_ICO,
    )
    impact = long_text(
        "What could it do to them, and how bad would that be?",
        heading="Impact",
        section="balance",
        wanted=True,
        source=_ICO,
    )
    safeguards = long_text(
        "What is done to protect them?",
        heading="Safeguards",
        section="balance",
        help="For example less data, fewer people who see it, a shorter time.",
        source=_PRACTICE,
    )
    opt_out = yes_no(
        "Can they say no?",
        heading="Can opt out",
        section="balance",
        wanted=True,
        source="UK GDPR Art 21",
    )

    outcome = choice(
        "What is the outcome?",
        pick("lia_outcomes"),
        heading="Outcome",
        section="outcome",
        source="UK GDPR Art 6(1)(f); policy 8.3(c)",
    )
    because = long_text(
        "Why?", heading="Because", section="outcome", when=_done, wanted=True, source="Policy 5.2"
    )
    done_on = date(
        "Weighed on",
        section="outcome",
        when=_done,
        wanted=True,
        past=True,
        listed=True,
        source=_ICO,
    )
    by = text("By whom?", heading="By", section="outcome", person=True, when=_done, wanted=True)
    months = number(
        "Months until the next assessment",
        heading="Again (months)",
        section="outcome",
        when=_done,
        least=1,
        most=60,
        source=_PRACTICE,
    )
    notes = long_text("Notes", section="outcome")
