"""May it be shared? What the five questions come to: yes, in part, no, or not yet, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from dpdesk.assurance.sharing_records import for_law, regular
from dpdesk.law.words import listed
from dpdesk.registers.fields import Values

QUESTIONS: Final = {
    "who": "Who is asking, and for what?",
    "why": "What for?",
    "may": "May it be given?",
    "against": "Is there a reason not to give it?",
    "how": "Does it get there safely?",
}
"""The five questions, by the section of the form that asks them, in their order."""
HEADLINES: Final = {
    "approved": "Yes, you may share this",
    "part": "Yes, but only part of it",
    "refused": "No, do not share this",
    "": "Not yet",
}


@dataclass(frozen=True, slots=True)
class SharingProposal:
    """What the answers come to. dpdesk proposes; the data protection officer decides."""

    decision: str
    """approved, part or refused; empty where it cannot be decided yet."""
    because: tuple[str, ...]
    before: tuple[str, ...] = ()
    """What is to be done before anything is given, or soon after where it is urgent."""

    @property
    def reason(self) -> str:
        """Why, in one paragraph: what is kept with the decision."""
        return " ".join(self.because)


def proposed(values: Values) -> SharingProposal:
    """What the five answers come to, the gravest reason first."""
    against = set(values.get("against") or ())
    if "forbidden" in against:
        if values.get("kind") == "court":
            told = "One order asks for it and another forbids it. Ask a solicitor first."
            return SharingProposal("", (told,))
        return SharingProposal("refused", ("A court order or a law forbids it.",))
    waiting = tuple(_waiting(values, against))
    if waiting:
        return SharingProposal("", waiting)
    open_ = [name for name, unanswered in _OPEN.items() if unanswered(values)]
    if open_:
        numbers = [str(list(QUESTIONS).index(name) + 1) for name in open_]
        which = "Question" if len(numbers) == 1 else "Questions"
        verb = "is" if len(numbers) == 1 else "are"
        return SharingProposal("", (f"{which} {listed(numbers)} {verb} not answered yet.",))
    decision = "part" if values.get("need") == "less" else "approved"
    return SharingProposal(decision, tuple(_reasons(values)), tuple(_before(values, against)))


def _waiting(values: Values, against: set[str]) -> Iterator[str]:
    """Reasons why nobody may give anything yet, whatever else is answered."""
    if values.get("sure") == "no":
        yield "First make sure who is asking: ring back a number that you look up yourself."
    if values.get("need") == "unclear":
        yield "First ask what they need it for. Without a purpose nobody can say what is needed."
    if "danger" in against:
        yield (
            "It could put somebody in danger: the safeguarding lead and the data protection "
            "officer decide together, and write down why."
        )
    if _pressing(values):
        return
    if for_law(values) and values.get("written") == "no":
        yield "First have the request or order in writing."
    if "confidence" in against and not for_law(values) and values.get("basis") != "consent":
        yield (
            "It was told in confidence, or would surprise those affected: ask them first, or let "
            "the data protection officer say why it must be given anyway."
        )


def _pressing(values: Values) -> bool:
    return values.get("urgent") == "yes"


_OPEN: Final[dict[str, Callable[[Values], bool]]] = {
    "who": lambda v: not (v.get("what") and v.get("sure") == "yes"),
    "why": lambda v: not (v.get("why") and v.get("need")) or _less_unsaid(v),
    "may": lambda v: not v.get("basis") or (for_law(v) and not v.get("test")),
    "against": lambda v: not v.get("against"),
    "how": lambda v: not (v.get("sent_how") and v.get("safe") in {"yes", "no"}),
}
"""Which of the five is not answered."""


def _less_unsaid(values: Values) -> bool:
    return values.get("need") == "less" and not values.get("less")


def _reasons(values: Values) -> Iterator[str]:
    if _pressing(values):
        yield "Somebody could come to harm: data protection law does not stand in the way."
    yield "It is clear who is asking, and what for."
    if values.get("need") == "less":
        less = str(values.get("less") or "").strip().rstrip(".")
        yield f"Less than was asked for will do: {less}."
    else:
        yield "It is no more than they need."
    yield "The lawful basis is named, and nothing that was asked here forbids it."


def _before(values: Values, against: set[str]) -> Iterator[str]:
    if values.get("safe") == "no":
        yield "Find a safe way: encrypted, handed over, or typed into their own portal."
    if "special" in against and not values.get("power"):
        yield "Name the law that allows it for special category or criminal offence data."
    if "confidence" in against:
        yield "Tell those who confided in the school that it is passed on, unless that is unsafe."
    if for_law(values) and values.get("written") != "yes":
        yield "Ask for the request or order in writing afterwards, and file it here."
    if regular(values) and values.get("agreement") != "yes":
        yield "Have a written agreement signed."
    if regular(values) and values.get("dpia") is None:
        yield "Screen whether an impact assessment is needed."
    if values.get("told") == "no" and not for_law(values) and not _pressing(values):
        yield "Tell people first, as a rule in the privacy notice."
