"""What stands on the register: where to search for a request, and what a breach touched."""

from __future__ import annotations

import datetime as dt

from tests.builders import a_request

AWARE = dt.datetime(2026, 11, 19, 9, tzinfo=dt.UTC)


def places(desk, entry):
    return [part.values["place"] for part in desk.requests.requests.searches.parts(entry.id)]


def test_a_request_is_searched_for_in_the_assets_of_such_people(desk, whole, system):
    here = system(name="School database")
    whole(systems=(here.reference,), place_words="Grey cupboard")
    whole(name="Personnel files", people_kinds=("staff",))
    whole(name="Keys", personal="no")
    entry = a_request(desk, subject_kind="pupil")
    desk.requests.requests.start_searches(entry.id)
    found = places(desk, entry)
    assert found[0] == "AS-2026-001 Pupil files (School office, Grey cupboard, School database)"
    assert not any("Personnel" in place or "Keys" in place for place in found)
    assert "Pupil file on paper" not in found, "the register knows better than the usual list"
    assert "E-mail: school office" in found, "what is searched for everybody stays"


def test_where_the_register_has_nothing_the_usual_places_are_listed(desk, whole):
    whole(name="Personnel files", people_kinds=("staff",))
    entry = a_request(desk, subject_kind="pupil")
    desk.requests.requests.start_searches(entry.id)
    assert "Pupil file on paper" in places(desk, entry)


def test_a_renamed_asset_is_not_listed_twice(desk, whole, change):
    asset = whole()
    entry = a_request(desk, subject_kind="pupil")
    first = desk.requests.requests.start_searches(entry.id)
    change(asset, name="Files of pupils", place_words="Cellar")
    assert desk.requests.requests.start_searches(entry.id) == 0
    whole(name="Mark books")
    assert desk.requests.requests.start_searches(entry.id) == 1
    assert len(places(desk, entry)) == first + 1


def test_assets_out_of_sight_are_not_searched(desk, assets, whole):
    asset = whole()
    assets.archive(asset.id, asset.version)
    assert desk.requests.requests.places_for("pupil")[0] == "Pupil file on paper"


def test_every_kind_of_data_subject_can_be_searched_for(desk, assets):
    from dpdesk.law.breach_lists import people_terms
    from dpdesk.law.pick_lists import choices
    from dpdesk.resources import toml

    people = toml("law", "search_places.toml")["people"]
    kinds = {each.code for each in choices("data_subjects")}
    assert set(people) == kinds - {"other"}
    assert {code for codes in people.values() for code in codes} <= set(people_terms())
    assets.accept(each.key for each in assets.starters())
    for kind in kinds - {"other"}:
        assert desk.requests.requests.places_for(kind)[0].startswith("AS-"), kind


def test_a_breach_names_the_assets_it_touched_and_is_seen_from_both_ends(desk, whole):
    asset = whole()
    facts = {"summary": "Lost letter", "aware": AWARE, "asset_links": (asset.reference,)}
    breach = desk.breaches.breaches.save(facts).entry
    (there,) = desk.links.of_entry("breaches", breach.id)
    (back,) = [
        each for each in desk.links.of_entry("assets", asset.id) if each.register == "breaches"
    ]
    assert there.reference == asset.reference
    assert (back.reference, back.label) == ("BR-2026-001", "Which entries in the asset register?")


def test_only_real_breaches_count_for_an_asset(desk, whole):
    reference = whole().reference
    facts = {"summary": "x", "aware": AWARE, "asset_links": (reference,)}
    desk.breaches.breaches.save(facts)
    desk.breaches.breaches.save({**facts, "outcome": "breach"})
    desk.breaches.breaches.save({**facts, "outcome": "false_alarm"})
    desk.breaches.breaches.save({**facts, "drill": "yes"})
    gone = desk.breaches.breaches.save(facts).entry
    desk.breaches.breaches.archive(gone.id, gone.version)
    with desk.workspace.database.reading() as session:
        assert desk.breaches.breaches.by_asset(session) == {
            reference: ("BR-2026-001", "BR-2026-002")
        }
