"""What is stored about training: the courses that there are, and who did which when."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import declared_attr

from dpdesk.people import states
from dpdesk.people.pick_lists import ROLES
from dpdesk.registers.fields import Register, choices, date, link, long_text, number, text
from dpdesk.registers.record import Record


class Course(Record):
    """A training that the school wants its staff to have."""

    register = Register(
        "courses",
        title="Courses",
        entry="course",
        prefix="CS",
        icon="mdi6.school-outline",
        purpose="The data protection training that staff must have, and how often.",
        first_step="Add a course",
        title_label="Course",
        order="title",
        area="people",
        help_page="training",
    )

    name = text("What is it called?", heading="Name", required=True, example="Data protection")
    roles = choices(
        "Who must do it?",
        ROLES,
        heading="Who",
        listed=True,
        wanted=True,
        source="Policy 2.3",
    )
    valid_months = number(
        "Repeat after how many months?",
        heading="Months",
        least=1,
        most=120,
        listed=True,
        default=lambda: 24,
        help="The ICO asks about training in the two years before a breach.",
        source="Policy 16.7",
    )
    content = long_text("What does it cover?")


class Training(Record):
    """That somebody did a course."""

    register = Register(
        "training",
        title="Training",
        entry="training",
        prefix="TR",
        icon="mdi6.certificate-outline",
        purpose=(
            "Who did which training, and when. After a breach, this is what the ICO asks about."
        ),
        first_step="Record training",
        title_label="Who and what",
        order="-done_on",
        area="people",
        help_page="training",
        states=states.TRAINING_STATES,
        chips=states.TRAINING_CHIPS,
    )

    person = link("Who?", "people", heading="Who", required=True)
    course = link("Which course?", "courses", heading="Course", required=True)
    done_on = date("Done on", required=True, past=True, listed=True)
    valid_until = date(
        "Valid until",
        listed=True,
        help="If empty, it is worked out from the course.",
    )
    note = text("Note", example="Online, certificate attached")

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Any, ...]:
        """Found by person and course: each start asks of every training whether it was renewed."""
        return (Index("ix_training_person_course", "person", "course"),)
