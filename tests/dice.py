"""How often a slow property is tried: a few times every day, more often with other dice."""

from __future__ import annotations

import hypothesis

MORE = 8
"""As many times as often with ``dev.py test --dice N``."""


def examples(few: int) -> int:
    """The number of examples for a property of which one costs a good part of a second."""
    return few if hypothesis.settings.get_current_profile_name() == "ci" else few * MORE
