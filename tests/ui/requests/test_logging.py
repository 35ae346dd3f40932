"""A request is logged with the few questions that cannot wait; the rest is asked later."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from tests.builders import a_request
from tests.ui.requests.conftest import Office


def asked(office: Office) -> list[str]:
    return [name for name, made in office.room.page.form.rows.items() if not made.isHidden()]


def test_who_about_whom_what_and_when_are_asked_first_and_the_rest_later(office):
    office.room.new_entry()
    arrived = ["kind", "subject", "subject_kind", "received", "channel", "asked", "notes"]
    assert asked(office) == [*arrived, "relationship"]
    office.type("Ethan Walker")
    for words in ("Pup", "", "By", "His e-mails", "At the gate", "Mot", "Sarah Walker"):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        office.type(words)
    QTest.keySequence(office.room.page, QKeySequence("Ctrl+S"))
    entry = office.desk.requests.requests.find("SAR-2026-001")
    assert entry.values == {
        "kind": "access",
        "subject": "Ethan Walker",
        "subject_kind": "pupil",
        "received": dt.date(2026, 11, 20),
        "channel": "verbal",
        "asked": "His e-mails",
        "notes": "At the gate",
        "relationship": "mother",
        "requester": "Sarah Walker",
    }
    office.until(lambda: QApplication.focusWidget() is office.room.page)
    assert office.room.stage == "logged"
    assert {"subject_person", "other_names", "period"} <= set(asked(office))


def test_everything_can_be_asked_at_once(office):
    office.room.new_entry()
    office.press("Ask everything now", office.room.next_step)
    assert {"subject_person", "other_names", "period", "salutation"} <= set(asked(office))


def offers(office: Office) -> list[str]:
    """The words on the buttons of the card of the next step."""
    found = office.room.next_step.findChildren(QPushButton)
    seen = [each.text() for each in found if not each.isHidden()]
    return [words for words in seen if words != "Settle it"]


def minded(office: Office) -> list[str]:
    """What the card of the next step leads to, by the words a screen reader says."""
    found = office.room.next_step.findChildren(QPushButton)
    links = [each for each in found if each.text() == "Settle it" and not each.isHidden()]
    return [each.accessibleName() for each in links]


def test_who_asks_is_settled_before_the_page_goes_on_to_the_search(office):
    office.room.new_entry()
    office.type("Ethan Walker")
    form = office.room.page.form
    form.set_values(
        {
            **form.values(),
            "subject_kind": "pupil",
            "relationship": "mother",
            "requester": "Sarah Walker",
        },
        clean=False,
    )
    assert office.room.page.save()
    assert office.room.stage == "logged"
    assert not office.room.page.form.rows["responsibility"].isHidden()
    assert office.room.next_step.says.text().startswith("First establish who is asking")
    first = ["Settle who is asking", "Acknowledge it", "Add the usual places"]
    office.until(lambda: offers(office) == first)
    assert [each.split(": ")[1].split()[0] for each in minded(office)] == [
        "Parental",
        "It",
        "Identity",
    ]
    office.press("Settle who is asking", office.room.next_step)
    office.until(lambda: form.rows["responsibility"].isAncestorOf(QApplication.focusWidget()))


def test_once_it_is_settled_who_asks_the_search_comes_next(office):
    office.room.new_entry()
    office.type("Dana Pryce")
    form = office.room.page.form
    answers = {
        "subject_kind": "staff",
        "relationship": "self",
        "identity_documents": ("known",),
        "identity_needed": "no",
    }
    form.set_values({**form.values(), **answers}, clean=False)
    assert office.room.page.save()
    assert office.room.stage == "search"
    office.until(lambda: "Add the usual places" in offers(office))
    assert not minded(office)


def test_a_signed_authority_is_not_asked_of_a_parent_who_has_responsibility(office):
    entry = a_request(office.desk, relationship="mother", requester="Sarah Example")
    office.room.open_entry(entry.id, "people")
    rows = office.room.page.form.rows
    assert not rows["authority_seen"].isHidden()
    form = office.room.page.form
    form.set_values({**form.values(), "responsibility": "yes"}, clean=False)
    assert rows["authority_seen"].isHidden()
    form.set_values({**form.values(), "relationship": "solicitor", "responsibility": "no"})
    assert not rows["authority_seen"].isHidden()


def test_documents_without_a_place_that_they_are_from_are_minded(office):
    settled = {"identity_documents": ("known",), "identity_needed": "no", "subject_kind": "staff"}
    entry = a_request(office.desk, **settled)
    requests = office.desk.requests.requests
    office.room.open_entry(entry.id)
    office.until(lambda: "Acknowledge it" in offers(office))
    place = requests.searches.save({"place": "Personnel file", "found": "no"}, parent_id=entry.id)
    office.desk.documents.add("requests", entry.id, "note.txt", b"A note about Robin Example.")
    requests.settle(entry.id)
    office.room.open_entry(entry.id)
    assert "No place says that something was found" in office.room.next_step.says.text()
    requests.searches.save({"found": "yes"}, place.entry.id, place.entry.version)
    office.room.open_entry(entry.id)
    assert "No place says" not in office.room.next_step.says.text()


def test_a_search_that_has_begun_leaves_what_is_open_about_people_in_sight(office):
    entry = a_request(office.desk, relationship="mother", requester="Sarah Example")
    office.desk.requests.requests.start_searches(entry.id)
    office.room.open_entry(entry.id)
    assert "still to search" in office.room.next_step.says.text()
    office.until(lambda: minded(office))


def test_no_policy_is_spoken_of_that_the_school_has_not_filed(office):
    office.room.new_entry()
    told = [each.text() for each in office.room.policy.findChildren(QLabel)]
    assert any("has not read your data protection policy" in each for each in told)
    assert not any("13.2" in each for each in told)


def test_the_policy_that_is_filed_is_read_and_its_older_places_are_named(office):
    policies = office.desk.assurance.policies
    policy = policies.save({"name": "Data protection policy", "kind": "data_protection"}).entry
    text = "We charge for copying and postage. " + "All staff keep records with care. " * 80
    office.desk.documents.add("policies", policy.id, "ours.txt", text.encode())
    office.room.new_entry()
    told = " ".join(each.text() for each in office.room.policy.findChildren(QLabel))
    assert "Your policy (“ours" in told
    assert "Charges for copying and postage" in told
    assert "When the time begins" not in told
