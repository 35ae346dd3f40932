"""Rows of a template that are in the register already, told by what they say.

The template has no column for the reference of an asset. Where the second sheet is missing too,
only the words of a row tell that it was written from an entry that is here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dpdesk.assets.ropa_columns import Row
from dpdesk.assets.ropa_in import TemplateRow, likeness
from dpdesk.assets.ropa_out import digests
from dpdesk.assets.ropa_plan import PlannedAsset

_AKIN: Final = 0.7
"""From which share of equal cells on a row counts as a changed form of one that is here."""
_LEAST: Final = 3
"""Cells that say something; with fewer, a row is like too many others."""
_MOST_COMPARED: Final = 100_000


@dataclass(frozen=True, slots=True)
class Twice:
    """The reference of the entry that a row was written from, and whether it says the same."""

    reference: str
    same: bool


def twice(rows: Sequence[TemplateRow], here: Iterable[tuple[str, Row]]) -> dict[int, Twice]:
    """Which rows are here already, by their number in the file.

    ``here``: the rows that would be written from the register now, with their references.
    """
    written = [(reference, digests(row)) for reference, row in here]
    exactly = {marks: reference for reference, marks in written}
    found: dict[int, Twice] = {}
    for row in rows:
        marks = digests(row.cells)
        if marks in exactly:
            found[row.number] = Twice(exactly[marks], same=True)
        elif sum(map(bool, marks)) >= _LEAST and len(rows) * len(written) <= _MOST_COMPARED:
            score, reference = max(
                ((likeness(marks, other), ref) for ref, other in written), default=(0.0, "")
            )
            if score >= _AKIN:
                found[row.number] = Twice(reference, same=False)
    return found


def tell(planned: PlannedAsset, known: Mapping[int, Twice]) -> None:
    """Says of an asset that would be new that it is here already."""
    ours = [known[number] for number in planned.rows if number in known]
    if not ours or planned.same_as or planned.warning:
        return
    reference = ours[0].reference
    whole = len(ours) == len(planned.rows)
    if whole and all(each.same and each.reference == reference for each in ours):
        planned.same_as = reference
    else:
        planned.warning = (
            f"This looks like {reference}, which is already here; importing it adds another entry."
        )
