"""Letters and their accents in one form, in time that follows from the length of the text.

Accents behind a letter are sorted when a text is composed or taken apart, and an endless run of
them takes hours. Nobody writes one; some files hold one to stop whoever reads them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final, Literal

Form = Literal["NFC", "NFD", "NFKC", "NFKD"]

MOST: Final = 30
"""Accents behind one letter that are kept, as Unicode's Stream-Safe Text Format has it (UAX 15)."""
_LONG = re.compile(rf"[^\x00-\u02ff]{{{MOST + 1},}}")
"""Runs without any sign that is certainly no accent; few texts have one."""


def in_form(form: Form, text: str) -> str:
    """The text in a form of Unicode, at most ``MOST`` accents behind each letter."""
    if text.isascii():
        return text
    return unicodedata.normalize(form, _LONG.sub(_cut, text))  # noqa: TID251  # nothing is long now


def _cut(run: re.Match[str]) -> str:
    kept: list[str] = []
    accents = 0
    for sign in run[0]:
        accents = accents + 1 if _becomes_accent(sign) else 0
        if accents <= MOST:
            kept.append(sign)
    return "".join(kept)


@cache
def _becomes_accent(sign: str) -> bool:
    """Whether a sign is an accent, or begins with one when it is taken apart."""
    if unicodedata.combining(sign):
        return True
    apart = [part for part in unicodedata.decomposition(sign).split() if part[0] != "<"]
    return bool(apart) and _becomes_accent(chr(int(apart[0], 16)))
