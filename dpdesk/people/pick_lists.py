"""The lists of the register of people, and the letters of a UPN."""

from __future__ import annotations

from typing import Final

from dpdesk.law.pick_lists import Choice
from dpdesk.law.pick_lists import choices as listed

FILE: Final = "people"

KINDS: Final = listed("kinds", FILE)
RELATIONSHIPS: Final = listed("relationships", FILE)
ROLES: Final = listed("roles", FILE)
YEARS: Final = (
    Choice("N", "Nursery", also=("N1", "N2")),
    Choice("R", "Reception", also=("YR", "Rec", "0")),
    *(Choice(str(year), f"Year {year}", also=(f"Y{year}",)) for year in range(1, 14)),
)
"""Year groups of England, youngest first."""

_CHECK: Final = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""Letters of a unique pupil number; I, O and S are not among them."""


def upn_fault(upn: str) -> str:
    """What is wrong with a unique pupil number, in a sentence; empty where nothing is.

    A letter that is worked out from the rest, then twelve digits, of which the last may be a letter
    where the number was given for the time being. (Department for Education: UPNs, a guide.)
    """
    plain = upn.strip().upper()
    if len(plain) != 13 or not plain[1:12].isdigit() or not plain[12].isalnum():
        return "A UPN is a letter and twelve digits."
    if plain[12] in "IOS" or plain[0] not in _CHECK:
        return "A UPN does not contain that letter. Should an I be a 1, or an O a 0?"
    weighed = [int(sign) for sign in plain[1:12]]
    weighed.append(int(plain[12]) if plain[12].isdigit() else _CHECK.index(plain[12]))
    total = sum(place * value for place, value in enumerate(weighed, 2))
    if _CHECK[total % 23] != plain[0]:
        return "The first letter does not match the digits. Please check the UPN."
    return ""
