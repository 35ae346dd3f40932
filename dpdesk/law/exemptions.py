"""Why something may be withheld from a requester: the reason codes of the workbench.

The rows live in ``resources/law/exemptions.toml``. Each has words for the school and words for
the requester; the latter say why, never what. Where the very name of a rule would tell what a
page is about (abuse, health, crime), the requester sees one neutral code and sentence instead.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from dpdesk import resources
from dpdesk.errors import NotFound
from dpdesk.law.sources import Confidence, advice


class ReasonKind(StrEnum):
    """What a reason is for."""

    EXEMPTION = "exemption"
    """The law allows or requires the school to withhold it."""
    SCOPE = "scope"
    """Not the data subject's personal data, or supplied already."""
    LATER = "later"
    """Given out too, at a later date."""
    REQUEST = "request"
    """Concerns the whole request or the search, seldom single words."""
    DISCLOSE = "disclose"
    """A warning: this is normally given out."""
    COURT = "court"
    """Only for what a court itself processes, so never a reason in a school."""


@dataclass(frozen=True, slots=True)
class ReasonCode:
    """One reason code.

    ``label``, ``citation`` and ``test`` are for the school; ``explanation``, ``public_code`` and
    ``public_citation`` are what a bundle, a schedule or a letter for the requester may show.
    """

    code: str
    label: str
    citation: str
    test: str
    explanation: str
    public_code: str
    public_citation: str
    kind: ReasonKind
    confidence: Confidence
    child: str
    """The explanation in words for a child."""
    discreet: bool
    """The requester sees the neutral words only."""
    order: int
    """Place in lists, 0 first: the commonest reasons come first."""

    @property
    def redacts(self) -> bool:
        """Whether a school may remove words for it. False for a warning."""
        return self.kind not in {ReasonKind.DISCLOSE, ReasonKind.COURT}

    @property
    def advice(self) -> str:
        """A sentence of caution, empty where the reason is confirmed in the Act."""
        return advice(self.confidence)


@cache
def reasons() -> tuple[ReasonCode, ...]:
    """All reason codes, the commonest first, warnings included."""
    content = resources.toml("law", "exemptions.toml")
    neutral = content["discreet"]
    return tuple(_reason(row, neutral, order) for order, row in enumerate(content["reasons"]))


def redaction_reasons() -> tuple[ReasonCode, ...]:
    """The reasons for which words may be removed, the commonest first."""
    return tuple(reason for reason in reasons() if reason.redacts)


def reason(code: str) -> ReasonCode:
    """The reason with this code, in whatever case and with blanks or hyphens as people type them.

    NotFound with the nearest code if there is none.
    """
    wanted = _folded(code)
    for found in reasons():
        if _folded(found.code) == wanted:
            return found
    raise NotFound("There is no such reason code.", _suggestion(code))


def for_child(explanation: str) -> str:
    """An explanation in words for a child; as it is where it is none of these."""
    found = (each.child for each in reasons() if each.explanation == explanation)
    return next(found, explanation)


def _suggestion(code: str) -> str:
    """A sentence that names the nearest code, first among those of the same letters."""
    typed = _folded(code)
    family = typed.rstrip("0123456789.")
    same = [each for each in reasons() if family and _folded(each.code).startswith(family)]
    by_code = {_folded(each.code): each for each in same or reasons()}
    near = difflib.get_close_matches(typed, list(by_code), n=1, cutoff=0.5)
    if near:
        found = by_code[near[0]]
        return f"Did you mean {found.code} ({found.label})?"
    return f"The commonest is {reasons()[0].code} ({reasons()[0].label})."


def _folded(code: str) -> str:
    return "".join(sign for sign in code.upper() if sign.isalnum() or sign == ".")


def _reason(row: dict[str, Any], neutral: dict[str, Any], order: int) -> ReasonCode:
    discreet = bool(row.get("discreet", False))
    shown = neutral if discreet else row
    return ReasonCode(
        code=row["code"],
        label=row["label"],
        citation=row["citation"],
        test=row["test"],
        explanation=shown["explanation"],
        public_code=shown["code"],
        public_citation=shown["citation"],
        kind=ReasonKind(row["kind"]),
        confidence=Confidence(row["confidence"]),
        child=shown.get("child") or neutral["child"],
        discreet=discreet,
        order=order,
    )
