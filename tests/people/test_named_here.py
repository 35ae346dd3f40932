"""A name typed anywhere is offered for linking with the person; nothing is linked by itself."""

from __future__ import annotations

import datetime as dt

import pytest

AWARE = dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)


@pytest.fixture
def offers(desk):
    def ask(service, entry):
        links = desk.links.of_entry(service.register.key, entry.id)
        linked = [each.id for each in links if each.register == "people"]
        return [
            (offer.typed, [person.name for person in offer.people])
            for offer in desk.people.named.offers(service, entry, linked)
        ]

    return ask


@pytest.fixture
def staff(person):
    return [
        person("Reed", "Noor", kind="staff", post="Teacher"),
        person("Moss", "Theo", kind="staff", post="Bursar"),
    ]


def test_the_owner_of_an_asset_is_offered_and_no_more_once_linked(desk, offers, staff):
    assets = desk.assets.assets
    entry = assets.save({"name": "Pupil files", "owner": "Reed, Noor"}).entry
    assert offers(assets, entry) == [("Reed, Noor", ["Noor Reed"])]
    desk.links.draw("assets", entry.id, "people", staff[0].id)
    assert offers(assets, entry) == []
    assert assets.load(entry.id).values["owner"] == "Reed, Noor"
    back = desk.links.of_entry("people", staff[0].id)
    assert [each.reference for each in back] == [entry.reference]


def test_staff_involved_in_a_breach_are_offered_out_of_its_parts(desk, offers, staff):
    breaches = desk.breaches.breaches
    breach = breaches.save({"summary": "Lost list", "aware": AWARE}).entry
    breaches.staff.save({"post": "Bursar", "name": "T. Moss"}, parent_id=breach.id)
    breaches.staff.save({"post": "Cook", "name": "Pat Nobody"}, parent_id=breach.id)
    assert offers(breaches, breach) == [("T. Moss", ["Theo Moss"])]


def test_two_of_one_name_are_both_offered_and_neither_is_taken(desk, offers, person):
    person("Ward", "Ana", form="4B")
    person("Ward", "Ana", form="6A")
    assets = desk.assets.assets
    entry = assets.save({"name": "Pupil files", "owner": "Ana Ward"}).entry
    assert offers(assets, entry) == [("Ana Ward", ["Ana Ward", "Ana Ward"])]
    assert desk.links.of_entry("assets", entry.id) == ()


def test_people_of_a_hold_and_of_a_holding_are_found_one_by_one(desk, offers, staff, person):
    person("Wójcik", "Zoë")
    holds = desk.retention.holds
    hold = holds.save(
        {
            "reason": "A claim",
            "kind": "claim",
            "since": AWARE.date(),
            "people": "Zoe Wojcik; Noor Reed",
            "by_whom": "Theo Moss and Noor Reed",
        }
    ).entry
    named = dict(offers(holds, hold))
    assert named == {
        "Zoe Wojcik": ["Zoë Wójcik"],
        "Noor Reed": ["Noor Reed"],
        "Theo Moss": ["Theo Moss"],
    }


def test_a_word_that_is_no_whole_name_offers_nobody(desk, offers, staff):
    assets = desk.assets.assets
    entry = assets.save({"name": "Pupil files", "owner": "Bursar"}).entry
    assert offers(assets, entry) == []
