"""Whoever was given the data is told that it was corrected, erased or restricted (Art 19)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from dpdesk.errors import InvalidEntry
from dpdesk.requests.duties import RequestAnswers
from tests.builders import a_request

DAY = dt.date(2026, 11, 10)
LATER = dt.date(2026, 11, 12)
SETTLED = {"identity_documents": ("passport",), "capacity": "yes"}


@pytest.fixture
def log(desk):
    answers = {
        **desk.assets.assets.blank().values,
        "name": "Behaviour log",
        "personal": "yes",
        "people_kinds": ("pupils",),
        "recipients_other": "Example County Council",
    }
    return desk.assets.assets.save(answers).entry


def erasure(desk, kind="erasure", **values):
    answers = {"kind": kind, "decision": "yes", "decided_on": DAY, "done_on": DAY, **SETTLED}
    return a_request(desk, **{**answers, **values})


def change(desk, entry, **values):
    fresh = desk.requests.requests.load(entry.id)
    return desk.requests.requests.save(values, fresh.id, fresh.version).entry


def found_in(desk, entry, asset):
    values = {"place": f"{asset.reference} {asset.title}", "found": "yes"}
    desk.requests.requests.searches.save(values, parent_id=entry.id)


@pytest.mark.parametrize("kind", ["rectification", "erasure", "restriction"])
def test_it_is_not_closed_before_it_is_said_who_else_was_told(desk, kind):
    entry = erasure(desk, kind)
    with pytest.raises(InvalidEntry) as caught:
        change(desk, entry, closed=LATER)
    assert "Art 19" in caught.value.problems["told_none"]
    recipients = desk.requests.requests.recipients
    part = recipients.save({"recipient": "Example Club"}, parent_id=entry.id).entry
    with pytest.raises(InvalidEntry) as caught:
        change(desk, entry, closed=LATER)
    assert "1 recipient is still to be told" in caught.value.problems["told_none"]
    recipients.save({"told_on": DAY, "how": "post"}, part.id, part.version)
    assert change(desk, entry, closed=LATER).state == "closed"


@pytest.mark.parametrize(
    "values",
    [{"told_none": "Nobody had been given it"}, {"decision": "no"}, {"kind": "objection"}],
)
def test_a_reason_or_another_kind_or_a_refusal_lets_it_be_closed(desk, values):
    entry = erasure(desk, **values)
    assert change(desk, entry, closed=LATER).state == "closed"


def test_a_line_may_say_why_somebody_is_not_told(desk):
    entry = erasure(desk)
    desk.requests.requests.recipients.save(
        {"recipient": "Example Club", "not_told": "It was wound up in 2024"}, parent_id=entry.id
    )
    assert change(desk, entry, closed=LATER).state == "closed"


def test_recipients_are_proposed_from_the_assets_in_which_it_was_found(desk, log):
    requests = desk.requests.requests
    other = {**log.values, "name": "Trips", "recipients_other": "Example Coaches"}
    desk.assets.assets.save(other)
    entry = erasure(desk)
    found_in(desk, entry, log)
    assert requests.propose_recipients(entry.id) == 1
    (part,) = requests.recipients.parts(entry.id)
    assert part.values["recipient"] == "Example County Council"
    assert part.values["known_from"] == f"{log.reference} Behaviour log"
    # Nobody is listed twice.
    assert requests.propose_recipients(entry.id) == 0
    restricted = erasure(desk, "restriction", flag_from=DAY, flag_assets=(log.reference,))
    assert requests.propose_recipients(restricted.id) == 1


def test_without_a_place_all_that_may_have_it_are_proposed(desk, log):
    entry = erasure(desk, "rectification", subject_kind="pupil")
    desk.requests.requests.propose_recipients(entry.id)
    parts = desk.requests.requests.recipients.parts(entry.id)
    assert [part.values["recipient"] for part in parts] == ["Example County Council"]


def test_the_letter_goes_to_each_of_them_and_notes_the_day(desk):
    requests, letters = desk.requests.requests, desk.requests.letters
    entry = erasure(desk, done_where="The behaviour log of 2025")
    for name in ("Example Club", "Example Coaches"):
        requests.recipients.save(
            {"recipient": name, "address": "1 Sample Road"}, parent_id=entry.id
        )
    letter = letters.write("third_parties", entry)
    assert letters.addressee("third_parties", entry) == "Example Club"
    assert "The behaviour log of 2025" in letter.text
    draft = letters.draft("third_parties", entry)
    sent = letters.send("third_parties", entry, draft, sent_on=LATER, how="post")
    assert "Example Club” is recorded as told" in sent.told
    states = [(part.state, part.values.get("told_on")) for part in requests.recipients.parts(1)]
    assert states == [("told", LATER), ("open", None)]
    assert letters.addressee("third_parties", entry) == "Example Coaches"
    # Whoever asked is told to whom the school has written.
    answer = letters.write("response", requests.load(entry.id)).text
    assert "Example Club" in answer
    assert "Example Coaches" not in answer


def told(desk, entry) -> list[tuple[str, str, object]]:
    parts = desk.requests.requests.recipients.parts(entry.id)
    return [(part.values["recipient"], part.state, part.values.get("told_on")) for part in parts]


def three(desk, entry) -> None:
    for name, given in (("Example Club", "The list of the trip"), ("Example Coaches", None)):
        requests = desk.requests.requests
        requests.recipients.save({"recipient": name, "given": given}, parent_id=entry.id)
    desk.requests.requests.recipients.save(
        {"recipient": "Example Council", "not_told": "They never had it."}, parent_id=entry.id
    )


def test_all_who_wait_are_written_to_and_noted_in_one_go(desk):
    letters = desk.requests.letters
    entry = erasure(desk, done_where="The behaviour log of 2025")
    three(desk, entry)
    draft = letters.draft("third_parties", entry)
    made = letters.to_all(entry, draft)
    assert len(made.texts) == 2
    assert "The list of the trip" in made.texts[0]
    assert "The behaviour log of 2025" not in made.texts[0]
    assert "The behaviour log of 2025" in made.texts[1]
    sent = letters.send_to_all(entry, draft, sent_on=LATER, how="post")
    assert sent.told == "2 recipients recorded as told."
    assert told(desk, entry) == [
        ("Example Club", "told", LATER),
        ("Example Coaches", "told", LATER),
        ("Example Council", "not_told", None),
    ]
    papers = [letters.content(each.paper.id) for each in letters.sent(entry.id) if each.paper]
    assert len(papers) == 2
    assert papers[0] != papers[1]
    assert not letters.waiting("third_parties", entry)
    with pytest.raises(ValueError, match="nobody"):
        letters.send_to_all(entry, draft, sent_on=LATER, how="post")


def test_words_that_somebody_changed_go_to_all_of_them(desk):
    letters = desk.requests.letters
    entry = erasure(desk, done_where="The behaviour log of 2025")
    three(desk, entry)
    draft = replace(letters.draft("third_parties", entry), text="Please look into our letter.")
    letters.keep("third_parties", entry, draft)
    assert all("look into our letter" in each for each in letters.to_all(entry, draft).texts)
    letters.send_to_all(entry, draft, sent_on=LATER, how="post")
    assert [each[1] for each in told(desk, entry)] == ["told", "told", "not_told"]
    assert not letters.begun(entry)


def test_whoever_was_given_wrong_data_hears_what_was_wrong_and_what_is_right(desk):
    wrong = {"says_wrong": "The date of birth.", "should_say": "4 May 2014"}
    entry = erasure(desk, "rectification", done_where="The file in room 3", **wrong)
    three(desk, entry)
    said = desk.requests.letters.write("third_parties", entry).text
    assert "The date of birth." in said
    assert "4 May 2014" in said
    assert "room 3" not in said


def test_home_and_the_page_say_that_somebody_is_still_to_be_told(desk):
    entry = erasure(desk)
    assert any("Art 19" in each for each in desk.requests.requests.cautions(entry))
    texts = [duty.text for duty in RequestAnswers(desk.requests.requests).duties()]
    assert "Tell those who were given the data: Robin Example" in texts
    change(desk, entry, told_none="Nobody had been given it")
    texts = [duty.text for duty in RequestAnswers(desk.requests.requests).duties()]
    assert "Tell those who were given the data: Robin Example" not in texts


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"told_on": dt.date(2026, 11, 1)}, "told_on"),
        ({"told_on": LATER, "replied_on": DAY}, "replied_on"),
    ],
)
def test_days_that_cannot_be_are_refused_with_a_sentence(desk, values, field):
    entry = erasure(desk)
    with pytest.raises(InvalidEntry) as caught:
        desk.requests.requests.recipients.save(
            {"recipient": "Example Club", **values}, parent_id=entry.id
        )
    assert list(caught.value.problems) == [field]


def test_the_case_file_shows_who_was_told(desk):
    from tests.papers.reading import text_of

    entry = erasure(desk)
    desk.requests.requests.recipients.save(
        {"recipient": "Example Club", "told_on": DAY, "how": "post", "reply": "done"},
        parent_id=entry.id,
    )
    words = text_of(desk.requests.case_file(desk.requests.requests.load(entry.id)).content)
    assert "Who else was told" in words
    assert "Example Club" in words
