"""How somebody on a list is addressed: "Mrs Helen Thornbury" as "Mrs Thornbury"."""

from __future__ import annotations

import re
from typing import Final

_TITLES: Final = re.compile(
    r"(?:mr|mrs|miss|ms|mx|dr|prof(?:essor)?|rev(?:erend)?|fr|father|lord|lady)\.?", re.IGNORECASE
)
_AND: Final = re.compile(r"\band\b|&|/|,", re.IGNORECASE)
_BEHIND: Final = frozenset(
    "jnr jr junior snr sr senior esq esquire ii iii iv mbe obe cbe kbe dbe gbe bem cvo lvo mvo qpm "
    "kc qc jp dl mp mep rn raf rm td vc gc dso dsc mc ma mba msc mphil med ba bsc beng llb llm "
    "phd dphil md mbbs bds bvsc frcs frcp frs fca aca acca rgn srn pgce qts cchem ceng".split()
)
"""What stands behind a name without being part of it, in small letters and without stops."""
_TITLE_BEHIND: Final = re.compile(r"\(\s*([A-Za-z]{2,9}\.?)\s*\)")
_PARTICLES: Final = frozenset(
    "al bin da de del della den der di dos du el ibn la le st ten ter van von zu".split()
)


def salutation_of(name: str) -> str:
    """What follows "Dear": title and surname where there is a title, else the name as it stands.

    Two people in one line stay as they are: nobody can tell whose the surname is.
    """
    plain = _forwards(name)
    title, _, rest = plain.partition(" ")
    if not rest or not _TITLES.fullmatch(title) or _AND.search(plain):
        return plain or name
    words = rest.split()
    while len(words) > 1 and words[-1].casefold().replace(".", "") in _BEHIND:
        words.pop()
    first = len(words) - 1
    while first > 0 and words[first - 1].casefold().rstrip(".") in _PARTICLES:
        first -= 1
    return f"{title} {' '.join(words[first:])}"


def _forwards(name: str) -> str:
    """The name as it is said: "Thornbury, Helen (Mrs)" is Mrs Helen Thornbury."""
    behind = _TITLE_BEHIND.search(name)
    plain = " ".join(re.sub(r"\([^()]*\)", " ", name).split())
    parts = [part.strip() for part in plain.split(",")]
    while len(parts) > 1 and _is_behind(parts[-1]):
        parts.pop()  # "Helen Thornbury, MBE"
    if len(parts) == 2 and all(parts) and not _TITLES.match(parts[0] + " "):
        first, _, rest = parts[1].partition(" ")
        titled = rest and _TITLES.fullmatch(first)
        parts = [f"{parts[1]} {parts[0]}" if not titled else f"{first} {rest} {parts[0]}"]
    said = ", ".join(parts)
    if behind and _TITLES.fullmatch(behind[1]) and not _TITLES.fullmatch(said.split(" ")[0]):
        return f"{behind[1]} {said}"
    return said


def _is_behind(words: str) -> bool:
    """Are these letters that stand behind a name?"""
    letters = words.casefold().replace(".", "").split()
    return bool(letters) and all(each in _BEHIND for each in letters)
