"""What is stored about people: names, where they belong, and what to mind before disclosing."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from dpdesk.people import states
from dpdesk.people.pick_lists import KINDS, RELATIONSHIPS, ROLES, YEARS
from dpdesk.registers.fields import (
    Register,
    Values,
    choice,
    choices,
    date,
    link,
    long_text,
    number,
    text,
    yes_no,
)
from dpdesk.registers.record import Part, Record


def is_pupil(values: Values) -> bool:
    """Is it a pupil, of now or of former days?"""
    return values.get("kind") == "pupil"


def is_staff(values: Values) -> bool:
    """Is it a member of staff?"""
    return values.get("kind") == "staff"


def decides(values: Values) -> bool:
    """Was it judged whether the pupil is old enough to decide?"""
    return is_pupil(values) and values.get("competent") in {"yes", "no"}


def careful(values: Values) -> bool:
    """Is there anything to mind before something is disclosed?"""
    return any(values.get(n) == "yes" for n in ("looked_after", "court_order", "address_kept"))


class Person(Record):
    """A pupil, a parent, a member of staff, or somebody else whom the school knows."""

    register = Register(
        "people",
        title="People",
        entry="person",
        prefix="PE",
        icon="mdi6.account-group-outline",
        purpose=(
            "Pupils, parents and staff, so that consents, requests and redaction know who is who. "
            "Import the list from your school’s system rather than typing it."
        ),
        first_step="Add a person",
        title_label="Name",
        order="title",
        area="people",
        help_page="people",
        sections=states.SECTIONS,
        states=states.STATES,
        chips=states.CHIPS,
    )

    kind = choice("Who is it?", KINDS, heading="Kind", section="who", required=True, listed=True)
    surname = text("Surname", section="who", required=True, person=True)
    forename = text(
        "First name",
        section="who",
        person=True,
        help="As on official papers. The name used every day goes below.",
    )
    middle_names = text("Middle names", section="who")
    known_as = text(
        "Known as",
        section="who",
        help="The first name used every day, if it is different.",
        example="Tom",
    )
    other_names = long_text(
        "Other names",
        section="who",
        help=(
            "Former names, nicknames and other spellings, one on each line. dpdesk looks for them "
            "when it holds records back from disposal and when it redacts."
        ),
        person=True,
    )
    born = date("Date of birth", heading="Born", section="who", past=True)

    year_group = choice(
        "Year group", YEARS, heading="Year", section="school", when=is_pupil, listed=True
    )
    form = text("Class or form", heading="Class", section="school", when=is_pupil, listed=True)
    house = text("House", section="school", when=is_pupil)
    upn = text(
        "Unique pupil number (UPN)",
        heading="UPN",
        section="school",
        when=is_pupil,
        help="Used only to tell pupils of the same name apart when lists are imported.",
    )
    admission_number = text("Admission number", heading="Adm. no.", section="school", when=is_pupil)
    post = text("Post", section="work", when=is_staff, listed=True)
    roles = choices(
        "Role at the school",
        ROLES,
        heading="Role",
        section="work",
        when=is_staff,
        help="Says which training this person must have.",
        source="Policy 2.3",
    )
    started_on = date("Start date", heading="Started", section="school")
    left_on = date("Leaving date", heading="Left", section="school")

    email = text("E-mail", section="contact")
    telephone = text("Telephone", section="contact")
    address = long_text("Address", section="contact")

    looked_after = yes_no(
        "Looked after by a local authority?",
        heading="Looked after",
        section="care",
        when=is_pupil,
        source="Policy 12; KCSIE: looked-after children",
    )
    court_order = yes_no(
        "Is there a court order about contact or information?",
        heading="Court order",
        section="care",
    )
    address_kept = yes_no(
        "Must the address be kept from anyone?", heading="Address withheld", section="care"
    )
    care_note = text(
        "What to do",
        section="care",
        when=careful,
        wanted=True,
        help=(
            "In a few words, without the background: “Ask the head teacher before anything goes "
            "out.”"
        ),
    )
    competent = yes_no(
        "Old enough to decide about their own data?",
        heading="Decides alone",
        section="care",
        when=is_pupil,
        help="No age is fixed. It depends on whether the child understands what is asked; from "
        "about 12 it is worth asking.",
        source="ICO: children and the UK GDPR; policy 13.2",
    )
    competent_note = text("Who decided that, and when?", section="care", when=decides)

    flagged: Mapped[str | None] = mapped_column(String)
    """"yes" where data about them must not be used: a restriction or an objection stands."""


class Relationship(Part):
    """An adult who belongs to a pupil."""

    register = Register(
        "relationships",
        title="Parents and contacts",
        entry="contact",
        parent="people",
        icon="mdi6.account-child-outline",
        purpose="This pupil’s parents and other contacts, and who has parental responsibility.",
        first_step="Add a parent or contact",
        title_label="Who",
        order="priority",
    )

    adult = link("Who is it?", "people", heading="Who", required=True, listed=True)
    relationship = choice("Relationship", RELATIONSHIPS, listed=True)
    responsible = yes_no(
        "Parental responsibility?",
        heading="Responsible",
        wanted=True,
        listed=True,
        help="Only somebody with parental responsibility can consent for a child.",
        source="Children Act 1989 s.3; policy 12.2",
    )
    lives_with = yes_no("Lives with the pupil?", heading="Lives with")
    priority = number("Order of contact", heading="Order", least=1, most=99)
    ended_on = date(
        "Removed on",
        past=True,
        help="A contact who was removed stays removed when lists are imported.",
    )
