"""The lists of the register of people."""

from __future__ import annotations

from typing import Final

from dpdesk.law.pick_lists import Choice
from dpdesk.law.pick_lists import choices as listed

FILE: Final = "people"

KINDS: Final = listed("kinds", FILE)
RELATIONSHIPS: Final = listed("relationships", FILE)
ROLES: Final = listed("roles", FILE)
_SIXTH: Final = {
    12: ("Lower Sixth", "Lower 6", "Lower 6th", "Lower VI", "L6", "L6th", "LVI"),
    13: ("Upper Sixth", "Upper 6", "Upper 6th", "Upper VI", "U6", "U6th", "UVI"),
}
"""What the years of a sixth form are called besides."""
YEARS: Final = (
    Choice("N", "Nursery", also=("N1", "N2", "Nursery 1", "Nursery 2")),
    Choice("R", "Reception", also=("YR", "Rec", "0")),
    *(
        Choice(str(year), f"Year {year}", also=(f"Y{year}", *_SIXTH.get(year, ())))
        for year in range(1, 14)
    ),
)
"""Year groups of England, youngest first."""
