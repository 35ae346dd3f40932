"""What is stored with a request: questions to the requester, places searched, handovers."""

from __future__ import annotations

from dpdesk.law.pick_lists import choices as pick
from dpdesk.registers.fields import Choice, Register, choice, date, long_text, number, text
from dpdesk.registers.record import Part


class Clarification(Part):
    """A question to the requester about what exactly they ask for; it stops the clock."""

    register = Register(
        "clarifications",
        title="Clarifications",
        entry="clarification",
        parent="requests",
        icon="mdi6.chat-question-outline",
        purpose=(
            "If you need to know more to find what they want, ask. The clock is paused from the "
            "day you ask until the day they answer."
        ),
        first_step="Add a question",
        order="asked_on",
    )

    asked_on = date(
        "Asked on",
        required=True,
        listed=True,
        past=True,
        source="UK GDPR Art 12A(5)",
    )
    question = long_text("What did you ask?", heading="Question", listed=True, wanted=True)
    reason = choice(
        "Why did you need to know?",
        pick("clarification_reasons"),
        wanted=True,
        help="A question about the form of the answer does not pause the clock.",
        source="UK GDPR Art 12A(5)",
    )
    why = long_text(
        "Why do you need the answer?",
        heading="Why needed",
        wanted=True,
        help="For the letter, as told to the requester: why you cannot reasonably find it without.",
        example="You were at the school for nine years, and four offices hold files about you.",
        source="UK GDPR Art 12A(5): the school must be able to show it",
    )
    answered_on = date("Answered on", listed=True, past=True)
    answer = long_text("Their answer")


FOUND = (
    Choice("yes", "Found"),
    Choice("no", "Nothing found"),
    Choice("not_searched", "Not searched"),
)


class Search(Part):
    """A place where the data could be, and what came of looking there."""

    register = Register(
        "searches",
        title="Searches",
        entry="search",
        parent="requests",
        icon="mdi6.magnify",
        purpose=(
            "The school must make a reasonable and proportionate search. This list shows where "
            "you looked, if anyone asks."
        ),
        first_step="Add a place",
        order="place",
    )

    place = text("Where?", required=True, listed=True, example="Pupil files, paper, office cabinet")
    terms = text(
        "What did you search for?", listed=True, example="full name; initials; date of birth"
    )
    asked_whom = text(
        "Who was asked to look there?",
        heading="Asked",
        person=True,
        listed=True,
        help="A colleague who knows the place. dpdesk writes the request and reminds you.",
    )
    asked_on = date("Asked on", past=True, when=lambda values: values.get("asked_whom") is not None)
    answer_by = date(
        "Answer wanted by",
        heading="Wanted by",
        when=lambda values: values.get("asked_whom") is not None,
        help="Home reminds you on that day while no result is recorded.",
    )
    answer = long_text(
        "What did they answer?",
        when=lambda values: values.get("asked_whom") is not None,
    )
    by_whom = text("Searched by", person=True, listed=True)
    searched_on = date("Searched on", listed=True, past=True)
    found = choice("Result", FOUND, listed=True, wanted=True)
    amount = number(
        "About how many pages?",
        when=lambda values: values.get("found") == "yes",
    )
    why_not = long_text(
        "Why not?",
        when=lambda values: values.get("found") == "not_searched",
        wanted=True,
        help="You may leave out a search only if it would not be reasonable and proportionate.",
        source="UK GDPR Art 15(1A)",
    )


class Handover(Part):
    """Something was given to the requester: which release, how, when, to whom."""

    register = Register(
        "handovers",
        title="Handed over",
        entry="handover",
        parent="requests",
        icon="mdi6.hand-extended-outline",
        purpose="Record each time something is handed to the requester.",
        first_step="Record a handover",
        order="given_on",
    )

    given_on = date("Handed over on", required=True, listed=True, past=True)
    how = choice("How?", pick("handovers"), required=True, listed=True)
    to_whom = text("Handed over to", person=True, required=True, listed=True)
    release_number = number("Which bundle?", heading="Bundle", listed=True, least=1)
    by_whom = text("Handed over by", person=True, listed=True)
    proof = text("Proof", help="For example a receipt, a tracking number or a reply.")
