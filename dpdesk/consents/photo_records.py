"""What is stored about a picture: what it shows, who is in it, and everywhere it is used."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Date, String
from sqlalchemy.orm import Mapped, mapped_column

from dpdesk.consents import photo_states as states
from dpdesk.law.pick_lists import Choice
from dpdesk.registers.fields import (
    Register,
    choice,
    date,
    link,
    links,
    long_text,
    text,
    yes_no,
)
from dpdesk.registers.record import Part, Record

KINDS = (Choice("photo", "Photograph"), Choice("video", "Video"))


class Photo(Record):
    """A photograph or a video in which pupils can be seen."""

    register = Register(
        "photos",
        title="Pictures",
        entry="picture",
        prefix="PH",
        icon="mdi6.image-outline",
        purpose=(
            "Pictures that are in use, with who is in them and where. When consent ends, each "
            "use becomes something to take down."
        ),
        first_step="Add a picture",
        title_label="Picture",
        order="-reference",
        area="consents",
        help_page="consents",
        sections=states.SECTIONS,
        states=states.STATES,
        chips=states.CHIPS,
    )

    what = text(
        "What does it show?",
        heading="What",
        section="picture",
        required=True,
        example="Sports day, sack race",
    )
    kind = choice("What is it?", KINDS, heading="Kind", section="picture", default=lambda: "photo")
    event = text("At which event?", heading="Event", section="picture", listed=True)
    taken_on = date("Taken on", section="picture", past=True, listed=True)
    people = links(
        "Who is in it?",
        "people",
        heading="People",
        section="picture",
        wanted=True,
        help="Everyone who can be seen, including in the background.",
    )
    everybody = yes_no(
        "Is everybody who can be seen named above?",
        heading="All named",
        section="picture",
        wanted=True,
    )
    caption = long_text(
        "Caption, or words beside it",
        heading="Caption",
        section="picture",
        help="Without names or anything else by which a pupil can be identified.",
        source="Policy 12.2",
    )
    note = long_text("Note", section="picture")
    deleted_on = date(
        "Deleted on",
        heading="Deleted",
        section="deletion",
        past=True,
        source="Policy 12.2: we will delete the photograph or video",
    )
    deleted_by = text("Deleted by", section="deletion", person=True)

    # Worked out when it, or a consent, is saved; compared with today by the filters.
    holds_until: Mapped[dt.date | None] = mapped_column(Date)
    """The last day on which every use of it has consent, where that is known."""
    named: Mapped[str | None] = mapped_column(String)
    """"yes" where the caption names somebody who is in it."""


class Placement(Part):
    """A use of a picture: where it is seen, since when, and when it came down."""

    register = Register(
        "photo_places",
        title="Where it is used",
        entry="use",
        parent="photos",
        icon="mdi6.bulletin-board",
        purpose="Every place where the picture is seen: notice board, prospectus, page address.",
        first_step="Add a place",
        title_label="Where",
        order="since",
        help_page="consents",
    )

    use = link("For which use?", "photo_uses", heading="Use", required=True, listed=True)
    where = text(
        "Where exactly?",
        heading="Where",
        required=True,
        listed=True,
        example="Notice board in the hall",
    )
    since = date("Used since", heading="Since", listed=True, past=True)
    checked_on = date(
        "Consent checked on",
        heading="Checked",
        listed=True,
        past=True,
        help="Filled in on saving, where everybody in the picture has consent for this use.",
    )
    down_on = date("Taken down on", heading="Taken down", listed=True, past=True)
    down_by = text("Taken down by", heading="By", person=True, listed=True)
