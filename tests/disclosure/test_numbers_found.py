"""Numbers and addresses that stand for one person are proposed; other numbers are not."""

from __future__ import annotations

import pytest

from tests.disclosure.proposing import doubtful, proposed, suggest


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("ring 07700 900123 today", "telephone", "07700 900123"),
        ("Tel: 960123 ext 4", "telephone", "960123"),
        ("on +44 (0)7700 900123, please", "telephone", "+44 (0)7700 900123,"),
        ("mail <pat.q@mail.example>; or", "email", "<pat.q@mail.example>;"),
        ("pat @ mail.example or", "email", "pat @ mail.example"),
        ("at 12 Acacia Avenue, Hove, BN3 2AB now", "address", "12 Acacia Avenue, Hove, BN3 2AB"),
        ("at Flat 3, 12 Acacia Road next", "address", "Flat 3, 12 Acacia Road"),
        ("Rose Cottage, Church Lane, Oxted RH8 9ZZ is", "address",
         "Rose Cottage, Church Lane, Oxted RH8 9ZZ"),
        ("the postcode BN3 2AB only", "postcode", "BN3 2AB"),
        ("at The Lodge, Farnley BN3 2AB now", "address", "The Lodge, Farnley BN3 2AB"),
        ("at Rose Cottage, Farnley BN3 2AB", "address", "Rose Cottage, Farnley BN3 2AB"),
        ("Address: Hill Farm Nesfield BN3 2AB", "address", "Hill Farm Nesfield BN3 2AB"),
        ("at Flat 2, 19 Tanners Yard, Hove BN3 2AB", "address",
         "Flat 2, 19 Tanners Yard, Hove BN3 2AB"),
        ("at 3 Farnley Heights, Hove BN3 2AB", "address", "3 Farnley Heights, Hove BN3 2AB"),
        ("ring O7700 900123 today", "telephone", "O7700 900123"),
        ("ring 077OO 9OO123 today", "telephone", "077OO 9OO123"),
        ("pat [at] mail [dot] example or", "email", "pat [at] mail [dot] example"),
        ("his birthday is 3 May this year", "birth", "3 May"),
        ("UPN H801 2000 01001 here", "upn", "H801 2000 01001"),
        ("sort code 123456 then", "bank", "123456"),
        ("her D.O.B. is 3 May 2014 and", "birth", "3 May 2014"),
        ("born on 03/05/14.", "birth", "03/05/14."),
        ("Harry 01/04/2015 came", "birth", "01/04/2015"),
        ("UPN H801200001001 here", "upn", "H801200001001"),
        ("ULN 1234567899 here", "uln", "1234567899"),
        ("NHS no. 943 476 5919 here", "nhs", "943 476 5919"),
        ("NI: AB 12 34 56 C here", "insurance", "AB 12 34 56 C"),
        ("sort code 12-34-56 then", "bank", "12-34-56"),
        ("account no. 12345678 then", "bank", "12345678"),
        ("IBAN GB82 WEST 1234 5698 7654 32 then", "bank", "GB82 WEST 1234 5698 7654 32"),
        ("card 4111 1111 1111 1111 then", "bank", "4111 1111 1111 1111"),
        ("her car AB12 CDE was", "vehicle", "AB12 CDE"),
        ("passport 123456789 of", "passport", "123456789"),
        ("licence MORGA657054SM9IJ of", "licence", "MORGA657054SM9IJ"),
    ],
)  # fmt: skip
def test_a_number_is_proposed_whole(text, kind, found):
    text = f"Harry Smith. {text}"
    there = [one for one in suggest(text).candidates if one.kind == kind]
    assert [one.text for one in there] == [found]
    assert found in proposed(text)


@pytest.mark.parametrize(
    "text",
    [
        "Sent: Tuesday 3 March 2026 10:12 page 12 of 30",
        "invoice 2026-000123 for £1,204.50, order 12345678",
        "Year 4 Green Class, Room 12 Park Block, Key Stage 2 Grove",
        "on 04/05/2026, at 9.30 to 10.15, version 1.2.3",
        "the code 12-34-56 of the lock, 22-23 and 23-24",
        "UPN A123456789013 and NHS-like 9434765918",
        "two @ 50p each; see page 1 of 2; 100% of 1000",
        "paragraph 17(4) of Schedule 2, ISBN 9780306406157",
        "ISBN 978-0-306-40615-7 or ISBN-10: 0-306-40615-2",
        "code 123456 and moved to Year 5, The Lodge",
    ],
)
def test_other_numbers_are_left_alone(text):
    assert proposed(text) == []


def test_a_number_without_a_word_that_says_what_it_is_is_looked_through():
    assert doubtful("it was 943 476 5919 or AB12 CDE") == ["943 476 5919"]


@pytest.mark.parametrize(
    "text", ["ULN 1234567890", "NI no. QQ 12 34 56 C", "UPN A123456789013", "write to hd4 9zz now"]
)
def test_a_number_that_may_be_mistyped_is_looked_through(text):
    """The word beside it says what it is, or its form alone, in small letters."""
    assert proposed(text) == []
    assert len(doubtful(text)) == 1


def test_a_short_date_of_birth_is_found_before_the_word_that_says_so():
    assert proposed("Harry, 3.4.14 (dob)") == ["Harry,", "3.4.14"]
    assert proposed("at p3 2nd or b4 1st") == doubtful("at p3 2nd or b4 1st") == []


def test_figures_written_as_letters_are_the_same_number():
    found = suggest("ring O77OO 900111")
    assert [found.groups[one.group].standing.value for one in found.candidates] == ["subject"]


def test_a_column_of_births_is_read_by_its_head():
    text = "Name DOB 1 Harry Smith 23/01/15 2 Grace Young 14/06/15"
    assert proposed(text) == ["Harry Smith", "23/01/15", "Grace Young", "14/06/15"]
    assert "14/06/15" not in proposed(text.replace("DOB", "Joined"))


def test_an_address_ends_where_somebody_is_named():
    assert proposed("Harry Smith The Lodge, Farnley BN3 2AB") == [
        "Harry Smith", "The Lodge, Farnley BN3 2AB",
    ]  # fmt: skip


def test_a_number_of_somebody_known_goes_with_them():
    found = suggest("Joanna Price, j.price@mail.example 07700900456")
    assert [(one.text, found.groups[one.group].label) for one in found.candidates] == [
        ("Joanna Price,", "Jo Price"),
        ("j.price@mail.example", "Jo Price"),
        ("07700900456", "Jo Price"),
    ]


BIRTHS = (
    "01/04/2015", "01 04 2015", "1 4 2015", "01APR2015", "1Apr2015", "01042015", "20150401",
    "2015 04 01", "01 / 04 / 2015",
    "01|04|2015", "01_04_2015", "1st of April 2015", "1st day of April 2015",
    "first of April 2015", "first of April, 2015",
    "first day of April 2015", "April the first, 2015", "April first 2015", "1 April 2015",
)  # fmt: skip


@pytest.mark.parametrize("day", BIRTHS)
def test_a_known_birth_is_found_however_it_is_written(day):
    """As certain as with strokes: sure beside a word that says so, else to be looked through."""
    assert day in proposed(f"Harry Smith. born {day} here")
    assert day in {*proposed(f"Harry Smith came. {day} it said"), *doubtful(f"so {day} it said")}
    assert doubtful(f"so it was, {day} it said") == [day]


@pytest.mark.parametrize("day", ["2013 12 24", "03 04 12", "240613", "24 / 6 / 13", "24.6.'13"])
@pytest.mark.parametrize(
    "said", ["born", "DOB", "D.O.B.", "D. O. B.", "D O B :", "(b.", "date of birth:"]
)
def test_a_birth_of_nobody_known_is_found_behind_the_word_that_says_so(said, day):
    assert proposed(f"who is {said} {day} it said") == [day]
    assert proposed(f"in rooms {day} it said") == doubtful(f"in rooms {day} it said") == []


def test_a_birth_is_found_in_one_word_with_what_says_so():
    assert proposed("DOB:24/06/13 or (dob-24.6.13)") == ["DOB:24/06/13", "(dob-24.6.13)"]
    assert suggest("he was born in 1998, and 12 of 15 came").candidates == ()


@pytest.mark.parametrize("day", ["Wednesday 1st of April 2015", "on the first of April 2015,"])
def test_a_known_birth_is_found_amid_a_sentence(day):
    assert [one.kind for one in suggest(f"so it was {day} it said").candidates] == ["birth"]


@pytest.mark.parametrize(
    "text", ["02 04 2015 it said", "01042016 it said", "the second of April 2015", "14042015"]
)
def test_a_day_on_which_nobody_known_was_born_is_left_alone(text):
    assert suggest(text).candidates == ()


@pytest.mark.parametrize("code", ["S015 2AB", "5O15 2AB", "SOl5 2AB", "SO15 2A8", "SO1 ZAB"])
def test_a_misread_postcode_is_proposed_where_something_says_what_it_is(code):
    assert proposed(f"the postcode {code} only") == [code]
    address = f"12 Acacia Avenue, Shirley, {code}"
    assert proposed(f"at {address} now") == [address]
    assert doubtful(f"so {code} it said") == [code]


def test_a_misread_postcode_is_of_whoever_has_the_right_one():
    groups = suggest("so 8L9 9ZZ and BL9 9Z2 it said")
    assert {groups.groups[one.group].label for one in groups.candidates} == {"Ethan Walker"}


@pytest.mark.parametrize(
    "text",
    ["BIG 2ND PRIZE", "YEAR 2A5", "CLASS 5B 2AB", "ROOM 101", "IN 5 2AB", "PR95006", "M32R2"],
)
def test_words_in_capitals_beside_figures_are_no_postcode(text):
    assert suggest(text).candidates == ()
