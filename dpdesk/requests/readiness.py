"""What must be settled before anything is given: who asks, and that they may.

Pure decisions from the answers of a request. Policy 13.2.1, 13.2.4, 13.2.5 and 13.3.2; UK GDPR
Art 12(6); ICO right of access guidance.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from dpdesk.law.request_kinds import RequestKind, RequestStage
from dpdesk.registers.fields import Values
from dpdesk.requests.conditions import (
    about_a_child,
    asked_for_able_child,
    for_another,
    order_asked,
    rules_of,
)
from dpdesk.requests.health import health_problem
from dpdesk.requests.standing import child_asks_alone, may_be_a_child, proof_of


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Something that is not settled, in a sentence, and the question that settles it."""

    field: str
    sentence: str


def open_points(values: Values, day: dt.date) -> tuple[OpenPoint, ...]:
    """What stands in the way of giving anything on a day; empty where all is settled.

    Kinds of request by which nothing is given (a complaint, a withdrawal of consent) ask for no
    proof.
    """
    if RequestStage.IDENTITY not in rules_of(values).stages:
        return ()
    return (*_identity(values), *_authority(values), *_child(values), *_health(values, day))


def _identity(values: Values) -> Iterator[OpenPoint]:
    needed = values.get("identity_needed")
    if needed == "yes" and values.get("identity_received") is None:
        yield OpenPoint("identity_received", "Proof of identity has not arrived.")
    elif not values.get("identity_documents"):
        yield OpenPoint(
            "identity_documents",
            "Identity has not been checked: record what you saw, or that you know the person.",
        )


def _authority(values: Values) -> Iterator[OpenPoint]:
    if rules_of(values).kind is RequestKind.EDUCATIONAL_RECORD:
        if values.get("parent_1996") != "yes":
            yield OpenPoint(
                "parent_1996",
                "Only a parent in the sense of the Education Act 1996 has this right: it is not "
                "recorded that the requester is one.",
            )
        return
    if values.get("relationship") is None:
        yield OpenPoint(
            "relationship", "It is not recorded who is asking: the person, or somebody else."
        )
    if not for_another(values):
        return
    proof = proof_of(values)
    authorised = values.get("authority_seen") is not None
    responsible = values.get("responsibility")
    if order_asked(values) and values.get("order_seen") is None and not authorised:
        yield OpenPoint("order_seen", "The order or appointment of the court was not seen.")
    if responsible == "no" and may_be_a_child(values) and not authorised and not proof.order:
        yield OpenPoint(
            "responsibility",
            "The requester has no parental responsibility: answer only with the authority of the "
            "person whose data it is.",
        )
    elif proof.relationship and not authorised:
        yield OpenPoint("responsibility", "Parental responsibility is not established.")
    elif responsible == "yes" and not values.get("responsibility_evidence"):
        yield OpenPoint(
            "responsibility_evidence",
            "It is not recorded how you know about parental responsibility.",
        )
    if proof.authority and not authorised and responsible != "no":
        yield OpenPoint(
            "authority_seen", "No signed authority of the person whose data it is was seen."
        )


def _child(values: Values) -> Iterator[OpenPoint]:
    if not about_a_child(values):
        return
    understands = values.get("capacity")
    if understands not in {"yes", "no"}:
        yield OpenPoint("capacity", "It is not recorded whether the child understands the request.")
    elif child_asks_alone(values) and understands == "no":
        yield OpenPoint(
            "capacity", "The child asks alone and does not understand it: a parent may ask."
        )
    if asked_for_able_child(values):
        agrees = values.get("child_agrees")
        if agrees == "no":
            yield OpenPoint(
                "child_agrees",
                "The pupil understands and does not agree, so the parent’s request is refused.",
            )
        elif agrees != "yes":
            yield OpenPoint("child_agrees", "The child understands and was not asked.")


def _health(values: Values, day: dt.date) -> Iterator[OpenPoint]:
    field, sentence = health_problem(values, day)
    if sentence and not values.get("opinion_why"):
        yield OpenPoint(field, sentence)


def said(points: tuple[OpenPoint, ...]) -> str:
    """The points in a row, for one message."""
    return " ".join(point.sentence for point in points)


def ready_problems(values: Values) -> dict[str, str]:
    """What is wrong with marking a request as ready, by the question."""
    if values.get("ready_on") is None or values.get("ready_why"):
        return {}
    points = open_points(values, values["ready_on"])
    if not points:
        return {}
    return {
        "ready_on": f"Not ready yet. {said(points)} Settle it, or say below why it may be given "
        "anyway (policy 13.2.4)."
    }


def handover_problem(values: Values, day: dt.date) -> str:
    """Why nothing may be handed over on a day; empty where it may."""
    points = open_points(values, day)
    if not points or values.get("ready_why"):
        return ""
    return (
        f"Nothing may be handed over yet. {said(points)} Settle it, or give the reason why it may "
        "go anyway under “Ready to be given?” (the school’s policy, 13.2.4)."
    )


def late_notice(values: Values, notice_due: dt.date | None) -> str:
    """Says that a notice of more time came too late; empty where it did not."""
    told = values.get("extended")
    if told is None or notice_due is None or told <= notice_due:
        return ""
    return (
        "The requester was told of more time after the first month had ended. A late notice gives "
        "no more time (UK GDPR Art 12A(4)), so the date stays."
    )
