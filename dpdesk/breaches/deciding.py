"""The decision whether to report, what the report asks besides, and telling the people affected."""

from __future__ import annotations

from dpdesk.breaches.conditions import is_breach, is_decided, to_report, where
from dpdesk.breaches.pick_lists import checklist, pick
from dpdesk.registers.fields import choice, choices, date, long_text, moment, text, yes_no


class ReportQuestions:
    """From the decision to the last person who is told."""

    decision = choice(
        "Decision", pick("decisions"), section="decision", when=is_breach, wanted=True, listed=True
    )
    decision_why = long_text(
        "Reason",
        section="decision",
        when=is_decided,
        wanted=True,
        help="A decision not to report cannot be saved without a reason.",
        source="UK GDPR Art 33(5); policy 23 Resolved",
    )
    decided = moment("Decided on", section="decision", when=is_decided, past=True)
    decided_by = text("Who decided?", person=True, section="decision", when=is_decided)
    delay_why = long_text(
        "Reasons for any delay in reporting",
        section="decision",
        when=is_breach,
        help="Required if the report goes after the 72 hours; it is printed in the report.",
        source="UK GDPR Art 33(1)",
    )

    report_reason = choice(
        "Does it meet the threshold?", pick("report_reasons"), section="form", when=to_report
    )
    ico_staff = text("ICO staff you have spoken to", section="form", when=to_report)
    first_contact = yes_no(
        "Is this the first time you have contacted the ICO about a breach?",
        section="form",
        when=to_report,
    )
    size = choice(
        "Size of the school", pick("sizes"), section="form", when=to_report, default=lambda: "small"
    )
    code_member = yes_no(
        "Is the school a member of an approved code of conduct or certification scheme?",
        section="form",
        when=to_report,
        default=lambda: "no",
    )
    code_words = long_text(
        "Which one, is it relevant, and has its governing body been told?",
        section="form",
        when=where("code_member", "yes", of=to_report),
    )
    whats_new = long_text("What is new since the last report?", section="form", when=to_report)
    rest_by = date(
        "When do you expect to know the rest?",
        section="form",
        when=to_report,
        help="Printed with what is not yet known. Clear it when nothing is outstanding.",
        source="UK GDPR Art 33(4); policy 23 Report",
    )

    telling = choice(
        "Have the people affected been told?",
        pick("telling"),
        section="telling",
        when=is_breach,
        wanted=True,
        source="UK GDPR Art 34; policy 16.6",
    )
    telling_other = text("Details", section="telling", when=where("telling", "other"))
    not_telling = choices(
        "Why are they not being told?",
        pick("not_telling"),
        section="telling",
        when=where("telling", "not"),
        wanted=True,
        source="UK GDPR Art 34(1) and 34(3)",
    )
    tell_others = yes_no(
        "Have other organisations been told, or will they be?",
        section="telling",
        when=is_breach,
        source="Policy 23 Report",
    )
    check_report = checklist("report", "telling")
