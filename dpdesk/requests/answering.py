"""The answer to a request and how it ended: questions for letters, the outcome, closing."""

from __future__ import annotations

from dpdesk.law.exemptions import ReasonKind, redaction_reasons
from dpdesk.law.pick_lists import choices as pick
from dpdesk.law.request_kinds import RequestKind, RequestStage
from dpdesk.registers.fields import Choice, choice, choices, date, link, long_text, text, yes_no
from dpdesk.requests.conditions import (
    answered,
    burdened,
    exempt,
    grounds,
    in_part,
    marked_ready,
    of_kind,
    outcomes,
    perhaps_late,
    through,
    withheld,
)

EXEMPTIONS = tuple(
    Choice(each.code, each.label, source=each.citation, note=each.test)
    for each in redaction_reasons()
    if each.kind is ReasonKind.EXEMPTION
)


class AnswerQuestions:
    """What the answer to a request for access must say; how any request ended, and why."""

    ready_on = date(
        "Ready to be given on",
        heading="Ready",
        section="ready",
        past=True,
        when=through(RequestStage.IDENTITY),
        help="Somebody has checked that the person may ask for this and may have it.",
        source="policy 13.2.4 and 13.2.9",
    )
    ready_by = text("Who says so?", person=True, section="ready", when=marked_ready)
    ready_why = long_text(
        "If something above is still open, why may it be given anyway?",
        heading="Given although open",
        section="ready",
        when=through(RequestStage.IDENTITY),
        help="For the school. Needed only where identity or the right to ask is not settled.",
    )
    advice_sought = yes_no(
        "Was advice sought?",
        section="advice",
        help="From a lawyer, the local authority, the ICO or another adviser, where there is doubt "
        "about giving something.",
        source="policy 13.2.10 and 13.2.13",
    )
    advice_from = text(
        "From whom, and when?", person=True, section="advice", when=answered("advice_sought", "yes")
    )
    advice_said = long_text(
        "What was the advice?",
        section="advice",
        when=answered("advice_sought", "yes"),
        help="A lawyer’s advice is privileged: record that it was given, and keep it elsewhere.",
    )
    purposes = long_text(
        "What the school uses the data for",
        section="answer",
        when=of_kind(RequestKind.ACCESS),
        help="For the covering letter. One to a line.",
        source="UK GDPR Art 15(1)(a)",
    )
    categories = long_text(
        "Kinds of data",
        section="answer",
        when=of_kind(RequestKind.ACCESS),
        help="One to a line.",
        source="UK GDPR Art 15(1)(b)",
    )
    recipients = long_text(
        "Who it is shared with",
        section="answer",
        when=of_kind(RequestKind.ACCESS),
        help="One to a line.",
        source="UK GDPR Art 15(1)(c)",
    )
    retention = long_text(
        "How long it is kept",
        section="answer",
        when=of_kind(RequestKind.ACCESS),
        source="UK GDPR Art 15(1)(d)",
    )
    data_source = long_text(
        "Where it came from",
        section="answer",
        when=of_kind(RequestKind.ACCESS),
        help="If not from the data subject.",
        source="UK GDPR Art 15(1)(g)",
    )
    automated = long_text(
        "Decisions made by a computer alone",
        section="answer",
        when=of_kind(RequestKind.ACCESS),
        example="None.",
        source="UK GDPR Art 15(1)(h)",
    )
    safeguards = long_text(
        "If it is sent outside the United Kingdom, what protects it there?",
        section="answer",
        when=of_kind(RequestKind.ACCESS),
        example="None of it is sent outside the United Kingdom.",
        help="This includes a supplier that keeps the data abroad.",
        source="UK GDPR Art 15(2)",
    )

    outcome = choice(
        "Outcome",
        pick("outcomes"),
        section="outcome",
        offered=outcomes,
        help="Choose it before you write the answer: the letters follow it.",
    )
    refusal_ground = choices(
        "Why was it refused?",
        pick("refusal_grounds"),
        section="outcome",
        offered=grounds,
        wanted=True,
        when=withheld,
        source="UK GDPR Art 12(4)–(5)",
    )
    refusal_exemptions = choices(
        "Which exemptions apply?",
        EXEMPTIONS,
        section="outcome",
        when=exempt,
        help="The letter names them, unless naming one would give away what is withheld.",
        source="DPA 2018 Schs 2–4",
    )
    refused_part = long_text(
        "What was not given or not done?",
        section="outcome",
        when=in_part,
        help="For the letter: say which part, not what it contains.",
        example="E-mails with our solicitor",
    )
    refusal_why = long_text(
        "The reasons, as told to the requester",
        heading="Reasons for refusing",
        section="outcome",
        wanted=True,
        when=withheld,
        help="One to a line. The law asks for the reasons in this case, not only for the ground.",
        source="UK GDPR Art 12(4)",
    )
    burden = long_text(
        "What shows that it is unfounded or excessive?",
        heading="Proof of unfounded or excessive",
        section="outcome",
        wanted=True,
        when=burdened,
        help="For the school: the facts and papers that prove it. The burden of proof is on the "
        "school, and asking a lot or being difficult is not enough by itself.",
        source="UK GDPR Art 12(5)",
    )
    refusal_help = long_text(
        "What would help if they ask again?",
        section="outcome",
        when=withheld,
        help="For the letter. For example a narrower request, or a signed authority.",
    )
    closed = date("Closed on", section="close", past=True)
    keep_until = date(
        "Keep this case until",
        heading="Kept until",
        section="close",
        when=lambda values: values.get("closed") is not None,
        help="If empty, the years of your retention schedule count from the day it was closed, or "
        "those in Settings. Give a later day where a complaint or a claim may follow.",
        source="Policy 14; UK GDPR Art 5(1)(e)",
    )
    disposed_on = date(
        "Papers destroyed on",
        section="close",
        when=lambda values: values.get("disposed_on") is not None,
        help="Filled in when the papers of the case are destroyed; what proves how it was handled "
        "stays.",
        source="Policy 14; UK GDPR Art 5(1)(e)",
    )
    disposal = link(
        "In which disposal?",
        "disposals",
        section="close",
        when=lambda values: values.get("disposed_on") is not None,
    )
    unsearched_why = long_text(
        "If places were not searched, why not?",
        heading="Why not searched",
        section="close",
        when=through(RequestStage.SEARCH),
        help="Needed where places are still listed without a result when it is built or closed.",
        source="UK GDPR Art 15(1A)",
    )
    unrecorded_why = long_text(
        "If nothing is recorded under Consents, why not?",
        heading="Why not recorded",
        section="close",
        when=of_kind(RequestKind.WITHDRAWAL),
        help="Needed where no withdrawal or refusal is recorded for this pupil when it is closed: "
        "until then pictures may be used again. Write what it was about if it was not about "
        "pictures.",
        source="UK GDPR Art 7(3); policy 12.2",
    )
    late_reason = long_text(
        "If it was late, why, and what will change?", section="close", when=perhaps_late
    )
