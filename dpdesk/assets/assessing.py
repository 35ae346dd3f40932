"""How an asset is protected, whether it needs an impact assessment, and its reviews."""

from __future__ import annotations

from dpdesk.assets.conditions import assessed, holds_personal, screened
from dpdesk.assets.pick_lists import pick, setting
from dpdesk.registers.fields import choice, choices, date, long_text, number, text, yes_no


class AssessmentQuestions:
    """From the measures that protect it to the review with its owner."""

    measures = choices(
        "How is it protected?",
        pick("measures"),
        heading="Protected by",
        section="security",
        wanted=True,
        source="UK GDPR Art 30(1)(g); policy 8.1(j)",
    )
    measures_words = long_text("Details", heading="Protection details", section="security")

    large_scale = yes_no(
        "Is this done on a large scale?",
        heading="Large scale",
        section="dpia",
        when=holds_personal,
        wanted=True,
        help="A few hundred pupils at one school is not large scale.",
        source="Policy 7.2.2",
    )
    new_technology = yes_no(
        "Does it use new technology?",
        heading="New technology",
        section="dpia",
        when=holds_personal,
        wanted=True,
        help="For example artificial intelligence, biometrics or tracking.",
        source="Policy 7.2.1",
    )
    monitoring = yes_no(
        "Are people monitored systematically?",
        heading="Monitoring",
        section="dpia",
        when=holds_personal,
        wanted=True,
        source="Policy 7.2.3",
    )
    targeting = yes_no(
        "Are children or other vulnerable people profiled or targeted?",
        heading="Targeting",
        section="dpia",
        when=holds_personal,
        source="ICO list of processing likely to result in high risk (check with your adviser)",
    )
    dpia_screened = date(
        "Screened for an impact assessment on",
        heading="DPIA screened",
        section="dpia",
        when=holds_personal,
        past=True,
        source="UK GDPR Art 35; policy 7.1",
    )
    dpia_required = yes_no(
        "Is an impact assessment needed?",
        heading="DPIA needed",
        section="dpia",
        when=screened,
        wanted=True,
    )
    dpia_progress = choice(
        "What stage has it reached?",
        pick("dpia_progress"),
        heading="DPIA progress",
        section="dpia",
        when=assessed,
        wanted=True,
    )
    dpia_link = text(
        "Where is the assessment kept?",
        heading="DPIA kept in",
        section="dpia",
        when=assessed,
        source="Policy 8.3(i)",
        example="DPIA 3",
    )

    confirmed = date(
        "Last reviewed with the owner on",
        heading="Last reviewed",
        section="review",
        past=True,
        help="Filled in when a review is signed off.",
        source="Policy 8.5",
    )
    review_months = number(
        "How many months between reviews?",
        heading="Review (months)",
        section="review",
        least=1,
        most=60,
        default=lambda: setting("review_months"),
        source="Policy 8.5",
    )
    breaches_before = long_text(
        "Breaches that are not in the breach log",
        heading="Earlier breaches",
        section="review",
        when=holds_personal,
        help="Those in the log are linked automatically.",
        source="Policy 8.3(j)",
    )

    notes = long_text("Notes", section="notes")
