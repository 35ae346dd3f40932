"""``findings``: what is missing or wrong, over all registers."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from dpdesk.cli.answers import Answer
from dpdesk.cli.opening import opened
from dpdesk.registers.entries import Query

_MOST_NAMED = 5
"""References that are printed in a line; ``--json`` names all."""


def findings(arguments: Namespace) -> Answer:
    """Every finding with the entries that have it, those that most entries have first."""
    found: list[dict[str, Any]] = []
    lines: list[str] = []
    with opened(arguments) as desk:
        for finding in desk.overview.findings():
            references: list[str] = []
            if finding.chip and finding.register in desk.registers:
                listing = desk.registers[finding.register].listing(Query(chip=finding.chip))
                references = [listing.cell(row, 0) for row in range(len(listing.rows))]
            found.append(
                {
                    "register": finding.register,
                    "finding": finding.chip,
                    "count": finding.count,
                    "references": references,
                    "reason": finding.said,
                    "source": finding.source,
                }
            )
            named = ", ".join(references[:_MOST_NAMED])
            more = len(references) - _MOST_NAMED
            named += f" and {more} more" if more > 0 else ""
            lines.append(f"{finding.told}: {named}" if named else f"{finding.told}.")
            if finding.source:
                lines.append(f"   {finding.source}")
    return Answer({"findings": found}, "\n".join(lines) or "Nothing is missing.")
