"""Out, in and out again, for any register."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dpdesk.assets.parts import Purpose
from dpdesk.assets.records import Asset
from dpdesk.desk import Desk
from dpdesk.registers.fields import Kind
from tests.assets.workbooks import edited, rows
from tests.builders import PASSPHRASE, Clock
from tests.dice import examples

WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"])
    | st.sampled_from("\n;,=+-@_x'\" \t"),
    min_size=1,
    max_size=24,
)


def answers(register, required):
    """Any answers that can be saved."""
    found: dict[str, Any] = {}
    for field in register.fields:
        codes = [choice.code for choice in field.choices]
        if field.kind in {Kind.TEXT, Kind.LONG_TEXT}:
            found[field.name] = WORDS
        elif field.kind in {Kind.CHOICE, Kind.YES_NO}:
            found[field.name] = st.sampled_from(codes)
        elif field.kind is Kind.CHOICES:
            some = st.lists(st.sampled_from(codes), min_size=1, max_size=4, unique=True)
            found[field.name] = some.map(tuple)
        elif field.kind is Kind.NUMBER:
            found[field.name] = st.integers(1, 60)
    name = found.pop(required).filter(lambda words: words.strip())
    return st.fixed_dictionaries({required: name}, optional=found)


REGISTER = st.lists(
    st.tuples(
        answers(Asset.register, "name"), st.lists(answers(Purpose.register, "purpose"), max_size=2)
    ),
    min_size=1,
    max_size=3,
)


@settings(
    max_examples=examples(6),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(register=REGISTER, through=st.booleans())
def test_out_in_and_out_again_is_the_same(template, register, through):
    with tempfile.TemporaryDirectory() as folder:
        here = Desk.open(template.copy(Path(folder, "here")), PASSPHRASE, now=Clock())
        there = Desk.open(template.copy(Path(folder, "there")), PASSPHRASE, now=Clock())
        try:
            for values, purposes in register:
                entry = here.assets.assets.save(values).entry
                for purpose in purposes:
                    here.assets.assets.purposes.save(purpose, parent_id=entry.id)
            written = here.assets.ropa.export()
            content = edited(written) if through else written
            assert {each.kind for each in here.assets.ropa.preview(content).assets} == {"same"}
            seen = there.assets.ropa.preview(content)
            assert seen.left == ()
            there.assets.ropa.accept(seen)
            assert rows(there.assets.ropa.export()) == rows(written)
            ours, theirs = here.assets.assets.with_around(), there.assets.assets.with_around()
            for (one, around), (other, beside) in zip(ours, theirs, strict=True):
                assert dict(other.values) == dict(one.values)
                assert beside.purposes == around.purposes
        finally:
            here.close()
            there.close()
