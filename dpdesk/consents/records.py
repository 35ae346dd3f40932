"""What is stored about a consent: for whom, for what, the answer, by whom, and to which words."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy.orm import declared_attr

from dpdesk.consents import states
from dpdesk.consents.pick_lists import ANSWERS, HOWS, WISHES
from dpdesk.registers.fields import (
    Register,
    Values,
    choice,
    date,
    link,
    long_text,
    number,
    yes_no,
)
from dpdesk.registers.record import Record


def agreed(values: Values) -> bool:
    """Is it an answer that allows something?"""
    return values.get("answer") == "given"


def withdrew(values: Values) -> bool:
    """Was an earlier consent taken back?"""
    return values.get("answer") == "withdrawn"


class Consent(Record):
    """An answer to one use of pictures of one pupil, as somebody gave it on a day."""

    register = Register(
        "consents",
        title="Answers",
        entry="answer",
        prefix="CO",
        icon="mdi6.camera-account",
        purpose=(
            "Who agreed to what, who refused, and who withdrew consent. Every answer is "
            "kept; the newest of each person counts."
        ),
        first_step="Record an answer",
        title_label="Pupil and use",
        order="-asked_on",
        area="consents",
        help_page="consents",
        sections=states.SECTIONS,
        states=states.STATES,
        chips=states.CHIPS,
    )

    pupil = link("Which pupil?", "people", heading="Pupil", section="answer", required=True)
    use = link("For which use?", "photo_uses", heading="Use", section="answer", required=True)
    answer = choice(
        "What is the answer?",
        ANSWERS,
        heading="Answer",
        section="answer",
        required=True,
        source="Policy 12.2",
    )
    by_whom = link(
        "Who answered?",
        "people",
        heading="By",
        section="answer",
        wanted=True,
        listed=True,
        help="Somebody with parental responsibility, or the pupil, where the pupil’s page says "
        "that they are old enough to decide.",
        source="Children Act 1989 s.3; policy 12.2",
    )
    asked_on = date(
        "When was it answered?",
        heading="Answered",
        section="answer",
        required=True,
        listed=True,
        past=True,
    )
    how = choice(
        "How was it given?",
        HOWS,
        heading="How",
        section="answer",
        listed=True,
        source="Policy 12.2",
    )
    wording = number(
        "Which version of the wording?",
        heading="Version",
        section="answer",
        least=1,
        most=10_000,
        help="Filled in with the newest; change it if an older form is returned.",
    )
    valid_until = date(
        "Valid until",
        section="answer",
        when=agreed,
        listed=True,
        help=(
            "Filled in if the use says how long an answer is valid. If empty, it is valid until "
            "withdrawn."
        ),
    )
    wish = choice(
        "What does the pupil say?",
        WISHES,
        heading="Pupil’s wish",
        section="answer",
        help="A pupil who does not want to be in pictures is left out, whatever the parents say.",
        source="Policy 12.2: explained to both the parent and the student",
    )
    note = long_text("Note", section="answer")

    others_had = yes_no(
        "Had anybody outside the school been given pictures?",
        heading="Others had them",
        section="withdrawal",
        when=withdrew,
        wanted=True,
        help="The photographer, a newspaper, a printer, another school, a campaign.",
        source="UK GDPR Art 19",
    )
    told_others = date(
        "Others were told to stop on",
        heading="Others told",
        section="withdrawal",
        when=withdrew,
        past=True,
        help="Whoever was given pictures: ask them to stop using them, and to delete them.",
        source="UK GDPR Art 19",
    )
    confirmed_on = date(
        "Confirmed to the parent on",
        heading="Confirmed",
        section="withdrawal",
        when=withdrew,
        past=True,
    )
    closed_on = date(
        "Everything was taken down on",
        heading="Closed",
        section="withdrawal",
        when=withdrew,
        past=True,
        help=(
            "The withdrawal is then complete. dpdesk refuses this while a picture of the pupil is "
            "still in use for it, or kept without consent for anything."
        ),
        source="Policy 12.2: we will delete it and not distribute it further",
    )

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Index, ...]:
        """What a pupil, or somebody, answered is asked for often."""
        return (Index("ix_consents_pupil_use", "pupil", "use"),)
