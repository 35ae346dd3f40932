"""Drafts: what is half typed is kept as it was typed, and nowhere but in the encrypted file."""

from __future__ import annotations

from dpdesk.desk import Desk
from tests.builders import PASSPHRASE, a_request


def test_a_draft_comes_back_as_it_was_typed_after_opening_again(desk, tmp_path):
    answers = {"subject": "Robin Exam", "received": "3 Nov", "notes": "O’Brien\nŁódź"}
    desk.drafts.keep("requests", 0, 0, answers)
    desk.close()
    again = Desk.open(tmp_path / "workspace", PASSPHRASE)
    note = again.drafts.find("requests", 0)
    assert note is not None
    assert dict(note.answers) == answers
    again.close()


def test_a_later_draft_of_the_same_form_takes_the_place_of_the_earlier(desk):
    for words in ("R", "Ro", "Rob"):
        desk.drafts.keep("requests", 7, 2, {"subject": words})
    (note,) = desk.drafts.of_register("requests")
    assert (note.entry_id, note.version, note.answers["subject"]) == (7, 2, "Rob")


def test_forms_do_not_share_drafts(desk):
    desk.drafts.keep("searches", 0, 0, {"place": "here"}, parent_id=1)
    desk.drafts.keep("searches", 0, 0, {"place": "there"}, parent_id=2)
    desk.drafts.keep("requests", 0, 0, {"subject": "Robin"})
    found = desk.drafts.find("searches", 0, parent_id=2)
    assert found is not None
    assert found.answers == {"place": "there"}
    desk.drafts.drop("searches", 0, parent_id=2)
    assert desk.drafts.find("searches", 0, parent_id=2) is None
    assert desk.drafts.find("searches", 0, parent_id=1) is not None
    assert desk.drafts.find("requests", 0) is not None


def test_a_draft_is_no_change_of_an_entry(desk):
    entry = a_request(desk)
    before = desk.requests.requests.history(entry.id)
    desk.drafts.keep("requests", entry.id, entry.version, {"notes": "half typed"})
    assert desk.requests.requests.history(entry.id) == before
    assert desk.search.find("typed") == ()
    assert desk.requests.requests.load(entry.id).version == entry.version
    desk.drafts.drop("requests", 999)
