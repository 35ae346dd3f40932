"""The rules of the register, whatever the answers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dpdesk.assets import rules
from dpdesk.assets.parts import Purpose, Review
from dpdesk.assets.pick_lists import gaps
from dpdesk.assets.records import Asset
from dpdesk.assets.rules import Around
from dpdesk.assets.system_records import System
from dpdesk.registers.fields import Kind
from tests.assets.conftest import PURPOSE, TODAY, WHOLE

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))
CREATED = dt.date(2026, 1, 31)


def answers(register, **fixed):
    """Any answers to some of the questions of a register."""
    kinds: dict[Kind, Any] = {
        Kind.TEXT: st.text("abc ", min_size=1, max_size=5),
        Kind.LONG_TEXT: st.text("abc ", min_size=1, max_size=5),
        Kind.DATE: DAYS,
        Kind.NUMBER: st.integers(1, 60),
        Kind.LINK: st.just(1),
        Kind.LINKS: st.just(("SY-2026-001",)),
    }
    found: dict[str, Any] = {}
    for field in register.fields:
        codes = [choice.code for choice in field.choices]
        if field.kind in {Kind.CHOICE, Kind.YES_NO}:
            found[field.name] = st.sampled_from(codes)
        elif field.kind is Kind.CHOICES:
            found[field.name] = st.lists(st.sampled_from(codes), min_size=1, max_size=3).map(tuple)
        else:
            found[field.name] = kinds[field.kind]
    return st.fixed_dictionaries(
        {name: st.just(value) for name, value in fixed.items()},
        optional={name: each for name, each in found.items() if name not in fixed},
    )


ASSETS = answers(Asset.register, name="Files")
SYSTEMS = st.fixed_dictionaries(
    {"name": st.just("Database")},
    optional={
        "processor": st.sampled_from(["yes", "no"]),
        "contract": st.sampled_from(["yes", "no"]),
        "contract_end": DAYS,
        "stored": st.sampled_from(["uk", "eea", "elsewhere", "unknown"]),
    },
)
AROUND = st.builds(
    Around,
    created=DAYS,
    purposes=st.lists(answers(Purpose.register, purpose="Use"), max_size=3).map(tuple),
    systems=st.lists(SYSTEMS, max_size=2).map(tuple),
    reviewed=st.none() | DAYS,
)


@given(ASSETS, AROUND, DAYS)
def test_every_entry_has_a_state_a_meter_and_findings_with_reasons(values, around, today):
    found = rules.findings(values, around, today)
    assert all(each.reason and each.gap.source and each.gap.mend for each in found)
    order = list(gaps())
    places = [order.index(each.key) for each in found]
    assert places == sorted(places)
    done, asked = rules.completeness(values, around)
    assert 0 < done <= asked
    state = rules.state(values, around)
    assert (state == "gaps") == bool(rules.findings(values, around))
    assert (state == "complete") <= (done == asked)


@given(ASSETS, AROUND, DAYS, DAYS)
def test_only_two_findings_depend_on_the_day(values, around, one, other):
    differing = {
        each.key
        for today in (one, other)
        for each in set(rules.findings(values, around, today)) - set(rules.findings(values, around))
    }
    assert differing <= {"overdue", "no_contract"}


@given(ASSETS, AROUND, DAYS)
def test_the_stored_days_tell_the_findings_of_any_day(values, around, today):
    """What the filters compare with today says the same as the entry itself."""
    keys = {each.key for each in rules.findings(values, around, today)}
    stored = {each.key for each in rules.findings(values, around)}
    until = rules.contract_until(values, around)
    assert ("overdue" in keys) == (rules.next_review(values, around) < today)
    ended = until is not None and until < today
    assert ("no_contract" in keys) == ("no_contract" in stored or ended)


@given(AROUND, DAYS)
def test_what_holds_no_personal_data_has_no_finding_of_the_law(around, today):
    values = {**WHOLE, "personal": "no"}
    assert {each.key for each in rules.findings(values, around, today)} <= {"overdue"}
    assert rules.rights(values, around) == ()


@given(st.none() | DAYS, st.none() | DAYS, st.integers(1, 60))
def test_the_later_of_entry_and_review_counts(confirmed, reviewed, months):
    values = {"confirmed": confirmed, "review_months": months}
    around = Around(CREATED, reviewed=reviewed)
    days = [day for day in (confirmed, reviewed) if day is not None]
    assert rules.last_review(values, around) == (max(days) if days else None)
    if days:
        assert rules.next_review(values, around) > max(days)
    else:
        assert rules.next_review(values, around) == dt.date(2026, 4, 30), "three months on"


def test_each_answer_that_is_taken_away_lowers_the_meter():
    around = Around(CREATED, (PURPOSE,))
    full = rules.completeness({**WHOLE, "retention_rule": 1}, around)
    assert full[0] == full[1]
    for name in WHOLE:
        field = Asset.register.field(name)
        if not (field.wanted or field.required) or name in {"personal", "transfers"}:
            continue
        done, asked = rules.completeness({**WHOLE, name: None}, around)
        assert done == asked - 1, name


def test_reasons_for_a_screening_are_told_with_their_sources():
    values = {**WHOLE, "large_scale": "yes", "data_kinds": ("medical",)}
    told = rules.triggers(values)
    assert [source.split(";")[0] for _, source in told] == ["Policy 7.2.2", "Policy 7.2.4"]
    (found,) = [f for f in rules.findings(values, Around(TODAY)) if f.key == "no_screening"]
    assert "large scale" in found.reason
    assert "special category" in found.reason
    assert "children" in found.reason, "which makes it the more pressing"
    assert rules.triggers({**WHOLE, "people_kinds": ("pupils",)}) == (), "but alone is no reason"


def test_a_need_that_was_found_takes_the_place_of_the_screening():
    values = {**WHOLE, "large_scale": "yes", "dpia_required": "yes"}
    keys = {each.key for each in rules.findings(values, Around(TODAY, (PURPOSE,)))}
    assert "no_dpia" in keys
    assert "no_screening" not in keys


@given(values=ASSETS, around=AROUND, today=DAYS)
def test_the_question_that_mends_a_finding_is_asked_where_it_is_said_to_be(values, around, today):
    numbers = tuple(range(1, len(around.purposes) + 1))
    systems = tuple(range(11, len(around.systems) + 11))
    around = replace(around, purpose_numbers=numbers, system_numbers=systems)
    for found in rules.findings(values, around, today):
        if found.register:
            answers = around.systems[found.number - 11]
            assert System.register.field(found.question).applies(answers)
        elif found.gap.part == "asset_purposes" and found.number:
            answers = around.purposes[found.number - 1]
            assert Purpose.register.field(found.question).applies(answers)
        elif not found.gap.part:
            assert Asset.register.field(found.question).applies(values)
        else:
            part = {each.register.key: each.register for each in (Purpose, Review)}[found.gap.part]
            assert part.field(found.question).name == found.question
