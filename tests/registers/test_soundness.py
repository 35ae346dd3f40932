"""A register that is described wrongly is refused when its class is made."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dpdesk.registers.fields import Chip, Choice, Field, Kind, Register, Section, Stage, State
from dpdesk.registers.soundness import UnsoundRegister, check

SOUND = Register(
    "kites",
    title="Kites",
    entry="kite",
    sections=(Section("shape", "Shape", stage="sewn"), Section("use", "Use")),
    stages=(Stage("sewn", "Sewn"),),
    states=(State("sewn", "Sewn", "mdi6.circle"),),
    chips=(Chip("lost", "Lost", lambda record, _today: record.state == "lost"),),
    order="-length",
    fields=(
        Field(Kind.NUMBER, "Length", "length", section="shape"),
        Field(Kind.CHOICE, "Colour", "colour", section="use", choices=(Choice("red", "Red"),)),
    ),
)


def test_a_sound_register_is_given_back():
    assert check(SOUND) is SOUND


def field(**more):
    return {"fields": (*SOUND.fields, Field(**({"kind": Kind.TEXT, "label": "Owner"} | more)))}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (field(name="owner", section="usse"), "owner stands in no section: 'usse'"),
        (field(name="owner"), "owner stands in no section: ''"),
        (field(name="title", section="use"), "title is the name of a column"),
        (field(name="maker", kind=Kind.CHOICE, section="use"), "maker offers nothing to choose"),
        (
            field(
                name="maker",
                kind=Kind.CHOICES,
                section="use",
                choices=(Choice("a", "A"), Choice("a", "B")),
            ),
            "maker offers 'a' twice",
        ),
        ({"order": "lenght"}, "there is no column to sort by: 'lenght'"),
        ({"stages": ()}, "section 'shape' belongs to no stage: 'sewn'"),
        ({"chips": (*SOUND.chips, *SOUND.chips)}, "chip 'lost' is there twice"),
        ({"chips": (replace(SOUND.chips[0], key="all"),)}, "chip 'all' is there twice"),
        ({"states": (*SOUND.states, *SOUND.states)}, "state 'sewn' is there twice"),
        ({"sections": (*SOUND.sections, Section("use", "Again"))}, "section 'use' is there twice"),
    ],
)
def test_what_is_wrong_is_said_with_its_register(change, said):
    with pytest.raises(UnsoundRegister, match=r"^kites: ") as refused:
        check(replace(SOUND, **change))
    assert said in str(refused.value)
