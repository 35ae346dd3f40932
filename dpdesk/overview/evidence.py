"""Evidence: every clause of the policy with what proves it, and a pack for an inspection.

The pack is a folder: an index, what proves each clause, and a manifest of check sums that anybody
can verify without dpdesk. It names entries by their references and never people.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dpdesk import resources
from dpdesk.law.words import long_date
from dpdesk.registers.duties import Evidence
from dpdesk.registers.rooms import Rooms
from dpdesk.registers.wording import SCHOOL_TIME
from dpdesk.school.ground import Ground

if TYPE_CHECKING:
    from dpdesk.papers.leaflet import Leaflet

HOW_TO_CHECK = """How to check that these files are as they were made

MANIFEST.sha256 has one line for each file: its SHA-256 check sum and its name.

On Windows, open PowerShell in this folder and type:
    Get-FileHash *.html, *.pdf, *.txt
On a Mac or on Linux, open a terminal in this folder and type:
    sha256sum -c MANIFEST.sha256      (on a Mac: shasum -a 256 -c MANIFEST.sha256)

If a sum is another one, that file was changed after the pack was made.
"""


@dataclass(frozen=True, slots=True)
class ClauseProof:
    """A clause of the policy, what it asks for, and what proves that it is kept."""

    clause: str
    asks: str
    proofs: tuple[Evidence, ...]

    @property
    def gap(self) -> bool:
        """Is there nothing that proves it?"""
        return not self.proofs


class EvidenceMap:
    """What proves what."""

    def __init__(self, rooms: Rooms, ground: Ground) -> None:
        self._rooms, self._ground = rooms, ground

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
            ClauseProof(clause, known.get(clause, ""), tuple(proofs.get(clause, ())))
            for clause in (*known, *rest)
        )

    def pack(self) -> Mapping[str, bytes]:
        """The files of a pack by name: index, manifest and how to check them."""
        from dpdesk.papers.leaflet import leaflet_html, leaflet_pdf

        leaflet = self._leaflet()
        files = {
            "index.html": leaflet_html(leaflet),
            "evidence.pdf": leaflet_pdf(leaflet).content,
            "how-to-check.txt": HOW_TO_CHECK.encode(),
        }
        return {**files, "MANIFEST.sha256": manifest(files)}

    def _leaflet(self) -> Leaflet:
        from dpdesk.papers.leaflet import Leaflet, LeafletSection

        today: dt.date = self._ground.now().astimezone(SCHOOL_TIME).date()
        clauses = self.clauses()
        gaps = tuple(f"{each.clause}: {each.asks}" for each in clauses if each.gap)
        rows = tuple(
            (each.clause, each.asks, _said(each.proofs)) for each in clauses if not each.gap
        )
        return Leaflet(
            "Evidence that the data protection policy is kept",
            (
                LeafletSection(
                    "What proves each clause",
                    columns=("Clause", "What it asks for", "What proves it"),
                    rows=rows,
                ),
                LeafletSection(
                    "Clauses for which there is no proof yet",
                    () if gaps else ("None.",),
                    gaps,
                ),
            ),
            today,
            opening=(
                "Entries are named by their references; no person is named.",
                "The registers themselves are with the school.",
            ),
            letterhead=self._ground.school.letterhead(),
            foot=f"Made on {long_date(today)}.",
        )


def _said(proofs: Sequence[Evidence]) -> str:
    return "\n".join(_line(each) for each in proofs)


_MOST = 12


def _line(proof: Evidence) -> str:
    words = proof.text[0].upper() + proof.text[1:]
    named = ", ".join(proof.references[:_MOST])
    more = len(proof.references) - _MOST
    tail = f" and {more} more" if more > 0 else ""
    return f"{words} ({named}{tail})." if named else f"{words}."


def manifest(files: Mapping[str, bytes]) -> bytes:
    """Check sums in the form that ``sha256sum -c`` reads."""
    lines = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    return "".join(lines).encode()


def _clauses() -> Mapping[str, str]:
    rows = resources.kept("law", "policy_clauses.toml")["clauses"]
    return {row["clause"]: row["asks"] for row in rows}
