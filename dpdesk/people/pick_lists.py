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
_STAGES: Final = (("FS1", "F1", "Foundation Stage 1"), ("FS2", "F2", "Foundation Stage 2"))
YEARS: Final = (
    Choice(
        "N",
        "Nursery",
        also=("N1", "N2", "Nursery 1", "Nursery 2", "FS1", "F1", "Foundation Stage 1"),
    ),
    Choice("R", "Reception", also=("YR", "Rec", "0", "FS2", "F2", "Foundation Stage 2")),
    *(
        Choice(str(year), f"Year {year}", also=(f"Y{year}", *_SIXTH.get(year, ())))
        for year in range(1, 14)
    ),
)
"""Year groups of England, youngest first."""
_KINDS: Final = {
    "student": "pupil", "learner": "pupil", "child": "pupil", "pupils": "pupil",
    "students": "pupil", "parent": "parent", "parents": "parent", "carer": "parent",
    "guardian": "parent", "contact": "parent", "parent/carer": "parent",
    "parent or carer": "parent",
    "staff": "staff", "teacher": "staff", "employee": "staff", "support staff": "staff",
    "teaching staff": "staff", "member of staff": "staff", "governor": "other",
    "volunteer": "other", "visitor": "other",
}  # fmt: skip
"""What lists call people of each kind."""


def kind_of(said: str) -> str:
    """Whether a list calls somebody a pupil, a parent, staff or somebody else; empty for none."""
    plain = said.casefold()
    return {each.label.casefold(): each.code for each in KINDS}.get(plain, _KINDS.get(plain, ""))
