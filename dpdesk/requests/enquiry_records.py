"""What is stored of the enquiries into a complaint: who was asked what, and what they said."""

from __future__ import annotations

from dpdesk.registers.fields import Register, State, Tone, date, long_text, text
from dpdesk.registers.record import Part


class Enquiry(Part):
    """Somebody who was asked, or something that was looked at, to find out what happened."""

    register = Register(
        "request_enquiries",
        title="Enquiries",
        entry="enquiry",
        parent="requests",
        icon="mdi6.account-question-outline",
        purpose=(
            "Who was asked, and what was checked. The enquiries begin on the day the complaint "
            "arrives, and this list shows that they were made (DPA 2018 s.164A(4)–(5))."
        ),
        first_step="Add an enquiry",
        title_label="Who or what",
        order="asked_on",
        help_page="requests",
        states=(
            State("open", "No answer yet", "mdi6.account-clock-outline", Tone.WARN),
            State("answered", "Answered", "mdi6.check-circle-outline", Tone.OK, open=False),
        ),
    )

    asked_whom = text(
        "Who was asked, or what was checked?",
        heading="Who or what",
        person=True,
        required=True,
        listed=True,
        example="Head of Year 5; the mailbox of the school office",
    )
    asked_on = date("Asked or checked on", heading="Asked", required=True, listed=True, past=True)
    question = long_text("What was to be found out?", heading="Question", wanted=True)
    answered_on = date("Answered on", heading="Answered", past=True)
    answer = long_text("What was found?", heading="Found", listed=True)
