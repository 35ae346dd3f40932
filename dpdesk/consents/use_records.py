"""What is stored about the uses of pictures: their names, and every wording that was shown."""

from __future__ import annotations

from dpdesk.consents import states
from dpdesk.consents.pick_lists import PLACES, RENEWALS
from dpdesk.registers.fields import Register, choice, date, long_text, number, text, yes_no
from dpdesk.registers.record import Part, Record


class PhotoUse(Record):
    """Something that pictures are used for, and for which consent is asked."""

    register = Register(
        "photo_uses",
        title="Uses and wording",
        entry="use of pictures",
        prefix="PU",
        icon="mdi6.image-multiple-outline",
        purpose=(
            "What pictures of pupils are used for, in the words that parents are shown. "
            "Each use has its own box on the form."
        ),
        first_step="Add a use",
        title_label="Use",
        order="reference",
        area="consents",
        help_page="consents",
        sections=states.USE_SECTIONS,
        states=states.USE_STATES,
    )

    name = text(
        "What is it called?",
        heading="Name",
        section="use",
        required=True,
        example="Website and social media",
        source="Policy 12.2",
    )
    place = choice(
        "Where are the pictures seen?", PLACES, heading="Seen", section="use", listed=True
    )
    words = long_text(
        "In the words shown to parents",
        heading="Wording",
        section="use",
        required=True,
        help="Say how the picture will be used and who will see it. If you change the words later, "
        "that makes a new version; answers already given stay with the words they were given to.",
        source="Policy 12.2: clearly explain how the picture will be used",
    )
    renewal = choice(
        "How long is an answer valid?",
        RENEWALS,
        heading="Holds",
        section="use",
        listed=True,
        default=lambda: "never",
    )


class Wording(Part):
    """A wording that parents were shown."""

    register = Register(
        "use_wordings",
        title="Versions of the wording",
        entry="version",
        parent="photo_uses",
        icon="mdi6.file-document-edit-outline",
        purpose="Every wording that was shown. A new one is kept when the words above change.",
        first_step="",
        title_label="Words",
        order="-number",
        help_page="consents",
    )

    number = number("Version", least=1, listed=True)
    since = date("In use since", heading="Since", listed=True)
    called = text("Called", listed=True)
    words = long_text("Words")
    same = yes_no(
        "Do answers to the previous version still count?",
        heading="Earlier answers count",
        listed=True,
        help="Yes, only if the pictures are used in the same way and only the words are "
        "clearer. Otherwise parents must be asked again.",
        source="UK GDPR Arts 4(11) and 7: consent is specific and informed",
    )
