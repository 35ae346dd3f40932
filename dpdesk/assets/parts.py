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
    """Does the purpose need data that are protected more, as far as was said?"""
    return values.get("uses_special") == "yes"


def conditions(name: str) -> tuple[Choice, ...]:
    """A pick list of the law on bases."""
    return listed(name, bases.FILE)


class Purpose(Part):
    """Why the data are used, and what makes that lawful. An asset can have several."""

    register = Register(
        "asset_purposes",
        title="Purposes and lawful bases",
        entry="purpose",
        parent="assets",
        icon="mdi6.scale-balance",
        purpose="What the data are used for: one line for each purpose, with its lawful basis.",
        first_step="Add a purpose",
        order="reference",
        help_page="assets",
    )

    purpose = text(
        "What are the data used for?",
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
        "Which recognised interest?",
        conditions("recognised"),
        wanted=True,
        source="UK GDPR Annex 1",
        **_rests_on("recognised_interest"),
    )
    task_law = text(
        "Which law gives the school this task?",
        wanted=True,
        source="UK GDPR Art 6(1)(e) and 6(3) (check with your adviser)",
        **_rests_on("public_task"),
    )
    justification = long_text(
        "Why does this basis apply?",
        wanted=True,
        help="For a legal obligation: which law. For a recognised interest: why it is necessary.",
        source="Policy 5.2",
        when=lambda values: values.get("basis") is not None,
    )
    interests = long_text(
        "Whose interest is it, and which?",
        wanted=True,
        source="Policy 8.3(c)",
        **_rests_on("legitimate_interests"),
    )
    lia_done = date(
        "Interests weighed on",
        past=True,
        listed=True,
        help="The assessment in three parts: purpose, necessity, balance.",
        source="ICO guidance on legitimate interests",
        **_rests_on("legitimate_interests"),
    )
    lia_link = text("Where is that assessment?", **_rests_on("legitimate_interests"))
    can_withdraw = yes_no(
        "Would the school really stop if somebody took their consent back?",
        wanted=True,
        help="If not, consent is the wrong basis.",
        source="Policy 5.4; UK GDPR Art 7(3)",
        **_rests_on("consent"),
    )
    consent_record = text(
        "Where are the consents kept?",
        source="UK GDPR Art 7(1); policy 5.4 and 8.3(f)",
        **_rests_on("consent"),
    )
    uses_special = yes_no(
        "Does this purpose need the special category or criminal offence data?",
        help="Health, needs, religion, ethnic origin, safeguarding, criminal record checks …",
        source="Policy 5.5; UK GDPR Arts 9 and 10",
    )
    art9 = choice(
        "Condition of Art 9",
        conditions("art9"),
        listed=True,
        source="UK GDPR Art 9(2); policy 5.5.2(b)",
        when=_special_used,
    )
    sch1 = choice(
        "Condition of DPA 2018 Schedule 1",
        conditions("sch1"),
        source="DPA 2018 Sch 1 (check with your adviser)",
        when=_special_used,
    )
    necessary = long_text(
        "Why is it necessary for this purpose?",
        wanted=True,
        source="Policy 8.4(a)",
        when=_special_used,
    )


class Review(Part):
    """An asset gone through with the person who owns it, and signed off."""

    register = Register(
        "asset_reviews",
        title="Reviews with the owner",
        entry="review",
        parent="assets",
        icon="mdi6.account-check-outline",
        purpose="When this entry was gone through with its owner, and what came of it.",
        first_step="Sign a review off",
        order="-day",
        help_page="assets",
    )

    day = date("When?", required=True, listed=True, past=True, source="Policy 8.5")
    with_whom = text("With whom?", person=True, required=True, listed=True, source="Policy 8.5(b)")
    outcome = choice("What came of it?", pick("review_outcomes"), required=True, listed=True)
    note = long_text("Note", listed=True)
