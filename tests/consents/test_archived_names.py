"""Who types the name of somebody who is archived, or a part of a name, is helped on."""

from __future__ import annotations


def archived(people, entry):
    return people.archive(entry.id, entry.version).entry


def test_a_person_who_is_archived_is_said_to_be_so_with_the_way_back(room, people, person):
    archived(people, person("Ward", "Ana"))
    photos = room.photos
    said = photos.link_missing(photos.register.field("people"), "ana ward")
    assert "PE-2026-001 Ward, Ana” is archived" in said
    assert "Bring back" in said
    assert "No person" not in said


def test_several_who_are_archived_are_named_by_what_was_typed(room, people, person):
    for first in ("Ana", "Tom"):
        archived(people, person("Ward", first))
    said = room.photos.link_missing(room.photos.register.field("people"), "Ward")
    assert said.startswith("Entries called “Ward” are archived.")


def test_somebody_of_that_name_who_is_not_archived_is_offered(room, people, person):
    archived(people, person("Ward", "Ana"))
    tom = person("Ward", "Tom")
    field = room.photos.register.field("people")
    assert room.photos.link_missing(field, "Ward") == ""
    assert [number for number, _ in room.photos.link_choices(field, "Ward")] == [tom.id]


def test_a_part_of_a_name_is_offered_and_never_taken_unasked(room, person):
    edwards = person("Edwards", "Ana")
    photos, field = room.photos, room.photos.register.field("people")
    assert [number for number, _ in photos.link_choices(field, "ward")] == [edwards.id]
    assert photos.link_only(field, "ward") is None
    assert photos.link_only(field, "edw") == (edwards.id, "PE-2026-001 Edwards, Ana")
    ward = person("Ward", "Tom")
    assert [number for number, _ in photos.link_choices(field, "ward")] == [ward.id]
    person("Ward", "Una")
    assert photos.link_only(field, "ward") is None
