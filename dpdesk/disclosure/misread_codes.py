"""Postcodes with figures for letters and letters for figures, as scans are read: S015 2AB.

There is no list of all postcodes here. What is believed has the form of one when such signs are
changed, begins with the letters of an area that there is, and has more right than wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

_AREAS: Final = frozenset(
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E "
    "EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL "
    "LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM "
    "SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE".split()
)
_LONDON: Final = frozenset({"E", "EC", "N", "NW", "SE", "SW", "W", "WC"})
"""Areas in which a letter may follow the figure: W1A."""
_INWARD: Final = frozenset("ABDEFGHJLNPQRSTUWXYZ")
"""Letters that may end a postcode."""
_FIGURES: Final = str.maketrans("OQDIlSZBG", "000115286")
_LETTERS: Final = str.maketrans("015268l", "OISZGBI")
_LAST: Final = str.maketrans("015268lI", "DLSZGBLL")
"""The letters at the end, among which there is no O and no I."""
_ORDINALS: Final = frozenset({"ST", "ND", "RD", "TH"})
_LIKELY: Final = re.compile(r"(?<!\w)(?=([A-Z0-9l]{2,4}) ?([A-Z0-9l]{3})(?!\w))")
_LEAST: Final = 6
"""Signs of such a postcode that stands without its space."""
_MOST: Final = 2
"""Signs that may be wrong."""


def misread_postcodes(text: str) -> Iterator[tuple[int, int]]:
    """Where such postcodes begin and end in a text."""
    for match in _LIKELY.finditer(text):
        if meant := _meant(match[1], match[2]):
            # Without its space it may be any number; then all but one sign must be right.
            apart = match.end(1) < match.start(2)
            wrong = sum(map(str.__ne__, meant, match[1] + match[2]))
            if apart or (wrong == 1 and len(meant) >= _LEAST):
                yield match.start(1), match.end(2)


def postcode_meant(said: str) -> str:
    """The postcode that is meant, without its space; as it is said where nothing is changed."""
    bare = "".join(said.split())
    return _meant(bare[:-3], bare[-3:]) or bare.upper()


@cache
def _meant(outward: str, inward: str) -> str:
    """The postcode that is meant by two words; empty where there is none, or nothing is wrong."""
    figure, last = inward[0].translate(_FIGURES), inward[1:].translate(_LAST)
    if not figure.isdecimal() or not _INWARD.issuperset(last) or inward[1:] in _ORDINALS:
        return ""
    if inward.isdecimal():
        return ""
    most = _MOST if any(sign.isdecimal() for sign in outward) else 1
    for length in (2, 1):
        first, rest = _area(outward[:length]), outward[length:]
        district = _district(first, rest) if first else ""
        meant = f"{first}{district}{figure}{last}" if district else ""
        wrong = sum(map(str.__ne__, meant, outward + inward))
        if meant and 0 < wrong <= most:
            return meant
    return ""


def _area(signs: str) -> str:
    """The letters of an area, one of which at least can be read; empty for none."""
    if not any(sign.isalpha() and sign != "l" for sign in signs):
        return ""
    plain = signs.translate(_LETTERS)
    return next((one for one in (plain, plain.replace("I", "L")) if one in _AREAS), "")


def _district(area: str, signs: str) -> str:
    """The figures behind an area, and perhaps a letter; empty for none."""
    if not 0 < len(signs) <= _MOST:
        return ""
    figures = signs.translate(_FIGURES)
    if figures.isdecimal() and (len(figures) == 1 or figures[0] != "0"):
        return figures
    if len(signs) == _MOST and figures[0].isdecimal() and area in _LONDON and signs[1].isupper():
        return figures[0] + signs[1]
    return ""
