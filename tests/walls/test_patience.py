"""A computer that slept does not cost a worker its work."""

from __future__ import annotations

import time

import pytest

from dpdesk.walls import patience


def test_patience_runs_out_while_awake_and_stands_still_in_sleep(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    waiting = patience.Patience(60)
    for _ in range(59):
        now += 1
        waiting.left()
    assert waiting.left() == 1
    now += 8 * 3600  # the lid was closed over night
    assert waiting.left() <= 0  # one long step counts as five seconds
    waiting = patience.Patience(60)
    now += 8 * 3600
    assert waiting.left() == 55
