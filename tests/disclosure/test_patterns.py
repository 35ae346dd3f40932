"""Telephone numbers, addresses, dates and numbers are found by their form."""

from __future__ import annotations

import pytest

from dpdesk.disclosure.patterns import FORMS, FormSearch, form
from tests.disclosure.pdfs import page_of


def _found(key: str, *lines: str) -> list[str]:
    return [each.text for each in FormSearch(form(key)).on(page_of("\n".join(lines)))]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["call 07700 900123 now"], ["07700 900123"]),
        (["call 07700900123, or 01632 960 123."], ["07700900123,", "01632 960 123."]),
        (["(01632) 960123 and 020 7946 0123"], ["(01632) 960123", "020 7946 0123"]),
        (["+44 7700 900123, +44 (0)7700 900123"], ["+44 7700 900123,", "+44 (0)7700 900123"]),
        (["0044 7700 900 123"], ["0044 7700 900 123"]),
        (["+353 86 123 4567 (Ireland)"], ["+353 86 123 4567"]),
        (["07700-900-123; 07700.900.456"], ["07700-900-123;", "07700.900.456"]),
        (["her number is 07700", "900123 at work"], ["07700 900123"]),
        (["0 7 7 0 0 9 0 0 1 2 3"], ["0 7 7 0 0 9 0 0 1 2 3"]),
        (["Tel. 960123 ext 4", "mobile: 900 123"], ["Tel. 960123", "mobile: 900 123"]),
        (["07700 900123 07700 900456"], ["07700 900123", "07700 900456"]),
        (["born 03/04/2012, form 7B, £1,204.50"], []),
        (["NHS 943 476 5919", "UPN A123456789012"], []),
        (["invoice 2026-000123 of 12 pages"], []),
    ],
)
def test_telephone_numbers(lines, found):
    told = _found("telephone", *lines)
    assert [each.removeprefix("Tel. ").removeprefix("mobile: ") for each in told] == [
        each.removeprefix("Tel. ").removeprefix("mobile: ") for each in found
    ]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["write to r.example@elmfield.example."], ["r.example@elmfield.example."]),
        (["<R.O'Brien+bus@mail.elmfield.example>"], ["<R.O'Brien+bus@mail.elmfield.example>"]),
        (["robin @ elmfield.example"], ["robin @ elmfield.example"]),
        (["robin(at)elmfield.example"], ["robin(at)elmfield.example"]),
        (["robin.example@elm-", "field.example or"], ["robin.example@elm- field.example"]),
        (["two @ 50p each", "@elmfield on the web"], []),
    ],
)
def test_email_addresses(lines, found):
    assert _found("email", *lines) == found


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["Bolton BL1 4QR, and bl14qr"], ["BL1 4QR,", "bl14qr"]),
        (["the 5O15 2AB, SOl5 2A8 or 8L1 4QR"], ["5O15 2AB,", "SOl5 2A8", "8L1 4QR"]),
        (["SW1A 1AA", "M1", "1AE"], ["SW1A 1AA", "M1 1AE"]),
        (["Year 7B, room A12"], []),
        (["at S015 2AB or SO15 2A8", "or SOl5", "2AB"], ["S015 2AB", "SO15 2A8", "SOl5 2AB"]),
        (["BIG 2ND PRIZE, YEAR 2A5", "CLASS 5B 2AB"], []),
    ],
)
def test_postcodes(lines, found):
    assert _found("postcode", *lines) == found


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["born 03/04/2012 in"], ["03/04/2012"]),
        (["3.4.12, 3-4-2012; 2012-04-03"], ["3.4.12,", "3-4-2012;", "2012-04-03"]),
        (["on 3rd April 2012 and 4 Apr"], ["3rd April 2012", "4 Apr"]),
        (["on the 2nd of", "November 2026."], ["2nd of November 2026."]),
        (["April 3, 2012 and May 4th"], ["April 3, 2012", "May 4th"]),
        (["She may 3 times", "in 2012 on page 3/4"], ["may 3"]),
        (["01632/960123", "£3.50"], []),
        (["01 04 2015, 01APR2015", "and 1Apr15"], ["01 04 2015,", "01APR2015", "1Apr15"]),
        (["01042015 or 20150401"], ["01042015", "20150401"]),
        (["the first of April, 2015", "or April the 1st"], ["first of April, 2015"]),
        (["twenty-first day of May 2015"], ["twenty-first day of May 2015"]),
        (["41 04 2015, 01 14 2015", "and 99042015"], []),
    ],
)
def test_dates(lines, found):
    assert _found("date", *lines) == found


def test_numbers_of_persons_are_known_by_form_and_check():
    assert _found("nhs", "943 476 5919 and 9434765919, 943 476 5918") == [
        "943 476 5919",
        "9434765919,",
    ]
    assert _found("nhs", "NHS No 943 476 5918") == ["943 476 5918"], "it says what it is"
    assert _found("nhs", "call 07700 900123") == []
    assert _found("upn", "UPN A123456789012 and h801200001001, temporary A12345678901B") == [
        "A123456789012",
        "h801200001001,",
        "A12345678901B",
    ]
    assert _found("insurance", "NI: AB 12 34 56 C, QQ123456C") == ["AB 12 34 56 C,"]


def test_what_lies_in_another_is_one_place_and_an_empty_page_has_none():
    assert _found("telephone", "Tel: 01632 960123") == ["01632 960123"]
    for each in FORMS:
        assert FormSearch(each).on(page_of("")) == ()
