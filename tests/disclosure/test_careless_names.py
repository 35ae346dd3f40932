"""Names typed in haste: run together, without capitals, with figures for letters."""

from __future__ import annotations

import pytest

from tests.disclosure.proposing import doubtful, kept, proposed


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("told MrSmith that", "MrSmith"),
        ("told MrsWard’s son", "MrsWard’s"),
        ("HarrySmithcame in", "HarrySmithcame"),
        ("then theyHarrySmith ran", "theyHarrySmith"),
        ("saw mr smith run", "smith"),
        ("mrs ward rang", "ward"),
        ("Mr smith came", "smith"),
        ("mr Smith came", "Smith"),
        ("ask dr. young’s office", "young’s"),
    ],
)
def test_what_can_hardly_be_anybody_else_is_proposed(text, said):
    assert said in proposed(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("gave it toHarry and", "toHarry"),
        ("DearHarry, thank you", "DearHarry,"),
        ("isOluwaseun’s here", "isOluwaseun’s"),
        ("saw harry2015 there", "harry2015"),
        ("saw H4rry there", "H4rry"),
        ("and Adey3mi too", "Adey3mi"),
        ("5mith was there", "5mith"),
        ("h smith was there", "h smith"),
        ("g young went", "g young"),
        ("he met andGrace there", "andGrace"),
        ("it was toWill that", "toWill"),
        ("I told Hary that", "Hary"),
        ("I told Smyth that", "Smyth"),
        ("Oluwaseum came", "Oluwaseum"),
    ],
)
def test_what_may_be_a_name_is_for_the_user_to_look_at(text, said):
    assert said in doubtful(text)
    assert said not in proposed(text)


def test_a_name_with_an_s_and_no_mark_is_found():
    assert "harrys" in proposed("harrys mum") + doubtful("harrys mum")


def test_who_asks_and_who_is_asked_about_are_kept_however_they_are_typed():
    assert kept("gave toEthan") == {"toEthan": "subject"}
    assert kept("mrs walker rang") == {"walker": "requester"}


@pytest.mark.parametrize(
    "text",
    [
        "YouTube WhatsApp McDonald iPhone PowerPoint MayDay WillPower GoodWill JavaScript",
        "a hall, i may, a young boy, the ward mr and mrs",
        "inMay atHome theHall forMay",
        "Hard work. Card games. Time and Date: Smite. HARDY weather",
        "3rd 1st 2nd 7B 10x5 A4 5G KS3 Y7 x2 4may will1",
        "the mrs may come",
        "all halls, youngs and mays",
    ],
)
def test_words_are_no_names(text):
    assert proposed(text) == []
