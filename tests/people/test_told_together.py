"""One cell that says of both parents who has parental responsibility."""

from __future__ import annotations

import pytest

HEAD = "Surname,Forename,DOB,Parental Responsibility,Mother,Father"


@pytest.mark.parametrize(
    ("said", "mother", "father"),
    [
        ("Mother Y, Father N", "yes", "no"),
        ("Mother: yes; Father: no", "yes", "no"),
        ("Mum (Y) / Dad (Y)", "yes", "yes"),
        ("Mother and Father", "yes", "yes"),
        ("Mother", "yes", None),
        ("Father - No", None, "no"),
        ("Mother Y, Aunt N", None, None),
        ("ask the office", None, None),
    ],
)
def test_each_parent_gets_what_is_said_of_them(desk, said, mother, father):
    content = f'{HEAD}\nMarsh,Ana,01/02/2017,"{said}",Kim Marsh,Lee Hill\n'.encode()
    (ana,) = desk.people.importing.read("list.csv", content).people.people
    assert [told.responsible for _, told in ana.contacts] == [mother, father]
