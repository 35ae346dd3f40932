"""How somebody on a list is addressed: "Mrs Helen Thornbury" as "Mrs Thornbury"."""

from __future__ import annotations

import re
from typing import Final

_TITLES: Final = re.compile(
    r"(?:mr|mrs|miss|ms|mx|dr|prof(?:essor)?|rev(?:erend)?|fr|father|lord|lady)\.?", re.IGNORECASE
)
_AND: Final = re.compile(r"\band\b|&|/|,", re.IGNORECASE)
_PARTICLES: Final = frozenset(
    "al bin da de del della den der di dos du el ibn la le st ten ter van von zu".split()
)


def salutation_of(name: str) -> str:
    """What follows "Dear": title and surname where there is a title, else the name as it stands.

    Two people in one line stay as they are: nobody can tell whose the surname is.
    """
    plain = " ".join(re.sub(r"\([^()]*\)", " ", name).split())
    title, _, rest = plain.partition(" ")
    if not rest or not _TITLES.fullmatch(title) or _AND.search(plain):
        return plain or name
    words = rest.split()
    first = len(words) - 1
    while first > 0 and words[first - 1].casefold().rstrip(".") in _PARTICLES:
        first -= 1
    return f"{title} {' '.join(words[first:])}"
