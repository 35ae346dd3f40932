"""A class of the schedule is called by its code and title wherever something points to it."""

from __future__ import annotations


def test_a_holding_names_its_class_by_its_code_first(room, holding):
    entry = holding("P04")
    assert room.holdings.load(entry.id).shown("rule").startswith("P04 ")
    listing = room.holdings.listing()
    place = [column.name for column in listing.columns].index("rule")
    assert str(listing.rows[0][place + 1]).startswith("P04 ")
    offered = room.holdings.link_choices(room.holdings.register.field("rule"), "p04")
    assert [label[:4] for _, label in offered] == ["P04 "]


def test_what_the_list_says_and_the_reference_both_lead_back_to_the_class(room, rule):
    field = room.holdings.register.field("rule")
    number = rule("P04")
    label = next(label for at, label in room.holdings.link_choices(field, "") if at == number)
    reference = room.schedule.load(number).reference
    for words in (label, reference, f"{reference} {label}"):
        assert room.holdings.link_named(field, words) == number


def test_other_registers_are_still_pointed_to_by_reference(desk):
    people = desk.registers["people"]
    person = people.save({"kind": "staff", "surname": "Sample", "forename": "Kim"}).entry
    field = desk.registers["training"].register.field("person")
    assert desk.registers["training"].link_label(field, person.id).startswith(person.reference)
