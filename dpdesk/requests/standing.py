"""Who asks, and for whom: what a letter may ask of them, and whether a child is spoken to.

Pure decisions from the answers of a request.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from dpdesk import resources
from dpdesk.law.request_kinds import RequestKind
from dpdesk.law.words import long_date
from dpdesk.registers.fields import Values
from dpdesk.requests.conditions import CHILDREN, rules_of
from dpdesk.requests.states import PROMPT_DAYS

_PERHAPS_ADULT: Final = "former_pupil"
_WHO_ASKS: Final = (
    "It is not recorded who is asking: if the child asks alone, record that first, and the letter "
    "is worded for a child."
)


@dataclass(frozen=True, slots=True)
class Proof:
    """What somebody is asked to show before anything is given; only where there is doubt."""

    identity: bool = False
    """Who they are themselves."""
    relationship: bool = False
    """That they have parental responsibility for a child."""
    authority: bool = False
    """The signed authority of the data subject."""
    order: bool = False
    """An order or appointment of a court."""

    @property
    def for_another(self) -> bool:
        """Must somebody show that they may act for another person?"""
        return self.relationship or self.authority or self.order


def proof_of(values: Values) -> Proof:
    """What the requester of a request is asked to show (UK GDPR Art 12(6); policy 13.2.4).

    Parental responsibility is for children: whoever asks for an adult needs that adult's authority.
    What is known already is not asked for again.
    """
    wanted = set(_proof(values.get("relationship") or ("other" if values.get("requester") else "")))
    if values.get("responsibility") == "yes":
        wanted -= {"relationship", "order", "authority"}
    elif "relationship" in wanted and not may_be_a_child(values):
        wanted = wanted - {"relationship"} | {"authority"}
    return Proof(*(name in wanted for name in ("identity", "relationship", "authority", "order")))


def may_be_a_child(values: Values) -> bool:
    """Is the data subject a child, as far as is known? A former pupil may have grown up."""
    return values.get("subject_kind") in {None, _PERHAPS_ADULT, *CHILDREN}


def likely_kind(values: Values) -> str:
    """Which kind of data subject it most likely is: a parent asks for a pupil."""
    kind = values.get("subject_kind")
    if kind:
        return str(kind)
    return "pupil" if "relationship" in _proof(values.get("relationship") or "") else "other"


def perhaps_adult(values: Values) -> bool:
    """May the data subject have turned 18 since?"""
    return values.get("subject_kind") == _PERHAPS_ADULT


def child_asks_alone(values: Values) -> bool:
    """Does a child ask for themselves? Then letters are worded for a child (UK GDPR Art 12(1))."""
    return values.get("relationship") == "self" and values.get("subject_kind") in CHILDREN


def cautions(values: Values) -> tuple[str, ...]:
    """What must be decided about a child before a letter goes out, in sentences.

    The right is the child's, and what counts is whether the child understands; England sets no
    age (ICO right of access guidance).
    """
    if values.get("subject_kind") not in CHILDREN:
        return ()
    understands = values.get("capacity")
    if values.get("relationship") is None:
        return (_WHO_ASKS,)
    if values.get("relationship") == "self":
        if understands is None:
            return ("A child asks alone: decide first whether the child understands the request.",)
        if understands == "no":
            return (
                "You recorded that the child does not understand the request: a parent may ask.",
            )
    elif understands == "yes" and not values.get("child_view"):
        return ("The child understands, so the child’s own view decides: ask, and record it.",)
    return ()


def repeated(reference: str, received: dt.date | None, *, closed: bool) -> str:
    """What to think of before the same is answered to the same person a second time."""
    when = f" on {long_date(received)}" if received is not None else ""
    if not closed:
        return (
            f"The same person asked for the same{when} ({reference}), and that is still open: "
            "answer both together, the earlier date counts."
        )
    return (
        f"The same person asked for the same{when} ({reference}). It is a new request. A fee may "
        "be asked for further copies only (UK GDPR Art 15(3)), and it is excessive only if you can "
        "prove it (Art 12(5))."
    )


def overlapping(questions: Iterable[Values]) -> str:
    """Says that two questions were open at the same time; empty where none were.

    Both days are facts, so neither is refused, but no day stops the clock twice.
    """
    until: dt.date | None = None
    for asked, answered in sorted(
        (each["asked_on"], each.get("answered_on") or dt.date.max) for each in questions
    ):
        if until is not None and asked <= until:
            return (
                f"The question of {long_date(asked)} was asked while another was open: days on "
                "which the clock stands still count once (UK GDPR Art 12A(5))."
            )
        until = answered
    return ""


def lifted_untold(values: Values) -> str:
    """Says that a restriction was lifted before they were told; empty where it was not."""
    if rules_of(values).kind is not RequestKind.RESTRICTION:
        return ""
    lifted, told = values.get("flag_until"), values.get("lifting_told")
    if lifted is None or (told is not None and told <= lifted):
        return ""
    if told is None:
        return (
            "The restriction was lifted, and it is not recorded that they were told. They must be "
            "told before it is lifted (UK GDPR Art 18(3)): tell them today, and record the day."
        )
    return (
        f"They were told on {long_date(told)}, after the restriction had been lifted. The law "
        "requires it before that (UK GDPR Art 18(3)): record why it was late."
    )


def identity_delay(values: Values, today: dt.date) -> str:
    """Says that proof of identity is not asked for promptly; empty while that is not so.

    The month waits for the proof, so a late question looks like delay (ICO guidance).
    """
    if values.get("identity_needed") != "yes" or values.get("identity_received") is not None:
        return ""
    asked = values.get("identity_asked")
    waited = ((asked or today) - values["received"]).days
    if waited <= PROMPT_DAYS:
        return ""
    if asked is None:
        return (
            f"The request arrived {waited} days ago: ask for the proof today, and record why it is "
            "late."
        )
    return (
        f"Proof was asked for {waited} days after the request arrived: record why it took so long."
    )


def _proof(relationship: str) -> tuple[str, ...]:
    rows = resources.kept("law", "requests.toml")["relationships"]
    found = (row["proof"] for row in rows if row["code"] == relationship)
    return tuple(next(found, ("identity",)))
