"""Evidence: every clause of the policy, and every category of the ICO's accountability framework.

What proves a clause is answered by the rooms; here it is put together, with the gaps. The pack for
an inspection is made by :mod:`dpdesk.overview.pack`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dpdesk import resources
from dpdesk.registers.duties import Evidence
from dpdesk.registers.rooms import Rooms

_MOST = 12
"""References that a line names."""


@dataclass(frozen=True, slots=True)
class ClauseProof:
    """A clause of the policy, what it asks for, and what proves that it is kept."""

    clause: str
    asks: str
    proofs: tuple[Evidence, ...]
    category: str = ""
    """Code of the category of the accountability framework that it belongs to."""
    least: int = 1
    """Entries that it takes to prove it."""
    occasion: bool = False
    """Is it about what need not happen, so that nothing on record is no gap?"""
    shown_by: tuple[str, ...] = ()
    """The clauses whose proof shows this one too, where no register speaks of it by itself."""
    explains: str = ""
    """What the clause explains, where it asks for nothing that could be proved."""

    @property
    def proved(self) -> bool:
        """Is there enough that proves it?"""
        if self.least > 1:
            return max((len(each.references) for each in self.proofs), default=0) >= self.least
        return bool(self.proofs)

    @property
    def resting(self) -> bool:
        """Has what it is about not happened, as far as is on record?"""
        return self.occasion and not self.proofs

    @property
    def gap(self) -> bool:
        """Is there nothing that proves it, or too little?"""
        return not (self.proved or self.resting or self.explains)

    @property
    def state(self) -> str:
        """One word for it: proved, gap, "not arisen" or "explains"."""
        if self.explains:
            return "explains"
        return "proved" if self.proved else "not arisen" if self.resting else "gap"

    @property
    def said(self) -> str:
        """What proves it, a line for each proof."""
        if self.shown_by and self.proofs:
            others = list(dict.fromkeys(each.clause for each in self.proofs))
            return f"Covered by the evidence for {', '.join(others)}."
        return "\n".join(_line(each) for each in self.proofs)


@dataclass(frozen=True, slots=True)
class CategoryProof:
    """A category of the accountability framework with the clauses that speak for it."""

    label: str
    source: str
    proved: tuple[ClauseProof, ...]
    lacking: tuple[ClauseProof, ...]
    resting: tuple[ClauseProof, ...]


class EvidenceMap:
    """What proves what."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    def clauses(self) -> tuple[ClauseProof, ...]:
        """Every clause of the policy, in its order."""
        proofs: dict[str, list[Evidence]] = defaultdict(list)
        for room in self._rooms:
            for answers in room.answers:
                for each in answers.evidence():
                    proofs[each.clause].append(each)
        known = _clauses()
        rest = sorted(proofs.keys() - known.keys())
        return tuple(_proof(clause, known.get(clause, {}), proofs) for clause in (*known, *rest))

    def categories(self, clauses: Sequence[ClauseProof]) -> tuple[CategoryProof, ...]:
        """The same by category, in the order of the framework."""
        rows = resources.kept("law", "assurance.toml")["categories"]
        return tuple(
            CategoryProof(
                row["label"],
                row["source"],
                tuple(each for each in of_it if each.proved),
                tuple(each for each in of_it if each.gap),
                tuple(each for each in of_it if each.resting),
            )
            for row in rows
            for of_it in [[each for each in clauses if each.category == row["code"]]]
        )


def _proof(
    clause: str, row: Mapping[str, Any], proofs: Mapping[str, Sequence[Evidence]]
) -> ClauseProof:
    own = tuple(proofs.get(clause, ()))
    others = () if own else tuple(row.get("shown_by", ()))
    return ClauseProof(
        clause,
        row.get("asks", ""),
        own or tuple(each for other in others for each in proofs.get(other, ())),
        row.get("category", ""),
        row.get("least", 1),
        row.get("occasion", False),
        others,
        row.get("explains", ""),
    )


def _line(proof: Evidence) -> str:
    words = proof.text[0].upper() + proof.text[1:]
    named = ", ".join(proof.references[:_MOST])
    more = len(proof.references) - _MOST
    tail = f" and {more} more" if more > 0 else ""
    return f"{words} ({named}{tail})." if named else f"{words}."


def _clauses() -> Mapping[str, Mapping[str, Any]]:
    rows = resources.kept("law", "policy_clauses.toml")["clauses"]
    return {row["clause"]: row for row in rows}
