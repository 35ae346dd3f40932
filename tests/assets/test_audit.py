"""A round through the register with the people who own what is in it."""

from __future__ import annotations

import datetime as dt

import pytest

from dpdesk.errors import StaleEntry
from tests.assets.conftest import TODAY
from tests.assets.test_papers import words

SEPTEMBER = dt.date(2026, 9, 1)


def _done(desk, since=SEPTEMBER):
    return {line.entry.title: line.done for line in desk.assets.audit.lines(since)}


def test_a_round_begins_with_the_school_year(desk, clock):
    assert desk.assets.audit.begun() == SEPTEMBER
    clock.moment = dt.datetime(2027, 8, 31, 12, tzinfo=dt.UTC)
    assert desk.assets.audit.begun() == SEPTEMBER


def test_what_was_gone_through_since_then_is_done(desk, asset):
    asset(name="Before", confirmed=dt.date(2026, 8, 31))
    asset(name="Since", confirmed=SEPTEMBER)
    asset(name="Never")
    assert _done(desk) == {"Before": False, "Since": True, "Never": False}


def test_what_is_due_again_already_is_not_done(desk, asset):
    asset(name="Monthly", confirmed=dt.date(2026, 10, 1), review_months=1)
    assert _done(desk) == {"Monthly": False}


def test_one_owner_can_be_asked_for_or_what_nobody_owns(desk, asset):
    asset(name="Files", owner="Head teacher")
    asset(name="Box")
    of = lambda owner: [line.entry.title for line in desk.assets.audit.lines(SEPTEMBER, owner)]  # noqa: E731  # used twice
    assert of("Head teacher") == ["Files"]
    assert of("") == ["Box"]


def test_the_line_says_with_whom_and_what_came_of_it(desk, assets, asset):
    entry = asset(name="Files")
    assets.confirm(entry.id, entry.version, "Head teacher", outcome="changed")
    (line,) = desk.assets.audit.lines(SEPTEMBER)
    assert (line.done, line.last, line.with_whom, line.outcome) == (
        True,
        TODAY,
        "Head teacher",
        "Changed",
    )


def test_a_sign_off_can_be_taken_back_whole(desk, assets, asset):
    entry = asset(name="Files")
    before = assets.load(entry.id)
    saved = assets.confirm(entry.id, entry.version, "Head teacher")
    desk.assets.audit.take_back(saved)
    after = assets.load(entry.id)
    assert (after.values, after.due) == (before.values, before.due)
    assert assets.reviews.parts(entry.id) == ()
    assert _done(desk) == {"Files": False}


def test_a_sign_off_stays_where_the_asset_was_changed_since(desk, assets, asset, change):
    entry = asset(name="Files")
    saved = assets.confirm(entry.id, entry.version, "Head teacher")
    change(entry, owner="Bursar")
    with pytest.raises(StaleEntry):
        desk.assets.audit.take_back(saved)
    assert len(assets.reviews.parts(entry.id)) == 1


def test_the_round_is_printed_with_what_is_left(desk, assets, asset):
    entry = asset(name="Files")
    asset(name="Box of photographs")
    assets.confirm(entry.id, entry.version, "Head teacher")
    paper = desk.assets.prints.audit(desk.assets.audit.lines(SEPTEMBER), SEPTEMBER)
    told = words(paper.content)
    assert "1 of 2 assets reviewed" in told
    assert told.index("Files") < told.index("Still to be reviewed") < told.index("Box of")
