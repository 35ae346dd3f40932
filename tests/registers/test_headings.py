"""Columns are headed in a word or two, and a sheet is read by its headings as by the questions."""

from __future__ import annotations

import pytest

from dpdesk.assets.parts import Purpose, Review
from dpdesk.assets.records import Asset
from dpdesk.assets.system_records import AccessReview, System
from dpdesk.desk import Desk
from dpdesk.registers.entries import Query
from dpdesk.registers.fields import Register
from dpdesk.registers.spreadsheet import match
from dpdesk.retention.disposal_records import Disposal
from dpdesk.retention.hold_records import Hold
from dpdesk.retention.holding_records import Holding
from dpdesk.retention.schedule_records import Edition, RetentionRule

WIDEST = 20
"""Signs of a heading that is not cut off on a screen of 1366 by 768."""
REGISTERS = [
    each.register
    for each in (
        *(Asset, Purpose, Review, System, AccessReview),
        *(RetentionRule, Edition, Holding, Hold, Disposal),
    )
]


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.key)
def test_a_column_is_headed_in_a_word_or_two(register: Register) -> None:
    assert not [each.column for each in register.fields if len(each.column) > WIDEST]


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.key)
def test_no_two_columns_are_headed_alike(register: Register) -> None:
    headings = [each.column for each in register.fields]

    assert len(set(headings)) == len(headings)


def test_a_list_is_headed_by_the_short_heading(desk: Desk) -> None:
    listing = desk.assets.assets.listing(Query(columns=("owner", "description")))

    assert [column.label for column in listing.columns[4:]] == ["Owner", "What is in it?"]


def test_a_sheet_is_read_by_headings_and_by_questions() -> None:
    assert match(Asset.register, ["Owner", "Where is it kept?"]) == {0: "owner", 1: "places"}
    assert match(Asset.register, ["kept in", "Who owns it?"]) == {0: "places", 1: "owner"}
