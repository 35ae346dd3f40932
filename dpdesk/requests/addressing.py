"""To whom a letter speaks, and of whom: "Dear Mrs Walker", "your son Ethan". Pure decisions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from dpdesk.law.request_kinds import RequestKind, kind_rules
from dpdesk.law.salutations import salutation_of
from dpdesk.registers.fields import Values
from dpdesk.registers.same_person import parts_of, same
from dpdesk.requests.conditions import CHILDREN
from dpdesk.requests.standing import child_asks_alone, may_be_a_child

_PARENTS: Final = frozenset({"mother", "father", "step_parent", "guardian", "foster_carer"})
_YOURS: Final = re.compile(r"^your \w+,? +", re.IGNORECASE)
_NOBODY: Final = frozenset("sir madam parent carer guardian pupil all or and".split())
"""Words of a greeting that name nobody."""
_FIRM: Final = re.compile(
    r"\b(LLP|LLC|Ltd|Limited|plc|Solicitors?|Chambers|Council|Associates|Advocates|& Co)\b",
    re.IGNORECASE,
)
"""Who is written to is an office, so nobody is greeted by name."""
_TITLE: Final = re.compile(r"^\W*(mr|mrs|miss|ms|mx)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Spoken:
    """How a letter speaks of the data subject; empty where they are the reader."""

    of: str = ""
    """At the first mention: "your son Ethan"."""
    name: str = ""
    """Afterwards: "Ethan"."""


def recipient_of(values: Values) -> str:
    """Who gets the letters: who asked, else the data subject."""
    return str(values.get("requester") or values.get("subject") or "")


def salutation_for(values: Values) -> str:
    """What follows "Dear": as the school wrote it, else title and surname of who gets the letter.

    Without a title it is the name as it stands: nobody can tell Mr from Mrs. A child who asks
    alone is called by the first name; a firm is no person.
    """
    own = str(values.get("salutation") or "").strip()
    if own:
        return re.sub(r"^dear\s+|,$", "", own, flags=re.IGNORECASE)
    name = recipient_of(values)
    if child_asks_alone(values):
        return given_name(name)
    return "Sir or Madam" if _FIRM.search(name) else salutation_of(name)


def given_name(name: str) -> str:
    """The name by which a child is called: the first, also of "Walker, Ethan"."""
    surname, comma, rest = name.partition(",")
    return next(iter((rest if comma else surname).split()), name)


def spoken_of(values: Values) -> Spoken:
    """How letters speak of the data subject, where somebody else asks.

    "your child" only to a parent; to everybody else the name alone, which says nothing that is
    not known.
    """
    subject = str(values.get("subject") or "")
    if not values.get("requester") and values.get("relationship") in (None, "self"):
        return Spoken()
    own = str(values.get("spoken_of") or "").strip()
    if own:
        return Spoken(own, _YOURS.sub("", own) or subject)
    child = values.get("subject_kind") in CHILDREN
    if child and values.get("relationship") in _PARENTS:
        return Spoken(f"your child {subject}", given_name(subject))
    return Spoken(subject, subject)


def greeting_doubts(values: Values, salutation: str) -> tuple[str, ...]:
    """What is wrong with a greeting: a letter that greets one person and goes to another."""
    greeted = tuple(word for word in parts_of(salutation) if word not in _NOBODY)
    recipient, subject = recipient_of(values), str(values.get("subject") or "")
    if not greeted or not recipient or _shares(greeted, salutation, recipient):
        return ()
    if values.get("requester") and _shares(greeted, salutation, subject):
        return (
            f"The letter greets {salutation.strip()}, whose data it is, but goes to {recipient}.",
        )
    return (f"The letter greets {salutation.strip()}, but goes to {recipient}: which is right?",)


def receiving_doubts(values: Values) -> tuple[str, ...]:
    """Why the requester may not be given somebody else's data yet, in sentences.

    A parent needs parental responsibility, anybody else the authority of the data subject
    (policy 13.2.1 and 13.2.4). An educational record is a parent's own right (policy 13.3.1).
    """
    relationship = values.get("relationship")
    if relationship in (None, "self") and not values.get("requester"):
        return ()
    rules = kind_rules(values.get("kind"))
    if rules.kind in {RequestKind.EDUCATIONAL_RECORD, RequestKind.COMPLAINT}:
        return ()
    who, answer = recipient_of(values), values.get("responsibility")
    if answer == "yes":
        return ()
    if may_be_a_child(values) and relationship in _PARENTS:
        if answer == "no":
            text = (
                f"You recorded that {who} has no parental responsibility: do not send this letter "
                "with anything about the child."
            )
        else:
            text = (
                f"It is not recorded that {who} has parental responsibility: settle that before "
                "you give anything about the child."
            )
    elif answer == "no":
        text = f"You recorded that {who} may not act for the person whose data it is."
    else:
        text = (
            f"It is not recorded that {who} may act for the person whose data it is: look at the "
            "authority first."
        )
    return (text,)


def _shares(greeted: tuple[str, ...], salutation: str, name: str) -> bool:
    """Does a greeting name this person: by surname, by first name, or by the whole name?"""
    titles = [found[1].casefold() for each in (salutation, name) if (found := _TITLE.match(each))]
    if len(set(titles)) > 1:
        return False
    known = parts_of(name)
    return greeted[0] in known if len(greeted) == 1 else same(greeted, known)
