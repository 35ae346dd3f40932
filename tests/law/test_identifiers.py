"""Numbers with check digits: right ones pass, and one wrong figure is seen."""

from __future__ import annotations

import pytest

from dpdesk.law.identifiers import (
    is_card,
    is_iban,
    is_insurance,
    is_licence,
    is_nhs,
    is_uln,
)

# The examples that the bodies which give them out print themselves, and invented ones.
_RIGHT = [
    (is_nhs, "943 476 5919"),
    (is_uln, "1234567899"),
    (is_iban, "GB82 WEST 1234 5698 7654 32"),
    (is_card, "4111 1111 1111 1111"),
    (is_licence, "MORGA657054SM9IJ"),
    (is_licence, "FO999 512310 J9 9AB"),
    (is_insurance, "qq123456c".replace("qq", "AB")),
    (is_insurance, "AB 12 34 56"),
]


@pytest.mark.parametrize(("right", "number"), _RIGHT)
def test_a_right_number_passes(right, number):
    assert right(number)


@pytest.mark.parametrize(("right", "number"), _RIGHT[:4])
def test_one_wrong_figure_is_seen(right, number):
    for place, sign in enumerate(number):
        if sign.isdecimal():
            other = number[:place] + str((int(sign) + 1) % 10) + number[place + 1 :]
            assert not right(other), other


@pytest.mark.parametrize("number", ["BG123456A", "QQ123456C", "AB12345", "AB123456E", ""])
def test_no_national_insurance_number_looks_so(number):
    assert not is_insurance(number)


@pytest.mark.parametrize("number", ["MORGA697054SM9IJ", "MORGA657994SM9IJ", "MORGA65705SM9IJ"])
def test_a_licence_holds_a_birthday(number):
    assert not is_licence(number)
