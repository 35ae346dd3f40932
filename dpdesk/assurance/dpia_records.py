"""What is stored about an impact assessment: screening, the seven steps, and its sign-off.

The steps are those of the ICO. What the linked assets say already is filled in (``dpia_filling``).
"""

from __future__ import annotations

from dpdesk.assurance import states
from dpdesk.assurance.pick_lists import pick
from dpdesk.registers.fields import (
    Register,
    Section,
    Stage,
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

_ICO = "ICO: How do we do a DPIA?"
_R = "Common practice without a confirmed source: check with your adviser."
_LIST = "ICO list of processing likely to result in high risk"


def goes_on(values: Values) -> bool:
    """Is an assessment written, as far as was decided? Undecided counts as yes."""
    return values.get("verdict") != "not_needed"


def _signed(values: Values) -> bool:
    return goes_on(values) and values.get("signed_on") is not None


class Dpia(Record):
    """An impact assessment, from its screening to its sign-off."""

    register = Register(
        "dpias",
        title="Impact assessments",
        entry="impact assessment",
        prefix="DP",
        icon="mdi6.clipboard-search-outline",
        purpose="Before something is done with data that could harm people, it is assessed: "
        "is it needed, "
        "what could go wrong, and what is done about that. Screening takes five minutes.",
        first_step="Screen something",
        title_label="What for",
        order="-reference",
        area="assurance",
        help_page="dpias",
        stages=(
            Stage("screening", "Screening", "Is an assessment needed?"),
            Stage("describe", "Describe", "Steps 1 and 2: what is planned, and why."),
            Stage("consult", "Ask", "Steps 3 and 4: who was asked, and is it necessary?"),
            Stage("risks", "Risks", "Steps 5 and 6: what could go wrong, and what is done."),
            Stage("sign", "Sign off", "Step 7: advice, decision and date of the next review."),
        ),
        sections=(
            Section("what", "What is it about?", stage="screening"),
            Section("screen", "Eight questions", stage="screening"),
            Section("verdict", "Is an assessment needed?", stage="screening"),
            Section("need", "1. Why an assessment?", stage="describe"),
            Section("describe", "2. What is planned?", stage="describe"),
            Section("consult", "3. Who was asked?", stage="consult"),
            Section(
                "necessity", "4. Is it necessary, and no more than necessary?", stage="consult"
            ),
            Section("sign", "7. Sign-off", stage="sign"),
        ),
        states=states.DPIA_STATES,
        chips=states.DPIA_CHIPS,
    )

    name = text(
        "What is planned, or done?",
        heading="What",
        section="what",
        required=True,
        example="CCTV at the front gate",
        source="Policy 7.1",
    )
    assets = links(
        "Which assets is it about?",
        "assets",
        heading="Assets",
        section="what",
        help="What they say already is filled in below.",
        source="Policy 8.3(i)",
    )
    owner = text(
        "Who is in charge of it?",
        heading="Owner",
        section="what",
        person=True,
        wanted=True,
        listed=True,
    )

    new_technology = yes_no(
        "Is new technology used?",
        heading="New technology",
        section="screen",
        wanted=True,
        help="For example artificial intelligence or tracking.",
        source="Policy 7.2.1; " + _LIST,
    )
    large_scale = yes_no(
        "Is it done on a large scale?",
        heading="Large scale",
        section="screen",
        wanted=True,
        help="A few hundred pupils at one school is not large scale.",
        source="UK GDPR Art 35(3)(b); policy 7.2.2",
    )
    monitoring = yes_no(
        "Are people watched systematically?",
        heading="Watched",
        section="screen",
        wanted=True,
        help="With cameras, by where they are, or by what they do online.",
        source="UK GDPR Art 35(3)(c); policy 7.2.3; " + _LIST,
    )
    special = yes_no(
        "Is special category or criminal offence data used?",
        heading="Special",
        section="screen",
        wanted=True,
        source="UK GDPR Art 35(3)(b); policy 7.2.4",
    )
    biometric = yes_no(
        "Are fingerprints, faces or genetic data used?",
        heading="Biometric",
        section="screen",
        wanted=True,
        source=_LIST,
    )
    automated = yes_no(
        "Does a computer make decisions about people, or score them?",
        heading="Automated",
        section="screen",
        wanted=True,
        source="UK GDPR Art 35(3)(a); " + _LIST,
    )
    matching = yes_no(
        "Is data from different places combined, or obtained without telling people?",
        heading="Combined",
        section="screen",
        wanted=True,
        source=_LIST,
    )
    children = yes_no(
        "Are children profiled, targeted, or could somebody be physically harmed?",
        heading="Children",
        section="screen",
        wanted=True,
        help="That it is about pupils is not enough by itself.",
        source=_LIST,
    )

    verdict = choice(
        "Is an assessment needed?",
        pick("dpia_verdicts"),
        heading="Needed",
        section="verdict",
        source="UK GDPR Art 35(1); policy 7.1",
        help="dpdesk proposes an answer from the eight; you decide.",
    )
    verdict_why = long_text(
        "Why?",
        heading="Because",
        section="verdict",
        when=lambda values: values.get("verdict") is not None,
        wanted=True,
    )
    screened_on = date(
        "Screened on",
        section="verdict",
        past=True,
        when=lambda values: values.get("verdict") is not None,
        wanted=True,
    )
    screened_by = text(
        "By whom?",
        heading="Screened by",
        section="verdict",
        person=True,
        when=lambda values: values.get("verdict") is not None,
        wanted=True,
    )

    need = long_text(
        "What is to be achieved, and why is an assessment needed?",
        heading="Aim",
        section="need",
        when=goes_on,
        wanted=True,
        source=_ICO,
    )
    nature = long_text(
        "How is the data collected, used, kept and deleted? Who gets it?",
        heading="Nature",
        section="describe",
        when=goes_on,
        wanted=True,
        source="UK GDPR Art 35(7)(a)",
    )
    scope = long_text(
        "Which data, about how many people, how often, for how long?",
        heading="Scope",
        section="describe",
        when=goes_on,
        wanted=True,
        source=_ICO,
    )
    context = long_text(
        "How does the school know these people? Would they expect it?",
        heading="Context",
        section="describe",
        when=goes_on,
        wanted=True,
        help="Are there children among them? Any earlier concerns, or known security flaws? "
        "Is it new?",
        source=_ICO,
    )
    aims = long_text(
        "What does it do for the people affected, and for the school?",
        heading="Benefits",
        section="describe",
        when=goes_on,
        wanted=True,
        source=_ICO,
    )

    asked = yes_no(
        "Were the people affected asked, or those who speak for them?",
        heading="Asked",
        section="consult",
        when=goes_on,
        wanted=True,
        source="UK GDPR Art 35(9)",
    )
    views = long_text(
        "What did they say?",
        heading="Views",
        section="consult",
        wanted=True,
        when=lambda v: goes_on(v) and v.get("asked") == "yes",
        source=_ICO,
    )
    not_asked = long_text(
        "Why not?",
        heading="Not asked",
        section="consult",
        wanted=True,
        when=lambda v: goes_on(v) and v.get("asked") == "no",
        source=_ICO,
    )
    others = long_text(
        "Who else was asked: staff, suppliers, experts?",
        heading="Also asked",
        section="consult",
        when=goes_on,
        source=_ICO,
    )

    basis = long_text(
        "Lawful basis, and conditions",
        heading="Basis",
        section="necessity",
        when=goes_on,
        wanted=True,
        source="UK GDPR Arts 6 and 9; policy 5",
    )
    works = long_text(
        "Does it achieve its aim? Is there another way that intrudes less?",
        heading="Needed",
        section="necessity",
        when=goes_on,
        wanted=True,
        source="UK GDPR Art 35(7)(b); policy 7.3.1",
    )
    creep = long_text(
        "How is it kept from being used for something else?",
        heading="Limits",
        section="necessity",
        when=goes_on,
        source="Policy 10.1. " + _R,
    )
    quality = long_text(
        "How is the data kept accurate, and to no more than is needed?",
        heading="Quality",
        section="necessity",
        when=goes_on,
        source="Policy 10.2. " + _R,
    )
    informed = long_text(
        "What are people told, and how do they use their rights?",
        heading="Told",
        section="necessity",
        when=goes_on,
        wanted=True,
        source="Policy 9 and 11. " + _R,
    )
    suppliers = long_text(
        "How do you make sure that suppliers comply? Does data leave the UK?",
        heading="Suppliers",
        section="necessity",
        when=goes_on,
        source="UK GDPR Art 28; policy 8.3(g). " + _R,
    )

    measures_by = text(
        "Who approved the measures?",
        heading="Measures approved by",
        section="sign",
        when=goes_on,
        person=True,
        wanted=True,
        source=_ICO,
    )
    residual_by = text(
        "Who accepts the risks that are left?",
        heading="Risks accepted by",
        section="sign",
        when=goes_on,
        person=True,
        wanted=True,
        source=_ICO,
    )
    advice = long_text(
        "What did the DPO advise?",
        heading="Advice",
        section="sign",
        when=goes_on,
        wanted=True,
        source="UK GDPR Art 35(2); policy 7.4",
    )
    advice_kept = choice(
        "Was the advice followed?",
        pick("advice_outcomes"),
        heading="Followed",
        section="sign",
        when=goes_on,
        wanted=True,
        source=_ICO,
    )
    overruled = long_text(
        "By whom was it not followed, and why?",
        heading="Overruled",
        section="sign",
        wanted=True,
        when=lambda v: goes_on(v) and v.get("advice_kept") == "overruled",
        source=_ICO,
    )
    views_by = long_text(
        "Who considered what people said, and what was done about it?",
        heading="Views reviewed",
        section="sign",
        source=_ICO,
        when=lambda v: goes_on(v) and v.get("asked") == "yes",
    )
    ico_asked_on = date(
        "The ICO was asked on",
        heading="ICO asked",
        section="sign",
        past=True,
        when=goes_on,
        source="UK GDPR Art 36",
        help="Only where a high risk is left after all that is done.",
    )
    ico_answer = long_text(
        "What did the ICO say?",
        heading="ICO’s answer",
        section="sign",
        when=lambda v: goes_on(v) and v.get("ico_asked_on") is not None,
    )
    signed_on = date(
        "Signed off on", section="sign", past=True, when=goes_on, listed=True, source="Policy 7.4"
    )
    signed_by = text(
        "By whom?",
        heading="Signed by",
        section="sign",
        person=True,
        when=_signed,
        wanted=True,
        source="Policy 7.4: the DPO signs the document off",
    )
    months = number(
        "Months until the next review",
        heading="Again (months)",
        section="sign",
        when=_signed,
        least=1,
        most=36,
        source="ICO’s audit of the Department for Education, 4: every year",
    )
    notes = long_text("Notes", section="sign")


QUESTIONS = (
    "new_technology",
    "large_scale",
    "monitoring",
    "special",
    "biometric",
    "automated",
    "matching",
    "children",
)
"""The eight questions of the screening, in their order."""
