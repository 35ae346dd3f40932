"""Links between entries, seen from both ends, whoever drew them."""

from __future__ import annotations

import pytest

from dpdesk.errors import DpdeskError, InvalidEntry, NotFound
from dpdesk.registers.links import LinkService
from dpdesk.registers.rooms import Room, Rooms
from tests.registers.invented import Parcels, make_tables


@pytest.fixture
def parcels(desk, clock) -> Parcels:
    make_tables(desk.workspace.database)
    return Parcels(desk.workspace.database, clock)


class Yard(Room):
    """The room of the parcels."""

    key = "yard"

    def __init__(self, parcels: Parcels) -> None:
        self.registers = (parcels,)


@pytest.fixture
def links(desk, parcels) -> LinkService:
    made = LinkService(desk.workspace.database)
    made.join(Rooms([Yard(parcels)]))
    return made


@pytest.fixture
def three(parcels):
    return [parcels.save({"name": name}).entry for name in ("box", "globe", "map")]


def _seen(links, entry) -> list[tuple[str, str]]:
    found = links.of_entry("test_parcels", entry.id)
    return [(each.reference, each.label) for each in found]


def test_a_link_drawn_by_hand_is_seen_from_both_ends_once(links, three):
    box, globe, _ = three
    changes = links.draw("test_parcels", box.id, "test_parcels", globe.id)
    links.draw("test_parcels", box.id, "test_parcels", globe.id)
    links.draw("test_parcels", globe.id, "test_parcels", box.id)
    assert changes.entries == {("test_parcels", box.id), ("test_parcels", globe.id)}
    assert _seen(links, box) == [("PA-2026-002", "Linked manually")]
    assert _seen(links, globe) == [("PA-2026-001", "Linked manually")]


def test_a_link_cut_is_gone_from_both_ends_and_told_in_both_histories(links, parcels, three):
    box, globe, _ = three
    links.draw("test_parcels", box.id, "test_parcels", globe.id)
    (link,) = links.of_entry("test_parcels", globe.id)
    links.cut(link.link_id)
    assert _seen(links, box) == _seen(links, globe) == []
    assert [(line.old, line.new) for line in parcels.history(box.id)[:2]] == [
        ("PA-2026-002", ""),
        ("", "PA-2026-002"),
    ]
    assert parcels.history(globe.id)[0].old == "PA-2026-001"
    with pytest.raises(NotFound):
        links.cut(link.link_id)


def test_link_fields_are_seen_from_the_other_end_too(links, parcels, three):
    box, globe, chart = three
    parcels.save(
        {"inside": box.id, "beside": ("PA-2026-003", "PA-2026-099")}, globe.id, globe.version
    )
    assert _seen(links, globe) == [("PA-2026-001", "Inside of"), ("PA-2026-003", "Beside")]
    assert _seen(links, box) == [("PA-2026-002", "Inside of")]
    assert _seen(links, chart) == [("PA-2026-002", "Beside")]
    assert all(each.link_id == 0 for each in links.of_entry("test_parcels", globe.id))


def test_a_reference_that_only_begins_alike_is_no_link(links, parcels, three):
    parcels.save({"name": "y", "beside": ("PA-2026-0010",)})
    assert _seen(links, three[0]) == []


def test_a_link_to_nothing_or_to_itself_is_refused(links, three):
    box = three[0]
    for register, number in (("test_parcels", 99), ("no_register", 1)):
        with pytest.raises(NotFound):
            links.draw("test_parcels", box.id, register, number)
    with pytest.raises(DpdeskError, match="itself"):
        links.draw("test_parcels", box.id, "test_parcels", box.id)
    assert _seen(links, box) == []


# --- links in words ----------------------------------------------------------------------------


def test_a_link_is_shown_by_what_it_points_to(parcels):
    box = parcels.save({"name": "A big box"}).entry
    entry = parcels.save({"name": "A globe", "inside": box.id}).entry
    assert entry.shown("inside") == "PA-2026-001 A big box (0)"
    assert parcels.load(entry.id).shown("inside") == "PA-2026-001 A big box (0)"
    line = next(line for line in parcels.history(entry.id) if line.label == "Inside of")
    assert line.new == "PA-2026-001 A big box (0)"


@pytest.mark.parametrize("words", ["PA-2026-001", "pa-2026-001 anything", "B7", "b7 A big box (0)"])
def test_a_link_is_typed_as_reference_code_or_title(parcels, words):
    box = parcels.save({"name": "B7 A big box"}).entry
    parcels.save({"name": "B71 Another box"})
    saved = parcels.save(parcels.read_words({"name": "A globe", "inside": words})).entry
    assert saved.values["inside"] == box.id


@pytest.mark.parametrize(
    ("words", "said"),
    [("B9", "no entry"), ("A box", "More than one")],
)
def test_a_link_that_means_nothing_or_two_things_is_refused(parcels, words, said):
    parcels.save({"name": "A box of tin"})
    parcels.save({"name": "A box of wood"})
    with pytest.raises(InvalidEntry, match=said):
        parcels.save(parcels.read_words({"name": "A globe", "inside": words}))
