"""How pictures are grouped: sections of the page, states and filters."""

from __future__ import annotations

from typing import Any

from sqlalchemy import or_

from dpdesk.registers.fields import Chip, Section, State, Tone

SECTIONS = (
    Section("picture", "The picture"),
    Section(
        "deletion",
        "Deletion",
        "Once it is taken down everywhere. “Delete the picture” at the right also deletes the file "
        "that is kept here.",
    ),
)
STATES = (
    State("used", "In use, with consent", "mdi6.check-circle-outline", Tone.OK),
    State("take_down", "Take it down", "mdi6.alert-circle-outline", Tone.DANGER),
    State("unsure", "In use, not everybody named", "mdi6.account-question-outline", Tone.WARN),
    State("unused", "Not in use", "mdi6.image-outline", Tone.QUIET, open=False),
    State("deleted", "Deleted", "mdi6.delete-outline", Tone.QUIET, open=False),
)


def _state(key: str) -> Any:
    return lambda record, today: record.state == key


CHIPS = (
    Chip(
        "take_down",
        "Take down",
        lambda record, today: or_(record.state == "take_down", record.holds_until < today),
    ),
    Chip("used", "In use", lambda record, today: record.state.in_(("used", "unsure"))),
    Chip("unused", "Not in use", _state("unused")),
    Chip(
        "named",
        "Caption names a pupil",
        lambda record, today: (record.named == "yes") & (record.state != "deleted"),
        standing=False,
    ),
    Chip(
        "unnamed",
        "Not everybody is named",
        _state("unsure"),
        standing=False,
    ),
    Chip("deleted", "Deleted", _state("deleted"), standing=False),
)
