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

    @property
    def gap(self) -> bool:
        """Is there nothing that proves it, or too little?"""
        if self.least > 1:
            return max((len(each.references) for each in self.proofs), default=0) < self.least
        return not self.proofs

    @property
    def said(self) -> str:
        """What proves it, a line for each proof."""
        return "\n".join(_line(each) for each in self.proofs)


@dataclass(frozen=True, slots=True)
class CategoryProof:
    """A category of the accountability framework with the clauses that speak for it."""

    label: str
    source: str
    proved: tuple[ClauseProof, ...]
    lacking: tuple[ClauseProof, ...]


class EvidenceMap:
    """What proves what."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    def clauses(self) -> tuple[ClauseProof, ...]:
        """Every clause of the policy that can be proved, in its order."""
        proofs: dict[str, list[Evidence]] = defaultdict(list)
        for room in self._rooms:
            for answers in room.answers:
                for each in answers.evidence():
                    proofs[each.clause].append(each)
        known = _clauses()
        rest = sorted(proofs.keys() - known.keys())
        return tuple(
            ClauseProof(
                clause,
                row.get("asks", ""),
                tuple(proofs.get(clause, ())),
                row.get("category", ""),
                row.get("least", 1),
            )
            for clause in (*known, *rest)
            for row in [known.get(clause, {})]
        )

    def categories(self, clauses: Sequence[ClauseProof]) -> tuple[CategoryProof, ...]:
        """The same by category, in the order of the framework."""
        rows = resources.kept("law", "assurance.toml")["categories"]
        return tuple(
            CategoryProof(
                row["label"],
                row["source"],
                tuple(each for each in of_it if not each.gap),
                tuple(each for each in of_it if each.gap),
            )
            for row in rows
            for of_it in [[each for each in clauses if each.category == row["code"]]]
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
