"""Numbers that stand for one person, and the digits by which a slip of the pen shows.

Each question takes a number as it is written, with or without spaces and dashes, and says whether
it can be one. None of them says that the number was ever given to anybody.
"""

from __future__ import annotations

import re
from typing import Final

_UPN_LETTERS: Final = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""Letters of a unique pupil number; I, O and S are not among them."""
_INSURANCE: Final = re.compile(r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]?")
_NEVER: Final = frozenset({"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"})
"""Beginnings that no National Insurance number has."""
_LICENCE: Final = re.compile(
    r"[A-Z]{1,5}9{0,4}\d[0156]\d[0-3]\d\d[A-Z][A-Z9][A-Z2-9][A-Z]{2}(\d\d)?"
)
_LICENCE_NAME: Final = re.compile(r"[A-Z]{1,5}9*")
_IBAN: Final = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")


def plain(number: str) -> str:
    """The letters and figures alone, in capitals."""
    return "".join(sign for sign in number.upper() if sign.isascii() and sign.isalnum())


def upn_fault(upn: str) -> str:
    """What is wrong with a unique pupil number, in a sentence; empty where nothing is.

    A letter that is worked out from the rest, then twelve digits, of which the last may be a letter
    where the number was given for the time being. (Department for Education: UPNs, a guide.)
    """
    found = upn.strip().upper()
    if len(found) != 13 or not found[1:12].isdigit() or not found[12].isalnum():
        return "A UPN is a letter and twelve digits."
    if found[12] in "IOS" or found[0] not in _UPN_LETTERS:
        return "A UPN does not contain that letter. Should an I be a 1, or an O a 0?"
    weighed = [int(sign) for sign in found[1:12]]
    weighed.append(int(found[12]) if found[12].isdigit() else _UPN_LETTERS.index(found[12]))
    total = sum(place * value for place, value in enumerate(weighed, 2))
    if _UPN_LETTERS[total % 23] != found[0]:
        return "The first letter does not match the digits. Please check the UPN."
    return ""


def upn_meant(said: str) -> str:
    """The UPN that is meant by one without its first letter, or with an O for a 0 or an I for a 1.

    The first letter is worked out from the twelve signs behind it, so that nothing is guessed: what
    has lost it gets it back, and what was mistyped counts only where the letter says so. As it was
    written where neither can be.
    """
    found = plain(said)
    if len(found) == 12 and found[:11].isdecimal():
        whole = (f"{letter}{found}" for letter in _UPN_LETTERS)
        return next((each for each in whole if not upn_fault(each)), found)
    mended = found[:1] + found[1:].replace("O", "0").replace("I", "1")
    return found if upn_fault(mended) else mended


def is_uln(number: str) -> bool:
    """A unique learner number: ten digits, the last worked out from the others (modulus 11)."""
    digits = plain(number)
    if len(digits) != 10 or not digits.isdecimal() or digits[0] == "0":
        return False
    left = sum((10 - place) * int(each) for place, each in enumerate(digits[:9])) % 11
    return left != 0 and 10 - left == int(digits[9])


def is_nhs(number: str) -> bool:
    """An NHS number: ten digits, the last worked out from the others (modulus 11)."""
    digits = plain(number)
    if len(digits) != 10 or not digits.isdecimal() or len(set(digits)) == 1:
        return False
    left = sum((10 - place) * int(each) for place, each in enumerate(digits[:9])) % 11
    return (11 - left) % 11 == int(digits[9])


def is_insurance(number: str) -> bool:
    """A National Insurance number: two letters in use, six digits, and mostly a last letter."""
    found = plain(number)
    return _INSURANCE.fullmatch(found) is not None and found[:2] not in _NEVER


def is_iban(number: str) -> bool:
    """An international account number: the remainder of dividing it by 97 is 1."""
    found = plain(number)
    if _IBAN.fullmatch(found) is None:
        return False
    turned = found[4:] + found[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def is_card(number: str) -> bool:
    """The number of a payment card: its last digit is worked out from the others (Luhn)."""
    digits = plain(number)
    if not digits.isdecimal() or not 13 <= len(digits) <= 19 or len(set(digits)) == 1:
        return False
    total = 0
    for place, each in enumerate(reversed(digits)):
        value = int(each) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_licence(number: str) -> bool:
    """A British driving licence number: five signs of the surname, the birthday in disguise."""
    found = plain(number)
    if len(found) not in {16, 18} or _LICENCE_NAME.fullmatch(found[:5]) is None:
        return False
    if _LICENCE.fullmatch(found) is None:
        return False
    month, day = int(found[6:8]) % 50, int(found[8:10])
    return 1 <= month <= 12 and 1 <= day <= 31
