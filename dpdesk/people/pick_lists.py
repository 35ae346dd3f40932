"""The lists of the register of people."""

from __future__ import annotations

from typing import Final

from dpdesk.law.pick_lists import Choice
from dpdesk.law.pick_lists import choices as listed

FILE: Final = "people"

KINDS: Final = listed("kinds", FILE)
RELATIONSHIPS: Final = listed("relationships", FILE)
ROLES: Final = listed("roles", FILE)
YEARS: Final = (
    Choice("N", "Nursery", also=("N1", "N2")),
    Choice("R", "Reception", also=("YR", "Rec", "0")),
    *(Choice(str(year), f"Year {year}", also=(f"Y{year}",)) for year in range(1, 14)),
)
"""Year groups of England, youngest first."""
