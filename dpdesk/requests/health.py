"""Data about health: a school may give it only with a health professional’s opinion.

The opinion says whether giving it would be likely to cause serious harm, and counts for six months
(DPA 2018 Sch 3 paras 5 and 6). Pure decisions from the answers of a request.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from dpdesk.law.clocks import add_months
from dpdesk.law.request_kinds import RequestKind
from dpdesk.law.sources import period
from dpdesk.law.words import long_date
from dpdesk.registers.fields import Choice, Values, choice, date, long_text, text
from dpdesk.requests.conditions import all_of, answered, of_kind

_ASKED: Final = of_kind(RequestKind.ACCESS, RequestKind.EDUCATIONAL_RECORD)
GIVEN: Final = all_of(_ASKED, answered("health_data", "given"))
"""Is data about health to be given, for which an opinion is needed?"""
_SINCE: Final = "DPA 2018 Sch 3 paras 5 and 6"
HEALTH = (
    Choice("none", "No"),
    Choice("seen", "Only what the person has already seen or knows"),
    Choice("withheld", "Yes, and none of it is given"),
    Choice("given", "Yes, and some of it is to be given"),
)
SAYS = (
    Choice("no_harm", "Giving it is not likely to cause serious harm"),
    Choice("part", "Giving a part of it is likely to cause serious harm"),
    Choice("harm", "Giving it is likely to cause serious harm"),
)


class HealthQuestions:
    """Data about health, and the opinion of a health professional."""

    health_data = choice(
        "Does it include data about somebody’s health?",
        HEALTH,
        heading="Health data",
        section="health",
        wanted=True,
        when=_ASKED,
        help="The school is not a health professional, so it may give such data only with an "
        "opinion. What the person has already seen or knows needs none.",
        source=_SINCE,
    )
    opinion_from = text(
        "Which health professional was asked?",
        heading="Opinion from",
        person=True,
        section="health",
        wanted=True,
        when=GIVEN,
        help="Whoever treats the person now, or did last, for what the data is about.",
        source="DPA 2018 Sch 3 para 2(1)",
    )
    opinion_address = long_text("Where can they be written to?", section="health", when=GIVEN)
    opinion_asked = date(
        "Opinion asked for on", section="health", past=True, wanted=True, when=GIVEN
    )
    opinion_given = date(
        "Opinion dated",
        section="health",
        past=True,
        when=GIVEN,
        help="It counts for six months from this day.",
        source="DPA 2018 Sch 3 paras 5(2) and 6(2)",
    )
    opinion_says = choice(
        "What does it say?",
        SAYS,
        heading="Opinion",
        section="health",
        when=all_of(GIVEN, lambda values: values.get("opinion_given") is not None),
        help="What would cause serious harm is withheld as “Health data: serious harm” (H-5).",
        source=_SINCE,
    )
    opinion_words = long_text(
        "In their words",
        section="health",
        when=all_of(GIVEN, lambda values: values.get("opinion_given") is not None),
        help="The sentence that matters, and where the paper is kept.",
    )
    opinion_why = long_text(
        "If it is given without a valid opinion, why?",
        heading="Given without opinion",
        section="health",
        when=GIVEN,
        help="For the school. The law forbids it, so say who advised it and on what ground.",
        source=_SINCE,
    )


def opinion_problems(values: Values) -> dict[str, str]:
    """Days of the opinion that contradict each other, a sentence for each question."""
    asked, given = values.get("opinion_asked"), values.get("opinion_given")
    found: dict[str, str] = {}
    if asked is not None and asked < values["received"]:
        found["opinion_asked"] = "That is before the day the request was received."
    if values.get("opinion_says") and given is None:
        found["opinion_given"] = "Say from which day the opinion is: it counts for six months."
    return found


def opinion_until(values: Values) -> dt.date | None:
    """The last day on which the opinion counts; None where there is none."""
    given: dt.date | None = values.get("opinion_given")
    return None if given is None else add_months(given, period("health_opinion_months"))


def health_problem(values: Values, day: dt.date) -> tuple[str, str]:
    """The question that stands open before data about health is given on a day, and a sentence.

    Both are empty where nothing does.
    """
    if not GIVEN(values):
        return "", ""
    until = opinion_until(values)
    if until is None:
        said = (
            "Data about health may not be given without the opinion of a health professional "
            "(DPA 2018 Sch 3 para 6)."
        )
        return "opinion_given", said
    if values.get("opinion_says") is None:
        return "opinion_says", "It is not recorded what the health professional’s opinion says."
    if until < day:
        said = (
            f"The health professional’s opinion counted until {long_date(until)}, six months from "
            "its date: ask again (DPA 2018 Sch 3 paras 5 and 6)."
        )
        return "opinion_given", said
    if values["opinion_says"] == "harm":
        said = (
            "The opinion says that giving it is likely to cause serious harm: withhold it all, and "
            "answer that none of it is given (DPA 2018 Sch 3 para 5)."
        )
        return "health_data", said
    return "", ""


def opinion_wanted(values: Values) -> bool:
    """Is an opinion needed that nobody has asked for yet?"""
    asked = values.get("opinion_asked") or values.get("opinion_given") or values.get("opinion_why")
    return GIVEN(values) and asked is None


def release_problem(values: Values, day: dt.date) -> str:
    """Why nothing may be released on a day because of data about health; empty where it may."""
    if values.get("opinion_why"):
        return ""
    return health_problem(values, day)[1]


def runs_out(values: Values, due: dt.date | None) -> str:
    """Says that the opinion will not count any more on the day of the answer."""
    until = opinion_until(values)
    if not GIVEN(values) or until is None or due is None or until >= due:
        return ""
    return (
        f"The health professional’s opinion counts until {long_date(until)}, before the answer is "
        "due: answer by then, or ask again (DPA 2018 Sch 3 para 6)."
    )
