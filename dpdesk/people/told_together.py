"""Parental responsibility of several adults in one cell: "Mother Y, Father N", "Mother and Father".

Each of the adults of that row gets what is said of them; of whom nothing is said, nothing is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from dpdesk.people.cells import relationship, word, yes_no

_PARTED: Final = re.compile(r"[,;&+/\n]|\band\b", re.IGNORECASE)
_ANSWER: Final = re.compile(r"(?<![\s:=()-])[\s:=()-]+(yes|no|y|n|true|false)\W*$", re.IGNORECASE)
_LONGEST: Final = 200
_WHO: Final = frozenset({"mother", "father"})
"""Of these a pupil usually has one each in a list; others may be meant by a word less plainly."""


def share_out(cells: dict[str, dict[str, Any]]) -> None:
    """Gives each adult of a row their own answer, where one cell answers for several."""
    for mine in tuple(cells.values()):
        told = _told(word(mine.get("responsible")))
        if not told:
            continue
        for each in cells.values():
            who = relationship(each.get("relationship"))
            if each is mine or who in told:
                each.pop("responsible", None)
            if who is not None and who in told:
                each["responsible"] = told[who]
        return


def _told(said: str) -> Mapping[str, str]:
    """Who has it and who has not; empty where the whole cell does not say it plainly."""
    found: dict[str, str] = {}
    if len(said) > _LONGEST or yes_no(said) is not None:
        return {}
    for part in filter(None, map(str.strip, _PARTED.split(said))):
        answer = _ANSWER.search(part)
        who = relationship(_ANSWER.sub("", part))
        if who is None or who not in _WHO or who in found:
            return {}
        found[who] = yes_no(answer[1]) or "yes" if answer else "yes"
    return found
