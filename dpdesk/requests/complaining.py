"""What is asked about a data protection complaint (DPA 2018 s.164A)."""

from __future__ import annotations

from dpdesk.law.pick_lists import choices as pick
from dpdesk.law.request_kinds import RequestKind
from dpdesk.registers.fields import choice, date, long_text, text, yes_no
from dpdesk.requests.conditions import all_of, answered, of_kind

_COMPLAINT = of_kind(RequestKind.COMPLAINT)


class ComplaintQuestions:
    """Acknowledgement, enquiries, outcome, and where else they turned."""

    infringement = long_text(
        "What do they say the school did wrong?",
        section="acknowledgement",
        wanted=True,
        when=_COMPLAINT,
        help="How, as they see it, data protection law was not followed.",
        source="DPA 2018 s.164A(1)",
    )
    acknowledged = date(
        "Acknowledged on",
        section="acknowledgement",
        past=True,
        when=_COMPLAINT,
        help="An answer with the outcome within the 30 days is enough by itself.",
        source="DPA 2018 s.164A(3)",
    )
    acknowledged_how = choice(
        "How was it acknowledged?",
        pick("channels"),
        section="acknowledgement",
        when=all_of(_COMPLAINT, lambda values: values.get("acknowledged") is not None),
    )
    outcome_by = date(
        "Outcome promised by",
        section="acknowledgement",
        when=_COMPLAINT,
        help="If you named a day. If empty, your own target counts.",
    )
    outcome_told = date(
        "Told of the outcome on",
        section="remedy",
        past=True,
        when=_COMPLAINT,
        source="DPA 2018 s.164A(4)",
    )
    remedy = long_text("What was put right?", section="remedy", when=_COMPLAINT)
    learnt = long_text("What did the school learn?", section="remedy", when=_COMPLAINT)
    escalated = yes_no(
        "Did they complain to the ICO?",
        section="remedy",
        when=_COMPLAINT,
        source="DPA 2018 s.165(2); policy 17.3",
    )
    escalated_reference = text(
        "ICO reference",
        section="remedy",
        when=all_of(_COMPLAINT, answered("escalated", "yes")),
    )
