"""When a question about a request is asked, given the other answers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from dpdesk.law.request_kinds import ClockKind, KindRules, RequestKind, RequestStage, kind_rules
from dpdesk.registers.fields import Values

CHILDREN: Final = frozenset({"pupil", "applicant"})
"""Kinds of data subjects who are children, whose understanding of the request counts."""


BY_ORDER: Final = frozenset({"guardian", "local_authority", "court_appointee"})
"""Who may ask by an order or appointment of a court."""


FLAGGED: Final = (RequestKind.RESTRICTION, RequestKind.OBJECTION)
"""Kinds of request of which a flag stands on people and assets."""


def rules_of(values: Values) -> KindRules:
    """What is special to the kind of a request."""
    return kind_rules(values.get("kind"))


def of_kind(*kinds: RequestKind) -> Callable[[Values], bool]:
    """Is it a request of one of these kinds?"""
    return lambda values: rules_of(values).kind in kinds


def through(*stages: RequestStage) -> Callable[[Values], bool]:
    """Does the work on it go through one of these stages?"""
    return lambda values: bool(set(stages) & set(rules_of(values).stages))


def all_of(*conditions: Callable[[Values], bool]) -> Callable[[Values], bool]:
    """Do all of these hold?"""
    return lambda values: all(condition(values) for condition in conditions)


def answered(name: str, *codes: str) -> Callable[[Values], bool]:
    """Was a question answered with one of these?"""
    return lambda values: values.get(name) in codes


def for_another(values: Values) -> bool:
    """Does somebody ask for another person?"""
    return values.get("relationship") not in (None, "self")


def authority_asked(values: Values) -> bool:
    """Is a signed authority asked about? Whoever has parental responsibility needs none."""
    known = values.get("authority_seen") is not None
    return for_another(values) and (known or values.get("responsibility") != "yes")


def about_a_child(values: Values) -> bool:
    """Is it a child whose understanding counts, whoever asks: the child alone too?"""
    if not rules_of(values).child:
        return False
    kind = values.get("subject_kind")
    return kind in CHILDREN or (kind in {None, "former_pupil"} and for_another(values))


def for_child(values: Values) -> bool:
    """Does somebody ask for another person, for whom parental responsibility may count?"""
    return for_another(values) and rules_of(values).kind is not RequestKind.EDUCATIONAL_RECORD


def order_asked(values: Values) -> bool:
    """Is there an order of a court to look at, about the child or that lets somebody ask?"""
    return values.get("court_orders") == "yes" or values.get("relationship") in BY_ORDER


def capacity_judged(values: Values) -> bool:
    """Was it judged whether the child understands?"""
    return about_a_child(values) and values.get("capacity") in {"yes", "no"}


def asked_for_able_child(values: Values) -> bool:
    """Does somebody ask for a child who can decide?"""
    return about_a_child(values) and for_another(values) and values.get("capacity") == "yes"


def doubtful(values: Values) -> bool:
    """Was proof of identity asked for?"""
    return values.get("identity_needed") == "yes"


def may_cost(values: Values) -> bool:
    """Could a fee be charged for it at all?"""
    return rules_of(values).clock is ClockKind.MONTH


def fee(values: Values) -> bool:
    """Was a fee asked for?"""
    return may_cost(values) and values.get("fee_asked") == "yes"


def longer(values: Values) -> bool:
    """May it take two further months?"""
    return rules_of(values).extends


def extending(values: Values) -> bool:
    """Is it to take longer?"""
    return longer(values) and values.get("extension_reason") is not None


PARTLY: Final = frozenset({"given_in_part", "done_in_part"})
"""Outcomes that leave something out."""


def withheld(values: Values) -> bool:
    """Is something of what was asked not done?"""
    return values.get("outcome") in PARTLY | {"refused"} or values.get("decision") in {"part", "no"}


def in_part(values: Values) -> bool:
    """Is a part of what was asked done?"""
    return values.get("outcome") in PARTLY or values.get("decision") == "part"


def exempt(values: Values) -> bool:
    """Is it refused because exemptions apply?"""
    return withheld(values) and "exempt" in (values.get("refusal_ground") or ())


def burdened(values: Values) -> bool:
    """Does the school say that the request is unfounded or excessive, which it must prove?"""
    grounds = {*(values.get("refusal_ground") or ()), values.get("fee_ground")}
    return bool(grounds & {"unfounded", "excessive"})


def marked_ready(values: Values) -> bool:
    """Did somebody say that it may be given?"""
    return values.get("ready_on") is not None


def decided_yes(values: Values) -> bool:
    """Was it decided to do all or part of what was asked?"""
    return values.get("decision") in {"yes", "part"}


def flagging(values: Values) -> bool:
    """Is something not to be used because of it?"""
    return rules_of(values).kind in FLAGGED and values.get("flag_from") is not None


def lifted(values: Values) -> bool:
    """Was the flag lifted again?"""
    return flagging(values) and values.get("flag_until") is not None


def must_tell(values: Values) -> bool:
    """Was something done of which those who were given the data must be told (Art 19)?"""
    done = values.get("done_on") is not None or values.get("flag_from") is not None
    return rules_of(values).told and decided_yes(values) and done


def perhaps_late(values: Values) -> bool:
    """Closed later than the shortest month after the request was received."""
    closed, received = values.get("closed"), values.get("received")
    return closed is not None and received is not None and (closed - received).days > 28


def outcomes(values: Mapping[str, Any]) -> Collection[str]:
    """The ways in which a request of this kind may end."""
    return rules_of(values).outcomes


def grounds(values: Mapping[str, Any]) -> Collection[str]:
    """The grounds on which a request of this kind may be refused."""
    return rules_of(values).grounds
