"""What is stored of the school's own wording of letters: every version, the newest in use."""

from __future__ import annotations

from dpdesk.registers.fields import Register, long_text, text
from dpdesk.registers.record import Part


class LetterWording(Part):
    """One version of the wording of a letter, or of a passage that letters share."""

    register = Register(
        "letter_wordings",
        title="Wording of letters",
        entry="wording",
        parent="school",
        icon="mdi6.text-box-edit-outline",
        purpose="The school’s own wording of letters; earlier versions are kept.",
        first_step="Change a wording",
        order="reference",
    )

    name = text("Which letter?", required=True, listed=True)
    wording = long_text("Wording", required=True, searched=False)
    why = text("What was changed, and why?", listed=True)
