"""How people are grouped: sections of the page, states and filters."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, or_

from dpdesk.registers.fields import Chip, Section, State, Tone

SECTIONS = (
    Section("who", "Name"),
    Section("school", "At school"),
    Section("work", "Work"),
    Section("contact", "Contact"),
    Section(
        "care",
        "Before anything is disclosed",
        "Only what somebody must know before they hand over papers or pictures. The papers "
        "themselves stay where they are.",
    ),
)

STATES = (
    State("here", "Here now", "mdi6.account-outline", Tone.OK),
    State("coming", "Starts later", "mdi6.account-clock-outline", Tone.INFO),
    State("left", "Left", "mdi6.account-off-outline", Tone.QUIET, open=False),
)


def _here(record: Any, today: str) -> Any:
    return or_(record.left_on.is_(None), record.left_on >= today)


def _kind(code: str) -> Any:
    return lambda record, today: and_(record.kind == code, _here(record, today))


def _cautious(record: Any, today: str) -> Any:
    flagged = [
        getattr(record, name) == "yes" for name in ("looked_after", "court_order", "address_kept")
    ]
    return and_(_here(record, today), or_(*flagged))


CHIPS = (
    Chip("pupils", "Pupils", _kind("pupil")),
    Chip("parents", "Parents and carers", _kind("parent")),
    Chip("staff", "Staff", _kind("staff")),
    Chip("others", "Others", _kind("other"), standing=False),
    Chip("left", "Left", lambda record, today: record.left_on < today),
    Chip(
        "flagged", "Not to be used", lambda record, today: record.flagged == "yes", standing=False
    ),
    Chip("careful", "Check before disclosing", _cautious, standing=False),
)

TRAINING_STATES = (
    State("valid", "Valid", "mdi6.check-circle-outline", Tone.OK),
    State("again", "Due again", "mdi6.alert-circle-outline", Tone.WARN),
    State("renewed", "Done again since", "mdi6.history", Tone.QUIET, open=False),
)
TRAINING_CHIPS = (
    Chip(
        "valid",
        "Valid",
        lambda record, today: and_(record.valid_until >= today, record.state != "renewed"),
    ),
    Chip(
        "again",
        "Due again",
        lambda record, today: and_(record.valid_until < today, record.state != "renewed"),
    ),
)
