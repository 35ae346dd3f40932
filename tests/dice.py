"""How often a slow property is tried: a few times every day, more often with other dice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import hypothesis

Thing = TypeVar("Thing")

MORE = 8
"""As many times as often with ``dev.py test --dice N``."""


def some(things: Sequence[Thing]) -> Sequence[Thing]:
    """Every third of many like things of which one costs much; all of them with other dice."""
    return things[::3] if _every_day() else things


def examples(few: int) -> int:
    """The number of examples for a property of which one costs a good part of a second."""
    return few if _every_day() else few * MORE


def _every_day() -> bool:
    return hypothesis.settings.get_current_profile_name() == "ci"
