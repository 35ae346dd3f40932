"""Killed at any moment: what was saved is there, and everything checks out.

``packaging/dev.py kills 1000`` does it as often as the promise says.
"""

from __future__ import annotations

import pytest

from tests.builders import Template
from tests.kills.killing import Killing, kinds
from tests.kills.works import ALONE, IN_A_DESK

EVERY = {*IN_A_DESK, *ALONE}


def test_every_kind_of_work_is_killed_before_one_is_killed_again():
    assert set(kinds(len(EVERY))) == EVERY
    assert len(kinds(1000)) == 1000
    assert all(kinds(1000).count(kind) > 20 for kind in EVERY)


@pytest.mark.timeout(240)
def test_nothing_that_was_saved_is_lost_by_a_kill(template: Template, tmp_path):
    killing = Killing(tmp_path, template, seed=20261120)
    works = kinds(len(EVERY))
    killing.run(works)

    tallies = killing.tallies
    assert {kind: tally.faults for kind, tally in tallies.items() if tally.faults} == {}
    assert sum(tally.kills for tally in tallies.values()) == len(works)
    assert sum(tally.promises for tally in tallies.values()) > 0, "the kills came before any save"
