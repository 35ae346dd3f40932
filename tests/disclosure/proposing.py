"""A small invented school, and what is proposed for words on its pages."""

from __future__ import annotations

import datetime as dt

from dpdesk.disclosure.belonging import SchoolReached
from dpdesk.disclosure.candidates import PartyStanding, Suggested
from dpdesk.disclosure.known_people import Party, called_so, reached
from dpdesk.disclosure.suggesting import Suggesting

TODAY = dt.date(2026, 12, 1)


def a_party(
    number: int, kind: str, name: str, *, standing=PartyStanding.OTHER, middle="", **way
) -> Party:
    *firsts, surname = name.split()
    label = f"{firsts[0]} {surname}"
    made = tuple(called_so(surname, *firsts, middle=middle))
    return Party(f"person:{number}", label, kind, standing, made, reached(**way))


SUBJECT = a_party(
    1, "pupil", "Ethan Walker", standing=PartyStanding.SUBJECT, middle="James",
    emails=["19walkere@elmfield.example"], telephones=["07700 900111"],
    addresses=["4 Quarry Rise, Bolton BL9 9ZZ"], numbers=["A123456789012"],
    born=dt.date(2015, 3, 12),
)  # fmt: skip
MOTHER = a_party(2, "parent", "Sarah Walker", standing=PartyStanding.REQUESTER,
                telephones=["07700 900112"])  # fmt: skip
PEOPLE = (
    SUBJECT,
    MOTHER,
    a_party(3, "pupil", "Harry Smith", born=dt.date(2015, 4, 1)),
    a_party(4, "pupil", "Grace Young"),
    a_party(5, "pupil", "Will William Harper"),
    a_party(6, "parent", "Jo Joanna Price", telephones=["07700 900456"]),
    a_party(7, "staff", "Linda Brown", standing=PartyStanding.STAFF,
           emails=["l.brown@elmfield.example"], telephones=["07700 900789"]),
    a_party(8, "pupil", "May Hall"),
    a_party(9, "pupil", "Oluwaseun Adeyemi-Cole"),
    a_party(10, "pupil", "Harry Patel"),
    a_party(11, "parent", "Thomas Ward"),
    Party(
        "person:12", "Noor van Dijk", "pupil", PartyStanding.OTHER,
        tuple(called_so("van Dijk", "Noor")),
    ),
)  # fmt: skip
SCHOOL = SchoolReached(
    reached(
        emails=["office@elmfield.example"],
        telephones=["01632 960000"],
        addresses=["Elmfield School, Moor Lane, Bolton BL1 4QR"],
    ),
    frozenset({"elmfield.example"}),
)


def suggest(*documents: str, people=PEOPLE) -> Suggested:
    """What is found in documents of one page each."""
    made = Suggesting(people, SCHOOL, today=TODAY)
    for number, text in enumerate(documents, 1):
        made.read(number, 0, text.split())
    return made.finish()


def proposed(*documents: str, people=PEOPLE) -> list[str]:
    """The texts that are proposed."""
    found = suggest(*documents, people=people)
    return [
        one.text
        for one in found.candidates
        if not one.doubtful and not found.groups[one.group].kept
    ]


def doubtful(*documents: str, people=PEOPLE) -> list[str]:
    """The texts on the list to look through."""
    return [one.text for one in suggest(*documents, people=people).candidates if one.doubtful]


def kept(*documents: str, people=PEOPLE) -> dict[str, str]:
    """The texts that are seen and not proposed, with whose they are."""
    found = suggest(*documents, people=people)
    return {
        one.text: found.groups[one.group].standing.value
        for one in found.candidates
        if found.groups[one.group].kept and not one.doubtful
    }
