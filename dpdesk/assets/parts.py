"""The parts of an asset: its purposes with their lawful bases, and its reviews."""

from __future__ import annotations

from dpdesk.assets.pick_lists import pick
from dpdesk.law import bases
from dpdesk.law.pick_lists import Choice
from dpdesk.law.pick_lists import choices as listed
from dpdesk.registers.fields import (
    Register,
    Values,
    choice,
    date,
    long_text,
    text,
    yes_no,
)
from dpdesk.registers.record import Part


def _rests_on(*codes: str) -> dict[str, object]:
    return {"when": lambda values: values.get("basis") in codes}


def _special_used(values: Values) -> bool:
    """Does the purpose need special category data, as far as was said?"""
    return values.get("uses_special") == "yes"


def conditions(name: str) -> tuple[Choice, ...]:
    """A pick list of the law on bases."""
    return listed(name, bases.FILE)


class Purpose(Part):
    """Why the data is used, and what makes that lawful. An asset can have several."""

    register = Register(
        "asset_purposes",
        title="Purposes and lawful bases",
        entry="purpose",
        parent="assets",
        icon="mdi6.scale-balance",
        purpose="What the data is used for: one line for each purpose, with its lawful basis.",
        first_step="Add a purpose",
        order="reference",
        help_page="assets",
    )

    purpose = text(
        "What is the data used for?",
        heading="Used for",
        required=True,
        listed=True,
        example="Teaching and reporting progress to parents",
        source="UK GDPR Art 30(1)(b); policy 8.1(d)",
    )
    basis = choice(
        "Lawful basis",
        bases.bases(),
        wanted=True,
        listed=True,
        source="UK GDPR Art 6(1); policy 5.2 and 8.3(b)",
    )
    recognised = choice(
        "Which recognised legitimate interest?",
        conditions("recognised"),
        heading="Which interest",
        wanted=True,
        source="UK GDPR Annex 1",
        **_rests_on("recognised_interest"),
    )
    task_law = text(
        "Which law gives the school this task?",
        heading="Law",
        wanted=True,
        source="UK GDPR Art 6(1)(e) and 6(3) (check with your adviser)",
        **_rests_on("public_task"),
    )
    justification = long_text(
        "Why does this basis apply?",
        heading="Why",
        wanted=True,
        help="For a legal obligation: which law. For a recognised interest: why it is necessary.",
        source="Policy 5.2",
        when=lambda values: values.get("basis") is not None,
    )
    interests = long_text(
        "What is the interest, and whose is it?",
        heading="Interest",
        wanted=True,
        source="Policy 8.3(c)",
        **_rests_on("legitimate_interests"),
    )
    lia_done = date(
        "Legitimate interests assessed on",
        heading="Assessed on",
        past=True,
        listed=True,
        help="The assessment has three parts: purpose, necessity and balance.",
        source="ICO guidance on legitimate interests",
        **_rests_on("legitimate_interests"),
    )
    lia_link = text(
        "Where is that assessment kept?", heading="Assessment", **_rests_on("legitimate_interests")
    )
    can_withdraw = yes_no(
        "If people withdrew their consent, would the school really stop?",
        heading="Would stop",
        wanted=True,
        help="If not, consent is the wrong basis.",
        source="Policy 5.4; UK GDPR Art 7(3)",
        **_rests_on("consent"),
    )
    consent_record = text(
        "Where are the consents kept?",
        heading="Consents kept in",
        source="UK GDPR Art 7(1); policy 5.4 and 8.3(f)",
        **_rests_on("consent"),
    )
    uses_special = yes_no(
        "Does this purpose need special category or criminal offence data?",
        heading="Special category",
        help="For example health, special needs, religion, ethnic origin or criminal "
        "record checks.",
        source="Policy 5.5; UK GDPR Arts 9 and 10",
    )
    art9 = choice(
        "Article 9 condition",
        conditions("art9"),
        listed=True,
        source="UK GDPR Art 9(2); policy 5.5.2(b)",
        when=_special_used,
    )
    sch1 = choice(
        "DPA 2018 Schedule 1 condition",
        conditions("sch1"),
        heading="Schedule 1",
        source="DPA 2018 Sch 1 (check with your adviser)",
        when=_special_used,
    )
    necessary = long_text(
        "Why is it necessary for this purpose?",
        heading="Why necessary",
        wanted=True,
        source="Policy 8.4(a)",
        when=_special_used,
    )


class Review(Part):
    """An asset reviewed with the person who owns it, and signed off."""

    register = Register(
        "asset_reviews",
        title="Reviews with the owner",
        entry="review",
        parent="assets",
        icon="mdi6.account-check-outline",
        purpose="When this entry was reviewed with its owner, and the outcome.",
        first_step="Sign off a review",
        order="-day",
        help_page="assets",
    )

    day = date("When?", required=True, listed=True, past=True, source="Policy 8.5")
    with_whom = text(
        "Who reviewed it with you?",
        heading="With",
        person=True,
        required=True,
        listed=True,
        source="Policy 8.5(b)",
    )
    outcome = choice(
        "What was the outcome?",
        pick("review_outcomes"),
        heading="Outcome",
        required=True,
        listed=True,
    )
    note = long_text("Note", listed=True)
