"""What is stored of the letters of a request: words that somebody changed, and what was sent."""

from __future__ import annotations

from dpdesk.law.pick_lists import choices as pick
from dpdesk.registers.fields import Register, State, Tone, choice, date, long_text, number, text
from dpdesk.registers.record import Part

_FILE = "letters"


class RequestLetter(Part):
    """A letter in the words of the school: still being written, or as it was sent."""

    register = Register(
        "request_letters",
        title="Letters",
        entry="letter",
        parent="requests",
        icon="mdi6.email-edit-outline",
        purpose="Each letter to the requester: its words, when and how it was sent.",
        first_step="Write a letter",
        order="sent_on",
        states=(
            State("draft", "Not sent", "mdi6.email-edit-outline", Tone.QUIET),
            State("sent", "Sent", "mdi6.email-check-outline", Tone.OK, open=False),
        ),
    )

    kind = choice("Which letter?", pick("letters", _FILE), required=True, listed=True)
    subject = text("Subject")
    salutation = text("Dear …", example="Mrs Walker")
    words = long_text("Text")
    sent_on = date("Sent on", listed=True, past=True)
    how = choice("How was it sent?", pick("sent_by", _FILE), heading="How", listed=True)
    to_whom = text("Sent to", person=True, listed=True)
    paper = number("Number of the paper kept", heading="Kept as", least=1)
    note = text("Note", help="For the school only: never printed in a letter.")
