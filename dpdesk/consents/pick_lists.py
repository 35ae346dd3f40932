"""The lists of consents, and the uses that the policy names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from dpdesk import resources
from dpdesk.law.pick_lists import choices as listed

FILE: Final = "consents"

PLACES: Final = listed("places", FILE)
ANSWERS: Final = listed("answers", FILE)
HOWS: Final = listed("hows", FILE)
WISHES: Final = listed("wishes", FILE)
RENEWALS: Final = listed("renewals", FILE)


@cache
def usual_uses() -> tuple[Mapping[str, Any], ...]:
    """The answers of the uses that policy 12.2 lists, with words for parents."""
    return tuple(resources.toml("law", f"{FILE}.toml")["uses"])
