"""Moments as they are stored."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.store.tables import utc_moment, utc_text

LONDON_SUMMER = dt.timezone(dt.timedelta(hours=1))


FIRST = dt.datetime(1900, 1, 1, tzinfo=dt.UTC)
MOMENTS = st.timedeltas(dt.timedelta(0), dt.timedelta(days=365 * 300)).map(lambda at: FIRST + at)


@given(MOMENTS)
def test_a_moment_comes_back_to_the_second_and_in_utc(moment):
    found = utc_moment(utc_text(moment))
    assert found == moment.replace(microsecond=0)
    assert found.tzinfo is dt.UTC
    assert utc_text(moment.astimezone(LONDON_SUMMER)) == utc_text(moment)


@pytest.mark.parametrize(
    "stored",
    [
        "",
        "yesterday",
        "2026-11-20",
        "2026-11-20T09:00:00",
        "2026-11-20 09:00:00Z",
        "2026-11-20T09:00:00+01:00",
        "2026-13-20T09:00:00Z",
        "2026-11-20T25:00:00Z",
        "20261120T090000.000Z",
    ],
)
def test_what_is_no_stored_moment_is_refused(stored):
    with pytest.raises(ValueError, match=r"\w"):
        utc_moment(stored)
