"""Self-assessments: how well each category is met, and what changed since the last one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dpdesk.assurance.pick_lists import label, pick

STEPS: Final = ("not", "partly", "fully")
"""The ratings from the lowest to the highest; what does not apply is none of them."""


@dataclass(frozen=True, slots=True)
class Rated:
    """A self-assessment: its ratings by category, with what shows them."""

    name: str
    rated: Mapping[str, int]
    """From 0 (not met) to 2 (met in full), as the place in ``STEPS``."""
    because: Mapping[str, str]

    def steps(self) -> tuple[int | None, ...]:
        """The rating of each category in the order of the framework; None where there is none."""
        return tuple(self.rated.get(each.code) for each in pick("categories"))


@dataclass(frozen=True, slots=True)
class RatingChange:
    """A category that is met better or worse than at the time before."""

    category: str
    before: int
    now: int

    @property
    def said(self) -> str:
        """The change in words."""
        words = [label("ratings", STEPS[step]).lower() for step in (self.before, self.now)]
        way = "better" if self.now > self.before else "worse"
        return f"{label('categories', self.category)}: {way}, from {words[0]} to {words[1]}"


def changes(assessments: Sequence[Rated]) -> tuple[RatingChange, ...]:
    """What changed between the last two, in the order of the framework."""
    if len(assessments) < 2:
        return ()
    before, now = assessments[-2].rated, assessments[-1].rated
    return tuple(
        RatingChange(each.code, before[each.code], now[each.code])
        for each in pick("categories")
        if each.code in before and each.code in now and before[each.code] != now[each.code]
    )


def spoken(assessment: Rated) -> str:
    """A self-assessment in one sentence, as screen readers say it."""
    return "; ".join(
        f"{number}. {each.label}: {label('ratings', STEPS[step]).lower()}"
        if step is not None
        else f"{number}. {each.label}: not rated"
        for number, (each, step) in enumerate(
            zip(pick("categories"), assessment.steps(), strict=True), start=1
        )
    )
