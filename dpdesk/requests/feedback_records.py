"""What is stored of the feedback of a requester, where some was given, and what was learnt."""

from __future__ import annotations

from dpdesk.registers.fields import Choice, Register, choice, date, long_text, text
from dpdesk.registers.record import Part

CONTENT = (
    Choice("yes", "Content"),
    Choice("partly", "Partly"),
    Choice("no", "Not content"),
)


class RequestFeedback(Part):
    """What the requester said about how the school handled the request."""

    register = Register(
        "request_feedback",
        title="Feedback",
        entry="feedback",
        parent="requests",
        icon="mdi6.comment-quote-outline",
        purpose=(
            "What the requester said about how it went, if they did, and what the school learnt. "
            "A complaint is more than that: log it as one, so that its 30 days run."
        ),
        first_step="Record feedback",
        order="given_on",
    )

    given_on = date("Given on", required=True, listed=True, past=True)
    content = choice("Were they content?", CONTENT, heading="Content", listed=True)
    said = long_text("What did they say?", heading="Said", listed=True, wanted=True)
    learnt = long_text("What was learnt?", heading="Learnt", listed=True)
    done = text("What was changed?", heading="Changed")
