"""What an answer tells of the assets: every part of Article 15, each once, no codes, no guesses."""

from __future__ import annotations

from tests.builders import a_request


def an_asset(desk, name, **values):
    answers = {
        "name": name,
        "personal": "yes",
        "people_kinds": ("pupils",),
        "automated": "no",
        "transfers": "no",
        **values,
    }
    entry = desk.assets.assets.save(answers).entry
    purpose = {"purpose": f"Use of {name}"}
    desk.assets.assets.purposes.save(purpose, parent_id=entry.id)
    return entry


def found_in(desk, entry, *assets):
    for asset in assets:
        answers = {"place": f"{asset.reference} {asset.title} (Office)", "found": "yes"}
        desk.requests.requests.searches.save(answers, parent_id=entry.id)


def test_the_answer_tells_of_the_assets_in_which_something_was_found(desk):
    files = an_asset(desk, "Pupil files", retention_words="until 25", recipients=("parents",))
    an_asset(desk, "Payroll", recipients=("hmrc",))
    books = an_asset(desk, "Mark books", recipients=("parents", "staff"), origins=("staff",))
    entry = a_request(desk)
    found_in(desk, entry, files, books)
    told = desk.requests.requests.assets_told(entry.id)
    assert told.purposes == ("Use of Pupil files", "Use of Mark books")
    assert told.recipients == ("Parents and carers", "Staff of the school")
    assert told.retention == ("Pupil files: until 25",)
    assert told.sources == ("Staff of the school",)
    letter = desk.requests.letters.write("response", entry)
    assert "Use of Pupil files; Use of Mark books" in letter.text
    assert "no decision is made by a computer alone" in letter.text
    assert "None of it is sent outside the United Kingdom." in letter.text
    assert "HM Revenue" not in letter.text
    assert "AS-" not in letter.text


def test_what_the_register_does_not_say_stays_a_gap_and_what_is_typed_goes_first(desk):
    files = an_asset(desk, "Pupil files", automated=None, transfers="yes", countries="Ireland")
    entry = a_request(desk, purposes="Teaching", subject_kind="staff")
    found_in(desk, entry, files)
    letter = desk.requests.letters.write("response", entry)
    assert "automated decisions" in letter.missing
    assert "Why we use it: Teaching" in letter.text
    assert "Sent outside the United Kingdom: Ireland" in letter.text
