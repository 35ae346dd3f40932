"""What is stored of those to whom the school had given the data, and who were told (Art 19)."""

from __future__ import annotations

from dpdesk.law.pick_lists import choices as pick
from dpdesk.registers.fields import (
    Choice,
    Register,
    State,
    Tone,
    Values,
    choice,
    date,
    long_text,
    text,
)
from dpdesk.registers.record import Part

REPLIES = (
    Choice("done", "They have done the same"),
    Choice("kept", "They say that they may keep it as it is"),
    Choice("none", "No answer came"),
)


def _told(values: Values) -> bool:
    return values.get("told_on") is not None


class RecipientTold(Part):
    """Somebody who was given the data, and whether they were told what became of it."""

    register = Register(
        "request_recipients",
        title="Who else was told",
        entry="recipient",
        parent="requests",
        icon="mdi6.account-arrow-right-outline",
        purpose=(
            "Everyone to whom the school gave the data is told that it was corrected, erased or "
            "restricted (UK GDPR Art 19). The asset register knows who that may be."
        ),
        first_step="Add a recipient",
        title_label="Who",
        order="recipient",
        help_page="requests",
        states=(
            State("open", "To be told", "mdi6.email-alert-outline", Tone.WARN),
            State("told", "Told", "mdi6.email-check-outline", Tone.OK, open=False),
            State("not_told", "Not told", "mdi6.email-off-outline", Tone.QUIET, open=False),
        ),
    )

    recipient = text(
        "Who was given the data?",
        heading="Who",
        required=True,
        listed=True,
        example="Example County Council, admissions",
        source="UK GDPR Art 19",
    )
    given = long_text(
        "What were they given?",
        heading="Given",
        help="For the letter to them: of what it is that was corrected, erased or restricted. If "
        "empty, the letter says what you did.",
        example="The behaviour log of spring 2026",
    )
    address = long_text("Where can they be written to?", heading="Address")
    known_from = text("From which asset is that known?", heading="From")
    told_on = date("Told on", listed=True, past=True)
    how = choice("How?", pick("sent_by", "letters"))
    reply = choice("What did they answer?", REPLIES, heading="Answer", listed=True, when=_told)
    replied_on = date("Answered on", past=True, when=_told)
    not_told = long_text(
        "If they are not told, why not?",
        heading="Why not told",
        when=lambda values: not _told(values),
        help="They never had it; or it is impossible, or would take disproportionate effort.",
        source="UK GDPR Art 19",
    )
